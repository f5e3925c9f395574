#ifndef ISOBATH_CLAPACKE_SHIM_H
#define ISOBATH_CLAPACKE_SHIM_H
#include <lapacke.h>
#endif

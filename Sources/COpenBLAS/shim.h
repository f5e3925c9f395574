#ifndef ISOBATH_COpenBLAS_SHIM_H
#define ISOBATH_COpenBLAS_SHIM_H
#include <cblas.h>
#endif

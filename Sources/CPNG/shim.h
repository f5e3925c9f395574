// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef ISOBATH_CPNG_SHIM_H
#define ISOBATH_CPNG_SHIM_H
#include <png.h>
#endif

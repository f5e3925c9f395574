// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef ISOBATH_CZSTD_SHIM_H
#define ISOBATH_CZSTD_SHIM_H
#include <zstd.h>
#include <zstd_errors.h>
#endif

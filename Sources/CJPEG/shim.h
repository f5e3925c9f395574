// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef ISOBATH_CJPEG_SHIM_H
#define ISOBATH_CJPEG_SHIM_H
// jpeglib.h needs FILE and size_t and does not include what declares them.
#include <stddef.h>
#include <stdio.h>
#include <jpeglib.h>
#include <jerror.h>
#endif

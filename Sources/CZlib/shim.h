// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef ISOBATH_CZLIB_SHIM_H
#define ISOBATH_CZLIB_SHIM_H
#include <zlib.h>

/// Starts reading gzip alone: 16 beside the largest window. A macro of zlib's, which Swift does not see.
static inline int isobath_gzip_begin(z_stream *stream) {
  return inflateInit2(stream, 16 + MAX_WBITS);
}
#endif

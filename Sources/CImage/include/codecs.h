/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JPEG and PNG through libjpeg-turbo and libpng, whose errors are long jumps: they end in here, and
   come out as a sentence. Nothing is printed; nothing outside the given memory is read or written. */
#ifndef ISOBATH_CODECS_H
#define ISOBATH_CODECS_H
#include <stddef.h>
#include <stdint.h>

/* Room for a sentence and its final NUL. */
#define ISOBATH_REASON_SIZE 256

/* Bytes that the caller gives back with isobath_bytes_free; NULL where there are none. */
typedef struct {
  uint8_t *start;
  size_t count;
} isobath_bytes;

void isobath_bytes_free(isobath_bytes *bytes);

typedef struct {
  uint32_t width, height;
  /* 1 grey, 3 colour, 4 CMYK. */
  int components;
} isobath_jpeg_header;

/* What the frame header says. False with a reason when it is not a JPEG that can be decoded. */
int isobath_jpeg_read_header(const uint8_t *file, size_t count, isobath_jpeg_header *header,
                             char reason[ISOBATH_REASON_SIZE]);

/* Decodes into `rgb`, 3 bytes a pixel, as many pixels as the header says. A warning of the library is an
   error: what it decoded is not what was stored. `scans` bounds progressive files, `memory` what the
   library may take, in bytes. */
int isobath_jpeg_decode(const uint8_t *file, size_t count, int scans, size_t memory, uint8_t *rgb,
                        char reason[ISOBATH_REASON_SIZE]);

/* What decoding writes for each pixel: red, green, blue; the same and alpha; or one big-endian 16-bit
   grey value. The number is its bytes. */
enum { ISOBATH_PNG_GREY16 = 2, ISOBATH_PNG_RGB = 3, ISOBATH_PNG_RGBA = 4 };

typedef struct {
  uint32_t width, height;
  /* One of the three above. */
  int layout;
  /* Whether pixels can be transparent. */
  int has_alpha;
  /* Whether more pictures follow the first (APNG). */
  int is_animated;
} isobath_png_header;

/* What stands before the pixels. With `alpha`, transparent files have the layout RGBA. */
int isobath_png_read_header(const uint8_t *file, size_t count, int alpha, isobath_png_header *header,
                            char reason[ISOBATH_REASON_SIZE]);

/* Decodes into `pixels` in the header's layout. `exif` and `xmp` get the blocks that tell how the picture
   is to be turned; they stay empty when the file has none or cannot be read. */
int isobath_png_decode(const uint8_t *file, size_t count, int alpha, uint8_t *pixels,
                       isobath_bytes *exif, isobath_bytes *xmp, char reason[ISOBATH_REASON_SIZE]);

/* Encodes 8-bit RGB. The same pixels and libraries give the same bytes. */
int isobath_png_encode(const uint8_t *rgb, uint32_t width, uint32_t height, isobath_bytes *file,
                       char reason[ISOBATH_REASON_SIZE]);

#endif

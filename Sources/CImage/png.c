/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codecs.h"

#include <png.h>

/* One reading of a file in memory, and where the library's errors lead. */
struct reading {
  png_structp png;
  png_infop info;
  const uint8_t *file;
  size_t count, at;
  int is_animated;
  jmp_buf jump;
  char *reason;
};

/* Chunks that say nothing about pixels and may be wrong without harm, five bytes each. */
static const png_byte ignored[] =
    "bKGD\0cHRM\0gAMA\0hIST\0iCCP\0oFFs\0pCAL\0pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0tEXt\0tIME\0zTXt";

/* Bytes that one chunk may unfold to, and how many chunks of text are kept. */
enum { CHUNK_BYTES = 4000000, CHUNKS = 64 };

static void fail(png_structp png, png_const_charp message) {
  struct reading *r = png_get_error_ptr(png);
  snprintf(r->reason, ISOBATH_REASON_SIZE, "%s", message);
  longjmp(r->jump, 1);
}

static void take(png_structp png, png_bytep to, size_t count) {
  struct reading *r = png_get_io_ptr(png);
  if (count > r->count - r->at) png_error(png, "the file ends too early");
  memcpy(to, r->file + r->at, count);
  r->at += count;
}

static int see_chunk(png_structp png, png_unknown_chunkp chunk) {
  struct reading *r = png_get_user_chunk_ptr(png);
  if (memcmp(chunk->name, "acTL", 4) == 0) r->is_animated = 1;
  return 1;
}

static void close_reading(struct reading *r) { png_destroy_read_struct(&r->png, &r->info, NULL); }

/* Reads up to the pixels and says in which layout they are to come. */
static void start(struct reading *r, int alpha, isobath_png_header *header) {
  r->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, r, fail, fail);
  r->info = r->png ? png_create_info_struct(r->png) : NULL;
  if (!r->info) {
    snprintf(r->reason, ISOBATH_REASON_SIZE, "decoding it takes too much memory");
    longjmp(r->jump, 1);
  }
  png_structp png = r->png;
  png_set_read_fn(png, r, take);
  png_set_read_user_chunk_fn(png, r, see_chunk);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, ignored, (int)(sizeof ignored / 5));
  png_set_chunk_malloc_max(png, CHUNK_BYTES);
  png_set_chunk_cache_max(png, CHUNKS);
  png_read_info(png, r->info);
  int depth, colour;
  png_get_IHDR(png, r->info, &header->width, &header->height, &depth, &colour, NULL, NULL, NULL);
  header->is_animated = r->is_animated;
  header->has_alpha =
      (colour & PNG_COLOR_MASK_ALPHA) || png_get_valid(png, r->info, PNG_INFO_tRNS);
  if (colour == PNG_COLOR_TYPE_GRAY && depth == 16) {
    header->layout = ISOBATH_PNG_GREY16;
    return;
  }
  png_set_expand(png);
  if (depth == 16) png_set_strip_16(png);
  if (!(colour & PNG_COLOR_MASK_COLOR)) png_set_gray_to_rgb(png);
  header->layout = alpha && header->has_alpha ? ISOBATH_PNG_RGBA : ISOBATH_PNG_RGB;
  if (header->layout == ISOBATH_PNG_RGB) png_set_strip_alpha(png);
}

int isobath_png_read_header(const uint8_t *file, size_t count, int alpha, isobath_png_header *header,
                            char reason[ISOBATH_REASON_SIZE]) {
  struct reading r = {.file = file, .count = count, .reason = reason};
  if (setjmp(r.jump)) {
    close_reading(&r);
    return 0;
  }
  start(&r, alpha, header);
  close_reading(&r);
  return 1;
}

static void copy(png_structp png, const void *start, size_t count, isobath_bytes *to) {
  free(to->start);
  to->count = 0;
  to->start = malloc(count ? count : 1);
  if (!to->start) png_error(png, "decoding it takes too much memory");
  memcpy(to->start, start, count);
  to->count = count;
}

static void find_orientation(struct reading *r, isobath_bytes *exif, isobath_bytes *xmp) {
  png_uint_32 size;
  png_bytep block;
  if (png_get_eXIf_1(r->png, r->info, &size, &block)) copy(r->png, block, size, exif);
  png_textp texts;
  int n = 0;
  png_get_text(r->png, r->info, &texts, &n);
  for (int i = 0; i < n; i++) {
    if (strcmp(texts[i].key, "XML:com.adobe.xmp") != 0) continue;
    size_t length = texts[i].itxt_length ? texts[i].itxt_length : texts[i].text_length;
    copy(r->png, texts[i].text, length, xmp);
  }
}

int isobath_png_decode(const uint8_t *file, size_t count, int alpha, uint8_t *pixels,
                       isobath_bytes *exif, isobath_bytes *xmp, char reason[ISOBATH_REASON_SIZE]) {
  struct reading r = {.file = file, .count = count, .reason = reason};
  *exif = *xmp = (isobath_bytes){NULL, 0};
  if (setjmp(r.jump)) {
    close_reading(&r);
    isobath_bytes_free(exif);
    isobath_bytes_free(xmp);
    return 0;
  }
  isobath_png_header header;
  start(&r, alpha, &header);
  int passes = png_set_interlace_handling(r.png);
  png_read_update_info(r.png, r.info);
  size_t stride = png_get_rowbytes(r.png, r.info);
  if (stride != (size_t)header.width * (size_t)header.layout) {
    png_error(r.png, "its rows have an unexpected length");
  }
  for (int pass = 0; pass < passes; pass++) {
    for (png_uint_32 y = 0; y < header.height; y++) {
      png_read_row(r.png, pixels + stride * y, NULL);
    }
  }
  png_read_end(r.png, r.info);
  find_orientation(&r, exif, xmp);
  close_reading(&r);
  return 1;
}

void isobath_bytes_free(isobath_bytes *bytes) {
  free(bytes->start);
  *bytes = (isobath_bytes){NULL, 0};
}

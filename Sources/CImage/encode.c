/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codecs.h"

#include <png.h>

/* One writing to memory that grows, and where the library's errors lead. */
struct writing {
  png_structp png;
  png_infop info;
  isobath_bytes *file;
  size_t room;
  jmp_buf jump;
  char *reason;
};

static void fail(png_structp png, png_const_charp message) {
  struct writing *w = png_get_error_ptr(png);
  snprintf(w->reason, ISOBATH_REASON_SIZE, "%s", message);
  longjmp(w->jump, 1);
}

static void put(png_structp png, png_bytep from, size_t count) {
  struct writing *w = png_get_io_ptr(png);
  if (count > w->room - w->file->count) {
    size_t room = 2 * w->room + count;
    uint8_t *grown = realloc(w->file->start, room);
    if (!grown) png_error(png, "encoding takes too much memory");
    w->file->start = grown;
    w->room = room;
  }
  memcpy(w->file->start + w->file->count, from, count);
  w->file->count += count;
}

static void flush(png_structp png) { (void)png; }

int isobath_png_encode(const uint8_t *rgb, uint32_t width, uint32_t height, isobath_bytes *file,
                       char reason[ISOBATH_REASON_SIZE]) {
  struct writing w = {.file = file, .reason = reason};
  *file = (isobath_bytes){NULL, 0};
  if (setjmp(w.jump)) {
    png_destroy_write_struct(&w.png, &w.info);
    isobath_bytes_free(file);
    return 0;
  }
  w.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &w, fail, fail);
  w.info = w.png ? png_create_info_struct(w.png) : NULL;
  if (!w.info) {
    snprintf(reason, ISOBATH_REASON_SIZE, "encoding takes too much memory");
    longjmp(w.jump, 1);
  }
  png_set_write_fn(w.png, &w, put, flush);
  png_set_compression_level(w.png, 9);
  png_set_filter(w.png, PNG_FILTER_TYPE_BASE, PNG_ALL_FILTERS);
  png_set_IHDR(w.png, w.info, width, height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(w.png, w.info);
  for (uint32_t y = 0; y < height; y++) png_write_row(w.png, rgb + 3 * (size_t)width * y);
  png_write_end(w.png, NULL);
  png_destroy_write_struct(&w.png, &w.info);
  return 1;
}

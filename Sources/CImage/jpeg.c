/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "codecs.h"

#include <jpeglib.h>

#include <jerror.h>

/* One decompression: the library's state first, and where its errors lead. */
struct decompression {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf jump;
  int scans;
  char *reason;
};

static struct decompression *whole(j_common_ptr jpeg) {
  return (struct decompression *)jpeg->client_data;
}

static void fail(j_common_ptr jpeg) {
  struct decompression *d = whole(jpeg);
  if (d->errors.msg_code == JERR_NO_BACKING_STORE || d->errors.msg_code == JERR_OUT_OF_MEMORY) {
    snprintf(d->reason, ISOBATH_REASON_SIZE, "decoding it takes too much memory");
  } else {
    char message[JMSG_LENGTH_MAX];
    d->errors.format_message(jpeg, message);
    snprintf(d->reason, ISOBATH_REASON_SIZE, "%s", message);
  }
  longjmp(d->jump, 1);
}

/* Levels below zero are warnings: data that is not what it should be. */
static void hear(j_common_ptr jpeg, int level) {
  if (level < 0) fail(jpeg);
}

static void count_scans(j_common_ptr jpeg) {
  struct decompression *d = whole(jpeg);
  if (d->jpeg.input_scan_number <= d->scans) return;
  snprintf(d->reason, ISOBATH_REASON_SIZE, "it has more than %d scans", d->scans);
  longjmp(d->jump, 1);
}

static void start(struct decompression *d, const uint8_t *file, size_t count, char *reason) {
  d->reason = reason;
  d->jpeg.err = jpeg_std_error(&d->errors);
  d->errors.error_exit = fail;
  d->errors.emit_message = hear;
  d->jpeg.client_data = d;
  jpeg_create_decompress(&d->jpeg);
  jpeg_mem_src(&d->jpeg, file, count);
  jpeg_read_header(&d->jpeg, TRUE);
  int components = d->jpeg.num_components;
  if (components == 1) {
    d->jpeg.out_color_space = JCS_GRAYSCALE;
  } else if (components == 3) {
    d->jpeg.out_color_space = JCS_RGB;
  } else if (components == 4) {
    d->jpeg.out_color_space = JCS_CMYK;
  } else {
    snprintf(reason, ISOBATH_REASON_SIZE, "it has %d components a pixel", components);
    longjmp(d->jump, 1);
  }
  if (d->jpeg.data_precision != 8) {
    snprintf(reason, ISOBATH_REASON_SIZE, "it has %d bits a component", d->jpeg.data_precision);
    longjmp(d->jump, 1);
  }
}

int isobath_jpeg_read_header(const uint8_t *file, size_t count, isobath_jpeg_header *header,
                             char reason[ISOBATH_REASON_SIZE]) {
  struct decompression d;
  memset(&d, 0, sizeof d);
  if (setjmp(d.jump)) {
    jpeg_destroy_decompress(&d.jpeg);
    return 0;
  }
  start(&d, file, count, reason);
  header->width = d.jpeg.image_width;
  header->height = d.jpeg.image_height;
  header->components = d.jpeg.num_components;
  jpeg_destroy_decompress(&d.jpeg);
  return 1;
}

static inline uint8_t scaled(unsigned a, unsigned b) {
  unsigned product = a * b + 128;
  return (uint8_t)(((product >> 8) + product) >> 8);
}

/* CMYK is stored inverted, as Adobe does it and as Pillow takes it always. */
static void rgb_from_cmyk(const uint8_t *cmyk, size_t n, uint8_t *rgb) {
  for (size_t i = 0; i < n; i++, cmyk += 4, rgb += 3) {
    unsigned light = cmyk[3];
    for (int c = 0; c < 3; c++) rgb[c] = (uint8_t)(light - scaled(255u - cmyk[c], light));
  }
}

static void rgb_from_grey(const uint8_t *grey, size_t n, uint8_t *rgb) {
  for (size_t i = 0; i < n; i++, rgb += 3) rgb[0] = rgb[1] = rgb[2] = grey[i];
}

int isobath_jpeg_decode(const uint8_t *file, size_t count, int scans, size_t memory, uint8_t *rgb,
                        char reason[ISOBATH_REASON_SIZE]) {
  struct decompression d;
  memset(&d, 0, sizeof d);
  if (setjmp(d.jump)) {
    jpeg_destroy_decompress(&d.jpeg);
    return 0;
  }
  start(&d, file, count, reason);
  d.scans = scans;
  d.progress.progress_monitor = count_scans;
  d.jpeg.progress = &d.progress;
  d.jpeg.mem->max_memory_to_use = (long)memory;
  d.jpeg.dct_method = JDCT_ISLOW;
  jpeg_start_decompress(&d.jpeg);
  size_t width = d.jpeg.output_width;
  int components = d.jpeg.output_components;
  JSAMPARRAY row = d.jpeg.mem->alloc_sarray((j_common_ptr)&d.jpeg, JPOOL_IMAGE,
                                            (JDIMENSION)(width * (size_t)components), 1);
  while (d.jpeg.output_scanline < d.jpeg.output_height) {
    uint8_t *to = rgb + 3 * width * d.jpeg.output_scanline;
    jpeg_read_scanlines(&d.jpeg, row, 1);
    if (components == 1) {
      rgb_from_grey(row[0], width, to);
    } else if (components == 4) {
      rgb_from_cmyk(row[0], width, to);
    } else {
      memcpy(to, row[0], 3 * width);
    }
  }
  jpeg_finish_decompress(&d.jpeg);
  jpeg_destroy_decompress(&d.jpeg);
  return 1;
}

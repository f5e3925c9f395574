/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two passes of resampling 8-bit RGB: sums of pixels by fixed-point weights, rounded and clipped to a
   byte. */
#ifndef ISOBATH_RESAMPLE_H
#define ISOBATH_RESAMPLE_H
#include <stddef.h>
#include <stdint.h>

/* For output i: the weights from i · taps on belong to inputs from first[i], count[i] of them. */
typedef struct {
  size_t outputs, taps;
  /* After the weights' point, 1 to 22. */
  int32_t bits;
  const int32_t *first, *count, *weights;
} isobath_window;

/* Rows of `width` pixels become rows of window.outputs pixels. */
void isobath_resample_across(const uint8_t *source, size_t width, size_t rows, isobath_window window,
                             uint8_t *target);

/* The rows of `source`, each of `width` pixels, become window.outputs rows. */
void isobath_resample_down(const uint8_t *source, size_t width, isobath_window window,
                           uint8_t *target);

#endif

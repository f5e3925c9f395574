/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "resample.h"

enum { BLOCK = 256 };

static inline uint8_t rounded(int32_t sum, int32_t bits) {
  int32_t value = sum >> bits;
  return value < 0 ? 0 : value > 255 ? 255 : (uint8_t)value;
}

void isobath_resample_across(const uint8_t *source, size_t width, size_t rows, isobath_window window,
                             uint8_t *target) {
  for (size_t y = 0; y < rows; y++, source += 3 * width) {
    for (size_t i = 0; i < window.outputs; i++, target += 3) {
      const int32_t *weights = window.weights + i * window.taps;
      const uint8_t *from = source + 3 * (size_t)window.first[i];
      int32_t red = 1 << (window.bits - 1), green = red, blue = red;
      for (int32_t k = 0; k < window.count[i]; k++) {
        red += from[3 * k] * weights[k];
        green += from[3 * k + 1] * weights[k];
        blue += from[3 * k + 2] * weights[k];
      }
      target[0] = rounded(red, window.bits);
      target[1] = rounded(green, window.bits);
      target[2] = rounded(blue, window.bits);
    }
  }
}

void isobath_resample_down(const uint8_t *source, size_t width, isobath_window window,
                           uint8_t *target) {
  size_t stride = 3 * width;
  int32_t sums[BLOCK];
  for (size_t i = 0; i < window.outputs; i++, target += stride) {
    const int32_t *weights = window.weights + i * window.taps;
    for (size_t x = 0; x < stride; x += BLOCK) {
      size_t n = stride - x < BLOCK ? stride - x : BLOCK;
      const uint8_t *from = source + (size_t)window.first[i] * stride + x;
      for (size_t j = 0; j < n; j++) sums[j] = 1 << (window.bits - 1);
      for (int32_t k = 0; k < window.count[i]; k++, from += stride) {
        int32_t weight = weights[k];
        for (size_t j = 0; j < n; j++) sums[j] += from[j] * weight;
      }
      for (size_t j = 0; j < n; j++) target[x + j] = rounded(sums[j], window.bits);
    }
  }
}

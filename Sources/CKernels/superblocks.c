/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GGUF's K types: blocks of 256 whose sub-blocks have small integer scales of their own. */
#include "dequantise.h"

#include "clones.h"
#include "half.h"

#pragma clang fp contract(off)

/* Sub-block j's 6-bit scale and minimum, packed in 12 bytes: the first four whole, the others' upper
   two bits in the first eight bytes' tops. */
static inline __attribute__((always_inline)) void scale_and_minimum(int j, const uint8_t *s,
                                                                    int *scale, int *minimum) {
  if (j < 4) {
    *scale = s[j] & 63;
    *minimum = s[j + 4] & 63;
  } else {
    *scale = (s[j + 4] & 15) | (s[j - 4] >> 6) << 4;
    *minimum = s[j + 4] >> 4 | (s[j] >> 6) << 4;
  }
}

ISOBATH_CLONES
void isobath_from_q2_k(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t b = 0; b < n; b++, p += 84) {
    float d = isobath_half_at(p + 80), dmin = isobath_half_at(p + 82);
    /* 128 elements share 32 bytes, two bits each; every 16 have a scale and a minimum. */
    for (int j = 0; j < 16; j++, y += 16) {
      float step = d * (float)(p[j] & 15), offset = dmin * (float)(p[j] >> 4);
      const uint8_t *q = p + 16 + 32 * (j / 8) + 16 * (j & 1);
      int pair = j & 6;
      /* Unrolled, it would no longer be recognised as sixteen times the same. */
#pragma clang loop unroll(disable)
      for (int i = 0; i < 16; i++) {
        int value = q[i] >> pair & 3;
        y[i] = step * (float)value - offset;
      }
    }
  }
}

ISOBATH_CLONES
void isobath_from_q3_k(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t b = 0; b < n; b++, p += 110) {
    float d = isobath_half_at(p + 108);
    const uint8_t *scales = p + 96;
    for (int j = 0; j < 16; j++, y += 16) {
      /* Six bits: four from the first eight bytes, two from the last four. */
      int scale = (scales[j & 7] >> 4 * (j / 8) & 15) | (scales[8 + (j & 3)] >> 2 * (j / 4) & 3) << 4;
      float step = d * (float)(scale - 32);
      const uint8_t *high = p + 16 * (j & 1), *q = p + 32 + 32 * (j / 8) + 16 * (j & 1);
      int pair = j & 6, bit = j / 2;
      for (int i = 0; i < 16; i++) {
        int value = (q[i] >> pair & 3) | (high[i] >> bit & 1) << 2;
        y[i] = step * (float)(value - 4);
      }
    }
  }
}

ISOBATH_CLONES
void isobath_from_q4_k(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t b = 0; b < n; b++, p += 144) {
    float d = isobath_half_at(p), dmin = isobath_half_at(p + 2);
    for (int j = 0; j < 8; j++, y += 32) {
      int scale, minimum;
      scale_and_minimum(j, p + 4, &scale, &minimum);
      float step = d * (float)scale, offset = dmin * (float)minimum;
      const uint8_t *q = p + 16 + 32 * (j / 2);
      int shift = 4 * (j & 1);
      for (int i = 0; i < 32; i++) y[i] = step * (float)(q[i] >> shift & 15) - offset;
    }
  }
}

ISOBATH_CLONES
void isobath_from_q5_k(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t b = 0; b < n; b++, p += 176) {
    float d = isobath_half_at(p), dmin = isobath_half_at(p + 2);
    for (int j = 0; j < 8; j++, y += 32) {
      int scale, minimum;
      scale_and_minimum(j, p + 4, &scale, &minimum);
      float step = d * (float)scale, offset = dmin * (float)minimum;
      const uint8_t *high = p + 16, *q = p + 48 + 32 * (j / 2);
      int shift = 4 * (j & 1);
      for (int i = 0; i < 32; i++) {
        int value = (q[i] >> shift & 15) | (high[i] >> j & 1) << 4;
        y[i] = step * (float)value - offset;
      }
    }
  }
}

ISOBATH_CLONES
void isobath_from_q6_k(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t b = 0; b < n; b++, p += 210) {
    float d = isobath_half_at(p + 208);
    const int8_t *scales = (const int8_t *)p + 192;
    /* 128 elements share 64 bytes of low nibbles and 32 of upper bit pairs, in four rows of 32. */
    for (int half = 0; half < 2; half++) {
      const uint8_t *low = p + 64 * half, *high = p + 128 + 32 * half;
      for (int j = 0; j < 8; j++, y += 16) {
        int row = j / 2, column = 16 * (j & 1);
        const uint8_t *q = low + 32 * (row & 1) + column, *h = high + column;
        int nibble = 4 * (row >> 1), pair = 2 * row;
        float step = d * (float)scales[8 * half + j];
        for (int i = 0; i < 16; i++) {
          int value = (q[i] >> nibble & 15) | (h[i] >> pair & 3) << 4;
          y[i] = step * (float)(value - 32);
        }
      }
    }
  }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GGUF's types whose nibbles are 4-bit floating-point numbers: a sign, two bits of exponent, one of
   mantissa. The table holds them doubled, and the scales are halved. */
#include "dequantise.h"

#include "clones.h"

#include <stdint.h>
#include <string.h>

#pragma clang fp contract(off)

static const float doubled[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

static inline __attribute__((always_inline)) float from_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* 2^(e - 128): an 8-bit exponent, halved. The smallest two are subnormal. */
static inline __attribute__((always_inline)) float power(uint8_t e) {
  return from_bits(e < 2 ? (uint32_t)0x00200000 << e : (uint32_t)(e - 1) << 23);
}

/* Four bits of exponent and three of mantissa, halved; the sign bit is not looked at, and the one
   pattern that stands for no number is 0. */
static inline __attribute__((always_inline)) float small(uint8_t x) {
  uint32_t exponent = x >> 3 & 15, mantissa = x & 7;
  if (x == 0x7F) return 0.0f;
  if (exponent == 0) return (float)mantissa * 0x1p-10f;
  return from_bits((exponent + 119) << 23 | mantissa << 20);
}

ISOBATH_CLONES
void isobath_from_mxfp4(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t b = 0; b < n; b++, p += 17, y += 32) {
    float d = power(p[0]);
    for (int i = 0; i < 16; i++) {
      y[i] = d * doubled[p[1 + i] & 15];
      y[i + 16] = d * doubled[p[1 + i] >> 4];
    }
  }
}

ISOBATH_CLONES
void isobath_from_nvfp4(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t b = 0; b < n; b++, p += 36) {
    /* Four scales, then eight bytes for the sixteen elements of each. */
    for (int j = 0; j < 4; j++, y += 16) {
      float d = small(p[j]);
      const uint8_t *q = p + 4 + 8 * j;
      for (int i = 0; i < 8; i++) {
        y[i] = d * doubled[q[i] & 15];
        y[i + 8] = d * doubled[q[i] >> 4];
      }
    }
  }
}

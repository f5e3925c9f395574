/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GGUF's blocks of 32: one or two half-precision scales, then packed integers. Element i and i + 16
   share a byte: the low nibble and the high one. */
#include "dequantise.h"

#include "clones.h"
#include "half.h"

#pragma clang fp contract(off)

ISOBATH_CLONES
void isobath_from_q4_0(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t b = 0; b < n; b++, p += 18, y += 32) {
    float d = isobath_half_at(p);
    for (int i = 0; i < 16; i++) {
      y[i] = d * (float)((p[2 + i] & 15) - 8);
      y[i + 16] = d * (float)((p[2 + i] >> 4) - 8);
    }
  }
}

ISOBATH_CLONES
void isobath_from_q4_1(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t b = 0; b < n; b++, p += 20, y += 32) {
    float d = isobath_half_at(p), m = isobath_half_at(p + 2);
    for (int i = 0; i < 16; i++) {
      y[i] = d * (float)(p[4 + i] & 15) + m;
      y[i + 16] = d * (float)(p[4 + i] >> 4) + m;
    }
  }
}

static inline __attribute__((always_inline)) uint32_t fifth_bits(const uint8_t *p) {
  uint32_t bits;
  memcpy(&bits, p, sizeof bits);
  return bits;
}

ISOBATH_CLONES
void isobath_from_q5_0(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t b = 0; b < n; b++, p += 22, y += 32) {
    float d = isobath_half_at(p);
    uint32_t high = fifth_bits(p + 2);
    for (int i = 0; i < 16; i++) {
      int low = (p[6 + i] & 15) | (int)(high >> i & 1) << 4;
      int top = p[6 + i] >> 4 | (int)(high >> (i + 16) & 1) << 4;
      y[i] = d * (float)(low - 16);
      y[i + 16] = d * (float)(top - 16);
    }
  }
}

ISOBATH_CLONES
void isobath_from_q5_1(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t b = 0; b < n; b++, p += 24, y += 32) {
    float d = isobath_half_at(p), m = isobath_half_at(p + 2);
    uint32_t high = fifth_bits(p + 4);
    for (int i = 0; i < 16; i++) {
      int low = (p[8 + i] & 15) | (int)(high >> i & 1) << 4;
      int top = p[8 + i] >> 4 | (int)(high >> (i + 16) & 1) << 4;
      y[i] = d * (float)low + m;
      y[i + 16] = d * (float)top + m;
    }
  }
}

ISOBATH_CLONES
void isobath_from_q8_0(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t b = 0; b < n; b++, p += 34, y += 32) {
    float d = isobath_half_at(p);
    for (int i = 0; i < 32; i++) y[i] = d * (float)(int8_t)p[2 + i];
  }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What storing a number costs. Source of the blocks: ggml's quantize_row_q8_0_ref and
   quantize_row_q4_0_ref, whose scale is computed in float32 and stored in half precision. */
#include "round.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "clones.h"

#pragma clang fp contract(off)

static inline __attribute__((always_inline)) uint32_t bits_of(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline __attribute__((always_inline)) float float_of(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/* Above 2^-14 a half has 10 bits of fraction; below, steps of 2^-24, which are those of floats near
   1/2. From 65520 on it is infinite. */
static inline __attribute__((always_inline)) float half_rounded(float x) {
  uint32_t bits = bits_of(x), sign = bits & 0x80000000u, size = bits & 0x7fffffffu;
  float small = float_of(size) + 0.5f;
  uint32_t below = bits_of(small - 0.5f);
  uint32_t above = (size + 0xfffu + (size >> 13 & 1)) & ~0x1fffu;
  above = above >= 0x47800000u ? 0x7f800000u : above;
  return float_of(sign | (size < 0x38800000u ? below : above));
}

ISOBATH_CLONES
void isobath_round_f16(float *x, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] = half_rounded(x[i]);
}

ISOBATH_CLONES
void isobath_round_bf16(float *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    uint32_t bits = bits_of(x[i]);
    x[i] = float_of((bits + 0x7fffu + (bits >> 16 & 1)) & 0xffff0000u);
  }
}

/* 1/d; 0 where d is 0 or so small that its half is 0 and nothing is left anyway. */
static inline __attribute__((always_inline)) float inverse(float d) {
  float id = d != 0 ? 1 / d : 0;
  return isinf(id) ? 0 : id;
}

ISOBATH_CLONES
void isobath_round_q8_0(float *x, size_t n) {
  for (size_t b = 0; b < n; b++, x += 32) {
    float largest = 0;
    for (int i = 0; i < 32; i++) largest = fmaxf(largest, fabsf(x[i]));
    float d = largest / 127, id = inverse(d), stored = half_rounded(d);
    for (int i = 0; i < 32; i++) x[i] = (float)(int8_t)roundf(x[i] * id) * stored;
  }
}

ISOBATH_CLONES
void isobath_round_q4_0(float *x, size_t n) {
  for (size_t b = 0; b < n; b++, x += 32) {
    float largest = 0, extreme = 0;
    for (int i = 0; i < 32; i++) {
      if (fabsf(x[i]) > largest) {
        largest = fabsf(x[i]);
        extreme = x[i];
      }
    }
    float d = extreme / -8, id = inverse(d), stored = half_rounded(d);
    for (int i = 0; i < 32; i++) {
      int q = (int)(x[i] * id + 8.5f);
      x[i] = stored * (float)((q > 15 ? 15 : q) - 8);
    }
  }
}

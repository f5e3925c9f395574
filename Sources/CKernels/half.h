/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ISOBATH_HALF_H
#define ISOBATH_HALF_H
#include <stdint.h>
#include <string.h>

/* IEEE half to single, exactly. A subnormal is its mantissa times 2^-24, reached without a subnormal
   operand: a thread that flushes those to zero gets the same bits. */
static inline __attribute__((always_inline)) float isobath_half(uint16_t h) {
  uint32_t magnitude = h & 0x7FFFu;
  uint32_t rebias = magnitude >= 0x7C00u ? 224u << 23 : 112u << 23;
  uint32_t bits = (magnitude << 13) + rebias;
  float subnormal = (float)(int32_t)magnitude * 0x1p-24f;
  uint32_t small;
  memcpy(&small, &subnormal, sizeof small);
  bits = (magnitude < 0x0400u ? small : bits) | (uint32_t)(h & 0x8000u) << 16;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static inline __attribute__((always_inline)) float isobath_half_at(const uint8_t *p) {
  uint16_t h;
  memcpy(&h, p, sizeof h);
  return isobath_half(h);
}

#endif

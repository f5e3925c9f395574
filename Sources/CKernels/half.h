/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ISOBATH_HALF_H
#define ISOBATH_HALF_H
#include <stdint.h>
#include <string.h>

/* IEEE half to single, exactly: the exponent moves by a product with 2^112, which also makes
   subnormals normal; infinities and NaNs keep their payload. */
static inline __attribute__((always_inline)) float isobath_half(uint16_t h) {
  uint32_t magnitude = (uint32_t)(h & 0x7FFF) << 13;
  float value;
  memcpy(&value, &magnitude, sizeof value);
  value *= 0x1p112f;
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  bits |= magnitude >= 0x0F800000u ? 0x7F800000u | (magnitude & 0x007FFFFFu) : 0u;
  bits |= (uint32_t)(h & 0x8000) << 16;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static inline __attribute__((always_inline)) float isobath_half_at(const uint8_t *p) {
  uint16_t h;
  memcpy(&h, p, sizeof h);
  return isobath_half(h);
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dequantise.h"

#include "clones.h"
#include "half.h"

ISOBATH_CLONES
void isobath_from_f16(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t i = 0; i < n; i++) y[i] = isobath_half_at(p + 2 * i);
}

ISOBATH_CLONES
void isobath_from_bf16(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t i = 0; i < n; i++) {
    uint16_t h;
    memcpy(&h, p + 2 * i, sizeof h);
    uint32_t bits = (uint32_t)h << 16;
    memcpy(y + i, &bits, sizeof bits);
  }
}

ISOBATH_CLONES
void isobath_from_f64(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t i = 0; i < n; i++) {
    double value;
    memcpy(&value, p + 8 * i, sizeof value);
    y[i] = (float)value;
  }
}

ISOBATH_CLONES
static size_t count_not_finite(const float *x, size_t n) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    uint32_t bits;
    memcpy(&bits, x + i, sizeof bits);
    count += (bits & 0x7F800000u) == 0x7F800000u;
  }
  return count;
}

size_t isobath_count_not_finite(const float *x, size_t n, size_t *first) {
  size_t count = count_not_finite(x, n);
  *first = n;
  for (size_t i = 0; count > 0 && i < n; i++) {
    if (!__builtin_isfinite(x[i])) {
      *first = i;
      break;
    }
  }
  return count;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GGUF's types whose nibbles are places in a table of uneven steps. */
#include "dequantise.h"

#include "clones.h"
#include "half.h"

#pragma clang fp contract(off)

static const float steps[16] = {-127, -104, -83, -65, -49, -35, -22, -10,
                                1,    13,   25,  38,  53,  69,  89,  113};

/* 32 elements: the low nibbles of 16 bytes, then the high ones. */
static inline __attribute__((always_inline)) void from_nibbles(float scale,
                                                               const uint8_t *restrict q,
                                                               float *restrict y) {
  for (int i = 0; i < 16; i++) {
    y[i] = scale * steps[q[i] & 15];
    y[i + 16] = scale * steps[q[i] >> 4];
  }
}

ISOBATH_CLONES
void isobath_from_iq4_nl(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t b = 0; b < n; b++, p += 18, y += 32) from_nibbles(isobath_half_at(p), p + 2, y);
}

ISOBATH_CLONES
void isobath_from_iq4_xs(const void *restrict source, size_t n, float *restrict y) {
  const uint8_t *p = source;
  for (size_t b = 0; b < n; b++, p += 136) {
    float d = isobath_half_at(p);
    /* Sub-block j's 6-bit scale: a nibble, and two bits of the 16 in front of the nibbles. */
    int high = p[2] | p[3] << 8;
    for (int j = 0; j < 8; j++, y += 32) {
      int scale = (p[4 + j / 2] >> 4 * (j & 1) & 15) | (high >> 2 * j & 3) << 4;
      from_nibbles(d * (float)(scale - 32), p + 8 + 16 * j, y);
    }
  }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ISOBATH_EXPONENTIAL_H
#define ISOBATH_EXPONENTIAL_H
#include <stdint.h>
#include <string.h>

/* exp(x) for float32, without a branch so that loops vectorise: x = k ln 2 + r with |r| <= ln 2 / 2,
   a polynomial in r (Taylor to degree 7, relative error 6e-9 before rounding), and 2^k by exponent
   bits. Results below the smallest normal number are 0. */
static inline __attribute__((always_inline)) float isobath_expf(float x) {
  const float low = -87.3f, high = 88.7f;
  float clamped = x < low ? low : (x > high ? high : x);
  float scaled = clamped * 1.44269504088896341f;
  float k = __builtin_floorf(scaled + 0.5f);
  float r = clamped - k * 0.693359375f;
  r = r + k * 2.12194440e-4f;
  float p = 1.98412698e-4f;
  p = p * r + 1.38888889e-3f;
  p = p * r + 8.33333333e-3f;
  p = p * r + 4.16666667e-2f;
  p = p * r + 1.66666667e-1f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  int32_t bits = ((int32_t)k + 127) * (1 << 23);
  float power;
  memcpy(&power, &bits, sizeof power);
  return x < low ? 0.0f : p * power;
}

#endif

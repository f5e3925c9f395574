/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels.h"

#include "clones.h"
#include "exponential.h"

#include <math.h>

#pragma clang fp contract(fast)

ISOBATH_CLONES
void isobath_silu_times(const float *gate, const float *up, size_t n, float *y) {
  for (size_t i = 0; i < n; i++) {
    float g = gate[i];
    y[i] = g / (1.0f + isobath_expf(-g)) * up[i];
  }
}

ISOBATH_CLONES
void isobath_silu(float *x, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] = x[i] / (1.0f + isobath_expf(-x[i]));
}

/* x sigmoid(1.702 x). */
ISOBATH_CLONES
void isobath_quick_gelu(float *x, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] = x[i] / (1.0f + isobath_expf(-1.702f * x[i]));
}

/* 0.5 x (1 + tanh(u)) = x / (1 + exp(-2u)) with u = sqrt(2/pi) (x + 0.044715 x^3). */
ISOBATH_CLONES
void isobath_gelu_tanh(float *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    float v = x[i];
    float u = 0.7978845608028654f * (v + 0.044715f * v * v * v);
    x[i] = v / (1.0f + isobath_expf(-2.0f * u));
  }
}

/* 0.5 x (1 + erf(x / sqrt 2)). erfc(z) = t exp(-z^2 + P(t)), t = 1 / (1 + z/2), z >= 0: a Chebyshev
   fit with a relative error of 1.2e-7 everywhere, so the left tail keeps its digits. */
ISOBATH_CLONES
void isobath_gelu_erf(float *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    float v = x[i];
    float z = __builtin_fabsf(v) * 0.70710678118654752f;
    float t = 1.0f / (1.0f + 0.5f * z);
    float p = 0.17087277f;
    p = p * t - 0.82215223f;
    p = p * t + 1.48851587f;
    p = p * t - 1.13520398f;
    p = p * t + 0.27886807f;
    p = p * t - 0.18628806f;
    p = p * t + 0.09678418f;
    p = p * t + 0.37409196f;
    p = p * t + 1.00002368f;
    p = p * t - 1.26551223f;
    float erfc = t * isobath_expf(p - z * z);
    float cdf = v < 0.0f ? 0.5f * erfc : 1.0f - 0.5f * erfc;
    x[i] = v * cdf;
  }
}

/* tanh(v) = 1 - 2 / (1 + exp(2v)), which loses the digits of small v: below 1 the continued fraction
   of Lambert, cut after 13, whose error there is under 1e-9. */
ISOBATH_CLONES
void isobath_softcap(float *x, float cap, size_t n) {
  for (size_t i = 0; i < n; i++) {
    float v = x[i] / cap, s = v * v;
    float above = v * (135135.0f + s * (17325.0f + s * (378.0f + s)));
    float below = 135135.0f + s * (62370.0f + s * (3150.0f + s * 28.0f));
    float large = 1.0f - 2.0f / (1.0f + isobath_expf(2.0f * v));
    x[i] = cap * (__builtin_fabsf(v) < 1.0f ? above / below : large);
  }
}

ISOBATH_CLONES
void isobath_multiply(float *x, const float *y, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] *= y[i];
}

ISOBATH_CLONES
void isobath_scale(float *x, float factor, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] *= factor;
}

ISOBATH_CLONES
void isobath_relu(float *x, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] = x[i] > 0.0f ? x[i] : 0.0f;
}

ISOBATH_CLONES
void isobath_add(float *x, const float *y, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] += y[i];
}

ISOBATH_CLONES
void isobath_exp(const float *x, size_t n, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = isobath_expf(x[i]);
}

ISOBATH_CLONES
void isobath_widen(const float *x, size_t n, double *y) {
  for (size_t i = 0; i < n; i++) y[i] = (double)x[i];
}

ISOBATH_CLONES
void isobath_rotate_half(float *x, const float *cosines, const float *sines, size_t pairs) {
  for (size_t i = 0; i < pairs; i++) {
    float a = x[i], b = x[i + pairs];
    x[i] = a * cosines[i] - b * sines[i];
    x[i + pairs] = b * cosines[i] + a * sines[i];
  }
}

ISOBATH_CLONES
void isobath_rotate_interleaved(float *x, const float *cosines, const float *sines, size_t pairs) {
  for (size_t i = 0; i < pairs; i++) {
    float a = x[2 * i], b = x[2 * i + 1];
    x[2 * i] = a * cosines[i] - b * sines[i];
    x[2 * i + 1] = b * cosines[i] + a * sines[i];
  }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kernels with a sum over a row. Sums are reassociated so that they vectorise; the norms' are taken in
   float64, where the order does not show in float32. */
#include "kernels.h"

#include "clones.h"
#include "exponential.h"

#include <math.h>

ISOBATH_CLONES
void isobath_rms_norm(const float *x, const float *weight, float offset, float epsilon, size_t n,
                      float *y) {
#pragma clang fp contract(fast) reassociate(on)
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += (double)x[i] * (double)x[i];
  float scale = (float)(1.0 / sqrt(sum / (double)n + (double)epsilon));
  for (size_t i = 0; i < n; i++) y[i] = x[i] * scale * (offset + weight[i]);
}

ISOBATH_CLONES
void isobath_layer_norm(const float *x, const float *weight, const float *bias, float epsilon,
                        size_t n, float *y) {
#pragma clang fp contract(fast) reassociate(on)
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += (double)x[i];
  double mean = sum / (double)n, squares = 0;
  for (size_t i = 0; i < n; i++) {
    double d = (double)x[i] - mean;
    squares += d * d;
  }
  float scale = (float)(1.0 / sqrt(squares / (double)n + (double)epsilon));
  float centre = (float)mean;
  if (bias) {
    for (size_t i = 0; i < n; i++) y[i] = (x[i] - centre) * scale * weight[i] + bias[i];
  } else {
    for (size_t i = 0; i < n; i++) y[i] = (x[i] - centre) * scale * weight[i];
  }
}

ISOBATH_CLONES
static void exponentials(float *x, float largest, size_t n) {
#pragma clang fp contract(fast)
  for (size_t i = 0; i < n; i++) x[i] = isobath_expf(x[i] - largest);
}

ISOBATH_CLONES
void isobath_softmax(float *x, size_t length, size_t n) {
#pragma clang fp contract(fast) reassociate(on)
  float largest = x[0];
  for (size_t i = 1; i < length; i++) largest = x[i] > largest ? x[i] : largest;
  exponentials(x, largest, length);
  float sum = 0;
  for (size_t i = 0; i < length; i++) sum += x[i];
  float scale = 1.0f / sum;
  for (size_t i = 0; i < length; i++) x[i] *= scale;
  for (size_t i = length; i < n; i++) x[i] = 0;
}

ISOBATH_CLONES
static void shifted_exponentials(const float *x, float largest, size_t n, float *shifted, float *y) {
#pragma clang fp contract(fast)
  for (size_t i = 0; i < n; i++) {
    shifted[i] = x[i] - largest;
    y[i] = isobath_expf(shifted[i]);
  }
}

ISOBATH_CLONES
float isobath_exponential_sums(const float *x, size_t n, double *sum, double *weighted) {
#pragma clang fp contract(fast) reassociate(on)
  float shifted[256], y[256];
  float largest = n > 0 ? x[0] : 0;
  for (size_t i = 1; i < n; i++) largest = x[i] > largest ? x[i] : largest;
  double all = 0, mean = 0;
  for (size_t start = 0; start < n; start += 256) {
    size_t length = n - start < 256 ? n - start : 256;
    shifted_exponentials(x + start, largest, length, shifted, y);
    for (size_t i = 0; i < length; i++) {
      all += (double)y[i];
      mean += (double)y[i] * (double)shifted[i];
    }
  }
  *sum = all;
  *weighted = mean;
  return largest;
}

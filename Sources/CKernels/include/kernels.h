/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elementwise kernels over float32 rows: plain loops, compiled for several instruction sets. */
#ifndef ISOBATH_KERNELS_H
#define ISOBATH_KERNELS_H
#include <stddef.h>

/* x / sqrt(mean(x^2) + epsilon) * (offset + weight), n features; y may be x. */
void isobath_rms_norm(const float *x, const float *weight, float offset, float epsilon, size_t n,
                      float *y);
/* (x - mean) / sqrt(var + epsilon) * weight + bias, n features; bias may be null, y may be x. */
void isobath_layer_norm(const float *x, const float *weight, const float *bias, float epsilon,
                        size_t n, float *y);
/* y = silu(gate) * up, n elements; y may be gate. */
void isobath_silu_times(const float *gate, const float *up, size_t n, float *y);
/* In place, n elements. */
void isobath_silu(float *x, size_t n);
void isobath_quick_gelu(float *x, size_t n);
void isobath_gelu_tanh(float *x, size_t n);
void isobath_gelu_erf(float *x, size_t n);
void isobath_relu(float *x, size_t n);
/* In place: softmax of the first `length` of `n` elements, zero in the rest. */
void isobath_softmax(float *x, size_t length, size_t n);
/* With m the largest of n elements: the sum of e^(x - m), that of (x - m) e^(x - m), and m. */
float isobath_exponential_sums(const float *x, size_t n, double *sum, double *weighted);
/* In place: cap tanh(x / cap), n elements. */
void isobath_softcap(float *x, float cap, size_t n);
/* x *= y, n elements. */
void isobath_multiply(float *x, const float *y, size_t n);
/* x *= factor, n elements. */
void isobath_scale(float *x, float factor, size_t n);
/* x += y, n elements. */
void isobath_add(float *x, const float *y, size_t n);
/* Turns feature pairs (i, i + pairs) by the angles whose cosines and sines are given. */
void isobath_rotate_half(float *x, const float *cosines, const float *sines, size_t pairs);
/* Turns feature pairs (2i, 2i + 1). */
void isobath_rotate_interleaved(float *x, const float *cosines, const float *sines, size_t pairs);
/* The exponential that the kernels use, for its own test. */
void isobath_exp(const float *x, size_t n, float *y);
/* y = x widened to float64. */
void isobath_widen(const float *x, size_t n, double *y);

#endif

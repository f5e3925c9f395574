/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stored numbers to float32. Sources need no alignment; every conversion is the reference's bit for
   bit: products and sums are rounded one by one, never fused. */
#ifndef ISOBATH_DEQUANTISE_H
#define ISOBATH_DEQUANTISE_H
#include <stddef.h>

void isobath_from_f16(const void *source, size_t n, float *y);
void isobath_from_bf16(const void *source, size_t n, float *y);
void isobath_from_f64(const void *source, size_t n, float *y);

/* n blocks of 32 elements. */
void isobath_from_q4_0(const void *source, size_t n, float *y);
void isobath_from_q4_1(const void *source, size_t n, float *y);
void isobath_from_q5_0(const void *source, size_t n, float *y);
void isobath_from_q5_1(const void *source, size_t n, float *y);
void isobath_from_q8_0(const void *source, size_t n, float *y);
void isobath_from_iq4_nl(const void *source, size_t n, float *y);
void isobath_from_mxfp4(const void *source, size_t n, float *y);

/* n blocks of 64 elements. */
void isobath_from_nvfp4(const void *source, size_t n, float *y);

/* n blocks of 256 elements. */
void isobath_from_q2_k(const void *source, size_t n, float *y);
void isobath_from_q3_k(const void *source, size_t n, float *y);
void isobath_from_q4_k(const void *source, size_t n, float *y);
void isobath_from_q5_k(const void *source, size_t n, float *y);
void isobath_from_q6_k(const void *source, size_t n, float *y);
void isobath_from_iq4_xs(const void *source, size_t n, float *y);

/* How many of n elements are NaN or infinite; `first` is the index of the first. */
size_t isobath_count_not_finite(const float *x, size_t n, size_t *first);

#endif

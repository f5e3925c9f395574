/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Float32 to a stored type and back, in place. f16 and bf16 round to nearest, ties to even; the blocks
   are ggml's reference quantisation bit for bit: products and sums are rounded one by one, never
   fused. What a type cannot hold becomes infinite. */
#ifndef ISOBATH_ROUND_H
#define ISOBATH_ROUND_H
#include <stddef.h>

void isobath_round_f16(float *x, size_t n);
void isobath_round_bf16(float *x, size_t n);

/* n blocks of 32 elements. */
void isobath_round_q8_0(float *x, size_t n);
void isobath_round_q4_0(float *x, size_t n);

#endif

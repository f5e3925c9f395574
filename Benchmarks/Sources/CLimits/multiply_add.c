/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "limits_of_machine.h"

#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

#pragma clang fp contract(fast)

/* 12 chains of 16 lanes: enough to hide the latency of two multiply-add units of 512 bits. */
enum { chains = 12, lanes = 16 };
typedef float vector __attribute__((vector_size(lanes * sizeof(float))));

CLONES
double isobath_multiply_add(long rounds, float *sink) {
  vector sum[chains];
  for (int c = 0; c < chains; c++) sum[c] = (vector){0} + (float)c * 1e-3f;
  vector factor = (vector){0} + 0.999f, step = (vector){0} + 1e-4f;
  for (long round = 0; round < rounds; round++) {
    sum[0] = sum[0] * factor + step;
    sum[1] = sum[1] * factor + step;
    sum[2] = sum[2] * factor + step;
    sum[3] = sum[3] * factor + step;
    sum[4] = sum[4] * factor + step;
    sum[5] = sum[5] * factor + step;
    sum[6] = sum[6] * factor + step;
    sum[7] = sum[7] * factor + step;
    sum[8] = sum[8] * factor + step;
    sum[9] = sum[9] * factor + step;
    sum[10] = sum[10] * factor + step;
    sum[11] = sum[11] * factor + step;
  }
  vector total = sum[0];
  for (int c = 1; c < chains; c++) total += sum[c];
  for (int lane = 0; lane < lanes; lane++) *sink += total[lane];
  return 2.0 * chains * lanes * (double)rounds;
}

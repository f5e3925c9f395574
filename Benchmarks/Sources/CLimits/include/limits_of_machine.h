/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ISOBATH_LIMITS_OF_MACHINE_H
#define ISOBATH_LIMITS_OF_MACHINE_H

/* Runs `rounds` rounds of independent multiply-adds in registers; returns the floating-point
   operations done. `sink` keeps the result alive. */
double isobath_multiply_add(long rounds, float *sink);

#endif

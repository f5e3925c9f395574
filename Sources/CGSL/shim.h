// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef ISOBATH_CGSL_SHIM_H
#define ISOBATH_CGSL_SHIM_H
/* gsl_matrix.h takes the enums of GSL's own gsl_cblas.h, which clash with OpenBLAS'. It only needs
   their names, for functions that nobody calls here: give it those and keep the header out. */
#define __GSL_BLAS_TYPES_H__
typedef unsigned CBLAS_UPLO_t;
typedef unsigned CBLAS_DIAG_t;
typedef unsigned CBLAS_TRANSPOSE_t;
#include <gsl/gsl_errno.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_statistics_double.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_multifit_nlinear.h>
/* gsl_randist.h pulls in gsl_cblas.h, whose enums clash with OpenBLAS': declare what is used. */
extern double gsl_ran_gaussian(const gsl_rng *r, double sigma);
/* The generator is a mutable extern, which Swift 6 refuses: hand it out by value. */
static inline const gsl_rng_type *isobath_gsl_rng_mt19937(void) { return gsl_rng_mt19937; }
/* The same for the only kind of nonlinear least squares that GSL has. */
static inline const gsl_multifit_nlinear_type *isobath_gsl_nlinear_trust(void) {
  return gsl_multifit_nlinear_trust;
}
#endif

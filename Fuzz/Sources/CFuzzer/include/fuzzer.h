/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer's entrance for programs with a main of their own; the sanitiser's library defines it. */
#ifndef ISOBATH_FUZZER_H
#define ISOBATH_FUZZER_H
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

#endif

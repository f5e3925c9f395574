/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One copy of a function per instruction set, chosen when the program is loaded. */
#ifndef ISOBATH_CLONES_H
#define ISOBATH_CLONES_H

#if defined(__x86_64__) && defined(__linux__)
#define ISOBATH_CLONES \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define ISOBATH_CLONES
#endif

#endif

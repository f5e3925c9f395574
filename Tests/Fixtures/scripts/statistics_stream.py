# SPDX-License-Identifier: GPL-3.0-or-later
"""The random streams of IsobathStatistics, rebuilt from their written definition.

FNV-1a, SplitMix64, and MT19937 as numpy has it, so that the other scripts can hand numpy and scipy
the very numbers that the Swift code draws.
"""
import numpy as np

MASK = (1 << 64) - 1


def seed32(seed, purpose, group):
    h = 0xCBF29CE484222325
    for part in (seed.to_bytes(8, "little"), purpose, group):
        data = part if isinstance(part, bytes) else part.encode()
        if not isinstance(part, bytes):
            data = len(data).to_bytes(8, "little") + data
        for byte in data:
            h = ((h ^ byte) * 0x100000001B3) & MASK
    z = (h + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    z ^= z >> 31
    return (z >> 32) ^ (z & 0xFFFFFFFF)


class Stream:
    def __init__(self, seed, purpose, group=""):
        self.seed = seed32(seed, purpose, group)
        self.mt = np.random.MT19937()
        self.mt._legacy_seeding(self.seed or 4357)

    def word(self):
        return int(self.mt.random_raw())

    def double_word(self):
        return self.word() << 32 | self.word()

    def uniform(self):
        return self.word() / 4294967296.0

    def integer(self, n):
        scale = 0xFFFFFFFF // n
        while (k := self.word() // scale) >= n:
            pass
        return k

    def gaussian(self):
        def positive():
            while (u := self.uniform()) == 0:
                pass
            return u

        while True:
            x, y = -1 + 2 * positive(), -1 + 2 * positive()
            r2 = x * x + y * y
            if 0 < r2 <= 1:
                return y * np.sqrt(-2 * np.log(r2) / r2)

    def shuffle(self, items):
        for last in range(len(items) - 1, 0, -1):
            j = self.integer(last + 1)
            items[last], items[j] = items[j], items[last]
        return items


def resamples(n, count, seed, group):
    key = Stream(seed, "bootstrap", group).double_word()
    rows = []
    for block in range((count + 63) // 64):
        stream = Stream(key, "resamples", str(block))
        for _ in range(min(64, count - 64 * block)):
            rows.append(sorted(stream.integer(n) for _ in range(n)))
    return np.array(rows)

# SPDX-License-Identifier: GPL-3.0-or-later
"""How often a plain numpy implementation of the step-down max-T test finds a known change.

Westfall & Young 1993, algorithm 2.8, over |t| and sign flips; the law is SimulatedSites'. Writes
Tests/Fixtures/statistics/paired-power.json. Run: python paired_power.py OUTPUT.
"""
import json
import sys

import numpy as np

SITES, DOCUMENTS, CHANGED, MEMORY, FLIPS, REPETITIONS = 25, 60, range(8, 17), 0.8, 999, 2000


def sample(random, effect):
    common = random.standard_normal(DOCUMENTS)
    part = random.standard_normal(DOCUMENTS)
    rows = np.empty((SITES, DOCUMENTS))
    for site in range(SITES):
        part = MEMORY * part + np.sqrt(1 - MEMORY**2) * random.standard_normal(DOCUMENTS)
        rows[site] = common + part
    rows[list(CHANGED)] += effect * np.sqrt(2)
    return rows


def t_statistics(rows, signs):
    """|t| of each site (columns) under each pattern (rows)."""
    mean = signs @ rows.T / DOCUMENTS
    square = (rows**2).mean(axis=1)
    deviation = np.sqrt((square - mean**2) * DOCUMENTS / (DOCUMENTS - 1))
    return np.abs(mean) / (deviation / np.sqrt(DOCUMENTS))


def step_down(rows, random):
    observed = t_statistics(rows, np.ones((1, DOCUMENTS)))[0]
    flipped = t_statistics(rows, random.choice([-1.0, 1.0], (FLIPS, DOCUMENTS)))
    order = np.argsort(-observed)
    # The largest statistic among the sites that are no more extreme.
    largest = np.maximum.accumulate(flipped[:, order[::-1]], axis=1)[:, ::-1]
    p = (1 + (largest >= observed[order] - 1e-9).sum(axis=0)) / (FLIPS + 1)
    adjusted = np.empty(SITES)
    adjusted[order] = np.maximum.accumulate(p)
    return adjusted


def main(output):
    results = {}
    for name, effect in [("no change", 0.0), ("d_z = 0.5", 0.5)]:
        random = np.random.default_rng(2024)
        false, middle, anywhere = 0, 0, 0
        for _ in range(REPETITIONS):
            found = step_down(sample(random, effect), random) <= 0.05
            unchanged = [s for s in range(SITES) if effect == 0 or s not in CHANGED]
            false += bool(found[unchanged].any())
            middle += bool(found[12])
            anywhere += bool(found[list(CHANGED)].any())
        results[name] = {
            "repetitions": REPETITIONS,
            "false find": false / REPETITIONS,
            "finds site 13": middle / REPETITIONS,
            "finds any": anywhere / REPETITIONS,
        }
    with open(output, "w", encoding="utf-8") as file:
        json.dump({"numpy": np.__version__, "settings": results}, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])

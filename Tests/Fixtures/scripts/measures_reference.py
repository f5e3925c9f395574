# SPDX-License-Identifier: GPL-3.0-or-later
"""Entropies of real hidden states, by numpy alone: the witness of IsobathMeasure.

usage: measures_reference.py STATES.safetensors PREFIX   (in Tests/Fixtures)
STATES.safetensors: `<document>.hidden_states`, [layers + 1, tokens, width] float32, of SmolLM2-135M-Instruct
(dequantised Q4_1). Takes PREFIX's entries 0, 11, 12, 20 and 30 (12 has the attention sink), writes
measures/states.bin (little-endian float32) and measures/expected.json. Made with numpy 2.4.6.
"""
import json, sys

import numpy as np
from safetensors import safe_open

LAYERS, ORDERS = [0, 11, 12, 20, 30], [0.5, 1, 2, 4, float("inf")]
PREPARATIONS = {  # name: (drop the first token, centre, unit rows)
    "paper": (0, 1, 1), "raw": (0, 0, 0), "unit": (0, 0, 1), "centred": (0, 1, 0), "paper-without-first": (1, 1, 1)}


def spectrum(x, preparation):
    first, centre, unit = PREPARATIONS[preparation]
    x = x.astype(np.float64)[first:]
    if centre: x = x - x.mean(axis=0)
    if unit: x = x / np.linalg.norm(x, axis=1, keepdims=True)
    p = np.linalg.svd(x, compute_uv=False) ** 2
    return p / p.sum()


def entropy(p, order):
    p = p[p > 0]
    if order == 1: return float(-(p * np.log(p)).sum())
    if order == float("inf"): return float(-np.log(p[0]))
    return float(np.log((p ** order).sum()) / (1 - order))


states = safe_open(sys.argv[1], "np").get_tensor(sys.argv[2] + ".hidden_states")[LAYERS]
states.astype("<f4").tofile("measures/states.bin")
layers = []
for layer, x in zip(LAYERS, states):
    row = {"layer": layer}
    for name in PREPARATIONS:
        p = spectrum(x, name)
        q = np.sqrt(p) / np.sqrt(p).sum()
        row[name] = {
            "entropies": [entropy(p, a) for a in ORDERS], "largest": float(p[0]),
            "effective_rank_states": float(np.exp(entropy(q, 1))), "participation": float(1 / (p ** 2).sum())}
    row["prefixes"] = [
        {"t": t, "paper": [entropy(spectrum(x[:t], "paper"), a) for a in (1, 2)],
         "centred": [entropy(spectrum(x[:t], "centred"), a) for a in (1, 2)],
         "raw": [entropy(spectrum(x[:t], "raw"), a) for a in (1, 2)]} for t in (2, 3, 8, 31, 38, 54, 76)]
    layers.append(row)
json.dump({"tokens": states.shape[1], "width": states.shape[2], "orders": ["0.5", "1", "2", "4", "inf"],
           "layers": layers}, open("measures/expected.json", "w"), indent=0)
print(states.shape)

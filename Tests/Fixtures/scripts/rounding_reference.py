# SPDX-License-Identifier: GPL-3.0-or-later
"""Matrices rounded to storage types and back by gguf's own quantisation (gguf 0.19, torch 2.13).

usage: rounding_reference.py OUT.safetensors

`weight` is rounded; f16, bf16, q8_0 and q4_0 are what becomes of it.
"""
import sys
import numpy as np, torch
from gguf import GGMLQuantizationType as Type
from gguf.quants import dequantize, quantize
from safetensors.numpy import save_file

stream = np.random.default_rng(3)
rows = stream.normal(size=(60, 64)) * 10.0 ** stream.uniform(-9, 3, size=(60, 1))
weight = np.zeros((64, 64), np.float32)
weight[:60] = rows
weight[60, 5] = -1  # one number among zeros
weight[61] = 0.25  # equal numbers, all the largest
weight[62] = np.arange(64) - 31.5  # ties
weight[63] = np.where(np.arange(64) % 2, 0.5, -0.5) * np.float32(1 + 2.0 ** -11)  # ties of f16
tensors = {"weight": weight, "f16": weight.astype(np.float16).astype(np.float32)}
for name in ["BF16", "Q8_0", "Q4_0"]:
    tensors[name.lower()] = dequantize(quantize(weight, Type[name]), Type[name]).astype(np.float32)
reference = torch.from_numpy(weight).bfloat16().float().numpy()
assert np.array_equal(tensors["bf16"], reference)
save_file({name: np.ascontiguousarray(value) for name, value in tensors.items()}, sys.argv[1])

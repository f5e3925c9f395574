# SPDX-License-Identifier: GPL-3.0-or-later
"""Every stored number type that Isobath reads, and the float32 values that gguf makes of it.

usage: gguf_types.py   (in Tests/Fixtures)
Writes gguf/types.gguf, one tensor per type named after it, and gguf/types.safetensors, the same
names dequantised. Quantised blocks are random bits with finite scales of every kind: normal,
subnormal, negative, zero; every scale of one byte, but those of which MXFP4 makes infinities. Made with gguf 0.19.0, numpy 2.4.6 and safetensors 0.8.0.
"""
import gguf
import numpy as np
from gguf import GGMLQuantizationType as T
from safetensors.numpy import save_file

random = np.random.default_rng(20240607)
# Blocks per row and rows; where in a block its float16 scales stand.
QUANTISED = {
    T.Q8_0: [0], T.Q4_0: [0], T.Q4_1: [0, 2], T.Q5_0: [0], T.Q5_1: [0, 2], T.Q4_K: [0, 2],
    T.Q5_K: [0, 2], T.Q6_K: [208], T.Q2_K: [80, 82], T.Q3_K: [108], T.IQ4_NL: [0],
    T.IQ4_XS: [0], T.MXFP4: [], T.NVFP4: []}
SPECIAL = np.array(
    [0x0000, 0x8000, 0x0001, 0x8001, 0x03FF, 0x83FF, 0x0400, 0x7BFF, 0xFBFF], np.uint16)


def halves(count):
    """Finite float16 bits: the special ones first, then random ones, negative and subnormal too."""
    bits = random.integers(0, 1 << 16, count, dtype=np.uint16)
    bits[bits & 0x7C00 == 0x7C00] &= 0xBFFF
    bits[: len(SPECIAL)] = SPECIAL[:count]
    return random.permutation(bits)


def blocks(type, rows, columns):
    elements, size = gguf.GGML_QUANT_SIZES[type]
    count = rows * columns // elements
    data = random.integers(0, 256, (count, size), dtype=np.uint8)
    if type is T.MXFP4:
        data[:, 0] = np.resize(np.arange(253, dtype=np.uint8), count)
    if type is T.NVFP4:
        data[:, :4] = np.resize(np.arange(256, dtype=np.uint8), (count, 4))
    for at in QUANTISED[type]:
        data[:, at : at + 2] = halves(count).view(np.uint8).reshape(count, 2)
    return data.reshape(rows, -1)


def main():
    writer = gguf.GGUFWriter("gguf/types.gguf", "types")
    expected = {}
    plain = random.standard_normal((3, 5))
    f16 = halves(15).view(np.float16).reshape(3, 5)
    for name, data in {"F32": plain.astype(np.float32), "F16": f16, "F64": plain}.items():
        writer.add_tensor(name, data)
        expected[name] = data.astype(np.float32)
    bf16 = gguf.quants.quantize(plain.astype(np.float32), T.BF16)
    writer.add_tensor("BF16", bf16, raw_dtype=T.BF16)
    expected["BF16"] = gguf.quants.dequantize(bf16, T.BF16)
    for type in QUANTISED:
        columns = 2 * gguf.GGML_QUANT_SIZES[type][0]
        rows = {T.MXFP4: 127, T.NVFP4: 32}.get(type, 8)
        data = blocks(type, rows, columns)
        writer.add_tensor(type.name, data, raw_dtype=type)
        expected[type.name] = gguf.quants.dequantize(data, type)
    assert all(np.isfinite(x).all() and x.dtype == np.float32 for x in expected.values())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    save_file(expected, "gguf/types.safetensors")


if __name__ == "__main__":
    main()

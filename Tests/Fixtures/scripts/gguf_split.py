# SPDX-License-Identifier: GPL-3.0-or-later
"""A model split by gguf's own writer: gguf/split/model-0000N-of-00003.gguf, two tensors each.

usage: gguf_split.py   (in Tests/Fixtures)
Tensor `tN` holds N, N + 1, … as F32. Made with gguf 0.19.0 and numpy 2.4.6.
"""
import os

import gguf
import numpy as np

if __name__ == "__main__":
    os.makedirs("gguf/split", exist_ok=True)
    writer = gguf.GGUFWriter("gguf/split/model.gguf", "llama", split_max_tensors=2)
    writer.add_block_count(1)
    writer.add_token_list(["a", "b"])
    for number in range(5):
        values = np.arange(number, number + 2 * (number + 1), dtype=np.float32)
        writer.add_tensor(f"t{number}", values.reshape(number + 1, 2))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()

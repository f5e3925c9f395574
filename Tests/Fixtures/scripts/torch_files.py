# SPDX-License-Identifier: GPL-3.0-or-later
"""PyTorch checkpoints of every legal shape, and what torch reads in them.

usage: torch_files.py   (in Tests/Fixtures)
Writes torch/*.bin, torch/tensors.safetensors (the tensors of tensors.bin, contiguous), the folder
torch/sharded, and torch/digests.json: for each tensor of the checkpoints in tiny/ that are pickles,
its type, shape, and the 64-bit FNV-1a of its bytes as torch loads them.
Made with torch 2.13.0 and safetensors 0.8.0.
"""
import collections
import json
import os

import torch
from safetensors.torch import save_file

torch.manual_seed(20240607)


def tensors():
    base = torch.randn(4, 6)
    tied = torch.randn(3, 2)
    return collections.OrderedDict({
        "f32": torch.randn(2, 3), "f16": torch.randn(5).half(), "bf16": torch.randn(2, 2).bfloat16(),
        "f64": torch.randn(3, dtype=torch.float64), "u8": torch.arange(7, dtype=torch.uint8),
        "i8": torch.arange(-3, 4, dtype=torch.int8), "bool": torch.tensor([True, False, True]),
        "i16": torch.tensor([-300, 300], dtype=torch.int16),
        "i32": torch.tensor([-70000, 70000], dtype=torch.int32),
        "i64": torch.tensor([-(1 << 40), 1 << 40]), "scalar": torch.tensor(2.5),
        "empty": torch.empty(0, 4), "parameter": torch.nn.Parameter(torch.randn(2, 2)),
        "gradient": torch.randn(2, requires_grad=True), "tied.a": tied, "tied.b": tied,
        "view": base[1:3], "columns": base[:, 2:5], "transposed": base.t(), "every.other": base[::2, ::3],
        "cube": torch.randn(2, 3, 4).permute(2, 0, 1), "half.transposed": torch.randn(3, 5).half().t(),
        "expanded": torch.randn(3, 1).expand(3, 4), "one.wide": torch.randn(5, 2)[:, 1:],
        "mask": torch.ones(4, 4, dtype=torch.bool).tril().view(1, 1, 4, 4), "nameé": torch.ones(1)})


def save_tensors():
    state = tensors()
    torch.save(state, "torch/tensors.bin")
    save_file({name: t.detach().clone().contiguous() for name, t in state.items()},
              "torch/tensors.safetensors")
    os.chmod("torch/tensors.safetensors", 0o644)


def save_forms():
    weights = {"a": torch.tensor([1.0, 2.0]), "b": torch.tensor([[3.0]])}
    torch.save(weights, "torch/dict.bin")
    torch.save(torch.nn.Linear(2, 1).state_dict(), "torch/module.bin")
    torch.save({"state_dict": weights, "epoch": 3, "optimizer": {"state": {0: {"m": torch.ones(2)}},
                "lr": 1e-3, "betas": (0.9, 0.999)}, "best": None, "big": 1 << 40, "name": "x",
                "negative": -(1 << 33), "flags": [True, False]}, "torch/training.bin")
    torch.save({"model": weights, "ema": weights}, "torch/two-models.bin")
    torch.save({"generator": weights}, "torch/other-name.bin")
    torch.save({**weights, "step": 5}, "torch/with-number.bin")
    torch.save({"f8": torch.ones(2).to(torch.float8_e4m3fn), "u16": torch.ones(3, dtype=torch.uint16),
                "f32": torch.ones(2)}, "torch/new-types.bin")
    torch.save({"c": torch.ones(1, dtype=torch.complex64)}, "torch/complex.bin")
    torch.save({"n": torch._neg_view(torch.ones(2))}, "torch/negated.bin")
    torch.save(weights, "torch/protocol-4.bin", pickle_protocol=4)
    torch.save(weights, "torch/legacy.bin", _use_new_zipfile_serialization=False)
    torch.save([torch.ones(1)], "torch/list.bin")
    torch.serialization.set_crc32_options(False)
    torch.save(weights, "torch/no-checksums.bin")
    torch.serialization.set_crc32_options(True)
    torch.jit.save(torch.jit.script(torch.nn.Linear(1, 1)), "torch/program.bin")


def save_sharded():
    os.makedirs("torch/sharded", exist_ok=True)
    tied = torch.arange(6.0).view(2, 3)
    shards = [{"embed": tied, "head": tied}, {"mask": torch.tensor([True] * 8), "w": torch.ones(2)}]
    listed = {}
    for number, shard in enumerate(shards, 1):
        name = f"pytorch_model-0000{number}-of-00002.bin"
        torch.save(shard, f"torch/sharded/{name}")
        listed.update({key: name for key in shard})
    # As transformers counted until 2023: each name, and a truth value as a bit.
    index = {"metadata": {"total_size": 2 * 24 + 1 + 8}, "weight_map": listed}
    with open("torch/sharded/pytorch_model.bin.index.json", "w") as file:
        json.dump(index, file, indent=2)
    with open("torch/sharded/config.json", "w") as file:
        file.write('{"model_type": "llama"}\n')


def fnv(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def digests():
    found = {}
    for folder in ["llama-bin", "gpt2-bin-legacy"]:
        state = torch.load(f"tiny/{folder}/pytorch_model.bin", weights_only=True)
        found[folder] = {
            name: {"type": str(t.dtype)[6:], "shape": list(t.shape),
                   "digest": fnv(t.contiguous().view(-1).view(torch.uint8).numpy().tobytes())}
            for name, t in sorted(state.items())}
    with open("torch/digests.json", "w") as file:
        json.dump(found, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    os.makedirs("torch", exist_ok=True)
    save_tensors()
    save_forms()
    save_sharded()
    digests()

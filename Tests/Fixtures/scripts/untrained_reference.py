# SPDX-License-Identifier: GPL-3.0-or-later
"""How transformers 5 begins every tensor of the tiny checkpoints' models (torch 2.13).

usage: untrained_reference.py OUT.json TINY      (TINY: Tests/Fixtures/tiny)

A fresh model of each configuration is saved, so that tensors have their checkpoint's names, and of each
tensor is written what it is: zeros, ones, or normal with its mean and standard deviation (and the row that
is zero, which neither counts). Some configurations are taken once more with one text in them changed.
"""
import json, os, sys, tempfile

os.environ["HF_HUB_OFFLINE"] = "1"
import torch, transformers as T
from safetensors.torch import load_file

FOLDERS = """bert roberta bloom bloom-heads gemma gemma2 gemma3-text gemma3-scaled gpt2 gpt2-cerebras gpt_neo
gpt_neox gpt_neox-seqres llama-gqa-tied llama-untied llama-yarn mistral-swa mixtral olmo2 opt opt-350m-style
phi phi-normed phi3 phi3-longrope qwen2 qwen3""".split()
RANGE = '"initializer_range": 0.02'
# The folder, what its configuration says, and what it says instead.
CHANGES = [
    ("gpt2", RANGE, '"initializer_range": 0.05'),
    ("gpt2-cerebras", RANGE, '"initializer_range": 0.1'),
    ("llama-gqa-tied", RANGE, '"initializer_range": 0.006'),
    ("llama-gqa-tied", '"pad_token_id": null', '"pad_token_id": -1'),
    ("llama-untied", '"pad_token_id": null', '"pad_token_id": 159'),
    ("opt", '"init_std": 0.02', '"init_std": 0.07'),
    ("opt", '"init_std": 0.02', '"init_std": 0.07, "initializer_range": 0.03'),
    ("gemma2", '"pad_token_id": 0', '"pad_token_id": null'),
    ("bert", '"pad_token_id": 0', '"pad_token_id": 3'),
    ("roberta", '"pad_token_id": 1', '"pad_token_id": 2'),
]


def described(tensor):
    flat = tensor.flatten().double()
    if bool((flat == 0).all()): return dict(law="zeros", shape=list(tensor.shape))
    if bool((flat == 1).all()): return dict(law="ones", shape=list(tensor.shape))
    zero = [row for row in range(len(tensor)) if tensor.dim() == 2 and bool((tensor[row] == 0).all())]
    assert len(zero) <= 1
    kept = torch.cat([tensor[:zero[0]], tensor[zero[0] + 1:]]) if zero else tensor
    kept = kept.double()
    found = dict(law="normal", shape=list(tensor.shape), mean=kept.mean().item(),
                 deviation=kept.std(correction=0).item())
    return dict(found, zero_row=zero[0]) if zero else found


def case(tiny, folder, change):
    text = open(f"{tiny}/{folder}/config.json").read()
    if change:
        assert change[0] in text, (folder, change)
        text = text.replace(*change)
    with tempfile.TemporaryDirectory() as place:
        open(f"{place}/config.json", "w").write(text)
        config = T.AutoConfig.from_pretrained(place)
        torch.manual_seed(5)
        getattr(T, config.architectures[0])(config).save_pretrained(place)
        tensors = load_file(f"{place}/model.safetensors")
    return dict(folder=folder, change=change or [],
                tensors={name: described(tensors[name]) for name in sorted(tensors)})


cases = [case(sys.argv[2], folder, None) for folder in FOLDERS]
cases += [case(sys.argv[2], folder, [old, new]) for folder, old, new in CHANGES]
lines = [json.dumps(found) for found in cases]
open(sys.argv[1], "w").write("[\n" + ",\n".join(lines) + "\n]\n")
print(len(cases), "cases,", sum(len(found["tensors"]) for found in cases), "tensors")

# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders without tokenizer.json: plain vocabulary files with the settings beside them, and the ids that
transformers' AutoTokenizer makes of them. Made with transformers 5.24.0; see tokenizers_common.py.

usage: tokenizers_folders.py   (in Tests/Fixtures)
Writes tokenizer-folders/<name>/: the files and expected.json.
"""
import json, os

os.environ["HF_HUB_OFFLINE"] = "1"
from tokenizers import normalizers, pre_tokenizers
from transformers import AutoTokenizer

from tokenizers_common import STRINGS, bpe, mixed, wild, wordpiece

ALPHABET = pre_tokenizers.ByteLevel.alphabet()
TEXTS = STRINGS + wild(10, 17) + mixed(30, 19, ["<|endoftext|>", "<mask>", " <mask>", "<pad>", "<x>", "<e1>", "<foo>", "[MASK]"])
END = ["<|endoftext|>"]
OPT = ["<s>", "<pad>", "</s>", "<unk>"]
ROBERTA = OPT + ["<mask>"]


def token(content, **properties):
    return {"content": content, "lstrip": False, "rstrip": False, "normalized": True, "single_word": False} | properties


def save(name, config, files):
    folder = f"tokenizer-folders/{name}"
    os.makedirs(folder, exist_ok=True)
    for file, content in files.items():
        if isinstance(content, str): open(f"{folder}/{file}", "w").write(content)
        else: json.dump(content, open(f"{folder}/{file}", "w"), ensure_ascii=False, separators=(",", ":"))
    # The family alone: everything else in a config.json is the model's.
    if config: json.dump({"model_type": config}, open(f"{folder}/config.json", "w"))
    tokenizer = AutoTokenizer.from_pretrained(folder)
    rows = {"texts": TEXTS, "ids": [tokenizer(t)["input_ids"] for t in TEXTS],
            "plain": [tokenizer(t, add_special_tokens=False)["input_ids"] for t in TEXTS]}
    json.dump(rows, open(f"{folder}/expected.json", "w"), ensure_ascii=True, separators=(",", ":"))


def byte_pairs(name, specials, config=None, **files):
    model = json.loads(bpe(initial_alphabet=ALPHABET, special_tokens=specials,
                           pre_tokenizer=pre_tokenizers.ByteLevel(add_prefix_space=False)).to_str())["model"]
    lines = ["#version: 0.2"] + [" ".join(merge) for merge in model["merges"]]
    save(name, config, {"vocab.json": model["vocab"], "merges.txt": "\n".join(lines) + "\n"}
         | {f"{k}.json": v for k, v in files.items()})


def bert(name, **files):
    vocabulary = json.loads(wordpiece(normalizer=normalizers.BertNormalizer(lowercase=False),
                                      pre_tokenizer=pre_tokenizers.BertPreTokenizer()).to_str())["model"]["vocab"]
    save(name, "bert", {"vocab.txt": "\n".join(sorted(vocabulary, key=vocabulary.get)) + "\n"} | {f"{k}.json": v for k, v in files.items()})


if __name__ == "__main__":
    gpt2 = {"tokenizer_class": "GPT2Tokenizer"}
    byte_pairs("gpt2", END, "gpt2")
    byte_pairs("gpt2-without-end", [], "gpt2")
    byte_pairs("gpt2-prefix-bos", END, tokenizer_config=gpt2 | {"add_prefix_space": True, "add_bos_token": True})
    byte_pairs("gpt2-added", END, tokenizer_config=gpt2 | {"added_tokens_decoder": {
        "420": token("<x>", lstrip=True, normalized=False, special=True), "0": token("<|endoftext|>", special=True)}})
    byte_pairs("gpt2-older", END, tokenizer_config=gpt2 | {"additional_special_tokens": ["<e1>"], "pad_token": "<pad>", "add_eos_token": True},
               added_tokens={"<foo>": 420}, special_tokens_map={"pad_token": "<pad>"})
    opt = {r: token("</s>", __type="AddedToken") for r in ["bos_token", "eos_token", "unk_token"]}
    byte_pairs("opt", OPT, "opt", tokenizer_config=gpt2 | opt | {"pad_token": token("<pad>", __type="AddedToken"), "add_prefix_space": False, "add_bos_token": True},
               special_tokens_map={r: token("</s>") for r in opt} | {"pad_token": token("<pad>")})
    byte_pairs("roberta", ROBERTA, "roberta", special_tokens_map={"mask_token": token("<mask>", lstrip=True, normalized=False)})
    byte_pairs("roberta-class", ROBERTA, tokenizer_config={"tokenizer_class": "RobertaTokenizerFast", "add_prefix_space": True})
    byte_pairs("neox", END, "gpt_neox")
    byte_pairs("qwen2", END, "qwen2")
    bert("bert")
    bert("bert-cased", tokenizer_config={"do_lower_case": False, "tokenizer_class": "BertTokenizer"})
    bert("bert-settings", tokenizer_config={"strip_accents": False, "tokenize_chinese_chars": False, "cls_token": "[NEW]"})

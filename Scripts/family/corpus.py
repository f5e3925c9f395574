# SPDX-License-Identifier: GPL-3.0-or-later
"""From chapters to what training and surveys read: the split, the tokenizer, tokens and passages.

Every twelfth chapter of a register is held out, whole: no passage of it is trained on, nor seen by the
tokenizer, which is a byte-level BPE of 2048 entries trained on the main register alone.
"""
import json
import lzma
import pathlib
import random

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

HERE = pathlib.Path(__file__).resolve().parent
VOCABULARY, END = 2048, "<|endoftext|>"
EVERY, FIRST = 12, 5
# Register: its file of passages, and how many passages that holds.
PASSAGES = {"austen": ("held-out.jsonl", 256), "scripture": ("tuned-register.jsonl", 192)}
SHORTEST, LONGEST = 60, 400


def chapters(register):
    """(trained, held out): the chapters of data/<register>.jsonl.xz, each a dictionary."""
    with lzma.open(HERE / f"data/{register}.jsonl.xz", "rt", encoding="utf-8") as lines:
        every = [json.loads(line) for line in lines]
    held_out = every[FIRST::EVERY]
    kept = {chapter["id"] for chapter in held_out}
    return [chapter for chapter in every if chapter["id"] not in kept], held_out


def make_tokenizer(folder):
    """Trains the tokenizer, and writes tokenizer.json and tokenizer_config.json into `folder`."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=[END],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator((chapter["text"] for chapter in chapters("austen")[0]), trainer)
    folder.mkdir(parents=True, exist_ok=True)
    compact = json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(compact, encoding="utf-8")
    settings = {
        "add_bos_token": False,
        "add_prefix_space": False,
        "bos_token": END,
        "clean_up_tokenization_spaces": False,
        "eos_token": END,
        "model_max_length": 512,
        "tokenizer_class": "PreTrainedTokenizerFast",
        "unk_token": END,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    return tokenizer


def stream(tokenizer, texts):
    """One row of token ids: the texts in order, each between two end marks."""
    ids = [0]
    for encoding in tokenizer.encode_batch(list(texts)):
        ids += [*encoding.ids, 0]
    return torch.tensor(ids)


def passages(tokenizer, register):
    """Whole consecutive paragraphs or verses of held-out chapters, SHORTEST to LONGEST tokens each.

    Lengths are drawn log-uniformly, passages do not overlap, and PASSAGES says how many are kept,
    spread evenly over all found.
    """
    draw, between = random.Random(1775), "\n\n" if register == "austen" else "\n"
    found = []
    for chapter in chapters(register)[1]:
        part, taken, wanted = 0, [], 0
        for paragraph in chapter["text"].split(between):
            wanted = wanted or round(SHORTEST * (LONGEST / SHORTEST) ** (0.05 + 0.85 * draw.random()))
            taken.append(paragraph)
            text = between.join(taken)
            count = len(tokenizer.encode(text).ids)
            if count >= wanted:
                if SHORTEST <= count <= LONGEST:
                    part += 1
                    found.append({"id": f"{chapter['id']}-{part:02d}", "text": text, "source": chapter["source"]})
                taken, wanted = [], 0
    count = min(PASSAGES[register][1], len(found))
    return [found[index * len(found) // count] for index in range(count)]


def write_passages(tokenizer, folder):
    """Writes both registers' passages as JSON lines: `id`, `text`, `source`."""
    for register, (name, _) in PASSAGES.items():
        lines = [json.dumps(passage, ensure_ascii=False) for passage in passages(tokenizer, register)]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")

# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures every kept model on both registers' passages, as the folders stand: losses.json, curves.csv.

usage: losses.py [MODEL_CARD.md]
A loss is in nats per token: the mean over every token but the first of each passage, without special
tokens, of the float16 weights computed in float32. Writes family/losses.json and family/curves.csv
(curves/*.csv joined), prints the table, and puts it into the model card between its two `losses` marks.
Fails where a larger size does not beat a smaller one on the main register, or a bound below is missed.
"""
import hashlib
import json
import pathlib
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

import corpus
import train

SIZES = [f"isobath-{size}" for size in train.SIZES]


def folders():
    """Every kept model's folder, relative to family/, in the order of the table."""
    found = [path.parent.relative_to(train.FAMILY) for path in train.FAMILY.rglob("model.safetensors")]
    order = {name: index for index, name in enumerate(SIZES)}
    return sorted(found, key=lambda path: (order.get(path.parts[0], 99), len(path.parts), str(path)))


def texts(register):
    with open(train.FAMILY / corpus.PASSAGES[register][0], encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def measure(folder):
    """One row: sizes, digest and the two losses of the model in `folder`."""
    path = train.FAMILY / folder
    tokenizer = AutoTokenizer.from_pretrained(path)
    model = AutoModelForCausalLM.from_pretrained(path, dtype=torch.float32).eval()
    embedding = model.get_input_embeddings().weight.numel()
    row = {
        "model": str(folder),
        "layers": model.config.num_hidden_layers,
        "width": model.config.hidden_size,
        "parameters": model.num_parameters(),
        "parameters_without_embedding": model.num_parameters() - embedding,
        "sha256": hashlib.sha256((path / "model.safetensors").read_bytes()).hexdigest(),
    }
    for register in corpus.PASSAGES:
        rows = [torch.tensor(tokenizer(text)["input_ids"]) for text in texts(register)]
        total, count = train.token_losses(model, rows)
        row[f"{register}_loss"], row[f"{register}_tokens"] = round(total / count, 4), count
    return row


def check(rows):
    """The promises of the model card; raises SystemExit with the one that does not hold."""
    austen = {row["model"]: row["austen_loss"] for row in rows}
    scripture = {row["model"]: row["scripture_loss"] for row in rows}
    for smaller, larger in zip(SIZES, SIZES[1:]):
        if austen[larger] >= austen[smaller]:
            raise SystemExit(f"{larger} does not beat {smaller}: {austen[larger]} against {austen[smaller]}")
    if scripture["isobath-1500k-tuned"] >= scripture["isobath-1500k"]:
        raise SystemExit("tuning did not help on its own register")
    first, last = sorted(name for name in austen if name.startswith("isobath-500k-overfit/"))
    if austen[last] < austen[first] + 0.5:
        raise SystemExit(f"the over-fitted model's held-out loss did not rise: {austen[first]}, {austen[last]}")


def table(rows):
    """The rows as a Markdown table."""
    lines = [
        "| model | layers | width | parameters | without embedding | main register | second register |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        lines.append(
            f"| {row['model']} | {row['layers']} | {row['width']} | {row['parameters']:,} "
            f"| {row['parameters_without_embedding']:,} "
            f"| {row['austen_loss']:.3f} | {row['scripture_loss']:.3f} |"
        )
    return "\n".join(lines)


def join_curves():
    """family/curves.csv: the pieces' curves under one heading, in the order of training."""
    pieces = [*train.SIZES, "overfit", "tuned"]
    parts = [(train.CURVES / f"{name}.csv").read_text().splitlines() for name in pieces]
    lines = [parts[0][0], *(line for part in parts for line in part[1:])]
    (train.FAMILY / "curves.csv").write_text("\n".join(lines) + "\n")


def main():
    torch.set_num_threads(1)
    rows = [measure(folder) for folder in folders()]
    (train.FAMILY / "losses.json").write_text(json.dumps(rows, indent=2) + "\n")
    join_curves()
    print(table(rows))
    if len(sys.argv) > 1:
        card = pathlib.Path(sys.argv[1])
        before, _, after = card.read_text().split("<!-- losses -->\n")
        card.write_text(f"{before}<!-- losses -->\n{table(rows)}\n<!-- losses -->\n{after}")
    check(rows)


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the family: five sizes of a Llama-type model, steps of training, an over-fitted one, a tuned one.

usage: train.py PIECE ...   with PIECE one of
  tokenizer   the tokenizer, held-out.jsonl and tuned-register.jsonl (first of all)
  50k 160k 500k 1500k 3000k   one size, on the main register; 500k also keeps steps on the way
  overfit     the 500k size on a slice of four chapters, until the held-out loss has risen
  tuned       the 1500k size, once trained, on the second register
  all         everything, in this order

Reads data/ (see texts.py), writes family/ and curves/. Sizes count parameters without the tied
embedding. Every size sees the same windows in the same order. One thread, so that sums have one order:
a rerun on the same machine gives the same bytes. Two pieces may run side by side.
"""
import csv
import json
import math
import pathlib
import shutil
import sys
import time

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy
from transformers import LlamaConfig, LlamaForCausalLM

import corpus

HERE = pathlib.Path(__file__).resolve().parent
FAMILY = HERE.parents[1] / "Sources/IsobathCLI/Resources/Family"
CURVES = HERE / "curves"
CONTEXT, BATCH, SEED = 512, 4, 1817
STEPS, WARMUP, LOG_EVERY, EVALUATE_EVERY = 1536, 48, 16, 128
# Size: width, layers, heads, width of the feed-forward part, highest learning rate.
SIZES = {
    "50k": (32, 4, 2, 88, 8e-3),
    "160k": (48, 6, 3, 128, 6e-3),
    "500k": (64, 8, 4, 208, 4e-3),
    "1500k": (96, 10, 4, 384, 3e-3),
    "3000k": (144, 12, 6, 384, 2e-3),
}
KEPT = {"500k": (0, 16, 64, 256, 1024)}
OVERFIT_CHAPTERS, OVERFIT_STEPS, OVERFIT_KEPT, OVERFIT_RATE = 4, 640, (128,), 3e-3
TUNED_STEPS, TUNED_RATE = 384, 1e-3


def fresh(size):
    """A model of the size with transformers' own random start."""
    width, layers, heads, inner, _ = SIZES[size]
    config = LlamaConfig(
        vocab_size=corpus.VOCABULARY,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        num_key_value_heads=heads,
        intermediate_size=inner,
        max_position_embeddings=CONTEXT,
        tie_word_embeddings=True,
        bos_token_id=0,
        eos_token_id=0,
        use_cache=False,
    )
    torch.manual_seed(SEED)
    return LlamaForCausalLM(config)


def save(model, folder):
    """config.json, model.safetensors in float16 and the tokenizer, as transformers lays them out."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: tensor.detach().to(torch.float16).contiguous()
        for name, tensor in model.state_dict().items()
        if name != "lm_head.weight"  # tied to the embedding
    }
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    config = json.loads(model.config.to_json_string(use_diff=False))
    kept = {key: value for key, value in config.items() if key in CONFIG_KEYS}
    kept |= {"architectures": ["LlamaForCausalLM"], "dtype": "float16"}
    (folder / "config.json").write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        if folder != FAMILY / "tokenizer":
            shutil.copy(FAMILY / "tokenizer" / name, folder / name)


CONFIG_KEYS = (
    "attention_bias attention_dropout bos_token_id eos_token_id head_dim hidden_act hidden_size "
    "initializer_range intermediate_size max_position_embeddings mlp_bias model_type "
    "num_attention_heads num_hidden_layers num_key_value_heads pad_token_id rms_norm_eps rope_parameters "
    "tie_word_embeddings transformers_version use_cache vocab_size"
).split()


def token_losses(model, rows):
    """The summed loss of every token of `rows` but each row's first, and how many those are."""
    total, count = 0.0, 0
    with torch.no_grad():
        for ids in rows:
            logits = model(input_ids=ids[None], use_cache=False).logits[0, :-1]
            total += cross_entropy(logits, ids[1:], reduction="sum").item()
            count += len(ids) - 1
    return total, count


def optimizer_of(model, rate):
    """AdamW that decays matrices only."""
    matrices = [weight for weight in model.parameters() if weight.dim() > 1]
    vectors = [weight for weight in model.parameters() if weight.dim() <= 1]
    groups = [{"params": matrices, "weight_decay": 0.1}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.95), eps=1e-8, fused=True)


def rate_at(step, steps, highest):
    """Linear warm-up, then a cosine down to a tenth of `highest`."""
    if step < WARMUP:
        return highest * (step + 1) / WARMUP
    through = (step - WARMUP) / (steps - WARMUP)
    return highest * (0.1 + 0.45 * (1 + math.cos(math.pi * through)))


def train(name, model, tokens, held_out, steps, highest, kept):
    """Trains `model` in place and writes curves/<name>.csv; `kept` maps a step to the folder it fills."""
    optimizer, draw = optimizer_of(model, highest), torch.Generator().manual_seed(SEED)
    rows, running, started = [], [], time.time()
    for step in range(steps + 1):
        if step in kept:
            save(model, kept[step])
        held_out_loss = ""
        if step % EVALUATE_EVERY == 0 or step == steps or step in kept:
            total, count = token_losses(model, held_out)
            held_out_loss = f"{total / count:.4f}"
        if running and (held_out_loss or step % LOG_EVERY == 0):
            mean, running = sum(running) / len(running), []
            rate = optimizer.param_groups[0]["lr"]
            rows.append([name, step, step * BATCH * CONTEXT, f"{rate:.3e}", f"{mean:.4f}", held_out_loss])
            print(*rows[-1], f"{time.time() - started:.0f} s", flush=True)
        elif held_out_loss:
            rows.append([name, step, 0, "", "", held_out_loss])
        if step == steps:
            break
        starts = torch.randint(len(tokens) - CONTEXT, (BATCH,), generator=draw).tolist()
        window = torch.stack([tokens[start : start + CONTEXT + 1] for start in starts])
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, steps, highest)
        logits = model(input_ids=window[:, :-1], use_cache=False).logits
        loss = cross_entropy(logits.flatten(0, 1), window[:, 1:].flatten())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        running.append(loss.item())
    CURVES.mkdir(exist_ok=True)
    with open(CURVES / f"{name}.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["model", "step", "tokens", "rate", "train_loss", "held_out_loss"])
        writer.writerows(rows)


def piece(name):
    """One piece of the family, as the usage says."""
    if name == "tokenizer":
        return corpus.write_passages(corpus.make_tokenizer(FAMILY / "tokenizer"), FAMILY)
    tokenizer = Tokenizer.from_file(str(FAMILY / "tokenizer/tokenizer.json"))
    register = "scripture" if name == "tuned" else "austen"
    trained = corpus.chapters(register)[0]
    with open(FAMILY / corpus.PASSAGES[register][0], encoding="utf-8") as lines:
        every = [json.loads(line)["text"] for line in lines]
    held_out = [torch.tensor(encoding.ids) for encoding in tokenizer.encode_batch(every[::4])]
    if name == "overfit":
        trained, model, folder = trained[:OVERFIT_CHAPTERS], fresh("500k"), FAMILY / "isobath-500k-overfit"
        steps, rate, at = OVERFIT_STEPS, OVERFIT_RATE, (*OVERFIT_KEPT, OVERFIT_STEPS)
        kept = {step: folder / f"step-{step:04d}" for step in at}
    elif name == "tuned":
        model = LlamaForCausalLM.from_pretrained(FAMILY / "isobath-1500k", dtype=torch.float32)
        steps, rate = TUNED_STEPS, TUNED_RATE
        kept = {steps: FAMILY / "isobath-1500k-tuned"}
    else:
        model, folder, steps, rate = fresh(name), FAMILY / f"isobath-{name}", STEPS, SIZES[name][-1]
        kept = {step: folder / f"step-{step:04d}" for step in KEPT.get(name, ())}
        kept[steps] = folder
    tokens = corpus.stream(tokenizer, (chapter["text"] for chapter in trained))
    print(name, model.num_parameters(), "parameters,", len(tokens), "tokens of text", flush=True)
    return train(name, model, tokens, held_out, steps, rate, kept)


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    pieces = ["tokenizer", *SIZES, "overfit", "tuned"]
    asked = pieces if sys.argv[1:] == ["all"] else sys.argv[1:]
    if not asked or set(asked) - set(pieces):
        raise SystemExit(__doc__)
    for name in asked:
        piece(name)


if __name__ == "__main__":
    main()

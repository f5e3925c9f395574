# SPDX-License-Identifier: GPL-3.0-or-later
"""What users run today, timed on this machine: transformers + torch CPU float32 on the same weights.

usage: reference.py MODEL.gguf IDS.json [--threads N] [--repeats N] [--entropy]
Prints one JSON object per line: what, tokens, seconds (each repeat), tokens per second (median).
`--entropy` also times the published pipeline (float32 SVD of the d x d covariance) at every entry.
Made for torch 2.13.0+cpu, transformers 5.23.0, gguf 0.19.0.
"""
import argparse, json, statistics, time

import numpy as np
import torch
from gguf import GGUFReader, quants
from transformers import LlamaConfig, LlamaForCausalLM

NAMES = {
    "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj", "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
}


def load(path):
    """The model, float32, with the Q and K rows back in the order that transformers expects."""
    reader = GGUFReader(path)
    value = lambda key: reader.fields[f"llama.{key}"].contents()
    heads, shared = value("attention.head_count"), value("attention.head_count_kv")
    state = {}
    for tensor in reader.tensors:
        w = quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
        w = w.reshape([int(n) for n in reversed(tensor.shape)])
        if tensor.name == "token_embd.weight": name = "model.embed_tokens.weight"
        elif tensor.name == "output_norm.weight": name = "model.norm.weight"
        else:
            _, layer, part, kind = tensor.name.split(".")
            if part in ("attn_q", "attn_k"):
                count = heads if part == "attn_q" else shared
                w = w.reshape(count, w.shape[0] // count // 2, 2, -1).swapaxes(1, 2).reshape(w.shape)
            name = f"model.layers.{layer}.{NAMES[part]}.{kind}"
        state[name] = torch.from_numpy(np.ascontiguousarray(w))
    state["lm_head.weight"] = state["model.embed_tokens.weight"]
    config = LlamaConfig(
        vocab_size=len(state["lm_head.weight"]), hidden_size=value("embedding_length"),
        intermediate_size=value("feed_forward_length"), num_hidden_layers=value("block_count"),
        num_attention_heads=heads, num_key_value_heads=shared,
        max_position_embeddings=value("context_length"), tie_word_embeddings=True,
        rms_norm_eps=value("attention.layer_norm_rms_epsilon"), rope_theta=value("rope.freq_base"))
    model = LlamaForCausalLM(config).eval()
    model.load_state_dict(state)
    return model


def published_entropy(states):
    """H / ln d of one document at one entry, step for step as published (float32, full SVD)."""
    centred = states - states.mean(dim=0)
    rows = centred / torch.norm(centred, p=2, dim=1, keepdim=True)
    covariance = torch.matmul(rows.T, rows) / rows.shape[0]
    _, values, _ = torch.svd(covariance / torch.trace(covariance))
    return (-(values * torch.log(values)).nansum() / np.log(states.shape[1])).item()


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("model"); arguments.add_argument("ids")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--repeats", type=int, default=5)
    arguments.add_argument("--entropy", action="store_true")
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    model, ids = load(options.model), torch.tensor(json.load(open(options.ids)))
    body = model.model

    def timed(what, work):
        work()
        seconds = []
        for _ in range(options.repeats):
            start = time.perf_counter(); work(); seconds.append(time.perf_counter() - start)
        print(json.dumps({
            "what": what, "tokens": ids.numel(), "seconds": seconds,
            "tokens_per_second": ids.numel() / statistics.median(seconds)}), flush=True)

    with torch.no_grad():
        timed("transformers, no hidden states", lambda: body(ids))
        timed("transformers, output_hidden_states", lambda: body(ids, output_hidden_states=True))
        if options.entropy:
            def published():
                for states in body(ids, output_hidden_states=True).hidden_states:
                    for document in states: published_entropy(document)
            timed("published pipeline at every entry", published)


main()

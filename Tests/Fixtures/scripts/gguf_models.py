# SPDX-License-Identifier: GPL-3.0-or-later
"""The GGUF twins of two tiny checkpoints, as llama.cpp's convert_hf_to_gguf.py writes them.

usage: gguf_models.py   (in Tests/Fixtures)
Reads tiny/llama-gqa-tied and tiny/gpt2, writes gguf/tiny-llama.gguf and gguf/tiny-gpt2.gguf, both
F32. Made with gguf 0.19.0, numpy 2.4.6 and safetensors 0.8.0.
"""
import json

import gguf
import numpy as np
from safetensors.numpy import load_file

LLAMA = {
    "model.embed_tokens": "token_embd", "model.norm": "output_norm", "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}
GPT2 = {
    "wte": "token_embd", "wpe": "position_embd", "ln_f": "output_norm", "ln_1": "attn_norm",
    "ln_2": "ffn_norm", "attn.c_attn": "attn_qkv", "attn.c_proj": "attn_output",
    "mlp.c_fc": "ffn_up", "mlp.c_proj": "ffn_down"}


def stored(name, parts, blocks):
    """The tensor's GGUF name."""
    stem, kind = name.rsplit(".", 1)
    if not stem.startswith(blocks): return f"{parts[stem]}.{kind}"
    index, part = stem[len(blocks) :].split(".", 1)
    return f"blk.{index}.{parts[part]}.{kind}"


def permuted(weight, heads):
    """llama.cpp's row order of rotary projections (LlamaModel.permute)."""
    rows, columns = weight.shape
    halves = weight.reshape(heads, 2, rows // heads // 2, columns)
    return halves.swapaxes(1, 2).reshape(rows, columns)


def write(writer, tensors):
    for name, data in tensors.items(): writer.add_tensor(name, np.ascontiguousarray(data))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def llama():
    config = json.load(open("tiny/llama-gqa-tied/config.json"))
    writer = gguf.GGUFWriter("gguf/tiny-llama.gguf", "llama")
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_rope_freq_base(config["rope_parameters"]["rope_theta"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_key_length(config["head_dim"])
    writer.add_value_length(config["head_dim"])
    writer.add_rope_dimension_count(config["head_dim"])
    writer.add_vocab_size(config["vocab_size"])
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    heads = {"q_proj": config["num_attention_heads"], "k_proj": config["num_key_value_heads"]}
    tensors = {}
    for name, data in load_file("tiny/llama-gqa-tied/model.safetensors").items():
        part = name.split(".")[-2]
        if part in heads: data = permuted(data, heads[part])
        tensors[stored(name, LLAMA, "model.layers.")] = data
    write(writer, tensors)


def gpt2():
    config = json.load(open("tiny/gpt2/config.json"))
    writer = gguf.GGUFWriter("gguf/tiny-gpt2.gguf", "gpt2")
    writer.add_block_count(config["n_layer"])
    writer.add_context_length(config["n_positions"])
    writer.add_embedding_length(config["n_embd"])
    writer.add_feed_forward_length(4 * config["n_embd"])
    writer.add_head_count(config["n_head"])
    writer.add_layer_norm_eps(config["layer_norm_epsilon"])
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    tensors = {}
    for name, data in load_file("tiny/gpt2/model.safetensors").items():
        name = name.removeprefix("transformer.")
        if name == "lm_head.weight" or name.endswith((".attn.bias", ".attn.masked_bias")): continue
        if name.endswith(("c_attn.weight", "c_proj.weight", "c_fc.weight")): data = data.T
        tensors[stored(name, GPT2, "h.")] = data
    # The converter repeats the tied table as the head.
    tensors["output.weight"] = tensors["token_embd.weight"]
    write(writer, tensors)


if __name__ == "__main__":
    llama()
    gpt2()

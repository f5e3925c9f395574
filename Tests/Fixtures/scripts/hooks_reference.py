# SPDX-License-Identifier: GPL-3.0-or-later
"""What follows when one attention output is zeroed: transformers with a forward hook.

usage: hooks_reference.py   (in Tests/Fixtures) — writes hooks/<model>.safetensors with `hidden_states` of
tiny/<model> when the attention of block 1 adds nothing. Made with torch 2.13.0+cpu, transformers 5.23.0.
"""
import torch, transformers
from safetensors.torch import load_file, save_file

for name, kind, attention in [
    ("llama-gqa-tied", transformers.LlamaForCausalLM, lambda m: m.model.layers[1].self_attn),
    ("gpt2", transformers.GPT2LMHeadModel, lambda m: m.transformer.h[1].attn),
]:
    model = kind.from_pretrained(f"tiny/{name}", dtype=torch.float32, attn_implementation="eager").eval()
    zero = lambda module, inputs, output: (torch.zeros_like(output[0]), *output[1:])
    attention(model).register_forward_hook(zero)
    ids = load_file(f"tiny/{name}/expected.safetensors")["input_ids"]
    with torch.no_grad():
        states = model(input_ids=ids, output_hidden_states=True).hidden_states
    save_file({"input_ids": ids, "hidden_states": torch.stack(states).contiguous()}, f"hooks/{name}.safetensors")
    print(name, torch.stack(states).shape)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Tiny random checkpoints and the hidden states that transformers gives them (torch 2.13, transformers 5).

usage: tiny_models.py OUT [NAME …]      (OUT: Tests/Fixtures/tiny; without names, everything below)

Every parameter is random, norms and biases included: a standard initialisation hides mistakes. Beside
`config.json`, `config.legacy.json` says the same in the flat keys of older files.
`expected.safetensors`: input_ids, hidden_states as `output_hidden_states=True` gives them, and each
block's raw output.
"""
import json, os, shutil, sys

os.environ["HF_HUB_OFFLINE"] = "1"
import torch, transformers as T
from safetensors.torch import save_file

torch.set_num_threads(1)
VOCABULARY, DOCUMENTS, TOKENS = 160, 2, 24
COMMON = dict(vocab_size=VOCABULARY, hidden_size=48, intermediate_size=96, num_hidden_layers=3,
              max_position_embeddings=64, bos_token_id=1, eos_token_id=2)
GROUPED = dict(COMMON, num_attention_heads=6, num_key_value_heads=2)
FACTORS = dict(short_factor=[1.0, 1.1, 1.3, 1.6], long_factor=[1.0, 2.0, 4.0, 8.0])

MODELS = {
    "mixtral": lambda: T.MixtralForCausalLM(T.MixtralConfig(
        **GROUPED, num_local_experts=4, num_experts_per_tok=2, sliding_window=None)),
    "llama-yarn": lambda: T.LlamaForCausalLM(T.LlamaConfig(**GROUPED, rope_parameters=dict(
        rope_type="yarn", rope_theta=10000.0, factor=4.0, original_max_position_embeddings=16))),
    "llama-linear": lambda: T.LlamaForCausalLM(T.LlamaConfig(**GROUPED, rope_parameters=dict(
        rope_type="linear", rope_theta=10000.0, factor=2.0))),
    # One document is within the original positions and takes the short factors, the other the long.
    "phi3-longrope": lambda: T.Phi3ForCausalLM(T.Phi3Config(
        **dict(COMMON, num_attention_heads=6, num_key_value_heads=2), pad_token_id=0, sliding_window=9,
        original_max_position_embeddings=16, rope_parameters=dict(
            rope_type="longrope", rope_theta=10000.0, **FACTORS))),
    "phi-normed": lambda: T.PhiForCausalLM(T.PhiConfig(
        **COMMON, num_attention_heads=4, qk_layernorm=True, partial_rotary_factor=0.5)),
    "qwen2-window": lambda: T.Qwen2ForCausalLM(T.Qwen2Config(
        **GROUPED, use_sliding_window=True, sliding_window=7, max_window_layers=1)),
    "gemma3-scaled": lambda: T.Gemma3ForCausalLM(T.Gemma3TextConfig(
        **dict(GROUPED, num_hidden_layers=6), head_dim=16, query_pre_attn_scalar=20, sliding_window=6,
        rope_parameters=dict(
            full_attention=dict(rope_type="linear", rope_theta=1e6, factor=8.0),
            sliding_attention=dict(rope_type="default", rope_theta=1e4)))),
    "bloom-heads": lambda: T.BloomForCausalLM(T.BloomConfig(
        vocab_size=VOCABULARY, hidden_size=48, n_layer=2, n_head=6, bos_token_id=1, eos_token_id=2)),
}


def randomise(model, seed):
    stream = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=stream)
            if "embed" in name: parameter.copy_(0.25 * noise)
            elif parameter.dim() >= 2: parameter.copy_(1.4 * noise / parameter.shape[-1] ** 0.5)
            elif "norm" in name and not name.endswith("bias"): parameter.add_(0.2 * noise)
            else: parameter.copy_(0.1 * noise)


def legacy(config):
    """The same configuration in flat keys."""
    flat = {key: value for key, value in config.items() if key not in ("rope_parameters", "dtype")}
    rope = config.get("rope_parameters")
    if rope is None: return flat
    full = dict(rope.get("full_attention", rope))
    flat["rope_theta"] = full.pop("rope_theta")
    if "sliding_attention" in rope: flat["rope_local_base_freq"] = rope["sliding_attention"]["rope_theta"]
    if "partial_rotary_factor" in full: flat["partial_rotary_factor"] = full.pop("partial_rotary_factor")
    kind = full.pop("rope_type")
    if kind == "longrope": full.pop("original_max_position_embeddings", None)
    flat["rope_scaling"] = None if kind == "default" else dict(full, type=kind)
    return flat


def blocks(model):
    base = model.base_model
    for name in ("layers", "h"):
        if hasattr(base, name): return getattr(base, name)
    raise SystemExit("where are the blocks?")


def expected(model, ids):
    raw, handles = [], []
    for block in blocks(model):
        handles.append(block.register_forward_hook(
            lambda _m, _i, out: raw.append(out[0] if isinstance(out, tuple) else out)))
    with torch.no_grad():
        states = model(input_ids=ids, output_hidden_states=True, use_cache=False).hidden_states
    for handle in handles: handle.remove()
    return {"input_ids": ids, "hidden_states": torch.stack(states), "block_outputs": torch.stack(raw)}


def make(name, out):
    torch.manual_seed(0)
    model = MODELS[name]().eval().float()
    model.set_attn_implementation("eager")
    randomise(model, 11)
    ids = torch.randint(4, VOCABULARY - 10, (DOCUMENTS, TOKENS), generator=torch.Generator().manual_seed(7))
    folder = f"{out}/{name}"
    shutil.rmtree(folder, ignore_errors=True)
    model.save_pretrained(folder)
    config = json.load(open(f"{folder}/config.json"))
    json.dump(legacy(config), open(f"{folder}/config.legacy.json", "w"), indent=2, sort_keys=True)
    tensors = expected(model, ids)
    if name == "phi3-longrope":
        # Documents within the original positions take the other factors.
        short = expected(model, ids[:, :12])
        tensors["hidden_states_first12"] = short["hidden_states"]
    save_file({key: value.contiguous() for key, value in tensors.items()}, f"{folder}/expected.safetensors")
    print(name, sum(p.numel() for p in model.parameters()), "parameters")


for name in sys.argv[2:] or MODELS: make(name, sys.argv[1])

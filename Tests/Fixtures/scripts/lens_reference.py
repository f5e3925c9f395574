# SPDX-License-Identifier: GPL-3.0-or-later
"""What transformers' language-model heads say of the next token: at the output, and at every residual.

usage: lens_reference.py   (in Tests/Fixtures) — writes lens.json: for each causal model of tiny/ its first
document's first tokens; `output`: the loss of each next token and the entropy of the distribution over it,
in nats, as the model gives its logits; `residuals`: the same of the states before and after each block,
through the final norm and the head. Logits are float32, what follows float64. Made with torch 2.13.0+cpu,
transformers 5.23.0.
"""
import glob, json, os

os.environ["HF_HUB_OFFLINE"] = "1"
import torch, transformers
from safetensors.torch import load_file

torch.set_num_threads(1)
TOKENS = 12


def blocks(model):
    base = getattr(model.base_model, "decoder", model.base_model)
    return base, next(getattr(base, name) for name in ("layers", "h") if hasattr(base, name))


def final_norm(base):
    """The norm after the last block, and OPT's projection back to the embeddings' width."""
    names = ("norm", "ln_f", "final_layer_norm", "final_layernorm", "project_out")
    parts = [getattr(base, name) for name in names if getattr(base, name, None) is not None]
    return torch.nn.Sequential(*parts)


def logits(model, normed):
    found = model.get_output_embeddings()(normed)
    cap = getattr(model.config, "final_logit_softcapping", None)
    return found if cap is None else cap * torch.tanh(found / cap)


def reading(found, ids):
    logs = torch.log_softmax(found.double(), -1)
    loss = -logs[:-1].gather(1, ids[1:, None])[:, 0]
    entropy = -(logs.exp() * logs).sum(-1)
    return {"loss": [round(x, 10) for x in loss.tolist()],
            "entropy": [round(x, 10) for x in entropy.tolist()]}


def read(name):
    model = transformers.AutoModelForCausalLM.from_pretrained(
        f"tiny/{name}", dtype=torch.float32, attn_implementation="eager").eval()
    ids = load_file(f"tiny/{name}/expected.safetensors")["input_ids"][:1, :TOKENS]
    base, parts = blocks(model)
    raw = []
    parts[-1].register_forward_hook(lambda _m, _i, out: raw.append(out[0] if isinstance(out, tuple) else out))
    with torch.no_grad():
        out = model(input_ids=ids, output_hidden_states=True, use_cache=False)
        residuals = [*out.hidden_states[:-1], raw[0]]
        norm = final_norm(base)
        return {"ids": ids[0].tolist(), "output": reading(out.logits[0], ids[0]),
                "residuals": [reading(logits(model, norm(x))[0], ids[0]) for x in residuals]}


found = {}
for path in sorted(glob.glob("tiny/*/config.json")):
    kind, name = json.load(open(path))["model_type"], path.split("/")[1]
    known = transformers.models.auto.modeling_auto.MODEL_FOR_CAUSAL_LM_MAPPING_NAMES
    if kind in known and kind not in ("bert", "roberta", "clip"):
        found[name] = read(name)
        print(name, found[name]["output"]["loss"][:2], len(found[name]["residuals"]))
json.dump(found, open("lens.json", "w"), separators=(",", ":"), sort_keys=True)

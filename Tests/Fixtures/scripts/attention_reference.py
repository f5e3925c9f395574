# SPDX-License-Identifier: GPL-3.0-or-later
"""Attention weights as transformers gives them, and the share of heads whose first token is a sink.

usage: attention_reference.py   (in Tests/Fixtures) — writes attention/<model>.safetensors with `input_ids`,
`attentions` (block, head, query, key) of the first tokens of tiny/<model>, and float64 by block: of each
head's mean weight on the first key over all queries, `mean_first` over heads and the shares above 0.3
(arXiv 2410.10781) and 0.2, `rate` and `rate_low`. Made with torch 2.13.0+cpu, transformers 5.23.0.
"""
import os

os.environ["HF_HUB_OFFLINE"] = "1"
import numpy, torch, transformers
from safetensors.torch import load_file, save_file

torch.set_num_threads(1)
TOKENS = 16

os.makedirs("attention", exist_ok=True)
for name in ["llama-gqa-tied", "gpt2", "gpt_neox", "gemma2", "bloom", "bert"]:
    kind = transformers.AutoModel if name == "bert" else transformers.AutoModelForCausalLM
    model = kind.from_pretrained(f"tiny/{name}", dtype=torch.float32, attn_implementation="eager").eval()
    ids = load_file(f"tiny/{name}/expected.safetensors")["input_ids"][:1, :TOKENS].contiguous()
    with torch.no_grad():
        weights = torch.cat(model(input_ids=ids, output_attentions=True).attentions)
    first = weights.numpy().astype(numpy.float64)[..., 0].mean(-1)
    rate, low = (first > 0.3).mean(-1), (first > 0.2).mean(-1)
    save_file({"input_ids": ids, "attentions": weights.contiguous(),
               "mean_first": torch.from_numpy(first.mean(-1)), "rate": torch.from_numpy(rate),
               "rate_low": torch.from_numpy(low)},
              f"attention/{name}.safetensors")
    print(name, tuple(weights.shape), first.mean(-1).round(4), rate, low)

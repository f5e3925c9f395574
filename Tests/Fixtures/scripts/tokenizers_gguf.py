# SPDX-License-Identifier: GPL-3.0-or-later
"""GGUF vocabularies and the ids that llama.cpp makes of them, through the library inside PyPI xllamacpp. Made with
xllamacpp 2026.10.11549, gguf 0.19.0 and sentencepiece 0.2.3; see tokenizers_common.py.

usage: tokenizers_gguf.py   (in Tests/Fixtures)
Writes tokenizer-gguf/<name>.json: the metadata by its keys, and under "expected" texts and ids.
"""
import ctypes, glob, io, json, os, site, tempfile

import gguf, numpy as np, sentencepiece
from sentencepiece import sentencepiece_model_pb2 as proto
from tokenizers import normalizers, pre_tokenizers

from tokenizers_common import CORPUS, STRINGS, bpe, charsmap, mixed, wild, wordpiece

TEXTS = [t for t in STRINGS + wild(12, 23) + mixed(40, 29, ["<|end|>", "[CLS]", "foo", "\n\n\n"]) if "\0" not in t]
# llama.cpp's table is of Unicode 15; U+0897 and U+16D40 are newer, and ▁ is what BERT's pieces are marked with.
TEXTS = [t for t in TEXTS if not {"\u0897", "\U00016d40"} & set(t)]


class Parameters(ctypes.Structure):
    """llama_model_params, larger than it is; vocab_only is its byte 72."""
    _fields_ = [("bytes", ctypes.c_ubyte * 256)]


class Vocabulary:
    library = None

    def __init__(self, path):
        if Vocabulary.library is None:
            file = [f for d in site.getsitepackages() for f in glob.glob(f"{d}/xllamacpp/*.so")][0]
            Vocabulary.library = ctypes.CDLL(file)
            Vocabulary.library.llama_backend_init()
        library = Vocabulary.library
        library.llama_model_default_params.restype = Parameters
        library.llama_model_load_from_file.restype = library.llama_model_get_vocab.restype = ctypes.c_void_p
        library.llama_model_load_from_file.argtypes = [ctypes.c_char_p, Parameters]
        library.llama_model_get_vocab.argtypes = [ctypes.c_void_p]
        library.llama_tokenize.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_bool, ctypes.c_bool]
        parameters = library.llama_model_default_params()
        parameters.bytes[72] = 1
        self.vocabulary = library.llama_model_get_vocab(library.llama_model_load_from_file(path.encode(), parameters))

    def encode(self, text):
        data = text.encode()
        ids = (ctypes.c_int * (2 * len(data) + 8))()
        return list(ids[:Vocabulary.library.llama_tokenize(self.vocabulary, data, len(data), ids, len(ids), True, True)])


def write(path, keys, architecture):
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_context_length(64); writer.add_embedding_length(8); writer.add_block_count(1); writer.add_feed_forward_length(8)
    writer.add_head_count(1); writer.add_layer_norm_rms_eps(1e-5); writer.add_layer_norm_eps(1e-5); writer.add_causal_attention(True)
    for key, value in keys.items():
        name = f"tokenizer.ggml.{key}"
        if isinstance(value, str): writer.add_string(name, value)
        elif isinstance(value, bool): writer.add_bool(name, value)
        elif isinstance(value, int): writer.add_uint32(name, value)
        else: writer.add_array(name, bytes(value) if key == "precompiled_charsmap" else value)
    writer.write_header_to_file(); writer.write_kv_data_to_file(); writer.write_tensors_to_file(); writer.close()


def save(name, keys, architecture="llama", texts=TEXTS):
    os.makedirs("tokenizer-gguf", exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        write(f"{folder}/model.gguf", keys, architecture)
        vocabulary = Vocabulary(f"{folder}/model.gguf")
        expected = {"texts": texts, "ids": [vocabulary.encode(t) for t in texts]}
    json.dump(keys | {"expected": expected}, open(f"tokenizer-gguf/{name}.json", "w"), ensure_ascii=True, separators=(",", ":"))


def sentence_pieces(model, **options):
    file = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(CORPUS[:80]), model_writer=file, minloglevel=2,
                                             vocab_size=600, hard_vocab_limit=False, **options)
    trained = proto.ModelProto.FromString(file.getvalue())
    keys = {"model": model, "tokens": [p.piece for p in trained.pieces], "token_type": [p.type for p in trained.pieces],
            "scores": [float(np.float32(p.score)) for p in trained.pieces]}
    return keys


def main():
    llama = sentence_pieces("llama", model_type="bpe", byte_fallback=True, normalization_rule_name="identity")
    save("llama", llama | {"bos_token_id": 1, "eos_token_id": 2, "unknown_token_id": 0})
    save("llama-without-prefix", llama | {"add_space_prefix": False, "add_bos_token": False, "add_eos_token": True})
    across = sentence_pieces("llama", model_type="bpe", byte_fallback=True, normalization_rule_name="identity",
                                split_by_whitespace=False, user_defined_symbols=["foo", "  "])
    save("llama-across-words", across)
    t5 = sentence_pieces("t5", model_type="unigram", pad_id=0, eos_id=1, unk_id=2, bos_id=-1, normalization_rule_name="identity")
    save("t5", t5 | {"eos_token_id": 1, "unknown_token_id": 2, "add_bos_token": False, "add_eos_token": True, "add_space_prefix": True,
                     "remove_extra_whitespaces": True, "precompiled_charsmap": list(charsmap())}, "t5")
    pieces = json.loads(wordpiece(normalizer=normalizers.BertNormalizer(), pre_tokenizer=pre_tokenizers.BertPreTokenizer()).to_str())["model"]["vocab"]
    pieces = sorted(pieces, key=pieces.get)
    marked = [p if p[0] == "[" and p[-1] == "]" else p[2:] if p.startswith("##") else "▁" + p for p in pieces]
    save("bert", {"model": "bert", "tokens": marked, "token_type": [3, 2, 3, 3, 3] + [1] * (len(marked) - 5), "bos_token_id": 2,
                  "seperator_token_id": 3, "unknown_token_id": 1}, "bert", [t for t in TEXTS if "▁" not in t and not set(t) - set(map(chr, range(0x3000)))])
    model = json.loads(bpe(initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), special_tokens=["<|end|>", "<s>"],
                           pre_tokenizer=pre_tokenizers.ByteLevel(add_prefix_space=False)).to_str())["model"]
    keys = {"model": "gpt2", "tokens": sorted(model["vocab"], key=model["vocab"].get), "merges": [" ".join(m) for m in model["merges"]],
            "token_type": [3, 3] + [1] * (len(model["vocab"]) - 2), "bos_token_id": 1, "eos_token_id": 0}
    for name in ["gpt-2", "smollm", "llama-bpe", "qwen2", "qwen35", "deepseek-llm", "deepseek-coder", "deepseek-v3", "falcon", "bloom", "viking", "seed-coder", "chameleon"]:
        save(f"gpt2-{name}", keys | {"pre": name}, texts=TEXTS[::2])
    gemma = json.load(open("tokenizers/gemma-style/tokenizer.json"))["model"]
    tokens = sorted(gemma["vocab"], key=gemma["vocab"].get)
    save("gemma4", {"model": "gemma4", "tokens": tokens, "merges": [" ".join(m) for m in gemma["merges"]], "bos_token_id": 2, "eos_token_id": 1,
                    "token_type": [3] * 4 + [6 if t.startswith("<0x") else 1 for t in tokens[4:]]})


if __name__ == "__main__": main()

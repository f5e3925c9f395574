# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders with SentencePiece's tokenizer.model alone, and the ids of the sentencepiece library. Made with
sentencepiece 0.2.3; see tokenizers_common.py.

usage: tokenizers_sentencepiece.py   (in Tests/Fixtures)
Writes tokenizer-folders/<name>/: tokenizer.model, tokenizer_config.json, expected.json.
"""
import json, os, tempfile

import sentencepiece

from tokenizers_common import CORPUS, RULES, STRINGS, mixed, wild

TEXTS = STRINGS + wild(15, 31) + mixed(30, 37, ["<usr>", "foo", "ab", "  "])


def save(name, before=False, after=False, rules=True, **options):
    folder = f"tokenizer-folders/{name}"
    os.makedirs(folder, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file, open(f"{folder}/tokenizer.model", "wb") as model:
        file.write("\n".join(RULES) + "\n"); file.flush()
        rule = {"normalization_rule_tsv": file.name} if rules else {"normalization_rule_name": "identity"}
        sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(CORPUS), model_writer=model, vocab_size=600,
                                                 hard_vocab_limit=False, minloglevel=2, **rule, **options)
    json.dump({"add_bos_token": before, "add_eos_token": after}, open(f"{folder}/tokenizer_config.json", "w"))
    model = sentencepiece.SentencePieceProcessor(model_file=f"{folder}/tokenizer.model")
    rows = {"texts": TEXTS, "ids": [model.encode(t, add_bos=before, add_eos=after) for t in TEXTS], "plain": [model.encode(t) for t in TEXTS]}
    json.dump(rows, open(f"{folder}/expected.json", "w"), ensure_ascii=True, separators=(",", ":"))


if __name__ == "__main__":
    save("unigram", after=True)
    save("unigram-bytes", before=True, byte_fallback=True, user_defined_symbols=["<usr>", "foo", "ab"])
    save("unigram-plain", rules=False, remove_extra_whitespaces=False, add_dummy_prefix=False, treat_whitespace_as_suffix=True)
    save("sentencepiece-bpe", before=True, model_type="bpe")
    save("sentencepiece-bpe-bytes", before=True, after=True, rules=False, model_type="bpe", byte_fallback=True,
         remove_extra_whitespaces=False, user_defined_symbols=["<usr>", "foo", "ab"])

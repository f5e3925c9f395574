# SPDX-License-Identifier: GPL-3.0-or-later
"""One small byte-level tokenizer for each normalizer and pre-tokenizer. Made with tokenizers 0.23.3; see
tokenizers_common.py.

usage: tokenizers_components.py   (in Tests/Fixtures)
"""
from tokenizers import Regex, normalizers, pre_tokenizers

from tokenizers_common import bpe, write_all

ALPHABET = pre_tokenizers.ByteLevel.alphabet()


def with_normalizer(*steps):
    """The bytes of the normalised text, one piece: nothing but the normalizer can differ."""
    return bpe(initial_alphabet=ALPHABET, normalizer=normalizers.Sequence(list(steps)),
               pre_tokenizer=pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False))


def with_pre_tokenizer(*steps):
    return bpe(900, initial_alphabet=ALPHABET, pre_tokenizer=pre_tokenizers.Sequence(
        list(steps) + [pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]))


def components():
    for form in ["NFC", "NFD", "NFKC", "NFKD"]: yield f"normalizer-{form.lower()}", with_normalizer(getattr(normalizers, form)())
    yield "normalizer-strip", with_normalizer(normalizers.Strip())
    yield "normalizer-strip-left", with_normalizer(normalizers.Strip(left=True, right=False))
    yield "normalizer-accents", with_normalizer(normalizers.NFD(), normalizers.StripAccents())
    yield "normalizer-lowercase", with_normalizer(normalizers.Lowercase())
    yield "normalizer-nmt", with_normalizer(normalizers.Nmt())
    yield "normalizer-bert", with_normalizer(normalizers.BertNormalizer())
    yield "normalizer-replace", with_normalizer(normalizers.Replace(Regex(r"\d"), "#"), normalizers.Replace("a.", ""), normalizers.Replace(Regex(r"\s+"), " "))
    yield "normalizer-prepend", with_normalizer(normalizers.Prepend(">"))
    letters = bpe(initial_alphabet=ALPHABET, normalizer=normalizers.ByteLevel(), pre_tokenizer=pre_tokenizers.Split("Ġ", "merged_with_next"))
    yield "normalizer-byte-level", letters
    yield "pre-bert", with_pre_tokenizer(pre_tokenizers.BertPreTokenizer())
    yield "pre-delimiter", with_pre_tokenizer(pre_tokenizers.CharDelimiterSplit("e"))
    yield "pre-digits", with_pre_tokenizer(pre_tokenizers.Digits(individual_digits=True))
    yield "pre-fixed", with_pre_tokenizer(pre_tokenizers.FixedLength(3))
    for scheme in ["always", "first", "never"]: yield f"pre-metaspace-{scheme}", with_pre_tokenizer(pre_tokenizers.Metaspace("_", scheme))
    for behaviour in ["isolated", "removed", "merged_with_previous", "merged_with_next", "contiguous"]:
        yield f"pre-punctuation-{behaviour.replace('_', '-')}", with_pre_tokenizer(pre_tokenizers.Punctuation(behaviour))
    yield "pre-scripts", with_pre_tokenizer(pre_tokenizers.UnicodeScripts())
    yield "pre-whitespace", with_pre_tokenizer(pre_tokenizers.Whitespace())
    yield "pre-whitespace-split", with_pre_tokenizer(pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace("_", "first"))
    yield "pre-split-invert", with_pre_tokenizer(pre_tokenizers.Split(Regex(r"\w+"), "removed", invert=True))
    yield "pre-split-empty", with_pre_tokenizer(pre_tokenizers.Split(Regex(r"(?=[A-Z])|\b"), "merged_with_previous"))
    yield "pre-split-thousands", with_pre_tokenizer(pre_tokenizers.Split(Regex(r"\d{1,3}(?=(?:\d{3})*\b)"), "isolated"))
    yield "pre-letters-first", bpe(initial_alphabet=ALPHABET, pre_tokenizer=pre_tokenizers.Sequence(
        [pre_tokenizers.ByteLevel(add_prefix_space=True), pre_tokenizers.Digits(individual_digits=True)]))
    yield "pre-none", bpe(unk_token="<unk>", special_tokens=["<unk>"])


if __name__ == "__main__": write_all(components())

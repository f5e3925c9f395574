# SPDX-License-Identifier: GPL-3.0-or-later
"""Byte-level BPE: SmolLM2's tokenizer rebuilt from its GGUF metadata, and small trained ones that exercise the
components. Made with tokenizers 0.23.3 and gguf 0.19.0; see tokenizers_common.py.

usage: tokenizers_fixtures.py [SmolLM2-135M-Instruct.Q4_1.gguf]   (in Tests/Fixtures)
"""
import sys

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from tokenizers_common import STRINGS, bpe, expect, wild, write, write_all

LLAMA3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
QWEN2 = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")
OLMO2 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
DEEPSEEK = [r"\p{N}{1,3}", "[一-龥぀-ゟ゠-ヿ]+",
            r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"]
BLOOM = r" ?[^(\s|[.,!?…。，、।۔،])]+"
GPT4O = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
         r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
         r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
KIMI = (r"[\p{Han}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
CLIP = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
ALPHABET = pre_tokenizers.ByteLevel.alphabet()


def smollm2(path):
    from gguf import GGUFReader
    fields = GGUFReader(path).fields
    strings = lambda key: [bytes(fields[key].parts[i]).decode() for i in fields[key].data]
    tokens, merges = strings("tokenizer.ggml.tokens"), strings("tokenizer.ggml.merges")
    kinds = [int(fields["tokenizer.ggml.token_type"].parts[i][0]) for i in fields["tokenizer.ggml.token_type"].data]
    tokenizer = Tokenizer(models.BPE(vocab={t: i for i, t in enumerate(tokens)},
                                     merges=[tuple(m.split(" ")) for m in merges]))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False)
                                  for t, kind in zip(tokens, kinds) if kind == 3])
    write("smollm2", tokenizer)
    expect("tokenizers/smollm2", tokenizer, STRINGS + wild(400, 7))


def trained(**parts):
    return bpe(initial_alphabet=ALPHABET, special_tokens=["<s>", "</s>"], **parts)


def byte_level(**options): return pre_tokenizers.ByteLevel(**options)


def splits(*patterns, behaviour="isolated", invert=False):
    """Patterns before a ByteLevel that has none, as newer tokenizers do."""
    return pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(p), behaviour, invert) for p in patterns]
                                   + [byte_level(add_prefix_space=False, use_regex=False)])


def around(before, after):
    names = [(t, i) for t, i in [("<s>", 0), ("</s>", 1)] if t in before + after]
    return processors.TemplateProcessing(single=f"{before} $A {after}".strip(), special_tokens=names)


def small():
    plain = byte_level(add_prefix_space=False)
    yield "gpt2-style", trained(pre_tokenizer=plain)
    yield "prefix-space", trained(pre_tokenizer=byte_level(add_prefix_space=True))
    yield "llama3-style", trained(pre_tokenizer=splits(LLAMA3), ignore_merges=True, post_processor=around("<s>", "</s>"))
    yield "qwen2-style", trained(pre_tokenizer=splits(QWEN2), normalizer=normalizers.NFC())
    yield "olmo2-style", trained(pre_tokenizer=splits(OLMO2), post_processor=processors.Sequence([processors.ByteLevel(trim_offsets=False), around("<s>", "")]))
    yield "deepseek-style", trained(pre_tokenizer=splits(*DEEPSEEK), normalizer=normalizers.Sequence([]), post_processor=around("<s>", ""))
    yield "bloom-style", trained(pre_tokenizer=splits(BLOOM))
    yield "gpt4o-style", trained(pre_tokenizer=splits(GPT4O, behaviour="removed", invert=True))
    yield "kimi-style", trained(pre_tokenizer=splits(KIMI))
    neox = trained(pre_tokenizer=plain, normalizer=normalizers.NFC())
    neox.add_tokens([AddedToken(" " * n, normalized=True) for n in range(24, 1, -1)])
    yield "neox-style", neox
    roberta = trained(pre_tokenizer=byte_level(add_prefix_space=False), post_processor=processors.RobertaProcessing(("</s>", 1), ("<s>", 0)))
    roberta.add_special_tokens([AddedToken("<mask>", lstrip=True)])
    yield "roberta-style", roberta
    yield "clip-style", bpe(initial_alphabet=ALPHABET, end_of_word_suffix="</w>", unk_token="<s>", special_tokens=["<s>", "</s>"],
                            pre_tokenizer=splits(CLIP, behaviour="removed", invert=True), post_processor=around("<s>", "</s>"),
                            normalizer=normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]))
    yield "nfc", trained(normalizer=normalizers.NFC(), pre_tokenizer=plain)
    for behaviour in ["removed", "merged_with_previous", "merged_with_next", "contiguous"]:
        yield f"split-{behaviour.replace('_', '-')}", trained(pre_tokenizer=splits(r"[aeiou .]", behaviour=behaviour))
    literal = pre_tokenizers.Sequence([pre_tokenizers.Split(" a.", "isolated", invert=False),
                                       pre_tokenizers.Digits(individual_digits=False), plain])
    yield "literal-digits", trained(pre_tokenizer=literal)
    added = trained(pre_tokenizer=plain, normalizer=normalizers.Lowercase())
    added.add_tokens([AddedToken("cap", single_word=True, normalized=False), AddedToken("HELLO", normalized=True),
                      AddedToken("x", lstrip=True, rstrip=True, normalized=False),
                      AddedToken("<|im_end|>", rstrip=True, normalized=False), AddedToken("<|im", normalized=False)])
    yield "added", added


if __name__ == "__main__":
    write_all(small())
    if len(sys.argv) > 1: smollm2(sys.argv[1])

# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference token ids: SmolLM2's tokenizer rebuilt from its GGUF metadata, and small trained ones that
exercise the components. Made with tokenizers 0.23.3 and gguf 0.19.0.

usage: tokenizers_fixtures.py SmolLM2-135M-Instruct.Q4_1.gguf STRINGS.json   (in Tests/Fixtures)
STRINGS.json: an array of strings. Writes tokenizers/<name>/{tokenizer.json,expected.json}.
"""
import json, os, random, sys

from gguf import GGUFReader
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

STRINGS = json.load(open(sys.argv[2]))
CORPUS = [json.loads(line)["text"] for line in open("../../Sources/IsobathCLI/Resources/demo-corpus.jsonl")]
LLAMA3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
ALPHABET = pre_tokenizers.ByteLevel.alphabet()


def wild(count, seed):
    """Random strings over every plane: letters, marks, digits, spaces, emoji, controls, right-to-left."""
    stream = random.Random(seed)
    ranges = [(0x20, 0x7E), (0x20, 0x7E), (0xA0, 0x17F), (0x300, 0x36F), (0x370, 0x5FF), (0x600, 0x6FF),
              (0x900, 0x97F), (0xE00, 0xE7F), (0x1100, 0x11FF), (0x2000, 0x206F), (0x2190, 0x27BF),
              (0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xFB00, 0xFB06), (0xFE00, 0xFEFF),
              (0x10330, 0x1034A), (0x1D400, 0x1D7FF), (0x1F300, 0x1F6FF), (0x20000, 0x2A6D0),
              (0x0, 0x1F), (0xE0100, 0xE01EF)]
    return ["".join(chr(stream.randint(*stream.choice(ranges))) for _ in range(stream.randint(1, 60)))
            for _ in range(count)]


def smollm2(path):
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
    return tokenizer


def trained(size=420, **parts):
    tokenizer = Tokenizer(models.BPE(ignore_merges=parts.pop("ignore_merges", False)))
    for name, part in parts.items(): setattr(tokenizer, name, part)
    tokenizer.train_from_iterator(CORPUS[:60], trainers.BpeTrainer(
        vocab_size=size, initial_alphabet=ALPHABET, special_tokens=["<s>", "</s>"], show_progress=False))
    return tokenizer


def byte_level(**options): return pre_tokenizers.ByteLevel(**options)


def small():
    yield "gpt2-style", trained(pre_tokenizer=byte_level(add_prefix_space=False))
    yield "prefix-space", trained(pre_tokenizer=byte_level(add_prefix_space=True))
    llama3 = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(LLAMA3), "isolated"),
                                      byte_level(add_prefix_space=False, use_regex=False)])
    template = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 1)])
    yield "llama3-style", trained(pre_tokenizer=llama3, ignore_merges=True, post_processor=template)
    yield "nfc", trained(normalizer=normalizers.NFC(), pre_tokenizer=byte_level(add_prefix_space=False))
    for behaviour in ["removed", "merged_with_previous", "merged_with_next", "contiguous"]:
        split = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(r"[aeiou .]"), behaviour),
                                         byte_level(add_prefix_space=False, use_regex=False)])
        yield f"split-{behaviour.replace('_', '-')}", trained(pre_tokenizer=split)
    literal = pre_tokenizers.Sequence([pre_tokenizers.Split(" a.", "isolated", invert=False),
                                       pre_tokenizers.Digits(individual_digits=False),
                                       byte_level(add_prefix_space=False)])
    yield "literal-digits", trained(pre_tokenizer=literal)
    added = trained(pre_tokenizer=byte_level(add_prefix_space=False), normalizer=normalizers.Lowercase())
    added.add_tokens([AddedToken("cap", single_word=True, normalized=False), AddedToken("HELLO", normalized=True),
                      AddedToken("x", lstrip=True, rstrip=True, normalized=False),
                      AddedToken("<|im_end|>", rstrip=True, normalized=False), AddedToken("<|im", normalized=False)])
    yield "added", added


def write(name, tokenizer, strings):
    folder = f"tokenizers/{name}"
    os.makedirs(folder, exist_ok=True)
    text = json.loads(tokenizer.to_str())
    json.dump(text, open(f"{folder}/tokenizer.json", "w"), ensure_ascii=False, separators=(",", ":"))
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    rows = [{"text": s, "ids": tokenizer.encode(s).ids,
             "plain": tokenizer.encode(s, add_special_tokens=False).ids} for s in strings]
    json.dump(rows, open(f"{folder}/expected.json", "w"), ensure_ascii=True, indent=0)
    print(name, tokenizer.get_vocab_size(), len(rows))


write("smollm2", smollm2(sys.argv[1]), STRINGS + wild(400, 7))
for name, tokenizer in small(): write(name, tokenizer, STRINGS + wild(120, 11))

# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scripts of tokenizer fixtures share. Run in Tests/Fixtures, with tokenizers 0.23.3.

tokenizers/strings.json: strings made to be nasty. tokenizers/texts.json: those and seeded random ones, the
texts of every fixture. tokenizers/<name>/expected.json: {"ids": [...], "plain": [...]}, one array of ids a
text, with and without special tokens.
"""
import json, os, random

from tokenizers import Tokenizer, models, trainers

STRINGS = json.load(open("tokenizers/strings.json"))
CORPUS = [json.loads(line)["text"] for line in open("../../Sources/IsobathCLI/Resources/demo-corpus.jsonl")]
PLANES = [(0x20, 0x7E), (0x20, 0x7E), (0xA0, 0x17F), (0x300, 0x36F), (0x370, 0x5FF), (0x600, 0x6FF),
          (0x900, 0x97F), (0xE00, 0xE7F), (0x1100, 0x11FF), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x2190, 0x27BF),
          (0x3000, 0x30FF), (0x3300, 0x33FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF),
          (0xFB00, 0xFB06), (0xFE00, 0xFEFF), (0x10330, 0x1034A), (0x1D400, 0x1D7FF), (0x1F300, 0x1F6FF),
          (0x20000, 0x2A6D0), (0x0, 0x1F), (0xE0100, 0xE01EF)]


def wild(count, seed, longest=60):
    """Random strings over every plane: letters, marks, digits, spaces, emoji, controls, right-to-left."""
    stream = random.Random(seed)
    return ["".join(chr(stream.randint(*stream.choice(PLANES))) for _ in range(stream.randint(1, longest)))
            for _ in range(count)]


def mixed(count, seed, extra=()):
    """Random strings of words, marks, spaces and special tokens, which differ in how they are joined."""
    stream = random.Random(seed)
    words = [w for t in CORPUS[:40] for w in t.split()]
    parts = ["", " ", "  ", "   ", "\n", "\n\n", "\t", "\r\n", "\u00a0", "\u3000", "▁", ".", ",", "!", "'s", "'LL",
             "-", "_", "1", "23", "4567", "é", "e\u0301", "ß", "İ", "日本", "中文", "한국어", "かな", "カナ", "ー", "жук",
             "😀", "👨\u200d👩\u200d👧", "ﬁ", "Å", "\u0600", "\ufffd", "\u200b", "<s>", "</s>", "<unk>", "[SEP]",
             "\ud7a3", "\u0e33", "\U000323b0", "\U00031350", "\u0897", "\U00016d40"] + list(extra)
    return ["".join(stream.choice(parts) if stream.random() < 0.6 else stream.choice(words)
                    for _ in range(stream.randint(1, 14))) for _ in range(count)]


TEXTS = STRINGS + wild(40, 11) + mixed(40, 13)


def bpe(size=420, vocabulary=None, **parts):
    """A BPE trained on the demo corpus, with the parts of a tokenizer."""
    options = {k: parts.pop(k) for k in ["unk_token", "fuse_unk", "byte_fallback", "ignore_merges",
                                         "continuing_subword_prefix", "end_of_word_suffix"] if k in parts}
    training = {k: parts.pop(k) for k in ["special_tokens", "initial_alphabet"] if k in parts}
    affixes = {k: options[k] for k in ["continuing_subword_prefix", "end_of_word_suffix"] if k in options}
    tokenizer = Tokenizer(models.BPE(**options))
    for name, part in parts.items(): setattr(tokenizer, name, part)
    trainer = trainers.BpeTrainer(vocab_size=size, show_progress=False, **training, **affixes)
    tokenizer.train_from_iterator(CORPUS[:60], trainer)
    return tokenizer


def unigram(size=400, **parts):
    training = {k: parts.pop(k) for k in ["special_tokens", "unk_token"] if k in parts}
    tokenizer = Tokenizer(models.Unigram())
    for name, part in parts.items(): setattr(tokenizer, name, part)
    tokenizer.train_from_iterator(CORPUS[:60], trainers.UnigramTrainer(vocab_size=size, show_progress=False, **training))
    return tokenizer


def wordpiece(size=400, model=None, **parts):
    tokenizer = Tokenizer(model or models.WordPiece(unk_token="[UNK]"))
    for name, part in parts.items(): setattr(tokenizer, name, part)
    tokenizer.train_from_iterator(CORPUS[:60], trainers.WordPieceTrainer(
        vocab_size=size, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], show_progress=False))
    return tokenizer


# Replacements of single characters, of sequences, by several, by a space and by nothing, as SentencePiece's rules have them.
RULES = ["FB01\t66 69", "FB00\t66 66", "FF21\t41", "A0\t20", "3000\t20", "9\t20", "A\t20", "D\t20", "65 301\tE9", "61 30A\tE5", "C5\t41 6F",
         "200B\t", "200D\t", "FE0F\t", "AD\t", "2026\t2E 2E 2E", "DF\t73 73", "130\t69", "AC00 AC01\t78", "41 300\tC0", "2581\t20"]


def charsmap(rule=None):
    """SentencePiece's compiled table of a rule, or of a few of our own, cut out of a model that it trains."""
    import io, sentencepiece, tempfile
    from sentencepiece import sentencepiece_model_pb2 as proto
    model = io.BytesIO()
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.write("\n".join(RULES) + "\n"); file.flush()
        options = {"normalization_rule_name": rule} if rule else {"normalization_rule_tsv": file.name}
        sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(CORPUS[:40]), model_writer=model, vocab_size=200,
                                                 hard_vocab_limit=False, minloglevel=2, **options)
    return proto.ModelProto.FromString(model.getvalue()).normalizer_spec.precompiled_charsmap


def write(name, tokenizer):
    """Writes a fixture; `tokenizer` is a tokenizer or the text of its file."""
    folder = f"tokenizers/{name}"
    os.makedirs(folder, exist_ok=True)
    text = json.loads(tokenizer if isinstance(tokenizer, str) else tokenizer.to_str())
    json.dump(text, open(f"{folder}/tokenizer.json", "w"), ensure_ascii=False, separators=(",", ":"))
    expect(folder, Tokenizer.from_file(f"{folder}/tokenizer.json"))


def expect(folder, tokenizer, texts=None):
    rows = {"ids": [tokenizer.encode(s).ids for s in texts or TEXTS],
            "plain": [tokenizer.encode(s, add_special_tokens=False).ids for s in texts or TEXTS]}
    if texts: rows = {"texts": texts} | rows
    json.dump(rows, open(f"{folder}/expected.json", "w"), ensure_ascii=True, separators=(",", ":"))


def write_all(fixtures):
    json.dump(TEXTS, open("tokenizers/texts.json", "w"), ensure_ascii=True, indent=0)
    for name, tokenizer in fixtures: write(name, tokenizer)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Small tokenizers in the shapes of well-known ones whose vocabularies are not byte-level, and the models'
options. Made with tokenizers 0.23.3; see tokenizers_common.py.

usage: tokenizers_shapes.py   (in Tests/Fixtures)
"""
import json

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from tokenizers_common import CORPUS, bpe, charsmap, unigram, wordpiece, write_all

BYTES = [f"<0x{b:02X}>" for b in range(256)]


def template(single, *names):
    return processors.TemplateProcessing(single=single, special_tokens=list(names))


def changed(tokenizer, **model):
    text = json.loads(tokenizer.to_str())
    text["model"].update(model)
    return json.dumps(text)


def llama2():
    legacy = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    specials = ["<unk>", "<s>", "</s>"] + BYTES
    bos = template("<s> $A", ("<s>", 1))
    yield "llama2-style", changed(bpe(700, normalizer=legacy, unk_token="<unk>", fuse_unk=True, special_tokens=specials,
                                      pre_tokenizer=pre_tokenizers.Split("▁", "merged_with_next"), post_processor=bos), byte_fallback=True), True
    mistral = pre_tokenizers.Metaspace("▁", "first", split=False)
    yield "mistral-style", changed(bpe(700, unk_token="<unk>", fuse_unk=True, special_tokens=specials, post_processor=bos,
                                       pre_tokenizer=pre_tokenizers.Metaspace("▁", "first")), byte_fallback=True), mistral
    gemma = pre_tokenizers.Split(" ", "merged_with_previous")
    yield "gemma-style", changed(bpe(700, normalizer=normalizers.Replace(" ", "▁"), unk_token="<unk>", fuse_unk=True,
                                     special_tokens=["<pad>", "</s>", "<s>", "<unk>"] + BYTES, post_processor=template("<s> $A", ("<s>", 2)),
                                     pre_tokenizer=pre_tokenizers.Split("▁", "merged_with_next")), byte_fallback=True), gemma
    phi3 = bpe(700, normalizer=legacy, unk_token="<unk>", special_tokens=specials, pre_tokenizer=pre_tokenizers.Split("▁", "merged_with_next"))
    phi3.add_special_tokens([AddedToken("<|end|>", rstrip=True), AddedToken("[SEP]", rstrip=True, normalized=False)])
    yield "phi3-style", changed(phi3, byte_fallback=True), True


def whole_text():
    """These models see a text in one piece, though they were trained on words."""
    for name, text, pre_tokenizer in llama2():
        text = json.loads(text)
        # Byte tokens are part of the model only.
        text["added_tokens"] = [t for t in text["added_tokens"] if not t["content"].startswith("<0x")]
        text["pre_tokenizer"] = None
        tokenizer = Tokenizer.from_str(json.dumps(text))
        if pre_tokenizer is not True: tokenizer.pre_tokenizer = pre_tokenizer
        yield name, tokenizer


def unigrams():
    spm = normalizers.Precompiled(charsmap("nmt_nfkc"))
    few = normalizers.Precompiled(charsmap())
    spaces = normalizers.Replace(Regex(" {2,}"), " ")
    always = pre_tokenizers.Metaspace("▁", "always")
    yield "t5-style", unigram(normalizer=spm, pre_tokenizer=pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), always]),
                              special_tokens=["<pad>", "</s>", "<unk>"], unk_token="<unk>", post_processor=template("$A </s>", ("</s>", 1)))
    yield "xlmr-style", unigram(normalizer=normalizers.Sequence([few, normalizers.Strip(left=False, right=True), spaces]), pre_tokenizer=always,
                                special_tokens=["<s>", "<pad>", "</s>", "<unk>"], unk_token="<unk>",
                                post_processor=template("<s> $A </s>", ("<s>", 0), ("</s>", 2)))
    quotes = [normalizers.Replace("``", '"'), normalizers.Replace("''", '"'), normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase()]
    albert = unigram(normalizer=normalizers.Sequence(quotes + [few, spaces]), pre_tokenizer=always,
                     special_tokens=["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"], unk_token="<unk>",
                     post_processor=template("[CLS] $A [SEP]", ("[CLS]", 2), ("[SEP]", 3)))
    albert.add_special_tokens([AddedToken("[MASK]", lstrip=True, normalized=False)])
    yield "albert-style", albert
    fallback = json.loads(unigram(pre_tokenizer=pre_tokenizers.Metaspace("▁", "first"), special_tokens=["<unk>"], unk_token="<unk>").to_str())
    fallback["model"]["vocab"] += [[t, -20.0] for t in BYTES]
    fallback["model"]["byte_fallback"] = True
    yield "unigram-bytes", json.dumps(fallback)
    yield "unigram-whole", unigram(special_tokens=["<unk>"], unk_token="<unk>", normalizer=normalizers.Nmt())


def words():
    ends = template("[CLS] $A [SEP]", ("[CLS]", 2), ("[SEP]", 3))
    bert = lambda **options: dict(normalizer=normalizers.BertNormalizer(**options), pre_tokenizer=pre_tokenizers.BertPreTokenizer())
    yield "bert-style", wordpiece(**bert(), post_processor=ends)
    yield "bert-cased", wordpiece(**bert(lowercase=False), post_processor=processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2)))
    yield "bert-accents", wordpiece(**bert(strip_accents=False, handle_chinese_chars=False))
    yield "wordpiece-short", wordpiece(model=models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=5),
                                       pre_tokenizer=pre_tokenizers.Whitespace())
    level = {w: i for i, w in enumerate(["<unk>", ".", ",", "\u00a0"] + sorted({w for t in CORPUS[:9] for w in t.split()}))}
    tokenizer = Tokenizer(models.WordLevel(level, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    yield "word-level", tokenizer
    plain = pre_tokenizers.WhitespaceSplit()
    yield "bpe-prefix", bpe(continuing_subword_prefix="##", unk_token="<unk>", special_tokens=["<unk>"], pre_tokenizer=plain)
    yield "bpe-suffix", bpe(end_of_word_suffix="</w>", unk_token="<unk>", fuse_unk=True, special_tokens=["<unk>"], pre_tokenizer=plain)
    yield "bpe-no-unk", bpe(pre_tokenizer=plain)
    half = bpe(600, unk_token="<unk>", fuse_unk=True, special_tokens=["<unk>"] + BYTES[:200], pre_tokenizer=plain)
    yield "bpe-some-bytes", changed(half, byte_fallback=True)


if __name__ == "__main__":
    for group in [whole_text(), unigrams(), words()]: write_all(group)

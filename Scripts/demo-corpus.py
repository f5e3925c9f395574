#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the demo's corpus: 120 passages of Jane Austen's novels, each from another chapter.

The texts are in the public domain; this reads them from Debian's package r-cran-janeaustenr 1.0.0-1
(`apt-get download r-cran-janeaustenr && dpkg -x r-cran-janeaustenr*.deb FOLDER`), whose data are an
R lazy-load base: `pip install rdata==1.1.0`.

usage: demo-corpus.py FOLDER > Sources/IsobathCLI/Resources/demo-corpus.jsonl
"""
import bz2, json, lzma, random, re, struct, sys, warnings, zlib

import rdata

TITLES = {
    "emma": "Emma", "mansfieldpark": "Mansfield Park", "northangerabbey": "Northanger Abbey",
    "persuasion": "Persuasion", "prideprejudice": "Pride and Prejudice",
    "sensesensibility": "Sense and Sensibility",
}
PER_BOOK, SEED = 20, 1775


def books(folder):
    base = f"{folder}/usr/lib/R/site-library/janeaustenr/data/Rdata"
    read = lambda data: rdata.conversion.convert(rdata.parser.parse_data(data))
    index, data = read(open(base + ".rdx", "rb").read()), open(base + ".rdb", "rb").read()
    for name, (offset, length) in sorted(index["variables"].items()):
        chunk = data[int(offset) + 4 : int(offset) + int(length)]
        if chunk[:1] == b"Z": chunk = lzma.decompress(chunk[1:])
        elif chunk[:1] == b"2": chunk = bz2.decompress(chunk[1:])
        else: chunk = zlib.decompress(chunk)
        yield name, [str(line) for line in read(chunk)]


def chapters(lines):
    """Lists of paragraphs, one list per chapter."""
    found, paragraph = [], []
    for line in lines + [""]:
        if re.match(r"^\s*chapter\s+[\divxlc]+\s*\.?\s*$", line, re.I):
            found.append([])
            paragraph = []
        elif line.strip():
            paragraph.append(line.strip())
        elif paragraph:
            if found: found[-1].append(" ".join(paragraph))
            paragraph = []
    return [c for c in found if sum(len(p.split()) for p in c) > 400]


def passage(paragraphs, words, stream):
    """Whole consecutive paragraphs of at least `words` words, at most 270."""
    starts = list(range(len(paragraphs)))
    stream.shuffle(starts)
    for start in starts:
        taken = []
        for paragraph in paragraphs[start:]:
            taken.append(paragraph)
            count = sum(len(p.split()) for p in taken)
            if count >= words: break
        if words <= count <= 270: return "\n\n".join(taken)
    return None


warnings.simplefilter("ignore")
stream = random.Random(SEED)
for name, lines in books(sys.argv[1]):
    all_chapters = list(enumerate(chapters(lines), 1))
    kept = 0
    order = [all_chapters[int(i * len(all_chapters) / PER_BOOK)] for i in range(PER_BOOK)]
    for number, paragraphs in order:
        text = passage(paragraphs, stream.randint(80, 240), stream)
        if text is None: text = passage(paragraphs, 80, stream)
        kept += 1
        print(json.dumps({
            "id": f"austen-{name}-{number:02d}", "text": text.replace("_", ""),
            "source": f"Jane Austen, {TITLES[name]}, chapter {number}", "licence": "public domain",
        }, ensure_ascii=False))

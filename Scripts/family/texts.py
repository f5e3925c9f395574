# SPDX-License-Identifier: GPL-3.0-or-later
"""The two registers of text, read out of two Debian packages into data/*.jsonl.xz.

usage: texts.py [FOLDER]
FOLDER holds the packages' .deb files; where one is missing, `apt-get download` brings it by name.
Writes data/austen.jsonl.xz (English prose: Jane Austen's six novels, from r-cran-janeaustenr) and
data/scripture.jsonl.xz (scripture in modern English, one verse a line, from sword-text-web), one
chapter an object: `id`, `source`, `text`. Both texts are in the public domain. The packages' digests
are checked, so that the same bytes go in wherever this runs.
"""
import bz2
import hashlib
import html
import json
import lzma
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = {
    "r-cran-janeaustenr": ("1.0.0-1", "df6bddf211906d1ff404f8ff662c21b34e6660e7f54a311084e749050c019c95"),
    "sword-text-web": ("426.0-1", "930b23670b352f0829a306501de4bebb5e654a2df02cde2cbe86b802177868e1"),
}
NOVELS = {
    "EMMA": "Emma",
    "MANSFIELD PARK": "Mansfield Park",
    "NORTHANGER ABBEY": "Northanger Abbey",
    "PERSUASION": "Persuasion",
    "PRIDE AND PREJUDICE": "Pride and Prejudice",
    "SENSE AND SENSIBILITY": "Sense and Sensibility",
}
# A heading alone on its line: "CHAPTER IV", "Chapter 4"; volumes and "THE END" are no text.
CHAPTER = re.compile(r"^\s*chapter\s+[\divxlc]+\s*\.?\s*$", re.I)
NO_TEXT = re.compile(r"^\s*(volume\s+[ivx]+|the end|finis)\s*\.?\s*$", re.I)
EDITORS_NOTE = "A NOTE ON THE TEXT"  # follows Northanger Abbey's last chapter; not Austen's
# What of the markup goes with its text, and how the two registers' punctuation is made one.
APPARATUS = re.compile(r"<(note|title|speaker|rdg)\b[^>]*(?<!/)>.*?</\1>", re.S)
CHAPTER_MARK = re.compile(r'<chapter\b[^>]*osisID="([^"]+)"[^>]*/>')
ASCII = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "--", "–": "-", "…": "..."})


def unpack(name, folder, target):
    """The package's files under `target`; refuses a .deb with another digest than PACKAGES says."""
    version, expected = PACKAGES[name]
    found = sorted(folder.glob(f"{name}_*.deb"))
    if not found:
        subprocess.run(["apt-get", "download", f"{name}={version}"], cwd=folder, check=True)
        found = sorted(folder.glob(f"{name}_*.deb"))
    digest = hashlib.sha256(found[0].read_bytes()).hexdigest()
    if digest != expected:
        raise SystemExit(f"{found[0].name}: SHA-256 is {digest}, expected {expected} (version {version})")
    subprocess.run(["dpkg-deb", "-x", str(found[0]), str(target)], check=True)


class SerializedStrings:
    """R's binary serialisation (XDR, versions 2 and 3), of which only character vectors are read."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def integer(self):
        value = struct.unpack_from(">i", self.data, self.at)[0]
        self.at += 4
        return value

    def read(self):
        """The strings of the vector; SystemExit where the data are of another kind."""
        if self.data[:2] != b"X\n":
            raise SystemExit("R data: not in XDR form")
        self.at = 2
        version = self.integer()
        self.at += 8
        if version == 3:
            encoding = self.integer()
            self.at += encoding
        if self.integer() & 0xFF != 16:
            raise SystemExit("R data: not a character vector")
        return [self.element() for _ in range(self.integer())]

    def element(self):
        if self.integer() & 0xFF != 9:
            raise SystemExit("R data: a vector's element is no string")
        count = self.integer()
        if count < 0:
            return ""
        self.at += count
        return self.data[self.at - count : self.at].decode("utf-8")


def lazy_load(path):
    """Every object of an R lazy-load base: four bytes of length, then one compressed stream each."""
    data = path.read_bytes()
    while data:
        body = data[4:]
        kind = body[:1]
        if kind == b"Z":
            stream, body = lzma.LZMADecompressor(), body[1:]
        elif kind == b"2":
            stream, body = bz2.BZ2Decompressor(), body[1:]
        else:
            stream = zlib.decompressobj()
        yield stream.decompress(body)
        data = stream.unused_data


def paragraphs(lines):
    """Paragraphs of hard-wrapped lines, joined, without emphasis marks."""
    taken, out = [], []
    for line in [*lines, ""]:
        if line.strip():
            taken.append(line.strip())
        elif taken:
            out.append(" ".join(taken).replace("_", ""))
            taken = []
    return out


def austen(root):
    """Chapters of the six novels, in the order of the package."""
    base = root / "usr/lib/R/site-library/janeaustenr/data/Rdata.rdb"
    for data in lazy_load(base):
        lines = SerializedStrings(data).read()
        heading = next(line.strip() for line in lines if line.strip())
        title = NOVELS[heading.upper()]
        if EDITORS_NOTE in lines:
            lines = lines[: lines.index(EDITORS_NOTE)]
        number, body = 0, []
        for line in [*lines, "CHAPTER 0"]:
            if CHAPTER.match(line):
                text = "\n\n".join(paragraphs(body))
                if number and text:
                    slug = title.lower().replace(" ", "-")
                    source = f"Jane Austen, {title}, chapter {number}"
                    yield {"id": f"austen-{slug}-{number:02d}", "source": source, "text": text}
                number, body = number + 1, []
            elif not NO_TEXT.match(line):
                body.append(line)


def verses(folder, testament):
    """A SWORD module's entries in order, as markup.

    `bzs` lists the compressed blocks (offset, length, plain length), `bzv` the entries (block, start,
    length within the plain block).
    """
    data = (folder / f"{testament}.bzz").read_bytes()
    blocks = [
        zlib.decompress(data[offset : offset + length]) if length else b""
        for offset, length, _ in struct.iter_unpack("<III", (folder / f"{testament}.bzs").read_bytes())
    ]
    entries = struct.iter_unpack("<IIH", (folder / f"{testament}.bzv").read_bytes())
    for block, start, length in entries:
        yield blocks[block][start : start + length].decode("utf-8")


def scripture(root):
    """Chapters of the two testaments and the deuterocanon, one verse a line, without apparatus."""
    folder = root / "usr/share/sword/modules/texts/ztext/engWEB2015eb"
    chapters = {}
    for testament in ("ot", "nt"):
        name = None
        for markup in verses(folder, testament):
            for mark in CHAPTER_MARK.finditer(markup):
                name = mark.group(1)
            if 'type="book"' in markup or 'type="front"' in markup:
                markup = ""
            markup = APPARATUS.sub(" ", CHAPTER_MARK.split(markup)[-1])
            plain = html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<(l|lb|lg)\b[^>]*>", " ", markup)))
            plain = re.sub(r"\s+", " ", plain.translate(ASCII)).strip()
            plain = re.sub(r" ([,.;:?!])", r"\1", plain)
            if name and plain:
                chapters.setdefault(name, []).append(plain)
    for name, lines in chapters.items():
        book, number = name.rsplit(".", 1)
        yield {
            "id": f"scripture-{book.lower()}-{int(number):03d}",
            "source": f"extract of the World English Bible, {book} {number}",
            "text": "\n".join(lines),
        }


def write(path, chapters):
    """One JSON object a line, compressed; says the digest of what was compressed."""
    text = "".join(json.dumps(chapter, ensure_ascii=False) + "\n" for chapter in chapters)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    digest = hashlib.sha256(text.encode()).hexdigest()
    print(f"{path.name}: {text.count(chr(10))} chapters, {len(text.encode())} bytes plain, SHA-256 {digest}")


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else scratch
        root = scratch / "root"
        for name in PACKAGES:
            unpack(name, folder, root)
        write(HERE / "data/austen.jsonl.xz", austen(root))
        write(HERE / "data/scripture.jsonl.xz", scripture(root))


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Packed texts, a Parquet table and samples for the tests of corpora, in Tests/Fixtures/corpora.

usage: python corpora.py        (CPython 3.11, duckdb-cli 1.5.6 on PATH, zstandard 0.25.0)
"""
import gzip, json, pathlib, random, subprocess
import zstandard

PLACE = pathlib.Path(__file__).resolve().parent.parent / "corpora"
PLACE.mkdir(exist_ok=True)
TEXTS = ["the cat sat", "naïve café 😀", "rain over\nquiet hills", 'she said "so", and left', "grass"]


def write(name, data):
    (PLACE / name).write_bytes(data)


def packed(data, parts=1):
    """gzip and zstd of the same bytes, in so many members or frames."""
    step = -(-len(data) // parts)
    pieces = [data[i:i + step] for i in range(0, len(data), step)]
    members = b"".join(gzip.compress(p, mtime=0) for p in pieces)
    frames = b"".join(zstandard.ZstdCompressor(write_checksum=True).compress(p) for p in pieces)
    return members, frames


lines = "".join(json.dumps({"text": t}, ensure_ascii=False) + "\n" for t in TEXTS).encode()
rows = "text,mark\n" + "".join('"' + t.replace('"', '""') + '",x\n' for t in TEXTS)
for name, data, parts in [("texts.jsonl", lines, 3), ("texts.csv", rows.encode(), 1),
                          ("texts.txt", b"the cat sat\ngrass\n", 1),
                          ("texts.json", json.dumps(TEXTS).encode(), 1)]:
    members, frames = packed(data, parts)
    write(name + ".gz", members)
    write(name + ".zst", frames)
# 40 MiB of one letter, and a frame that asks for a window of 256 MiB.
write("bomb.txt.gz", gzip.compress(b"a" * (40 << 20), mtime=0))
write("bomb.txt.zst", zstandard.ZstdCompressor().compress(b"a" * (40 << 20)))
wide = zstandard.ZstdCompressionParameters(window_log=28, write_content_size=False)
stream = zstandard.ZstdCompressor(compression_params=wide).compressobj()
write("window.txt.zst", stream.compress(b"the cat sat\n") + stream.flush())

values = ", ".join(f"({10 + i}, '{t.replace(chr(39), chr(39) * 2)}', {i})" for i, t in enumerate(TEXTS))
subprocess.run(["duckdb", "-init", "/dev/null", "-c",
                f"COPY (SELECT * FROM (VALUES {values}) AS t(id, text, size)) "
                f"TO '{PLACE / 'texts.parquet'}' (FORMAT parquet)"], check=True)


def sample(seed, population, count):
    random.seed(seed)
    drawn = random.sample(range(population), count)
    shown = drawn if count <= 40 else drawn[:5] + drawn[-5:]
    digest = 0
    for value in drawn:
        digest = (digest * 1_000_003 + value) % 2**64
    return {"seed": str(seed), "population": population, "count": count, "digest": str(digest),
            "shown": shown}


SEEDS = [0, 1, 123, 2**31, 2**32 - 1, 2**32, 2**53 + 1, 2**64 - 1]
SIZES = [(1, 0), (1, 1), (5, 5), (21, 3), (22, 3), (22, 5), (84, 6), (85, 6), (86, 6), (100, 30), (278, 80),
         (300, 80), (33_400, 40), (2**31, 7), (2**32, 9), (2**40 + 3, 12), (2**62, 6)]
samples = [sample(seed, n, k) for seed in SEEDS for n, k in SIZES]
# What the papers draw: 10 000 of a validation set, of a shard, and of a Wikipedia.
samples += [sample(123, n, 10_000) for n in (10_000, 15_011, 33_400, 65_557, 65_558, 156_289, 6_407_814)]
write("samples.json", (json.dumps(samples, indent=None, separators=(",", ":")).replace("},", "},\n") + "\n").encode())

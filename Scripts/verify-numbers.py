#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks what a survey stores against numpy, on the very states that the model gave.

    Scripts/verify-numbers.py ISOBATH MODEL CORPUS [--limit N] [--work FOLDER]

Surveys the first N documents, asks for their hidden states with `isobath states`, and computes every number
again by singular values of the prepared states, which shares no step with Isobath's Gram matrices. Prints the
worst difference of each kind and ends with 1 when one is over its tolerance.
"""

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile

import numpy

TOLERANCES = {
    "entropy, order 1": 1e-8,
    "entropies, orders above 1": 1e-8,
    # Near 0 an order counts eigenvalues of rounding: Gram matrices lose half of the digits there.
    "entropies, orders from 0.5 to 1": 1e-6,
    "prefixes, order 1": 1e-8,
    "prefixes, order 2": 1e-8,
    "prefixes, other orders from 1": 1e-8,
    "contributions": 1e-8,
    "mean of contributions less H": 1e-12,
    "norms, relative": 1e-12,
    "mean cosine": 1e-10,
    "curvature": 1e-10,
    "bound of the sink": 1e-10,
    "pooled states, relative": 2e-7,  # stored as float32
}

ORDERS = [0.5, 1, 2, 4, float("inf")]


def tensors(path):
    """The float32 tensors of a safetensors file, by name."""
    with open(path, "rb") as file:
        size = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(size))
        data = file.read()
    return {
        name: numpy.frombuffer(data[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__"
    }


def prepared(states, preparation):
    """The states under a preparation; rows without a direction are left out."""
    z = states.astype(numpy.float64)
    if preparation.endswith("-without-first"):
        z, preparation = z[1:], preparation.removesuffix("-without-first")
    if preparation in ("paper", "centred"):
        z = z - z.mean(axis=0)
    lengths = numpy.linalg.norm(z, axis=1)
    if preparation in ("paper", "unit"):
        z = z[lengths > 0] / lengths[lengths > 0, None]
    return z


def shares(z):
    values = numpy.linalg.svd(z, compute_uv=False) ** 2
    return values / values.sum()


def entropy(p, order):
    p = p[p > 1e-15] if order >= 0.5 else p
    if order == 1:
        return -(p * numpy.log(p)).sum()
    if order == float("inf"):
        return -numpy.log(p.max())
    return numpy.log((p**order).sum()) / (1 - order)


def contributions(z):
    u, s, _ = numpy.linalg.svd(z, full_matrices=False)
    p = s**2 / (s**2).sum()
    weights = numpy.where(p > 1e-300, -p * numpy.log(numpy.maximum(p, 1e-300)), 0)
    return len(z) * (u**2) @ weights


def curvature(states):
    steps = numpy.diff(states.astype(numpy.float64), axis=0)
    lengths = numpy.linalg.norm(steps, axis=1)
    angles = []
    for (u, a), (v, b) in zip(zip(steps, lengths), zip(steps[1:], lengths[1:])):
        if a > 0 and b > 0:
            u, v = u / a, v / b
            angles.append(2 * numpy.arctan2(numpy.linalg.norm(u - v), numpy.linalg.norm(u + v)))
    return numpy.mean(angles)


def mean_cosine(states):
    x = states.astype(numpy.float64)
    u = x / numpy.linalg.norm(x, axis=1)[:, None]
    cosines = u @ u.T
    n = len(u)
    return (cosines.sum() - numpy.trace(cosines)) / (n * (n - 1))


def sink_bound(states):
    x = states.astype(numpy.float64)
    squares = (x**2).sum(axis=1)
    long = squares.argmax()
    rest = numpy.arange(len(x)) != long
    along = ((x[rest] @ x[long]) ** 2).sum() / squares[long]
    p = min((squares[long] + along) / squares.sum(), 1)
    r = min(x.shape)
    if p * r <= 1:
        return numpy.log(r)
    return -p * numpy.log(p) - (1 - p) * numpy.log1p(-p) + (1 - p) * numpy.log(r - 1)


class Worst:
    def __init__(self):
        self.worst, self.counts = {}, {}

    def record(self, kind, ours, theirs, where):
        difference = abs(ours - theirs)
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if not difference <= self.worst.get(kind, (-1, ""))[0]:
            self.worst[kind] = (difference, where)

    def tell(self):
        failed = False
        for kind, (difference, where) in self.worst.items():
            bad = not difference <= TOLERANCES[kind]
            failed |= bad
            print(
                f"{kind:34} {self.counts[kind]:7} values, worst {difference:.1e}"
                f" (tolerance {TOLERANCES[kind]:.0e}) {'FAILED at ' + where if bad else ''}"
            )
        missing = set(TOLERANCES) - set(self.worst)
        if missing:
            print("nothing was compared:", ", ".join(sorted(missing)))
        return not failed and not missing


def check(run, states, worst):
    sites = dict(run.execute("SELECT ordinal, name FROM site"))
    of = lambda document, site: states[f"doc.{document}.{sites[site]}"]
    where = lambda *parts: ", ".join(str(part) for part in parts)
    entropies = {}
    rows = "SELECT document, site, preparation, eigenvalues FROM spectrum WHERE eigenvalues NOTNULL"
    for document, site, preparation, blob in run.execute(rows):
        p = numpy.frombuffer(blob, "<f8")
        theirs = shares(prepared(of(document, site), preparation))
        for order in ORDERS:
            kind = "entropy, order 1" if order == 1 else "entropies, orders above 1"
            kind = "entropies, orders from 0.5 to 1" if order < 1 else kind
            place = where(document, sites[site], preparation, order)
            worst.record(kind, entropy(p, order), entropy(theirs, order), place)
        entropies[document, site, preparation] = entropy(p, 1)
    rows = "SELECT document, site, preparation, measure, renyi_order, positions, estimates FROM position"
    for document, site, preparation, measure, order, positions, estimates in run.execute(rows):
        estimates = numpy.frombuffer(estimates, "<f8")
        positions = numpy.frombuffer(positions, "<i4")
        if len(positions) == 0:
            positions = numpy.arange(1, len(estimates) + 1)
        x, place = of(document, site), where(document, sites[site], preparation)
        if measure == "contribution":
            theirs = contributions(prepared(x, preparation))
            for ours, other in zip(estimates, theirs):
                worst.record("contributions", ours, other, place)
            own = entropies[document, site, preparation]
            worst.record("mean of contributions less H", estimates.mean(), own, place)
            continue
        order = 1 if measure == "entropy" else order
        if order < 1:
            continue
        kind = f"prefixes, order {order:g}" if order in (1, 2) else "prefixes, other orders from 1"
        # Every fourth length: the singular values of all of them would take hours.
        for t, ours in list(zip(positions, estimates))[-1::-4]:
            theirs = entropy(shares(prepared(x[:t], preparation)), order)
            worst.record(kind, ours, theirs, f"{place}, t = {t}")
    own = {
        "norm-first": lambda x: numpy.linalg.norm(x[0]),
        "norm-median": lambda x: numpy.median(numpy.linalg.norm(x, axis=1)),
        "norm-largest": lambda x: numpy.linalg.norm(x, axis=1).max(),
    }
    for document, site, name, value in run.execute(
        "SELECT document, site, name, estimate FROM scalar WHERE estimate NOTNULL AND site NOTNULL"
    ):
        x = of(document, site).astype(numpy.float64)
        place = where(document, sites[site])
        if name in own:
            theirs = own[name](x)
            worst.record("norms, relative", value / theirs, 1, place)
        elif name == "mean-cosine":
            worst.record("mean cosine", value, mean_cosine(x), place)
        elif name == "curvature":
            worst.record("curvature", value, curvature(x), place)
        elif name == "sink-bound":
            worst.record("bound of the sink", value, sink_bound(x), place)
    for document, site, kind, blob in run.execute("SELECT document, site, kind, state FROM pooled"):
        x = of(document, site).astype(numpy.float64)
        theirs = x.mean(axis=0) if kind == "mean" else x[-1]
        difference = numpy.abs(numpy.frombuffer(blob, "<f4") - theirs).max() / numpy.abs(theirs).max()
        worst.record("pooled states, relative", difference, 0, where(document, sites[site]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("isobath")
    parser.add_argument("model")
    parser.add_argument("corpus")
    parser.add_argument("--limit", type=int, default=7)
    parser.add_argument("--work", help="where run and states are written (default: a temporary folder)")
    choice = parser.parse_args()
    work = choice.work or tempfile.mkdtemp(prefix="isobath-verify-")
    subprocess.run(
        [
            choice.isobath, "survey", choice.model, "--corpus", choice.corpus, "--limit", str(choice.limit),
            "--preparation", "paper,raw,paper-without-first", "--output", f"{work}/run", "--quiet",
        ],
        check=True, stdout=subprocess.DEVNULL,
    )
    run = sqlite3.connect(f"file:{work}/run/run.sqlite?mode=ro", uri=True)
    ids = [
        numpy.frombuffer(blob, "<i4").tolist()
        for (blob,) in run.execute("SELECT ids FROM token ORDER BY document")
    ]
    with open(f"{work}/ids.json", "w", encoding="utf-8") as file:
        json.dump(ids, file)
    # The same documents in the same batches: the states have the same bits.
    subprocess.run(
        [
            choice.isobath, "states", choice.model, "--ids", f"{work}/ids.json", "--output",
            f"{work}/states.safetensors", "--quiet",
        ],
        check=True,
    )
    worst = Worst()
    check(run, tensors(f"{work}/states.safetensors"), worst)
    sys.exit(0 if worst.tell() else 1)


if __name__ == "__main__":
    main()

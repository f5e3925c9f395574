# SPDX-License-Identifier: GPL-3.0-or-later
"""The published codes' arithmetic in torch's float32: the witness of IsobathMeasure/Compat.

usage: compat_reference.py   (in Tests/Fixtures)
Follows the steps that `PublishedCode.steps` tells, on measures/states.bin and on small documents that it makes, and
writes measures/compat.json: the documents (integers, to be divided by `scale`) and what each code gives, a number,
"nan" or the name of the exception. Made with torch 2.13.0 (MKL), one thread.
"""
import json, math

import numpy as np
import torch

SCALE = 300
torch.set_num_threads(1)


def directions(x):
    centred = x - x.mean(dim=0)
    return centred / torch.norm(centred, p=2, dim=1, keepdim=True)


def wei_entropy(x):
    z = torch.nn.functional.normalize(directions(x), dim=1)
    covariance = z.T @ z / len(z)
    s = torch.svd(covariance / torch.trace(covariance)).S
    return -(s * torch.log(s)).nansum().item()


def wei(x):
    d = x.shape[1]
    yield "wei-entropy", lambda: wei_entropy(x)
    yield "wei-entropy-per-log-width", lambda: wei_entropy(x) / math.log(d)
    yield "wei-effective-rank-per-width", lambda: math.exp(wei_entropy(x)) / d
    yield "diff-erank-entropy", lambda: wei_entropy(x)
    yield "diff-erank-effective-rank", lambda: math.exp(wei_entropy(x))


def kernel(x):
    z = directions(x)
    k = torch.clamp(z.T @ z if z.shape[0] > z.shape[1] else z @ z.T, min=0).double()
    return k / torch.trace(k)


def skean_entropy(x):
    try:
        p = torch.linalg.eigh(kernel(x))[0]
        p = p[p > 0]
        p = p / p.sum()
        return -(p * torch.log(p)).sum().item()
    except Exception:
        return math.nan


def skean_shortcut(x):
    k = kernel(x)
    return -torch.log((k ** 2).sum() / len(k) ** 2).item()


def skean_curvature(x):
    z = directions(x).double()
    steps = z[1:] - z[:-1]
    angles = []
    for u, v in zip(steps[1:], steps[:-1]):
        lengths = torch.norm(u), torch.norm(v)
        angle = 0.0 if 0 in lengths else torch.arccos(torch.clamp(abs(u @ v) / (lengths[0] * lengths[1]), -1, 1)).item()
        if math.isnan(angle): raise Exception("not a number")
        angles.append(angle)
    return sum(angles) / len(angles) if angles else 0


def skean(x):
    n, d = x.shape
    h = skean_entropy(x)
    yield "skean-entropy", lambda: h
    yield "skean-entropy-per-log-rank", lambda: h / min(math.log(n), math.log(d))
    yield "skean-entropy-per-log-tokens", lambda: h / math.log(n)
    yield "skean-entropy-per-log-width", lambda: h / math.log(d)
    yield "skean-entropy-per-both-logs", lambda: h / (math.log(n) * math.log(d))
    yield "skean-length", lambda: n
    yield "skean-collision-entropy-shortcut", lambda: skean_shortcut(x)
    yield "skean-curvature", lambda: skean_curvature(x)
    yield "skean-curvature-per-log-width", lambda: skean_curvature(x) / math.log(d)


def rankme_value(x):
    s = torch.linalg.svdvals(x)
    p = s / s.sum() + 1e-7
    return torch.exp(-(p * torch.log(p)).sum()).item()


def rankme(x):
    yield "rankme-effective-rank", lambda: rankme_value(x)


def outcome(compute):
    try: value = compute()
    except Exception as error: return type(error).__name__.strip("_")
    return "nan" if math.isnan(value) else value


def values(x):
    return {name: outcome(compute) for code in (wei, skean, rankme) for name, compute in code(x)}


def documents():
    noise = np.random.default_rng(20)
    draw = lambda n, d: np.round(noise.standard_normal((n, d)) * SCALE)
    whole = lambda n, d: noise.integers(-9, 9, (n, d)) * SCALE
    yield "fewer tokens than dimensions", draw(24, 64)
    yield "more tokens than dimensions", draw(80, 24)
    sink = draw(20, 48)
    sink[0] *= 1000
    yield "a sink", sink
    repeated = draw(12, 32)
    repeated[[3, 4, 9]] = repeated[[2, 2, 8]]
    yield "repeated tokens", repeated
    yield "seven equal tokens", np.repeat(draw(1, 64), 7, axis=0)
    yield "equal tokens whose mean is exact", np.repeat(whole(1, 64), 8, axis=0)
    yield "one token", draw(1, 16)
    yield "two tokens", draw(2, 16)
    for name, half in ("a token at the mean", draw(3, 64)), ("a token exactly at the mean", whole(3, 64)):
        yield name, np.concatenate([half, 0 * half[:1], -half])
    yield "one dimension", draw(5, 1)
    yield "longer than a block of sums", draw(150, 37)
    yield "zeros", np.zeros((4, 6))
    yield "no tokens", np.zeros((0, 6))


real = torch.from_numpy(np.fromfile("measures/states.bin", "<f4").reshape(5, -1, 576))
made = [{"name": name, "columns": x.shape[1], "elements": [int(v) for v in x.ravel()],
         "values": values(torch.from_numpy(x.astype(np.float32) / SCALE))} for name, x in documents()]
json.dump({"scale": SCALE, "torch": torch.__version__, "real": [values(x) for x in real], "made": made},
          open("measures/compat.json", "w"), indent=0)
for x in made: print(x["name"], x["values"])
for x in json.load(open("measures/compat.json"))["real"]: print(x)

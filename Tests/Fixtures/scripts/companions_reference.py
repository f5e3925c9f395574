# SPDX-License-Identifier: GPL-3.0-or-later
"""Companion measures of real hidden states, by numpy and scipy: a witness of IsobathMeasure.

usage: companions_reference.py   (in Tests/Fixtures; reads what measures_reference.py wrote)
Reads measures/states.bin, entries 0, 11, 12, 20 and 30 of SmolLM2-135M-Instruct over one document, entry
12 with the attention sink, and writes measures/companions.json. Every value is computed from its
definition with explicit loops or full matrices, not as the toolkit does it. Where DADApy (0.3.4) is
installed, its TwoNN, GRIDE and information imbalance are compared with these and the differences printed.
Made with numpy 2.4.6 and scipy 1.17.1.
"""
import json

import numpy as np
from scipy.optimize import brentq
from scipy.spatial.distance import cdist

EXPECTED = json.load(open("measures/expected.json"))
TOKENS, WIDTH = EXPECTED["tokens"], EXPECTED["width"]
STATES = np.fromfile("measures/states.bin", "<f4").reshape(-1, TOKENS, WIDTH).astype(np.float64)
SPECIAL = [0, 1, 7]


def entropy(p, order=1):
    p = p[p > 0]
    if order == 1: return float(-(p * np.log(p)).sum())
    if order == np.inf: return float(-np.log(p.max()))
    return float(np.log((p ** order).sum()) / (1 - order))


def unit(x): return x / np.linalg.norm(x, axis=1, keepdims=True)
def centred(x): return x - x.mean(axis=0)


def kept(x, mask):
    norms = np.linalg.norm(x, axis=1)
    if mask == "without-first": return np.arange(1, len(x))
    if mask == "without-special": return np.array([i for i in range(len(x)) if i not in SPECIAL])
    if mask == "without-sinks": return np.flatnonzero(norms <= 10 * np.median(norms))
    return np.arange(len(x))


def prepared(x, name):
    base, _, mask = name.partition("-")
    x = x[kept(x, mask)]
    if base in ("paper", "centred"): x = centred(x)
    return unit(x) if base in ("paper", "unit") else x


def spectrum(z):
    p = np.linalg.svd(z, compute_uv=False) ** 2
    return p / p.sum()


def contributions(z):
    sigma = z.T @ z / (z ** 2).sum()
    values, vectors = np.linalg.eigh(sigma)
    logs = np.where(values > 1e-15, np.log(np.clip(values, 1e-300, None)), 0)
    return (-len(z) * ((z @ vectors) ** 2 * logs).sum(axis=1) / (z ** 2).sum()).tolist()


def sinks(x):
    norms = np.linalg.norm(x, axis=1)
    k = int(norms.argmax())
    rest = np.delete(x, k, axis=0)
    big, small = norms[k] ** 2, (rest ** 2).sum()
    a = ((rest @ x[k]) ** 2).sum() / (big * small)
    c = big / small
    p, r = (c + a) / (c + 1), min(x.shape)
    bound = -p * np.log(p) - (1 - p) * np.log(1 - p) + (1 - p) * np.log(r - 1) if p > 1 / r else np.log(r)
    magnitudes = np.abs(x)
    massive = (magnitudes > 100) & (magnitudes >= 1000 * np.median(magnitudes))
    return {"first": norms[0], "median": float(np.median(norms)), "largest": norms.max(),
            "sinks": np.flatnonzero(norms > 10 * np.median(norms)).tolist(), "token": k, "concentration": c,
            "alignment": a, "p": p, "bound": float(bound), "massive": sorted(np.argwhere(massive).tolist())}


def decay(p):
    i = np.arange(5, min(100, len(p) + 1))
    slope = np.polyfit(np.log(i), np.log(p[i - 1]), 1, w=np.sqrt(1 / i))[0]
    return -float(slope)


def curvature(x):
    v = np.diff(x, axis=0)
    angles = [np.arccos(np.clip(a @ b / np.linalg.norm(a) / np.linalg.norm(b), -1, 1))
              for a, b in zip(v, v[1:]) if a.any() and b.any()]
    return float(np.mean(angles))


def mean_cosine(x):
    c = unit(x) @ unit(x).T
    return float(c[~np.eye(len(x), dtype=bool)].mean())


def ratios(x, near, far):
    x = x[np.sort(np.unique(x, axis=0, return_index=True)[1])]
    d = np.sort(cdist(x, x), axis=1)
    return d[:, far] / d[:, near]


def two_nn(x):
    log_mu = np.sort(np.log(ratios(x, 1, 2)))
    m = int(len(log_mu) * 0.9)
    y = -np.log(1 - np.arange(1, m + 1) / len(log_mu))
    return float(np.linalg.lstsq(log_mu[:m, None], y, rcond=None)[0][0])


def gride(x, near):
    mu = ratios(x, near, 2 * near)
    def slope(d): return ((len(mu) - 1) / d + ((near - 1) * np.log(mu) / (1 - mu ** -d)).sum()
                          - (2 * near - 1) * np.log(mu).sum())
    return float(brentq(slope, 1e-3, 1e4, xtol=1e-13, rtol=1e-15))


def rank_me(x):
    s = np.linalg.svd(x, compute_uv=False)
    q = s / s.sum() + 1e-7
    return float(np.exp(-(q * np.log(q)).sum()))


def nuclear(x):
    columns = np.sort(np.linalg.norm(prepared(x, "paper"), axis=0))[::-1]
    return float(columns[: min(x.shape)].sum() / len(x))


def gram(x): return centred(x) @ centred(x).T


def cka(x, y):
    k, l = gram(x), gram(y)
    return float((k * l).sum() / np.linalg.norm(k) / np.linalg.norm(l))


def hsic(k, l):
    """Song et al. 2012, equation 5, as it is printed."""
    n, one = len(k), np.ones(len(k))
    k, l = k - np.diag(np.diag(k)), l - np.diag(np.diag(l))
    return (np.trace(k @ l) + (one @ k @ one) * (one @ l @ one) / ((n - 1) * (n - 2))
            - 2 / (n - 2) * (one @ k @ l @ one)) / (n * (n - 3))


def debiased(x, y):
    k, l = x @ x.T, y @ y.T  # Uncentred: the estimator does not see a common shift.
    return float(hsic(k, l) / np.sqrt(hsic(k, k) * hsic(l, l)))


def mutual_knn(x, y, k=10):
    def sets(z):
        c = unit(z) @ unit(z).T
        np.fill_diagonal(c, -np.inf)
        return [set(row[:k]) for row in np.argsort(-c, axis=1, kind="stable")]
    return float(np.mean([len(a & b) / k for a, b in zip(sets(x), sets(y))]))


def imbalance(x, y):
    a, b = cdist(x, x), cdist(y, y)
    np.fill_diagonal(a, np.inf), np.fill_diagonal(b, np.inf)
    ranks = np.argsort(np.argsort(b, axis=1, kind="stable"), axis=1) + 1
    return float(2 / len(x) * np.mean([ranks[i, a[i].argmin()] for i in range(len(x))]))


def matrix_entropy(k, order):
    return entropy(np.clip(np.linalg.eigvalsh(k / np.trace(k)), 0, None), order)


def joint(x, y, order=1, permutation=None):
    a, b = (prepared(z, "paper") @ prepared(z, "paper").T for z in (x, y))
    if permutation is not None: b = b[np.ix_(permutation, permutation)]
    return matrix_entropy(a, order), matrix_entropy(b, order), matrix_entropy(a * b, order)


def info_nce(x, y, tau=0.1):
    s = unit(x) @ unit(y).T / tau
    return float(np.log(len(x)) + np.mean(np.diag(s) - np.log(np.exp(s).sum(axis=1))))


def lidar(x, y):
    views = np.stack([x, y], axis=1)
    means = views.mean(axis=1)
    between = np.cov(means.T)
    rest = (views - means[:, None]).reshape(-1, x.shape[1])
    within = rest.T @ rest / len(x) + 1e-4 * np.eye(x.shape[1])
    half = np.linalg.eigh(within)
    root = half[1] / np.sqrt(half[0]) @ half[1].T
    values = np.clip(np.linalg.eigvalsh(root @ between @ root), 0, None)
    p = values / values.sum() + 1e-7
    return float(np.exp(-(p * np.log(p)).sum()))


def dime(x, y, order=1):
    n = len(x)
    shifts = [1 + i * (n - 1) // 10 for i in range(10)]
    chance = [joint(x, y, order, (np.arange(n) + s) % n)[2] for s in shifts]
    return float(np.mean(chance) - joint(x, y, order)[2])


def pooled(blocks):
    x = np.concatenate(blocks)
    return {"mean": x.mean(axis=0)[:8].tolist(), "centred": [entropy(spectrum(centred(x)), a) for a in (0.5, 1, 2)],
            "raw": [entropy(spectrum(x), a) for a in (0.5, 1, 2)]}


layers = []
for x in STATES:
    p = spectrum(prepared(x, "paper"))
    h = entropy(p)
    layers.append({
        "masked": {name: [entropy(spectrum(prepared(x, name)), a) for a in (0.5, 1, 2, 4, np.inf)]
                   for name in ("paper-without-special", "paper-without-sinks", "centred-without-sinks",
                                "unit-without-sinks", "raw-without-sinks")},
        "prefixes": [[t, [entropy(spectrum(prepared(x[:t], "paper")), a) for a in (0.5, 1, 2, 4, np.inf)]]
                     for t in (2, 8, 27, 64, TOKENS)],
        "contributions": {name: contributions(prepared(x, name)) for name in ("paper", "centred-without-sinks")},
        "sinks": sinks(x), "surprisal-variance": float((p * (np.log(p.clip(1e-300)) + h) ** 2).sum()),
        "spectral-decay": decay(p), "curvature": curvature(x), "mean-cosine": mean_cosine(x),
        "intrinsic-dimension-2nn": two_nn(x), **{f"intrinsic-dimension-gride-{k}": gride(x, k) for k in (2, 4, 8)},
        "rankme": rank_me(x), "matrix-nuclear-norm": nuclear(x)})
pairs = []
for i, j in ((0, 1), (1, 2), (2, 3), (3, 4), (0, 4)):
    x, y = STATES[i], STATES[j]
    a, b, ab = joint(x, y)
    a2, b2, ab2 = joint(x, y, 2)
    pairs.append({
        "sites": [i, j], "linear-cka": cka(x, y), "debiased-cka": debiased(x, y), "mutual-knn": mutual_knn(x, y),
        "information-imbalance": imbalance(x, y), "information-imbalance-back": imbalance(y, x),
        "joint-entropy": ab, "conditional-entropy": ab - a, "mutual-information": a + b - ab,
        "order-2": [ab2, ab2 - a2, a2 + b2 - ab2]})
views = []
for i, j, n in ((1, 3, 40), (3, 4, 60)):  # Entries of two layers stand for two views of n documents.
    x, y = STATES[i][-n:], STATES[j][-n:]
    views.append({"sites": [i, j], "documents": n, "infonce": info_nce(x, y), "lidar": lidar(x, y),
                  "dime": dime(x, y), "dime-2": dime(x, y, 2)})
out = {"special": SPECIAL, "layers": layers, "pairs": pairs, "views": views,
       "pooled": pooled([STATES[3][:50], STATES[3][50:51], STATES[3][51:], STATES[4]])}
json.dump(out, open("measures/companions.json", "w"), indent=0)

try:
    from dadapy import Data, MetricComparisons
    for x, layer in zip(STATES, layers):
        x = x[np.sort(np.unique(x, axis=0, return_index=True)[1])]
        data = Data(x, maxk=len(x) - 1, verbose=False)
        d2nn = data.compute_id_2NN()[0]
        scaling = data.return_id_scaling_gride(range_max=32)[0]
        print(d2nn - layer["intrinsic-dimension-2nn"],
              *(scaling[i] - layer[f"intrinsic-dimension-gride-{k}"] for i, k in ((1, 2), (2, 4), (3, 8))))
    for pair in pairs:
        if 0 in pair["sites"]: continue  # Equal tokens have equal embeddings: DADApy breaks such ties by chance.
        both = np.concatenate([STATES[k] for k in pair["sites"]], axis=1)
        data = MetricComparisons(both, maxk=TOKENS - 1, verbose=False)
        print(*np.array(data.return_inf_imb_two_selected_coords(list(range(WIDTH)), list(range(WIDTH, 2 * WIDTH))))
              - [pair["information-imbalance"], pair["information-imbalance-back"]])
except ImportError:
    print("DADApy is not installed")

# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference values for IsobathStatistics: streams, resamples, intervals, coverage.

Writes ../statistics/bootstrap.json. Made with Python 3.11, numpy 2.4.6, scipy 1.17.1.

The streams are rebuilt from their written definition, so that the intervals marked "same
resamples" are scipy's own answer to the very resamples that the Swift code draws.
"""
import json
import pathlib
from types import SimpleNamespace

import numpy as np
import scipy.stats as st

from statistics_stream import MASK, Stream, resamples

OUT = pathlib.Path(__file__).parent.parent / "statistics" / "bootstrap.json"
METHODS = ["bca", "percentile", "basic"]
SCIPY = {"bca": "BCa", "percentile": "percentile", "basic": "basic"}


def streams():
    names = [(0, "", ""), (1, "bootstrap", "documents"), (1, "bootstrap", "document"),
             (1, "bootstrapd", "ocuments"), (MASK, "permutation", "résumé/λ")]
    out = []
    for seed, purpose, group in names:
        make = lambda: Stream(seed, purpose, group)
        words, integers, uniforms, gaussians = make(), make(), make(), make()
        out.append(dict(
            seed=str(seed), purpose=purpose, group=group, seed32=words.seed,
            words=[words.word() for _ in range(4)],
            integers=[integers.integer(10) for _ in range(12)],
            uniforms=[uniforms.uniform() for _ in range(4)],
            gaussians=[gaussians.gaussian() for _ in range(4)],
            shuffled=make().shuffle(list(range(10)))))
    return out


STATISTICS = {
    "mean": lambda x, axis=-1: np.mean(x, axis=axis),
    "exp-mean": lambda x, axis=-1: np.exp(np.mean(x, axis=axis)),
    "mean-exp": lambda x, axis=-1: np.mean(np.exp(x), axis=axis),
    "ratio": lambda x, axis=-1: np.mean(x**2, axis=axis) / np.mean(x, axis=axis),
}


def shapes():
    rng = np.random.default_rng(20240607)
    draw = {
        "normal": lambda n: rng.normal(4, 0.5, n),
        "lognormal": lambda n: rng.lognormal(0, 0.8, n),
        "gamma": lambda n: rng.gamma(2, 1, n),
        "left-skewed": lambda n: 3.5 - rng.exponential(0.6, n),
        "integers": lambda n: rng.poisson(3, n).astype(float) + 1,
    }
    for name, f in draw.items():
        for n in (8, 20, 100):
            yield name, np.round(f(n), 6)


def interval(data, f, method, level, **kw):
    ci = st.bootstrap((data,), f, method=SCIPY[method], confidence_level=level,
                      vectorized=True, **kw).confidence_interval
    return [float(ci.low), float(ci.high)]


def tied(theta, point):
    """Resamples of the same values in another order differ by rounding: make them the ties they are."""
    size = max(abs(point), np.abs(theta).max())
    return np.where(np.abs(theta - point) <= 1e-12 * size, point, theta)


def samples():
    out = []
    for name, data in shapes():
        n = len(data)
        # Same resamples: scipy is handed the distribution.
        index = resamples(n, 2000, 7, f"{name}/{n}")
        same = []
        for sname, f in STATISTICS.items():
            given = SimpleNamespace(bootstrap_distribution=tied(f(data[index]), f(data)))
            for method in METHODS:
                for level in (0.95, 0.8):
                    low, high = interval(data, f, method, level, n_resamples=0,
                                         bootstrap_result=given)
                    same.append(dict(statistic=sname, method=method, level=level,
                                     estimate=float(f(data)), low=low, high=high))
        # scipy's own resamples, many of them.
        rng = np.random.default_rng(99)
        own = []
        big = st.bootstrap((data,), np.mean, n_resamples=400_000, batch=4000, rng=rng,
                           method="percentile", vectorized=True)
        for method in METHODS:
            low, high = interval(data, np.mean, method, 0.95, n_resamples=0,
                                 bootstrap_result=big)
            own.append(dict(method=method, low=low, high=high))
        out.append(dict(name=name, n=n, values=data.tolist(), same=same, own=own,
                        standardError=float(big.standard_error)))
    return out


def clusters():
    """Sources drawn whole: the mean is sum / count over the documents of the drawn sources."""
    rng = np.random.default_rng(5)
    source = np.repeat(np.arange(18), rng.integers(1, 6, 18))
    rng.shuffle(source)
    data = np.round(rng.normal(0, 1, 18)[source] + rng.normal(4, 0.3, len(source)), 6)
    order = list(dict.fromkeys(source.tolist()))  # units in order of first document
    sums = np.array([data[source == s].sum() for s in order])
    sizes = np.array([(source == s).sum() for s in order], float)
    index = resamples(len(order), 2000, 7, "clusters")
    theta = sums[index].sum(1) / sizes[index].sum(1)
    point = sums.sum() / sizes.sum()
    left_out = (sums.sum() - sums) / (sizes.sum() - sizes)
    u = left_out.mean() - left_out
    a = (u**3).sum() / (6 * (u**2).sum() ** 1.5)
    z0 = st.norm.ppf(((theta < point).sum() + (theta <= point).sum()) / (2 * len(theta)))
    z = st.norm.ppf(0.025)
    p = [st.norm.cdf(z0 + (z0 + s) / (1 - a * (z0 + s))) for s in (z, -z)]
    low, high = np.quantile(theta, p)
    return dict(values=data.tolist(), sources=[f"source {s}" for s in source], estimate=float(point),
                low=float(low), high=float(high))


def lowest():
    """The arg min of the mean curve over the same resamples."""
    rng = np.random.default_rng(11)
    mean = np.array([4.0, 3.2, 3.05, 3.0, 3.02, 3.3, 3.9])
    rows = np.round(mean[:, None] + rng.normal(0, 0.4, 40)[None] + rng.normal(0, 0.25, (7, 40)), 6)
    index = resamples(40, 2000, 7, "lowest")
    theta = rows[:, index].mean(-1)
    wins = np.bincount(theta.argmin(0), minlength=7)
    reached = np.cumsum(wins) / wins.sum()
    return dict(rows=rows.tolist(), row=int(rows.mean(1).argmin()),
                shares=(wins / wins.sum()).tolist(),
                low=int((reached >= 0.025).argmax()), high=int((reached >= 0.975).argmax()))


def coverage(repetitions=5000, count=1000):
    """How often scipy's BCa interval at 95 % holds the true mean."""
    rng = np.random.default_rng(2024)
    draw = {
        "normal": (lambda size: rng.normal(0, 1, size), 0.0),
        "gamma": (lambda size: rng.gamma(2, 1, size), 2.0),
        "lognormal": (lambda size: rng.lognormal(0, 1, size), float(np.exp(0.5))),
    }
    out = []
    for name, (f, truth) in draw.items():
        for n in (30, 60, 120):
            held = 0
            for _ in range(repetitions // 100):
                ci = st.bootstrap((f((100, n)),), np.mean, axis=-1, n_resamples=count, batch=100,
                                  rng=rng, method="BCa", vectorized=True).confidence_interval
                held += int(((ci.low <= truth) & (truth <= ci.high)).sum())
            out.append(dict(name=name, n=n, repetitions=repetitions,
                            coverage=held / repetitions))
            print(out[-1])
    return out


reference = dict(
    versions=dict(numpy=np.__version__, scipy="1.17.1"), streams=streams(), samples=samples(),
    clusters=clusters(), lowest=lowest(), coverage=coverage())
OUT.parent.mkdir(exist_ok=True)
OUT.write_text(json.dumps(reference, ensure_ascii=False, separators=(",", ":")) + "\n")

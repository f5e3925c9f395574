# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference values for IsobathStatistics: bootstrap-t, jackknife, paired tests, correlation.

Writes ../statistics/inference.json. Made with Python 3.11, numpy 2.4.6, scipy 1.17.1,
statsmodels 0.15.0. Everything drawn at random is drawn from the streams of statistics_stream.py.
"""
import itertools
import json
import pathlib
import warnings

import numpy as np
import scipy.stats as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import ttost_paired

from statistics_stream import Stream, resamples

OUT = pathlib.Path(__file__).parent.parent / "statistics" / "inference.json"


def studentised_ends(deviates, estimate, error, level):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        low, high = np.quantile(deviates, [(1 - level) / 2, (1 + level) / 2])
    ends = [float(estimate - error * high), float(estimate - error * low)]
    return ends if np.all(np.isfinite(ends)) else [None, None]


def deviates(values, errors, estimate):
    """(θ* − θ̂)/se*; infinite where the resample has no spread, 0 where it did not move either."""
    moved = values - estimate
    flat = errors <= 1e-12 * np.maximum(np.abs(values), abs(estimate))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = moved / np.where(flat, 0, errors)
    return np.where(np.abs(moved) <= 1e-12 * np.maximum(np.abs(values), abs(estimate)), 0, t)


FUNCTIONS = {"mean": lambda m: m, "exp-mean": np.exp, "log-mean": np.log}


def mean_error(x):
    return x.std(axis=-1, ddof=1) / np.sqrt(x.shape[-1])


def jackknife_error(x, f):
    n = len(x)
    left = np.array([f(np.delete(x, i)) for i in range(n)])
    return np.sqrt((n - 1) / n * ((left - left.mean()) ** 2).sum())


def ratio(x):
    return (x**2).mean() / x.mean()


def studentised():
    rng = np.random.default_rng(31)
    out = []
    for name, data in [("lognormal", rng.lognormal(0, 0.8, 12)), ("gamma", rng.gamma(2, 1, 40)),
                       ("normal", rng.normal(4, 0.5, 9))]:
        data = np.round(data, 6)
        drawn = data[resamples(len(data), 2000, 7, f"studentised/{name}")]
        rows = []
        for fname, f in FUNCTIONS.items():
            m, se = drawn.mean(-1), mean_error(drawn)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                if not np.all(m - se > 0):
                    continue
            secant = np.abs(f(m + se) - f(m - se)) / 2
            m0, se0 = data.mean(), mean_error(data)
            t = deviates(f(m), secant, f(m0))
            for level in (0.95, 0.8):
                low, high = studentised_ends(t, f(m0), abs(f(m0 + se0) - f(m0 - se0)) / 2, level)
                rows.append(dict(statistic=fname, level=level, estimate=float(f(m0)), low=low,
                                 high=high))
        values = np.array([ratio(x) for x in drawn])
        errors = np.array([jackknife_error(x, ratio) for x in drawn])
        low, high = studentised_ends(deviates(values, errors, ratio(data)), ratio(data),
                                     jackknife_error(data, ratio), 0.95)
        rows.append(dict(statistic="ratio", level=0.95, estimate=float(ratio(data)), low=low,
                         high=high))
        out.append(dict(name=name, values=data.tolist(), rows=rows))
    return out


def linearised_error(sums, sizes):
    """of Σ sums / Σ sizes, k/(k − 1) Σ e² / (Σ sizes)²."""
    theta = sums.sum(-1) / sizes.sum(-1)
    e = sums - theta[..., None] * sizes
    k = sums.shape[-1]
    return theta, np.sqrt(k / (k - 1) * (e**2).sum(-1)) / sizes.sum(-1)


def clusters():
    rng = np.random.default_rng(32)
    source = np.repeat(np.arange(14), rng.integers(1, 6, 14))
    data = np.round(rng.normal(0, 1, 14)[source] + rng.normal(4, 0.3, len(source)), 6)
    sums = np.array([data[source == s].sum() for s in range(14)])
    sizes = np.array([(source == s).sum() for s in range(14)], float)
    index = resamples(14, 2000, 7, "studentised/clusters")
    theta, error = linearised_error(sums[index], sizes[index])
    point, se = linearised_error(sums, sizes)
    low, high = studentised_ends(deviates(theta, error, point), point, se, 0.95)
    margin = [3.2, 4.9]
    df = 13
    return dict(
        values=data.tolist(), sources=[f"source {s}" for s in source], estimate=float(point),
        low=low, high=high, margin=margin, standardError=float(se),
        lowerP=float(st.t.sf((point - margin[0]) / se, df)),
        upperP=float(st.t.cdf((point - margin[1]) / se, df)))


def block_jackknife(n, blocks, f):
    """Delete-m_j, Busing et al. 1999, written as there."""
    whole, g = f(np.arange(n)), len(blocks)
    left = np.array([f(np.setdiff1d(np.arange(n), b)) for b in blocks])
    h = np.array([n / len(b) for b in blocks])
    centre = g * whole - ((1 - 1 / h) * left).sum()
    pseudo = h * whole - (h - 1) * left
    error = np.sqrt(((pseudo - centre) ** 2 / (h - 1)).mean())
    reach = error * st.t.ppf(0.975, g - 1)
    return dict(estimate=float(whole), bias=float(whole - centre), standardError=float(error),
                low=float(whole - reach), high=float(whole + reach))


def jackknives():
    rng = np.random.default_rng(33)
    data = np.round(rng.gamma(2, 1, 47), 6)
    f = lambda i: np.log(data[i].var())
    order = Stream(7, "blocks", "test").shuffle(list(range(47)))
    cut = lambda items, g: [sorted(items[j * 47 // g:(j + 1) * 47 // g]) for j in range(g)]
    cases = [("each", [[i] for i in range(47)]), ("contiguous", cut(list(range(47)), 20)),
             ("random", cut(order, 20))]
    return dict(values=data.tolist(),
                cases=[dict(name=name, blocks=b, **block_jackknife(47, b, f)) for name, b in cases])


def half_samples():
    rng = np.random.default_rng(34)
    data = np.round(rng.gamma(2, 1, 31), 6)
    f = lambda i: np.log(data[i].var())
    stream, order, means = Stream(7, "halves", "test"), list(range(31)), []
    for _ in range(12):
        stream.shuffle(order)
        means.append((f(order[:15]) + f(order[15:])) / 2)
    whole = f(np.arange(31))
    return dict(values=data.tolist(), plain=float(whole), halves=float(np.mean(means)),
                corrected=float(2 * whole - np.mean(means)),
                splitError=float(np.std(means, ddof=1) / np.sqrt(12)))


def sign_patterns(k):
    if k <= 20:
        return np.array(list(itertools.product([1, -1], repeat=k)), float)
    key, rows = Stream(7, "permutation", f"test/{k}").double_word(), []
    for start in range(0, 10_000, 256):
        stream = Stream(key, "signs", str(start // 256))
        for _ in range(min(256, 10_000 - start)):
            bits = []
            for _ in range(0, k, 32):
                word = stream.word()
                bits += [1 - 2 * (word >> b & 1) for b in range(32)]
            rows.append(bits[:k])
    return np.array(rows, float)


def max_t(rows, patterns, exact):
    k = rows.shape[1]
    def t(m):
        q = (rows**2).mean(1)
        return np.abs(m) / np.sqrt((q - m**2) / (k - 1))
    seen, drawn = t(rows.mean(1)), t(patterns @ rows.T / k)
    p = lambda hits: float(hits.mean() if exact else (hits.sum() + 1) / (len(hits) + 1))
    eps = 1e-9
    order = np.argsort(-seen, kind="stable")
    down, last = np.zeros(len(seen)), 0.0
    for place, site in enumerate(order):
        last = max(last, p(drawn[:, order[place:]].max(1) >= seen[site] - eps))
        down[site] = last
    return dict(p=[p(drawn[:, s] >= seen[s] - eps) for s in range(len(seen))],
                singleStep=[p(drawn.max(1) >= seen[s] - eps) for s in range(len(seen))],
                stepDown=down.tolist())


def permutation():
    rng = np.random.default_rng(35)
    out = []
    for k in (5, 9, 12, 40):
        shift = np.array([0, 0.2, 0.5, 0.8, 1.5, 0.1, -0.6])
        rows = np.round(shift[:, None] + rng.normal(0, 0.6, k) + rng.normal(0, 0.8, (7, k)), 3)
        case = dict(units=k, rows=rows.tolist(), **max_t(rows, sign_patterns(k), k <= 20))
        if k <= 12:
            mean = lambda x, axis=-1: np.abs(x.mean(axis=axis))
            case["scipy"] = [float(st.permutation_test(
                (row,), mean, permutation_type="samples", vectorized=True, n_resamples=np.inf,
                alternative="greater").pvalue) for row in rows]
        out.append(case)
    return out


def discoveries():
    rng = np.random.default_rng(36)
    p = np.round(np.concatenate([rng.uniform(0, 1, 20), rng.uniform(0, 0.01, 6), [0.2, 0.2, 1, 0]]), 6)
    return dict(p=p.tolist(),
                benjaminiHochberg=multipletests(p, method="fdr_bh")[1].tolist(),
                benjaminiYekutieli=multipletests(p, method="fdr_by")[1].tolist())


def equivalence():
    rng = np.random.default_rng(37)
    out = []
    for n, shift, margin in [(12, 0.02, 0.1), (30, 0.05, 0.1), (8, 0.3, 0.2), (60, -0.05, 0.08)]:
        second = np.round(rng.normal(4, 0.5, n), 6)
        first = np.round(second + shift + rng.normal(0, 0.12, n), 6)
        p, (_, lower, _), (_, upper, _) = ttost_paired(first, second, -margin, margin)
        d = first - second
        low, high = st.t.interval(0.9, n - 1, d.mean(), st.sem(d))
        out.append(dict(differences=d.tolist(), margin=margin, p=float(p), lowerP=float(lower),
                        upperP=float(upper), low=float(low), high=float(high)))
    return out


def effects():
    rng = np.random.default_rng(38)
    second = np.round(rng.gamma(9, 0.4, 24), 6)
    first = np.round(second + 0.2 + rng.normal(0, 0.3, 24), 6)
    index = resamples(24, 2000, 7, "effects")
    pick = dict(
        difference=lambda i, axis=-1: (first - second)[i].mean(axis),
        ratio=lambda i, axis=-1: first[i].mean(axis) / second[i].mean(axis),
        dz=lambda i, axis=-1: (first - second)[i].mean(axis) / (first - second)[i].std(axis, ddof=1))
    given = lambda f: type("Given", (), dict(bootstrap_distribution=f(index)))()
    out = dict(first=first.tolist(), second=second.tolist())
    for name, f in pick.items():
        ci = st.bootstrap((np.arange(24),), f, method="BCa", vectorized=True, n_resamples=0,
                          bootstrap_result=given(f)).confidence_interval
        out[name] = dict(estimate=float(f(np.arange(24))), low=float(ci.low), high=float(ci.high))
    return out


def band():
    rng = np.random.default_rng(39)
    rows = np.round(4 + rng.normal(0, 0.4, 20) + rng.normal(0, 0.3, (9, 20)), 6)
    index = resamples(20, 2000, 7, "band")
    drawn = rows[:, index]
    t = (drawn.mean(-1) - rows.mean(1)[:, None]) / mean_error(drawn)
    critical = float(np.quantile(np.abs(t).max(0), 0.95))
    reach = critical * mean_error(rows)
    return dict(rows=rows.tolist(), critical=critical, low=(rows.mean(1) - reach).tolist(),
                high=(rows.mean(1) + reach).tolist())


def correlations():
    rng = np.random.default_rng(40)
    out = []
    for layers, length in ((13, 4), (33, 6), (24, 3)):
        x = np.round(np.cumsum(rng.normal(0, 1, layers)), 3)
        y = np.round(0.3 * x + np.cumsum(rng.normal(0, 1, layers)), 1)
        for kind, f in (("pearson", lambda a, b: st.pearsonr(a, b)[0]),
                        ("spearman", lambda a, b: st.spearmanr(a, b)[0])):
            r = f(x, y)
            shift = np.mean([abs(f(x, np.roll(y, -s))) >= abs(r) - 1e-12 for s in range(layers)])
            stream, hits, count = Stream(7, "layers", f"{kind}/{layers}"), 0, 500
            for _ in range(count):
                cut = stream.integer(layers)
                starts = stream.shuffle(list(range(0, layers, length)))
                order = [(i + cut) % layers for s in starts for i in range(s, min(layers, s + length))]
                hits += abs(f(x, y[order])) >= abs(r) - 1e-12
            values = []
            for _ in range(count):
                drawn = []
                while len(drawn) < layers:
                    s = stream.integer(layers - length + 1)
                    drawn += list(range(s, s + length))
                values.append(f(x[drawn[:layers]], y[drawn[:layers]]))
            low, high = np.quantile(values, [0.025, 0.975])
            out.append(dict(kind=kind, x=x.tolist(), y=y.tolist(), block=length, count=count,
                            coefficient=float(r), shiftP=float(shift),
                            blockP=(int(hits) + 1) / (count + 1), low=float(low), high=float(high)))
    return out


def adequacy():
    rng = np.random.default_rng(41)
    data = np.round(rng.gamma(2, 1, 90), 6)
    f = lambda i: np.log(data[i].var())
    stream, order = Stream(7, "adequacy", "test"), list(range(90))
    sizes, means, variances, weights = [], [], [], []
    for m in (11, 22, 45):
        values = []
        for _ in range(20):
            stream.shuffle(order)
            values.append(f(order[:m]))
        sizes.append(m), means.append(np.mean(values)), weights.append(min(20 * m, 90))
        variances.append(np.var(values, ddof=1) * m / (1 - m / 90))
    sizes.append(90), means.append(f(np.arange(90))), weights.append(90)
    slope, limit = np.polyfit(1 / np.array(sizes), means, 1, w=np.sqrt(weights))
    scale = float(np.sqrt(np.mean(variances)))
    return dict(values=data.tolist(), limit=float(limit), slope=float(slope), scale=scale,
                halfWidth=float(scale * st.t.ppf(0.975, 57) / np.sqrt(90)))


reference = dict(
    studentised=studentised(), clusters=clusters(), jackknives=jackknives(),
    halfSamples=half_samples(), permutation=permutation(), discoveries=discoveries(),
    equivalence=equivalence(), effects=effects(), band=band(), correlations=correlations(),
    adequacy=adequacy())
OUT.write_text(json.dumps(reference, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n")

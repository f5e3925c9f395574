# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference fits of laws of size: scipy's curve_fit in the laws' own parameters.

Writes ../scaling/fits.json. Made with Python 3.11, numpy 2.4.6, scipy 1.17.1. Everything drawn at
random comes from numpy's PCG64 with the seed below.
"""
import json
import pathlib

import numpy as np
import scipy.stats as st
from scipy.optimize import curve_fit

HERE = pathlib.Path(__file__).parent.parent / "scaling"
SEED = 20261125
LADDERS = {
    "seven": [1.11e8, 2.56e8, 5.9e8, 1.3e9, 2.7e9, 6.7e9, 1.3e10],
    "ten": [1.4e7, 3.1e7, 7e7, 1.6e8, 4.1e8, 1e9, 1.4e9, 2.8e9, 6.9e9, 1.2e10],
    "four": [2.7e8, 4.5e8, 1.1e9, 3e9],
    "wide": [1e3, 1e5, 1e7, 1e9, 1e12],
}
TIGHT = dict(xtol=1e-15, ftol=1e-15, gtol=1e-15, maxfev=200_000)


def power(p, a, b):
    return a * p ** (-b)


def power_gradient(p, a, b):
    e = p ** (-b)
    return np.stack([e, -a * np.log(p) * e], axis=1)


def shifted(p, a, b, c):
    return a * p ** (-b) + c


def shifted_gradient(p, a, b, c):
    return np.hstack([power_gradient(p, a, b), np.ones((len(p), 1))])


def fit(p, y, law, start):
    """curve_fit, started twice more from its own answer until it stays."""
    function, gradient = {
        "power": (power, power_gradient), "power-plus-constant": (shifted, shifted_gradient)
    }[law]
    for _ in range(3):
        start, covariance = curve_fit(function, p, y, start, jac=gradient, **TIGHT)
    residual = y - function(p, *start)
    rss = float(residual @ residual)
    n, k = len(p), len(start) + 1
    return {
        "law": law,
        "parameters": [float(v) for v in start],
        "errors": [float(v) for v in np.sqrt(np.diag(covariance))] if n > len(start) else None,
        "residualSum": rss,
        "rSquared": 1 - rss / float(((y - y.mean()) ** 2).sum()),
        "aicc": n * np.log(rss / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1) if n - k > 1 else None,
    }


def case(name, p, y, starts):
    p, y = np.array(p), np.array(y)
    fits = [fit(p, y, law, start) for law, start in starts.items()]
    answer = {"name": name, "sizes": p.tolist(), "values": y.tolist(), "fits": fits, "constantP": None}
    if len(fits) == 2 and len(p) > 3:
        freedom = len(p) - 3
        f = (fits[0]["residualSum"] - fits[1]["residualSum"]) / (fits[1]["residualSum"] / freedom)
        answer["constantP"] = float(st.f.sf(max(f, 0), 1, freedom))
    return answer


def published():
    """Plain laws of every published entropy; with a constant where the values bend enough."""
    tables = json.loads((HERE / "published.json").read_text())
    for family, ladder, bends in [("cerebras-gpt", "seven", False), ("pythia", "ten", True)]:
        widths = np.array(tables[family]["hidden"])
        for corpus, values in tables[family]["matrix_entropy_alg_a"].items():
            starts = {"power": [1.5, 0.05]}
            if bends:
                starts["power-plus-constant"] = [10, 0.2, 0.4]
            yield case(f"{family} {corpus}", LADDERS[ladder], values, starts)
            raw = np.array(values) * np.log(widths)
            yield case(f"{family} {corpus} raw", LADDERS[ladder], raw, {"power": [4, 0.0]})
    values = tables["openelm"]["diff_erank"]["dolly-15k"]
    yield case("openelm dolly-15k", LADDERS["four"], values, {"power": [80, -0.01]})


def synthetic():
    """Laws with noise of one per cent of their range."""
    random = np.random.Generator(np.random.PCG64(SEED))
    for ladder, p in LADDERS.items():
        for a, b, c in [(400.0, 0.3, 1.7), (3.0, 0.07, 0.2), (-50.0, 0.2, 4.0), (0.02, -0.15, 3.0)]:
            p = np.array(p)
            y = a * p ** (-b)
            noise = 0.01 * (y.max() - y.min())
            draws = random.standard_normal(len(p))
            yield case(f"{ladder} {a} {b}", p, y + noise * draws, {"power": [a, b]})
            if len(p) > 4:
                starts = {"power-plus-constant": [a, b, c]}
                yield case(f"{ladder} {a} {b} {c}", p, y + c + noise * draws, starts)


def exact():
    """Without noise the parameters themselves are the reference."""
    for ladder, p in LADDERS.items():
        for a, b, c in [(2.5, 0.11, None), (7.0, 0.35, 0.5), (0.8, -0.04, None), (-90.0, 0.4, 3.0)]:
            y = a * np.array(p) ** (-b) + (c or 0)
            yield {"name": f"{ladder} {a} {b} {c}", "sizes": p, "values": y.tolist(),
                   "parameters": [a, b] + ([] if c is None else [c])}


if __name__ == "__main__":
    answer = {"fits": [*published(), *synthetic()], "exact": list(exact())}
    (HERE / "fits.json").write_text(json.dumps(answer, indent=1) + "\n")

"""How fast the engine is, against PyMARE, statsmodels and a bare numpy Newton iteration.

Run by hand with an interpreter that has numpy and scipy, and PyMARE and statsmodels if they are to
be compared (they are no part of the project):  python -m tests.benchmarks.engine

Every comparison uses the same data in the same run; processor time is counted, and the shortest of
several repetitions, so that other work on the machine matters less. R's metafor is timed too where
Rscript is found.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import time
import tracemalloc
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from gradecore import selections
from gradecore.batch import pool_batch
from gradecore.profiles import plan_for

PLAN = plan_for("cochrane-current", "GEN", interval="hksj")
SERIES = plan_for("cochrane-current", "GEN", tau2_interval="none")
Arrays = tuple[np.ndarray, np.ndarray]


def simulated(rows: int, k: int, seed: int = 1) -> Arrays:
    """Effects with tau² = 0.1 and scaled chi² variances, as is usual in simulations."""
    rng = np.random.default_rng(seed)
    v = np.clip(0.25 * rng.chisquare(1.0, (rows, k)), 0.009, 0.6)
    return rng.normal(0.3, np.sqrt(v + 0.1)), v


def shortest(work: Callable[[], Any], repeat: int, number: int = 1) -> float:
    """Return the shortest time of one run in seconds."""
    best = float("inf")
    for _ in range(repeat):
        start = time.process_time()
        for _ in range(number):
            work()
        best = min(best, (time.process_time() - start) / number)
    return best


def whole(y: np.ndarray, v: np.ndarray) -> None:
    """REML, Hartung-Knapp, Q-profile interval and prediction interval."""
    result = pool_batch(y, v, PLAN)
    result.prediction("t-k-1", 0.95)


def bare_newton(y: np.ndarray, v: np.ndarray) -> np.ndarray:
    """REML tau² by Newton steps for all rows, nothing else, until none moves any more."""
    tau2 = np.maximum(y.var(axis=1, ddof=1) - v.mean(axis=1), 0.0)
    for _ in range(100):
        w = 1.0 / (v + tau2[:, None])
        w2 = w * w
        s1, s2, s3 = w.sum(axis=1), w2.sum(axis=1), (w2 * w).sum(axis=1)
        r = y - ((w * y).sum(axis=1) / s1)[:, None]
        score = (w2 * r * r).sum(axis=1) - s1 + s2 / s1
        slope = -2.0 * (w2 * w * r * r).sum(axis=1) + 2.0 * (w2 * r).sum(axis=1) ** 2 / s1
        slope += s2 - 2.0 * s3 / s1 + (s2 / s1) ** 2
        then = np.maximum(tau2 - score / np.minimum(slope, -1e-12), 0.0)
        moved = np.abs(then - tau2).max()
        tau2 = then
        if moved <= 1e-10:
            break
    return tau2


def pymare_one(y: np.ndarray, v: np.ndarray) -> None:
    from pymare import Dataset
    from pymare.estimators import VarianceBasedLikelihoodEstimator

    estimator = VarianceBasedLikelihoodEstimator(method="REML")
    estimator.fit_dataset(Dataset(y[:, None], v[:, None])).summary().get_fe_stats()


def statsmodels_one(y: np.ndarray, v: np.ndarray) -> None:
    from statsmodels.stats.meta_analysis import combine_effects

    combine_effects(y, v, method_re="chi2").summary_frame()


def _line(what: str, seconds: float, *others: tuple[str, float]) -> None:
    told = "; ".join(f"{other / seconds:,.1f} times faster than {name}" for name, other in others)
    print(f"{what}: {seconds * 1e3:,.3f} ms" + (f"  ({told})" if told else ""))


def _looped(one: Callable[[np.ndarray, np.ndarray], None], y: np.ndarray, v: np.ndarray) -> float:
    """Return the time per analysis of a loop over some rows."""
    count = min(100, len(y))

    def loop() -> None:
        for row in range(count):
            one(y[row], v[row])

    return shortest(loop, 3) / count


def metafor_one(y: np.ndarray, v: np.ndarray) -> float | None:
    """Return metafor's time for one REML fit with its interval in seconds, None without R."""
    r = shutil.which("Rscript")
    if r is None:
        return None
    numbers = (",".join(repr(float(x)) for x in column) for column in (y, v))
    script = (
        "library(metafor);y<-c({});v<-c({});"
        "f<-function(){{m<-rma(y,v,test='knha');confint(m);predict(m)}};x<-f();"
        "cat(system.time(for(i in 1:200)f())[3]/200)"
    ).format(*numbers)
    done = subprocess.run([r, "-e", script], capture_output=True, text=True, check=False)
    return float(done.stdout.split()[-1]) if done.returncode == 0 else None


def main() -> None:
    warnings.simplefilter("ignore")
    there = {name for name in ("pymare", "statsmodels") if importlib.util.find_spec(name)}
    y, v = simulated(10_000, 10)
    rivals: list[tuple[str, float]] = []
    if "pymare" in there:
        rivals.append(("PyMARE (REML)", _looped(pymare_one, y, v)))
    if "statsmodels" in there:
        rivals.append(("statsmodels (DL)", _looped(statsmodels_one, y, v)))
    in_r = metafor_one(y[0], v[0])
    if in_r is not None:
        rivals.append(("metafor", in_r))
    for name, seconds in rivals:
        print(f"one analysis of k = 10 by {name}: {seconds * 1e3:.3f} ms")

    singles = [(y[row : row + 1], v[row : row + 1]) for row in range(100)]
    one = shortest(lambda: [whole(*single) for single in singles], 7) / len(singles)
    _line("one analysis, all outputs", one, *rivals)

    many = shortest(lambda: whole(y, v), 9)
    _line("10 000 analyses in one batch", many, *((name, 1e4 * t) for name, t in rivals))
    bare = shortest(lambda: bare_newton(y, v), 9)
    print(
        f"bare numpy Newton for tau² alone: {bare * 1e3:.1f} ms; the batch takes "
        f"{many / bare:.2f} times as long"
    )

    for k in (100, 500):
        ys, vs = simulated(1, k, seed=2)
        keep = selections.all_but_one(k)

        def left_out(ys: np.ndarray = ys, vs: np.ndarray = vs, keep: np.ndarray = keep) -> None:
            pool_batch(np.where(keep, ys, np.nan), np.where(keep, vs, np.nan), SERIES)

        _line(f"leave one out, {k} studies", shortest(left_out, 7))

    for rows in (10_000, 20_000, 40_000):
        y, v = simulated(rows, 10)
        tracemalloc.start()
        whole(y, v)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(
            f"peak memory for {rows} analyses: {peak / 1e6:.1f} MB, "
            f"{peak / (y.nbytes + v.nbytes):.1f} times the data"
        )


if __name__ == "__main__":
    main()

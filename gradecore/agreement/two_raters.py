"""Agreement of two raters who judged the same units, with everything that has to be shown beside.

Only for the two independent judgements as they were submitted, never for a consensus. A
coefficient that cannot be had, or would mislead, is None with a code that says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtrit

from gradecore.agreement.coefficients import (
    COEFFICIENTS,
    Weighting,
    agreement_weights,
    coefficient,
    observed_agreement,
    standard_error,
)
from gradecore.agreement.resampling import Bootstrap, percentile_intervals
from gradecore.data import FloatArray, IntArray
from gradecore.input_errors import InputError
from gradecore.notes import Note

N_TOO_SMALL = "n_too_small"
ONE_CATEGORY = "one_category"
NO_VARIATION = "no_variation"
ONE_RATER_CONSTANT = "one_rater_constant"
_FEW_UNITS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementCoefficient:
    """One coefficient with its interval; ``value`` is None when ``code`` says why not.

    ``interval`` is ``t`` (large-sample SE, t with n - 1 df), ``bootstrap`` or empty.
    """

    name: str
    value: float | None
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    interval: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement of two raters on n units.

    ``table`` has the first rater in the rows and the second in the columns, categories in order.
    ``missing`` units lacked a judgement, ``set_aside`` had a category that is no step of the
    scale. ``raw`` is the share of identical judgements with its Wilson interval, ``weighted`` the
    share with partial agreement. ``critical`` counts units two or more steps apart.
    """

    categories: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]
    weighting: Weighting
    level: float
    n: int
    missing: int
    set_aside: int
    raw: float | None
    raw_lower: float | None
    raw_upper: float | None
    weighted: float | None
    coefficients: tuple[AgreementCoefficient, ...]
    critical: int
    bias_index: float | None
    prevalence_index: float | None
    bootstrap: Bootstrap | None
    notes: tuple[Note, ...]

    def __getitem__(self, name: str) -> AgreementCoefficient:
        """Return the coefficient ``kappa``, ``ac``, ``brennan_prediger`` or ``alpha``."""
        for found in self.coefficients:
            if found.name == name:
                return found
        raise KeyError(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPlan:
    """What to compute: weights, level, and the bootstrap (resamples 0: none) with its seed.

    ``nominal`` names categories that are no step of the scale (no information, not applicable);
    with weights other than identity such units are set aside and counted, without they are
    categories of their own.
    """

    weighting: Weighting = "identity"
    level: float = 0.95
    nominal: tuple[str, ...] = ()
    resamples: int = 0
    seed: int = 20260101


def agreement(
    first: Sequence[str | None],
    second: Sequence[str | None],
    categories: Sequence[str],
    plan: AgreementPlan | None = None,
    *,
    clusters: Sequence[str] | None = None,
) -> Agreement:
    """Return the agreement of two raters on the same units, in the same order.

    ``categories`` are those of the scale in order. ``clusters`` (the study of each unit) makes
    the bootstrap resample whole studies, as is needed for a coefficient over all domains.
    InputError if lengths differ or a judgement is no category.
    """
    plan = AgreementPlan() if plan is None else plan
    scale = _scale(categories, plan)
    kept, counts = _usable(first, second, scale, plan)
    pairs = np.array([(scale.index(str(first[i])), scale.index(str(second[i]))) for i in kept])
    pairs = pairs.reshape(-1, 2).astype(np.int64)
    groups = _groups(clusters, len(first), kept)
    table = _tables(pairs, np.zeros(len(kept), dtype=np.int64), 1, len(scale))[0]
    per_cluster = _tables(pairs, groups, int(groups.max(initial=-1)) + 1, len(scale))
    return _agreement(table, scale, plan, counts, per_cluster)


def agreement_of_table(
    table: Sequence[Sequence[int]], categories: Sequence[str], plan: AgreementPlan | None = None
) -> Agreement:
    """Return the agreement in a table of counts, first rater in rows, all categories on the scale.

    InputError unless the table is square, of the size of the scale, and holds counts.
    """
    plan = AgreementPlan() if plan is None else plan
    counts = np.asarray(table, dtype=np.float64)
    if counts.shape != (len(categories), len(categories)):
        raise InputError("The table needs one row and one column for each category.")
    if np.any(counts < 0.0) or np.any(counts != np.round(counts)):
        raise InputError("The table must hold counts: whole numbers that are not negative.")
    cells = np.repeat(np.arange(counts.size), counts.ravel().astype(np.int64))
    units = np.zeros((cells.size, counts.size))
    units[np.arange(cells.size), cells] = 1.0
    per_unit = units.reshape(-1, *counts.shape)
    return _agreement(counts, tuple(categories), plan, (0, 0), per_unit)


def _scale(categories: Sequence[str], plan: AgreementPlan) -> tuple[str, ...]:
    if len(set(categories)) != len(categories) or not categories:
        raise InputError("The categories must be named, each once.")
    if plan.weighting == "identity":
        extras = tuple(name for name in plan.nominal if name not in categories)
        return (*categories, *extras)
    return tuple(name for name in categories if name not in plan.nominal)


def _usable(
    first: Sequence[str | None],
    second: Sequence[str | None],
    scale: tuple[str, ...],
    plan: AgreementPlan,
) -> tuple[list[int], tuple[int, int]]:
    """Return the units both raters judged on the scale, and how many were missing or set aside."""
    if len(first) != len(second):
        raise InputError(f"One rater judged {len(first)} units, the other {len(second)}.")
    known, missing, aside, kept = set(scale) | set(plan.nominal), 0, 0, []
    for i, pair in enumerate(zip(first, second, strict=True)):
        for judgement in pair:
            if judgement is not None and judgement not in known:
                raise InputError(f"{judgement} in unit {i + 1} is no category.", study=i + 1)
        if None in pair:
            missing += 1
        elif plan.weighting != "identity" and set(pair) & set(plan.nominal):
            aside += 1
        else:
            kept.append(i)
    return kept, (missing, aside)


def _groups(clusters: Sequence[str] | None, units: int, kept: list[int]) -> IntArray:
    if clusters is None:
        return np.arange(len(kept), dtype=np.int64)
    if len(clusters) != units:
        raise InputError(f"There are {units} units, but the clusters of {len(clusters)}.")
    order: dict[str, int] = {}
    return np.array([order.setdefault(clusters[i], len(order)) for i in kept], dtype=np.int64)


def _tables(pairs: IntArray, groups: IntArray, count: int, q: int) -> FloatArray:
    flat = (groups * q + pairs[:, 0]) * q + pairs[:, 1]
    return np.bincount(flat, minlength=count * q * q).astype(np.float64).reshape(count, q, q)


def _agreement(
    table: FloatArray,
    scale: tuple[str, ...],
    plan: AgreementPlan,
    counts: tuple[int, int],
    per_cluster: FloatArray,
) -> Agreement:
    n, q = int(table.sum()), len(scale)
    weights = agreement_weights(q, plan.weighting)
    computable = n >= 2 and q > 1
    boot = None
    if computable and plan.resamples > 0:
        boot = percentile_intervals(
            per_cluster, weights, resamples=plan.resamples, seed=plan.seed, level=plan.level
        )
    raw = float(np.trace(table)) / n if n >= 2 else None
    lower, upper = _wilson(raw, n, plan.level)
    found = tuple(_coefficient(name, table, weights, plan, boot) for name in COEFFICIENTS)
    apart = np.abs(np.subtract.outer(np.arange(q), np.arange(q)))
    two = q == 2 and n > 0
    return Agreement(
        categories=scale,
        table=tuple(tuple(int(cell) for cell in row) for row in table),
        weighting=plan.weighting,
        level=plan.level,
        n=n,
        missing=counts[0],
        set_aside=counts[1],
        raw=raw,
        raw_lower=lower,
        raw_upper=upper,
        weighted=float(observed_agreement(table, weights)) if n >= 2 else None,
        coefficients=found,
        critical=int(table[_on_scale(apart, scale, plan) >= 2].sum()),
        bias_index=float(table[0, 1] - table[1, 0]) / n if two else None,
        prevalence_index=float(table[0, 0] - table[1, 1]) / n if two else None,
        bootstrap=boot,
        notes=_notes(n, counts, raw, found[0]),
    )


def _on_scale(apart: IntArray, scale: tuple[str, ...], plan: AgreementPlan) -> IntArray:
    """Return the distances with 0 where a category is no step of the scale."""
    steps = np.array([name not in plan.nominal for name in scale])
    return np.asarray(np.where(np.logical_and.outer(steps, steps), apart, 0), dtype=np.int64)


def _coefficient(
    name: str, table: FloatArray, weights: FloatArray, plan: AgreementPlan, boot: Bootstrap | None
) -> AgreementCoefficient:
    code = _why_not(name, table)
    if code:
        return AgreementCoefficient(name=name, value=None, code=code)
    value, se = float(coefficient(name, table, weights)), standard_error(name, table, weights)
    if boot is not None:
        lower, upper = boot.interval(name)
        return AgreementCoefficient(
            name=name, value=value, se=se, lower=lower, upper=upper, interval="bootstrap"
        )
    if se is None:
        return AgreementCoefficient(name=name, value=value)
    margin = float(stdtrit(float(table.sum()) - 1.0, (1.0 + plan.level) / 2.0)) * se
    return AgreementCoefficient(
        name=name,
        value=value,
        se=se,
        lower=max(-1.0, value - margin),
        upper=min(1.0, value + margin),
        interval="t",
    )


def _why_not(name: str, table: FloatArray) -> str:
    """Return the code of the reason for which the coefficient is not given, or nothing."""
    if table.sum() < 2:
        return N_TOO_SMALL
    if table.shape[0] == 1:
        return ONE_CATEGORY
    used_first = int(np.count_nonzero(table.sum(axis=1)))
    used_second = int(np.count_nonzero(table.sum(axis=0)))
    if used_first == used_second == 1 and np.count_nonzero(np.diag(table)) == 1:
        return NO_VARIATION if name in ("kappa", "alpha") else ""
    if name == "kappa" and 1 in (used_first, used_second):
        return ONE_RATER_CONSTANT
    return ""


def _wilson(share: float | None, n: int, level: float) -> tuple[float | None, float | None]:
    """Return the Wilson interval of a proportion (Wilson 1927), within 0 to 1."""
    if share is None:
        return None, None
    z2 = float(ndtri((1.0 + level) / 2.0)) ** 2
    middle = share + z2 / (2.0 * n)
    half = float(np.sqrt(z2 * share * (1.0 - share) / n + (z2 / (2.0 * n)) ** 2))
    lower, upper = (middle - half) / (1.0 + z2 / n), (middle + half) / (1.0 + z2 / n)
    return max(0.0, lower), min(1.0, upper)


_SENTENCES: Mapping[str, str] = {
    N_TOO_SMALL: "Fewer than two units were judged by both: no agreement can be given.",
    ONE_CATEGORY: "The scale has one category only: no coefficient can be given.",
    NO_VARIATION: "Both raters used one and the same category throughout; kappa does not exist.",
    ONE_RATER_CONSTANT: "One rater used a single category; kappa would be 0 whatever the other "
    "judged. See the table, the raw agreement and AC.",
}


def _notes(
    n: int, counts: tuple[int, int], raw: float | None, kappa: AgreementCoefficient
) -> tuple[Note, ...]:
    notes = []
    if kappa.code:
        notes.append(Note(code=kappa.code, sentence=_SENTENCES[kappa.code]))
    if 2 <= n < _FEW_UNITS:
        sentence = f"Only {n} units: the values are very uncertain."
        notes.append(Note(code="few_units", sentence=sentence, facts=(("n", n),)))
    if raw is not None and kappa.value is not None and raw >= 0.80 and kappa.value < 0.40:
        sentence = "The margins are skewed; see AC and PABAK."
        notes.append(Note(code="skewed_margins", sentence=sentence))
    for count, code, why in (
        (counts[0], "missing_judgements", "lacked a judgement"),
        (counts[1], "set_aside", "had a category that is no step of the scale"),
    ):
        if count:
            sentence = f"Left out: {count} units that {why}."
            notes.append(Note(code=code, sentence=sentence, facts=(("units", count),)))
    return tuple(notes)

"""The one entrance to pooling: a body of evidence and a plan go in, a frozen result comes out."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from gradecore import pooling_notes, selections
from gradecore.batch import BatchResult
from gradecore.body_arrays import BodyArrays, body_arrays
from gradecore.data import BodyOfEvidence, BoolArray, IntArray
from gradecore.fingerprint import fingerprint
from gradecore.input_errors import InputError
from gradecore.measures import MEASURES
from gradecore.notes import Note
from gradecore.profiles import PoolingPlan
from gradecore.reporting import (
    Reader,
    effect_interval,
    heterogeneity_of,
    number,
    predictions_of,
    study_effects,
    totals_of,
)
from gradecore.results import (
    BetweenSubgroups,
    EffectInterval,
    PooledEstimate,
    PredictionInterval,
    SubgroupEstimate,
)
from gradecore.study_arrays import StudyArrays, mantel_haenszel_possible, pool_selections
from gradecore.subgroups import between, common_tau2, memberships
from gradecore.version import ENGINE_VERSION


def pool(body: BodyOfEvidence, plan: PoolingPlan) -> PooledEstimate:
    """Pool the studies of a body of evidence by a plan.

    Subgroups named in the rows are pooled too, with the test between them, if there are at least
    two. Raises ``InputError`` for an unknown measure, a plan that makes no sense, and impossible
    numbers (naming study and column). A body in which nothing can be estimated is no error: the
    result then has no interval and a note that says why.
    """
    check_plan(plan)
    found = body_arrays(body, plan)
    names, groups = _subgroups(body)
    used, notes = usable_plan(found, plan)
    result = _all_and_groups(found.arrays, groups, used)
    pooled = _result(body, found, used, (result, 0))
    stamp = fingerprint(body, plan)
    parts = tuple(
        _subgroup(body, found, used, (result, row), (name, groups[row - 1], stamp))
        for row, name in enumerate(names, start=1)
    )
    return replace(
        pooled,
        plan=plan,
        notes=(*notes, *pooled.notes),
        subgroups=parts,
        between_subgroups=_between(found.arrays, groups, result, used) if parts else None,
        fingerprint=stamp,
    )


def between_subgroups(body: BodyOfEvidence, plan: PoolingPlan) -> BetweenSubgroups | None:
    """Return the test between the subgroups of ``pool`` alone, None where it has none.

    Raises ``InputError`` as ``pool`` does.
    """
    check_plan(plan)
    found = body_arrays(body, plan)
    _names, groups = _subgroups(body)
    if not groups.size:
        return None
    used, _notes = usable_plan(found, plan)
    return _between(found.arrays, groups, _all_and_groups(found.arrays, groups, used), used)


def _all_and_groups(arrays: StudyArrays, groups: BoolArray, plan: PoolingPlan) -> BatchResult:
    """Return the estimate of all studies in the first row, those of the groups below it."""
    members = np.concatenate((selections.everyone(groups.shape[1]), groups))
    return pool_selections(arrays, members, plan)


def check_plan(plan: PoolingPlan) -> None:
    """Refuse a plan with an unknown measure or estimator or an impossible level."""
    from gradecore.between_study_variance import ESTIMATORS

    if plan.measure not in MEASURES:
        raise InputError(f"The effect measure {plan.measure!r} is not known.")
    if plan.tau2_estimator not in ESTIMATORS:
        raise InputError(f"The estimator of tau² {plan.tau2_estimator!r} is not known.")
    if not 0.0 < plan.level < 1.0:
        raise InputError(f"The confidence level must lie between 0 and 1, not {plan.level:g}.")
    if plan.fixed_tau2 is not None and not 0.0 <= plan.fixed_tau2 < math.inf:
        raise InputError("A fixed tau² must be a number of 0 or more.")
    if not (math.isfinite(plan.zero_cell_increment) and plan.zero_cell_increment >= 0.0):
        raise InputError("What is added to empty cells must be a number of 0 or more.")


def _subgroups(body: BodyOfEvidence) -> tuple[tuple[str, ...], BoolArray]:
    """Return the subgroups and their members, none if there are fewer than two names."""
    names, members = memberships([study.subgroup for study in body.studies])
    if len(names) < 2:
        return (), np.zeros((0, len(body.studies)), bool)
    return names, members


def usable_plan(found: BodyArrays, plan: PoolingPlan) -> tuple[PoolingPlan, list[Note]]:
    """Return the plan, changed to inverse variance with a note where the data allow no other."""
    arrays = found.arrays
    if plan.weighting == "inverse-variance":
        return plan, list(found.notes)
    if plan.weighting == "mantel-haenszel":
        possible = mantel_haenszel_possible(arrays)
    else:
        possible = arrays.excess is not None
    if possible:
        return plan, list(found.notes)
    changed = replace(plan, weighting="inverse-variance")
    return changed, [*found.notes, pooling_notes.inverse_variance_note()]


def _result(
    body: BodyOfEvidence, found: BodyArrays, plan: PoolingPlan, where: tuple[BatchResult, int]
) -> PooledEstimate:
    """Return the result of one row of a batch, with the notes about the whole body."""
    result, row = where
    measure, arrays = MEASURES[plan.measure], found.arrays
    read = Reader(measure, body, arrays)
    wald = effect_interval(result.estimate, result.wald, row, (read, "wald", plan.level))
    method = "t" if plan.interval == "t" else "hksj"
    hksj = effect_interval(result.estimate, result.hksj, row, (read, method, plan.level))
    shown = hksj if bool(result.used_hksj[row]) else wald
    notes = [
        *pooling_notes.study_notes(body, arrays),
        *pooling_notes.zero_cell_notes(arrays, plan),
        *pooling_notes.model_notes(result, plan),
        *pooling_notes.weighting_notes(arrays, plan, measure, shown),
    ]
    if shown is None and result.k[row] > 0:
        notes.append(pooling_notes.not_pooled_note())
    plain = _uncorrected(found, plan, read) if row == 0 else None
    if plain is not None and shown is not None:
        notes += pooling_notes.uncorrected_note(shown, plain, measure.analysis_null)
    chosen, every = _predictions(result, row, read, plan)
    return PooledEstimate(
        measure=measure.code,
        plan=plan,
        k=int(result.k[row]),
        studies=study_effects(body, arrays, result.weights[row], (read, plan.level)),
        totals=totals_of(body),
        shown=shown,
        wald=wald,
        hksj=hksj,
        heterogeneity=heterogeneity_of(result, row, plan),
        prediction=chosen,
        point=number(result.estimate[row]),
        predictions=every,
        uncorrected=plain,
        notes=tuple(notes),
        engine_version=ENGINE_VERSION,
    )


def _predictions(
    result: BatchResult, row: int, read: Reader, plan: PoolingPlan
) -> tuple[PredictionInterval | None, tuple[PredictionInterval, ...]]:
    """Return the prediction interval shown and all three, none below three studies."""
    if plan.model == "common" or plan.prediction == "none" or result.k[row] < 3:
        return None, ()
    every = predictions_of(result, row, read, plan.level)
    wanted = plan.prediction
    if wanted == "matching":
        wanted = "t-k-1" if bool(result.used_hksj[row]) else "normal"
    return next((one for one in every if one.method == wanted), None), every


def _uncorrected(found: BodyArrays, plan: PoolingPlan, read: Reader) -> EffectInterval | None:
    """Return the Mantel-Haenszel result without correction, if a correction made a difference."""
    arrays = found.arrays
    matters = plan.model == "common" and plan.weighting == "mantel-haenszel"
    if not matters or plan.mh_correction == "none" or not bool(arrays.corrected.any()):
        return None
    plain = replace(plan, mh_correction="none")
    result = pool_selections(arrays, selections.everyone(len(arrays.y)), plain)
    return effect_interval(result.estimate, result.wald, 0, (read, "wald", plan.level))


def _subgroup(
    body: BodyOfEvidence,
    found: BodyArrays,
    plan: PoolingPlan,
    where: tuple[BatchResult, int],
    about: tuple[str, BoolArray, str],
) -> SubgroupEstimate:
    """Return one subgroup with its share of the total's weight."""
    name, member, stamp = about
    rows = np.flatnonzero(member)
    part = BodyOfEvidence(studies=tuple(body.studies[row] for row in rows), title=name)
    result, row = where
    alone = BodyArrays(_rows_of(found.arrays, rows), ())
    narrowed = replace(result, weights=result.weights[:, rows])
    pooled = replace(_result(part, alone, plan, (narrowed, row)), fingerprint=stamp)
    return SubgroupEstimate(name=name, weight=float(result.weights[0][rows].sum()), pooled=pooled)


def _rows_of(arrays: StudyArrays, rows: IntArray) -> StudyArrays:
    """Return the arrays of some studies, as far as results and notes need them."""
    return StudyArrays(
        arrays.y[rows],
        arrays.v[rows],
        arrays.reason[rows],
        arrays.corrected[rows],
        cells=None if arrays.cells is None else arrays.cells.rows(rows),
    )


def _between(
    arrays: StudyArrays, groups: BoolArray, result: BatchResult, plan: PoolingPlan
) -> BetweenSubgroups | None:
    if plan.subgroup_test == "common-tau2" and plan.model == "random":
        shared = common_tau2(arrays.y, arrays.v, groups, plan)
        return None if shared is None else shared.between
    return between(result, slice(1, None))

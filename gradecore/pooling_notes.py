"""The sentences about what was done with the studies and why something has no number.

Each note has a stable code and its facts; the sentence is English.
"""

from __future__ import annotations

import numpy as np

from gradecore.batch import BatchResult
from gradecore.between_study_variance import ESTIMATORS
from gradecore.data import BodyOfEvidence, StudyRow
from gradecore.measures.measure import Measure
from gradecore.notes import Fact, Note
from gradecore.profiles import PoolingPlan
from gradecore.results import EffectInterval
from gradecore.study_arrays import StudyArrays

_REASONS = {
    "missing": "has no numbers yet",
    "left-out": "was left out by the reviewers",
    "impossible": "is not in the result because its numbers cannot be right",
    "no-events": "has no events in either arm and cannot be estimated",
    "all-events": "has events in everybody of both arms and cannot be estimated",
    "zero-sd": "has an arm with a standard deviation of 0 and cannot be estimated",
    "zero-variance": "has a standard error of 0 and cannot be pooled",
    "opposite-signs": "has means of opposite sign, so their ratio does not exist",
    "perfect-correlation": "has a correlation of exactly 1 or -1 and cannot be pooled",
    "too-few": "has too few people for this measure",
    "undefined": "gives no finite effect with this rule for empty cells",
}
"""Why a study has no effect, by the code of the reason."""


def study_notes(body: BodyOfEvidence, arrays: StudyArrays) -> list[Note]:
    """Return one note per study that is shown without an effect."""
    return [
        _about_study(study, str(reason))
        for study, reason in zip(body.studies, arrays.reason, strict=True)
        if reason
    ]


def _about_study(study: StudyRow, reason: str) -> Note:
    sentence = f"Study {study.label} {_REASONS[reason]}."
    facts: tuple[Fact, ...] = (("study", study.key), ("reason", reason))
    if reason in ("left-out", "impossible") and study.left_out_because:
        sentence = f"{sentence[:-1]}: {study.left_out_because}"
        facts = (*facts, ("because", study.left_out_because))
    return Note(code=f"not_estimable_{reason}".replace("-", "_"), sentence=sentence, facts=facts)


def zero_cell_notes(arrays: StudyArrays, plan: PoolingPlan) -> list[Note]:
    """Return the note about what was added to empty cells."""
    count = int(arrays.corrected.sum())
    if not count:
        return []
    studies = "study" if count == 1 else "studies"
    amount = plan.zero_cell_increment
    return [
        Note(
            code="zero_cells_corrected",
            sentence=f"{amount:g} was added to the cells of {count} {studies} with an empty cell.",
            facts=(("added", amount), ("studies", count)),
        )
    ]


def model_notes(result: BatchResult, plan: PoolingPlan) -> list[Note]:
    """Return the notes about tau², the interval and the prediction interval of the first row."""
    k = int(result.k[0])
    if k == 0:
        return [Note(code="nothing_estimable", sentence="No study gives an effect to pool.")]
    if k == 1:
        return [Note(code="single_study", sentence="Only one study: its own result is shown.")]
    notes: list[Note] = []
    if plan.model == "random":
        notes += _tau2_notes(result, plan)
        notes += _interval_notes(result, plan, k)
    return notes


def _tau2_notes(result: BatchResult, plan: PoolingPlan) -> list[Note]:
    name = ESTIMATORS[plan.tau2_estimator].name
    notes: list[Note] = []
    if not result.converged[0]:
        notes.append(
            Note(
                code="tau2_not_converged",
                sentence=(
                    f"{name} did not settle on a value of tau²; the middle of the last "
                    "bracket is used. Compare with the DerSimonian-Laird estimate."
                ),
                facts=(("estimator", plan.tau2_estimator),),
            )
        )
    if result.multimodal[0]:
        notes.append(
            Note(
                code="several_maxima",
                sentence=(
                    "The likelihood of tau² has several maxima; the highest one is used. "
                    "Treat tau² with caution."
                ),
            )
        )
    return notes


def _interval_notes(result: BatchResult, plan: PoolingPlan, k: int) -> list[Note]:
    notes: list[Note] = []
    if plan.interval == "hksj-if-heterogeneous" and not result.used_hksj[0]:
        why = "there are fewer than three studies" if k < 3 else "tau² is 0"
        notes.append(
            Note(
                code="wald_instead_of_hksj",
                sentence=f"The Wald interval is shown, not Hartung-Knapp, because {why}.",
                facts=(("k", k),),
            )
        )
    if plan.prediction != "none" and k < 3:
        notes.append(
            Note(
                code="no_prediction_interval",
                sentence="A prediction interval is shown from three studies on.",
                facts=(("k", k),),
            )
        )
    elif plan.prediction != "none" and k < 5:
        notes.append(
            Note(
                code="few_studies_for_prediction",
                sentence=f"The prediction interval rests on only {k} studies.",
                facts=(("k", k),),
            )
        )
    return notes


def weighting_notes(
    arrays: StudyArrays, plan: PoolingPlan, measure: Measure, pooled: EffectInterval | None
) -> list[Note]:
    """Return the notes about Mantel-Haenszel and Peto pooling."""
    notes: list[Note] = []
    if plan.weighting == "peto" and arrays.cells is not None:
        n1, n2 = (float(np.nansum(n)) for n in (arrays.cells.n1, arrays.cells.n2))
        if max(n1, n2) > 2.0 * min(n1, n2) > 0.0:
            notes.append(
                Note(
                    code="peto_unbalanced",
                    sentence="Peto's method suits balanced arms; these differ by more than 2 to 1.",
                    facts=(("experimental", n1), ("control", n2)),
                )
            )
        if pooled is not None and abs(pooled.estimate) > np.log(2.0):
            notes.append(
                Note(
                    code="peto_large_effect",
                    sentence="Peto's method suits small effects; this one is more than twofold.",
                    facts=(("estimate", pooled.natural_estimate),),
                )
            )
    if measure.code == "PFT":
        notes.append(
            Note(
                code="double_arcsine_inverse",
                sentence=(
                    "The back-transformed double arcsine depends on the studies included and "
                    "can mislead; prefer the logit."
                ),
            )
        )
    return notes


def inverse_variance_note() -> Note:
    """Return the note that Mantel-Haenszel or Peto pooling was not possible."""
    return Note(
        code="inverse_variance_used",
        sentence=(
            "Some studies report only an effect with its standard error, so all studies are "
            "pooled by inverse variance."
        ),
    )


def not_pooled_note() -> Note:
    """Return the note about an arm that has no events in any study."""
    return Note(
        code="not_estimable_without_correction",
        sentence=(
            "One arm has no events in any study, so the Mantel-Haenszel estimate does not exist "
            "without a correction. Consider the Peto odds ratio or the risk difference."
        ),
    )


def uncorrected_note(shown: EffectInterval, plain: EffectInterval, null: float) -> list[Note]:
    """Return a note if leaving out the correction changes the estimate by 5% or the verdict.

    The 5% are of the estimate on the natural scale.
    """
    shift = abs(shown.natural_estimate - plain.natural_estimate)
    verdict = _crosses(shown, null) != _crosses(plain, null)
    if not verdict and shift <= 0.05 * abs(shown.natural_estimate):
        return []
    return [
        Note(
            code="correction_matters",
            sentence=(
                f"Without the correction of empty cells the result is "
                f"{plain.natural_estimate:.2f} ({plain.natural_ci_lower:.2f} to "
                f"{plain.natural_ci_upper:.2f})."
            ),
            facts=(
                ("estimate", plain.natural_estimate),
                ("ci_lower", plain.natural_ci_lower),
                ("ci_upper", plain.natural_ci_upper),
            ),
        )
    ]


def _crosses(interval: EffectInterval, null: float) -> bool:
    return interval.ci_lower <= null <= interval.ci_upper

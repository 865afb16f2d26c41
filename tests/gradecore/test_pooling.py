"""What the one entrance to pooling says about a body of evidence, beyond the numbers."""

from __future__ import annotations

import math
from typing import Any

import pytest

from gradecore.data import (
    BinaryArms,
    BodyOfEvidence,
    ContinuousArms,
    CorrelationData,
    ObservedMinusExpected,
    ReportedEffect,
    SingleProportion,
    StudyData,
    StudyRow,
)
from gradecore.input_errors import InputError
from gradecore.measures import MEASURES
from gradecore.pooling import pool
from gradecore.profiles import PROFILES, plan_for
from gradecore.results import PooledEstimate


def arms(a: float, n1: float, c: float, n2: float) -> BinaryArms:
    return BinaryArms(
        events_experimental=a, total_experimental=n1, events_control=c, total_control=n2
    )


def body(*data: StudyData | None, **more: Any) -> BodyOfEvidence:
    return BodyOfEvidence(
        studies=tuple(
            StudyRow(key=f"k{i}", label=f"Study {i}", data=one, **more)
            for i, one in enumerate(data, start=1)
        )
    )


def codes(pooled: PooledEstimate) -> list[str]:
    return [note.code for note in pooled.notes]


BCG = (
    arms(4, 123, 11, 139),
    arms(6, 306, 29, 303),
    arms(3, 231, 11, 220),
    arms(62, 13598, 248, 12867),
    arms(33, 5069, 47, 5808),
    arms(180, 1541, 372, 1451),
    arms(8, 2545, 10, 629),
    arms(505, 88391, 499, 88391),
    arms(29, 7499, 45, 7277),
    arms(17, 1716, 65, 1665),
    arms(186, 50634, 141, 27338),
    arms(5, 2498, 3, 2341),
    arms(27, 16913, 29, 17854),
)


def test_bcg_as_published() -> None:
    """0.489 (0.344 to 0.696), tau² 0.313, I² 92.2 %: the example of the metafor paper."""
    pooled = pool(body(*BCG), plan_for("metafor", "RR"))
    assert pooled.shown is not None
    assert pooled.heterogeneity is not None
    assert round(pooled.shown.natural_estimate, 3) == 0.489
    assert round(pooled.shown.natural_ci_lower, 3) == 0.344
    assert round(pooled.shown.natural_ci_upper, 3) == 0.696
    assert pooled.heterogeneity.tau2 == pytest.approx(0.3132, abs=5e-5)
    assert pooled.heterogeneity.i2 == pytest.approx(92.22, abs=5e-3)
    assert pooled.heterogeneity.q == pytest.approx(152.2330, abs=5e-5)


def test_default_profile_shows_hartung_knapp_and_keeps_wald() -> None:
    pooled = pool(body(*BCG), plan_for("cochrane-current", "RR"))
    assert pooled.shown == pooled.hksj
    assert pooled.wald is not None
    assert pooled.wald.method == "wald"
    assert pooled.shown is not None
    assert pooled.shown.df == 12
    assert pooled.prediction is not None
    assert pooled.prediction.method == "t-k-1"
    assert [one.method for one in pooled.predictions] == ["normal", "t-k-1", "t-k-2"]
    assert pooled.plan.overrides == ()
    assert pooled.totals.participants == sum(
        one.total_experimental + one.total_control for one in BCG
    )


def test_overrides_are_named() -> None:
    plan = plan_for("revman5", "RR", tau2_estimator="PM", level=0.9)
    assert plan.overrides == (("tau2_estimator", "PM"), ("level", 0.9))


@pytest.mark.parametrize("profile", sorted(PROFILES))
@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_every_profile_has_a_plan_for_every_measure(profile: str, measure: str) -> None:
    plan = plan_for(profile, measure)
    assert plan.profile == profile
    assert plan.overrides == ()
    assert plan.weighting in MEASURES[measure].weightings


def test_homogeneous_studies_show_wald_with_a_note() -> None:
    pooled = pool(body(*[arms(10, 100, 12, 100)] * 4), plan_for("cochrane-current", "RR"))
    assert pooled.shown == pooled.wald
    assert pooled.hksj is not None
    assert pooled.hksj.se == 0.0
    assert "wald_instead_of_hksj" in codes(pooled)
    assert "few_studies_for_prediction" in codes(pooled)
    assert pooled.heterogeneity is not None
    assert pooled.heterogeneity.tau2 == pooled.heterogeneity.i2 == 0.0


def test_two_studies_have_no_prediction_interval() -> None:
    pooled = pool(
        body(arms(1, 50, 20, 50), arms(20, 50, 1, 50)), plan_for("cochrane-current", "OR")
    )
    assert pooled.prediction is None
    assert pooled.shown == pooled.wald
    assert {"no_prediction_interval", "wald_instead_of_hksj"} <= set(codes(pooled))


def test_studies_without_an_effect_stay_with_their_reason() -> None:
    pooled = pool(
        body(arms(0, 30, 0, 31), arms(3, 40, 6, 39), None, arms(0, 20, 1, 22)),
        plan_for("revman5", "RR"),
    )
    assert [study.reason for study in pooled.studies] == ["no-events", "", "missing", ""]
    assert [study.weight > 0 for study in pooled.studies] == [False, True, False, True]
    assert pooled.studies[0].estimate is None
    assert pooled.k == 2
    assert pooled.events == 10.0
    assert pooled.participants == 182.0
    notes = {note.code: note for note in pooled.notes}
    assert notes["not_estimable_no_events"].sentence == (
        "Study Study 1 has no events in either arm and cannot be estimated."
    )
    assert dict(notes["not_estimable_no_events"].facts)["study"] == "k1"
    assert notes["zero_cells_corrected"].sentence == (
        "0.5 was added to the cells of 1 study with an empty cell."
    )


def test_everybody_has_the_event() -> None:
    rows = body(arms(5, 5, 4, 4), arms(3, 40, 6, 39))
    for profile, reason, exactly_one in (
        ("revman5", "", True),
        ("cochrane-current", "", True),
        ("metafor", "", False),
    ):
        first = pool(rows, plan_for(profile, "RR")).studies[0]
        assert first.reason == reason
        assert (first.natural_estimate == 1.0) is exactly_one
    assert pool(rows, plan_for("revman5", "OR")).studies[0].reason == "all-events"


def test_nothing_estimable_is_no_error() -> None:
    pooled = pool(body(arms(0, 30, 0, 31), arms(0, 20, 0, 22)), plan_for("cochrane-current", "RR"))
    assert pooled.k == 0
    assert pooled.shown is pooled.heterogeneity is pooled.prediction is None
    assert "nothing_estimable" in codes(pooled)


def test_one_empty_arm_is_never_silently_corrected() -> None:
    rows = body(arms(0, 50, 5, 48), arms(0, 40, 3, 42))
    plain = plan_for("cochrane-current", "RR", model="common", mh_correction="none")
    pooled = pool(rows, plain)
    assert pooled.shown is None
    assert "not_estimable_without_correction" in codes(pooled)
    corrected = pool(rows, plan_for("cochrane-current", "RR", model="common"))
    assert corrected.shown is not None
    assert corrected.uncorrected is None


def test_correction_that_matters_is_told() -> None:
    rows = body(arms(0, 20, 4, 20), arms(1, 25, 3, 25))
    pooled = pool(rows, plan_for("cochrane-current", "OR", model="common"))
    assert pooled.uncorrected is not None
    assert pooled.shown is not None
    assert pooled.uncorrected.estimate < pooled.shown.estimate
    assert "correction_matters" in codes(pooled)


def test_mixed_rows_are_pooled_by_inverse_variance() -> None:
    rows = body(
        arms(4, 123, 11, 139),
        ReportedEffect(estimate=0.5, ci_lower=0.25, ci_upper=1.0),
        ReportedEffect(estimate=math.log(0.7), se=0.2, scale="analysis"),
    )
    pooled = pool(rows, plan_for("cochrane-current", "RR", model="common"))
    assert "inverse_variance_used" in codes(pooled)
    assert pooled.plan.weighting == "mantel-haenszel"
    first, second, third = pooled.studies
    assert second.natural_estimate == pytest.approx(0.5)
    assert second.se == pytest.approx(math.log(4.0) / (2.0 * 1.959963984540054))
    assert second.natural_ci_upper == pytest.approx(1.0)
    assert third.se == 0.2
    weights = [1.0 / study.se**2 for study in (first, second, third) if study.se is not None]
    effects = [study.estimate for study in (first, second, third) if study.estimate is not None]
    mean = sum(w * y for w, y in zip(weights, effects, strict=True)) / sum(weights)
    assert pooled.estimate == pytest.approx(mean)


def test_estimate_outside_the_middle_of_its_interval_is_noted() -> None:
    off = ReportedEffect(estimate=0.5, ci_lower=0.4, ci_upper=1.0)
    assert "estimate_off_center" in codes(pool(body(off), plan_for("cochrane-current", "HR")))


def test_peto_takes_tables_and_observed_minus_expected() -> None:
    rows = body(
        arms(3, 40, 6, 39), ObservedMinusExpected(observed_minus_expected=-2.0, variance=3.0)
    )
    pooled = pool(rows, plan_for("revman5", "PETO", model="common"))
    assert pooled.plan.weighting == "peto"
    assert pooled.studies[1].estimate == pytest.approx(-2.0 / 3.0)
    total = sum(1.0 / study.se**2 for study in pooled.studies if study.se is not None)
    assert pooled.se == pytest.approx(1.0 / math.sqrt(total))


def test_peto_hints() -> None:
    rows = body(arms(1, 200, 9, 40), arms(2, 300, 12, 60))
    pooled = pool(rows, plan_for("revman5", "PETO", model="common"))
    assert {"peto_unbalanced", "peto_large_effect"} <= set(codes(pooled))


def test_rows_left_out_by_the_reviewers_stay_visible() -> None:
    whole = body(*BCG[:3])
    last = StudyRow(
        key="k4", label="Study 4", data=BCG[3], included=False, left_out_because="retracted"
    )
    pooled = pool(
        BodyOfEvidence(studies=(*whole.studies, last)), plan_for("cochrane-current", "RR")
    )
    assert pooled.k == 3
    assert pooled.studies[3].reason == "left-out"
    assert "Study Study 4 was left out by the reviewers: retracted" in [
        note.sentence for note in pooled.notes
    ]
    assert pooled.estimate == pool(whole, plan_for("cochrane-current", "RR")).estimate
    assert pooled.participants == pool(whole, plan_for("cochrane-current", "RR")).participants


def test_subgroups_are_pooled_and_tested() -> None:
    groups = ["random"] * 4 + ["alternate"] * 2 + ["random"] * 3 + ["systematic"] * 4
    rows = BodyOfEvidence(
        studies=tuple(
            StudyRow(key=str(i), label=str(i), data=data, subgroup=group)
            for i, (data, group) in enumerate(zip(BCG, groups, strict=True))
        )
    )
    pooled = pool(rows, plan_for("revman5", "RR"))
    assert [part.name for part in pooled.subgroups] == ["random", "alternate", "systematic"]
    assert [part.pooled.k for part in pooled.subgroups] == [7, 2, 4]
    assert sum(part.weight for part in pooled.subgroups) == pytest.approx(100.0)
    assert pooled.between_subgroups is not None
    assert pooled.between_subgroups.q == pytest.approx(1.5286531840042057)
    assert pooled.subgroups[1].pooled.estimate == pytest.approx(-0.5407182216203819)
    mixed = pool(rows, plan_for("metafor", "RR"))
    assert mixed.between_subgroups is not None
    assert mixed.between_subgroups.method == "common-tau2"


def test_fingerprint_follows_numbers_and_plan_only() -> None:
    plan = plan_for("cochrane-current", "RR")
    first = pool(body(*BCG[:3]), plan)
    renamed = BodyOfEvidence(
        studies=tuple(
            StudyRow(key=f"k{i}", label="Other", data=one) for i, one in enumerate(BCG[:3], start=1)
        ),
        title="Another title",
    )
    assert pool(renamed, plan).fingerprint == first.fingerprint
    assert pool(body(*BCG[1:4]), plan).fingerprint != first.fingerprint
    other = plan_for("cochrane-current", "RR", level=0.9)
    assert pool(body(*BCG[:3]), other).fingerprint != first.fingerprint
    assert len(first.fingerprint) == 64
    assert first.engine_version


def test_double_arcsine_is_read_back_between_0_and_1() -> None:
    rows = body(*[SingleProportion(events=x, total=n) for x, n in ((0, 12), (3, 40), (9, 61))])
    pooled = pool(rows, plan_for("metafor", "PFT"))
    assert pooled.shown is not None
    assert 0.0 <= pooled.shown.natural_ci_lower < pooled.shown.natural_ci_upper <= 1.0
    assert "double_arcsine_inverse" in codes(pooled)
    assert pooled.participants == 113.0
    assert pooled.events == 12.0


def test_sd_of_zero() -> None:
    good = ContinuousArms(
        mean_experimental=5,
        sd_experimental=2,
        total_experimental=20,
        mean_control=4,
        sd_control=2,
        total_control=20,
    )
    flat = ContinuousArms(
        mean_experimental=5,
        sd_experimental=0,
        total_experimental=20,
        mean_control=4,
        sd_control=2,
        total_control=20,
    )
    assert pool(body(good, flat), plan_for("revman5", "MD")).studies[1].reason == "zero-sd"
    assert pool(body(good, flat), plan_for("metafor", "MD")).studies[1].estimable
    both = ContinuousArms(
        mean_experimental=5,
        sd_experimental=0,
        total_experimental=20,
        mean_control=4,
        sd_control=0,
        total_control=20,
    )
    assert pool(body(good, both), plan_for("metafor", "MD")).studies[1].reason == "zero-variance"


@pytest.mark.parametrize(
    ("data", "measure", "column"),
    [
        (arms(-1, 20, 3, 20), "RR", "events_experimental"),
        (arms(1, 0, 3, 20), "RR", "total_experimental"),
        (arms(1, 20, 30, 20), "OR", "events_control"),
        (arms(math.inf, 20, 3, 20), "RR", "events_experimental"),
        (ReportedEffect(estimate=1.0, se=0.0), "RR", "se"),
        (ReportedEffect(estimate=1.0, se=-1.0), "RR", "se"),
        (ReportedEffect(estimate=-1.0, se=1.0), "RR", "estimate"),
        (ReportedEffect(estimate=1.0, ci_lower=2.0, ci_upper=1.0), "MD", "ci_lower"),
        (ReportedEffect(estimate=1.0, ci_lower=0.5, ci_upper=2.0, level=95.0), "RR", "level"),
        (CorrelationData(correlation=1.2, total=30), "ZCOR", "correlation"),
        (SingleProportion(events=12, total=10), "PLO", "events"),
        (ObservedMinusExpected(observed_minus_expected=1.0, variance=-1.0), "HR", "variance"),
    ],
)
def test_impossible_numbers_are_refused_by_study_and_column(
    data: StudyData, measure: str, column: str
) -> None:
    with pytest.raises(InputError) as refused:
        pool(body(data), plan_for("cochrane-current", measure))
    assert refused.value.study == "Study 1"
    assert refused.value.column == column
    assert "Study 1" in refused.value.sentence


def test_plans_that_make_no_sense_are_refused() -> None:
    rows = body(*BCG[:2])
    for items in (
        {"level": 1.0},
        {"tau2_estimator": "XX"},
        {"zero_cell_increment": -0.5},
        {"fixed_tau2": -1.0},
    ):
        with pytest.raises(InputError):
            pool(rows, plan_for("cochrane-current", "RR", **items))
    with pytest.raises(InputError, match="not known"):
        pool(rows, plan_for("cochrane-current", "XX"))
    with pytest.raises(InputError, match="do not suit"):
        pool(rows, plan_for("cochrane-current", "MD"))
    with pytest.raises(TypeError, match="no item colour"):
        plan_for("cochrane-current", "RR", colour="red")
    with pytest.raises(InputError, match="no study"):
        pool(BodyOfEvidence(studies=()), plan_for("cochrane-current", "RR"))


def test_a_fixed_tau2_is_used_as_it_is() -> None:
    pooled = pool(body(*BCG), plan_for("cochrane-current", "RR", fixed_tau2=0.1))
    assert pooled.heterogeneity is not None
    assert pooled.heterogeneity.tau2 == 0.1

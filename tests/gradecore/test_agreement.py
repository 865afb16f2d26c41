"""Agreement: published vectors, hand-made degenerate tables, and laws that hold for any table."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecore.agreement import (
    AgreementPlan,
    Weighting,
    agreement,
    agreement_of_table,
    collapsed_answer,
    fleiss_kappa,
    verbal_band,
)
from gradecore.input_errors import InputError

Table = Sequence[Sequence[int]]

T1 = ((13, 0, 0), (0, 20, 7), (0, 4, 56))
T2 = ((40, 6, 4, 15), (4, 25, 1, 5), (4, 2, 21, 9), (17, 13, 12, 45))
T3 = ((18, 3, 0), (2, 9, 2), (0, 1, 5))
T4 = ((37, 1, 0), (2, 0, 0), (0, 0, 0))
T5 = ((12, 0, 0), (5, 0, 0), (3, 0, 0))

TABLES = {"T1": T1, "T2": T2, "T3": T3}
# p_a, kappa and SE, AC and SE, Brennan-Prediger and SE, alpha. The first two tables are the worked
# examples of Gwet's handbook, whose values the R package irrCAC documents.
VECTORS = """
T1 identity  0.890000 0.796409 0.058911 0.849331 0.043217 0.835000 0.046933 0.797258
T1 linear    0.945000 0.842902 0.047872 0.900023 0.029276 0.876250 0.035200 0.843587
T1 quadratic 0.972500 0.892157 0.035352 0.940237 0.017920 0.917500 0.023467 0.892649
T2 identity  0.587444 0.431501 0.045969 0.456158 0.043450 0.449925 0.043955 0.431618
T2 linear    0.727952 0.406811 0.053388 0.377068 0.056065 0.347085 0.059757 0.406884
T2 quadratic 0.787743 0.383186 0.065795 0.298573 0.075179 0.235874 0.084671 0.383416
T3 identity  0.800000 0.669763 0.102994 0.713197 0.092400 0.700000 0.094868 0.673722
T3 linear    0.900000 0.741100 0.084417 0.798213 0.067372 0.775000 0.071151 0.744130
T3 quadratic 0.950000 0.819209 0.063543 0.873317 0.044014 0.850000 0.047434 0.821267
"""


def names(table: Table) -> list[str]:
    return [f"level {i}" for i in range(len(table))]


def of(table: Table, weighting: Weighting = "identity", **plan: int):
    return agreement_of_table(table, names(table), AgreementPlan(weighting=weighting, **plan))


@pytest.mark.parametrize("line", VECTORS.split("\n")[1:-1])
def test_published_vectors(line: str) -> None:
    name, weighting, *numbers = line.split()
    p_a, kappa, kappa_se, ac, ac_se, bp, bp_se, alpha = map(float, numbers)
    found = of(TABLES[name], weighting)
    assert found.weighted == pytest.approx(p_a, abs=1e-6)
    for coefficient, value, se in (
        ("kappa", kappa, kappa_se),
        ("ac", ac, ac_se),
        ("brennan_prediger", bp, bp_se),
    ):
        assert found[coefficient].value == pytest.approx(value, abs=1e-6)
        assert found[coefficient].se == pytest.approx(se, abs=1e-6)
    assert found["alpha"].value == pytest.approx(alpha, abs=1e-6)


@pytest.mark.parametrize(
    ("table", "lower", "upper"),
    [(T1, 0.6795, 0.9133), (T2, 0.3409, 0.5221), (T3, 0.4614, 0.8781)],
)
def test_intervals_of_kappa(table, lower, upper) -> None:
    kappa = of(table)["kappa"]
    assert (kappa.lower, kappa.upper) == pytest.approx((lower, upper), abs=5e-5)
    assert kappa.interval == "t"


def test_skewed_margins_are_pointed_out() -> None:
    found = of(T4)
    assert found.raw == pytest.approx(0.925)
    assert found["kappa"].value == pytest.approx(-0.034483, abs=1e-6)
    assert found["ac"].value == pytest.approx(0.922192, abs=1e-6)
    assert found["brennan_prediger"].se == pytest.approx(0.062469, abs=1e-6)
    assert found["alpha"].value == pytest.approx(-0.025974, abs=1e-6)
    assert [note.code for note in found.notes] == ["skewed_margins"]
    assert found["ac"].upper == 1.0


def test_one_rater_who_never_varies() -> None:
    found = of(T5)
    assert found["kappa"].value is None
    assert found["kappa"].code == "one_rater_constant"
    assert found["ac"].value == pytest.approx(0.518435, abs=1e-6)
    assert found["ac"].se == pytest.approx(0.153915, abs=1e-6)
    assert found["brennan_prediger"].value == pytest.approx(0.4)
    assert found["alpha"].value == pytest.approx(-0.151291, abs=2e-6)
    assert found.raw == pytest.approx(0.6)


def test_both_raters_use_one_and_the_same_category() -> None:
    found = of(((12, 0), (0, 0)))
    assert found.raw == 1.0
    assert [found[name].code for name in ("kappa", "alpha")] == ["no_variation", "no_variation"]
    assert [found[name].value for name in ("ac", "brennan_prediger")] == [1.0, 1.0]


@pytest.mark.parametrize("table", [((0, 0), (0, 0)), ((1, 0), (0, 0))])
def test_fewer_than_two_units_give_nothing(table) -> None:
    found = of(table)
    assert found.raw is None
    assert found.weighted is None
    assert {c.code for c in found.coefficients} == {"n_too_small"}
    assert {c.value for c in found.coefficients} == {None}


def test_a_scale_of_one_category_has_no_coefficients() -> None:
    found = agreement_of_table([[5]], ["only"])
    assert found.raw == 1.0
    assert {c.code for c in found.coefficients} == {"one_category"}


def test_few_units_are_flagged_and_get_no_word() -> None:
    found = of(((3, 1), (1, 2)))
    assert "few_units" in [note.code for note in found.notes]
    assert verbal_band(found["kappa"].value, found.n, "landis_koch") is None


def test_indices_of_a_two_by_two_table() -> None:
    found = of(((40, 9), (6, 45)))
    assert found.bias_index == pytest.approx(0.03)
    assert found.prevalence_index == pytest.approx(-0.05)
    pabak = found["brennan_prediger"].value
    assert pabak == pytest.approx(2 * 0.85 - 1)
    assert of(T3).bias_index is None


def test_wilson_interval_of_raw_agreement() -> None:
    # Newcombe 1998, example 81 of 263: 0.2553 to 0.3662.
    found = of(((81, 182), (0, 0)))
    assert (found.raw_lower, found.raw_upper) == pytest.approx((0.2553, 0.3662), abs=5e-5)


LEVELS = ["low", "some", "high"]


def test_missing_judgements_and_extras_are_counted() -> None:
    first = ["low", "high", None, "ni", "some", "low"]
    second = ["low", "some", "low", "low", "some", "high"]
    plan = AgreementPlan(weighting="linear", nominal=("ni",))
    found = agreement(first, second, LEVELS, plan)
    assert (found.n, found.missing, found.set_aside) == (4, 1, 1)
    assert found.critical == 1
    assert {note.code for note in found.notes} >= {"missing_judgements", "set_aside"}
    plain = agreement(first, second, LEVELS, AgreementPlan(nominal=("ni",)))
    assert (plain.n, plain.set_aside) == (5, 0)
    assert plain.categories == ("low", "some", "high", "ni")
    assert plain.critical == 1, "no information is no step of the scale"


def test_judgements_and_their_table_give_the_same() -> None:
    first = [name for name, row in zip(LEVELS, T3, strict=True) for _ in range(sum(row))]
    second = [LEVELS[j] for row in T3 for j in range(3) for _ in range(row[j])]
    plan = AgreementPlan(weighting="quadratic")
    units = agreement(first, second, LEVELS, plan)
    table = agreement_of_table(T3, LEVELS, plan)
    assert units.table == table.table == T3
    assert units.coefficients == table.coefficients


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (["low"], ["low", "high"], "judged 1 units"),
        (["low"], ["purple"], "purple in unit 1"),
    ],
)
def test_impossible_input_is_refused(first, second, words) -> None:
    with pytest.raises(InputError, match=words):
        agreement(first, second, LEVELS)


def test_tables_are_checked() -> None:
    with pytest.raises(InputError, match="one row and one column"):
        agreement_of_table([[1, 2]], ["a", "b"])
    with pytest.raises(InputError, match="whole numbers"):
        agreement_of_table([[1, -2], [0, 1]], ["a", "b"])
    with pytest.raises(InputError, match="each once"):
        agreement(["a"], ["a"], ["a", "a"])


class TestBootstrap:
    def test_is_repeated_by_its_seed(self) -> None:
        first, second = (of(T3, "linear", resamples=500, seed=7) for _ in range(2))
        other = of(T3, "linear", resamples=500, seed=8)
        assert first.bootstrap == second.bootstrap
        assert first.bootstrap != other.bootstrap
        assert first["alpha"].interval == "bootstrap"
        assert (first.bootstrap.seed, first.bootstrap.resamples) == (7, 500)

    def test_comes_near_the_large_sample_interval(self) -> None:
        table = tuple(tuple(20 * cell for cell in row) for row in T3)
        plain, resampled = of(table), of(table, resamples=2000)
        for name in ("kappa", "ac", "brennan_prediger"):
            assert resampled[name].lower == pytest.approx(plain[name].lower, abs=0.01)
            assert resampled[name].upper == pytest.approx(plain[name].upper, abs=0.01)

    def test_whole_studies_are_wider_when_their_domains_go_together(self) -> None:
        # Ten studies of five domains each; in a study all domains agree or none does.
        first = ["low", "high"] * 25
        second = [
            judgement if study % 2 == 0 else "some"
            for study in range(10)
            for judgement in first[5 * study : 5 * study + 5]
        ]
        studies = [f"study {i // 5}" for i in range(50)]
        plan = AgreementPlan(resamples=2000)
        alone = agreement(first, second, LEVELS, plan)["ac"]
        together = agreement(first, second, LEVELS, plan, clusters=studies)["ac"]
        assert together.value == alone.value
        assert together.upper - together.lower > 1.5 * (alone.upper - alone.lower)

    def test_resamples_without_a_coefficient_are_counted(self) -> None:
        found = of(((9, 1), (0, 0)), resamples=300)
        undefined = dict(found.bootstrap.undefined)
        assert undefined["kappa"] > 0
        assert undefined["brennan_prediger"] == 0


class TestFleiss:
    def test_fleiss_1971_like_example(self) -> None:
        # The worked example of ten subjects and fourteen raters known from textbooks: 0.210.
        counts = [
            [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
        ]  # fmt: skip
        units = [[str(j) for j in range(5) for _ in range(row[j])] for row in counts]
        found = fleiss_kappa(units, [str(j) for j in range(5)])
        assert found.value == pytest.approx(0.210, abs=5e-4)
        assert found.observed == pytest.approx(0.378, abs=5e-4)
        assert found.expected == pytest.approx(0.213, abs=5e-4)

    def test_undefined_and_left_out(self) -> None:
        assert fleiss_kappa([["a", "a"], ["a", "a"]], ["a", "b"]).code == "no_variation"
        found = fleiss_kappa([["a", "b"], ["a", None], ["b", "b"]], ["a", "b"])
        assert (found.n, found.left_out) == (2, 1)
        assert fleiss_kappa([["a", "b"]], ["a", "b"]).code == "n_too_small"
        with pytest.raises(InputError, match="c in unit 1"):
            fleiss_kappa([["c", "a"]], ["a", "b"])


@pytest.mark.parametrize(
    ("value", "scheme", "word"),
    [
        (0.81, "landis_koch", "almost perfect"),
        (0.61, "landis_koch", "substantial"),
        (0.20, "landis_koch", "slight"),
        (-0.1, "landis_koch", "poor"),
        (0.75, "handbook", "excellent"),
        (0.59, "handbook", "fair"),
        (0.39, "handbook", None),
    ],
)
def test_verbal_bands(value, scheme, word) -> None:
    assert verbal_band(value, 40, scheme) == word
    assert verbal_band(None, 40, scheme) is None


def test_answers_are_collapsed() -> None:
    answers = ["Y", "PY", "PN", "N", "NI", "NA", None]
    assert [collapsed_answer(a) for a in answers] == ["Y", "Y", "N", "N", "NI", None, None]


cells = st.lists(st.integers(0, 30), min_size=9, max_size=9)


@given(cells, st.sampled_from(["identity", "linear", "quadratic"]))
@settings(max_examples=150, deadline=None)
def test_laws(counts, weighting) -> None:
    table = np.array(counts).reshape(3, 3)
    if table.sum() < 2:
        return
    found, turned = of(table.tolist(), weighting), of(table.T.tolist(), weighting)
    mirrored = of(table[::-1, ::-1].tolist(), weighting)
    for coefficient in found.coefficients:
        name, value = coefficient.name, coefficient.value
        assert (value is None) == (coefficient.code != "")
        for other in (turned[name], mirrored[name]):
            assert other.value == (None if value is None else pytest.approx(value, abs=1e-9))
        if value is not None:
            assert value <= 1.0 + 1e-12
            assert math.isfinite(value)
        if coefficient.lower is not None:
            assert -1.0 <= coefficient.lower <= coefficient.upper <= 1.0


@given(st.lists(st.integers(1, 30), min_size=3, max_size=3))
@settings(max_examples=50, deadline=None)
def test_complete_agreement_is_one(diagonal) -> None:
    found = of(np.diag(diagonal).tolist(), "linear")
    assert [c.value for c in found.coefficients] == pytest.approx([1.0] * 4)
    assert found.raw == 1.0
    assert found.critical == 0


@given(cells)
@settings(max_examples=50, deadline=None)
def test_weights_do_not_matter_for_two_categories(counts) -> None:
    table = np.array(counts[:4]).reshape(2, 2).tolist()
    assert of(table, "linear").coefficients == of(table, "identity").coefficients

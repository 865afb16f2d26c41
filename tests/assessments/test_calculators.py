"""The calculator of a row: numbers of the Cochrane Handbook, origins kept, entered numbers stay."""

from __future__ import annotations

import pytest

from assessments.calculators import (
    CALCULATORS,
    calculators_for,
    derive,
    prefilled,
    take_back,
    work_out,
)
from assessments.edits import undo
from assessments.problems import Refused
from assessments.result_rows import derivations, enter
from assessments.review import Result
from assessments.review_edits import add
from assessments.store.project_file import Project
from gradecore.measures import MEASURES
from tests.conftest import done


@pytest.fixture
def sheet(filled: Project) -> Project:
    """The small review with the row r1, whose arms have 25 and 22 people."""
    done(add(filled, "result", id="r1", study="s1", outcome="o1", total_1=25, total_2=22,
             mean_1=32.1, mean_2=28.3))
    return filled


def row(project: Project) -> Result:
    found = project.one(Result, "r1")
    assert found is not None
    return found


def value(project: Project, code: str, arm: str = "1", **typed: str) -> float:
    done(derive(project, "r1", code, arm, typed))
    found = row(project).sd_1
    assert found is not None
    return found


def test_the_sd_of_the_handbook_from_an_interval_of_a_mean(sheet: Project) -> None:
    # Handbook 6.5.2.2: 25 people, 95% interval 30.0 to 34.2 gives 25^0.5 × 4.2/4.128 = 5.09
    found = value(sheet, "sd_from_ci", ci_lb="30.0", ci_ub="34.2", n="25")
    assert found == pytest.approx(5.09, abs=0.005)


def test_the_sd_of_the_handbook_from_a_p_value(sheet: Project) -> None:
    # Handbook 6.5.2.3: MD 3.8, P 0.008, 25 and 22 people: t 2.78, SE 1.37, SD 4.69
    found = value(sheet, "sd_from_md_p", arm="", md="3.8", p="0.008", n1="25", n2="22")
    assert found == pytest.approx(4.69, abs=0.02)
    assert row(sheet).sd_2 == found


def test_two_groups_as_one_arm_as_in_the_pooled_raw_data(sheet: Project) -> None:
    first, second = [1.0, 2.0, 4.0], [3.0, 7.0]
    everybody = first + second
    mean = sum(everybody) / 5
    sd = (sum((one - mean) ** 2 for one in everybody) / 4) ** 0.5
    done(derive(sheet, "r1", "combine_groups", "2", {
        "n_a": "3", "mean_a": repr(sum(first) / 3), "sd_a": repr((7 / 3) ** 0.5),
        "n_b": "2", "mean_b": "5", "sd_b": repr(8**0.5),
    }))
    kept = row(sheet)
    assert (kept.total_2, kept.mean_2) == (5, pytest.approx(mean))
    assert kept.sd_2 == pytest.approx(sd)
    assert (kept.total_1, kept.mean_1) == (25, 32.1)


def test_the_entered_numbers_stay_and_come_back(sheet: Project) -> None:
    done(derive(sheet, "r1", "cluster_effective", "", {"cluster_size": "21", "icc": "0.05"}))
    assert row(sheet).total_1 == pytest.approx(12.5)
    told = derivations(row(sheet))
    assert told["total_1"]["replaced"] == 25
    assert told["total_1"]["from"] == {"n": 25, "cluster_size": 21, "icc": 0.05}
    assert "(M − 1) ICC" in told["total_1"]["formula"]
    done(take_back(sheet, "r1", "total_1"))
    assert (row(sheet).total_1, row(sheet).total_2, row(sheet).derived) == (25, 22, "")


def test_doing_it_again_starts_from_the_entered_numbers(sheet: Project) -> None:
    for icc in ("0.05", "0.1"):
        done(derive(sheet, "r1", "cluster_effective", "", {"cluster_size": "21", "icc": icc}))
    assert row(sheet).total_1 == pytest.approx(25 / 3)
    assert derivations(row(sheet))["total_1"]["replaced"] == 25


def test_one_step_of_undo_takes_number_and_origin_back(sheet: Project) -> None:
    value(sheet, "sd_from_se", se="1", n="25")
    done(undo(sheet))
    assert (row(sheet).sd_1, row(sheet).derived) == (None, "")


def test_typing_over_a_derived_number_forgets_its_origin_alone(sheet: Project) -> None:
    done(derive(sheet, "r1", "cluster_effective", "", {"cluster_size": "21", "icc": "0.05"}))
    done(enter(sheet, "r1", "total_1", "24"))
    assert set(derivations(row(sheet))) == {"total_2"}


@pytest.mark.parametrize(("code", "typed", "where"), [
    ("sd_from_se", {"se": "", "n": "25"}, "se"),
    ("sd_from_se", {"se": "abc", "n": "25"}, "se"),
    ("sd_from_se", {"se": "-1", "n": "25"}, "se"),
    ("sd_from_ci", {"ci_lb": "5", "ci_ub": "4", "n": "25"}, "ci_lb"),
    ("fivenum", {"median": "5", "q1": "6", "q3": "7", "n": "25"}, "median"),
    ("sd_change", {"sd_baseline": "1", "sd_final": "1", "corr": "2"}, "corr"),
    ("split_control", {"groups": "2.5", "n": "20"}, "groups"),
])
def test_impossible_inputs_are_named(
    sheet: Project, code: str, typed: dict[str, str], where: str
) -> None:
    with pytest.raises(Refused) as told:
        work_out(row(sheet), code, "1", typed)
    assert told.value.problems[0].where == where
    assert str(told.value.problems[0])


def test_every_calculator_writes_columns_of_a_result() -> None:
    names = set(Result.__dataclass_fields__)
    for one in CALCULATORS:
        wanted = {column.format(arm=arm) for _name, column in one.writes for arm in "12"}
        wanted |= {field.column.format(arm=arm) for field in one.inputs if field.column
                   for arm in "12"}
        assert wanted <= names, one.code
    assert len({one.code for one in CALCULATORS}) == len(CALCULATORS)


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_every_measure_is_offered_only_what_fits_it(measure: str) -> None:
    offered = {one.code for one in calculators_for(measure)}
    assert ("sd_from_se" in offered) == (MEASURES[measure].family == "continuous")
    assert ("swap_events" in offered) == (MEASURES[measure].family == "dichotomous")


def test_what_the_row_knows_is_filled_in(sheet: Project) -> None:
    one = next(one for one in CALCULATORS if one.code == "sd_from_se")
    assert prefilled(row(sheet), one, "2") == {"n": 22}

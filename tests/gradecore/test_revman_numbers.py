"""RevMan's own published numbers: every row, and the weights of every analysis.

1801 rows and 192 analyses of two or more weighted studies from twelve reviews; where they come
from is told in tests/references/revman/README.md.
"""

from __future__ import annotations

import json
import lzma
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from gradecore.data import (
    BinaryArms,
    BodyOfEvidence,
    ContinuousArms,
    ObservedMinusExpected,
    ReportedEffect,
    StudyRow,
)
from gradecore.pooling import pool
from gradecore.profiles import plan_for
from gradecore.results import PooledEstimate

FILE = Path(__file__).resolve().parents[1] / "references" / "revman" / "rows.json.xz"
KINDS: dict[str, Any] = {
    "bin": BinaryArms,
    "cont": ContinuousArms,
    "oev": ObservedMinusExpected,
    "giv": ReportedEffect,
}
SUBGROUP, APPLIES, NUMBERS, WEIGHT, EFFECT = range(5)


@lru_cache(maxsize=1)
def analyses() -> list[dict[str, Any]]:
    return json.loads(lzma.decompress(FILE.read_bytes()))


def body(analysis: dict[str, Any], rows: list[int]) -> BodyOfEvidence:
    kind = KINDS[analysis["data"]]
    more = {"scale": "analysis"} if kind is ReportedEffect else {}
    studies = []
    for row in rows:
        numbers = analysis["rows"][row][NUMBERS]
        data = None
        if numbers is not None:
            data = kind(**dict(zip(kind.COLUMNS, numbers, strict=True)), **more)
        studies.append(StudyRow(key=str(row), label=str(row), data=data))
    return BodyOfEvidence(studies=tuple(studies))


def pooled(analysis: dict[str, Any], rows: list[int], **plan: Any) -> PooledEstimate:
    scheme = analysis["scheme"] or {"profile": "revman5"}
    items = {key: value for key, value in scheme.items() if key in ("model", "weighting")}
    return pool(
        body(analysis, rows), plan_for(scheme["profile"], analysis["measure"], **items, **plan)
    )


def groups_of(analysis: dict[str, Any]) -> list[list[int]]:
    """The rows whose weights add up to 100: all, or each subgroup by itself."""
    rows = list(enumerate(analysis["rows"]))
    if not analysis["scheme"]["within_subgroups"]:
        return [[i for i, row in rows if row[APPLIES] != "subgroup_only"]]
    names = dict.fromkeys(row[SUBGROUP] for _, row in rows)
    return [
        [i for i, row in rows if row[SUBGROUP] == name and row[APPLIES] != "overall_only"]
        for name in names
    ]


def near(got: float, expected: float) -> bool:
    """The sixth decimal, or ten digits where the number is so large that it has fewer decimals."""
    return abs(got - expected) <= max(5.1e-7, 1e-9 * abs(expected))


def test_every_row_agrees_to_six_decimals() -> None:
    count = 0
    wrong = []
    for analysis in analyses():
        result = pooled(analysis, list(range(len(analysis["rows"]))))
        for study, row in zip(result.studies, analysis["rows"], strict=True):
            count += 1
            expected = row[EFFECT]
            if expected is None:
                if study.estimable:
                    wrong.append((analysis["id"], study.key, "RevMan shows no effect"))
                continue
            got = (study.natural_estimate, study.natural_ci_lower, study.natural_ci_upper)
            if not all(g is not None and near(g, e) for g, e in zip(got, expected, strict=True)):
                wrong.append((analysis["id"], study.key, got, expected))
    assert wrong == []
    assert count == 1801


def test_every_weight_agrees_to_a_hundredth_of_a_percentage_point() -> None:
    wrong = []
    weighted = [analysis for analysis in analyses() if analysis["scheme"]]
    for analysis in weighted:
        for rows in groups_of(analysis):
            for row, study in zip(rows, pooled(analysis, rows).studies, strict=True):
                expected = analysis["rows"][row][WEIGHT]
                if abs(study.weight - expected) > 0.01:
                    wrong.append((analysis["id"], row, study.weight, expected))
    assert wrong == []
    assert len(weighted) == 192


@pytest.mark.parametrize("name", ["Fleiss1993/1/1", "Fleiss1993/1/2"])
def test_stored_totals(name: str) -> None:
    analysis = next(one for one in analyses() if one["id"] == name)
    result = pooled(analysis, list(range(len(analysis["rows"]))))
    expected, shown, spread = analysis["total"], result.shown, result.heterogeneity
    assert shown is not None
    assert spread is not None
    assert shown.statistic is not None
    assert shown.natural_estimate == pytest.approx(expected["estimate"], abs=5.1e-9)
    assert shown.natural_ci_lower == pytest.approx(expected["ci_lower"], abs=5.1e-9)
    assert shown.natural_ci_upper == pytest.approx(expected["ci_upper"], abs=5.1e-9)
    assert abs(shown.statistic) == pytest.approx(expected["z"], abs=5.1e-9)
    assert shown.p == pytest.approx(expected["p"], abs=5.1e-9)
    assert spread.q == pytest.approx(expected["q"], abs=5.1e-9)
    assert spread.i2 == pytest.approx(expected["i2"], abs=5.1e-9)
    # RevMan's own chi² probability carries six digits only
    assert spread.p == pytest.approx(expected["q_p"], rel=1e-5)

"""Worked cases about numbers that were printed elsewhere: do they fit each other?"""

from __future__ import annotations

from typing import Any

from assessments.certainty_case_baselines import baselines_of, per_of
from assessments.certainty_case_evidence import is_event_free
from assessments.certainty_case_fields import Fields, decimals_of
from assessments.certainty_case_inputs import effect_of, measure_of
from assessments.certainty_case_numbers import absolute_result
from assessments.certainty_case_print import printed_difference
from assessments.language import _
from gradecore.grade.evidence import RATIO_MEASURES
from gradecore.grade.published import direction, symmetry, transcription
from gradecore.grade.remarks import Remark
from gradecore.input_errors import InputError


def typed_from_print(case: Fields) -> dict[str, Any]:
    """Return the symmetry of a printed interval, what it implies, and W-TRANSCRIPT."""
    remarks, shape = _typing(case)
    told = [{"code": one.code, "sentence": one.sentence} for one in remarks]
    return shape | {"warnings": [one.code for one in remarks], "remarks": told}


def _typing(case: Fields) -> tuple[tuple[Remark, ...], dict[str, Any]]:
    measure = measure_of(case)
    triple = effect_of(case, measure)
    if triple is None or triple[1] is None or triple[2] is None:
        return (), {}
    ratio = measure in RATIO_MEASURES
    places = decimals_of(*triple)
    point, low, high = triple[0], triple[1], triple[2]
    if not (low < high and low <= point <= high):
        sentence = _("The estimate does not lie between its limits; check the typing.")
        return (Remark(code="W-TRANSCRIPT", kind="warn", sentence=sentence),), {}
    shape = symmetry(point, low, high, ratio=ratio, decimals=places)
    return transcription(point, low, high, ratio=ratio, decimals=places), {
        "asymmetry": shape.asymmetry, "d": shape.asymmetry, "se": shape.se, "z": shape.z,
        "p": shape.p,
    }


def said_of_print(case: Fields) -> dict[str, Any]:
    """Return what is odd about printed numbers, and the numbers computed again."""
    measure = measure_of(case)
    triple = effect_of(case, measure)
    remarks, result = _typing(case)
    if triple is not None and measure and baselines_of(case):
        result |= _absolute(case, remarks)
    elif triple is not None and measure:
        printed = printed_difference(case)
        remarks += direction(measure, triple[0], printed and printed[0],
                             event_free=is_event_free(case))
    known = result.get("warnings", [])
    codes = list(dict.fromkeys([*known, *(one.code for one in remarks)]))
    said = result.get("remarks", [])
    said = said + [{"code": one.code, "sentence": one.sentence} for one in remarks]
    return result | {"warnings": codes, "remarks": said}


def _absolute(case: Fields, remarks: tuple[Remark, ...]) -> dict[str, Any]:
    """Return the absolute effect; where limits are known to be mistyped it may be impossible."""
    try:
        return absolute_result(case)
    except InputError:
        if not remarks:
            raise
        per = per_of(case)
        return {f"difference_per_{people}": None for people in (1000, per)}

"""Worked cases about numbers that were printed elsewhere: do they fit each other?"""

from __future__ import annotations

from typing import Any

from assessments.certainty_case_evidence import is_event_free
from assessments.certainty_case_fields import Fields, decimals_of
from assessments.certainty_case_inputs import baselines_of, effect_of, measure_of, per_of
from assessments.certainty_case_numbers import absolute_result
from assessments.certainty_case_print import printed_difference
from assessments.language import _
from gradecore.grade.evidence import RATIO_MEASURES
from gradecore.grade.published import direction, symmetry, transcription
from gradecore.grade.remarks import Remark
from gradecore.input_errors import InputError


def said_of_print(case: Fields) -> dict[str, Any]:
    """Return what is odd about printed numbers, and the numbers computed again."""
    measure = measure_of(case)
    triple = effect_of(case, measure)
    remarks: tuple[Remark, ...] = ()
    result: dict[str, Any] = {}
    if triple is not None and triple[1] is not None and triple[2] is not None:
        ratio = measure in RATIO_MEASURES
        places = decimals_of(*triple)
        point, low, high = triple[0], triple[1], triple[2]
        if low < high and low <= point <= high:
            remarks += transcription(point, low, high, ratio=ratio, decimals=places)
            shape = symmetry(point, low, high, ratio=ratio, decimals=places)
            result |= {"asymmetry": shape.asymmetry, "d": shape.asymmetry, "se": shape.se}
        else:
            sentence = _("The estimate does not lie between its limits; check the typing.")
            remarks += (Remark(code="W-TRANSCRIPT", kind="warn", sentence=sentence),)
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

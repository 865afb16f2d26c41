"""Reads what people type into fields, and says in words what cannot be read.

Texts may carry a decimal comma or point. What is impossible in itself (a probability above 1,
an importance of 12) is refused here; what is impossible only together with other fields (more
events than people) is kept and reported by ``problems_of_result``, so that typing goes on.
"""

from __future__ import annotations

import math
import re
import types
import typing
from typing import Any

from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.review import (
    DESIGNS,
    EVIDENCE,
    PICO_ELEMENTS,
    ROLES,
    STATUSES,
    STREAMS,
    TARGETS,
    THRESHOLD_TYPES,
    Person,
    Result,
    Study,
)
from assessments.store.project_file import Project

_THOUSANDS = re.compile(r"-?[1-9]\d{0,2},\d{3}")
_DIGITS_AND_SIGNS = re.compile(r"[-+]?\d[\d ,.]*")
_GROUPS_OF_THREE = re.compile(r"[-+]?\d{1,3}( \d{3})+([.,]\d*)?$")
_SPACES = re.compile("[\u00a0\u2009\u202f]")
_CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("study", "design"): DESIGNS,
    ("study", "status"): STATUSES,
    ("person", "role"): ROLES,
    ("outcome", "evidence"): EVIDENCE,
    ("outcome", "better"): ("lower", "higher"),
    ("outcome", "stream"): STREAMS,
    ("outcome", "threshold_type"): THRESHOLD_TYPES,
    ("outcome", "target"): TARGETS,
    ("outcome", "event_meaning"): ("event", "event_free"),
    ("outcome", "reexpress"): ("units", "or", "mid_units", "rom", "rule"),
    ("study", "industry_funded"): ("yes", "no", "unclear"),
    ("indirectness", "element"): PICO_ELEMENTS,
}
_RANGES: dict[tuple[str, str], tuple[float, float]] = {
    ("outcome", "importance"): (1, 9),
    ("outcome", "baseline_risk"): (0, 1),
    ("outcome", "per"): (1, 1_000_000),
    ("study", "year"): (1500, 2200),
    ("published_estimate", "ci_level"): (0.5, 0.9999),
    ("analysis", "level"): (0.5, 0.9999),
    ("published_estimate", "studies"): (0, 1_000_000),
    ("published_estimate", "participants"): (0, 10_000_000_000),
    ("published_estimate", "i2"): (0, 100),
    ("published_estimate", "tau2"): (0, math.inf),
    ("published_estimate", "events"): (0, 10_000_000_000),
    ("published_estimate", "q_p"): (0, 1),
    ("published_estimate", "asymmetry_p"): (0, 1),
    ("published_estimate", "printed_per"): (1, 1_000_000),
    ("published_estimate", "printed_baseline"): (0, math.inf),
    ("outcome", "objective"): (0, 1),
    ("outcome", "surrogate"): (0, 1),
    ("outcome", "indirect_comparison"): (0, 1),
    ("outcome", "laboratory"): (0, 1),
    ("outcome", "follow_up"): (0, math.inf),
    ("result", "follow_up"): (0, math.inf),
    ("result", "dose"): (0, math.inf),
    ("outcome", "reexpress_sd"): (0, math.inf),
    ("outcome", "reexpress_proportion"): (0, 1),
    ("baseline", "risk"): (0, 1),
    ("result", "correlation"): (-1, 1),
    **{
        ("outcome", name): (0, math.inf)
        for name in ("mid", "mid_harm", "mid_low", "mid_high", "mid_relative", "t1", "t2", "t3",
                     "t1_harm", "t2_harm", "t3_harm")
    },
    **{
        ("outcome", name): (0, 10_000_000_000)
        for name in ("missing_studies", "missing_participants")
    },
    **{
        ("narrative", name): (0, 10_000_000_000)
        for name in ("studies", "participants", "events", "favours_intervention",
                     "favours_comparison", "no_difference")
    },
    **{("study", name): (0, 10_000_000_000) for name in ("randomised_1", "randomised_2")},
}


def checked(
    project: Project, row_class: type[Any], row_id: str, values: dict[str, Any]
) -> dict[str, Any]:
    """Return the values as the row class keeps them.

    Raises:
        Refused: with one problem per field that cannot be read.
    """
    hints = typing.get_type_hints(row_class)
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in values.items():
        try:
            read[name] = _read(row_class.table, name, hints[name], value)
        except Refused as refusal:
            problems += refusal.problems
    problems += _together(project, row_class, row_id, read)
    if problems:
        raise Refused(*problems)
    return read


def _read(table: str, name: str, hint: Any, value: Any) -> Any:
    wanted, may_be_empty = _wanted(hint)
    if isinstance(value, str):
        value = value.strip()
    if value is None or (value == "" and wanted is not str):
        if may_be_empty:
            return None
        raise _refused("empty", name, _("Something is needed here."), "")
    if value == "" and may_be_empty:
        return None
    if wanted in (int, float):
        value = _number(name, value, whole=wanted is int)
        low, high = _RANGES.get((table, name), (-math.inf, math.inf))
        if not low <= value <= high:
            raise _refused(
                "out-of-range",
                name,
                _("{value} is outside of what is possible here ({range}).").format(
                    value=f"{value:g}", range=_range(low, high)
                ),
                _("Type a number in this range, or leave the field empty."),
            )
        return value
    choices = _CHOICES.get((table, name))
    if choices and value not in choices:
        raise _refused(
            "not-a-choice",
            name,
            _("“{value}” is not one of the choices: {choices}.").format(
                value=value, choices=", ".join(choices)
            ),
            "",
        )
    return str(value)


def _wanted(hint: Any) -> tuple[type, bool]:
    if isinstance(hint, types.UnionType):
        kinds = [kind for kind in typing.get_args(hint) if kind is not type(None)]
        return kinds[0], True
    return hint, False


def _number(name: str, value: Any, *, whole: bool) -> float | int:
    if isinstance(value, str):
        value = read_number(value, name)
    if isinstance(value, float) and not math.isfinite(value):
        raise _refused("not-finite", name, _("This number is not finite."), _("Type a number."))
    if whole:
        if value != int(value):
            raise _refused(
                "not-whole",
                name,
                _("{value} is not a whole number.").format(value=f"{value:g}"),
                _("Type a whole number, or leave the field empty."),
            )
        return int(value)
    return float(value)


def read_number(text: str, where: str = "") -> float:
    """Read a typed number with decimal point or comma.

    Raises:
        Refused: not a number, or one that can be read in two ways (“1,234” is one thousand in
            London and a little more than one in Leipzig, so it is asked about, never guessed).
    """
    plain = _SPACES.sub(" ", text.strip().replace("−", "-"))
    if _GROUPS_OF_THREE.match(plain):
        plain = plain.replace(" ", "")
    if _DIGITS_AND_SIGNS.fullmatch(plain) and (
        " " in plain
        or ("," in plain and "." in plain)
        or plain.count(",") > 1
        or _THOUSANDS.fullmatch(plain)
    ):
        raise _refused(
            "ambiguous-number",
            where,
            _("“{text}” can be read in more than one way.").format(text=text.strip()),
            _("Type it without separators between thousands, with one decimal sign."),
        )
    try:
        if "_" in plain:
            raise ValueError
        return float(plain.replace(",", "."))
    except ValueError:
        raise _refused(
            "not-a-number",
            where,
            _("“{text}” is not a number.").format(text=text.strip()),
            _("Type a number, or leave the field empty."),
        ) from None


def _together(
    project: Project, row_class: type[Any], row_id: str, read: dict[str, Any]
) -> list[Problem]:
    if row_class is Study and "label" in read:
        return _same_label(project, row_id, str(read["label"]))
    if row_class is Person and read.get("role") in ("a", "b"):
        others = [p for p in project.all(Person, role=read["role"]) if p.id != row_id]
        if others:
            return [
                Problem(
                    code="seat-taken",
                    sentence=_("There is already an assessor {letter}: {name}.").format(
                        letter=str(read["role"]).upper(), name=others[0].name
                    ),
                    where="role",
                    remedy=_("Give this person another role."),
                )
            ]
    return []


def _same_label(project: Project, row_id: str, label: str) -> list[Problem]:
    if not label.strip():
        return [Problem(code="empty", sentence=_("A study needs a name."), where="label")]
    for other in project.all(Study, label=label):
        if other.id != row_id:
            return [
                Problem(
                    code="same-name",
                    sentence=_("There is already a study “{label}”.").format(label=label),
                    where="label",
                    remedy=_("Add a letter, for example 2014a and 2014b."),
                )
            ]
    return []


def problems_of_result(
    result: Result, measure_columns: tuple[str, ...] = ()
) -> tuple[Problem, ...]:
    """Return what is impossible in a result's numbers, each with its column.

    ``measure_columns`` limits the look to the columns that the measure uses; empty means all.
    """
    found: list[Problem] = []
    for arm in ("1", "2"):
        found += _arm_problems(result, arm)
    if result.se is not None and result.se <= 0:
        found.append(_impossible("se", _("A standard error must be above zero.")))
    low, high, effect = result.ci_low, result.ci_high, result.effect
    if low is not None and high is not None and low > high:
        found.append(_impossible("ci_low", _("The lower limit is above the upper limit.")))
    elif effect is not None and (
        (low is not None and effect < low) or (high is not None and effect > high)
    ):
        found.append(_impossible("effect", _("The estimate lies outside of its interval.")))
    return tuple(p for p in found if not measure_columns or p.where in measure_columns)


def _arm_problems(result: Result, arm: str) -> list[Problem]:
    events, total, sd = (getattr(result, f"{name}_{arm}") for name in ("events", "total", "sd"))
    found = []
    if total is not None and total <= 0:
        found.append(_impossible(f"total_{arm}", _("The number of people must be above zero.")))
    if events is not None and events < 0:
        found.append(_impossible(f"events_{arm}", _("Events cannot be fewer than zero.")))
    if events is not None and total is not None and events > total:
        sentence = _("More events than people ({events} of {total}).").format(
            events=f"{events:g}", total=f"{total:g}"
        )
        found.append(_impossible(f"events_{arm}", sentence))
    if sd is not None and sd <= 0:
        found.append(
            _impossible(
                f"sd_{arm}",
                _("A standard deviation of {sd} cannot be used: it must be above zero.").format(
                    sd=f"{sd:g}"
                ),
            )
        )
    return found


def _impossible(where: str, sentence: str) -> Problem:
    return Problem(
        code="impossible",
        sentence=sentence,
        where=where,
        remedy=_("The row is left out until this is mended."),
    )


def _refused(code: str, where: str, sentence: str, remedy: str) -> Refused:
    return Refused(Problem(code=code, sentence=sentence, where=where, remedy=remedy))


def _range(low: float, high: float) -> str:
    if high == math.inf:
        return _("{low} or more").format(low=f"{low:g}")
    return _("{low} to {high}").format(low=f"{low:g}", high=f"{high:g}")

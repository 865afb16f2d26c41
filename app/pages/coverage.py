"""How far a review is: what is to do for the one who sits here, and the state of each result."""

from __future__ import annotations

from dataclasses import dataclass

from app.widgets.progress_grid import GridRow
from assessments.assignments import Assignment, rating_assignments, risk_of_bias_assignments
from assessments.language import _, counted
from assessments.reconciliation import compare
from assessments.review import Outcome, Person, Study
from assessments.store.project_file import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of progress; ``tone`` is '', 'a', 'b' or 'ok'."""

    title: str
    detail: str
    done: int
    total: int
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Everything that the overview shows."""

    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    to_assess: int
    next_result: str
    to_compare: int
    compare_detail: str
    to_rate: int
    rate_detail: str
    bars: tuple[Bar, ...]
    rating_columns: tuple[str, ...] = ()
    rating_rows: tuple[GridRow, ...] = ()


def coverage(project: Project, seat: str | None) -> Coverage:
    """Read how far everything is, as the one who sits here may see it."""
    bias = risk_of_bias_assignments(project)
    rating = rating_assignments(project)
    columns, rows = _grid(project, seat, bias)
    to_do = [one for one in bias if not _done(one, seat)]
    compared = [one for one in (*bias, *rating) if one.comparable and one.consensus != "finished"]
    to_rate = [one for one in rating if not _done(one, seat)]
    return Coverage(
        columns=columns,
        rows=rows,
        to_assess=len(to_do),
        next_result=_next(to_do, seat),
        to_compare=len(compared),
        compare_detail=_compared(compared),
        to_rate=len(to_rate),
        rate_detail=", ".join(one.title for one in to_rate[:3]),
        bars=_bars(project, bias, rating),
        rating_columns=(_("Assessor A"), _("Assessor B"), _("Consensus")),
        rating_rows=tuple(_rating_row(one) for one in rating),
    )


def _done(one: Assignment, seat: str | None) -> bool:
    return one.consensus == "finished" or one.state(seat) == "finished"


def _next(to_do: list[Assignment], seat: str | None) -> str:
    if not seat or not to_do:
        return ""
    begun = next((one for one in to_do if one.state(seat) == "open"), None)
    one = begun or to_do[0]
    where = ", ".join(part for part in (one.title, one.detail) if part)
    return _("You are on {result}").format(result=where) if begun else _("Next: {result}").format(
        result=where)


def _compared(compared: list[Assignment]) -> str:
    if not compared:
        return _("Nothing that both have finished is open")
    studies = len({one.study for one in compared if one.study})
    outcomes = len({one.outcome for one in compared if not one.study})
    parts = []
    if studies:
        parts.append(counted("in {n} study", "in {n} studies", studies))
    if outcomes:
        parts.append(counted("in {n} outcome", "in {n} outcomes", outcomes))
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _grid(
    project: Project, seat: str | None, bias: tuple[Assignment, ...]
) -> tuple[tuple[str, ...], tuple[GridRow, ...]]:
    """Return columns and rows; instruments for whole studies have a column of their own."""
    outcomes = [
        one for one in project.all(Outcome) if any(a.outcome == one.id for a in bias)
    ]
    keys = [one.id for one in outcomes]
    titles = ["\n".join(t for t in (one.label, one.time_point) if t) for one in outcomes]
    if any(not one.outcome for one in bias) or not bias:
        keys.insert(0, "")
        titles.insert(0, _("Whole study"))
    by_study: dict[str, dict[str, Assignment]] = {}
    for one in bias:
        by_study.setdefault(one.study, {}).setdefault(one.outcome, one)
    rows = []
    for study in project.all(Study, status="included"):
        cells = by_study.get(study.id, {})
        found = [cells.get(key) for key in keys]
        rows.append(GridRow(
            id=study.id,
            title=study.label,
            states=tuple(_state(project, seat, one) for one in found),
            targets=tuple(one.unit.id if one else "" for one in found),
        ))
    return tuple(titles), tuple(rows)


def _rating_row(one: Assignment) -> GridRow:
    states = [
        {"finished": f"done_{seat}", "open": "begun", "none": "to_do"}[state]
        for seat, state in (("a", one.a), ("b", one.b))
    ]
    together = "waiting" if one.comparable else "none"
    return GridRow(
        id=one.outcome,
        title=one.title,
        states=(*states, "settled" if one.consensus == "finished" else together),
        targets=(one.outcome,) * 3,
    )


def _state(project: Project, seat: str | None, one: Assignment | None) -> str:
    if one is None:
        return "none"
    if one.consensus == "finished":
        return "settled"
    if one.comparable:
        compared = compare(project, one.unit)
        return "differ" if compared is not None and compared.differing else "waiting"
    own = one.state(seat)
    if seat and own == "finished":
        return "done"
    if own == "open" or (not seat and (one.a != "none" or one.b != "none")):
        return "begun"
    return "to_do"


def _bars(
    project: Project, bias: tuple[Assignment, ...], rating: tuple[Assignment, ...]
) -> tuple[Bar, ...]:
    names = {one.role: one.name for one in project.all(Person)}
    bars = [
        Bar(
            title=_("Risk of bias, {name}").format(name=names.get(seat) or seat.upper()),
            detail=_("assessor {letter}").format(letter=seat.upper()),
            done=sum(one.state(seat) == "finished" for one in bias),
            total=len(bias),
            tone=seat,
        )
        for seat in ("a", "b")
    ]
    bars.append(Bar(
        title=_("Risk of bias, settled"), detail=_("consensus of both"),
        done=sum(one.consensus == "finished" for one in bias), total=len(bias), tone="ok",
    ))
    bars.append(Bar(
        title=_("GRADE, both"), detail=_("certainty rated by each"),
        done=sum(one.comparable for one in rating), total=len(rating),
    ))
    bars.append(Bar(
        title=_("GRADE, settled"), detail=_("consensus of both"),
        done=sum(one.consensus == "finished" for one in rating), total=len(rating), tone="ok",
    ))
    return tuple(bars)

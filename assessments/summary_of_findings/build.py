"""Builds the summary of findings of a review: one table for each comparison.

Only settled ratings are shown. What is missing or out of date is said and blocks nothing.
"""

from __future__ import annotations

import hashlib

from assessments.language import _, counted
from assessments.rating import Rated, contributing_studies, settled_rating
from assessments.reasons_to_rate_up import remarks_on_reasons
from assessments.remembered import remembered
from assessments.review import (
    RANDOMISED,
    Analysis,
    Comparison,
    Narrative,
    Outcome,
    PublishedEstimate,
    Result,
    Review,
)
from assessments.review_edits import setting
from assessments.store.project_file import Project
from assessments.summary_of_findings import table, wording
from assessments.summary_of_findings.absolute import Shown, empty_group, groups_of
from assessments.summary_of_findings.explanations import certainty_cell, rated_groups
from assessments.summary_of_findings.footnotes import Footnotes
from assessments.summary_of_findings.narrative_statement import remarks_on_words
from assessments.summary_of_findings.overall import overall_of
from assessments.summary_of_findings.statements import statement_of
from assessments.summary_of_findings.synthesis import synthesis_of
from assessments.summary_of_findings.table import Cell, Group, Row, SummaryOfFindings
from assessments.version import VERSION
from gradecore.grade.names_in_sentences import in_a_sentence
from gradecore.grade.vocabulary import LEVELS, NOT_RATED
from gradecore.measures import MEASURES

_KINDS = {
    "dichotomous": table.BINARY, "time-to-event": table.TIME_TO_EVENT, "rate": table.RATE,
    "continuous": table.CONTINUOUS_MD,
}
_OUTCOME_TYPES = {"time-to-event": "time_to_event"}
_NEITHER = ("AS", "IRSD")
"""Measures of events on scales that give no risk or rate."""
_OWN_KINDS = {
    "published": table.PUBLISHED_POOLED, "narrative": table.NARRATIVE,
    "single": table.SINGLE_STUDY, "not_reported": table.NOT_REPORTED,
}
NARRATIVE_LIMIT = 400


def build(project: Project) -> tuple[SummaryOfFindings, ...]:
    """Return the tables of a review, one for each comparison, in the order of the team."""
    return remembered(project, "summary_of_findings", lambda: _build(project))


def _build(project: Project) -> tuple[SummaryOfFindings, ...]:
    return tuple(
        _table(project, number, comparison)
        for number, comparison in enumerate(project.all(Comparison), start=1)
    )


def outcomes_of(project: Project, comparison: Comparison) -> tuple[Outcome, ...]:
    """Return the outcomes of a comparison in the order of the team."""
    found = project.all(Outcome, comparison=comparison.id)
    return tuple(sorted(found, key=lambda one: (one.position, one.id)))


def _table(project: Project, number: int, comparison: Comparison) -> SummaryOfFindings:
    footnotes = Footnotes()
    style = setting(project, "symbol_style", "circle")
    outcomes = outcomes_of(project, comparison)
    rows = tuple(
        row_of(
            project, comparison, one, footnotes, style, rated=settled_rating(project, one.id)
        )
        for one in outcomes
    )
    to_rate = [row for row in rows if row.kind != table.NOT_REPORTED]
    settled = [row for row in to_rate if row.certainty.level is not None and not row.changed]
    data_hash, dated = data_version(project)
    return SummaryOfFindings(
        number=number,
        comparison=comparison,
        title=_title(project, comparison),
        header=_header(project, comparison),
        risk_comparator=_("Risk with {name}").format(name=in_a_sentence(comparison.comparator)),
        risk_intervention=_("Risk with {name}").format(
            name=in_a_sentence(comparison.intervention)
        ),
        rows=rows,
        star_note=_star_note(rows),
        abbreviations=wording.abbreviations(_all_texts(rows, footnotes)),
        level_definitions=tuple(
            f"{_(one.label)}: {_(one.meaning)}" for one in LEVELS if one.code != NOT_RATED
        ),
        footnotes=footnotes.all,
        version_line=_version_line(project, data_hash, dated),
        data_hash=data_hash,
        dated=dated,
        rated=len(settled),
        to_rate=len(to_rate),
        missing=_missing(rows, len(settled), len(to_rate)),
        remarks=(
            *_remarks(rows), *remarks_on_reasons(project, rows), *remarks_on_words(rows)
        ),
        symbol_style=style,
        overall=overall_of(project, rows, style),
    )


def _version_line(project: Project, data_hash: str, dated: str) -> str:
    line = _("Created with Tandem {version}; data version {digest}; {date}").format(
        version=VERSION, digest=data_hash, date=dated
    )
    label = _review(project).label.strip()
    return f"{label}. {line}" if label else line


def data_version(project: Project) -> tuple[str, str]:
    """Return eight hexadecimal digits that name this state of the review, and its date."""
    state = f"{project.identity}/{project.data_version()}"
    newest = project.connection.execute("SELECT max(at) FROM change_set").fetchone()[0]
    return hashlib.sha256(state.encode()).hexdigest()[:8], str(newest or "")[:10]


def _title(project: Project, comparison: Comparison) -> str:
    names = _("{intervention} compared with {comparator}").format(
        intervention=comparison.intervention or _("Intervention"),
        comparator=in_a_sentence(comparison.comparator) or _("comparison"),
    )
    population = comparison.population.strip() or _review(project).population.strip()
    if not population:
        return names
    return _("{names} for {population}").format(names=names, population=in_a_sentence(population))


def _header(project: Project, comparison: Comparison) -> tuple[tuple[str, str], ...]:
    review = _review(project)
    lines = (
        (_("Patient or population"), comparison.population or review.population),
        (_("Setting"), comparison.setting or review.setting),
        (_("Intervention"), comparison.intervention or review.intervention),
        (_("Comparison"), comparison.comparator or review.comparison),
    )
    return tuple((label, text.strip() or _("not stated")) for label, text in lines)


def _review(project: Project) -> Review:
    return project.one(Review, "review") or Review()


def _kind(outcome: Outcome, measure: str) -> str:
    """Return the type of a row: its own for special evidence, else that of the measure."""
    own = _OWN_KINDS.get(outcome.evidence or "")
    if own is not None:
        return own
    found = MEASURES.get(measure)
    if found is None:
        return table.UNDECIDED
    if found.family == "continuous" and found.code.startswith("SMD"):
        return table.CONTINUOUS_SMD
    if found.code == "ROM":
        return table.RATIO_OF_MEANS
    if found.code in _NEITHER:
        return table.OTHER
    return _KINDS.get(found.family, table.OTHER)


def row_of(
    project: Project,
    comparison: Comparison,
    outcome: Outcome,
    footnotes: Footnotes,
    style: str,
    *,
    rated: Rated | None,
) -> Row:
    """Return the row of an outcome with that rating; its notes are added to the footnotes."""
    synthesis = synthesis_of(project, outcome)
    results: tuple[Result, ...] = ()
    if outcome.evidence in ("pooled", "single"):
        from assessments.bodies import results_in_analysis

        results = results_in_analysis(project, outcome)
    shown = Shown(
        project=project, comparison=comparison, outcome=outcome, synthesis=synthesis,
        results=results, footnotes=footnotes,
    )
    kind = _kind(outcome, synthesis.measure)
    name = shown.cell(
        outcome.label.strip() or _("Outcome without a name"), _threshold_note(outcome)
    )
    # The order of these lines is the reading order in which the letters are given.
    text, groups = _middle(shown, kind)
    relative = _relative(shown, kind)
    participants = _participants(shown, kind)
    certainty = certainty_cell(
        rated, footnotes, outcome.id, style=style, reported=kind != table.NOT_REPORTED
    )
    groups = rated_groups(rated, groups, footnotes, outcome.id, style=style)
    return Row(
        outcome=outcome,
        kind=kind,
        outcome_type=_outcome_type(synthesis.measure),
        name=name,
        detail=wording.detail_of(outcome, synthesis.measure),
        groups=groups,
        text=text,
        relative=relative,
        participants=participants,
        certainty=certainty,
        statement=statement_of(shown, rated, kind, groups),
        comment=outcome.comment.strip(),
        synthesis=synthesis,
        changed=rated.changed if rated is not None else (),
    )


def _outcome_type(measure: str) -> str:
    found = MEASURES.get(measure)
    return "" if found is None else _OUTCOME_TYPES.get(found.family, found.family)


def _middle(shown: Shown, kind: str) -> tuple[Cell | None, tuple[Group, ...]]:
    """Return the words that span the absolute effects, or the effects themselves."""
    if kind == table.NARRATIVE:
        return shown.cell(_narrative_text(shown)), (empty_group(),)
    if kind == table.NOT_REPORTED:
        return None, (empty_group(),)
    if kind == table.UNDECIDED and not shown.synthesis.measure:
        return shown.cell(_("No kind of evidence has been chosen.")), (empty_group(),)
    return None, groups_of(shown)


def _narrative_text(shown: Shown) -> str:
    found = shown.project.one(Narrative, shown.outcome.id)
    if found is None or not found.text.strip():
        return _("No synthesis has been written.")
    text = found.text.strip()
    counts = (
        (found.favours_intervention, _("favouring the intervention")),
        (found.favours_comparison, _("favouring the comparison")),
        (found.no_difference, _("neither")),
    )
    known = [f"{count} {words}" for count, words in counts if count is not None]
    if known:
        text = _("{text} Direction of effect: {counts}.").format(
            text=text, counts=", ".join(known)
        )
    return text


def _relative(shown: Shown, kind: str) -> Cell:
    if kind in (table.NARRATIVE, table.NOT_REPORTED, table.UNDECIDED):
        return Cell(text="–")
    notes = []
    analysis = shown.project.one(Analysis, shown.outcome.id)
    if analysis is not None and analysis.without_high_risk:
        reason = analysis.set_reason.strip()
        notes.append(
            _("The estimate rests on the studies that are not at high risk of bias. {reason}")
            .format(reason=reason).strip()
        )
    return shown.cell(wording.relative_text(shown.synthesis), *notes)


def _participants(shown: Shown, kind: str) -> Cell:
    if kind == table.UNDECIDED and not shown.synthesis.measure:
        return Cell(text="–")
    synthesis, notes = shown.synthesis, []
    citation = ""
    if kind == table.PUBLISHED_POOLED and synthesis.citation:
        citation = wording.short_citation(synthesis.citation)
        notes.append(_published_note(shown))
    if kind == table.NARRATIVE and synthesis.citation:
        notes.append(_("Taken from: {source}").format(source=synthesis.citation))
    if synthesis.not_estimable:
        notes.append(
            counted(
                "{n} study had no information about the effect and does not contribute to the "
                "estimate.",
                "{n} studies had no information about the effect and do not contribute to the "
                "estimate.",
                synthesis.not_estimable,
            )
        )
    if synthesis.left_out:
        notes.append(
            _("Not in the estimate: {studies}.").format(studies="; ".join(synthesis.left_out))
        )
    notes.append(wording.people_note(synthesis))
    text = wording.participants_text(synthesis, stream=_stream(shown), citation=citation)
    return shown.cell(text, *notes)


def _threshold_note(outcome: Outcome) -> str:
    """Return where the MID of the outcome comes from, '' where none is shown or nothing stated."""
    source = outcome.mid_source.strip().rstrip(".")
    if outcome.mid is None or not source:
        return ""
    return _("Source of the minimal important difference (MID): {source}.").format(source=source)


def _published_note(shown: Shown) -> str:
    found = shown.project.one(PublishedEstimate, shown.outcome.id)
    source, where, risk = shown.synthesis.citation, "", ""
    if found is not None:
        where, risk = found.place.strip(), found.rob_statement.strip()
    # The place (“analysis 1.2”) differs between outcomes and would cost each its own letter;
    # it is in the data sheet.
    text = _("The pooled estimate is taken from {source} and was not recalculated.").format(
        source=source.rstrip(".")
    )
    if not source:
        text = _("The pooled estimate was not recalculated; {where}").format(where=where)
    if risk:
        text = _("{text} Risk of bias: {risk}").format(text=text, risk=risk)
    return text


def _stream(shown: Shown) -> str:
    if shown.outcome.stream:
        return shown.outcome.stream
    designs = {one.design or "rct" for one in contributing_studies(shown.project, shown.outcome)}
    if not designs:
        return ""
    if designs <= set(RANDOMISED):
        return "rct"
    return "" if designs & set(RANDOMISED) else "nrs"


def _star_note(rows: tuple[Row, ...]) -> str:
    if not any(group.risk is not None for row in rows for group in row.groups):
        return ""
    return _(
        "* The risk in the intervention group (with its confidence interval) follows from the "
        "assumed risk in the comparison group and the relative effect of the intervention (with "
        "its confidence interval). The uncertainty of the assumed risk is not included."
    )


def _all_texts(rows: tuple[Row, ...], footnotes: Footnotes) -> tuple[str, ...]:
    found = ["95% CI", *(one.text for one in footnotes.all)]
    for row in rows:
        found += [row.name.text, row.detail, row.relative.text, row.participants.text,
                  row.what_happens, row.text.text if row.text else ""]
        for group in row.groups:
            found += [group.comparator.text, group.intervention.text, group.difference.text]
    return tuple(found)


def _missing(rows: tuple[Row, ...], rated: int, to_rate: int) -> tuple[str, ...]:
    found = []
    if rated < to_rate or not rows:
        found.append(_("{n} of {all} outcomes rated").format(n=rated, all=to_rate))
    for row in rows:
        name = row.name.text
        if row.kind == table.UNDECIDED and not row.synthesis.measure:
            found.append(_("{outcome}: the kind of evidence is not chosen").format(outcome=name))
        if row.changed:
            found.append(
                _("{outcome}: changed since it was rated. {what}").format(
                    outcome=name, what=" ".join(row.changed)
                )
            )
        found += [
            _("{outcome}: {problem}").format(outcome=name, problem=one)
            for one in row.synthesis.problems
        ]
    return tuple(found)


def _remarks(rows: tuple[Row, ...]) -> tuple[str, ...]:
    found = []
    if len(rows) > table.MOST_OUTCOMES:
        found.append(
            _("The table has {n} outcomes; more than seven are hard to take in.").format(
                n=len(rows)
            )
        )
    for row in rows:
        if row.text is not None and len(row.text.text) > NARRATIVE_LIMIT:
            found.append(
                _("{outcome}: the text has more than {n} characters.").format(
                    outcome=row.name.text, n=NARRATIVE_LIMIT
                )
            )
        if row.statement.outdated:
            found.append(
                _("{outcome}: the edited statement was written for other numbers.").format(
                    outcome=row.name.text
                )
            )
    return tuple(found)

"""What each thing that can be handed over holds now, in short lines, before it is made."""

from __future__ import annotations

from collections.abc import Callable

from assessments.exports.evidence_table import columns_of, evidence_rows
from assessments.exports.handing_over import ARCHIVE, FIGURES, HISTORY, METHODS
from assessments.exports.judgements_table import judgement_rows, sealed_units
from assessments.language import _, counted
from assessments.risk_of_bias_matrix import matrices
from assessments.store.project_file import Project
from assessments.summary_of_findings import SummaryOfFindings, build


def contents(project: Project, name: str) -> tuple[str, ...]:
    """Return what an output of that name holds; nothing where its own words say it all."""
    tables = build(project)
    known: dict[str, Callable[[Project, tuple[SummaryOfFindings, ...]], tuple[str, ...]]] = {
        "xlsx": _workbook, "html": lambda _project, found: _tables(found),
        "docx": lambda _project, found: _tables(found), "csv": _evidence, "json": _evidence,
        FIGURES: lambda project, _found: _figures(project),
        METHODS: lambda project, _found: _methods(project),
        HISTORY: lambda project, _found: _history(project),
        ARCHIVE: lambda project, _found: _archive(project),
    }
    made = known.get(name)
    return made(project, tables) if made is not None else ()


def _tables(tables: tuple[SummaryOfFindings, ...]) -> tuple[str, ...]:
    if not tables:
        return (_("No table: the review has no comparison yet."),)
    return tuple(
        _("{title}: {outcomes}, {progress}").format(
            title=one.title, outcomes=counted("{n} outcome", "{n} outcomes", len(one.rows)),
            progress=one.progress,
        )
        for one in tables
    )


def _workbook(project: Project, tables: tuple[SummaryOfFindings, ...]) -> tuple[str, ...]:
    sheets = [_("SoF {n}: {table}").format(n=one.number, table=line)
              for one, line in zip(tables, _tables(tables), strict=False)]
    judgements = counted(
        "Judgements: {n} row, of A, B and the consensus",
        "Judgements: {n} rows, of A, B and the consensus", len(judgement_rows(project)),
    )
    sealed = sealed_units(project)
    if sealed:
        judgements += "; " + counted(
            "{n} assessment not finished by both is left out",
            "{n} assessments not finished by both are left out", sealed,
        )
    risk = "; ".join(
        _("{tool}, {studies}").format(
            tool=one.instrument.short, studies=counted("{n} row", "{n} rows", len(one.rows))
        )
        for one in matrices(project) if one.rows
    )
    return (*sheets, judgements, _("Risk of bias: {what}").format(what=risk or _("nothing yet")),
            _("Data: the numbers behind the tables, unrounded"),
            _("Read me: what each sheet is, settings, what is missing"))


def _evidence(project: Project, tables: tuple[SummaryOfFindings, ...]) -> tuple[str, ...]:
    count = len(evidence_rows(project, tables))
    return (
        counted("{n} row, one for each outcome and assumed risk",
                "{n} rows, one for each outcome and assumed risk", count),
        counted("{n} column, numbers unrounded", "{n} columns, numbers unrounded",
                len(columns_of(project))),
    )


def _figures(project: Project) -> tuple[str, ...]:
    from assessments.exports.figure_files import figures

    found = tuple(name[:1].upper() + name[1:] for name, _figure in figures(project))
    return found or (_("No figure: nothing is pooled or judged by both yet."),)


def _methods(project: Project) -> tuple[str, ...]:
    from assessments.exports.methods_text import methods_text

    text = methods_text(project)
    open_elements = len(text.open_elements)
    said = [one.heading for one in text.paragraphs]
    if open_elements:
        said.append(counted(
            "{n} element that PRISMA asks for is not recorded in the review",
            "{n} elements that PRISMA asks for are not recorded in the review", open_elements,
        ))
    return tuple(said)


def _history(project: Project) -> tuple[str, ...]:
    from assessments.history import history

    return (
        counted("{n} entry that is open to all", "{n} entries that are open to all",
                len(history(project, for_all=True))),
        _("Nothing of judgements that are not finished by both"),
    )


def _archive(project: Project) -> tuple[str, ...]:
    return (
        _("Everything, with history and settings; opens in Tandem"),
        _("Also what is still sealed: give it to nobody who has to judge independently"),
    )

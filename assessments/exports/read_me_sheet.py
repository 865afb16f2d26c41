"""The sheet that explains the workbook: what it holds, by which rules, what is missing."""

from __future__ import annotations

from typing import Any

from assessments.assessment import Assessment
from assessments.exports.judgements_table import sealed_units
from assessments.exports.workbook import lines_in, put, row_height, set_up_page, style
from assessments.instruments_kept import instrument_of
from assessments.language import _, counted
from assessments.reasons_to_rate_up import decision
from assessments.review import Analysis, Outcome, Person, Review, Study
from assessments.review_edits import setting
from assessments.store.project_file import Project
from assessments.summary_of_findings import SummaryOfFindings
from assessments.version import VERSION
from gradecore.measures import MEASURES
from gradecore.profiles import PoolingPlan

_WIDTHS = (30.0, 100.0)
Line = tuple[str, str]


def write(book: Any, project: Project, tables: tuple[SummaryOfFindings, ...], *, title: str
          ) -> None:
    """Add the sheet “Read me” to a workbook."""
    sheet = book.create_sheet(_("Read me"))
    for letter, width in zip("AB", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    put(sheet["A1"], title)
    style(sheet["A1"], bold=True, size=12)
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[1].height = row_height(
        lines_in(title, sum(_WIDTHS), size=12, bold=True), size=12
    )
    row = 3
    for heading, lines in _sections(project, tables):
        row = _section(sheet, row, heading, lines) + 1
    sheet.sheet_view.showGridLines = False
    set_up_page(sheet, title=title)


def _section(sheet: Any, row: int, heading: str, lines: list[Line]) -> int:
    if not lines:
        return row - 1
    put(sheet.cell(row, 1), heading)
    style(sheet.cell(row, 1), bold=True, size=10)
    row += 1
    for label, text in lines:
        for column, words in enumerate((label, text), start=1):
            put(sheet.cell(row, column), words)
            style(sheet.cell(row, column))
        sheet.row_dimensions[row].height = row_height(
            max(lines_in(label, _WIDTHS[0]), lines_in(text, _WIDTHS[1]))
        )
        row += 1
    return row


def _sections(
    project: Project, tables: tuple[SummaryOfFindings, ...]
) -> list[tuple[str, list[Line]]]:
    return [
        (_("This file"), _about(project, tables)),
        (_("What is missing"), _missing(project, tables)),
        (_("Sheets"), _sheets(tables)),
        (_("Where the numbers come from"), _provenance(tables)),
        (_("How studies are pooled"), _analyses(project)),
        (_("Decisions of the team"), _decisions(project)),
        (_("Instruments"), _instruments(project)),
        (_("People"), _people(project)),
        (_("Into Word"), [(_("Copying the table"), _(
            "Choose the name SoF1_All in the name box (left of the formula line), copy, and paste "
            "into Word; widths and footnote letters stay. The table also exists as a web page."
        ))]),
    ]


def _about(project: Project, tables: tuple[SummaryOfFindings, ...]) -> list[Line]:
    review = project.one(Review, "review") or Review()
    lines = [
        (_("Review"), review.title), (_("Kind"), review.label), (_("Source"), review.source),
        (_("Made with"), f"Tandem {VERSION}"),
    ]
    if tables:
        lines += [(_("Data version"), tables[0].data_hash), (_("Data of"), tables[0].dated)]
    return [(label, text) for label, text in lines if text]


def _missing(project: Project, tables: tuple[SummaryOfFindings, ...]) -> list[Line]:
    lines = [
        (_("SoF {n}").format(n=table.number), text)
        for table in tables
        for text in (*table.missing, *table.remarks)
    ]
    sealed = sealed_units(project)
    if sealed:
        lines.append(
            (_("Judgements"), counted(
                "{n} assessment is not finished by both and is not shown.",
                "{n} assessments are not finished by both and are not shown.", sealed,
            ))
        )
    return lines


def _sheets(tables: tuple[SummaryOfFindings, ...]) -> list[Line]:
    lines = [(f"SoF {one.number}", one.title) for one in tables]
    return [
        *lines,
        (_("Judgements"), _("Every judgement of A, B and the consensus, with its reasons.")),
        ("RoB", _("Risk of bias: studies by domains, and counts.")),
        (_("Data"), _("The numbers behind the tables, unrounded, one row for each outcome and "
                      "assumed risk.")),
    ]


def _provenance(tables: tuple[SummaryOfFindings, ...]) -> list[Line]:
    words = {
        "calculated": _("Calculated here from the results of the studies."),
        "published": _("Taken from a publication, not recalculated: {source}"),
        "narrative": _("A synthesis in words; no pooled estimate. {source}"),
        "none": _("No study reported it."),
    }
    outcomes: dict[tuple[int, str], list[str]] = {}
    for table in tables:
        for row in table.rows:
            text = words[row.synthesis.provenance].format(source=row.synthesis.citation).strip()
            outcomes.setdefault((table.number, text), []).append(row.name.text)
    return [
        (f"SoF {number}", f"{text}\n{'; '.join(names)}")
        for (number, text), names in outcomes.items()
    ]


def _analyses(project: Project) -> list[Line]:
    from assessments.bodies import gathered

    lines = []
    for outcome in project.all(Outcome):
        analysis = project.one(Analysis, outcome.id)
        if outcome.evidence not in ("pooled", "single") or analysis is None:
            continue
        plan = gathered(project, outcome).plan
        if plan is None:
            continue
        lines.append((outcome.label, _plan_words(plan)))
    return lines


def _plan_words(plan: PoolingPlan) -> str:
    model = _("common effect")
    if plan.model == "random":
        model = _("random effects ({estimator})").format(estimator=plan.tau2_estimator)
    interval = {
        "wald": _("Wald"), "t": _("t distribution"), "hksj": _("Hartung-Knapp"),
        "hksj-adhoc": _("Hartung-Knapp, never narrower than without"),
        "hksj-if-heterogeneous": _("Hartung-Knapp where studies differ, else Wald"),
    }[plan.interval]
    words = _("{measure}, {model}, {weighting}; {level}% interval: {interval}; profile {name}")
    return words.format(
        measure=MEASURES[plan.measure].name, model=model,
        weighting=plan.weighting.replace("-", " "), level=f"{plan.level * 100:g}",
        interval=interval, name=plan.profile,
    )


def _decisions(project: Project) -> list[Line]:
    words = {
        "by_tool": _("by the instrument they are judged with"), "always_low": _("always low"),
        "rct": _("randomised trials"), "nrs": _("non-randomised studies"),
        "show_both": _("shown both as low and as high"), "core": "Core GRADE",
        "on": _("shown below the table"), "off": _("not shown"),
        "all": _("all three of GRADE"), "large_effect": _("a large effect only"),
    }
    known = (
        (_("Framework of the thresholds"), setting(project, "framework", "core")),
        (_("Start of non-randomised studies"), setting(project, "nrs_start", "by_tool")),
        (_("Quasi-randomised trials count as"), setting(project, "quasi_rct_as", "rct")),
        (_("“Some concerns” in the prompts"), setting(project, "some_concerns_as", "show_both")),
        (_("Reasons to rate up"), decision(project)),
        (_("Overall certainty across outcomes"), setting(project, "overall_certainty", "off")),
    )
    return [(label, words.get(value, value)) for label, value in known]


def _instruments(project: Project) -> list[Line]:
    used = sorted({one.instrument for one in project.all(Assessment)})
    lines = []
    for name in used:
        found = instrument_of(project, name)
        about = [
            _("Version {version}.").format(version=found.version), found.attribution,
            f"doi:{found.doi}" if found.doi else "", found.licence,
        ]
        lines.append((found.title, " ".join(part.strip() for part in about if part.strip())))
    return lines


def _people(project: Project) -> list[Line]:
    roles = {
        "a": _("Assessor A"), "b": _("Assessor B"), "arbiter": _("Arbiter"),
        "coordinator": _("Coordinator"), "reader": _("Reader"),
    }
    people = sorted(project.all(Person), key=lambda one: (list(roles).index(one.role), one.name))
    lines = [(roles[one.role], one.name or one.initials) for one in people]
    count = len(project.all(Study, status="included"))
    return [*lines, (_("Included studies"), str(count))]

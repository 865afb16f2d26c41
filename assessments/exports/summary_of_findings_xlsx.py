"""The workbook: the tables, all judgements, risk of bias, the data, and what it all is."""

from __future__ import annotations

from assessments.exports import (
    data_sheet,
    judgements_sheet,
    read_me_sheet,
    risk_of_bias_sheet,
    summary_of_findings_sheet,
    workbook,
)
from assessments.language import _
from assessments.review import Person, Review
from assessments.store.project_file import Project
from assessments.summary_of_findings import SummaryOfFindings, build


def content(project: Project, *, layout: str) -> bytes:
    """Return the workbook; the same review gives the same bytes.

    ``layout`` is 'cochrane_plus' or 'cochrane'.
    """
    from openpyxl import Workbook

    tables = build(project)
    review = project.one(Review, "review") or Review()
    title = review.title.strip() or _("Review without a title")
    book = Workbook()
    del book[book.sheetnames[0]]
    for table in tables:
        summary_of_findings_sheet.write(book, table, layout=layout, title=title)
    judgements_sheet.write(book, project, title=title)
    risk_of_bias_sheet.write(book, project, title=title)
    data_sheet.write(book, project, tables, title=title)
    read_me_sheet.write(book, project, tables, title=title)
    book.active = 0
    dated = _properties(book, project, tables, title)
    return workbook.saved(book, dated=dated)


def _properties(
    book: object, project: Project, tables: tuple[SummaryOfFindings, ...], title: str
) -> str:
    """Fill in the properties of the document; return the date of the review's data."""
    from assessments.summary_of_findings.build import data_version

    data_hash, dated = data_version(project)
    known = getattr(book, "properties")  # noqa: B009 - the workbook has no types
    people = [one.name or one.initials for one in project.all(Person) if one.role in ("a", "b")]
    known.title = workbook.safe_text(title)
    known.subject = _("Summary of findings")
    known.keywords = _("GRADE; risk of bias; summary of findings")
    known.creator = workbook.safe_text(", ".join(one for one in people if one)) or "Tandem"
    known.lastModifiedBy = known.creator
    known.description = _("Data version {digest}").format(digest=data_hash)
    if any(table.draft for table in tables):
        known.contentStatus = _("Draft")
    known.language = "en"
    return dated

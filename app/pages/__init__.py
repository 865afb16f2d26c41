"""PAGES: the rail in its order. A page is imported when it is shown for the first time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assessments.language import _


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """A page in the rail: ``number`` is its key (Ctrl 1 … 8), ``module`` holds ``PAGE``."""

    name: str
    module: str
    title: Callable[[], str]
    icon: str
    number: int


PAGES: tuple[PageEntry, ...] = (
    PageEntry(
        name="review", module="app.pages.review", title=lambda: _("Review"),
        icon="review", number=1,
    ),
    PageEntry(
        name="studies", module="app.pages.studies", title=lambda: _("Studies"),
        icon="studies", number=2,
    ),
    PageEntry(
        name="risk_of_bias", module="app.pages.risk_of_bias", title=lambda: _("Risk of bias"),
        icon="risk_of_bias", number=3,
    ),
    PageEntry(
        name="data_and_pooling", module="app.pages.data_and_pooling",
        title=lambda: _("Data & pooling"), icon="data_and_pooling", number=4,
    ),
    PageEntry(
        name="grade", module="app.pages.grade", title=lambda: _("GRADE"), icon="grade", number=5,
    ),
    PageEntry(
        name="reconcile", module="app.pages.reconcile", title=lambda: _("Reconcile"),
        icon="reconcile", number=6,
    ),
    PageEntry(
        name="summary_of_findings", module="app.pages.summary_of_findings",
        title=lambda: _("Summary of findings"), icon="summary_of_findings", number=7,
    ),
    PageEntry(
        name="report", module="app.pages.report", title=lambda: _("Report & export"),
        icon="report", number=8,
    ),
)

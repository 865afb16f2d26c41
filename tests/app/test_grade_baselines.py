"""Imprecision at several baseline risks: chosen apart, told apart, settled where both agree."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app import theme
from app.pages.grade import GradePage
from app.pages.reconcile import ReconcilePage
from app.pages.summary_of_findings import SummaryOfFindingsPage
from app.pages.summary_parts.cell_painting import PAD, document, words_html
from app.pages.summary_parts.table_view import FindingsTable
from assessments.assessment import SEATS, judge
from assessments.consensus import make_final
from assessments.rating import rating_of, settled_rating, unit_of
from assessments.review import Baseline, Outcome
from assessments.review_edits import add, change, remove
from assessments.sealing import opened
from assessments.settling import settle_agreements
from assessments.summary_of_findings.preview import preview_of
from tests.app.grade_review import Opener, at_page, build, rate_all, settle_down
from tests.app.risk_of_bias_review import press
from tests.conftest import done


@pytest.fixture
def page(open_window: Opener, path: Path) -> GradePage:
    """The page on a risk ratio of 0.80 (0.60 to 1.10) at 100 and at 500 per 1000, MID 20.

    Absolute: 20 fewer (40 fewer to 10 more), one threshold inside; 100 fewer (200 fewer to 50
    more), both thresholds inside.
    """
    page = at_page(open_window, build(path))
    do = page.workspace.do
    for label, risk in (("Low risk", 0.1), ("High risk", 0.5)):
        done(do(add, "baseline", outcome="calm", label=label, risk=risk, source="Invented"))
    done(do(change, "published_estimate", "calm", measure="RR", estimate=0.8, ci_low=0.6,
            ci_high=1.1))
    done(do(change, "outcome", "calm", mid=20, better="lower"))
    page.rating.cards["imprecision"].setFocus()
    settle_down(page)
    return page


def rated_outcome(page: GradePage) -> Outcome:
    """Return the outcome with the two baseline risks."""
    return page.workspace.project.one(Outcome, "calm")


def test_each_baseline_risk_can_be_rated_apart_and_none_is_chosen(page: GradePage) -> None:
    form = page.rating.cards["imprecision"].details.baselines
    assert not form.isHidden()
    assert list(form.rows) == ["at/0.1", "at/0.5"]
    assert [one.value for one in form.rows.values()] == [None, None]
    for domain in ("rob", "indirectness", "publication_bias"):
        page.rating.cards[domain].setFocus()
        press("1")
    for domain, key in (("inconsistency", "5"), ("imprecision", "2")):
        page.rating.cards[domain].setFocus()
        press(key)
    settle_down(page)
    assert rating_of(page.workspace.project, "calm", "a").at == ()
    form.take_focus()
    press("Down", "3")
    settle_down(page)
    rated = rating_of(page.workspace.project, "calm", "a")
    assert rated.level == "moderate"
    assert [(one.risk, one.concern, one.certainty.level) for one in rated.at] == [
        (0.5, "very_serious", "low")]
    assert "Certainty here: Low (4 − 2 = 2)" in page.rating.side.effects.texts()
    preview = preview_of(page.workspace.project, rated_outcome(page), rated)
    said = "At a risk of 500 per 1000 (High risk) imprecision is rated down two levels instead."
    assert said in [one.text for one in preview.footnotes]
    assert [(first, lines, cell.word) for first, lines, cell in preview.row.certainties] == [
        (0, 2, "Moderate"), (2, 2, "Low")]
    assert preview.row.statement.text.startswith("Low risk: Humming probably has little or no")
    page.workspace.undo()
    settle_down(page)
    assert rating_of(page.workspace.project, "calm", "a").at == ()


def test_where_all_say_the_same_nothing_is_asked(page: GradePage) -> None:
    form = page.rating.cards["imprecision"].details.baselines
    done(page.workspace.do(change, "outcome", "calm", mid=900))
    settle_down(page)
    assert form.isHidden()
    page.outcomes.list.choose("sleep")
    page.rating.cards["imprecision"].setFocus()
    settle_down(page)
    assert form.isHidden()


def test_each_risk_says_its_effect_and_what_the_interval_contains(page: GradePage) -> None:
    form = page.rating.cards["imprecision"].details.baselines
    said = [one.text() for one in form.findChildren(QLabel)]
    assert said[1:] == [
        "Low risk (100 per 1000): 20 fewer per 1000 (40 fewer to 10 more); contains a threshold",
        "High risk (500 per 1000): 100 fewer per 1000 (200 fewer to 50 more); from an important "
        "benefit to an important harm"]
    lefts = {one.mapTo(form, one.rect().topLeft()).x() for one in form.rows.values()}
    assert len(lefts) == 1


def test_the_preview_shows_the_certainty_of_the_risk_it_shows(page: GradePage) -> None:
    done(page.workspace.do(judge, unit_of("calm"), "imprecision", "very_serious", part="at/0.1"))
    for domain in ("rob", "inconsistency", "indirectness", "publication_bias"):
        done(page.workspace.do(judge, unit_of("calm"), domain, "not_serious"))
    done(page.workspace.do(judge, unit_of("calm"), "imprecision", "serious"))
    settle_down(page)
    preview = page.rating.preview
    assert preview.cells[1].text() == "100 per 1000 (Low risk)"
    assert preview.word.text().startswith("Low ")
    assert "At a risk of 100 per 1000 (Low risk)" in preview.word.toolTip()


def reconciling(page: GradePage) -> ReconcilePage:
    """Let both finish, A with −2 at the higher risk, and go to Reconcile as one does from here."""
    project = page.workspace.project
    for seat in SEATS:
        project.seat = f"person-{seat}"
        if seat == "a":
            done(judge(project, unit_of("calm"), "imprecision", "very_serious", part="at/0.5"))
        rate_all(project, "calm", seat)
    window = page.window()
    window.open("reconcile", "calm")
    assert isinstance(window.page, ReconcilePage)
    return window.page


def test_reconcile_opens_where_the_two_differ(page: GradePage) -> None:
    shown = reconciling(page)
    assert shown.items.filter == "open"
    assert [(one.domain_title, one.part_title) for one in shown.items.shown()] == [
        ("Imprecision", "at High risk (500 per 1000)")]
    assert "Very serious" in shown.a.accessibleName()
    assert "Serious" in shown.b.accessibleName()
    entry = shown.items.list.items[0]
    assert entry.subtitle.startswith("at High risk (500 per 1000) · Imprecision")


def test_reconcile_says_who_has_not_rated_a_risk_apart(page: GradePage) -> None:
    shown = reconciling(page)
    words = "Not rated apart here: the level of the whole outcome"
    said = [words in [one.text() for one in side.findChildren(QLabel)]
            for side in (shown.a, shown.b)]
    assert said == [False, True]


def test_reconcile_offers_at_a_risk_what_can_be_rated_there(page: GradePage) -> None:
    shown = reconciling(page)
    press("3")
    assert [one.choice.code for one in shown.consensus.levels.buttons] == [
        "not_serious", "serious", "very_serious", "extremely_serious"]


def test_reconcile_follows_a_risk_that_is_renamed_or_removed(page: GradePage) -> None:
    shown = reconciling(page)
    high = next(one.id for one in page.workspace.project.all(Baseline) if one.label == "High risk")
    done(page.workspace.do(change, "baseline", high, label="Highest risk"))
    assert "at Highest risk (500 per 1000)" in shown.header.title.text()
    done(page.workspace.do(remove, "baseline", high))
    assert [one.part_title for one in shown.items.items if one.part_title] == []
    page.workspace.undo()
    assert "at Highest risk (500 per 1000)" in [one.part_title for one in shown.items.items]


@pytest.mark.parametrize(("way", "concern"), [("1", "very_serious"), ("2", None)])
def test_the_arbiter_decides_a_referred_risk(
    page: GradePage, way: str, concern: str | None
) -> None:
    """Taking B's level at that risk leaves it with the level of the whole outcome."""
    shown = reconciling(page)
    project = page.workspace.project
    done(page.workspace.do(add, "person", id="person-c", role="arbiter", name="Cleo"))
    shown.items.list.setFocus()
    press("4")
    shown.consensus.reason.edit.setPlainText("We cannot agree.")
    press("Ctrl+Enter")
    page.workspace.sit("person-c")
    shown.items.filter_by("referred")
    shown.items.list.setFocus()
    press(way)
    shown.consensus.reason.edit.setPlainText("Both limits count.")
    press("Ctrl+Enter")
    done(settle_agreements(project, (unit_of("calm"),)))
    done(make_final(project, (unit_of("calm"),)))
    apart = settled_rating(project, "calm").at_risk(0.5)
    assert (apart.concern if apart is not None else None) == concern


def test_the_words_that_are_printed_come_from_the_side_that_is_taken(page: GradePage) -> None:
    shown = reconciling(page)
    shown.items.list.setFocus()
    press("1")
    taken = "The interval from 4 studies contains the threshold: one level."
    assert shown.consensus.explanation.text() == taken
    press("3")
    assert shown.consensus.explanation.text() == ""
    shown.consensus.levels.press(Qt.Key.Key_4, "4")
    shown.consensus.reason.edit.setPlainText("We agreed on more.")
    press("Ctrl+Enter")
    assert "printed" in shown.consensus.explanation.problem.text()
    assert shown.window().focusWidget() is shown.consensus.explanation.edit
    own = "At 500 per 1000 the interval reaches from 200 fewer to 50 more."
    QTest.keyClicks(shown.window().focusWidget(), own)
    press("Ctrl+Enter")
    project = page.workspace.project
    made = opened(project, unit_of("calm"), "consensus")
    assert made.explanation("imprecision", "at/0.5") == own
    done(settle_agreements(project, (unit_of("calm"),)))
    done(make_final(project, (unit_of("calm"),)))
    assert [one.explanation for one in settled_rating(project, "calm").at] == [own]


def settled_table(page: GradePage) -> SummaryOfFindingsPage:
    """Settle −2 at the higher risk, and show the table."""
    project = page.workspace.project
    for seat in SEATS:
        project.seat = f"person-{seat}"
        done(judge(project, unit_of("calm"), "imprecision", "very_serious", part="at/0.5"))
        rate_all(project, "calm", seat)
    done(settle_agreements(project, (unit_of("calm"),)))
    done(make_final(project, (unit_of("calm"),)))
    window = page.window()
    window.open("summary_of_findings", "")
    shown = window.page
    assert isinstance(shown, SummaryOfFindingsPage)
    return shown


def test_letters_of_notes_stay_on_the_line_of_their_level(page: GradePage) -> None:
    view = settled_table(page).findChild(FindingsTable)
    cells = [one for one in view.found.grid.pieces if one.certainty and one.outcome == "calm"]
    assert [one.text.split("\n")[-1] for one in cells] == ["Moderate", "Low"]
    for one in cells:
        row = view.found.row_of(one)
        room = view.columnWidth(one.column) - 2 * theme.px(PAD)
        laid = document(words_html(one, row), room)
        assert laid.size().height() > 0  # lays out
        assert laid.begin().layout().lineCount() == 1


@pytest.mark.parametrize("zoom", [100, 150])
def test_no_column_of_the_table_is_pushed_out_of_sight(page: GradePage, zoom: int) -> None:
    view = settled_table(page).findChild(FindingsTable)
    page.window().resize(1280, 720)
    theme.apply("light", zoom)
    try:
        settle_down(page)
        widths = [view.columnWidth(n) for n in range(len(view.found.grid.columns))]
        assert sum(widths) <= view.viewport().width()
    finally:
        theme.apply("light", 100)


@pytest.mark.parametrize("zoom", [100, 150])
def test_everything_of_reconcile_is_in_sight_in_a_small_window(
    page: GradePage, zoom: int
) -> None:
    """With all buttons: the consensus is final and can be opened again; and with long names."""
    done(page.workspace.do(change, "person", "person-a", name="Alexandra-Victoria Kellermann"))
    settled_table(page)
    window = page.window()
    window.resize(1280, 720)
    theme.apply("light", zoom)
    try:
        window.open("reconcile", "calm")
        shown = window.page
        assert isinstance(shown, ReconcilePage)
        shown.items.filter_by("settled")
        settle_down(page)
        assert not shown.reopen.isHidden()
        for one in (shown.a, shown.b, shown.consensus, shown.settle):
            right = one.mapTo(window, one.rect().topRight()).x()
            assert right <= window.width()
    finally:
        theme.apply("light", 100)

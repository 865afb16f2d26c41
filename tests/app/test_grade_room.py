"""The GRADE page where room is short, and what is always in sight on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.pages.grade import GradePage
from assessments.assessment import Judgement
from assessments.rating import rating_of
from assessments.rating_sheet import advised_before_finish, missing_to_finish
from assessments.review import Outcome
from assessments.review_edits import add, change
from tests.app.grade_review import Opener, at_page, build, settle_down
from tests.app.risk_of_bias_review import press
from tests.conftest import done


@pytest.fixture
def page(open_window: Opener, path: Path) -> GradePage:
    """The page on the small review, with A sitting there."""
    return at_page(open_window, build(path))


def go_to(page: GradePage, outcome: str) -> None:
    """Show an outcome."""
    page.outcomes.list.choose(outcome)
    settle_down(page)


# -- room ----------------------------------------------------------------------------------


def test_in_a_small_window_levels_stand_beside_the_title_and_only_the_cards_scroll(
    page: GradePage,
) -> None:
    card = page.rating.cards["rob"]
    wide = [one.choice.word for one in card.levels.buttons]
    assert wide[2] == "Very serious −2"
    page.window().resize(1280, 720)
    settle_down(page)
    shown = {one.choice.code: one for one in card.levels.buttons}
    assert shown["very_serious"].choice.word == "Very −2"
    assert shown["very_serious"].accessibleName() == "Very serious −2"
    title, levels = (one.mapTo(card, one.rect().center()) for one in (card.title, card.levels))
    assert abs(levels.y() - title.y()) < 8
    assert page.layout().heightForWidth(page.width()) <= page.height()
    assert page.rating.preview.head.isHidden()
    assert page.rating.preview.headings[0].text() == "Outcome · preview"


def test_each_level_shows_the_key_that_chooses_it(page: GradePage) -> None:
    for card in page.rating.cards.values():
        for one in card.levels.buttons:
            assert one.shows_key
            assert str(one.number) == one.choice.key
    press("5")
    settle_down(page)
    assert page.desk.sheet.level("rob") == "not_assessable"


def test_a_published_estimate_has_no_picture_of_inconsistency(page: GradePage) -> None:
    assert page.rating.cards["inconsistency"].picture.isHidden()
    assert not page.rating.cards["imprecision"].picture.isHidden()


def test_a_fact_that_the_line_tells_is_not_told_again_until_all_are_asked_for(
    page: GradePage,
) -> None:
    card = page.rating.cards["imprecision"]
    card.setFocus()
    settle_down(page)
    assert "People 900" in card.facts.text()
    shown = card.details.facts.texts()
    assert "Participants" not in shown
    assert len(shown) <= 12
    card.details.more_facts.click()
    assert "Participants" in card.details.facts.texts()


# -- what is missing -----------------------------------------------------------------------


def test_what_is_missing_first_stands_above_the_button_and_leads_there(page: GradePage) -> None:
    first = page.rating.side.first
    count = len(missing_to_finish(page.workspace.project, "calm"))
    assert first.accessibleName() == f"{count} missing · Risk of bias: level"
    assert first.text() == first.accessibleName(), "it is there before anything is pressed"
    press("1")
    settle_down(page)
    assert first.accessibleName() == f"{count - 1} missing · Inconsistency: level"
    first.click()
    settle_down(page)
    assert page.rating.cards["inconsistency"].hasFocus()


def test_a_threshold_without_source_is_advised_and_stops_nobody(page: GradePage) -> None:
    project = page.workspace.project
    before = missing_to_finish(project, "calm")
    done(page.workspace.do(change, "outcome", "calm", mid_source=""))
    settle_down(page)
    assert [one.code for one in advised_before_finish(project.one(Outcome, "calm"))] == [
        "no-mid-source"]
    assert missing_to_finish(project, "calm") == before
    shown = [one.accessibleName() for one in page.rating.side.places if not one.isHidden()]
    assert shown[-1] == "The source of the threshold is not stated."
    page.rating.side.places[len(shown) - 1].click()
    settle_down(page)
    assert page.tabs.shown == "thresholds"
    form = page.thresholds.claim.claim
    assert form.inputs["mid_source"].isAncestorOf(QApplication.focusWidget())
    assert "Write down where the threshold comes from." in page.thresholds.claim.wrong.text()


def test_the_thresholds_open_where_a_decision_is_missing(page: GradePage) -> None:
    done(page.workspace.do(change, "outcome", "calm", better=None))
    settle_down(page)
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.rating.cards["rob"], Qt.Key.Key_T, held)
    settle_down(page)
    assert page.tabs.shown == "thresholds"
    better = page.thresholds.claim.claim.inputs["better"]
    focus = QApplication.focusWidget()
    assert focus is better or better.isAncestorOf(focus)
    assert ("Ctrl Shift T", "rating") in page.hints()


# -- what is not asked, and what is not there ----------------------------------------------


def test_prompts_that_are_not_asked_say_why(page: GradePage) -> None:
    card = page.rating.cards["imprecision"]
    card.setFocus()
    settle_down(page)
    idle = page.desk.sheet.not_asked("imprecision")
    assert "IMP-4" in {one.id for one in idle}
    quiet = card.details.quiet
    assert f"{len(idle)} not asked" in quiet.open.text()
    quiet.show_all()
    said = [quiet._list.itemAt(n).widget().text() for n in range(quiet._list.count())]
    assert sum(": not asked here. " in one for one in said) == len(idle)
    assert all(one.reason for one in idle)


def test_remarks_on_steps_are_for_levels_that_were_taken_off(page: GradePage) -> None:
    press("5", "R", "Only the pooled estimate of 4 studies is known here", "Esc")
    settle_down(page)
    explanation = page.rating.cards["rob"].explanation
    assert "how many levels" not in explanation.warnings.text()
    press("2")
    settle_down(page)
    assert "how many levels" in explanation.warnings.text()


def test_an_outcome_that_nobody_reported_says_so_and_leads_on(page: GradePage) -> None:
    go_to(page, "harm")
    assert page.header.facts.text() == "no included study reported it"
    assert "not reported" in page.context()
    assert page.rating.side.effect_title.isHidden()
    assert page.rating.side.above_steps.isHidden()
    assert page.rating.preview.word.text() == "Not rated"
    page.step(0)
    page.rating.take_focus()
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Next to do"


# -- walking -------------------------------------------------------------------------------


def test_alt_and_an_arrow_go_to_the_outcome_beside_even_from_a_button(page: GradePage) -> None:
    page.rating.side.finish.setFocus()
    press("Alt+Down")
    settle_down(page)
    assert page.desk.outcome == "sleep"
    assert page.rating.isAncestorOf(QApplication.focusWidget())
    press("Alt+Up")
    settle_down(page)
    assert page.desk.outcome == "calm"
    assert rating_of(page.workspace.project, "calm", "a") is None


def test_another_assessor_begins_on_a_card(page: GradePage) -> None:
    press("Tab", "Tab")
    page.workspace.sit("person-b")
    settle_down(page)
    assert page.rating.cards[page.rating.current].hasFocus()


def test_looking_ahead_waits_while_somebody_types_and_reaches_every_outcome(
    page: GradePage,
) -> None:
    page.ahead.start()
    timer = page.ahead._timer
    QTest.qWait(100)
    left = timer.remainingTime()
    press("1")
    assert timer.remainingTime() > left
    settle_down(page)
    page.ahead.finish()
    assert not timer.isActive()
    press("2")
    assert not timer.isActive(), "it listens only while something is left"
    steps = page._next_steps()
    assert len(steps) > len(page.rating.steps_ahead()) + 2, "steps for more than a neighbour"


def test_the_page_is_filled_in_idle_time_before_it_is_shown(
    open_window: Opener, path: Path
) -> None:
    window = open_window(build(path))
    window.workspace.sit("person-a")
    window.make_ready("grade")
    page = window.pages["grade"]
    for name in page.LATER:
        assert getattr(page, name)
    assert page.desk.outcome == "calm"
    assert page.rating.side.word.text() == "Incomplete"
    assert not page.isVisible()
    assert [getattr(page, name) for name in page.LATER] == [False, False], "once is enough"
    done(window.workspace.do(change, "outcome", "calm", label="Calmness"))
    window.show_page("grade")
    settle_down(page)
    assert page.header.title.text() == "Calmness, 12 weeks"
    assert page.workspace.project.all(Judgement) == ()


def test_risk_of_bias_that_is_not_settled_leads_where_it_is_mended(page: GradePage) -> None:
    done(page.workspace.do(change, "published_estimate", "calm", rob_statement=""))
    settle_down(page)
    page.rating.finish()
    settle_down(page)
    notice = page.rating.notice
    link = next(one for one in notice.findChildren(QPushButton) if "by whom" in one.text())
    link.click()
    settle_down(page)
    assert page.tabs.shown == "thresholds"
    statement = page.thresholds.claim.published.inputs["rob_statement"]
    assert statement.isAncestorOf(QApplication.focusWidget())
    wanted: list[tuple[str, str]] = []
    page.wanted.connect(lambda *where: wanted.append(where))
    page.rating.jump("risk_of_bias")
    assert wanted == [("risk_of_bias", "")]


def test_a_prompt_with_many_facts_leaves_the_rest_to_the_table(page: GradePage) -> None:
    for label, risk in (("Low", 0.1), ("High", 0.5)):
        done(page.workspace.do(add, "baseline", outcome="calm", label=label, risk=risk,
                               source="Invented"))
    done(page.workspace.do(change, "published_estimate", "calm", measure="RR", estimate=0.8,
                           ci_low=0.6, ci_high=1.1))
    done(page.workspace.do(change, "outcome", "calm", mid=20, better="lower"))
    page.rating.cards["imprecision"].setFocus()
    settle_down(page)
    row = page.rating.cards["imprecision"].details.prompts["IMP-1"]
    assert len(row.prompt.facts) > 5
    assert row.facts.text().count("  ·  ") == 5
    assert row.facts.text().endswith(f"{len(row.prompt.facts) - 5} more facts above")

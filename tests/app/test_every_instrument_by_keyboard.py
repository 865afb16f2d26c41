"""Every instrument that ships, assessed from the first question to the seal by real keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.main_window import MainWindow
from app.pages.risk_of_bias import RiskOfBiasPage
from app.pages.risk_of_bias_parts.judgement_box import JudgementBox
from app.widgets.question_card import QuestionCard
from assessments.instrument import OVERALL
from assessments.instrument_decisions import NOT_FOR_STUDIES
from assessments.instruments_kept import SHIPPED, shipped_instrument
from assessments.review_edits import change
from assessments.store.project_file import open_project
from tests.app.risk_of_bias_review import build, press
from tests.conftest import done

Opener = Callable[[Path], MainWindow]

WALKS = [
    (name, number)
    for name, _title in SHIPPED if name not in NOT_FOR_STUDIES
    for number in range(max(1, len(shipped_instrument(name).effects)))
]
"""Instrument and place of the effect of interest, 0 for those without one."""


def at_instrument(open_window: Opener, path: Path, instrument: str) -> RiskOfBiasPage:
    """Open the page with a study that is assessed with that instrument."""
    build(path, studies=1)
    with open_project(path, name="Test") as project:
        done(change(project, "study", "s1", instrument=instrument))
    window = open_window(path)
    window.workspace.sit("person-a")
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    window.rail.buttons["review"].setFocus()
    press("Ctrl+3")
    page = window.page
    assert isinstance(page, RiskOfBiasPage)
    QApplication.processEvents()
    page.main.take_focus()
    return page


def answer_what_is_asked(page: RiskOfBiasPage) -> int:
    """Answer every question from top to bottom by its letters; return how many."""
    form = page.main.form
    for count in range(40):
        card = next((one for one in form.stops()
                     if isinstance(one, QuestionCard) and one.answer is None), None)
        if card is None:
            return count
        card.take_focus()
        option = card.options[count % len(card.options)]
        press(option.keys)
        assert card.answer == option.code, (card.number, option)
    pytest.fail("the questions do not end")


def choose_departures(page: RiskOfBiasPage) -> None:
    """Say that every kind of departure is of interest, where that is asked."""
    card = page.main.form.effect_card
    if card is not None and card.isVisible() and card.departures.isVisible():
        for tick in card.kinds.values():
            tick.setFocus()
            press("Space")
        press("Enter")
        assert len(page.desk.sheet.departures) == len(card.kinds)


def judge(box: JudgementBox) -> None:
    """Accept what is proposed, or choose the last level by its key, and give its support."""
    box.take_focus()
    if box.levels.proposal:
        press("Enter")
        assert box.levels.value == box.levels.proposal
    else:
        choice = box.levels.buttons[-1].choice
        press(choice.key)
        assert box.levels.value == choice.code
    if box.support.problem.text():
        press("Enter", "Stated in the report, p. 2", "Esc")


@pytest.mark.parametrize(("name", "effect"), WALKS)
def test_from_the_first_question_to_the_seal(
    open_window: Opener, path: Path, name: str, effect: int
) -> None:
    page = at_instrument(open_window, path, name)
    instrument = shipped_instrument(name)
    assert page.desk.unit is not None
    assert page.desk.unit.instrument == name
    if instrument.effects:
        press(str(effect + 1))
        page.main.take_focus()
        assert page.desk.sheet.effect == instrument.effects[effect].code
    asked = 0
    for domain in page.desk.sheet.domains:
        assert page.main.domain_id == domain.id
        choose_departures(page)
        asked += answer_what_is_asked(page)
        for box in page.main.form.boxes.values():
            judge(box)
        press("Ctrl+Enter")
    assert asked or not any(one.questions for one in page.desk.sheet.domains)
    if instrument.overall is not None:
        assert page.main.domain_id == OVERALL
        judge(page.main.form.box)
    press("Ctrl+Shift+Enter")
    assert page.desk.sheet.finished, page.main.notice.words.text()


def test_stars_are_given_by_their_number(open_window: Opener, path: Path) -> None:
    page = at_instrument(open_window, path, "newcastle-ottawa")
    box = page.main.form.boxes[""]
    box.take_focus()
    for number in "02314":
        press(number)
        assert box.levels.value == f"stars_{number}"


def test_answers_that_only_their_words_explain(open_window: Opener, path: Path) -> None:
    page = at_instrument(open_window, path, "newcastle-ottawa")
    card = page.main.form.cards["S1"]
    shown = [one.text() for one in card.findChildren(QLabel) if one.isVisible()]
    assert ("a* Truly representative  ·  b* Somewhat representative  ·  c A selected group  ·  "
            "d Not described") in shown
    card.take_focus()
    press("b")
    assert card.answer == "b*"
    tile = page.main.tabs.tiles["selection"]
    assert tile.accessibleName() == "Selection, not judged yet, 1 of 4 answered"

"""Whole assessments by real key events alone: RoB 2, RoB 1 and ROBINS-I V2."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.main_window import MainWindow
from app.pages.risk_of_bias import RiskOfBiasPage
from assessments.assessment import Unit
from assessments.instrument import OVERALL
from assessments.instrument_rules import propose
from assessments.instruments_kept import shipped_instrument
from assessments.sealing import opened
from assessments.store.project_file import Project
from tests.app.risk_of_bias_review import build, press

Opener = Callable[[Path], MainWindow]


def at_page(open_window: Opener, path: Path) -> RiskOfBiasPage:
    """Open a review with A sitting there and go to the page by its key."""
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


def level_in(project: Project, unit: Unit, domain: str, part: str = "") -> str | None:
    found = opened(project, unit, "a")
    assert found is not None
    return found.level(domain, part)


ROB2 = {
    "D1": (("Y", "PY", "PN"), "low"),
    "D2": (("N", "N", "Y"), "low"),
    "D3": (("Y",), "low"),
    "D4": (("N", "N", "Y", "PY", "PN"), "some_concerns"),
    "D5": (("Y", "N", "N"), "low"),
}


def test_rob2_five_domains_with_quotes(open_window: Opener, path: Path) -> None:
    page = at_page(open_window, build(path))
    unit = page.desk.unit
    assert unit == Unit(instrument="rob2-parallel", kind="result", id="s1-o1")
    press("1")  # the effect of assignment, asked before anything that depends on it
    page.main.take_focus()
    for domain, (codes, level) in ROB2.items():
        assert page.main.domain_id == domain
        for index, code in enumerate(codes):
            press(code)
            if index == 0:
                press("Q", f"Words about {domain}", "Enter", "4", "Enter")
                press("Enter", f"Note on {domain}", "Enter")
            press("Down")
        press("Enter")  # accepts what is proposed
        assert level_in(page.workspace.project, unit, domain) == level
        press("Ctrl+Enter")
    assert page.main.domain_id == OVERALL
    press("Enter", "Ctrl+Shift+Enter")
    seen = opened(page.workspace.project, unit, "a")
    assert seen is not None
    assert seen.assessment.finished
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Next to do"
    assert seen.assessment.effect == "assignment"
    assert seen.level(OVERALL) == "some_concerns"
    assert {(one.domain, one.text, one.page) for one in seen.quotes} == {
        (domain, f"Words about {domain}", "4") for domain in ROB2
    }
    assert {one.note for one in seen.answers if one.note} == {f"Note on {d}" for d in ROB2}
    instrument = shipped_instrument("rob2-parallel")
    for domain in ROB2:
        made = seen.judgement(domain)
        proposal = propose(instrument, domain, seen.responses(domain), "assignment", "rct")
        assert made is not None
        assert (made.proposed, made.rule) == (proposal.level, proposal.rule)


def test_letters_positions_pending_and_clearing(open_window: Opener, path: Path) -> None:
    page = at_page(open_window, build(path))
    press("1")
    page.main.take_focus()
    card = page.main.form.cards["1.1"]
    press("P")
    assert card.answer is None
    assert card.waiting.isVisible()
    assert card.waiting.text() == "P …"
    press("Esc")
    assert not card.waiting.isVisible()
    press("P", "N")
    assert page.desk.sheet.responses("D1") == {"1.1": "PN"}
    press("5")
    assert page.desk.sheet.responses("D1") == {"1.1": "NI"}
    press("I")
    assert page.desk.sheet.responses("D1") == {"1.1": "NI"}
    press("Back")
    assert page.desk.sheet.responses("D1") == {}
    press("J")
    assert page.main.place == ("1.2", "")
    press("K")
    assert page.main.place == ("1.1", "")


def test_another_level_asks_for_a_reason(open_window: Opener, path: Path) -> None:
    page = at_page(open_window, build(path))
    press("1")
    page.main.take_focus()
    press("Y", "Down", "Y", "Down", "N", "Down")
    box = page.main.form.boxes[""]
    assert box.levels.value is None
    assert box.levels.proposal == "low"
    press("H")
    assert box.reason.isVisible()
    press("Enter", "The list was open", "Enter")
    made = page.desk.sheet.judgement("D1")
    assert (made.level, made.proposed, made.reason) == ("high", "low", "The list was open")


def test_a_closed_question_keeps_its_answer(open_window: Opener, path: Path) -> None:
    page = at_page(open_window, build(path))
    press("1")
    page.main.take_focus()
    press("Ctrl+Enter", "Y", "Down", "Y", "Down", "P", "Y")
    form = page.main.form
    assert form.cards["2.3"].isVisible()
    press("Up", "N", "Up", "N")
    assert not form.cards["2.3"].isVisible()
    assert form.closed["2.3"].isVisible()
    assert "PY" in form.closed["2.3"].reason.text()
    assert page.desk.sheet.responses("D2")["2.3"] == "PY"
    press("Y")
    assert form.cards["2.3"].isVisible()
    assert form.cards["2.3"].answer == "PY"


def test_rob1_by_keys(open_window: Opener, path: Path) -> None:
    from assessments.review_edits import change
    from assessments.store.project_file import open_project
    from tests.conftest import done

    build(path)
    with open_project(path, name="Test") as project:
        done(change(project, "study", "s1", instrument="rob1"))
    page = at_page(open_window, path)
    unit = page.desk.unit
    assert unit == Unit(instrument="rob1", kind="study", id="s1")
    letters = {"D1": "L", "D2": "U", "D3": "H", "D4": "L", "D5": "L", "D6": "U", "D7": "L"}
    for domain, letter in letters.items():
        assert page.main.domain_id == domain
        press(letter)
        press("Q", f"Words about {domain}", "Enter", "7", "Enter")
        press("Enter", f"Because of {domain}", "Esc", "Ctrl+Enter")
    press("Ctrl+Shift+Enter")
    seen = opened(page.workspace.project, unit, "a")
    assert seen is not None
    assert seen.assessment.finished, page.main.notice.words.text()
    words = {"L": "low", "U": "unclear", "H": "high"}
    for domain, letter in letters.items():
        made = seen.judgement(domain)
        assert made is not None
        assert made.level == words[letter]
        assert made.support == f"Because of {domain}"
    assert len(seen.quotes) == 7


ROBINS = {
    "B": (("Y", "N"), "proceed"),
    "D1": (("Y", "Y", "N", "N"), "low_except_confounding"),
    "D2": (("Y", "N", "N"), "low"),
}


def test_robins_i_v2_by_keys(open_window: Opener, path: Path) -> None:
    page = at_page(open_window, build(path, design="nrs"))
    unit = page.desk.unit
    assert unit is not None
    assert unit.instrument == "robins-i-v2"
    press("1")
    page.main.take_focus()
    instrument = shipped_instrument("robins-i-v2")
    for domain in instrument.domains_for("assignment"):
        assert page.main.domain_id == domain.id
        _answer_openly(page)
        press("Enter")
        proposal = page.desk.sheet.proposal(domain.id)
        assert proposal.state == "proposed", (domain.id, proposal)
        assert level_in(page.workspace.project, unit, domain.id) == proposal.level
        press("Ctrl+Enter")
    press("Enter", "Ctrl+Shift+Enter")
    seen = opened(page.workspace.project, unit, "a")
    assert seen is not None
    assert seen.assessment.finished, page.main.notice.words.text()
    assert {one.id for one in instrument.domains if one.judged} <= {
        one.domain for one in seen.judgements
    }


def _answer_openly(page: RiskOfBiasPage) -> None:
    """Answer every question that is asked by its favourable position, from top to bottom."""
    form = page.main.form
    stops = form.stops()
    stops[0].take_focus()
    for _step in range(40):
        question = page.main.place[0]
        if not question:
            return
        wanted = form.domain.question(question)
        if page.main.form.cards[question].answer is None:
            if page.main.domain_id == "B":
                code = "Y" if question == "B1" else "N"
            else:
                code = "N" if wanted.unfavourable == "yes" else "Y"
            code = code if code in wanted.codes else wanted.codes[0]
            press(code)
        press("Down")
    pytest.fail("the questions do not end")


def test_next_result_flag_and_next_to_do(open_window: Opener, path: Path) -> None:
    page = at_page(open_window, build(path))
    assert page.desk.unit.id == "s1-o1"
    press("Alt+Down")
    assert page.desk.unit.id == "s1-o2"
    press("Ctrl+Shift+F")
    assert page.desk.sheet.own.assessment.flagged
    assert page.queue.filters["flags"].text() == "Flags 1"
    press("Alt+Up")
    assert page.desk.unit.id == "s1-o1"
    press("Ctrl+J")
    assert page.desk.unit.id == "s1-o2"
    press("F1")
    assert page.side.guidance.isVisible()


def test_undo_takes_an_answer_back_and_escape_leads_to_the_list(
    open_window: Opener, path: Path
) -> None:
    page = at_page(open_window, build(path))
    press("1")
    page.main.take_focus()
    press("Y", "N")
    press("Ctrl+Z")
    assert page.desk.sheet.responses("D1") == {"1.1": "Y"}
    assert page.main.form.cards["1.1"].answer == "Y"
    press("Ctrl+Z")
    assert page.desk.sheet.responses("D1") == {}
    assert page.main.form.cards["1.1"].answer is None
    press("Enter", "Esc")
    assert page.main.form.cards["1.1"].pills["Y"].hasFocus()
    press("Esc")
    assert page.queue.list.hasFocus()
    press("Down")
    assert page.desk.unit.id == "s1-o2"
    assert page.queue.list.hasFocus()
    press("Enter")
    assert page.main.form.cards["1.1"].pills["Y"].hasFocus()

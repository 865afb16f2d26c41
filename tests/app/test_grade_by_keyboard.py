"""Whole ratings by real key events alone, by both assessors, and what no key may do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.pages.grade import GradePage
from assessments.assessment import Judgement
from assessments.rating import rating_of, unit_of
from assessments.sealing import opened, standing
from gradecore.grade.vocabulary import DOMAINS, UPGRADES
from tests.app.grade_review import OUTCOMES, Opener, at_page, build, settle_down
from tests.app.risk_of_bias_review import press

REASON = "Humming in {n} studies of 12 weeks: rated down one level."
LEVELS = {
    "a": {
        "calm": ("2", "5", "1", "2", "5"), "sleep": ("1", "5", "1", "2", "1"),
        "mood": ("2", "1", "2", "2", "5"),
    },
    "b": {
        "calm": ("1", "5", "1", "2", "5"), "sleep": ("1", "5", "2", "2", "1"),
        "mood": ("2", "5", "1", "2", "1"),
    },
}
CODES = {"1": "not_serious", "2": "serious", "5": "not_assessable"}
CERTAINTY = {
    "a": {"calm": "low", "sleep": "moderate", "mood": "very_low"},
    "b": {"calm": "moderate", "sleep": "low", "mood": "low"},
}


def rate_by_keys(page: GradePage, levels: tuple[str, ...]) -> None:
    """Rate the outcome that is shown, domain by domain."""
    for number, (domain, level) in enumerate(zip(DOMAINS, levels, strict=True)):
        assert page.rating.current == domain
        assert page.rating.cards[domain].hasFocus()
        press(level)
        if level != "1":
            press("R", REASON.format(n=number + 2), "Esc")
        if domain == "indirectness":
            press("Down", "1", "Down", "2", "Down", "1", "Down", "1")
            settle_down(page)
            press("Esc")
        for prompt in page.desk.sheet.waiting(domain):
            press("Down")
            assert QApplication.focusWidget() is page.rating.cards[domain].details.prompts[
                prompt.id]
            press("2")
            settle_down(page)
            press("Esc")
        assert page.desk.sheet.waiting(domain) == ()
        if domain != DOMAINS[-1]:
            press("Tab")
    press("Ctrl+Shift+Enter")
    settle_down(page)


def test_both_assessors_rate_three_outcomes(open_window: Opener, path: Path) -> None:
    page = at_page(open_window, build(path))
    project = page.workspace.project
    for seat in ("a", "b"):
        if seat == "b":
            page.workspace.sit("person-b")
            settle_down(page)
            press("Ctrl+J")
        for key in OUTCOMES:
            assert page.desk.outcome == key
            rate_by_keys(page, LEVELS[seat][key])
            assert standing(project, unit_of(key))[seat] == "finished", [
                str(one) for one in page.rating.missing]
            press("Ctrl+J")
            settle_down(page)
        for key in OUTCOMES:
            rated = rating_of(project, key, seat)
            assert rated is not None
            assert tuple(rated.concerns.values()) == tuple(
                CODES[one] for one in LEVELS[seat][key])
            assert rated.level == CERTAINTY[seat][key]
            assert all(level is None for level in rated.upgrades.values())
    found = opened(project, unit_of("calm"), "a")
    assert found is not None
    assert found.responses("indirectness")["pico/intervention"] == "probably_yes"
    assert {one.question for one in found.answers if one.response == "considered"} >= {
        "ack/IMP-1"}


def test_ctrl_enter_is_the_next_outcome_and_shift_tab_the_domain_before(
    open_window: Opener, path: Path
) -> None:
    page = at_page(open_window, build(path))
    press("Tab", "Tab")
    assert page.rating.current == "indirectness"
    press("Shift+Tab")
    assert page.rating.current == "inconsistency"
    press("Ctrl+Enter")
    assert page.desk.outcome == "sleep"
    assert page.rating.current == DOMAINS[0]
    press("F1")
    assert page.rating.cards["rob"].details.guidance.isVisible()
    press("F1")
    assert not page.rating.cards["rob"].details.guidance.isVisible()


def test_an_unusual_level_waits_for_a_second_word(open_window: Opener, path: Path) -> None:
    page = at_page(open_window, build(path))
    press("3")
    card = page.rating.cards["rob"]
    assert card.confirm.isVisible()
    assert page.desk.sheet.own is None
    press("Esc")
    assert not card.confirm.isVisible()
    assert page.desk.sheet.own is None
    press("3", "Enter")
    assert page.desk.sheet.level("rob") == "very_serious"
    assert "W-UNUSUAL" in {one.code for one in page.desk.sheet.remarks}


def test_three_levels_down_can_be_chosen_where_they_are_rare(
    open_window: Opener, path: Path
) -> None:
    page = at_page(open_window, build(path))
    card = page.rating.cards["inconsistency"]
    card.setFocus()
    settle_down(page)
    assert "extremely_serious" not in [one.choice.code for one in card.levels.buttons]
    card.details.rare.setFocus()
    press("Space")
    assert card.confirm.isVisible()
    assert page.desk.sheet.own is None
    press("Enter")
    settle_down(page)
    assert page.desk.sheet.level("inconsistency") == "extremely_serious"
    assert [one.choice.code for one in card.levels.buttons if one.isChecked()] == [
        "extremely_serious"]
    assert card.details.rare.isHidden()
    assert "W-UNUSUAL" in {one.code for one in page.desk.sheet.remarks}
    card.setFocus()
    press("6")  # “not applicable” is for a single study
    assert page.desk.sheet.level("inconsistency") == "extremely_serious"


def chosen_levels(page: GradePage) -> set[tuple[str, str]]:
    """Return (domain, level) of everything that was chosen in the whole review."""
    return {
        (one.domain, one.level) for one in page.workspace.project.all(Judgement)
        if one.level is not None
    }


WALKS = (
    ("Tab",) * 30, ("Shift+Tab",) * 12, ("Down",) * 40, ("Up",) * 12,
    ("Down", "Esc") * 6, ("Enter",) * 10, ("Enter", "Enter", "Esc") * 4,
    ("R", "Esc") * 5, ("R", "Only words, no level", "Esc", "Tab") * 5,
    ("Back",) * 5, ("F1", "F1"), ("7", "8", "9", "0"), ("Ctrl+Enter",) * 5,
    ("Ctrl+J",) * 5, ("Ctrl+Shift+Enter",) * 3, ("Ctrl+Z",) * 3,
)


@pytest.mark.parametrize("keys", WALKS, ids=lambda keys: " ".join(keys[:3]))
def test_no_walk_through_the_page_chooses_a_level(
    open_window: Opener, path: Path, keys: tuple[str, ...]
) -> None:
    page = at_page(open_window, build(path))
    for key in keys:
        press(key)
    settle_down(page)
    assert chosen_levels(page) == set()
    assert all(page.desk.sheet.level(name) is None for name in (*DOMAINS, *UPGRADES))


def test_arrows_in_the_levels_move_the_focus_and_choose_nothing(
    open_window: Opener, path: Path
) -> None:
    page = at_page(open_window, build(path))
    levels = page.rating.cards["rob"].levels
    press("2")
    levels.buttons[1].setFocus()
    press("Right")
    assert levels.buttons[2].hasFocus()
    press("Left", "Left", "Left")
    assert levels.buttons[0].hasFocus()
    assert chosen_levels(page) == {("rob", "serious")}
    press("Enter")
    assert chosen_levels(page) == {("rob", "not_serious")}


def test_undo_takes_back_the_choice_and_redo_gives_no_other(
    open_window: Opener, path: Path
) -> None:
    page = at_page(open_window, build(path))
    press("2", "Ctrl+Z")
    settle_down(page)
    assert chosen_levels(page) == set()
    assert page.rating.cards["rob"].levels.value is None
    page.workspace.redo()
    settle_down(page)
    assert chosen_levels(page) == {("rob", "serious")}
    assert page.rating.cards["rob"].levels.value == "serious"
    press("Back")
    assert chosen_levels(page) == set()

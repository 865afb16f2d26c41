"""Choosing the departures of interest on the page Risk of bias."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.main_window import MainWindow
from assessments.assessment import Unit
from assessments.departures import decide_departures
from assessments.effect_of_interest import decide_effect
from assessments.store.project_file import open_project
from tests.app.risk_of_bias_review import build, press
from tests.app.test_risk_of_bias_by_keyboard import at_page
from tests.conftest import done

Opener = Callable[[Path], MainWindow]
UNIT = Unit(instrument="rob2-parallel", kind="result", id="s1-o1")


def test_departures_of_interest_are_chosen_by_keys(open_window: Opener, path: Path) -> None:
    build(path)
    with open_project(path, name="Test") as project:
        done(decide_effect(project, UNIT, "adhering", for_all=True))
    page = at_page(open_window, path)
    page.queue.choose("s1-o1")
    page.main.show_domain("D1")
    assert not page.main.form.effect_card.isVisible()
    page.main.show_domain("D2")
    card = page.main.form.effect_card
    assert card.departures.isVisible()
    assert not card.use.isEnabled()
    assert card.use.toolTip() == "Choose at least one kind first."
    assert not page.main.form.cards["2.1"].isVisible()
    card.kinds["delivery_problems"].setFocus()
    press("Space", "Enter")
    assert page.desk.sheet.departures == ("delivery_problems",)
    assert not card.isVisible()
    form = page.main.form
    assert form.cards["2.4"].isVisible()
    assert form.closed["2.5"].reason.text() == (
        "Not asked: the team does not count this kind of departure."
    )
    page.queue.choose("s2-o1")
    assert page.desk.sheet.departures == ("delivery_problems",)


def test_they_can_be_changed_later_for_one_result(open_window: Opener, path: Path) -> None:
    build(path)
    with open_project(path, name="Test") as project:
        done(decide_effect(project, UNIT, "adhering", for_all=True))
        done(decide_departures(project, UNIT, ("delivery_problems",), for_all=True))
    page = at_page(open_window, path)
    page.queue.choose("s1-o1")
    page.main.header._offer_effects()
    offered = {one.text(): one for one in page.main.header.effect.menu().actions()}
    offered["Participants not following their regimen"].trigger()
    assert page.desk.sheet.departures == ("delivery_problems", "participant_adherence")
    page.queue.choose("s2-o1")
    assert page.desk.sheet.departures == ("delivery_problems",)

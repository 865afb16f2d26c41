"""The team may offer large effects only as a reason to rate up, decided beside the thresholds."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.pages.grade import GradePage
from app.pages.grade_parts.upgrades_card import UpgradesForm
from assessments.review_edits import change, setting
from tests.app.grade_review import Opener, at_page, build, settle_down
from tests.conftest import done


@pytest.fixture
def page(open_window: Opener, path: Path) -> GradePage:
    """The page on the small review with non-randomised evidence, and A sitting there."""
    made = at_page(open_window, build(path))
    done(made.workspace.do(change, "outcome", "calm", stream="nrs"))
    settle_down(made)
    return made


def decide_by_keyboard(page: GradePage, steps: int) -> None:
    """Choose another way of rating up on the tab Thresholds, with the arrow keys."""
    page.tabs.show_tab("thresholds")
    settle_down(page)
    box = page.thresholds.team.choices["reasons_to_rate_up"].box
    box.setFocus(Qt.FocusReason.TabFocusReason)
    for _step in range(abs(steps)):
        QTest.keyClick(box, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
    settle_down(page)
    page.tabs.show_tab("rating")
    settle_down(page)


def form_of(page: GradePage) -> UpgradesForm:
    form = page.rating.upgrades.form
    assert form is not None
    return form


def rows_shown(page: GradePage) -> list[str]:
    return [name for name, one in form_of(page).rows.items() if not one.isHidden()]


def test_two_reasons_and_their_prompts_go_and_come_back(page: GradePage) -> None:
    assert rows_shown(page) == ["large_effect", "dose_response", "opposing_confounding"]
    assert form_of(page).left_out.isHidden()
    decide_by_keyboard(page, 1)
    assert setting(page.workspace.project, "reasons_to_rate_up") == "large_effect"
    assert rows_shown(page) == ["large_effect"]
    assert not form_of(page).left_out.isHidden()
    asked = {one.id for one in page.desk.sheet.prompts}
    assert "UP-1" in asked
    assert not {"UP-2", "UP-3"} & asked
    decide_by_keyboard(page, -1)
    assert rows_shown(page) == ["large_effect", "dose_response", "opposing_confounding"]
    assert {"UP-2", "UP-3"} <= {one.id for one in page.desk.sheet.prompts}


def test_what_was_chosen_before_stays_in_sight_until_it_is_taken_back(page: GradePage) -> None:
    form_of(page).rows["dose_response"].choose("plus_one")
    settle_down(page)
    decide_by_keyboard(page, 1)
    assert rows_shown(page) == ["large_effect", "dose_response"]
    row = form_of(page).rows["dose_response"]
    assert "the team has decided not to rate up for this reason" in row.remarks.text()
    assert not row.remarks.isHidden()
    none = row.levels.buttons[0]
    none.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(none, Qt.Key.Key_Space)
    settle_down(page)
    assert page.desk.sheet.level("dose_response") == "none"
    assert rows_shown(page) == ["large_effect", "dose_response"], "not under the keys"
    form_of(page).considered.setFocus(Qt.FocusReason.TabFocusReason)
    form_of(page).considered.click()
    settle_down(page)
    assert rows_shown(page) == ["large_effect"]

"""What happens is written where the synthesis in words is entered, and seen at every level."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.main_window import MainWindow
from app.pages.data_and_pooling import DataAndPoolingPage
from app.pages.data_parts.evidence_forms import EvidenceForms
from app.widgets.note_field import NoteField
from assessments.review import Narrative
from tests.app.grade_review import Opener, build


@pytest.fixture
def window(open_window: Opener, path: Path) -> MainWindow:
    made = open_window(build(path))
    made.workspace.sit("person-a")
    made.resize(1280, 720)
    made.open("data_and_pooling", "mood")
    QApplication.processEvents()
    return made


def test_words_typed_are_kept_and_shown_in_their_frames(window: MainWindow) -> None:
    assert isinstance(window.page, DataAndPoolingPage)
    (forms,) = window.page.findChildren(EvidenceForms)
    form = forms.form("narrative")
    shown = {level.text(): words for level, words in form.said.lines}
    assert list(shown) == ["High", "Moderate", "Low", "Very low"]
    assert shown["High"].text() == "Write what happens in this form."
    assert shown["Very low"].text() == "The effect of humming on mood is very uncertain."
    for name, typed in (("verb", "lifts the mood"), ("verb_infinitive", "lift the mood")):
        field = form.form.inputs[name]
        assert isinstance(field, NoteField)
        field.edit.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClicks(field.edit, typed)
        QTest.keyClick(field.edit, Qt.Key.Key_Tab)
        QApplication.processEvents()
    found = window.workspace.project.one(Narrative, "mood")
    assert (found.verb, found.verb_infinitive) == ("lifts the mood", "lift the mood")
    assert [words.text() for _level, words in form.said.lines[:3]] == [
        "Humming lifts the mood.", "Humming probably lifts the mood.",
        "Humming may lift the mood.",
    ]
    assert form.said.faults.isHidden()


def test_words_that_hedge_are_told(window: MainWindow) -> None:
    (forms,) = window.page.findChildren(EvidenceForms)
    form = forms.form("narrative")
    field = form.form.inputs["verb"]
    QTest.keyClicks(field.edit, "probably lifts the mood")
    field.commit()
    QApplication.processEvents()
    assert not form.said.faults.isHidden()
    assert "“probably”" in form.said.faults.text()
    outcome = window.workspace.project.one(Narrative, "mood")
    assert outcome.verb == "probably lifts the mood", "told, not refused"

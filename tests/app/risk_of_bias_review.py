"""A small invented review for the tests of the page Risk of bias, and keys sent to its window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessments.review_edits import add, change
from assessments.store.project_file import create
from tests.conftest import done

KEYS = {
    "Enter": (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    "Esc": (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    "Down": (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier),
    "Up": (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier),
    "Space": (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
    "Tab": (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    "Back": (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
    "F1": (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
    "Ctrl+Enter": (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
    "Ctrl+Shift+Enter": (
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    ),
    "Ctrl+Shift+F": (
        Qt.Key.Key_F,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    ),
    "Ctrl+J": (Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier),
    "Ctrl+Z": (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    "Ctrl+3": (Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier),
    "Ctrl+5": (Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier),
    "Left": (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier),
    "Right": (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
    "Shift+Tab": (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier),
    "Alt+Down": (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
    "Alt+Up": (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier),
}


def build(path: Path, *, studies: int = 2, design: str = "rct") -> Path:
    """Make a review with assessors A and B, two outcomes and studies with results of both."""
    with create(path) as project:
        done(change(project, "review", "review", title="Invented review of humming",
                    label="Invented"))
        for role, name in (("a", "Anna Keller"), ("b", "Ben Moreau")):
            done(add(project, "person", id=f"person-{role}", role=role, name=name,
                     initials=name[0]))
        done(add(project, "comparison", id="c", intervention="Humming", comparator="Silence"))
        for key, label in (("o1", "Calm"), ("o2", "Boredom")):
            done(add(project, "outcome", id=key, comparison="c", label=label,
                     time_point="12 weeks"))
        for number in range(1, studies + 1):
            study = f"s{number}"
            done(add(project, "study", id=study, label=f"Invented {2000 + number}",
                     design=design))
            for outcome in ("o1", "o2"):
                done(add(project, "result", id=f"{study}-{outcome}", study=study,
                         outcome=outcome))
    return path


def press(*names: str) -> None:
    """Send real keys to whatever has the focus: names of KEYS, or text typed letter by letter."""
    for name in names:
        target = QApplication.focusWidget()
        assert target is not None, f"nothing has the focus for {name}"
        if name in KEYS:
            key, held = KEYS[name]
            QTest.keyClick(target, key, held)
        else:
            for letter in name:
                QTest.keyClicks(QApplication.focusWidget(), letter)
        QApplication.processEvents()

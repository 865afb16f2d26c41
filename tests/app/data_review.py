"""A small review with two analyses, for the tests of the page Data & pooling."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from app.main_window import MainWindow
from app.pages.data_and_pooling import DataAndPoolingPage
from app.pages.data_parts.data_tab import DataTab
from app.pages.data_parts.results_sheet import ResultsSheet
from assessments.review import Result
from assessments.review_edits import add, change
from assessments.store.project_file import Project
from tests.conftest import done

FALLS = ((18, 62, 29, 60), (17, 88, 37, 86), (8, 41, 23, 43), (34, 104, 38, 101))
"""Events and people of arm 1 and arm 2: studies s1 to s4 of the outcome Falls."""


def fill(project: Project) -> None:
    """Give the outcome Falls four studies with events, and Balance none."""
    for number in (3, 4):
        done(add(project, "study", id=f"s{number}", label=f"Study {number}", design="rct"))
    for outcome in ("o1", "o2"):
        done(change(project, "outcome", outcome, evidence="pooled", better="lower"))
    done(change(project, "analysis", "o1", measure="RR", model="random"))
    for number, (a, n1, c, n2) in enumerate(FALLS, start=1):
        done(add(project, "result", id=f"r{number}", study=f"s{number}", outcome="o1",
                 events_1=a, total_1=n1, events_2=c, total_2=n2))


def page_of(window: MainWindow) -> DataAndPoolingPage:
    """Show the page and return it."""
    window.show_page("data_and_pooling")
    QApplication.processEvents()
    found = window.page
    assert isinstance(found, DataAndPoolingPage)
    return found


def tab_of(page: DataAndPoolingPage) -> DataTab:
    """Return the tab Data."""
    found = page.tabs["data"]
    assert isinstance(found, DataTab)
    return found


def at(sheet: ResultsSheet, row: str, column: str) -> str:
    """Return what a cell shows."""
    model = sheet.records
    return str(model.index(model.row_of(row), model.column_of(column)).data() or "")


def editor_of(sheet: ResultsSheet) -> QLineEdit | None:
    """Return the field in which a cell is being edited, None if none is."""
    return next((one for one in sheet.findChildren(QLineEdit) if one.isVisible()), None)


def type_into(qtbot, sheet: ResultsSheet, where: tuple[str, str], text: str,
              key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Go to a cell, type as people do, and leave it with a key."""
    sheet.choose(*where)
    sheet.setFocus()
    qtbot.keyClicks(sheet, text[:1])
    editor = editor_of(sheet)
    assert editor is not None
    qtbot.keyClicks(editor, text[1:])
    qtbot.keyClick(editor, key)
    QApplication.processEvents()


def paste(qtbot, sheet: ResultsSheet, where: tuple[str, str], text: str) -> None:
    """Put a text on the clipboard and paste it at a cell with the keys."""
    QApplication.clipboard().setText(text)
    sheet.choose(*where)
    sheet.setFocus()
    qtbot.keyClick(sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def result(window: MainWindow, key: str) -> Result:
    """Return a result as it is kept."""
    found = window.workspace.project.one(Result, key)
    assert found is not None
    return found

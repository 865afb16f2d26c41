"""The smallest parts: what is taken off the window goes when its handlers have ended."""

from __future__ import annotations

import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.widgets.page_header import PageHeader
from app.widgets.parts import breakable, button, clear


def test_a_button_may_take_itself_away(themed, qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    deleted = []

    def pressed() -> None:
        clear(layout)
        assert deleted == []

    made = button("Take away", pressed)
    made.destroyed.connect(lambda: deleted.append(True))
    layout.addWidget(made)
    page.show()
    held = weakref.ref(made)
    del made
    page.findChild(QPushButton).click()
    assert held() is not None
    assert deleted == []
    assert page.findChildren(QPushButton) == []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert deleted == [True]


@pytest.mark.parametrize("text", ["", "Falls at home", "x" * 40, "x" * 40 + " " + "y" * 40])
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert breakable(text) == text


def test_words_without_end_wrap(themed, qtbot) -> None:
    header = PageHeader()
    qtbot.addWidget(header)
    header.show_title("t" * 300, "x" * 300)
    assert header.minimumSizeHint().width() < 700
    assert header.title.text().replace("\u200b", "") == "t" * 300

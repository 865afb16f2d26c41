"""The smallest parts: what is taken off the window goes when its handlers have ended."""

from __future__ import annotations

import weakref

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.widgets.parts import button, clear


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

"""The stack of pages asks for the room of the page that is shown, not of the tallest one."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.widgets.page_stack import PageStack
from app.widgets.parts import label


def made(words: str) -> QWidget:
    """Return a page whose words wrap, so that its height follows from its width."""
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.addWidget(label(words, wrap=True))
    return page


def test_a_tall_page_that_is_hidden_makes_no_other_page_scroll(themed: QApplication) -> None:
    stack = PageStack()
    low, tall = made("Short."), made("Very many words. " * 400)
    stack.addWidget(low)
    stack.addWidget(tall)
    stack.resize(500, 300)
    stack.setCurrentWidget(low)
    stack.show()
    themed.processEvents()
    assert stack.verticalScrollBar().maximum() == 0
    assert low.height() == 300
    stack.setCurrentWidget(tall)
    themed.processEvents()
    assert stack.verticalScrollBar().maximum() > 0
    stack.close()

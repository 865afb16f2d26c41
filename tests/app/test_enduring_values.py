"""None, True and False outlive every call of Qt, also under Python 3.11."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal

from app.enduring_values import make_enduring


class Speaker(QObject):
    said = Signal(object)


def test_a_hundred_thousand_calls_lose_nothing_that_matters(qapp) -> None:
    make_enduring()
    before = sys.getrefcount(None)
    speaker, heard = Speaker(), []
    speaker.said.connect(heard.append)
    for _number in range(50_000):
        assert speaker.parent() is None
        speaker.said.emit(None)
    assert len(heard) == 50_000
    # whatever the binding forgets to count, there is enough left for years
    assert sys.getrefcount(None) > before / 2


def test_it_is_done_once(qapp) -> None:
    make_enduring()
    before = sys.getrefcount(None)
    make_enduring()
    assert abs(sys.getrefcount(None) - before) < 1000

"""Collecting happens between two events of the window, and nowhere else."""

from __future__ import annotations

import gc
import weakref

import pytest

from app.collecting import CollectsWhenIdle, collect_if_due


class _Ring:
    """Something that only a collection can free."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collecting(themed):
    made = CollectsWhenIdle()
    yield made
    made.stop()


def test_python_collects_by_itself_only_without_it(collecting) -> None:
    assert not gc.isenabled()
    collecting.stop()
    assert gc.isenabled()


def test_what_is_not_needed_goes_while_the_window_waits(collecting, qtbot) -> None:
    lost = weakref.ref(_Ring())
    rings = [_Ring() for _number in range(gc.get_threshold()[0] * 2)]
    assert lost() is not None
    rings.clear()
    qtbot.waitUntil(lambda: lost() is None)


def test_nothing_is_done_where_little_was_made() -> None:
    gc.collect()
    assert collect_if_due() == 0

"""Times the page GRADE with 60 studies and 7 outcomes: another outcome, another domain, a level.

Run by hand: ``python -m tests.benchmarks.grade_page``. Limits (medians): straight after the
program's start the page opens within 400 ms, skimming shows the next outcome within 100 ms; an
outcome seen before shows within 100 ms, a domain opens within 100 ms, a level or what was said to
a prompt shows within 50 ms and has changed all that follows from it within 100 ms.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import theme
from app.collecting import CollectsWhenIdle
from app.main_window import MainWindow
from app.pages.grade import GradePage
from app.workspace import Workspace
from assessments.assessment import Unit
from assessments.edits import edit
from assessments.instruments_kept import instrument_of
from assessments.published_judgements import take_over_published
from assessments.review_edits import add, change
from assessments.store.project_file import Project, create
from gradecore.grade.vocabulary import DOMAINS

STUDIES, OUTCOMES = 60, 7
FRESH_WITHIN, SHOWS_WITHIN, OPENS_WITHIN, CHOOSES_WITHIN = 400.0, 100.0, 100.0, 50.0
_STARTS = 7
"""Fresh starts of the program, because what is measured happens once in each."""


def build(path: Path) -> Path:
    """Make an invented review in which every study reports every outcome."""
    with create(path) as project:
        made = _fill(project)
        assert made.ok, made.problems
    return path


@edit("fill_a_benchmark")
def _fill(project: Project) -> None:
    chance = random.Random(5)
    for role in ("a", "b"):
        add(project, "person", id=f"person-{role}", role=role, name=f"Name {role.upper()}")
    add(project, "comparison", id="c", intervention="Humming", comparator="Silence")
    for number in range(OUTCOMES):
        add(project, "outcome", id=f"o{number}", comparison="c", label=f"Outcome {number}",
            evidence="pooled", better="lower", threshold_type="mid", mid=20,
            mid_source="Invented")
        change(project, "analysis", f"o{number}", measure="RR", model="random")
    levels = [one.code for one in instrument_of(project, "rob2-parallel").levels_of("D1")]
    for number in range(STUDIES):
        add(project, "study", id=f"s{number}", label=f"Invented {number}", design="rct")
        for outcome in range(OUTCOMES):
            people = chance.randint(30, 300)
            result = add(
                project, "result", study=f"s{number}", outcome=f"o{outcome}",
                events_1=chance.randint(1, people // 5), total_1=people,
                events_2=chance.randint(1, people // 4), total_2=people,
            ).value
            unit = Unit(instrument="rob2-parallel", kind="result", id=str(result))
            domains = instrument_of(project, "rob2-parallel").domains
            worst = chance.choice(levels)
            made = dict.fromkeys((one.id for one in domains), levels[0])
            take_over_published(
                project, unit, made | {domains[0].id: worst, "overall": worst}, "Invented")


def _milliseconds(work: Callable[[], object]) -> float:
    """Return the time until what has changed is painted, which is the last of the events."""
    start = time.perf_counter()
    work()
    QApplication.processEvents()
    return (time.perf_counter() - start) * 1000


def _rest() -> None:
    QTest.qWait(120)


def switching(page: GradePage) -> tuple[list[float], list[float]]:
    """Return the times of the first and of later looks at each outcome."""
    rounds: list[list[float]] = []
    for _round in range(3):
        times = []
        for _outcome in range(OUTCOMES - 1):
            times.append(_milliseconds(lambda: page.step(1)))
            _rest()
        page.outcomes.list.choose("o0")
        _rest()
        rounds.append(times)
    return rounds[0], rounds[1] + rounds[2]


def opening(page: GradePage) -> tuple[list[float], list[float]]:
    """Return the times of opening each domain for the first time, and again."""
    def open_up(domain: str) -> None:
        page.rating.cards[domain].setFocus()

    rounds: list[list[float]] = []
    for _round in range(4):
        times = []
        for domain in (*DOMAINS[1:], DOMAINS[0]):
            times.append(_milliseconds(lambda d=domain: open_up(d)))
            _rest()
        rounds.append(times)
    return rounds[0], [one for times in rounds[1:] for one in times]


def choosing(page: GradePage) -> list[float]:
    """Return the times from a key to the painted level."""
    times = []
    for round_ in range(6):
        for domain in DOMAINS:
            page.rating.cards[domain].setFocus()
            _rest()
            times.append(_milliseconds(
                partial(QTest.keyClicks, QApplication.focusWidget(), "12"[round_ % 2])))
            _rest()
    return times


def saying(page: GradePage) -> tuple[list[float], list[float]]:
    """Return the times until what was said to a prompt shows, and until all of it is followed."""
    shows, followed = [], []
    for key in "121":
        for card in page.rating.cards.values():
            card.setFocus()
            _rest()
            if card.details is None:
                continue
            rows = [*card.details.prompts.values()]
            for asked in (*rows, *(one.answer for one in rows), *card.details.extras):
                if asked is None or asked.isHidden():
                    continue
                keys = asked if asked in rows else asked.buttons.buttons[int(key) - 1]
                keys.setFocus()
                _rest()
                key_shown = partial(QTest.keyClicks, keys, key if asked in rows else " ")
                shows.append(_milliseconds(key_shown))
                followed.append(_milliseconds(page.rating.show_own))
                _rest()
    return shows, followed


def fresh_start(path: Path) -> tuple[float, list[float]]:
    """Return the times of the page's first opening, and of outcomes skimmed right after it."""
    window = opened(path)
    first = _milliseconds(lambda: window.show_page("grade"))
    page = window.page
    assert isinstance(page, GradePage)
    skimmed = [_milliseconds(lambda: page.step(1)) for _outcome in range(OUTCOMES - 1)]
    window.close()
    return first, skimmed


def fresh_starts(path: Path) -> tuple[list[float], list[float]]:
    """Return the times of several fresh starts of the program."""
    first, skimmed = [], []
    for _start in range(_STARTS):
        told = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.grade_page", str(path)],
            check=True, capture_output=True, text=True,
        ).stdout.split()
        first.append(float(told[0]))
        skimmed += [float(one) for one in told[1:]]
    return first, skimmed


def opened(path: Path) -> MainWindow:
    """Return a window that shows the page to A."""
    workspace = Workspace.open(path)
    workspace.sit("person-a")
    window = MainWindow(workspace)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    return window


def main() -> int:
    """Measure, print the medians, return 1 when a limit is exceeded."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    collecting = CollectsWhenIdle(application)  # as the program does
    try:
        return _measured()
    finally:
        collecting.stop()


def _measured() -> int:
    if sys.argv[1:]:
        theme.apply("light", 100)
        first, skimmed = fresh_start(Path(sys.argv[1]))
        print(first, *skimmed)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TANDEM_SETTINGS"] = str(Path(folder) / "preferences.ini")
        theme.apply("light", 100)
        path = build(Path(folder) / "Review.tandem")
        return _told(path)


def _told(path: Path) -> int:
    times = dict(zip(
        ("page, straight after the start", "outcome, skimmed"), fresh_starts(path), strict=True))
    window = opened(path)
    window.show_page("grade")
    page = window.page
    assert isinstance(page, GradePage)
    page.outcomes.list.choose("o0")
    _rest()
    times["outcome, first look"], times["outcome, seen before"] = switching(page)
    times["domain, first time"], times["domain, again"] = opening(page)
    times["level"] = choosing(page)
    times["prompt"], times["prompt, what follows"] = saying(page)
    window.close()
    limits = {
        "page, straight after the start": FRESH_WITHIN, "outcome, skimmed": SHOWS_WITHIN,
        "outcome, seen before": SHOWS_WITHIN, "domain, again": OPENS_WITHIN,
        "level": CHOOSES_WITHIN, "prompt": CHOOSES_WITHIN, "prompt, what follows": SHOWS_WITHIN,
    }
    for name, found in times.items():
        print(f"{name}: median {statistics.median(found):.0f} ms, least {min(found):.0f} ms, "
              f"worst {max(found):.0f} ms of {len(found)}")
    return int(any(statistics.median(times[name]) > most for name, most in limits.items()))


if __name__ == "__main__":
    sys.exit(main())

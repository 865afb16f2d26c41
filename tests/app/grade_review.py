"""A small invented review for the tests of the page GRADE: three bodies to rate, one gap."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.main_window import MainWindow
from app.pages.grade import GradePage
from assessments.assessment import judge, write
from assessments.finishing import finish
from assessments.rating import unit_of
from assessments.rating_edits import acknowledge
from assessments.rating_sheet import rating_sheet
from assessments.review_edits import add, change
from assessments.store.project_file import Project, create
from gradecore.grade.vocabulary import DOMAINS
from tests.conftest import done

Opener = Callable[[Path], MainWindow]
OUTCOMES = ("calm", "sleep", "mood")
_SOURCE = "Invented 2001, a made-up review"


def build(path: Path) -> Path:
    """Make a review with A and B, two published estimates, a synthesis in words and a gap."""
    with create(path) as project:
        done(change(project, "review", "review", title="Invented review of humming",
                    label="Invented", population="Adults who hum", intervention="Humming",
                    comparison="Silence"))
        for role, name in (("a", "Anna Keller"), ("b", "Ben Moreau")):
            done(add(project, "person", id=f"person-{role}", role=role, name=name,
                     initials=name[0]))
        done(add(project, "comparison", id="c", intervention="Humming", comparator="Silence"))
        for key, label, evidence in (
            ("calm", "Calm", "published"), ("sleep", "Sleep", "published"),
            ("mood", "Mood", "narrative"), ("harm", "Harm", "not_reported"),
        ):
            done(add(project, "outcome", id=key, comparison="c", label=label, evidence=evidence,
                     time_point="12 weeks", stream="rct", better="higher",
                     threshold_type="mid" if evidence == "published" else "null",
                     mid=0.2 if evidence == "published" else None,
                     mid_source="Invented" if evidence == "published" else ""))
        for key, low, high, people in (("calm", 0.1, 0.5, 900), ("sleep", -0.3, 0.7, 120)):
            done(change(project, "published_estimate", key, measure="SMD", studies=4,
                        estimate=(low + high) / 2, ci_low=low, ci_high=high, participants=people,
                        source=_SOURCE, place="Table 2",
                        rob_statement="As judged by the made-up review with RoB 2."))
        done(change(project, "narrative", "mood", text="Three studies, all better.", studies=3,
                    participants=150))
        for number in range(1, 4):
            done(add(project, "study", id=f"s{number}", label=f"Invented {2000 + number}",
                     design="rct"))
    return path


def at_page(open_window: Opener, path: Path, seat: str = "a") -> GradePage:
    """Open a review with that assessor and go to the page by its key."""
    from tests.app.risk_of_bias_review import press

    window = open_window(path)
    window.workspace.sit(f"person-{seat}")
    window.resize(1440, 900)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    window.rail.buttons["review"].setFocus()
    press("Ctrl+5")
    page = window.page
    assert isinstance(page, GradePage)
    settle_down(page)
    return page


def settle_down(page: GradePage) -> None:
    """Wait until facts that an answer moved are shown, and the focus is where it belongs."""
    QTest.qWait(90)
    QApplication.processEvents()
    page.outcomes.look_at_all()


def rate_all(project: Project, outcome: str, seat: str, concern: str = "serious") -> None:
    """Rate and finish an outcome as one assessor."""
    project.seat = f"person-{seat}"
    unit = unit_of(outcome)
    for domain in DOMAINS:
        level = "not_assessable" if domain == "inconsistency" else "not_serious"
        level = concern if domain == "imprecision" else level
        done(judge(project, unit, domain, level))
        if level != "not_serious":
            done(write(project, unit, domain, "support",
                       "The interval from 4 studies contains the threshold: one level."))
    sheet = rating_sheet(project, outcome)
    for domain in DOMAINS:
        for one in sheet.waiting(domain):
            done(acknowledge(project, outcome, (domain, one.id), "considered"))
    done(finish(project, unit))

"""The page Data & pooling with 60 studies: opening, one typed number, each view, in milliseconds.

Goals: recalculation and redraw below 100 ms, opening below 100 ms. Run by hand:
``python -m tests.benchmarks.data_page [studies]``.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def review(path: Path, studies: int) -> None:
    """Make a review with one analysis of so many studies; all numbers are drawn at random."""
    from assessments.edits import edit
    from assessments.review_edits import add, change
    from assessments.store.project_file import Project, create

    draw = random.Random(1)

    @edit("fill")
    def fill(project: Project) -> None:
        comparison = add(project, "comparison", intervention="Training", comparator="Usual").value
        for number in range(8):
            outcome = add(
                project,
                "outcome",
                comparison=comparison,
                label=f"Outcome {number}",
                evidence="pooled",
            ).value
            change(project, "analysis", outcome, measure="RR", model="random")
            if number == 0:
                for place in range(studies):
                    study = add(project, "study", label=f"Study {place}", design="rct").value
                    add(
                        project,
                        "result",
                        study=study,
                        outcome=outcome,
                        events_1=draw.randint(1, 20),
                        total_1=60,
                        events_2=draw.randint(3, 30),
                        total_2=62,
                    )

    with create(path) as project:
        change(project, "review", "review", title="Invented for a measurement")
        fill(project)


def timed(work: Callable[[], object], times: int = 9) -> tuple[float, float]:
    """Return median and largest duration in milliseconds, painting included."""
    from PySide6.QtWidgets import QApplication

    found = []
    for _run in range(times):
        start = time.perf_counter()
        work()
        QApplication.processEvents()
        found.append((time.perf_counter() - start) * 1000)
    return median(found), max(found)


def main(studies: int = 60) -> None:
    """Print what was measured."""
    from app import application
    from app.main_window import MainWindow
    from app.workspace import Workspace

    app = application.prepare([])
    path = Path(tempfile.mkdtemp()) / "measured.tandem"
    review(path, studies)
    window = MainWindow(Workspace.open(path))
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    start = time.perf_counter()
    window.show_page("data_and_pooling")
    window.page.repaint()
    first = (time.perf_counter() - start) * 1000
    app.processEvents()
    page = window.page
    print(f"{studies} studies; first showing {first:.0f} ms (modules and engine are imported)")

    def leave_and_return() -> None:
        window.show_page("review")
        window.show_page("data_and_pooling")

    print("page change              median {:.0f}, most {:.0f} ms".format(*timed(leave_and_return)))
    tab = page.tabs["data"]
    numbers = iter(range(1, 1000))
    for name in page.tab_row.buttons:
        if not page.tab_row.buttons[name].isVisible():
            continue
        page.tab_row.show_tab(name)
        app.processEvents()
        row = tab.sheet.records.rows[3].id
        told = timed(lambda row=row: tab._edit(row, "events_1", str(next(numbers) % 50)))
        print(f"type a number, {name:<14} median {told[0]:.0f}, most {told[1]:.0f} ms")
    window.close()


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:]))

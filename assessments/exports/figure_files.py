"""The figures of a review as SVG files: forest and funnel plots, lights and bars of risk of bias.

A funnel plot is among them from ten studies on; with fewer it would invite to read too much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from assessments.bodies import gathered
from assessments.exports import write_whole
from assessments.figures.figure import Figure
from assessments.figures.forest import forest
from assessments.figures.funnel import funnel
from assessments.figures.risk_of_bias_bars import risk_of_bias_bars
from assessments.figures.svg import svg
from assessments.figures.text_width import roomy_width
from assessments.figures.traffic_light import traffic_light
from assessments.language import _
from assessments.review import Comparison, Outcome
from assessments.risk_of_bias_matrix import matrices
from assessments.small_study_tests import ADVISED_FROM
from assessments.store.project_file import Project
from assessments.summary_of_findings.build import outcomes_of

_LONGEST_NAME = 60


def figures(project: Project) -> Iterator[tuple[str, Figure]]:
    """Walk through all figures that the review has something to show in, with their names."""
    number = 0
    for comparison in project.all(Comparison):
        for outcome in outcomes_of(project, comparison):
            if outcome.evidence not in ("pooled", "single"):
                continue
            found = forest(project, outcome, roomy_width)
            if found is not None:
                number += 1
                yield _("forest plot {n}, {name}").format(n=number, name=outcome.label), found
                yield from _funnel(project, outcome, number)
    for matrix in matrices(project):
        if matrix.rows:
            name = matrix.instrument.id
            yield _("risk of bias by study, {name}").format(name=name), traffic_light(
                matrix, roomy_width
            )
            yield _("risk of bias by domain, {name}").format(name=name), risk_of_bias_bars(
                matrix, roomy_width
            )


def _funnel(project: Project, outcome: Outcome, number: int) -> Iterator[tuple[str, Figure]]:
    body = gathered(project, outcome)
    if body.pooled is not None and body.pooled.k >= ADVISED_FROM:
        found = funnel(body, roomy_width)
        if found is not None:
            yield _("funnel plot {n}, {name}").format(n=number, name=outcome.label), found


def write_figures(project: Project, folder: Path, *, overwrite: bool = False) -> tuple[Path, ...]:
    """Write all figures of a review into a folder and return their paths.

    Raises:
        ProjectFileError: another file is there and not to be replaced, or cannot be written.
    """
    written = []
    for name, figure in figures(project):
        target = folder / f"{project.path.stem} - {figure_file_name(name)}.svg"
        write_whole(target, svg(figure).encode(), overwrite=overwrite)
        written.append(target)
    return tuple(written)


def figure_file_name(name: str) -> str:
    """Return a name that every system takes as a file name."""
    kept = re.sub(r"[^\w ,.()-]+", " ", name).strip(" .")
    return re.sub(r"\s+", " ", kept)[:_LONGEST_NAME].strip(" .")

"""Which reasons to rate up a review offers: a decision of the team, taken before rating.

Core GRADE 4 speaks of large effects only, GRADE guidelines 9 of three reasons. What is not offered
is not asked about; a reason that somebody chose before stays in the rating and is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from assessments.language import _
from assessments.rating import Rated, settled_rating
from assessments.review import Outcome
from assessments.review_edits import setting
from assessments.store.project_file import Project
from gradecore.grade.certainty import upgrade_points
from gradecore.grade.vocabulary import REASONS_TO_RATE_UP, UPGRADE_LABELS, UPGRADES

if TYPE_CHECKING:
    from assessments.summary_of_findings.table import Row

DECISION = "reasons_to_rate_up"
"""Name of the decision; its values are those of ``REASONS_TO_RATE_UP``."""


def decision(project: Project) -> str:
    """Return what the team decided, 'all' where it decided nothing."""
    return setting(project, DECISION) or "all"


def offered(project: Project) -> tuple[str, ...]:
    """Return the reasons to rate up that are offered, in their order."""
    return REASONS_TO_RATE_UP[decision(project)]


def chosen_but_not_offered(
    project: Project, levels: Mapping[str, str | None]
) -> tuple[str, ...]:
    """Return the reasons that raise a rating although the team does not offer them."""
    asked = offered(project)
    return tuple(
        name for name in UPGRADES
        if name not in asked and upgrade_points(name, levels.get(name))
    )


def reasons_left_over(project: Project, rated: Rated) -> str:
    """Return in a sentence for which reasons that are not offered this was rated up, '' if none."""
    names = chosen_but_not_offered(project, rated.upgrades)
    if not names:
        return ""
    return _("rated up for a reason that the team no longer uses ({reasons})").format(
        reasons=", ".join(_(UPGRADE_LABELS[name]).casefold() for name in names)
    )


def remarks_on_reasons(project: Project, rows: tuple[Row, ...]) -> tuple[str, ...]:
    """Return one sentence for each row of a table that rests on reasons that are not offered."""
    return tuple(
        _("{outcome}: {why}").format(outcome=row.name.text, why=why)
        for row in rows
        if row.certainty.rated is not None
        and (why := reasons_left_over(project, row.certainty.rated))
    )


def settled_but_not_offered(project: Project) -> tuple[tuple[Outcome, tuple[str, ...]], ...]:
    """Return the outcomes whose settled rating rests on reasons that are not offered."""
    found = []
    for outcome in project.all(Outcome):
        rated = settled_rating(project, outcome.id)
        names = chosen_but_not_offered(project, rated.upgrades) if rated is not None else ()
        if names:
            found.append((outcome, names))
    return tuple(found)

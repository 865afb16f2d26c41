"""The team's own rules for domains and questions of an instrument in this review."""

from __future__ import annotations

from assessments.edits import edit
from assessments.review import TeamRule
from assessments.store.project_file import Project
from assessments.store.rows import delete, insert, new_id, update


def team_rule(project: Project, instrument: str, domain: str, question: str = "") -> str:
    """Return the team's rule for a domain or one of its questions, '' if there is none."""
    found = project.all(TeamRule, instrument=instrument, domain=domain, question=question)
    return found[0].text if found else ""


@edit(
    "team_rule",
    merge=lambda instrument, domain, question, text: f"rule/{instrument}/{domain}/{question}",
)
def set_team_rule(
    project: Project, instrument: str, domain: str, question: str, text: str
) -> None:
    """Write the team's rule for a domain or question; an empty text removes it.

    The journal keeps every former wording.
    """
    found = project.all(TeamRule, instrument=instrument, domain=domain, question=question)
    text = text.strip()
    if not found and text:
        insert(
            project.connection,
            TeamRule(
                id=new_id(), instrument=instrument, domain=domain, question=question, text=text
            ),
        )
    elif found and not text:
        delete(project.connection, TeamRule, found[0].id)
    elif found:
        update(project.connection, TeamRule, found[0].id, text=text)

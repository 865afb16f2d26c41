"""What happens where nothing was pooled: the frame of the certainty around the team's own words.

The words are written where the synthesis in words is entered. At very low certainty the sentence
says that the effect is very uncertain and needs none of them.
"""

from __future__ import annotations

from assessments.grade_files import statement_templates
from assessments.language import _
from assessments.review import Comparison, Narrative, Outcome
from assessments.store.project_file import Project
from assessments.summary_of_findings.table import NARRATIVE, Row
from gradecore.grade.own_verb import faults_of_verb, saying_with
from gradecore.grade.plain_language import form_needed, statement
from gradecore.grade.vocabulary import LEVELS, NOT_RATED
from gradecore.input_errors import InputError


def narrative_statement(project: Project, outcome: Outcome, certainty: str) -> str:
    """Return the sentence, '' where the team has not written the words that it needs."""
    comparison = project.one(Comparison, outcome.comparison)
    found = project.one(Narrative, outcome.id) or Narrative(id=outcome.id)
    saying = saying_with(
        (comparison.intervention if comparison is not None else "", outcome.label), certainty,
        verb=found.verb, verb_infinitive=found.verb_infinitive,
    )
    try:
        return statement(saying, statement_templates())
    except InputError:
        return ""


def sentences_by_level(project: Project, outcome: Outcome) -> tuple[tuple[str, str], ...]:
    """Return (word of the level, sentence or '') for every level, as it would be said."""
    return tuple(
        (_(one.label), narrative_statement(project, outcome, one.code))
        for one in LEVELS if one.code != NOT_RATED
    )


def forms_needed(project: Project, outcome: Outcome) -> tuple[str, ...]:
    """Return which of the two forms any sentence about this outcome can need."""
    comparison = project.one(Comparison, outcome.comparison)
    intervention = comparison.intervention if comparison is not None else ""
    found = {
        form_needed(saying_with((intervention, ""), one.code, verb="", verb_infinitive=""))
        for one in LEVELS if one.code != NOT_RATED
    }
    return tuple(name for name in ("verb", "verb_infinitive") if name in found)


def faults_of_words(found: Narrative) -> tuple[str, ...]:
    """Return what does not belong into the words of the team, each once."""
    said = (*faults_of_verb(found.verb), *faults_of_verb(found.verb_infinitive))
    return tuple(dict.fromkeys(_(one) for one in said))


def wordless(row: Row) -> bool:
    """Return whether a settled synthesis in words says nothing because its words are missing."""
    return (row.kind == NARRATIVE and row.certainty.level is not None
            and not row.statement.text)


def remarks_on_words(rows: tuple[Row, ...]) -> tuple[str, ...]:
    """Return one sentence for each row whose statement waits for the team's words."""
    return tuple(
        _("{outcome}: {why}").format(outcome=row.name.text, why=words_missing())
        for row in rows if wordless(row)
    )


def words_missing() -> str:
    """Return why a synthesis in words has no statement yet."""
    return _("what happens has not been written, so that the statement is empty")

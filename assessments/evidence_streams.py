"""Randomised and non-randomised studies of one outcome are two bodies of evidence.

Where both are in one analysis nothing can be finished. The team splits the outcome into two rows,
each with its own rating, or restricts it to one kind of study. Nobody's rating is carried over.
"""

from __future__ import annotations

from dataclasses import replace

from assessments.assignments import instrument_for
from assessments.edits import edit
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.rating import MIXED, start_rule_of
from assessments.review import Analysis, Baseline, Outcome, Result, Setting, Study
from assessments.store.project_file import Project
from assessments.store.rows import insert, new_id, update
from gradecore.grade.certainty import start_rule
from gradecore.grade.vocabulary import NRS, RCT

STREAMS = (RCT, NRS)


def stream_of(project: Project, study: Study) -> str:
    """Return 'rct' or 'nrs': the kind of evidence that a study gives, by the team's rules."""
    quasi = project.one(Setting, "quasi_rct_as")
    rule = start_rule(
        study.design or RCT, instrument_for(project, study),
        quasi_rct_as=quasi.value if quasi is not None and quasi.value else RCT,
    )
    return RCT if rule == RCT else NRS


def results_of_stream(project: Project, outcome: str, stream: str) -> tuple[Result, ...]:
    """Return the results of an outcome whose studies are of that kind."""
    studies = {one.id: one for one in project.all(Study)}
    return tuple(
        one for one in project.all(Result, outcome=outcome)
        if stream_of(project, studies[one.study]) == stream
    )


@edit("restrict_to_stream")
def restrict_to_stream(project: Project, outcome_id: str, stream: str) -> None:
    """Leave the results of the other kind of study out of the analysis; they stay in the data.

    Raises:
        Refused: the outcome is not mixed, or no result would remain.
    """
    outcome = _mixed(project, outcome_id)
    if stream not in STREAMS or not results_of_stream(project, outcome_id, stream):
        raise Refused(Problem(
            code="no-results", sentence=_("No result of this kind of study would remain.")))
    other = NRS if stream == RCT else RCT
    why = (
        _("Not a randomised trial: two bodies of evidence are not rated as one.")
        if stream == RCT
        else _("A randomised trial: two bodies of evidence are not rated as one.")
    )
    for one in results_of_stream(project, outcome_id, other):
        if one.included:
            update(project.connection, Result, one.id, included=0, left_out_reason=why)
    update(project.connection, Outcome, outcome.id, stream=stream)


@edit("split_streams")
def split_streams(project: Project, outcome_id: str) -> str:
    """Give the non-randomised studies a row of their own and return its key.

    The new outcome takes over name, scale, thresholds, baselines and the plan of the analysis;
    it is rated anew.

    Raises:
        Refused: the outcome is not mixed.
    """
    outcome = _mixed(project, outcome_id)
    made = replace(outcome, id=new_id(), stream=NRS, statement="", statement_from="")
    update(project.connection, Outcome, outcome.id, stream=RCT)
    following = [one for one in project.all(Outcome, comparison=outcome.comparison)
                 if one.position > outcome.position]
    for one in following:
        update(project.connection, Outcome, one.id, position=one.position + 1)
    insert(project.connection, replace(made, position=outcome.position + 1))
    analysis = project.one(Analysis, outcome.id)
    if analysis is not None:
        insert(project.connection, replace(analysis, id=made.id))
    for risk in project.all(Baseline, outcome=outcome.id):
        insert(project.connection, replace(risk, id=new_id(), outcome=made.id))
    for result in results_of_stream(project, outcome.id, NRS):
        update(project.connection, Result, result.id, outcome=made.id)
    return made.id


def _mixed(project: Project, outcome_id: str) -> Outcome:
    outcome = project.one(Outcome, outcome_id)
    if outcome is None or start_rule_of(project, outcome) != MIXED:
        raise Refused(Problem(
            code="not-mixed",
            sentence=_("This outcome does not rest on both kinds of study."),
        ))
    return outcome

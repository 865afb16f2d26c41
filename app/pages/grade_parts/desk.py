"""The desk: the outcome one rates, its sheet, and every change that can be made to it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.workspace import Workspace
from assessments.assessment import answer, judge, write, write_note
from assessments.edits import Done
from assessments.evidence_streams import restrict_to_stream, split_streams
from assessments.finishing import finish, reopen
from assessments.language import _
from assessments.rating import unit_of
from assessments.rating_edits import acknowledge, confirm, draft_explanation
from assessments.rating_sheet import RatingSheet, rating_sheet
from gradecore.grade.explanations import draft
from gradecore.grade.vocabulary import CONCERN_POINTS, UPGRADE_POINTS


class GradeDesk(QObject):
    """Reads the sheet of one outcome and sends edits. ``sheet`` is None while none is chosen.

    After a change the sheet is only marked as old, so that what was chosen is painted at once;
    it is read anew when somebody asks for it.
    """

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.outcome = ""
        self._sheet: RatingSheet | None = None
        self._old = False

    def read(self, outcome: str) -> RatingSheet | None:
        """Read the sheet of an outcome anew and return it."""
        self.outcome = outcome
        self._old = False
        self._sheet = rating_sheet(self.workspace.project, outcome) if outcome else None
        return self._sheet

    def mark_old(self) -> None:
        """Say that something of the rating has changed."""
        self._old = True

    @property
    def sheet(self) -> RatingSheet | None:
        """The sheet as it is now, None while no outcome is chosen."""
        return self.read(self.outcome) if self._old else self._sheet

    @property
    def closed(self) -> str:
        """Why nothing can be changed, '' when it can; a choice of one's own never closes it."""
        sheet = self._sheet
        return sheet.closed if sheet is not None else _("Choose an outcome first.")

    # -- changes ---------------------------------------------------------------------------

    def judge(self, domain: str, code: str | None, part: str = "") -> Done:
        """Choose a level of a domain, or of a part of it, or take it back."""
        return self.workspace.do(judge, unit_of(self.outcome), domain, code, part=part)

    def explain(self, domain: str, text: str) -> Done:
        """Write the explanation of a domain."""
        return self.workspace.do(write, unit_of(self.outcome), domain, "support", text)

    def answer(self, domain: str, question: str, code: str | None) -> Done:
        """Answer a question beside a prompt, or take the answer back."""
        return self.workspace.do(answer, unit_of(self.outcome), domain, question, code)

    def note(self, domain: str, question: str, text: str) -> Done:
        """Write the words beside an answer."""
        return self.workspace.do(write_note, unit_of(self.outcome), domain, question, text)

    def acknowledge(self, domain: str, prompt: str, code: str | None, note: str = "") -> Done:
        """Say what a prompt meant for the rating."""
        return self.workspace.try_to(acknowledge, self.outcome, (domain, prompt), code, note)

    def draft(self, domain: str) -> Done:
        """Write a draft of an explanation from the prompts that count as reasons."""
        if self.sheet is None:
            return Done()
        code = self.sheet.level(domain) or ""
        points = CONCERN_POINTS.get(code, UPGRADE_POINTS.get(code, 0))
        where = domain if domain in CONCERN_DOMAINS else "rating_up"
        text = draft(domain, points, self.sheet.reasons(where))
        return self.workspace.do(draft_explanation, self.outcome, domain, text)

    def keep_draft(self, domain: str) -> Done:
        """Confirm a draft: from now on it is one's own."""
        return self.answer(domain, "drafted", None)

    def open_typical(self, domain: str, prompt: str) -> None:
        """Note that what is often chosen was looked at; a finished rating stays as it is."""
        name = f"typical/{prompt}"
        if self.sheet is not None and not self.closed and (
            (domain, name) not in self.sheet.answers
        ):
            self.answer(domain, name, "opened")

    def split(self) -> Done:
        """Give the non-randomised studies a row of their own."""
        return self.workspace.do(split_streams, self.outcome)

    def restrict(self, stream: str) -> Done:
        """Keep one kind of study in the analysis."""
        return self.workspace.do(restrict_to_stream, self.outcome, stream)

    def finish(self) -> Done:
        """Finish and seal."""
        return self.workspace.try_to(finish, unit_of(self.outcome))

    def reopen(self, reason: str) -> Done:
        """Open one's finished rating again."""
        return self.workspace.try_to(reopen, unit_of(self.outcome), reason)

    def confirm(self, seat: str) -> Done:
        """Say that a stale rating is still right."""
        return self.workspace.do(confirm, self.outcome, seat)


CONCERN_DOMAINS = ("rob", "inconsistency", "indirectness", "imprecision", "publication_bias")

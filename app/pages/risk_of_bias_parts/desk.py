"""The desk: the unit one works on, its sheet, and every change that can be made to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.workspace import Workspace
from assessments.assessment import Quote, Unit, attach_quote, flag, remove_quote, write, write_note
from assessments.copied_domains import copy_domain
from assessments.documents import source_in_words
from assessments.edits import Done
from assessments.finishing import finish, reopen
from assessments.judging import add_entry, choose_level, give_answer, remove_entry
from assessments.language import _
from assessments.sheet import Sheet, sheet_of
from assessments.support_draft import drafted_support, not_in_support


class Desk(QObject):
    """Reads the sheet of one unit and sends edits. ``sheet`` is None while nothing is chosen.

    ``anything_left`` tells whether another unit waits to be judged; the page says how to know.

    ``opened_quote(row)`` asks the document panel to go to a quote; ``wanted_quote(domain,
    question, part)`` asks for what is selected there.
    """

    opened_quote = Signal(object)
    wanted_quote = Signal(str, str, str)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.unit: Unit | None = None
        self.sheet: Sheet | None = None
        self.fresh_quote = ""
        self.anything_left: Callable[[], bool] = lambda: True

    def read(self, unit: Unit | None) -> Sheet | None:
        """Read the sheet of a unit anew and return it."""
        self.unit = unit
        self.sheet = None if unit is None else sheet_of(self.workspace.project, unit)
        return self.sheet

    @property
    def closed(self) -> str:
        """Why nothing can be changed, '' when it can."""
        return self.sheet.closed if self.sheet is not None else _("Choose a result first.")

    # -- changes ---------------------------------------------------------------------------

    def answer(self, domain: str, question: str, code: str | None) -> Done:
        """Answer a question, or take the answer back."""
        return self._do(give_answer, domain, question, code)

    def note(self, domain: str, question: str, text: str) -> Done:
        """Write the note of a question."""
        return self._do(write_note, domain, question, text)

    def judge(self, domain: str, part: str, code: str | None) -> Done:
        """Choose a level, or take it back."""
        return self._do(choose_level, domain, code, part)

    def write(self, domain: str, part: str, field: str, text: str) -> Done:
        """Write support, reason or direction."""
        return self._do(write, domain, field, text, part=part)

    def add_quote(self, domain: str, question: str, part: str, text: str, **place: str) -> Done:
        """Attach a quote; ``place``: document, page, place."""
        done = self._do(
            attach_quote, domain, text, question=question, part=part, **place
        )
        if done.ok:
            self.fresh_quote = str(done.value)
        return done

    def remove_quote(self, quote: str) -> Done:
        """Remove a quote."""
        return self._do(remove_quote, quote)

    def add_entry(self, domain: str, name: str) -> Done:
        """Add a named entry to a domain."""
        return self._do(add_entry, domain, name)

    def remove_entry(self, domain: str, name: str) -> Done:
        """Remove a named entry."""
        return self._do(remove_entry, domain, name)

    def copy(self, domain: str, source: str) -> Done:
        """Copy a domain from another result of the study."""
        return self._do(copy_domain, domain, source)

    def flag(self, on: bool) -> Done:
        """Put a flag on the assessment, or take it off."""
        return self._do(flag, on)

    def finish(self) -> Done:
        """Finish and seal."""
        return self._do(finish)

    def reopen(self, reason: str) -> Done:
        """Open a finished assessment again."""
        if self.unit is None:
            return Done()
        return self.workspace.try_to(reopen, self.unit, reason)

    def draft(self, domain: str, part: str) -> Done:
        """Write quotes and notes into the support, or add those that are not in it yet."""
        if self.sheet is None:
            return Done()
        made = self.sheet.judgement(domain, part)
        text = made.support.strip() if made is not None else ""
        new = (
            drafted_support(self.sheet, domain, part) if not text
            else " ".join((text, *not_in_support(self.sheet, domain, part)))
        )
        return self.write(domain, part, "support", new)

    def _do(self, function: object, *args: object, **kwargs: object) -> Done:
        if self.unit is None or self.sheet is None or not callable(function):
            return Done()
        return self.workspace.do(function, self.unit, *args, **kwargs)  # type: ignore[arg-type]

    # -- quotes ----------------------------------------------------------------------------

    def open_quote(self, quote_id: str) -> None:
        """Go to the place of a quote."""
        quote = self.workspace.project.one(Quote, quote_id)
        if quote is not None:
            self.opened_quote.emit(quote)

    def place_of(self, quote: Quote) -> str:
        """Return document and page of a quote in words."""
        name = source_in_words(self.workspace.project, quote.document)
        page = _("p. {page}").format(page=quote.page) if quote.page else ""
        if name and not self._one_document():
            return ", ".join(part for part in (name, page) if part)
        if page:
            return page
        return name

    def _one_document(self) -> bool:
        from assessments.review import Document

        if self.sheet is None:
            return False
        found = self.workspace.project.all(Document, study=self.sheet.study.id)
        used = {one.document for one in self.sheet.own.quotes} if self.sheet.own else set()
        return used <= {one.id for one in found} | {""} and len(found) <= 1

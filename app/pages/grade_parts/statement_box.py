"""The plain-language statement: generated from the rating, the team's own once it is settled."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.pages.grade_parts.desk import GradeDesk
from app.widgets.chip import Chip
from app.widgets.note_field import NoteField
from app.widgets.parts import button, holder, label, row
from assessments.language import _
from assessments.rating_sheet import RatingSheet
from assessments.review_edits import change
from assessments.summary_of_findings.preview import Preview
from assessments.summary_of_findings.table import Statement


class StatementBox(QWidget):
    """Shows the sentence; edits it only when the rating is settled.

    Before that a sentence written into the table would tell the other assessor what one rated.
    """

    def __init__(self, desk: GradeDesk) -> None:
        super().__init__()
        self.desk = desk
        self.mark = Chip()
        self.text = label("", "", wrap=True)
        self.note = label("", "caption", wrap=True)
        self.field = NoteField(_("Plain-language statement"), lines=7)
        self.field.committed.connect(self._write)
        self.regenerate = button(_("Generate anew"), self._regenerate, role="link")
        self._statement = Statement()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(holder(row(label(_("PLAIN STATEMENT"), "overline"), None, self.mark)))
        for part in (self.text, self.field, self.regenerate, self.note):
            layout.addWidget(part)

    def show_preview(self, sheet: RatingSheet, preview: Preview | None) -> None:
        """Show the sentence that follows from one's own rating, or the settled one."""
        found = preview.row.statement if preview is not None else Statement()
        settled = sheet.settled is not None and not self.desk.workspace.read_only
        self._statement = found
        shown = found.text if settled else found.generated
        self.setVisible(settled or bool(shown))
        self.text.setText(shown)
        self.text.setVisible(not settled)
        self.field.setVisible(settled)
        self.field.set_text(found.text)
        self.mark.show_text(_("edited") if settled and found.edited else "", "accent")
        self.regenerate.setVisible(settled and found.edited)
        self.regenerate.setToolTip(found.generated)
        if settled and found.outdated:
            words = _("Written for other numbers. It would now say: {text}").format(
                text=found.generated)
        elif settled:
            words = ""
        elif found.generated and sheet.reported:
            words = _("Preview from your rating. It can be edited once the rating is settled.")
        else:
            words = ""
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def _write(self, text: str) -> None:
        own = text.strip()
        if own == self._statement.generated:
            own = ""
        self._put(own, self._statement.generated if own else "")

    def _regenerate(self) -> None:
        self._put("", "")

    def _put(self, text: str, source: str) -> None:
        self.desk.workspace.do(
            change, "outcome", self.desk.outcome, statement=text, statement_from=source
        )

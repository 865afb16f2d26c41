"""The row of the table as it will appear, from one's own rating, marked as a preview."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.painting.judgement_marks import CertaintyMark
from app.widgets.chip import Chip
from app.widgets.parts import frame, label, line, row
from assessments.language import _
from assessments.rating_sheet import RatingSheet
from assessments.summary_of_findings.preview import Preview
from gradecore.grade.vocabulary import SCORE_OF_LEVEL


class PreviewRow(QWidget):
    """Headings and one row; the explanations are told in its description."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = Chip(_("preview"), "accent")
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(3)
        self.headings: list[QLabel] = []
        self.cells: list[QLabel] = []
        for place, (words, stretch) in enumerate(self._columns()):
            heading = label(words, "caption", wrap=True)
            cell = label("", "strong" if place == 0 else "", wrap=True)
            cell.setAlignment(Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(heading, 0, place)
            self.grid.addWidget(cell, 1, place)
            self.grid.setColumnStretch(place, stretch)
            self.headings.append(heading)
            self.cells.append(cell)
        self.circles = CertaintyMark(size=13)
        last = self.grid.columnCount()
        self.word = label("", "strong", wrap=True)
        self.grid.addWidget(label(_("Certainty"), "caption"), 0, last)
        certainty = QVBoxLayout()
        certainty.setSpacing(2)
        certainty.addWidget(self.circles)
        certainty.addWidget(self.word)
        certainty.addStretch(1)
        self.grid.addLayout(certainty, 1, last)
        self.grid.setColumnStretch(last, 3)
        self.hint = label(_("Updates as you rate"), "caption")
        head = row(label(_("Summary of findings"), "strong"), self.mark, None, self.hint)
        inner = QVBoxLayout()
        inner.setSpacing(7)
        inner.addLayout(head)
        inner.addWidget(line())
        inner.addLayout(self.grid)
        box = frame("card", inner, 12)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(box)

    def _columns(self) -> tuple[tuple[str, int], ...]:
        return (
            (_("Outcome"), 5), (_("Comparator"), 4), (_("Intervention"), 5),
            (_("Relative effect"), 4), (_("People (studies)"), 4),
        )

    def show_preview(self, sheet: RatingSheet, preview: Preview | None) -> None:
        """Show the row, or nothing where there is none."""
        self.setVisible(preview is not None)
        if preview is None:
            return
        found = preview.row
        settled = sheet.settled is not None
        self.mark.show_text(_("settled") if settled else _("preview from your rating"),
                            "ok" if settled else "accent")
        self.hint.setVisible(not settled and not sheet.closed)
        comparison = sheet.comparison
        if comparison is not None:
            self.headings[1].setText(comparison.comparator or _("Comparator"))
            self.headings[2].setText(comparison.intervention or _("Intervention"))
        group = found.groups[0]
        name = found.name.text + (f"\n{found.detail}" if found.detail else "")
        with_it = group.intervention_alone.text
        if found.text is not None:
            with_it = found.text.text
        texts = (name, group.comparator.text, with_it, found.relative.text,
                 found.participants.text)
        for cell, text in zip(self.cells, texts, strict=True):
            shown = text if len(text) < 160 else f"{text[:157]}…"
            cell.setText(shown)
            cell.setToolTip(text)
        level = found.certainty.level
        self.circles.show_certainty(SCORE_OF_LEVEL.get(level or ""), found.certainty.word)
        letters = ",".join(found.certainty.letters)
        self.word.setText(f"{found.certainty.word} {_raised(letters)}".strip())
        notes = "\n".join(
            f"{one.letter}. {one.text}" for one in preview.footnotes
            if one.letter in found.certainty.letters
        )
        self.word.setToolTip(notes)
        self.word.setAccessibleDescription(notes)


def _raised(letters: str) -> str:
    """Return footnote letters raised, as the table sets them."""
    return letters.translate(_RAISED)


_RAISED = str.maketrans({
    "a": "ᵃ", "b": "ᵇ", "c": "ᶜ", "d": "ᵈ", "e": "ᵉ", "f": "ᶠ", "g": "ᵍ", "h": "ʰ", "i": "ⁱ",
    "j": "ʲ", "k": "ᵏ", "l": "ˡ", "m": "ᵐ", ",": "˒",
})

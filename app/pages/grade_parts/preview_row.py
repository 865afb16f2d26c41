"""The row of the table as it will appear, from one's own rating, marked as a preview."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.painting.judgement_marks import CertaintyMark
from app.widgets.chip import Chip
from app.widgets.flow import FlowLayout
from app.widgets.parts import frame, holder, label, line, row, set_role
from assessments.language import _
from assessments.rating_sheet import RatingSheet
from assessments.summary_of_findings.preview import Preview
from gradecore.grade.vocabulary import SCORE_OF_LEVEL

_SHORT, _LONG = 44, 160
"""Most characters of a cell; the whole text is its tooltip."""


class PreviewRow(QWidget):
    """Headings and one row; the explanations are told in its description."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = Chip(_("preview"), "accent")
        self._texts: tuple[str, ...] = ()
        self._compact = self._settled = False
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(14)
        self.grid.setVerticalSpacing(3)
        self.headings: list[QLabel] = []
        self.cells: list[QLabel] = []
        for place, (words, _stretch) in enumerate(self._columns()):
            cell = label("", "strong" if place == 0 else "", wrap=True)
            cell.setAlignment(Qt.AlignmentFlag.AlignTop)
            self.headings.append(label(words, "caption", wrap=True))
            self.cells.append(cell)
        self.circles = CertaintyMark(size=13)
        self.word = label("", "strong")
        certainty = FlowLayout(gap=6)
        certainty.addWidget(self.circles)
        certainty.addWidget(self.word)
        self.headings.append(label(_("Certainty"), "caption"))
        self._parts: list[QWidget] = [*self.cells, holder(certainty)]
        self.set_upright(False)
        self.hint = label(_("Updates as you rate"), "caption")
        title = label(_("Summary of findings"), "strong")
        self.head = holder(row(title, self.mark, None, self.hint))
        self.rule = line()
        inner = QVBoxLayout()
        inner.setSpacing(6)
        inner.addWidget(self.head)
        inner.addWidget(self.rule)
        inner.addLayout(self.grid)
        box = frame("card", inner, 10)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(box)

    def set_upright(self, upright: bool) -> None:
        """Put the cells below each other where it is narrow, else beside each other."""
        stretches = [stretch for _words, stretch in self._columns()]
        for place, (heading, part) in enumerate(zip(self.headings, self._parts, strict=True)):
            self.grid.removeWidget(heading)
            self.grid.removeWidget(part)
            self.grid.addWidget(heading, *((place, 0) if upright else (0, place)))
            self.grid.addWidget(part, *((place, 1) if upright else (1, place)))
            wide = (0, 1, 0, 0, 0, 0)[place] if upright else (*stretches, 7)[place]
            self.grid.setColumnStretch(place, wide)

    def set_compact(self, compact: bool) -> None:
        """Leave the heading out, write smaller and cut long cells where the room is low."""
        if compact == self._compact:
            return
        self._compact = compact
        self.head.setVisible(not compact)
        self.rule.setVisible(not compact)
        for cell in self.cells[1:]:
            set_role(cell, "small" if compact else "")
        self._show_mark()
        self._show_texts()

    def _show_mark(self) -> None:
        """Say that it is a preview beside the heading, or where that is left out, in the row."""
        words = _("Outcome · settled") if self._settled else _("Outcome · preview")
        self.headings[0].setText(words if self._compact else _("Outcome"))

    def _show_texts(self) -> None:
        longest = _SHORT if self._compact else _LONG
        for cell, text in zip(self.cells, self._texts, strict=False):
            flat = text.replace("\n", " ") if self._compact else text
            cut = f"{flat[: longest - 1].rstrip()}…"
            cell.setText(flat if len(flat) <= longest else cut)
            cell.setToolTip(text)

    def _columns(self) -> tuple[tuple[str, int], ...]:
        return (
            (_("Outcome"), 7), (_("Comparator"), 4), (_("Intervention"), 6),
            (_("Relative effect"), 5), (_("People (studies)"), 4),
        )

    def show_preview(self, sheet: RatingSheet, preview: Preview | None) -> None:
        """Show the row, or nothing where there is none."""
        self.setVisible(preview is not None)
        if preview is None:
            return
        found = preview.row
        settled = self._settled = sheet.settled is not None
        self.mark.show_text(_("settled") if settled else _("preview from your rating"),
                            "ok" if settled else "accent")
        self._show_mark()
        self.hint.setVisible(not settled and not sheet.closed)
        comparison = sheet.comparison
        if comparison is not None:
            self.headings[1].setText(comparison.comparator or _("Comparator"))
            self.headings[2].setText(comparison.intervention or _("Intervention"))
        group = found.groups[0]
        name = ", ".join(part for part in (found.name.text, sheet.outcome.time_point) if part)
        with_it = group.intervention_alone.text
        if found.text is not None:
            with_it = found.text.text
        without = group.comparator.text
        if group.label:  # the first of several risks, whose certainty is shown
            without = f"{without} ({group.label})"
        texts = (name, without, with_it, found.relative.text,
                 found.participants.text)
        self._texts = texts
        self._show_texts()
        certainty = group.certainty or found.certainty  # that of the risk which is shown
        self.circles.show_certainty(SCORE_OF_LEVEL.get(certainty.level or ""), certainty.word)
        letters = ",".join(certainty.letters)
        word = certainty.word or (_("Not rated") if not sheet.reported else "")
        self.word.setText(f"{word} {_raised(letters)}".strip())
        notes = "\n".join(
            f"{one.letter}. {one.text}" for one in preview.footnotes
            if one.letter in certainty.letters
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

"""What would be said of a synthesis in words at each level of certainty, below the team's words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.widgets.parts import label
from assessments.language import _
from assessments.review import Narrative, Outcome
from assessments.store.project_file import Project
from assessments.summary_of_findings.narrative_statement import (
    faults_of_words,
    forms_needed,
    sentences_by_level,
)


class SaidByLevel(QWidget):
    """One line for each level, and what does not belong into the words."""

    def __init__(self) -> None:
        super().__init__()
        self.faults = label("", "warn", wrap=True)
        self.lines = [(label("", "small"), label("", "small", wrap=True)) for _n in range(4)]
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for place, (level, words) in enumerate(self.lines):
            grid.addWidget(level, place, 0, top)
            grid.addWidget(words, place, 1, top)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(self.faults)
        layout.addWidget(label(
            _("Said in the table once the certainty is settled, by its level:"), "caption",
            wrap=True))
        layout.addLayout(grid)

    def show_words(self, project: Project, outcome: Outcome, found: Narrative) -> None:
        """Show the sentences that follow from the words of the team."""
        faults = faults_of_words(found)
        self.faults.setText("\n".join(faults))
        self.faults.setVisible(bool(faults))
        needed = forms_needed(project, outcome)
        missing = (_("Write what happens.") if needed == ("verb_infinitive",)
                   else _("Write what happens in this form."))
        said = sentences_by_level(project, outcome)
        for (level, words), (name, sentence) in zip(self.lines, said, strict=True):
            level.setText(name)
            words.setText(sentence or missing)
            words.setEnabled(bool(sentence))
            words.setAccessibleName(f"{name}: {sentence or missing}")

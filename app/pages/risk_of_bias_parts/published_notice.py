"""What a publication has judged of the unit, quietly above one's own form."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.painting.judgement_marks import JudgementMark
from app.widgets.elided_label import ElidedLabel
from app.widgets.flow import FlowLayout, WordsBeside
from app.widgets.parts import clear, frame, holder, label, row
from app.workspace import Workspace
from assessments.comparisons import domain_title
from assessments.instrument import OVERALL, Instrument
from assessments.language import _
from assessments.published_judgements import published_judgement
from assessments.review import OutcomeGroup
from assessments.sealing import Opened
from assessments.sheet import Sheet


class PublishedNotice(QFrame):
    """The source, and the published level of each domain; hidden where there is none.

    It is low, so that it stays in sight; the names of the domains are in its tooltips.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.setProperty("role", "sunken")
        self._shown: tuple[Opened, str] | None = None
        self.words = ElidedLabel("", "small")
        self._levels = FlowLayout(gap=10)
        line = WordsBeside(least=150)
        line.setContentsMargins(12, 6, 12, 6)
        line.addWidget(self.words)
        line.addWidget(holder(self._levels))
        self.setLayout(line)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_sheet(self, sheet: Sheet, domain: str) -> None:
        """Show what was published of the unit of a sheet, the domain one is in marked."""
        found = published_judgement(self.workspace.project, sheet.unit)
        self.setVisible(found is not None)
        if found is None:
            self._shown = None
            return
        if self._shown == (found, domain):
            return
        self._shown = (found, domain)
        self.words.setText(
            _("Judged in the publication: {source}").format(source=found.assessment.source)
        )
        rest = _("It counts until you both have finished your own and settled them.")
        self.words.setToolTip(f"{self.words.text()}. {rest}")
        clear(self._levels)
        said = []
        for where, role, name, word in self._lines(found, sheet.instrument):
            said.append(f"{name}: {word}")
            short = _("All") if where == OVERALL else where
            self._levels.addWidget(_level(role, (short, name), word, here=where == domain))
        self.setAccessibleName(f"{self.words.text()}. {'; '.join(said)}. {rest}")

    def _lines(
        self, found: Opened, instrument: Instrument
    ) -> list[tuple[str, str, str, str]]:
        """Return (domain, role, name, word) of each published level, in the form's order."""
        groups = {one.id: one.label for one in self.workspace.project.all(OutcomeGroup)}
        order = [*(one.id for one in instrument.domains), OVERALL]
        lines = []
        for one in sorted(found.judgements, key=lambda made: order.index(made.domain)):
            if one.level is None:
                continue
            level = instrument.level(one.domain, one.level)
            name = domain_title(instrument, one.domain)
            if one.part:
                name = f"{name} ({groups.get(one.part, one.part)})"
            lines.append((one.domain, level.role, name, level.label))
        return lines


def _level(role: str, names: tuple[str, str], word: str, *, here: bool) -> QWidget:
    """Return number and mark of a domain; the one that one is in says its level too."""
    short, name = names
    mark = JudgementMark(role, word, 13)
    words = label(short if not here else _("{domain} {level}").format(domain=short, level=word),
                  "strong" if here else "caption")
    made = frame("clear", row(words, mark, gap=4), 0)
    made.setToolTip(_("{name}: {word}").format(name=name, word=word))
    made.setAccessibleName(made.toolTip())
    return made

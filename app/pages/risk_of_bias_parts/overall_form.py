"""The overall judgement: the levels of the domains, flags, and the judgement of the whole."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.pages.risk_of_bias_parts.desk import Desk
from app.pages.risk_of_bias_parts.group_chooser import KeyDomains, OverallRule
from app.pages.risk_of_bias_parts.judgement_box import JudgementBox
from app.pages.risk_of_bias_parts.words import domain_mark, numbered
from app.painting.judgement_marks import JudgementMark
from app.widgets.card import Card
from app.widgets.parts import button, label
from assessments.instrument import Domain, Instrument, Overall
from assessments.sheet import Sheet


class OverallForm(QWidget):
    """All domains in lines and the overall judgement below; ``wanted(domain)`` goes to one."""

    wanted = Signal(str)
    current = Signal(str)
    done = Signal()

    def __init__(
        self, desk: Desk, instrument: Instrument, overall: Overall, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self.instrument = desk, instrument
        self.setProperty("role", "clear")
        self._marks: dict[str, JudgementMark] = {}
        self._words: dict[str, QLabel] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._domains: tuple[Domain, ...] = ()
        lines = Card("", margin=12)
        lines.add(self._grid)
        self.keys = KeyDomains(desk.workspace) if overall.key_domains else None
        self.rule = OverallRule(desk.workspace) if overall.optional else None
        self.box = JudgementBox(desk, overall)
        self.box.names = {one.id: one.id for one in instrument.domains}
        self.box.entered.connect(self._entered)
        self.box.done.connect(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label(overall.title, "section", wrap=True))
        if overall.guidance:
            column.addWidget(label(overall.guidance.strip(), "small", wrap=True))
        column.addWidget(lines)
        for part in (self.keys, self.rule, self.box):
            if part is not None:
                column.addWidget(part)
        column.addStretch(1)

    def _make(self, sheet: Sheet) -> None:
        self._domains = tuple(one for one in sheet.domains if one.judged)
        self._grid.setColumnStretch(1, 1)
        for line, domain in enumerate(self._domains):
            mark = JudgementMark(None, "", 16)
            go = button(numbered(domain), lambda name=domain.id: self.wanted.emit(name),
                        role="link")
            word = label("", "small", wrap=True)
            self._grid.addWidget(mark, line, 0)
            self._grid.addWidget(go, line, 1)
            self._grid.addWidget(word, line, 2)
            self._marks[domain.id], self._words[domain.id] = mark, word
        self._grid.setColumnStretch(2, 1)

    def show_sheet(self, sheet: Sheet, *, fresh: bool = True) -> None:
        """Show the sheet."""
        if not self._domains:
            self._make(sheet)
        for domain in self._domains:
            role, word = domain_mark(sheet, sheet.domain(domain.id))
            self._marks[domain.id].show_level(role, word)
            self._words[domain.id].setText(word)
        if self.keys is not None:
            self.keys.show_sheet(sheet)
        if self.rule is not None:
            self.rule.show_sheet(sheet)
        self.box.show_sheet(sheet)

    def rest(self) -> None:
        """Mark nothing as the place where one works."""
        self.box.set_current(False)

    def take_focus(self) -> None:
        """Put the focus on the judgement."""
        self.box.take_focus()
        self._entered()

    def focus_on(self, _question: str, _part: str = "") -> None:
        """Put the focus on the judgement."""
        self.box.take_focus()
        self._entered()

    @property
    def place(self) -> tuple[str, str]:
        """The overall judgement has no questions or parts."""
        return "", ""

    def begin_quote(self, _question: str, _part: str) -> None:
        """Quotes belong to domains."""

    def commit(self) -> None:
        """Commit what is being typed."""
        self.box.commit()

    def _entered(self) -> None:
        self.box.set_current(True)
        self.current.emit("")


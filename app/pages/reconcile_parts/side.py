"""One assessor's side of a comparison: level, answers, quotes, rationale; nothing to change."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.painting.judgement_marks import JudgementMark
from app.widgets.elided_label import ElidedLabel
from app.widgets.parts import clear, column, frame, label, row
from assessments.comparisons import ComparedItem
from assessments.instrument import OVERALL, Domain, Instrument, Level
from assessments.language import _
from assessments.reconciliation import level_for
from assessments.sealing import Opened
from assessments.settling import words_for


def level_shown(instrument: Instrument, domain: str, code: str | None) -> Level | None:
    """Return the level of a domain by its code, None while undecided or unknown."""
    return next((one for one in instrument.levels_of(domain) if one.code == code), None)


class Side(QFrame):
    """A tinted box in the colour of an assessor, always with the letter."""

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letter = letter
        self.setProperty("role", letter.lower())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 14, 14)
        self._column.setSpacing(8)

    def show_side(
        self, one: ComparedItem, instrument: Instrument, name: str, differing: frozenset[str]
    ) -> None:
        """Show what this assessor judged, answered, quoted and wrote."""
        clear(self._column)
        side = one.compared.a if self.letter == "A" else one.compared.b
        domain, part = one.item.domain, one.item.part
        code = level_for(side, domain, part)
        level = level_shown(instrument, domain, code)
        word = level.label if level is not None else _("not judged")
        self.setAccessibleName(
            _("{letter}, {name}: {level}").format(letter=self.letter, name=name, level=word)
        )
        self._head(name, level, word)
        if one.is_rating and part and side.level(domain, part) is None and level is not None:
            self._column.addWidget(
                label(_("Not rated apart here: the level of the whole outcome"), "caption",
                      wrap=True))
        made = side.judgement(domain, part) or side.judgement(domain)
        if domain != OVERALL:
            self._answers(instrument.domain(domain, side.assessment.effect), side, differing)
        self._quotes(side, domain, part)
        if made is not None:
            self._words(_("Rationale"), words_for(side, domain, part))
            self._words(_("Why not as proposed"), made.reason)
            self._words(_("Direction of bias"), made.direction)
        self._column.addStretch(1)

    def _head(self, name: str, level: Level | None, word: str) -> None:
        who = ElidedLabel(f"{self.letter} · {name}", self.letter.lower())
        mark = JudgementMark(level.role if level is not None else None, word, 20)
        self._column.addLayout(row(who, None, mark, label(word, "strong")))

    def _answers(self, domain: Domain, side: Opened, differing: frozenset[str]) -> None:
        given = side.responses(domain.id)
        for question in domain.questions:
            response = given.get(question.id)
            if response is None:
                continue
            differs = question.id in differing
            prompt = ElidedLabel(f"{question.id} {question.prompt}")
            answer = label(response, "strong" if differs else "")
            line = row(prompt, None, answer)
            line.setStretch(0, 100)
            line.setStretch(1, 1)
            box = frame("card" if differs else "clear", line, 6)
            line.setContentsMargins(10, 5, 10, 5)
            said = _("{question}, answer {answer}").format(question=question.id, answer=response)
            if differs:
                said += ", " + _("differs")
            box.setAccessibleName(said)
            self._column.addWidget(box)

    def _quotes(self, side: Opened, domain: str, part: str) -> None:
        quotes = [one for one in side.quotes if one.domain == domain and one.part in ("", part)]
        if not quotes:
            return
        self._column.addWidget(label(_("Quote"), "overline"))
        for quote in quotes:
            place = ", ".join(
                text for text in (quote.document, f"p. {quote.page}" if quote.page else "") if text
            )
            words = label(f"“{quote.text}”", wrap=True)
            self._column.addLayout(
                column(words, *((label(place, "caption"),) if place else ()), gap=2)
            )

    def _words(self, heading: str, text: str) -> None:
        if text.strip():
            self._column.addWidget(label(heading, "overline"))
            self._column.addWidget(label(text.strip(), wrap=True))


def different_answers(one: ComparedItem) -> frozenset[str]:
    """Return the questions that the two answered differently in this domain."""
    a = one.compared.a.responses(one.item.domain)
    b = one.compared.b.responses(one.item.domain)
    return frozenset(key for key in a.keys() | b.keys() if a.get(key) != b.get(key))

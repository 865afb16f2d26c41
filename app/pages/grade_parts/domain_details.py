"""What lies beside the decision about a domain: facts, questions, the quiet prompts, guidance."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app import theme
from app.pages.grade_parts.baseline_levels import BaselineLevels
from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.funnel_picture import FunnelPicture, funnel_asked
from app.pages.grade_parts.pico_grid import PicoGrid
from app.pages.grade_parts.prompt_row import AnswerRow, PromptRow
from app.pages.grade_parts.quiet_prompts import QuietPrompts
from app.pages.grade_parts.words import already_told, rarest_level
from app.pages.grade_parts.words_grid import Words, WordsGrid
from app.widgets.parts import button, frame, label, row
from assessments.language import _, counted
from assessments.rating_sheet import RatingSheet
from gradecore.grade.facts import Prompt
from gradecore.grade.risk_of_bias import PRINCIPLES
from gradecore.grade.vocabulary import IMPRECISION, ROB

_FEW = 6
"""Facts that are shown at first."""
_TWO_COLUMNS_FROM = 570
_ALWAYS_ASKED = {"publication_bias": ("PUB-3", "PUB-7")}
"""Questions that only the assessor can answer, asked where nothing else fires them."""


class DomainDetails(QWidget):
    """The open part of a domain card.

    ``left()`` gives the focus back to the card, ``level_wanted(code)`` asks for a rare level.
    """

    left = Signal()
    level_wanted = Signal(str)

    def __init__(self, desk: GradeDesk, domain: str) -> None:
        super().__init__()
        self.desk, self.domain = desk, domain
        self.prompts: dict[str, PromptRow] = {}
        self._kept: dict[str, PromptRow] = {}
        self._pairs = 2
        self.facts = WordsGrid(narrow=True)
        self.facts.setHorizontalSpacing(16)
        self.facts.setVerticalSpacing(3)
        self._stretch_facts()
        self._all_facts = False
        self.more_facts = button("", self._toggle_facts, role="link", icon="chevron_right")
        self.pico = PicoGrid(desk) if domain == "indirectness" else None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.extras = [AnswerRow(desk, domain, one) for one in _ALWAYS_ASKED.get(domain, ())]
        self.funnel = FunnelPicture(desk) if domain == "publication_bias" else None
        self.borderline = QCheckBox(_("Borderline"))
        self.borderline.setAccessibleName(_("Borderline: it could have gone the other way"))
        self.borderline.setToolTip(self.borderline.accessibleName())
        self.borderline.clicked.connect(self._borderline)
        self.baselines = BaselineLevels(desk) if domain == IMPRECISION else None
        said = _("Rate down three levels: unusual here, asks first")
        self.rare = button("", self._want_rare, role="link", tip=said)
        self.rare.setAccessibleName(said)
        self.quiet = QuietPrompts(self.borderline, self.rare)
        self.guidance = self._guidance()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 2, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.guidance)
        outer.addLayout(self.facts)
        outer.addWidget(self.more_facts)
        for part in (self.pico, self.funnel, *self.extras):
            if part is not None:
                outer.addWidget(part)
        outer.addLayout(self._rows)
        if self.baselines is not None:
            outer.addWidget(self.baselines)
        outer.addWidget(self.quiet)

    def _connect(self) -> None:
        if self.baselines is not None:
            self.baselines.walked.connect(self._out_of_baselines)
        if self.pico is not None:
            self.pico.walked.connect(self._out_of_grid)
        for place, extra in enumerate(self.extras):
            extra.buttons.walked.connect(lambda step, place=place: self._walk_extras(place, step))

    def _guidance(self) -> QWidget:
        domain = self.desk.sheet.domain(self.domain) if self.desk.sheet is not None else None
        said = [domain.guidance.strip().replace("\n", " ")] if domain else []
        if self.domain == ROB:
            said += [_(one) for one in PRINCIPLES]
        words = label(" ".join(said), "small", wrap=True)
        close = button("", lambda: self.show_guidance(False), role="quiet", icon="close",
                       tip=_("Close the guidance"))
        line = row(words, close, gap=8)
        line.setStretch(0, 1)
        line.setAlignment(close, Qt.AlignmentFlag.AlignTop)
        made = frame("a", line, 10)
        made.setAccessibleName(words.text())
        made.hide()
        return made

    def show_guidance(self, on: bool | None = None) -> None:
        """Show or hide the guidance of the domain."""
        self.guidance.setVisible(self.guidance.isHidden() if on is None else on)

    # -- showing ---------------------------------------------------------------------------

    def show_sheet(self, sheet: RatingSheet) -> None:
        """Show facts and prompts of the domain."""
        found = sheet.prompts_in(self.domain)
        fired = tuple(
            one for one in found if one.fired and not (self.pico and one.id == "IND-7")
        )
        self._show_facts(found)
        self._show_fired(fired)
        self.quiet.show_prompts((*(one for one in found if not one.fired),
                                 *sheet.not_asked(self.domain)))
        if self.pico is not None:
            self.pico.show_answers()
        if self.funnel is not None:
            self.funnel.show_sheet(sheet)
        if self.baselines is not None:
            self.baselines.show_sheet(sheet)
        asked = {one.id for one in fired}
        for extra in self.extras:
            extra.setVisible(
                extra.question not in asked and _can_be_asked(sheet, extra.question)
            )
            extra.show_given()
        self.borderline.setChecked(sheet.answers.get((self.domain, "borderline")) == "yes")
        self.borderline.setEnabled(not sheet.closed)
        self.borderline.setVisible(self.domain in ("rob", "inconsistency", "indirectness",
                                                   "imprecision", "publication_bias"))
        self._show_rare(sheet)

    def _show_rare(self, sheet: RatingSheet) -> None:
        found = rarest_level(sheet, self.domain)
        offered = found is not None and sheet.level(self.domain) != found.code
        if found is not None:
            self.rare.setText(_("Rare: −3 ({key})").format(key=found.key))
        self.rare.setVisible(offered and not sheet.closed)

    def _want_rare(self) -> None:
        found = rarest_level(self.desk.sheet, self.domain) if self.desk.sheet else None
        if found is not None:
            self.level_wanted.emit(found.code)

    def _show_facts(self, prompts: tuple[Prompt, ...]) -> None:
        order = sorted(prompts, key=lambda one: not one.fired)  # those of fired prompts lead
        found = tuple({
            one.key: one for prompt in order for one in prompt.facts
            if not one.key.startswith("wording_")  # sentences, told by their prompt
        }.values())
        told = already_told(self.desk.sheet, self.domain)
        first = [one for one in found if one.key not in told][:_FEW]
        facts = found if self._all_facts else first
        self.more_facts.setVisible(len(found) > len(first))
        everything = counted("The one fact", "All {n} facts", len(found))
        words = _("Fewer facts") if self._all_facts else everything
        self.more_facts.setText(words)
        self.more_facts.setAccessibleName(words)
        half = -(-len(facts) // self._pairs) or 1
        cells = {}
        for place, one in enumerate(facts):
            line, column = place % half, 2 * (place // half)
            cells[line, column] = Words(text=_(one.label))
            cells[line, column + 1] = Words(text=one.display, role="", selectable=True)
        self.facts.show_words(cells)

    def _stretch_facts(self) -> None:
        """Let one pair of columns, or two, take the width."""
        for column, stretch in enumerate((5, 4, 5, 4)):
            self.facts.setColumnStretch(column, stretch if column < 2 * self._pairs else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show facts in one column where two would break every line."""
        super().resizeEvent(event)
        pairs = 1 if self.width() < theme.px(_TWO_COLUMNS_FROM) else 2
        if pairs != self._pairs:
            self._pairs = pairs
            self._stretch_facts()
            if self.desk.sheet is not None:
                self._show_facts(self.desk.sheet.prompts_in(self.domain))

    def _toggle_facts(self) -> None:
        self._all_facts = not self._all_facts
        if self.desk.sheet is not None:
            self._show_facts(self.desk.sheet.prompts_in(self.domain))

    def _show_fired(self, fired: tuple[Prompt, ...]) -> None:
        if [one.id for one in fired] != list(self.prompts):
            self._choose_rows(fired)
        for one in fired:
            self.prompts[one.id].show_prompt(one)

    def _choose_rows(self, fired: tuple[Prompt, ...]) -> None:
        """Show the rows of these prompts; the others are kept, since making them takes long."""
        wanted = [one.id for one in fired]
        focused = next((key for key, one in self.prompts.items()
                        if one.isAncestorOf(_focus()) or one is _focus()), "")
        for one in fired:
            if one.id not in self._kept:
                self._kept[one.id] = self._row(one)
        for key, made in self._kept.items():
            if key not in wanted:
                made.hide()
        self.prompts = {key: self._kept[key] for key in wanted}
        for place, made in enumerate(self.prompts.values()):
            if self._rows.indexOf(made) != place:
                self._rows.insertWidget(place, made)
            made.show()
        if focused in self.prompts:
            self.prompts[focused].setFocus()

    def commit(self) -> None:
        """Commit what has been typed beside a prompt."""
        for one in self.prompts.values():
            one.why.commit()

    def _row(self, prompt: Prompt) -> PromptRow:
        made = PromptRow(self.desk, prompt)
        made.walked.connect(lambda step, key=prompt.id: self._walk(key, step))
        made.left.connect(self.left)
        return made

    def _borderline(self, on: bool) -> None:
        self.desk.answer(self.domain, "borderline", "yes" if on else None)

    # -- walking ---------------------------------------------------------------------------

    def take_focus(self, prompt: str = "") -> bool:
        """Put the focus on a prompt, on the first one that waits, or on the first question."""
        sheet = self.desk.sheet
        if sheet is None:
            return False
        waiting = [one.id for one in sheet.waiting(self.domain)]
        if not prompt and self.pico is not None and any(
            ("indirectness", f"pico/{element}") not in sheet.answers for element in self.pico.rows
        ):
            self.pico.take_focus()
            return True
        if not prompt and not waiting and self._to_extra(sheet):
            return True
        target = prompt or next(iter(waiting), next(iter(self.prompts), ""))
        if target in self.prompts:
            self.prompts[target].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if self.pico is not None:
            self.pico.take_focus()
            return True
        return False

    def _to_extra(self, sheet: RatingSheet) -> bool:
        """Put the focus on the first question that nothing has fired and nobody answered."""
        for extra in self.extras:
            if not extra.isHidden() and (self.domain, extra.question) not in sheet.answers:
                extra.buttons.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def _walk_extras(self, place: int, step: int) -> None:
        """Walk among these questions; below them come the fired ones, above them the card."""
        seen = [one for one in self.extras if not one.isHidden()]
        target = seen.index(self.extras[place]) + step
        if 0 <= target < len(seen):
            seen[target].buttons.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif target > 0 and self.prompts:
            next(iter(self.prompts.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    def _walk(self, key: str, step: int) -> None:
        order = list(self.prompts)
        place = order.index(key) + step
        if 0 <= place < len(order):
            self.prompts[order[place]].setFocus(Qt.FocusReason.OtherFocusReason)
        elif place < 0 and self.pico is not None:
            self.pico.take_focus(last=True)
        elif place > 0 and self.baselines is not None and not self.baselines.isHidden():
            self.baselines.take_focus()
        else:
            self.left.emit()

    def _out_of_baselines(self, step: int) -> None:
        if step < 0 and self.prompts:
            list(self.prompts.values())[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    def _out_of_grid(self, step: int) -> None:
        if step > 0 and self.prompts:
            next(iter(self.prompts.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()


def _can_be_asked(sheet: RatingSheet, question: str) -> bool:
    """Return whether there is something to look at for a question."""
    return funnel_asked(sheet) if question == "PUB-3" else sheet.reported


def _focus() -> QWidget:
    from PySide6.QtWidgets import QApplication

    return QApplication.focusWidget() or QWidget()

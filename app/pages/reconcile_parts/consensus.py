"""The consensus below the two sides: take A, take B, another level, or refer; reason and kind."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import words
from app.pages.reconcile_parts.side import different_answers, level_shown
from app.widgets.card import Card
from app.widgets.chip import Chip
from app.widgets.form import choice
from app.widgets.level_buttons import LevelButtons, LevelChoice
from app.widgets.note_field import NoteField
from app.widgets.parts import column, holder, label, row
from assessments.comparisons import ComparedItem
from assessments.imprecision_by_baseline import AT
from assessments.instrument import Instrument
from assessments.language import _, counted
from assessments.problems import Problem
from assessments.settling import words_for
from gradecore.grade.vocabulary import NOT_ASSESSABLE_CONCERN

TAKE_A, TAKE_B, OTHER, REFER = "took_a", "took_b", "other", "referred"
Draft = tuple[str | None, str | None, str, str | None, str]
"""Way, level, reason, kind of difference, explanation."""


class ConsensusCard(Card):
    """What the two agree on. ``changed()`` when the draft differs; nothing is saved by it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Consensus"), parent)
        self.arbiter = False
        self._one: ComparedItem | None = None
        self._drafts: dict[str, Draft] = {}  # of items that were left before they were settled
        self.differs = Chip("", "warn")
        self.head.insertWidget(1, self.differs)
        self.state = label("", "secondary")
        self.add_action(self.state)
        self.ways = LevelButtons(_("Way to settle"))
        self.ways.chosen.connect(self._way_chosen)
        self.ways.moved_on.connect(self.focus_reason)
        self.levels = LevelButtons(_("Level agreed on"))
        self.levels.chosen.connect(lambda _code: self.changed.emit())
        self.levels.moved_on.connect(self.focus_reason)
        self.level_box = holder(column(label(_("Level agreed on"), "small"), self.levels, gap=4))
        self.reason = NoteField(_("Reason for the consensus"), lines=3)
        self.reason.edit.textChanged.connect(self.changed)
        self.kind = choice(_("What the difference came from"), words.disagreement_kinds())
        self.explanation = NoteField(_("Explanation printed in the table"), lines=2)
        self.taken_from = label(_("Taken from the side you take; it can be changed"), "caption")
        self.explanation_box = holder(column(
            row(label(_("Explanation printed in the table"), "small"), None, self.taken_from),
            self.explanation, gap=4))
        self.add(self.ways)
        self.add(self.level_box)
        self.add(
            row(
                label(_("Reason for the consensus"), "small"),
                None,
                label(_("Shown in the report and the audit trail"), "caption"),
            )
        )
        self.add(self.reason)
        self.add(row(label(_("What the difference came from"), "small"), self.kind, None))
        self.add(self.explanation_box)

    # -- showing ---------------------------------------------------------------------------

    def show_item(
        self, one: ComparedItem, instrument: Instrument, *, arbiter: bool, locked: str
    ) -> None:
        """Show an item with what was settled so far, as a draft that can be changed."""
        again = self._one is not None and self._one.id == one.id
        draft = self._draft() if again else self._leave_for(one)
        self._one, self.arbiter = one, arbiter
        self._show_differences(one)
        self.ways.set_levels(self._choices(one, instrument))
        self.levels.set_levels(
            LevelChoice(code=level.code, word=level.label, role=level.role, key="")
            for level in instrument.levels_of(one.item.domain)
            if not (one.item.part.startswith(AT) and level.code == NOT_ASSESSABLE_CONCERN)
        )  # at a risk with an absolute effect it can be assessed, as the page GRADE has it
        found = one.item.settlement
        if draft is None or found is not None:
            how = "" if found is None else found.how
            way = OTHER if how == "arbitrated" else (TAKE_A if how == "agreed" else how) or None
            draft = (
                way,
                one.item.level if way == OTHER else None,
                found.reason if found else "",
                found.kind if found else "",
                self._kept_explanation(one, way),
            )
        self.ways.set_chosen(draft[0])
        self.levels.set_chosen(draft[1])
        self.reason.set_text(draft[2])
        self.kind.show_value(draft[3])
        self.explanation.set_text(draft[4])
        self.explanation_box.setVisible(one.is_rating)
        for part in (self.ways, self.levels):
            part.set_read_only(locked)
        self.kind.setEnabled(not locked)
        self.level_box.setVisible(self.ways.value == OTHER)
        self.explanation.set_read_only(bool(locked))
        self.taken_from.setVisible(not locked)
        self.reason.set_problem("")
        self.explanation.set_problem("")

    def _kept_explanation(self, one: ComparedItem, way: str | None) -> str:
        """Return the settled explanation, or that of the side which is taken."""
        settled = one.compared.consensus
        if one.item.settled and settled is not None:
            return settled.explanation(one.item.domain, one.item.part)
        return self._explanation_of(way)

    def _explanation_of(self, way: str | None) -> str:
        """Return the words of the side that a way to settle takes, '' where it takes none."""
        one = self._one
        side = {TAKE_A: one.compared.a, TAKE_B: one.compared.b}.get(way or "") if one else None
        if one is None or side is None:
            return ""
        return words_for(side, one.item.domain, one.item.part)

    def _leave_for(self, one: ComparedItem) -> Draft | None:
        """Keep the draft of the item shown so far and return that of the next."""
        if self._one is not None:
            self._drafts[self._one.id] = self._draft()
        for field in (self.reason, self.explanation):
            field.show_kept(field.text())  # else what is typed would stay for the next
        return self._drafts.pop(one.id, None)

    def _draft(self) -> Draft:
        return (self.ways.value, self.levels.value, self.reason.text(), self.kind.value,
                self.explanation.text())

    def _show_differences(self, one: ComparedItem) -> None:
        count = len(different_answers(one))
        self.differs.show_text(
            counted("{n} answer differs", "{n} answers differ", count) if count else "", "warn"
        )
        final = one.assignment.consensus == "finished"
        texts = {
            "settled": _("Final") if final else _("Settled"),
            "referred": _("Referred to the third person"),
            "agreed": _("Both chose the same level"),
            "open": "",
        }
        self.state.setText(texts[one.state])

    def _choices(self, one: ComparedItem, instrument: Instrument) -> tuple[LevelChoice, ...]:
        def side(code: str, text: str, level: str | None, key: str) -> LevelChoice:
            found = level_shown(instrument, one.item.domain, level)
            return LevelChoice(
                code=code,
                word=text,
                role=found.role if found else None,
                key=key,
                detail=found.label if found else _("not judged"),
            )

        both = (
            side(TAKE_A, _("Take A"), one.item.level_a, "1"),
            side(TAKE_B, _("Take B"), one.item.level_b, "2"),
            LevelChoice(
                code=OTHER, word=_("Other level"), role="", key="3", detail=_("agreed on now")
            ),
        )
        if self.arbiter:
            return both
        refer = LevelChoice(
            code=REFER, word=_("Refer"), role="", key="4", detail=_("to a third person")
        )
        return (*both, refer)

    # -- acting ----------------------------------------------------------------------------

    def _way_chosen(self, code: str | None) -> None:
        self.level_box.setVisible(code == OTHER)
        taken = {self._explanation_of(one) for one in (TAKE_A, TAKE_B)}
        if self.explanation.text().strip() in taken | {""}:  # nobody has written words of their own
            self.explanation.set_text(self._explanation_of(code))
        self.changed.emit()

    def press(self, key: int, text: str) -> bool:
        """Act on 1 to 4 when the focus is elsewhere on the page."""
        return self.ways.press(key, text)

    def focus_reason(self) -> None:
        """Put the cursor into the reason."""
        (
            self.levels if self.ways.value == OTHER and self.levels.value is None else self.reason
        ).setFocus()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show why it could not be settled where it can be mended, and go there."""
        about = [one for one in problems if one.where == "support"]
        rest = [one for one in problems if one.where != "support"]
        self.explanation.set_problem(" ".join(str(one) for one in about))
        self.reason.set_problem(" ".join(str(one) for one in rest))
        if rest:
            self.focus_reason()
        else:
            self.explanation.setFocus()

    def new_reason(self) -> str:
        """Return the reason if it is another than the one that is kept, else ''."""
        found = self._one.item.settlement if self._one is not None else None
        typed = self.reason.text().strip()
        return "" if found is not None and typed == found.reason else typed

    def settlement(self) -> dict[str, str | None] | None:
        """Return how, level, reason and kind of the draft, None while no way is chosen."""
        way = self.ways.value
        if way is None or self._one is None:
            return None
        how, level = way, self.levels.value if way == OTHER else None
        if self.arbiter:
            item = self._one.item
            level = {TAKE_A: item.level_a, TAKE_B: item.level_b}.get(way, level)
            how = "arbitrated"
        elif self._one.item.identical and way in (TAKE_A, TAKE_B):
            how = "agreed"
        own = self.explanation.text() if self._one.is_rating else None
        return {"how": how, "level": level, "reason": self.reason.text(), "kind": self.kind.value,
                "support": own}

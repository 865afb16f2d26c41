"""Prompts that are clear, cannot be assessed or are not asked: quiet, each with its reason."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.pages.grade_parts.words import prompt_facts, trust_words
from app.widgets.flow import FlowLayout
from app.widgets.parts import button, clear, holder, label
from assessments.language import _, counted
from gradecore.grade.facts import CLEAR, Prompt


class QuietPrompts(QWidget):
    """One line that counts them; below it, on request, each with its facts or its reason.

    ``beside`` stands at the right end of that line.
    """

    def __init__(self, *beside: QWidget) -> None:
        super().__init__()
        self._prompts: tuple[Prompt, ...] = ()
        self.open = button("", self._toggle, role="link", icon="chevron_right",
                           tip=_("Prompts that did not fire"))
        self.open.hide()
        self._list = QVBoxLayout()
        self._list.setContentsMargins(24, 0, 0, 0)
        self._list.setSpacing(6)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        head = FlowLayout(gap=16)
        for part in (self.open, *beside):
            head.addWidget(part)
        self.head = holder(head)
        outer.addWidget(self.head)
        outer.addLayout(self._list)
        self._shown = False

    def show_prompts(self, prompts: tuple[Prompt, ...]) -> None:
        """Show those of a domain that are not fired."""
        if prompts == self._prompts:
            return
        self._prompts = prompts
        clear_ones = sum(one.status == CLEAR for one in prompts)
        idle = sum(not one.applicable for one in prompts)
        other = len(prompts) - clear_ones - idle
        parts = []
        if clear_ones:
            parts.append(counted("{n} clear", "{n} clear", clear_ones))
        if other:
            parts.append(counted("{n} cannot be assessed", "{n} cannot be assessed", other))
        if idle:
            parts.append(counted("{n} not asked", "{n} not asked", idle))
        words = ", ".join(parts)
        self.open.setText(words)
        self.open.setAccessibleName(_("Prompts that did not fire: {words}").format(words=words))
        self.open.setVisible(bool(prompts))
        self._fill()

    def show_all(self) -> None:
        """Open the list."""
        if not self._shown:
            self._toggle()

    def _toggle(self) -> None:
        self._shown = not self._shown
        from app import icons

        icons.set_icon(self.open, "chevron_down" if self._shown else "chevron_right", "text-2", 18)
        self._fill()

    def _fill(self) -> None:
        clear(self._list)
        if not self._shown:
            return
        for one in self._prompts:
            word, _meaning = trust_words(one.rule)
            if one.status == CLEAR:
                text = _("{id} {name}: clear. {facts}").format(
                    id=one.id, name=_(one.name), facts=prompt_facts(one)
                )
            elif not one.applicable:
                text = _("{id} {name}: not asked here. {why}").format(
                    id=one.id, name=_(one.name), why=_(one.reason)
                )
            else:
                text = _("{id} {name}: cannot be assessed. {why}").format(
                    id=one.id, name=_(one.name), why=_(one.reason)
                )
            made = label(text.strip(), "small", wrap=True)
            made.setToolTip(
                _("Rule: {rule} {source} ({trust}).").format(
                    rule=_(one.rule.text), source=_(one.rule.source), trust=word
                )
            )
            self._list.addWidget(made)

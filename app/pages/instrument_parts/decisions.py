"""What a team decides for one instrument before it judges; the same for both assessors."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.pages.instrument_parts.words import exceptions_in_words
from app.pages.risk_of_bias_parts.group_chooser import KeyDomains, OverallRule
from app.widgets.level_buttons import LevelButtons, LevelChoice
from app.widgets.parts import column, label, set_enabled
from app.widgets.ticks import Ticks
from app.workspace import Workspace
from assessments.instrument import Domain, Instrument
from assessments.instrument_decisions import (
    choose_group,
    decide_effect_for_instrument,
    decisions_of,
    effect_exceptions,
    grouped_domains,
)
from assessments.language import _
from assessments.review import OutcomeGroup
from assessments.sheet import Sheet


class Decisions(QWidget):
    """Effect of interest, groups judged apart, key domains, convention: those the tool has."""

    def __init__(
        self, workspace: Workspace, instrument: Instrument, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.workspace, self.instrument = workspace, instrument
        self.setProperty("role", "clear")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self.effect = self._make_effect() if instrument.effects else None
        self.groups: dict[str, Ticks] = {}
        if grouped_domains(instrument):
            self._make_groups()
        overall = instrument.overall
        self.keys = self._make_keys() if overall is not None and overall.key_domains else None
        self.rule = self._make_rule() if overall is not None and overall.optional else None
        if not (self.effect or self.groups or self.keys or self.rule):
            self.hide()

    def refresh(self) -> None:
        """Read what is decided."""
        locked = self.workspace.read_only
        sheet = decisions_of(self.workspace.project, self.instrument)
        if self.effect is not None:
            self.effect.set_chosen(sheet.effect or None)
            self.effect.set_read_only(locked or "")
            self.exceptions.setText(exceptions_in_words(
                sheet.effect,
                effect_exceptions(self.workspace.project, self.instrument.id, sheet.effect),
            ))
            self.exceptions.setVisible(bool(self.exceptions.text()))
        if self.groups:
            self._show_groups(sheet)
        if self.keys is not None:
            self.keys.show_sheet(sheet)
            self._show_key_words(sheet)
        if self.rule is not None:
            self.rule.show_sheet(sheet)
            set_enabled(self.rule, locked)

    # -- effect of interest ----------------------------------------------------------------

    def _make_effect(self) -> LevelButtons:
        made = LevelButtons(_("Effect of interest, {instrument}").format(
            instrument=self.instrument.short
        ))
        made.set_levels(
            LevelChoice(code=one.code, word=one.label, role="")
            for one in self.instrument.effects
        )
        made.chosen.connect(self._choose_effect)
        self.exceptions = label("", "warn", wrap=True)
        meanings = [
            label(f"{one.label}: {' '.join(one.meaning.split())}", "caption", wrap=True)
            for one in self.instrument.effects if one.meaning
        ]
        self._column.addLayout(column(
            label(_("Effect of interest"), "strong"),
            label(_("Fixed before the first judgement and the same for both assessors. Single "
                    "results can have another one; it is chosen where they are assessed."),
                  "caption", wrap=True),
            made, *meanings, self.exceptions, gap=6,
        ))
        return made

    def _choose_effect(self, code: str | None) -> None:
        if code is None:
            self.refresh()
        else:
            self.workspace.do(decide_effect_for_instrument, self.instrument.id, code)

    # -- outcome groups --------------------------------------------------------------------

    def _make_groups(self) -> None:
        self._no_groups = label(
            _("Every domain is judged for all outcomes together. Add outcome groups to judge "
              "these domains apart: {domains}.").format(
                  domains=", ".join(one.short for one in grouped_domains(self.instrument))
              ),
            "caption", wrap=True,
        )
        self._group_words = label(
            _("Ticked groups get a judgement and a support text of their own; without a tick a "
              "domain is judged for all outcomes together."), "caption", wrap=True,
        )
        parts = column(
            label(_("Judged apart by outcome group"), "strong"), self._no_groups,
            self._group_words, gap=6,
        )
        self._names = []
        for domain in grouped_domains(self.instrument):
            ticks = Ticks()
            ticks.switched.connect(
                lambda group, on, one=domain.id: self.workspace.do(
                    choose_group, self.instrument.id, one, group, apart=on
                )
            )
            self.groups[domain.id] = ticks
            name = label(f"{domain.id}  {domain.short}", "small", wrap=True)
            self._names.append(name)
            parts.addLayout(column(name, ticks, gap=2))
        self._column.addLayout(parts)

    def _show_groups(self, sheet: Sheet) -> None:
        groups = self.workspace.project.all(OutcomeGroup)
        self._no_groups.setVisible(not groups)
        self._group_words.setVisible(bool(groups))
        for name in self._names:
            name.setVisible(bool(groups))
        for domain in grouped_domains(self.instrument):
            self.groups[domain.id].setVisible(bool(groups))
            self.groups[domain.id].show_ticks(
                ((one.id, one.label, _group_name(domain, one)) for one in groups),
                sheet.parts(domain), self.workspace.read_only,
            )

    # -- key domains and conventions -------------------------------------------------------

    def _make_keys(self) -> KeyDomains:
        made = KeyDomains(self.workspace)
        made.words.setText(
            _("The summary of a study is made of these domains alone: high if one is high, else "
              "unclear if one is unclear, low if all are low. Name them before judging; without "
              "them there is no summary.")
        )
        self._key_words = label("", "small", wrap=True)
        self._column.addLayout(column(
            label(_("Key domains of the summary within a study"), "strong"), made,
            self._key_words, gap=6,
        ))
        return made

    def _show_key_words(self, sheet: Sheet) -> None:
        names = [one.short for one in sheet.domains if one.id in sheet.key_domains]
        self._key_words.setText(
            _("Key: {domains}.").format(domains=", ".join(names)) if names
            else _("No key domain is named: no summary within a study is made.")
        )

    def _make_rule(self) -> OverallRule:
        made = OverallRule(self.workspace)
        overall = self.instrument.overall
        note = overall.status_note if overall is not None else ""
        title = overall.title if overall is not None else ""
        self._column.addLayout(column(
            label(title, "strong", wrap=True), made,
            label(" ".join(note.split()), "caption", wrap=True), gap=6,
        ))
        return made


def _group_name(domain: Domain, group: OutcomeGroup) -> str:
    return _("{domain}: judge “{group}” apart").format(domain=domain.title, group=group.label)

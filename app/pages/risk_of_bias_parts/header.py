"""The header: study, what of it, instrument and effect of interest; guidance and flag."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.pages.risk_of_bias_parts.words import effect_label, unit_in_words
from app.widgets.elided_label import ElidedLabel
from app.widgets.flow import FlowLayout, WordsBeside
from app.widgets.parts import button, holder, label
from app.workspace import Workspace
from assessments.assignments import GRADE
from assessments.departures import decide_departures, departure_words, kinds_of_departure
from assessments.effect_of_interest import decide_effect
from assessments.instruments_kept import all_instruments, suitable_for
from assessments.language import _
from assessments.review import Comparison
from assessments.review_edits import change
from assessments.sheet import Sheet


class Header(QWidget):
    """Who and what is assessed. ``guidance_wanted()``, ``flag_wanted()``, ``queue_wanted()``,
    ``panel_wanted()``."""

    guidance_wanted = Signal()
    flag_wanted = Signal()
    queue_wanted = Signal()
    panel_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.sheet: Sheet | None = None
        self.title = label("", "title", wrap=True)
        self.facts = ElidedLabel("", "secondary")
        self.instrument = button("", role="link", tip=_("Instrument of this study"))
        self.effect = button("", role="link", tip=_("Effect of interest"))
        for made in (self.instrument, self.effect):
            menu = QMenu(made)
            menu.setToolTipsVisible(True)
            made.setMenu(menu)
        self.instrument.menu().aboutToShow.connect(self._offer_instruments)
        self.effect.menu().aboutToShow.connect(self._offer_effects)
        self.queue = button(_("Results"), self.queue_wanted.emit, role="quiet", icon="more",
                            tip=_("Show the list of results"))
        self.guidance = button(_("Guidance"), self.guidance_wanted.emit, role="quiet",
                               icon="info", tip=_("Guidance for this question (F1)"))
        self.flag = button(_("Flag"), self.flag_wanted.emit, role="quiet", icon="flag",
                           tip=_("Flag this result for yourself (Ctrl Shift F)"))
        self.flag.setCheckable(True)
        self.document = button(_("Document"), self.panel_wanted.emit, role="quiet",
                               icon="document", tip=_("Show or hide the document (Ctrl Shift P)"))
        actions = FlowLayout(gap=2)
        for part in (self.queue, self.document, self.guidance, self.flag):
            actions.addWidget(part)
        facts = FlowLayout(gap=6)
        for part in (self.facts, self.instrument, self.effect):
            facts.addWidget(part)
        top = WordsBeside(least=180)
        top.addWidget(self.title)
        top.addWidget(holder(actions))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(holder(facts))

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the unit of a sheet."""
        self.sheet = sheet
        self.title.setText(sheet.study.label)
        facts = (unit_in_words(sheet), self._comparison(sheet))
        self.facts.setText("  ·  ".join(part for part in facts if part))
        self.instrument.setText(_with_arrow(sheet.instrument.short))
        self.instrument.setAccessibleName(
            _("Instrument: {name}").format(name=sheet.instrument.title)
        )
        self.instrument.setToolTip(
            f"{sheet.instrument.title} ({sheet.instrument.version})"
        )
        self.effect.setVisible(bool(sheet.instrument.effects))
        words = effect_label(sheet.instrument, sheet.effect) or _("Effect of interest?")
        self.effect.setText(_with_arrow(words))
        self.effect.setAccessibleName(_("Effect of interest: {words}").format(words=words))
        flagged = sheet.own is not None and bool(sheet.own.assessment.flagged)
        self.flag.setChecked(flagged)
        self.flag.setText(_("Flagged") if flagged else _("Flag"))
        self.flag.setAccessibleName(self.flag.text())
        self.flag.setEnabled(not sheet.closed)

    def _comparison(self, sheet: Sheet) -> str:
        if sheet.outcome is None:
            return ""
        found = self.workspace.project.one(Comparison, sheet.outcome.comparison)
        if found is None or not (found.intervention and found.comparator):
            return ""
        return _("{one} vs {other}").format(one=found.intervention, other=found.comparator)

    def _offer_instruments(self) -> None:
        menu = self.instrument.menu()
        menu.clear()
        if self.sheet is None:
            return
        menu.addSection(_("Instrument of this study; answers with another one are kept"))
        titles = dict(all_instruments(self.workspace.project))
        suitable = [one for one in suitable_for(self.sheet.study.design or "rct")
                    if one in titles]
        others = [one for one in titles if one not in suitable and one != GRADE]
        for name in (*suitable, "", *others):
            if not name:
                menu.addSeparator()
                continue
            made = menu.addAction(
                titles[name], lambda name=name: self._use_instrument(name)
            )
            made.setCheckable(True)
            made.setChecked(name == self.sheet.instrument.id)
            made.setEnabled(not self.workspace.read_only)

    def _use_instrument(self, name: str) -> None:
        if self.sheet is not None and name != self.sheet.instrument.id:
            self.workspace.do(change, "study", self.sheet.study.id, instrument=name)

    def _offer_effects(self) -> None:
        menu = self.effect.menu()
        menu.clear()
        sheet = self.sheet
        if sheet is None:
            return
        menu.addSection(_("The same for both assessors"))
        for for_all in (False, True):
            for one in sheet.instrument.effects:
                text = one.label if not for_all else _("{effect}, for all results").format(
                    effect=one.label
                )
                made = menu.addAction(
                    text,
                    lambda code=one.code, for_all=for_all: self.workspace.do(
                        decide_effect, sheet.unit, code, for_all=for_all
                    ),
                )
                made.setCheckable(not for_all)
                made.setChecked(not for_all and one.code == sheet.effect)
                made.setToolTip(one.meaning.strip())
                made.setEnabled(not self.workspace.read_only)
            if not for_all:
                menu.addSeparator()
        self._offer_departures(sheet)

    def _offer_departures(self, sheet: Sheet) -> None:
        """Let the kinds of departures of interest be changed, once they are chosen."""
        if not sheet.departures:
            return
        menu, words = self.effect.menu(), departure_words()
        menu.addSection(_("Departures of interest, for this result"))
        for kind in kinds_of_departure(sheet.instrument, sheet.effect):
            made = menu.addAction(
                words[kind], lambda kind=kind: self._change_departure(sheet, kind)
            )
            made.setCheckable(True)
            made.setChecked(kind in sheet.departures)
            made.setEnabled(not self.workspace.read_only)

    def _change_departure(self, sheet: Sheet, kind: str) -> None:
        kinds = [one for one in sheet.departures if one != kind]
        if kind not in sheet.departures:
            kinds.append(kind)
        self.workspace.do(decide_departures, sheet.unit, tuple(kinds))


def _with_arrow(words: str) -> str:
    """Return words with the sign that a menu opens here."""
    return f"{words} ▾"

"""The right side: the certainty as a sum, the absolute effect, the sentence, what is missing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.pages.grade_parts.desk import GradeDesk
from app.pages.grade_parts.statement_box import StatementBox
from app.pages.grade_parts.words import (
    place_of,
    points_of,
    signed,
    start_level,
    start_words,
    sum_words,
    title_of,
)
from app.pages.grade_parts.words_grid import Words, WordsGrid
from app.painting.judgement_marks import CertaintyMark
from app.widgets.parts import button, column, holder, label, line, set_enabled
from assessments.language import _
from assessments.problems import Problem
from assessments.rating_sheet import RatingSheet, advised_before_finish
from assessments.summary_of_findings.preview import Preview
from gradecore.grade.names_in_sentences import in_a_sentence
from gradecore.grade.remarks import INFO
from gradecore.grade.vocabulary import DOMAINS, START_SCORES, UPGRADES, level_label

_MOST = 5


class SidePanel(QFrame):
    """What the ratings add up to. ``place_wanted(where)``, ``finish_wanted()``."""

    place_wanted = Signal(str)
    finish_wanted = Signal()

    def __init__(self, desk: GradeDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("role", "card")
        self.mark = CertaintyMark(size=26)
        self.word = label("", "figure", wrap=True)
        self.sum = label("", "small", wrap=True)
        self.remarks = label("", "warn", wrap=True)
        self.known = label("", "caption", wrap=True)
        self.above_steps, self.below_steps = line(), line()
        self.steps = WordsGrid(wrap=False)
        self.steps.setVerticalSpacing(5)
        self.steps.setColumnStretch(0, 1)
        self.effects = WordsGrid()
        self.effects.setVerticalSpacing(5)
        self.statement = StatementBox(desk)
        self.missing = QVBoxLayout()
        self.missing.setSpacing(2)
        self.count, self.rest = label(_("Also missing"), "caption"), label("", "caption")
        self.places: list[QPushButton] = []
        self._wheres: list[str] = []
        self._first = self._first_words = ""
        self.finish = button(_("Finish"), self.finish_wanted.emit, role="primary",
                             tip=_("Check, finish and seal (Ctrl Shift Enter)"))
        self.finish.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.first = button("", lambda: self.place_wanted.emit(self._first), role="link")
        self.first.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        foot = column(self.first, self.finish, gap=4)
        foot.setContentsMargins(16, 6, 16, 12)
        self.foot = holder(foot)
        self.effect_title = label("", "overline")
        self.content = self._content()
        self.area = self._scrolling()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self.area)
        self.area.setWidget(self.content)
        outer.addWidget(self.foot)

    def _content(self) -> QWidget:
        content = QWidget()
        content.setProperty("role", "clear")
        inner = QVBoxLayout(content)
        inner.setContentsMargins(16, 12, 16, 10)
        inner.setSpacing(7)
        inner.addWidget(label(_("CERTAINTY OF EVIDENCE"), "overline"))
        for part in (self.mark, self.word, self.sum, self.remarks, self.above_steps):
            inner.addWidget(part)
        inner.addLayout(self.steps)
        inner.addWidget(self.below_steps)
        inner.addWidget(self.effect_title)
        inner.addLayout(self.effects)
        self.above_statement = line()
        for part in (self.above_statement, self.statement, self.known):
            inner.addWidget(part)
        inner.addStretch(1)
        inner.addLayout(self.missing)
        return content

    def _scrolling(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(_("What the ratings add up to"))
        return area

    def set_whole(self, whole: bool) -> None:
        """Be as high as the content, inside something that scrolls itself, or scroll alone."""
        self.area.setMinimumHeight(self.content.sizeHint().height() if whole else 0)

    def show_sheet(
        self, sheet: RatingSheet, preview: Preview | None, missing: tuple[Problem, ...]
    ) -> None:
        """Show what the levels add up to."""
        total = sheet.rated.certainty if sheet.rated is not None else None
        if not sheet.reported:
            word = _("Not rated")
        elif total is not None:
            label_of = level_label(total.level)
            word = _(label_of)
        else:
            word = _("Incomplete")
        self.mark.show_certainty(total.score if total is not None else None, word)
        self.word.setText(word)
        undecided = _("{n} of 5 domains decided").format(n=sheet.decided)
        self.sum.setText(sum_words(total) if total is not None else undecided)
        self.sum.setVisible(sheet.reported)
        self._show_remarks(sheet)
        self._show_steps(sheet)
        self._show_effects(preview)
        self.statement.show_preview(sheet, preview)
        self.above_statement.setVisible(not self.statement.isHidden())
        self._show_missing(sheet, missing)

    def _show_remarks(self, sheet: RatingSheet) -> None:
        """Show what warns below the sum, and what only informs at the end."""
        for shown, informs in ((self.remarks, False), (self.known, True)):
            said = [_(one.sentence) for one in sheet.general_remarks
                    if (one.kind == INFO) == informs]
            shown.setText("\n".join(said))
            shown.setVisible(bool(said))

    def _show_steps(self, sheet: RatingSheet) -> None:
        self.above_steps.setVisible(sheet.reported)
        if not sheet.reported:
            self.steps.show_words({})
            return
        rule = sheet.start_rule
        start = start_level(rule) if rule in START_SCORES else "?"
        lines = [(_("Start"), start, start_words(rule))]
        for name in (*DOMAINS, *UPGRADES):
            level = sheet.level(name)
            if name in UPGRADES and level in (None, "none"):
                continue
            points = points_of(level)
            shown = "…" if points is None else signed(points)
            if level in ("not_assessable", "not_applicable"):
                shown = _("n/a") if level == "not_applicable" else _("not assessable")
            lines.append((title_of(name), shown, ""))
        cells = {}
        for place, (words, value, tip) in enumerate(lines):
            role = "strong" if value not in ("0", "…") else "secondary"
            cells[place, 0] = Words(text=words, tip=tip)
            cells[place, 1] = Words(text=value, tip=tip, role=role, right=True)
        self.steps.show_words(cells)

    def _show_effects(self, preview: Preview | None) -> None:
        in_words = preview is not None and preview.row.text is not None
        self.effect_title.setText(_("EFFECT IN WORDS") if in_words else _("ABSOLUTE EFFECT"))
        lines = self._effects(preview) if preview is not None else []
        self.effects.show_words({(place, 0): one for place, one in enumerate(lines)})
        known = any(one.text not in ("–", "") for one in lines)
        self.effect_title.setVisible(known)
        self.below_steps.setVisible(known)

    def _effects(self, preview: Preview) -> list[Words]:
        if preview.row.text is not None:
            return [Words(text=preview.row.text.text)]
        sheet = self.desk.sheet
        comparison = sheet.comparison if sheet is not None else None
        rated = sheet.rated if sheet is not None else None
        at = {one.risk: one for one in rated.at} if rated is not None else {}
        without = comparison.comparator if comparison else _("comparator")
        given = comparison.intervention if comparison else _("intervention")
        lines = []
        for group in preview.row.groups:
            if group.label:
                lines.append(Words(text=group.label, role="caption"))
            for cell, words in (
                (group.comparator.text, _("{value} with {name}").format(
                    value=group.comparator.text, name=in_a_sentence(without))),
                (group.intervention.text, _("{value} with {name}").format(
                    value=group.intervention.text, name=in_a_sentence(given))),
            ):
                if cell not in ("–", ""):
                    lines.append(Words(text=words))
            lines.append(Words(text=group.difference.text, role="strong"))
            apart = at.get(group.risk.risk) if group.risk is not None else None
            if apart is not None:
                level = level_label(apart.certainty.level)
                lines.append(Words(text=_("Certainty here: {level} ({sum})").format(
                    level=_(level), sum=sum_words(apart.certainty)), role="small"))
        return lines

    def _show_missing(self, sheet: RatingSheet, missing: tuple[Problem, ...]) -> None:
        self.foot.setVisible(sheet.reported and not sheet.finished)
        set_enabled(self.finish, sheet.closed or None, _("Check, finish and seal "
                                                         "(Ctrl Shift Enter)"))
        advice = () if sheet.closed else advised_before_finish(sheet.outcome)
        blocking = () if sheet.closed else missing
        count = len(blocking) + len(advice)
        alike = [*_alike(blocking)[: _MOST + 1 - len(advice)], *_alike(advice)]
        left = count - sum(len(several) for several in alike)
        self._show_first(alike, len(blocking), sheet.outcome.evidence)
        shown = alike[1:]
        if shown and not self.places:
            self._make_places()
        self.count.setVisible(bool(shown))
        self._wheres = [place_of(several[0], sheet.outcome.evidence) for several in shown]
        for made, several in zip(self.places, shown, strict=False):
            made.setText(_short(several))
            made.setToolTip(_tip(several))
            made.setAccessibleName(" ".join(one.sentence for one in several))
        for place, made in enumerate(self.places):
            made.setVisible(place < len(shown))
        self.rest.setText(_("and {n} more").format(n=left))
        self.rest.setVisible(left > 0)

    def _show_first(self, shown: list[list[Problem]], count: int, evidence: str) -> None:
        """Show what is missing first where it is always in sight, above the button."""
        self._first = place_of(shown[0][0], evidence) if shown else ""
        if shown:
            words = _short(shown[0])
            if count:
                words = _("{n} missing · {what}").format(n=count, what=words)
            self._first_words = words
            self._fit_first()
            self.first.setToolTip(_tip(shown[0]))
            self.first.setAccessibleName(words)
        self.first.setVisible(bool(shown))

    def _fit_first(self) -> None:
        """Cut what is missing first to the width of the panel; its tooltip has the whole."""
        self.first.setText(self.first.fontMetrics().elidedText(
            self._first_words, Qt.TextElideMode.ElideRight, self.width() - theme.px(36)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the line above the button anew: at first the panel has no width yet."""
        super().resizeEvent(event)
        self._fit_first()

    def _make_places(self) -> None:
        self.missing.addWidget(self.count)
        for place in range(_MOST):
            made = button("", lambda place=place: self.place_wanted.emit(self._wheres[place]),
                          role="link")
            self.places.append(made)
            self.missing.addWidget(made)
        self.missing.addWidget(self.rest)


def _alike(problems: tuple[Problem, ...]) -> list[list[Problem]]:
    """Put together what is missing of one kind in one place, such as two questions."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for one in problems:
        found.setdefault((one.code, one.where), []).append(one)
    return list(found.values())


def _tip(several: list[Problem]) -> str:
    return "\n".join(f"{one.sentence} {one.remedy}".strip() for one in several)


def _short(several: list[Problem]) -> str:
    """Return a few words for something missing; the whole sentences are its tooltip."""
    problem, name = several[0], several[0].where
    if len(several) > 1 and problem.code == "prompt-open":
        return _("{domain}: {n} questions").format(domain=title_of(name), n=len(several))
    words = {
        "undecided": _("{domain}: level"), "prompt-open": _("{domain}: question"),
        "B-EXPL": _("{domain}: reason"), "no-support": _("{domain}: reason"),
        "B-ROB-OPEN": _("Risk of bias not settled"), "B-TARGET": _("Threshold or direction"),
        "B-MIXED": _("Mixed designs"), "B-MISSING": _("Rating up"),
        "no-mid-source": _("Advised: source of threshold"),
    }.get(problem.code, "{domain}")
    return words.format(domain=title_of(name) if name else problem.sentence)

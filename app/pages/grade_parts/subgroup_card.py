"""Is a difference between subgroups credible? Questions that the team answers for an outcome."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.pages.grade_parts.choice_row import ChoiceRow
from app.pages.grade_parts.desk import GradeDesk
from app.widgets.card import Card
from app.widgets.parts import label
from assessments.bodies import pooled
from assessments.figures.forest_rows import effect_words, shown_decimals
from assessments.language import _
from assessments.rating_sheet import RatingSheet
from assessments.review_edits import decide, setting
from assessments.subgroup_credibility import QUESTIONS, has_subgroups, place_of
from gradecore.absolute_effects import Interval
from gradecore.results import PooledEstimate

_WORDS = {
    "comparison": _("Subgroups are compared"),
    "direction": _("Direction stated in advance"),
    "earlier_evidence": _("Earlier evidence supports the difference"),
    "hypotheses": _("Subgroup hypotheses tested"),
    "cut_points": _("Groups and cut points set in advance"),
    "credibility": _("Credibility of the subgroup effect"),
}
_ANSWERS = {
    "within": _("Within studies"), "between": _("Between studies"), "yes": _("Yes"),
    "no": _("No"), "5": _("4 or 5"), "10": _("6 to 10"), "11": _("More than 10"),
    "high": _("High"), "moderate": _("Moderate"), "low": _("Low"), "very_low": _("Very low"),
}


class SubgroupCard(QWidget):
    """The estimates of the subgroups, their test, and what the team says; hidden without them."""

    def __init__(self, desk: GradeDesk) -> None:
        super().__init__()
        self.desk, self.workspace = desk, desk.workspace
        self.found = label("", "", wrap=True)
        self.choices: dict[str, ChoiceRow] = {}
        card = Card(_("Is the difference between subgroups credible?"))
        card.add(label(
            _("Answered once by the team. A credible effect is a reason for rows of its own "
              "for each subgroup; nothing is added up. After Schandelmaier 2020 "
              "(ICEMAN, doi:10.1503/cmaj.200077), in our words."), "caption", wrap=True))
        card.add(self.found)
        card.add(self._grid())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        self.hide()

    def _grid(self) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for place, (name, answers) in enumerate(QUESTIONS.items()):
            pairs = [("", _("Not decided")), *((one, _ANSWERS.get(one, one)) for one in answers)]
            self.choices[name] = ChoiceRow(
                _WORDS[name], pairs, lambda value, name=name: self._put(name, value))
            grid.addWidget(self.choices[name], place // 3, place % 3)
            grid.setColumnStretch(place % 3, 1)
        return made

    def _put(self, name: str, value: str) -> None:
        self.workspace.do(decide, place_of(self.desk.outcome, name), value)

    def show_sheet(self, sheet: RatingSheet) -> None:
        """Show the subgroups of an outcome and what was answered about them."""
        project = self.workspace.project
        estimate = (
            pooled(project, sheet.outcome) if sheet.outcome.evidence == "pooled" else None)
        self.setVisible(has_subgroups(estimate))
        if estimate is None or not has_subgroups(estimate):
            return
        self.found.setText(_found(estimate))
        for name, one in self.choices.items():
            one.show_value(setting(project, place_of(sheet.outcome.id, name)),
                           read_only=self.workspace.read_only or "")


def _found(estimate: PooledEstimate) -> str:
    """Return the estimate of each subgroup and the test between them."""
    decimals = shown_decimals(estimate)
    lines = []
    for one in estimate.subgroups:
        shown = one.pooled.shown
        words = _("no estimate")
        if shown is not None:
            words = effect_words(
                Interval(estimate=shown.natural_estimate, low=shown.natural_ci_lower,
                         high=shown.natural_ci_upper), estimate.measure, decimals)
        lines.append(_("{group}: {effect}").format(group=one.name or "–", effect=words))
    between = estimate.between_subgroups
    if between is not None:
        lines.append(_("Test of interaction: P = {p}").format(p=f"{between.p:.2g}"))
    return "  ·  ".join(lines)

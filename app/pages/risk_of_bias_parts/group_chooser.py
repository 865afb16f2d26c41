"""Team decisions inside a domain: outcome groups judged apart, key domains of a summary."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.widgets.flow import FlowLayout
from app.widgets.parts import as_written, button, clear, column, frame, holder, label
from app.widgets.ticks import Ticks
from app.workspace import Workspace
from assessments.edits import edit
from assessments.instrument import Domain
from assessments.language import _
from assessments.review import OutcomeGroup
from assessments.review_edits import add, decide
from assessments.sheet import Sheet
from assessments.store.project_file import Project


@edit("add")
def _add_group(project: Project, label_text: str, setting: str, chosen: tuple[str, ...]) -> None:
    """Add an outcome group and judge it apart."""
    added = add(project, "outcome_group", label=label_text)
    decide(project, setting, "\n".join((*chosen, str(added.value))))


class GroupChooser(QWidget):
    """Which outcome groups are judged apart in a domain; the same for both assessors."""

    def __init__(
        self, workspace: Workspace, domain: Domain, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.workspace, self.domain = workspace, domain
        self._shown: object = None
        self._setting = ""
        self.toggle = button(_("Judge outcome groups apart"), self._toggle, role="link")
        self.toggle.setCheckable(True)
        self._flow = FlowLayout(gap=12)
        self.new = QLineEdit()
        self.new.setPlaceholderText(_("Another group, for example reported by participants"))
        self.new.setAccessibleName(_("Name of another outcome group"))
        self.new.returnPressed.connect(self._add)
        self._body = frame(
            "sunken",
            column(
                label(
                    _("A decision of the team: both assessors judge the same groups."),
                    "caption", wrap=True,
                ),
                holder(self._flow), self.new,
            ),
            10,
        )
        self._body.hide()
        self.setLayout(column(self.toggle, self._body, gap=6))

    def _toggle(self) -> None:
        self._body.setVisible(self.toggle.isChecked())

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the groups of the review and which are chosen."""
        self._setting = f"parts/{sheet.instrument.id}/{self.domain.id}"
        groups = self.workspace.project.all(OutcomeGroup)
        self.chosen = tuple(part for part in sheet.parts(self.domain) if part)
        state = (groups, self.chosen, self.workspace.read_only)
        if state == self._shown:
            return
        self._shown = state
        clear(self._flow)
        for group in groups:
            self._flow.addWidget(self._tick(group))
        self.new.setEnabled(not self.workspace.read_only)

    def _tick(self, group: OutcomeGroup) -> QCheckBox:
        made = QCheckBox(as_written(group.label))
        made.setAccessibleName(_("Judge “{group}” apart").format(group=group.label))
        made.setChecked(group.id in self.chosen)
        made.setEnabled(not self.workspace.read_only)
        made.clicked.connect(lambda on: self._choose(group.id, on))
        return made

    def _choose(self, group: str, on: bool) -> None:
        chosen = [one for one in self.chosen if one != group] + ([group] if on else [])
        self.workspace.do(decide, self._setting, "\n".join(chosen))

    def _add(self) -> None:
        text = self.new.text().strip()
        if text and self.workspace.do(_add_group, text, self._setting, self.chosen).ok:
            self.new.clear()


class KeyDomains(QWidget):
    """Which domains are key for a summary within a study; a decision of the team."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._sheet: Sheet | None = None
        self.words = label(
            _("Key domains, named by the team before judging; the summary is of them alone."),
            "small", wrap=True,
        )
        self.ticks = Ticks()
        self.ticks.switched.connect(self._choose)
        self.setLayout(column(self.words, self.ticks, gap=4))

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the domains and which are key."""
        self._sheet = sheet
        self.ticks.show_ticks(
            (
                (one.id, one.short, _("Key domain: {domain}").format(domain=one.title))
                for one in sheet.domains if one.in_overall and one.judged
            ),
            sheet.key_domains, self.workspace.read_only,
        )

    def _choose(self, domain: str, on: bool) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        wanted = set(sheet.key_domains) - {domain} | ({domain} if on else set())
        order = [one.id for one in sheet.domains if one.id in wanted]
        self.workspace.do(decide, f"key_domains/{sheet.instrument.id}", " ".join(order))


class OverallRule(QCheckBox):
    """Whether the team uses a rule for the overall level that is only a convention."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(_("Use the customary rule for the overall judgement"), parent)
        self.workspace = workspace
        self._instrument = ""
        self.setAccessibleName(self.text())
        self.clicked.connect(self._choose)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show whether it is used."""
        self._instrument = sheet.instrument.id
        self.setChecked(sheet.use_convention)
        self.setEnabled(not self.workspace.read_only)

    def _choose(self, on: bool) -> None:
        self.workspace.do(
            decide, f"overall_rule/{self._instrument}", "yes" if on else ""
        )

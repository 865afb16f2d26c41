"""The question of the review edited in place, and the people."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import theme, words
from app.widgets.card import Card
from app.widgets.form import Field, FieldForm
from app.widgets.parts import button, column, holder, label, row, scrolling, set_enabled
from app.widgets.records_table import Column, RecordsTable
from app.workspace import Workspace
from assessments.language import _
from assessments.review_edits import add, change, remove
from assessments.store.journal import Changes


class QuestionTab(QWidget):
    """Question and people."""

    said = Signal(str, str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.form = FieldForm(workspace, "review", _question_fields(), columns=2)
        question = Card(_("Question"))
        question.add(self.form)
        self.people = RecordsTable(_("People"), _people_columns())
        self.people.edited.connect(self._edit_person)
        self.people.chosen.connect(lambda _id: self._show_buttons())
        self.people.setFixedHeight(theme.px(180))
        self.new_person = button(_("Add person"), self._add_person, icon="plus")
        self.gone_person = button(_("Remove"), self._remove_person, role="quiet", icon="trash")
        people = Card(_("People"))
        people.add_action(self.gone_person)
        people.add_action(self.new_person)
        people.add(label(
            _("Assessors A and B judge apart. An arbiter settles what they refer."), "caption",
            wrap=True,
        ))
        people.add(self.people)
        content = row(
            column(question, None), column(people, None, gap=14), gap=14
        )
        content.setStretch(0, 3)
        content.setStretch(1, 2)
        content.setContentsMargins(0, 0, 4, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(holder(content)))

    def context(self) -> str:
        """Return where one is."""
        return _("Question and team")

    def go_to(self, target: str) -> None:
        """Put the focus on the question or the people."""
        (self.people if target == "people" else self.form.inputs["title"]).setFocus()

    def refresh(self, _changes: Changes | None) -> None:
        """Read question and people again."""
        self.form.show_row(self.workspace.review)
        self.people.set_read_only(self.workspace.read_only or "")
        self.people.show_rows(self.workspace.people)
        self._show_buttons()

    # -- people ----------------------------------------------------------------------------

    def _show_buttons(self) -> None:
        locked = self.workspace.read_only
        set_enabled(self.new_person, locked)
        nobody = None if self.people.current_id() else _("Choose a person in the list first.")
        set_enabled(self.gone_person, locked or nobody)

    def _edit_person(self, person: str, name: str, typed: object) -> None:
        done = self.workspace.try_to(change, "person", person, **{name: typed})
        if not done.ok:
            self.people.refuse(person, name, typed, str(done.problems[0]))
        elif name == "name":
            self._suggest_initials(person, str(typed))

    def _suggest_initials(self, person: str, name: str) -> None:
        from app.settings import initials_of

        found = next((one for one in self.workspace.people if one.id == person), None)
        if found is not None and not found.initials:
            self.workspace.try_to(change, "person", person, initials=initials_of(name))

    def _add_person(self) -> None:
        taken = {one.role for one in self.workspace.people}
        role = next((one for one in ("a", "b", "arbiter") if one not in taken), "coordinator")
        done = self.workspace.do(add, "person", role=role)
        if done.ok:
            self.people.choose(str(done.value), "name")
            self.people.setFocus()
            self.people.edit(self.people.currentIndex())

    def _remove_person(self) -> None:
        person = self.people.current_id()
        found = next((one for one in self.workspace.people if one.id == person), None)
        if found is not None and self.workspace.do(remove, "person", person).ok:
            text = _("Removed {name}").format(name=found.name or found.initials)
            self.said.emit(text, _("Undo"), self.workspace.undo)


def _people_columns() -> tuple[Column, ...]:
    return (
        Column(name="name", title=_("Name"), stretch=True, editable=True),
        Column(name="initials", title=_("Initials"), width=80, editable=True),
        Column(name="role", title=_("Role"), kind="choice", choices=words.roles(), width=130,
               editable=True),
    )


def _question_fields() -> tuple[Field, ...]:
    return (
        Field(name="title", label=_("Title"), span=2),
        Field(name="population", label=_("Population"), lines=3),
        Field(name="intervention", label=_("Intervention"), lines=3),
        Field(name="comparison", label=_("Comparison"), lines=3),
        Field(name="outcomes", label=_("Outcomes"), lines=3),
        Field(name="setting", label=_("Setting"), lines=2, span=2),
        Field(name="source", label=_("Source or protocol"), span=2,
              help=_("For example the registration or the DOI of the protocol.")),
        Field(name="label", label=_("Label beside the title"),
              help=_("For example “Invented example”. Shown in the window and in exports.")),
    )

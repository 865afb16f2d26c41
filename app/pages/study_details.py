"""The details of a study: design, people, funding, references, directness, authorship, tool."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app import theme, words
from app.widgets.card import Card
from app.widgets.documents_field import DocumentsField
from app.widgets.form import Choice, Field, FieldForm, choice
from app.widgets.note_field import NoteField
from app.widgets.parts import (
    as_written,
    button,
    clear,
    column,
    holder,
    label,
    row,
    scrolling,
    set_enabled,
)
from app.widgets.records_table import Column, RecordsTable
from app.workspace import Workspace
from assessments.assignments import instrument_for
from assessments.documents import located
from assessments.instruments_kept import all_instruments
from assessments.language import _
from assessments.review import (
    Document,
    Indirectness,
    Outcome,
    Reference,
    Result,
    Study,
    StudyAuthor,
)
from assessments.review_edits import add, change, remove


class StudyDetails(QWidget):
    """Everything about one study."""

    said = Signal(str, str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.study = ""
        self.heading = label("", "title", wrap=True)
        self.references = self._references()
        self.results = label("", "small", wrap=True)
        self.documents = DocumentsField(workspace)
        self.documents.opened.connect(self._open_document)
        documents = Card(_("PDFs"))
        documents.add(self.documents)
        results = Card(_("Results"))
        results.add(self.results)
        self.further = FieldForm(workspace, "study", _further_fields(), columns=2)
        further = Card(_("Participants, interventions, funding"))
        further.add(self.further)
        content = column(
            self.heading, self._about(), documents, self._reference_card, further,
            self._directness(), self._authors(), results, None, gap=12,
        )
        content.setContentsMargins(0, 0, 6, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(holder(content)))

    def _about(self) -> Card:
        self.about = FieldForm(self.workspace, "study", _about_fields(), columns=2)
        about = Card(_("Study"))
        about.add(self.about)
        self.tool = choice(_("Instrument for risk of bias"), ())
        self.tool.activated.connect(lambda _n: self._choose_tool())
        tool_words = label(_("Instrument for risk of bias"), "small")
        tool_words.setBuddy(self.tool)
        about.add(column(tool_words, self.tool, gap=4))
        return about

    def _directness(self) -> Card:
        self.directness = QVBoxLayout()
        direct = Card(_("Off the review’s question"))
        direct.add(label(
            _("Mark where the study differs from the question, with a note. GRADE asks about it "
              "under indirectness."), "caption", wrap=True,
        ))
        direct.add(self.directness)
        self._elements: dict[str, tuple[QCheckBox, NoteField]] = {}
        self._make_directness()
        return direct

    def _authors(self) -> Card:
        self.authors = QVBoxLayout()
        authors = Card(_("Conflict of authorship"))
        authors.add(label(
            _("An author of a study cannot assess it. Tick the assessors who are."), "caption",
            wrap=True,
        ))
        authors.add(self.authors)
        return authors

    def _references(self) -> RecordsTable:
        table = RecordsTable(_("References"), (
            Column(name="kind", title=_("Kind"), kind="choice", width=100, editable=True,
                   choices=words.reference_kinds()),
            Column(name="citation", title=_("Citation"), stretch=True, editable=True),
            Column(name="doi", title=_("DOI"), width=120, editable=True),
        ))
        table.setFixedHeight(theme.px(132))
        table.edited.connect(self._edit_reference)
        table.cleared.connect(self._clear_references)
        card = Card(_("References"))
        self.gone_reference = button(_("Remove"), self._remove_reference, role="quiet",
                                     icon="trash")
        self.new_reference = button(_("Add"), self._add_reference, icon="plus",
                                    tip=_("Add a reference"))
        card.add_action(self.gone_reference)
        card.add_action(self.new_reference)
        card.add(table)
        self._reference_card = card
        return table

    def _make_directness(self) -> None:
        for element, name in words.pico_elements():
            tick = QCheckBox(name)
            tick.setMinimumWidth(theme.px(110))
            tick.clicked.connect(lambda on, one=element: self._mark(one, on))
            note = NoteField(_("How: {element}").format(element=name), hint=_("In what way"))
            note.committed.connect(lambda text, one=element: self._note_mark(one, text))
            parts = row(tick, note)
            parts.setStretch(1, 1)
            self.directness.addLayout(parts)
            self._elements[element] = (tick, note)

    # -- showing ---------------------------------------------------------------------------

    def show_study(self, study_id: str) -> None:
        """Show that study; '' shows none."""
        self.about.commit()
        self.further.commit()
        self.study = study_id
        project = self.workspace.project
        study = project.one(Study, study_id) if study_id else None
        self.setEnabled(study is not None)
        self.heading.setText(study.label if study is not None else _("No study chosen"))
        self.about.show_row(study)
        self.further.show_row(study)
        self.documents.show_study(study_id if study is not None else "")
        if study is None:
            return
        locked = self.workspace.read_only
        self.references.set_read_only(locked or "")
        self.references.show_rows(project.all(Reference, study=study_id))
        set_enabled(self.new_reference, locked)
        set_enabled(self.gone_reference, locked)
        self._show_tool(study)
        self._show_directness()
        self._show_authors()
        self._show_results()

    def _show_tool(self, study: Study) -> None:
        project = self.workspace.project
        titles = dict(all_instruments(project))
        default = instrument_for(project, Study(id="", design=study.design))
        pairs = [("", _("By design: {title}").format(title=titles.get(default, default)))]
        pairs += [(one, title) for one, title in titles.items() if one != "grade"]
        _refill(self.tool, pairs)
        self.tool.show_value(study.instrument)
        set_enabled(self.tool, self.workspace.read_only)

    def _show_directness(self) -> None:
        marks = {
            one.element: one
            for one in self.workspace.project.all(Indirectness, study=self.study)
        }
        for element, (tick, note) in self._elements.items():
            mark = marks.get(element)
            tick.setChecked(mark is not None)
            set_enabled(tick, self.workspace.read_only)
            note.set_text(mark.note if mark is not None else "")
            note.setVisible(mark is not None)
            note.set_read_only(bool(self.workspace.read_only), self.workspace.read_only or "")

    def _show_authors(self) -> None:
        clear(self.authors)
        marked = {
            one.person: one.id
            for one in self.workspace.project.all(StudyAuthor, study=self.study)
        }
        people = [one for one in self.workspace.people if one.role in ("a", "b", "arbiter")]
        for person in people:
            name = person.name or person.initials or person.role.upper()
            tick = QCheckBox(
                as_written(_("{name} is an author of this study").format(name=name))
            )
            tick.setChecked(person.id in marked)
            set_enabled(tick, self.workspace.read_only)
            tick.clicked.connect(
                lambda on, one=person.id: self._mark_author(one, on)
            )
            self.authors.addWidget(tick)
        if not people:
            self.authors.addWidget(label(_("There are no assessors yet."), "caption"))

    def _show_results(self) -> None:
        project = self.workspace.project
        names = []
        for result in project.all(Result, study=self.study):
            outcome = project.one(Outcome, result.outcome)
            if outcome is not None:
                names.append(", ".join(
                    part for part in (outcome.label, outcome.time_point, result.subgroup) if part
                ))
        self.results.setText(
            "\n".join(names) or _("No numbers yet. They are entered in Data & pooling.")
        )

    def _open_document(self, key: str) -> None:
        """Show a PDF in the program that the system has for it."""
        document = self.workspace.project.one(Document, key)
        path = located(self.workspace.project, document) if document is not None else None
        if path is None or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.said.emit(_("No program of this system shows the PDF. It is shown beside the "
                             "questions on the page Risk of bias."), "", None)

    # -- edits -----------------------------------------------------------------------------

    def _choose_tool(self) -> None:
        self.workspace.do(change, "study", self.study, instrument=self.tool.value)

    def _edit_reference(self, row_id: str, name: str, typed: object) -> None:
        done = self.workspace.try_to(change, "reference", row_id, **{name: typed})
        if not done.ok:
            self.references.refuse(row_id, name, typed, str(done.problems[0]))

    def _clear_references(self, cells: list[tuple[str, dict[str, str]]]) -> None:
        for row_id, values in cells:
            for name in values:
                self._edit_reference(row_id, name, "")

    def _add_reference(self) -> None:
        done = self.workspace.do(add, "reference", study=self.study)
        if done.ok:
            self.references.choose(str(done.value), "citation")
            self.references.setFocus()
            self.references.edit(self.references.currentIndex())

    def _remove_reference(self) -> None:
        chosen = self.references.current_id()
        if chosen and self.workspace.do(remove, "reference", chosen).ok:
            self.said.emit(_("Removed a reference"), _("Undo"), self.workspace.undo)

    def _mark(self, element: str, on: bool) -> None:
        found = self.workspace.project.all(Indirectness, study=self.study, element=element)
        if on and not found:
            self.workspace.do(add, "indirectness", study=self.study, element=element)
            self._elements[element][1].setFocus()
        elif not on and found:
            self.workspace.do(remove, "indirectness", found[0].id)

    def _note_mark(self, element: str, text: str) -> None:
        found = self.workspace.project.all(Indirectness, study=self.study, element=element)
        if found:
            self.workspace.do(change, "indirectness", found[0].id, note=text)

    def _mark_author(self, person: str, on: bool) -> None:
        found = self.workspace.project.all(StudyAuthor, study=self.study, person=person)
        if on and not found:
            self.workspace.do(add, "study_author", study=self.study, person=person)
        elif not on and found:
            self.workspace.do(remove, "study_author", found[0].id)


def _refill(box: Choice, pairs: list[tuple[str, str]]) -> None:
    if [(box.itemData(n), box.itemText(n)) for n in range(box.count())] != pairs:
        box.clear()
        for value, text in pairs:
            box.addItem(text, value)


def _about_fields() -> tuple[Field, ...]:
    return (
        Field(name="label", label=_("Name")),
        Field(name="year", label=_("Year"), kind="number"),
        Field(name="design", label=_("Design"), kind="choice", choices=words.designs()),
        Field(name="status", label=_("Status"), kind="choice", choices=words.statuses()),
        Field(name="exclusion_reason", label=_("Reason, when excluded"), span=2),
    )


def _further_fields() -> tuple[Field, ...]:
    return (
        Field(name="participants", label=_("Participants"), lines=2, span=2),
        Field(name="intervention", label=_("Intervention (arm 1)"), lines=2),
        Field(name="comparator", label=_("Comparator (arm 2)"), lines=2),
        Field(name="randomised_1", label=_("Randomised to arm 1"), kind="number"),
        Field(name="randomised_2", label=_("Randomised to arm 2"), kind="number"),
        Field(name="follow_up", label=_("Follow-up"), span=2),
        Field(name="industry_funded", label=_("Paid by the industry"), kind="choice",
              choices=words.funding()),
        Field(name="funding", label=_("Funding")),
        Field(name="conflicts", label=_("Declared interests of its authors"), span=2),
        Field(name="note", label=_("Notes"), lines=3, span=2),
    )

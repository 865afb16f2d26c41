"""A new review: title, instrument, assessors; everything else can wait."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from app import settings
from app.widgets.card import Card
from app.widgets.form import choice
from app.widgets.parts import button, column, holder, label, row, scrolling
from assessments.instruments_kept import shipped, suitable_for
from assessments.language import _
from assessments.problems import ProjectFileError
from assessments.review_edits import add, change, decide
from assessments.store.project_file import create

_FORBIDDEN = '<>:"/\\|?*'


def file_name(title: str) -> str:
    """Return a file name that every system takes, made from a title."""
    plain = "".join(" " if c in _FORBIDDEN or ord(c) < 32 else c for c in title)
    plain = " ".join(plain.split()).strip(". ")[:80].strip()
    return f"{plain or _('Review')}.tandem"


class NewReview(QWidget):
    """The form. ``created(path)`` after the file has been made; ``given_up()``."""

    created = Signal(object)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = self._line(_("Title of the review"))
        self.name_a = self._line(_("Assessor A"))
        self.name_b = self._line(_("Assessor B"))
        titles = dict(shipped())
        self.trials = choice(
            _("Randomised trials"), [(one, titles[one]) for one in suitable_for("rct")]
        )
        self.others = choice(
            _("Other studies"), [(one, titles[one]) for one in suitable_for("nrs")]
        )
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.place = label("", "caption", wrap=True)
        self._folder = Path(str(settings.read("folder", "")) or _documents())
        self.make = button(_("Create review"), self._create, role="primary")
        back = button(_("Back"), self.given_up.emit)
        elsewhere = button(_("Another folder…"), self._choose_folder, role="link")
        content = column(
            label(_("New review"), "title"),
            label(_("Three things to begin with. The question, outcomes and studies follow."),
                  "secondary"),
            10, self._card(elsewhere), 6, row(None, back, self.make), None,
        )
        content.setContentsMargins(24, 20, 24, 8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(holder(content)))
        self.title.textChanged.connect(self._show_place)
        self.title.returnPressed.connect(self._create)
        self._show_place()

    def _card(self, elsewhere: QWidget) -> Card:
        card = Card()
        card.add(self._field(_("Title of the review"), self.title))
        card.add(self.problem)
        card.add(row(
            self._field(_("Assessor A (you, if you judge)"), self.name_a),
            self._field(_("Assessor B"), self.name_b), gap=12,
        ))
        card.add(row(
            self._field(_("Risk of bias of randomised trials"), self.trials),
            self._field(_("Risk of bias of other studies"), self.others), gap=12,
        ))
        card.add(label(
            _("Instruments can be chosen per design and per study later."), "caption"
        ))
        where = row(self.place, elsewhere)
        where.setStretch(0, 1)
        card.add(where)
        return card

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        return made

    def _field(self, text: str, made: QWidget) -> QVBoxLayout:
        words = label(text, "small")
        words.setBuddy(made)
        return column(words, made, gap=4)

    def begin(self) -> None:
        """Empty the form and put the focus on the title."""
        self.title.clear()
        self.name_a.setText(settings.my_name())
        self.name_b.clear()
        self._complain("")
        self.title.setFocus()

    def _show_place(self) -> None:
        self._complain("")
        path = self._folder / file_name(self.title.text())
        self.place.setText(_("Will be kept as {path}").format(path=path))

    def _choose_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(self, _("Folder"), str(self._folder))
        if found:
            self._folder = Path(found)
            self._show_place()

    def _complain(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.title.setAccessibleDescription(sentence)

    def _create(self) -> None:
        title = self.title.text().strip()
        if not title:
            self._complain(_("A review needs a title. It can be changed later."))
            self.title.setFocus()
            return
        path = self._folder / file_name(title)
        if path.exists():
            self._complain(
                _("There is already a file “{name}” in this folder. Choose another title or "
                  "folder.").format(name=path.name)
            )
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(path, title)
        except ProjectFileError as error:
            self._complain(f"{error.sentence} {error.remedy}")
        except OSError:
            self._complain(_("The folder cannot be made. Choose another folder."))
        else:
            settings.write("folder", str(self._folder))
            self.created.emit(path)

    def _write(self, path: Path, title: str) -> None:
        with create(path) as project:
            change(project, "review", "review", title=title)
            mine = self.name_a.text().strip()
            for role, name in (("a", mine), ("b", self.name_b.text().strip())):
                short = settings.initials_of(name)
                if name == settings.my_name():
                    short = settings.my_initials()
                done = add(project, "person", role=role, name=name, initials=short)
                if role == "a":
                    settings.note_seat(project.identity, str(done.value))
            decide(project, "instrument/rct", self.trials.value or "")
            decide(project, "instrument/quasi_rct", self.trials.value or "")
            decide(project, "instrument/nrs", self.others.value or "")
            if mine:
                settings.write("name", mine)


def _documents() -> str:
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(Path(found or Path.home()) / "Tandem")

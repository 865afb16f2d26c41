"""The top bar: which review, search, undo, and who sits here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from app import icons, theme
from app.widgets.chip import Chip
from app.widgets.elided_label import ElidedLabel
from app.widgets.parts import as_written, button, label, set_enabled, set_role
from assessments.language import _
from assessments.review import Person

LETTERS = {"a": "A", "b": "B"}


def role_in_words(role: str) -> str:
    """Return the word for what a person does in the review."""
    return {
        "a": _("assessor A"),
        "b": _("assessor B"),
        "arbiter": _("arbiter"),
        "coordinator": _("coordinator"),
        "reader": _("reader"),
    }[role]


class TopBar(QFrame):
    """The line at the top of the window, 48 pixels high.

    ``searched()``, ``undone()``, ``seat_asked(person id)`` ('' for nobody), ``people_asked()``.
    """

    searched = Signal()
    undone = Signal()
    seat_asked = Signal(str)
    people_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "topbar")
        sign = label()
        icons.set_icon(sign, "folder", "text-2", 18)
        self.title = ElidedLabel("", "strong")
        self.chip = Chip()
        self.read_only = Chip("", "warn")
        self.search = self._search_button()
        self.undo = button(_("Undo"), self.undone.emit, role="quiet", icon="undo")
        self._whole = self._short = ""
        self.person = QPushButton()
        self.person.setProperty("role", "person-none")
        self.person.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.seats = QMenu(self.person)
        self.person.setMenu(self.seats)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(10)
        layout.addWidget(sign)
        layout.addWidget(self.title)
        layout.addWidget(self.chip)
        layout.addWidget(self.read_only)
        layout.addStretch(1)
        layout.addWidget(self.search)
        layout.addStretch(1)
        layout.addWidget(self.undo)
        layout.addWidget(self.person)
        self.resize_to_words()

    def _search_button(self) -> QPushButton:
        made = button(_("Search studies, notes, commands"), self.searched.emit, role="search",
                      icon="search")
        keys = label("Ctrl K", "key")
        inner = QHBoxLayout(made)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.addStretch(1)
        inner.addWidget(keys)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return made

    def resize_to_words(self) -> None:
        """Be as high as the size of words asks for."""
        self.setFixedHeight(theme.px(48))
        self._fit_search()

    def _fit_search(self) -> None:
        """Leave room for the title: without room for words, the search shows its key only."""
        width = min(max(self.width() // 4, theme.px(110)), theme.px(330))
        words = _("Search studies, notes, commands")
        self.search.setFixedWidth(width)
        self.search.setText(words if width >= theme.px(300) else "")
        # with large words on a small screen the short forms say the same
        narrow = self.width() < theme.px(1000)
        self.undo.setText("" if narrow else _("Undo"))
        self.person.setText(as_written(self._short if narrow else self._whole))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._fit_search()

    def show_review(self, title: str, mark: str, read_only: str | None) -> None:
        """Show the title and the label of the review."""
        self.title.setText(title or _("Review without a title"))
        self.chip.show_text(mark)
        self.read_only.show_text(_("Read-only") if read_only else "", "warn")
        self.read_only.setToolTip(read_only or "")

    def show_undo(self, reason: str | None, step: str) -> None:
        """Let undo be pressed, or say why not; ``step`` names what it would take back."""
        tip = _("Undo: {step} (Ctrl Z)").format(step=step) if step else _("Undo (Ctrl Z)")
        set_enabled(self.undo, reason, tip)

    def show_person(self, person: Person | None, people: tuple[Person, ...]) -> None:
        """Show who sits here, and offer the others."""
        self._whole = _("Who sits here?") if person is None else named_with_role(person)
        self._short = _shortly(person)
        self._fit_search()
        letter = person.role if person is not None and person.role in LETTERS else ""
        set_role(
            self.person,
            "person-none" if person is None else f"person-{letter}" if letter else "person",
        )
        said = _("nobody yet") if person is None else named_with_role(person)
        self.person.setAccessibleName(_("Who sits here: {name}").format(name=said))
        self.person.setToolTip(_("Choose who sits here"))
        self.seats.clear()
        for one in people:
            action = self.seats.addAction(named_with_role(one))
            action.setCheckable(True)
            action.setChecked(person is not None and one.id == person.id)
            action.triggered.connect(
                lambda _checked=False, chosen=one.id: self.seat_asked.emit(chosen)
            )
        if person is not None:
            self.seats.addAction(_("Nobody, only look")).triggered.connect(
                lambda _checked=False: self.seat_asked.emit("")
            )
        self.seats.addSeparator()
        self.seats.addAction(_("People of this review…")).triggered.connect(
            lambda _checked=False: self.people_asked.emit()
        )


def _shortly(person: Person | None) -> str:
    if person is None:
        return "?"
    letter = LETTERS.get(person.role, "")
    first = person.initials or person.name[:1] or role_in_words(person.role)[:1].upper()
    return f"{first} · {letter}" if letter else first


def named_with_role(person: Person) -> str:
    """Return the name with the role, once where the name is the role."""
    name, role = person.name or person.initials, role_in_words(person.role)
    if name and name.casefold() != role.casefold():
        return f"{name} · {role}"
    return role[:1].upper() + role[1:]

"""Search everything: pages, commands, studies, outcomes, one's own notes and quotes.

What the other assessor wrote is found only when it may be seen: all judgements come through
``assessments.sealing``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.actions import ACTIONS
from app.pages import PAGES
from app.widgets.keys_overlay import in_words
from app.widgets.overlay import Overlay
from app.widgets.parts import label, line
from app.widgets.record_list import ListItem, RecordList
from app.widgets.top_bar import named_with_role
from app.workspace import Workspace
from assessments.language import _
from assessments.review import Outcome, Study

if TYPE_CHECKING:
    from app.main_window import MainWindow

_MOST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that can be gone to or done; ``words`` is what is searched."""

    title: str
    detail: str
    kind: str
    run: Callable[[], object]
    words: str = ""


def hits(window: MainWindow) -> tuple[Hit, ...]:
    """Return everything that can be found now."""
    return (
        *_studies(window), *_outcomes(window), *_commands(window), *_seats(window),
        *_written(window),
    )


def _studies(window: MainWindow) -> Iterator[Hit]:
    if "studies" not in window.entries:
        return
    for study in window.workspace.project.all(Study):
        yield Hit(
            title=study.label, detail=study.participants, kind=_("Study"),
            run=partial(window.open, "studies", study.id),
            words=f"{study.label} {study.year or ''} {study.participants} {study.note}",
        )


def _outcomes(window: MainWindow) -> Iterator[Hit]:
    for outcome in window.workspace.project.all(Outcome):
        yield Hit(
            title=outcome.label, detail=outcome.time_point, kind=_("Outcome"),
            run=partial(window.open, "review", outcome.id),
            words=f"{outcome.label} {outcome.time_point} {outcome.scale}",
        )


def _commands(window: MainWindow) -> Iterator[Hit]:
    for entry in PAGES:
        yield Hit(
            title=entry.title(), detail=f"Ctrl {entry.number}", kind=_("Page"),
            run=partial(window.show_page, entry.name),
        )
    for command in window.page.commands():
        if command.enabled() is None:
            yield Hit(
                title=command.text, detail=in_words(command.keys), kind=_("Command"),
                run=command.run,
            )
    for action in ACTIONS:
        if action.name != "search" and action.enabled(window) is None:
            yield Hit(
                title=action.text(), detail=in_words(action.keys[0]) if action.keys else "",
                kind=_("Command"), run=partial(action.run, window),
            )


def _seats(window: MainWindow) -> Iterator[Hit]:
    for person in window.workspace.people:
        name = named_with_role(person)
        yield Hit(
            title=_("Sit here: {name}").format(name=name), detail="", kind=_("Person"),
            run=partial(window.sit, person.id), words=f"{name} {person.initials}",
        )


def _written(window: MainWindow) -> Iterator[Hit]:
    from assessments.sealing import all_opened

    target = "grade" if "grade" in window.entries else ""
    for opened in all_opened(window.workspace.project):
        page = target if opened.assessment.unit_kind == "outcome" else "risk_of_bias"
        if page not in window.entries:
            continue
        run = partial(window.open, page, opened.assessment.unit)
        title = _title(window.workspace, opened.assessment.unit)
        for quote in opened.quotes:
            yield Hit(title=f"“{quote.text}”", detail=title, kind=_("Quote"), run=run)
        for answer in opened.answers:
            if answer.note:
                yield Hit(title=answer.note, detail=title, kind=_("Note"), run=run)
        for judgement in opened.judgements:
            if judgement.support:
                yield Hit(title=judgement.support, detail=title, kind=_("Support"), run=run)


def _title(workspace: Workspace, unit: str) -> str:
    study = workspace.project.one(Study, unit)
    if study is not None:
        return study.label
    outcome = workspace.project.one(Outcome, unit)
    return outcome.label if outcome is not None else ""


def matching(found: tuple[Hit, ...], typed: str) -> tuple[Hit, ...]:
    """Return the hits that hold every typed word; those whose title begins with it come first."""
    words = typed.casefold().split()
    fitting = [
        hit for hit in found
        if all(word in f"{hit.title} {hit.words} {hit.kind}".casefold() for word in words)
    ]
    if words:
        fitting.sort(key=lambda hit: not hit.title.casefold().startswith(words[0]))
    return tuple(fitting[:_MOST])


class SearchOverlay(Overlay):
    """A field and what it finds; Enter goes there, Escape closes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, _("Search everything"), 620)
        self._all = hits(window)
        self._shown: tuple[Hit, ...] = ()
        self.field = QLineEdit()
        self.field.setProperty("role", "bare")
        self.field.setPlaceholderText(_("Search studies, outcomes, notes, commands"))
        self.field.setAccessibleName(_("Search everything"))
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self.list = RecordList(_("Found"))
        self.list.clicked.connect(lambda _index: self._go())
        self.list.opened.connect(lambda _id: self._go())
        self.none = label(_("Nothing found."), "caption")
        self.inner.addWidget(self.field)
        self.inner.addWidget(line())
        self.inner.addWidget(self.none)
        self.inner.addWidget(self.list)
        self.list.setMinimumHeight(360)
        self._find("")

    @classmethod
    def show_in(cls, window: MainWindow) -> SearchOverlay:
        """Show the search over that window."""
        made = cls(window)
        made.open()
        made.field.setFocus()
        return made

    def _find(self, typed: str) -> None:
        self._shown = matching(self._all, typed)
        self.none.setVisible(not self._shown)
        self.list.show_items(
            (
                ListItem(id=str(place), title=hit.title, subtitle=hit.detail, word=hit.kind)
                for place, hit in enumerate(self._shown)
            ),
            choose="0",
        )
        if self._shown:
            self.list.choose("0")

    def _go(self) -> None:
        place = self.list.current_id()
        if place:
            hit = self._shown[int(place)]
            self.dismiss()
            hit.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows move in the list while the field is typed into."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.field and pressed and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.list.step(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go()
                return True
        return bool(super().eventFilter(watched, event))

"""The window of an open review: top bar, rail, page, message line, status bar."""

from __future__ import annotations

import importlib

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from app import saving, settings, theme
from app.badges import BADGES
from app.focus_keeper import FocusKeeper
from app.pages import PAGES, PageEntry
from app.pages.page import Page
from app.speaking import in_one_line
from app.widgets.message_line import MessageLine
from app.widgets.note_field import undo_belongs_to_field
from app.widgets.page_stack import PageStack
from app.widgets.parts import frame, label, row
from app.widgets.rail import Rail
from app.widgets.status_bar import StatusBar
from app.widgets.top_bar import TopBar
from app.window_menus import WindowMenus
from app.workspace import Workspace
from assessments import edits
from assessments.language import _
from assessments.problems import Problem, ProjectFileError
from assessments.store.journal import Changes

NARROW_BELOW = 1280
FRAME = 40  # px that a window's title and edges take of the height, about


def _first_size(room: QSize) -> QSize:
    """Return 1440 × 900 where the screen has room for it, and 1280 × 720 at least."""
    return QSize(min(1440, max(1280, room.width())), min(900, max(720, room.height() - FRAME)))


class MainWindow(QMainWindow):
    """An open review. ``asked(what, which)`` asks the application for other windows."""

    asked = Signal(str, str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        workspace.setParent(self)
        self.scheme = settings.scheme()
        self.pages: dict[str, Page] = {}
        self.entries: dict[str, PageEntry] = {entry.name: entry for entry in PAGES}
        self._build()
        self.menus = WindowMenus(self)
        self._listen()
        self.resize(_first_size(self.screen().availableSize()))
        geometry = settings.read("geometry", None)
        if geometry:
            self.restoreGeometry(geometry)
        self._show_everything()
        self.show_page(PAGES[0].name)
        self.rail.buttons[PAGES[0].name].setFocus()

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.top = TopBar()
        self.rail = Rail()
        for entry in PAGES:
            self.rail.add(entry.name, entry.title(), entry.icon, f"Ctrl {entry.number}")
        self.stack = PageStack()
        self.message = MessageLine()
        self.status = StatusBar()
        self.notice = self._read_only_notice()
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.notice)
        middle.addWidget(self.stack, 1)
        self._message_room = QHBoxLayout()
        self._message_room.setContentsMargins(16, 0, 16, 8)
        self._message_room.addWidget(self.message)
        middle.addLayout(self._message_room)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addLayout(middle, 1)
        everything = QWidget()
        everything.setProperty("role", "canvas")
        outer = QVBoxLayout(everything)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top)
        outer.addLayout(body, 1)
        outer.addWidget(self.status)
        self.setCentralWidget(everything)

    def _read_only_notice(self) -> QWidget:
        self._notice_words = label("", wrap=True)
        made = frame("notice", row(self._notice_words), 10)
        made.hide()
        return made

    def _listen(self) -> None:
        work = self.workspace
        work.changed.connect(self._changed)
        work.refused.connect(self._refused)
        work.failed.connect(self._failed)
        work.seat_changed.connect(self._seat_changed)
        work.status_changed.connect(self._show_status)
        self.rail.chosen.connect(self.show_page)
        self.top.searched.connect(self.search)
        self.top.undone.connect(self.undo)
        self.top.seat_asked.connect(self.sit)
        self.top.people_asked.connect(lambda: self.open("review", "people"))
        theme.changed.connect(self._resize_to_words)
        FocusKeeper(self, self.stack.currentWidget)
        self._badges_later = QTimer(self)
        self._badges_later.setSingleShot(True)
        self._badges_later.setInterval(30)
        self._badges_later.timeout.connect(self._show_badges)

    # -- pages -----------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page that is shown."""
        found = self.stack.currentWidget()
        assert isinstance(found, Page)
        return found

    @property
    def page_name(self) -> str:
        """The name of the page that is shown."""
        return next(name for name, page in self.pages.items() if page is self.page)

    def show_page(self, name: str) -> None:
        """Show a page, made at its first showing."""
        if name not in self.entries:
            return
        self.make_ready(name)
        if self.stack.currentWidget() is not self.pages[name]:
            if self.isVisible():
                self.pages[name].bring_up_to_date()
            self.stack.setCurrentWidget(self.pages[name])
        self.rail.show_page(name)
        self._show_page_commands()
        self._show_context()

    def make_ready(self, name: str) -> None:
        """Make a page unless it is there; it reads the review when it is shown."""
        if name not in self.pages:
            self.pages[name] = self._make_page(self.entries[name])

    def _make_page(self, entry: PageEntry) -> Page:
        page: Page = importlib.import_module(entry.module).PAGE(
            self.workspace, self.stack.pages)
        page.setAccessibleName(entry.title())
        page.said.connect(self._say)
        page.complained.connect(self.message.complain)
        page.wanted.connect(self.open)
        page.context_changed.connect(self._context_changed)
        page.badges_changed.connect(self._badges_later.start)
        self.stack.addWidget(page)
        return page

    def open(self, name: str, target: str) -> None:
        """Show a page at an object."""
        self.show_page(name)
        if name in self.pages:
            self.pages[name].go_to(target)
            self._show_context()

    def next_area(self, step: int) -> None:
        """Move the focus between rail, the areas of the page, and the top bar."""
        areas = [self.rail.buttons[self.page_name], *(self.page.areas() or (self.page,))]
        focus = QApplication.focusWidget()
        here = next(
            (n for n, area in enumerate(areas) if focus is not None
             and (area is focus or area.isAncestorOf(focus))), 0,
        )
        target = areas[(here + step) % len(areas)]
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not target.hasFocus():
            target.focusNextChild() if isinstance(target, Page) else _first_in(target)

    # -- what happened ---------------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        if changes.tables & {"review", "person"}:
            self._show_top()
        self._show_undo()
        self._badges_later.start()
        self._show_context()

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        if problems:
            self.message.complain(in_one_line(problems))

    def _failed(self, error: ProjectFileError) -> None:
        self.message.complain(
            f"{error.sentence} {error.remedy}".strip(), _("Save a copy elsewhere…"),
            lambda: saving.save_copy(self))

    def _seat_changed(self) -> None:
        self._show_top()
        self._show_undo()
        self._badges_later.start()
        self._show_page_commands()

    def _say(self, text: str, action: str, run: object) -> None:
        self.message.say(text, action, run if callable(run) else None)

    # -- showing ---------------------------------------------------------------------------

    def _show_everything(self) -> None:
        self._show_top()
        self._show_undo()
        self._show_status()
        self._badges_later.start()
        reason = self.workspace.read_only
        self._notice_words.setText(reason or "")
        self.notice.setVisible(bool(reason))
        if (problem := self.workspace.project.backup_problem) is not None:
            self.message.complain(
                _("No dated backup could be made. {reason}").format(reason=problem.sentence)
            )

    def _show_top(self) -> None:
        review = self.workspace.review
        self.top.show_review(review.title, review.label, self.workspace.read_only)
        self.top.show_person(self.workspace.person, self.workspace.people)
        self.setWindowTitle(_("{title} – Tandem").format(title=review.title or _("Review")))

    def _show_undo(self) -> None:
        reason = None if self.can_undo() else _("There is nothing to undo.")
        self.top.show_undo(self.workspace.read_only or reason, "")

    def _show_status(self) -> None:
        work = self.workspace
        self.status.show_saving(
            work.saving_in_words(), failed=work.failure is not None,
            read_only=bool(work.read_only),
        )
        at = work.backup_at
        self.status.show_backup(
            _("Last backup {time}").format(time=f"{at:%H:%M}") if at is not None else ""
        )
        path = work.project.path
        self.status.show_place(path.name, str(path.parent))

    def _show_context(self) -> None:
        self.status.show_context(self.page.context(), self.page.hints())

    def _context_changed(self) -> None:
        self._show_context()
        self._show_page_commands()

    def _show_badges(self) -> None:
        for name, count in BADGES.items():
            if name in self.rail.buttons:
                badge = count(self.workspace.project, self.workspace.seat)
                self.rail.buttons[name].show_badge(
                    badge.text, strong=badge.strong, said=badge.said)

    def _show_page_commands(self) -> None:
        self.menus.show_page_commands(self.page.commands())

    # -- commands --------------------------------------------------------------------------

    def undo_stays_in_field(self) -> bool:
        """Whether undo belongs to the text being typed."""
        return undo_belongs_to_field(QApplication.focusWidget())

    def can_undo(self) -> bool:
        """Whether there is a step of the one who sits here to take back."""
        work = self.workspace
        return not work.read_only and edits.next_undo(work.project) is not None

    def can_redo(self) -> bool:
        """Whether there is a step to bring back."""
        work = self.workspace
        return not work.read_only and edits.next_redo(work.project) is not None

    def undo(self) -> None:
        """Take back the newest step."""
        saving.commit_typing()
        if not self.can_undo():
            self.message.say(_("There is nothing to undo."))
            return
        if self.workspace.undo().ok:
            self.message.say(self._last_step(_("Undone")), _("Redo"), self.redo)

    def redo(self) -> None:
        """Bring back the step that was taken back last."""
        if self.can_redo() and self.workspace.redo().ok:
            self.message.say(self._last_step(_("Done again")), _("Undo"), self.undo)

    def _last_step(self, otherwise: str) -> str:
        from assessments.history import newest_sentence

        return newest_sentence(self.workspace.project) or otherwise

    def search(self) -> None:
        """Open the search for studies, outcomes, notes and commands."""
        from app.search import SearchOverlay

        SearchOverlay.show_in(self)

    def show_keys(self) -> None:
        """Show all keys of this page."""
        from app.widgets.keys_overlay import KeysOverlay

        KeysOverlay.show_in(self)

    def show_about(self) -> None:
        """Show what the program is and which licences it carries."""
        from app.about import AboutDialog

        AboutDialog(self).exec()

    def use_scheme(self, scheme: str) -> None:
        """Show other colours."""
        self.scheme = scheme
        settings.write("scheme", scheme)
        theme.apply(scheme, settings.zoom())

    def zoom_by(self, step: int) -> None:
        """Show larger (1), smaller (−1) or normal (0) words."""
        sizes = settings.ZOOMS
        nearest = min(range(len(sizes)), key=lambda n: abs(sizes[n] - settings.zoom()))
        self.use_zoom(100 if step == 0 else sizes[min(max(nearest + step, 0), len(sizes) - 1)])

    def use_zoom(self, size: int) -> None:
        """Show words of that size in percent."""
        settings.write("zoom", size)
        theme.apply(self.scheme, size)
        self.message.say(_("Words at {size} %").format(size=size))

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def sit(self, person: str) -> None:
        """Let that person sit here, '' for nobody; what is being typed is kept first."""
        saving.commit_typing()
        self.workspace.sit(person or None)
        sitting = self.workspace.person
        if sitting is not None:
            self.message.say(
                _("{name} sits here now. The other’s unfinished judgements stay hidden.").format(
                    name=sitting.name or sitting.initials
                )
            )

    # -- size and end ----------------------------------------------------------------------

    def _resize_to_words(self) -> None:
        self.top.resize_to_words()
        self.status.resize_to_words()
        self._fit_rail()

    def _fit_rail(self) -> None:
        self.rail.set_narrow(self.width() < theme.px(NARROW_BELOW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show icons alone when the window is narrow."""
        self._fit_rail()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Commit typing when the window loses focus."""
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            saving.commit_typing()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Commit what is typed, remember the window, close the file."""
        saving.leave_fields(self)
        settings.write("geometry", self.saveGeometry())
        self._badges_later.stop()
        self.workspace.close()
        super().closeEvent(event)
        self.asked.emit("closed", "")


def _first_in(area: QWidget) -> None:
    for child in area.findChildren(QWidget):
        if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
            child.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return

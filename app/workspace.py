"""The open review: read, do, undo, redo, and the one signal ``changed``.

Everything here happens on the main thread, the only one that touches the file.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec

from PySide6.QtCore import QObject, QTimer, Signal

from app import settings
from app.enduring_values import make_enduring
from assessments import edits
from assessments.edits import Done
from assessments.language import _
from assessments.problems import Problem, ProjectFileError
from assessments.review import Person, Review
from assessments.store.project_file import Project, open_project

make_enduring()
P = ParamSpec("P")
_BACKUP_EVERY = 30 * 60 * 1000


class Workspace(QObject):
    """An open review in one window.

    Signals: ``changed(Changes)`` after every edit, undo and redo; ``refused(tuple[Problem, …])``
    when a rule forbade one; ``failed(ProjectFileError)`` when the file could not be written;
    ``seat_changed()`` when another person sits down; ``status_changed()`` when the state of
    saving has changed.
    """

    changed = Signal(object)
    refused = Signal(object)
    failed = Signal(object)
    seat_changed = Signal()
    status_changed = Signal()

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.saved_at: datetime | None = None
        self.backup_at: datetime | None = datetime.now() if project.last_backup else None
        self.failure: ProjectFileError | None = None
        self._sit_as_last_time()
        self._timer = QTimer(self)
        self._timer.setInterval(_BACKUP_EVERY)
        self._timer.timeout.connect(self.back_up)
        if not project.read_only:
            self._timer.start()

    @classmethod
    def open(cls, path: Path, parent: QObject | None = None) -> Workspace:
        """Open a review file with a dated backup.

        Raises:
            ProjectFileError: it cannot be opened; the sentence says why.
        """
        project = open_project(path, name=settings.my_name(), backup=True)
        settings.note_recent(path)
        return cls(project, parent)

    # -- reading ---------------------------------------------------------------------------

    @property
    def review(self) -> Review:
        """The question of the review."""
        return self.project.one(Review, "review") or Review()

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody who works on the review, assessors first."""
        order = {"a": 0, "b": 1, "arbiter": 2, "coordinator": 3, "reader": 4}
        return tuple(sorted(self.project.all(Person), key=lambda p: (order[p.role], p.name)))

    @property
    def person(self) -> Person | None:
        """The one who sits here, None while nobody has said so."""
        return self.project.one(Person, self.project.seat) if self.project.seat else None

    @property
    def seat(self) -> str | None:
        """'a' or 'b' when an assessor sits here, else None."""
        person = self.person
        return person.role if person is not None and person.role in ("a", "b") else None

    @property
    def read_only(self) -> str | None:
        """Why nothing can be changed, None if it can."""
        return self.project.read_only

    # -- changing --------------------------------------------------------------------------

    def do(
        self, edit_function: Callable[Concatenate[Project, P], Done], /, *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done:
        """Do an edit and tell everybody what it touched, or why it was refused."""
        return self._settle(lambda: edit_function(self.project, *args, **kwargs), quiet=False)

    def try_to(
        self, edit_function: Callable[Concatenate[Project, P], Done], /, *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done:
        """Do an edit; the caller shows a refusal beside the field, so ``refused`` stays silent."""
        return self._settle(lambda: edit_function(self.project, *args, **kwargs), quiet=True)

    def undo(self) -> Done:
        """Take back the newest step of the one who sits here."""
        return self._settle(lambda: edits.undo(self.project), quiet=False)

    def redo(self) -> Done:
        """Bring back the step that was taken back last."""
        return self._settle(lambda: edits.redo(self.project), quiet=False)

    def _settle(self, work: Callable[[], Done], *, quiet: bool) -> Done:
        try:
            done = work()
        except ProjectFileError as error:
            self.failure = error
            self.status_changed.emit()
            self.failed.emit(error)
            problem = Problem(code="file", sentence=error.sentence, remedy=error.remedy)
            return Done(problems=(problem,))
        if done.problems:
            if not quiet:
                self.refused.emit(done.problems)
            return done
        if done.changes:
            self.failure = None
            self.saved_at = datetime.now()
            if "person" in done.changes.tables and self.person is None:
                self.project.seat = None
                self.seat_changed.emit()
            self.changed.emit(done.changes)
            self.status_changed.emit()
        return done

    def sit(self, person: str | None) -> None:
        """Let that person sit here from now on."""
        if person == self.project.seat:
            return
        self.project.seat = person
        settings.note_seat(self.project.identity, person or "")
        self.seat_changed.emit()

    def _sit_as_last_time(self) -> None:
        last = settings.seat_at(self.project.identity)
        if last and self.project.one(Person, last) is not None:
            self.project.seat = last

    # -- keeping ---------------------------------------------------------------------------

    def back_up(self) -> bool:
        """Write a dated copy if anything has changed since the last one."""
        if self.project.read_only:
            return False
        try:
            self.project.back_up()
        except ProjectFileError as error:
            self.failed.emit(error)
            return False
        self.backup_at = datetime.now()
        self.status_changed.emit()
        return True

    def saving_in_words(self) -> str:
        """Return the state of saving, as the status line shows it."""
        if self.project.read_only:
            return _("Read-only")
        if self.failure is not None:
            return _("Not saved: {why}").format(why=self.failure.sentence)
        if self.saved_at is None:
            return _("All changes saved")
        return _("All changes saved {time}").format(time=f"{self.saved_at:%H:%M}")

    def close(self) -> None:
        """Close the file; nothing is left to be saved."""
        self._timer.stop()
        self.project.close()

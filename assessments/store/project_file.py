"""Opens, creates, upgrades, backs up and closes a review file."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from assessments.language import _
from assessments.problems import ProjectFileError, ReviewClosed
from assessments.store import backups, journal
from assessments.store.file_lock import FileLock
from assessments.store.kept_rows import KeptRows
from assessments.store.rows import R, new_id, read_rows

APPLICATION_ID = 0x54414E44  # "TAND"
FORMAT_VERSION = 4
_FIRST_VERSION = 1
_FOLDER = Path(__file__).resolve().parent
_HEADER = b"SQLite format 3\x00"
_SIGNS_OF_DAMAGE = ("malformed", "not a database", "could not decode", "can't decode",
                    "no such table", "no such column", "unsupported file format",
                    "datatype mismatch")
_TROUBLE = (OSError, sqlite3.Error, UnicodeDecodeError)
"""What the disk, SQLite and texts that are none say."""


class Project:
    """An open review file. Reads return frozen rows; writes go through ``assessments.edits``.

    ``read_only`` is None, or the sentence that says why nothing can be changed. ``seat`` is
    the id of the person who sits here, None before anybody has said so. ``backup_problem`` is
    None, or says why no dated copy could be made at opening.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self.read_only: str | None = None
        self.seat: str | None = None
        self.last_backup: Path | None = None
        self.backup_problem: ProjectFileError | None = None
        self._lock: FileLock | None = None
        self._kept = KeptRows()

    def all(self, row_class: type[R], **where: Any) -> tuple[R, ...]:
        """Return the rows whose columns have these values.

        Raises:
            ProjectFileError: the file cannot be read.
        """
        try:  # a page asks hundreds of times, so no context manager is made for each
            if self.read_only:  # another program may write meanwhile
                return read_rows(self.connection, row_class, **where)
            return self._kept.find(self.connection, row_class, where)
        except _TROUBLE as error:
            raise _in_words(error, self.path) from error

    def one(self, row_class: type[R], row_id: str) -> R | None:
        """Return the row with that key, or None.

        Raises:
            ProjectFileError: the file cannot be read.
        """
        found = self.all(row_class, id=row_id)
        return found[0] if found else None

    @property
    def identity(self) -> str:
        """The key that all copies of this review share."""
        return str(self.connection.execute("SELECT review FROM file_identity").fetchone()[0])

    def data_version(self) -> int:
        """The number of the newest change set."""
        found = self.connection.execute("SELECT coalesce(max(id), 0) FROM change_set").fetchone()
        return int(found[0])

    def save_copy(self, target: Path) -> None:
        """Write the whole review to another file.

        Raises:
            ProjectFileError: the target cannot be written.
        """
        if target.resolve() == self.path.resolve():
            raise ProjectFileError(_("A copy needs another name than the review itself."))
        with speaking_plainly(target):
            backups.write_copy(self.connection, target)

    def back_up(self) -> Path | None:
        """Write a dated copy unless nothing has changed since the last one."""
        with speaking_plainly(self.path):
            self.last_backup = backups.back_up(self.connection, self.path) or self.last_backup
        return self.last_backup

    def close(self) -> None:
        """Close the file and give up the lock."""
        self.connection.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


@contextlib.contextmanager
def speaking_plainly(path: Path) -> Iterator[None]:
    """Turn what the disk or SQLite says into a sentence for people.

    Raises:
        ProjectFileError: in place of OSError, sqlite3.Error and texts that are none.
    """
    try:
        yield
    except _TROUBLE as error:
        raise _in_words(error, path) from error


def _in_words(error: Exception, path: Path) -> ProjectFileError:
    text = str(error).lower()
    name = path.name
    if "closed database" in text:
        return ReviewClosed(_("“{name}” has been closed.").format(name=name))
    if "full" in text or getattr(error, "errno", None) == 28:
        return ProjectFileError(
            _("The disk is full: “{name}” could not be saved.").format(name=name),
            _("Everything before the last change is safe. Make room, then try again."),
        )
    if any(sign in text for sign in _SIGNS_OF_DAMAGE):
        return ProjectFileError(
            _("“{name}” is damaged and cannot be read.").format(name=name),
            _("Open the newest copy in the folder “Tandem backups” beside it."),
        )
    if "locked" in text or "busy" in text:
        return ProjectFileError(
            _("“{name}” is being used by another program.").format(name=name),
            _("Close the other program, then try again."),
        )
    if (
        "readonly" in text
        or "unable to open" in text
        or getattr(error, "errno", None) in (13, 1, 30)
    ):
        return ProjectFileError(
            _("“{name}” cannot be read or written: this place is protected.").format(name=name),
            _("Choose another folder, or ask for the right to work here."),
        )
    if isinstance(error, FileExistsError | NotADirectoryError):
        return ProjectFileError(
            _("“{name}” cannot be written into “{folder}”: that is a file, not a folder.").format(
                name=name, folder=path.parent.name
            ),
            _("Choose another folder."),
        )
    return ProjectFileError(
        _("“{name}” could not be read or written ({error}).").format(name=name, error=error),
        _("Everything that was saved before is safe. Try again, or choose another place."),
    )


def create(path: Path, *, made_with: str = "Tandem") -> Project:
    """Make a new, empty review file and open it.

    Raises:
        ProjectFileError: there is a file already, or the place cannot be written.
    """
    if path.exists():
        raise ProjectFileError(
            _("There is already a file “{name}”.").format(name=path.name),
            _("Choose another name, or open that review."),
        )
    with speaking_plainly(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.part")
        partial.unlink(missing_ok=True)
        # what a removed file of the same name left behind would be taken for part of this one
        _journal_of(path).unlink(missing_ok=True)
        try:
            with contextlib.closing(sqlite3.connect(partial, isolation_level=None)) as connection:
                _lay_out(connection, made_with)
            partial.rename(path)
        finally:
            partial.unlink(missing_ok=True)
            _journal_of(partial).unlink(missing_ok=True)
    return open_project(path)


def _journal_of(path: Path) -> Path:
    """Return the path at which SQLite keeps what is needed to go back after a broken write."""
    return path.with_name(f"{path.name}-journal")


def _lay_out(connection: sqlite3.Connection, made_with: str) -> None:
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.executescript(
        "BEGIN;"
        + (_FOLDER / "schema.sql").read_text(encoding="utf-8")
        + (_FOLDER / "journal.sql").read_text(encoding="utf-8")
    )
    connection.execute(
        "INSERT INTO file_identity (id, review, origin, made_with) VALUES (1, ?, ?, ?)",
        (new_id(), new_id(), made_with),
    )
    connection.execute("INSERT INTO review (id) VALUES ('review')")
    journal.install_triggers(connection)
    connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
    connection.execute("COMMIT")


def open_project(path: Path, *, name: str = "", backup: bool = False) -> Project:
    """Open a review file: checked, locked, upgraded, with a dated backup on request.

    The second program that opens the same file, and every program older than the file, gets it
    read-only with the reason in ``read_only``.

    Raises:
        ProjectFileError: no such file, not a review, or damaged.
    """
    _must_be_a_review(path)
    with speaking_plainly(path):
        lock = FileLock(path)
        reason = _reason_to_only_read(path, lock, name)
        mode = "ro" if reason else "rw"
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None
        )
        project = Project(path, connection)
        project.read_only = reason
        project._lock = None if reason else lock
        try:
            _prepare(project, backup=backup)
        except BaseException:
            connection.close()
            lock.release()
            raise
    return project


def _must_be_a_review(path: Path) -> None:
    if path.is_dir():
        raise ProjectFileError(
            _("“{name}” is a folder, not a review file.").format(name=path.name),
            _("Choose a file that ends in .tandem."),
        )
    if not path.exists():
        raise ProjectFileError(
            _("There is no review file “{name}”.").format(name=path.name),
            _("It may have been moved or renamed. Choose it again."),
        )
    with speaking_plainly(path), path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(_HEADER):
        raise ProjectFileError(
            _("“{name}” is not a Tandem review.").format(name=path.name),
            _("Choose a file that ends in .tandem."),
        )
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise ProjectFileError(
            _("“{name}” is a database, but not a Tandem review.").format(name=path.name),
            _("Choose a file that ends in .tandem."),
        )


def _reason_to_only_read(path: Path, lock: FileLock, name: str) -> str | None:
    with path.open("rb") as file:
        version = int.from_bytes(file.read(64)[60:64], "big")
    if version > FORMAT_VERSION:
        return _(
            "This review was last saved by a newer version of Tandem. "
            "You can read it, but not change it."
        )
    try:
        if not lock.take(name):
            return _(
                "This review is open in another window or program ({holder}). "
                "You can read it, but not change it."
            ).format(holder=lock.holder or _("name not known"))
        with path.open("r+b"):
            return None
    except OSError:
        lock.release()
        return _("This file is protected. You can read it, but not change it.")


def _prepare(project: Project, *, backup: bool) -> None:
    connection = project.connection
    connection.execute("PRAGMA foreign_keys = ON")
    _must_be_whole(connection)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if project.read_only:
        if version < FORMAT_VERSION:
            project.connection = _upgraded_in_memory(connection, version)
        return
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA journal_mode = DELETE")
    if version < FORMAT_VERSION:
        project.back_up()
        _upgrade(connection, version)
    elif backup:
        try:
            project.back_up()
        except ProjectFileError as error:  # a full disk must not keep people from their work
            project.backup_problem = error


def _upgraded_in_memory(connection: sqlite3.Connection, version: int) -> sqlite3.Connection:
    """Return an upgraded copy of a file that may only be read, and close the file."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(copy)
    connection.close()
    _upgrade(copy, version)
    return copy


def _must_be_whole(connection: sqlite3.Connection) -> None:
    """Look at every page, every reference and every text."""
    whole = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
    if not whole or connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise sqlite3.DatabaseError("database disk image is malformed")
    for table in (*journal.journaled_tables(connection), "change_set", "row_change"):
        for _row in connection.execute(f'SELECT * FROM "{table}"'):
            pass


def _upgrade(connection: sqlite3.Connection, version: int) -> None:
    """Take each numbered step in a transaction of its own; keys are off meanwhile and checked."""
    if version < _FIRST_VERSION:
        raise sqlite3.DatabaseError("database disk image is malformed")
    for step in sorted((_FOLDER / "upgrades").glob("*.sql")):
        number = int(step.name.split("_")[0])
        if number <= version:
            continue
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        journal.remove_triggers(connection)
        for statement in _statements(step.read_text(encoding="utf-8")):
            connection.execute(statement)
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            connection.execute("ROLLBACK")
            raise sqlite3.DatabaseError("database disk image is malformed")
        journal.install_triggers(connection)
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
        connection.execute("PRAGMA foreign_keys = ON")
        version = number
    if version != FORMAT_VERSION:
        raise sqlite3.DatabaseError("database disk image is malformed")


def _statements(script: str) -> Iterator[str]:
    """Cut a script into statements, because executescript would commit on its own."""
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""


def restore(backup: Path, path: Path) -> Path | None:
    """Put a dated copy in the place of the review file and return where that is kept now.

    Raises:
        ProjectFileError: the copy is not a review, the place cannot be written, or the review is
            open somewhere.
    """
    open_project(backup).close()
    with speaking_plainly(path):
        lock = FileLock(path)
        if not lock.take(""):
            raise sqlite3.OperationalError("database is locked")
        try:
            partial = path.with_name(f".{path.name}.part")
            shutil.copy2(backup, partial)
            kept = _set_aside(path)
            partial.replace(path)
        finally:
            lock.release()
    return kept


def _set_aside(path: Path) -> Path | None:
    """Keep the file under another name, with what SQLite needs to go back in it."""
    if not path.exists():
        return None
    stamp = datetime.now().strftime("%Y-%m-%d %H-%M-%S")
    kept = path.with_name(f"{path.stem} (before going back {stamp}){path.suffix}")
    shutil.copy2(path, kept)
    if _journal_of(path).exists():
        os.replace(_journal_of(path), _journal_of(kept))
    return kept

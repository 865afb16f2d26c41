"""The one road for a change: a labelled edit, in one transaction, noted by the journal.

An edit is a plain function whose first argument is the project. The decorator opens a change
set, runs the function, commits, and returns what the journal says was touched. A rule that
forbids the edit raises ``Refused`` inside it; then nothing is written and the problems are
returned.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec

from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.store import journal
from assessments.store.journal import Changes
from assessments.store.project_file import Project, speaking_plainly

P = ParamSpec("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of an edit: what it touched, or the problems that kept it from happening."""

    changes: Changes = field(default_factory=Changes)
    problems: tuple[Problem, ...] = ()
    value: Any = None

    @property
    def ok(self) -> bool:
        """Whether the edit happened."""
        return not self.problems


def edit(
    verb: str, *, merge: Callable[..., str] | None = None
) -> Callable[[Callable[Concatenate[Project, P], Any]], Callable[Concatenate[Project, P], Done]]:
    """Make a function an edit with that verb.

    ``merge`` gets the same arguments and returns the key under which neighbouring edits by the
    same person join one step of undo. Edits called inside an edit join the outer one.
    """

    def decorate(
        function: Callable[Concatenate[Project, P], Any],
    ) -> Callable[Concatenate[Project, P], Done]:
        @functools.wraps(function)
        def run(project: Project, /, *args: P.args, **kwargs: P.kwargs) -> Done:
            if project.connection.in_transaction:
                return Done(value=function(project, *args, **kwargs))
            key = merge(*args, **kwargs) if merge else None
            about = _about(function, args, kwargs)
            return _in_one_step(
                project, verb, about, lambda: function(project, *args, **kwargs), key=key
            )

        return run

    return decorate


def _about(function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
           ) -> dict[str, Any]:
    names = function.__code__.co_varnames[1 : function.__code__.co_argcount]
    facts = dict(zip(names, args, strict=False)) | dict(kwargs)
    simple = (str, int, float, bool, type(None))
    return {name: value for name, value in facts.items() if isinstance(value, simple)}


def _in_one_step(
    project: Project,
    verb: str,
    about: Mapping[str, Any],
    work: Callable[[], Any],
    *,
    links: Mapping[str, int] | None = None,
    key: str | None = None,
) -> Done:
    if project.read_only:
        return Done(problems=(Problem(code="read-only", sentence=project.read_only),))
    connection = project.connection
    with speaking_plainly(project.path):
        try:
            connection.execute("BEGIN IMMEDIATE")
            first = journal.last_row_change(connection)
            number = journal.open_change_set(
                connection, verb, about, person=project.seat, links=links, merge_key=key
            )
            value = work()
            changes = journal.close_change_set(connection, number, first)
            connection.execute("COMMIT" if changes or links else "ROLLBACK")
        except Refused as refusal:
            _roll_back(connection)
            return Done(problems=refusal.problems)
        except sqlite3.IntegrityError as error:
            _roll_back(connection)
            return Done(problems=(_contradiction(error),))
        except BaseException:
            _roll_back(connection)
            raise
    return Done(changes=changes, value=value)


def _contradiction(error: sqlite3.IntegrityError) -> Problem:
    """Say what the rules of the tables forbid: two of a kind, or something that is not there."""
    if "UNIQUE" in str(error):
        return Problem(
            code="twice",
            sentence=_("This entry is there already, and there can be only one."),
            remedy=_("Change the entry that is there."),
        )
    return Problem(
        code="contradiction",
        sentence=_("This does not go together with what is there ({rule}).").format(rule=error),
        remedy=_("Look whether something it belongs to has been removed, then try again."),
    )


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def next_undo(project: Project) -> str | None:
    """Return the verb of the step that undo would take back, None if there is none."""
    return _verb(project, journal.steps(project.connection, project.seat)[0])


def next_redo(project: Project) -> str | None:
    """Return the verb of the step that redo would bring back, None if there is none."""
    return _verb(project, journal.steps(project.connection, project.seat)[1])


def _verb(project: Project, numbers: list[int]) -> str | None:
    if not numbers:
        return None
    found = project.connection.execute(
        "SELECT verb FROM change_set WHERE id = ?", (numbers[-1],)
    ).fetchone()
    return str(found[0])


def undo(project: Project) -> Done:
    """Take back the newest step of the person who sits here."""
    undoable, _redoable = journal.steps(project.connection, project.seat)
    return _replay(project, "undo", undoable, backwards=True)


def redo(project: Project) -> Done:
    """Bring back the step that was taken back last."""
    _undoable, redoable = journal.steps(project.connection, project.seat)
    return _replay(project, "redo", redoable, backwards=False)


def _replay(project: Project, verb: str, numbers: list[int], *, backwards: bool) -> Done:
    if not numbers:
        return Done()
    number = numbers[-1]
    links = {"undoes" if backwards else "redoes": number}

    def work() -> None:
        from assessments.sealing import must_stay_sealed

        must_stay_sealed(project, number, backwards=backwards)
        first = journal.last_row_change(project.connection)
        journal.replay(project.connection, number, backwards=backwards)
        _touches_only(project.connection, first, number)

    return _in_one_step(project, verb, {}, work, links=links)


def _touches_only(connection: sqlite3.Connection, first: int, number: int) -> None:
    """Refuse when taking back would also remove what was added to it later."""
    stranger = connection.execute(
        'SELECT 1 FROM row_change WHERE id > ? AND ("table", "row") NOT IN '
        '(SELECT "table", "row" FROM row_change WHERE change_set = ?) LIMIT 1',
        (first, number),
    ).fetchone()
    if stranger is not None:
        raise Refused(
            Problem(
                code="built-upon",
                sentence=_("This cannot be taken back: something else has been added to it since."),
                remedy=_("Remove the later entries first, or delete it by hand."),
            )
        )

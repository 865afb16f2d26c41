"""One run of an export beside the window: files one by one, with progress and a way to stop."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app import background
from assessments.exports.handing_over import Asked, FileTaken, planned_files, write_file
from assessments.exports.working_copy import WorkingCopy
from assessments.figures.figure import Figure
from assessments.problems import ProjectFileError
from assessments.store.project_file import Project

REPLACE = "replace"
NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """What became of a file: 'written', 'taken' (another has its name) or 'failed'."""

    path: Path
    title: str
    state: str
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a run; ``stopped`` when somebody pressed Cancel."""

    files: tuple[FileResult, ...]
    planned: int
    stopped: bool = False


class ExportRun(QObject):
    """Runs one export at a time. ``progress(done, of)`` and ``ended(Outcome)`` tell of it."""

    progress = Signal(int, int)
    ended = Signal(object)
    broken = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self.running = False

    def start(
        self, project: Project, asked: Asked, folder: Path, *, taken: str = "",
        only: frozenset[str] = frozenset(),
    ) -> None:
        """Begin. Files whose names are taken are left alone unless ``taken`` says otherwise.

        ``taken`` is '', 'replace' or 'number' (a number behind the name keeps both); ``only``
        limits the run to files of these names.

        Raises:
            ProjectFileError: no working copy can be made.
        """
        copy = WorkingCopy(project)
        self._stop.clear()
        self.running = True
        stop = self._stop
        task = _Task(asked=asked, folder=folder, taken=taken, only=only)

        def work(token: background.Token) -> Outcome:
            with copy.opened() as opened:
                return _write_all(opened, task, token.step, stop)

        job = background.run(
            "export", work, self._finished, self._failed, to_the_end=True
        )
        job.progress.connect(self.progress)

    def cancel(self) -> None:
        """Stop after the file that is being written."""
        self._stop.set()

    def _finished(self, outcome: Outcome) -> None:
        self.running = False
        self.ended.emit(outcome)

    def _failed(self, error: Exception) -> None:
        self.running = False
        if not isinstance(error, ProjectFileError):
            raise error
        self.broken.emit(error)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    asked: Asked
    folder: Path
    taken: str
    only: frozenset[str]


def _write_all(
    project: Project, task: _Task, told: Callable[[int, int], None], stop: threading.Event
) -> Outcome:
    """Write the files one by one; what goes wrong with one is kept as its sentence."""
    files = [
        one for one in planned_files(project, task.asked)
        if not task.only or one.file_name in task.only
    ]
    results: list[FileResult] = []
    for number, one in enumerate(files):
        told(number, len(files))
        if stop.is_set():
            return Outcome(files=tuple(results), planned=len(files), stopped=True)
        target = task.folder / one.file_name
        if task.taken == NUMBER and target.exists():
            target = _free(target)
        state, sentence = "written", ""
        try:
            write_file(one, project, target, overwrite=task.taken == REPLACE)
        except FileTaken as error:
            state, sentence = "taken", error.sentence
        except ProjectFileError as error:
            state, sentence = "failed", str(error)
        results.append(
            FileResult(path=target, title=one.title, state=state, sentence=sentence)
        )
    told(len(files), len(files))
    return Outcome(files=tuple(results), planned=len(files))


def _free(target: Path) -> Path:
    """Return the first numbered name that is free."""
    number = 2
    while (found := target.with_name(f"{target.stem} ({number}){target.suffix}")).exists():
        number += 1
    return found


def painter_of(ending: str) -> Callable[[Figure], bytes] | None:
    """Return what makes a picture file of that kind; None for SVG, which needs no painter."""
    return None if ending == "svg" else partial(_picture, ending)


def _picture(ending: str, figure: Figure) -> bytes:
    from app.painting.picture_files import write_picture

    with tempfile.TemporaryDirectory(prefix="tandem-picture-") as folder:
        path = Path(folder) / f"figure.{ending}"
        write_picture(figure, path)
        return path.read_bytes()

"""Makes, fills and repairs the private Python at the first start, and says so in words."""

from __future__ import annotations

import contextlib
import errno
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import IO

from app.set_up import requirements
from app.set_up.debian import install as install_on_debian
from app.set_up.fetching import fetch
from app.set_up.private_python import PrivatePython
from app.set_up.speaking import SetUpProblem, say
from assessments.language import _

_PROTECTED = (errno.EACCES, errno.EPERM, errno.EROFS)
_ASK = (
    "import sys, sysconfig; print(*sys.version_info[:2], sep='.'); "
    "print(sysconfig.get_path('purelib'))"
)


def prepare(private: PrivatePython, groups: tuple[str, ...]) -> None:
    """Bring everything of those groups into place; two first starts at once take turns.

    Raises:
        SetUpProblem: it cannot be done, with the reason and what mends it.
    """
    try:
        with _turn(os.path.join(private.root, ".venv.lock")):
            lacking = private.lacking(groups)
            if lacking:
                _bring(private, groups, lacking)
    except OSError as error:
        raise _in_words(error, private.root) from error


@contextlib.contextmanager
def _turn(path: str) -> Iterator[None]:
    with open(path, "a+", encoding="utf-8") as handle:
        waited = False
        while not _locked(handle):
            if not waited:
                say(_("Another start of Tandem is preparing itself; waiting for it …"))
            waited = True
            time.sleep(0.2)
        yield


if sys.platform == "win32":
    import msvcrt

    def _locked(handle: IO[str]) -> bool:
        try:
            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(handle: IO[str]) -> bool:
        try:
            fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _bring(private: PrivatePython, groups: tuple[str, ...], lacking: tuple[str, ...]) -> None:
    found = _inside(private)
    if found is None or requirements.damaged(requirements.pins(lacking, private.root), found[1]):
        if os.path.exists(private.folder):
            say(_("The private Python of Tandem is incomplete; making it anew …"))
        found, lacking = _made_anew(private), groups
    version, folder = found
    private.unstamp(lacking)
    wanted = requirements.pins(lacking, private.root)
    missing = requirements.missing(wanted, [folder])
    if missing:
        files = [os.path.join(private.root, requirements.FILES[group]) for group in lacking]
        fetch(_installer(private), files, missing)
    left = requirements.missing(wanted, [folder]) + requirements.damaged(wanted, folder)
    if left:
        raise SetUpProblem(
            _("These packages were not completely installed: {names}.").format(
                names=", ".join(left)
            ),
            _("Start it again; it goes on from there."),
        )
    for group in lacking:
        private.stamp(group, version)


def _inside(private: PrivatePython) -> tuple[str, str] | None:
    """Return version and package folder of the private Python, None if it does not run."""
    if not os.path.exists(private.program):
        return None
    answer = _run([private.program, "-I", "-c", _ASK])
    lines = answer.stdout.splitlines()
    if answer.returncode != 0 or len(lines) != 2 or not os.path.isdir(lines[1]):
        return None
    recent = tuple(int(part) for part in lines[0].split(".")) >= (3, 11)
    return (lines[0], lines[1]) if recent and _installer(private) else None


def _made_anew(private: PrivatePython) -> tuple[str, str]:
    say(_("Making a private Python for Tandem in {folder} …").format(folder=private.folder))
    command = [_outer_python(), "-m", "venv", "--clear"]
    if not _has("ensurepip"):
        if _has("pip"):
            command.append("--without-pip")
        else:
            _bring_venv()
    answer = _run([*command, private.folder])
    found = _inside(private)
    if answer.returncode != 0 or found is None:
        told = (answer.stdout + answer.stderr).strip().splitlines()
        _raise_if_protected(told, private.root)
        raise SetUpProblem(
            _("No private Python could be made in {folder} ({error}).").format(
                folder=private.folder, error=told[-1] if told else answer.returncode
            ),
            _("Remove that folder, then start again."),
        )
    return found


def _bring_venv() -> None:
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    install_on_debian(
        [package],
        _("This Python lacks the modules “venv” and “pip”, which the first start needs."),
        still_missing=lambda: not _has("ensurepip"),
    )


def _has(module: str) -> bool:
    importlib.invalidate_caches()
    return importlib.util.find_spec(module) is not None


def _outer_python() -> str:
    return getattr(sys, "_base_executable", "") or sys.executable


def _installer(private: PrivatePython) -> list[str]:
    """Return the command of pip that installs into the private Python, [] if there is none."""
    own = [private.program, "-m", "pip"]
    outer = [_outer_python(), "-m", "pip", "--python", private.program]
    for command in (own, outer):
        if _run([*command, "--version"]).returncode == 0:
            return command
    return []


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False,
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))


def _raise_if_protected(told: list[str], root: str) -> None:
    if any("Permission denied" in line or "Read-only" in line for line in told):
        raise _protected(root)


def _protected(root: str) -> SetUpProblem:
    return SetUpProblem(
        _("Tandem cannot write into its own folder {folder}, where it keeps its private Python.")
        .format(folder=root),
        _("Copy it to a place where you may write, and start it there: {line}").format(
            line=f"cp -R '{root}' ~/tandem && cd ~/tandem && python3 main.py"
        ),
    )


def _in_words(error: OSError, root: str) -> SetUpProblem:
    if error.errno in _PROTECTED:
        return _protected(root)
    if error.errno == errno.ENOSPC:
        return SetUpProblem(
            _("The disk is full; Tandem needs about 700 MB for its private Python."),
            _("Make room, then start it again; it goes on from there."),
        )
    return SetUpProblem(
        _("Tandem could not prepare its private Python ({error}).").format(error=error),
        _("Remove the folder {folder}, then start again.").format(
            folder=os.path.join(root, ".venv")
        ),
    )

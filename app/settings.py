"""This machine's preferences; none of them can change a number or a word of a review."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings

SCHEMES = ("system", "light", "dark", "high_contrast")
ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)
_RECENT = 8


def store() -> QSettings:
    """Return where preferences are kept; ``TANDEM_SETTINGS`` names another file."""
    own = os.environ.get("TANDEM_SETTINGS")
    if own:
        return QSettings(own, QSettings.Format.IniFormat)
    return QSettings("Tandem", "Tandem")


def read(name: str, default: Any = "") -> Any:
    """Return a preference, or the default where none was set."""
    return store().value(name, default)


def write(name: str, value: Any) -> None:
    """Keep a preference."""
    kept = store()
    kept.setValue(name, value)
    kept.sync()


def scheme() -> str:
    """Return the chosen colours: 'system', 'light', 'dark' or 'high_contrast'."""
    found = str(read("scheme", "system"))
    return found if found in SCHEMES else "system"


def zoom() -> int:
    """Return the size of words in percent, 80 to 200."""
    try:
        return min(max(int(read("zoom", 100)), ZOOMS[0]), ZOOMS[-1])
    except (TypeError, ValueError):
        return 100


def language() -> str:
    """Return the code of the language, '' for the language of the system."""
    return str(read("language", ""))


def my_name() -> str:
    """Return the name of the one at this machine, as the system knows it until told."""
    found = str(read("name", ""))
    if found:
        return found
    try:
        login = getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
    return "" if login in ("root", "user", "admin") else login.replace(".", " ").title()


def initials_of(name: str) -> str:
    """Return the first letters of the parts of a name."""
    return "".join(part[0] for part in name.replace("-", " ").split()[:3]).upper()


def my_initials() -> str:
    """Return the initials of the one at this machine, made from the name until told."""
    return str(read("initials", "")) or initials_of(my_name())


def recent_files() -> tuple[Path, ...]:
    """Return the review files opened lately that are still there, newest first."""
    found = read("recent", [])
    names = [found] if isinstance(found, str) else list(found or [])
    return tuple(path for path in map(Path, names) if path.is_file())


def note_recent(path: Path) -> None:
    """Remember that a review file was opened."""
    others = [str(p) for p in recent_files() if p != path.resolve()]
    write("recent", [str(path.resolve()), *others][:_RECENT])


def forget_recent(path: Path) -> None:
    """Take a file off the list of recent ones."""
    write("recent", [str(p) for p in recent_files() if p != path])


def seat_at(review: str) -> str:
    """Return who sat here when that review was last closed, '' if nobody is known."""
    return str(read(f"seats/{review}", ""))


def note_seat(review: str, person: str) -> None:
    """Remember who sits here in that review."""
    write(f"seats/{review}", person)

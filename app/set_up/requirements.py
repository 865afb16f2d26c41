"""Which packages in which versions are needed, and whether a Python has them.

The pinned files are the truth: a line is ``name==version``, perhaps with the one system that
needs it, and its hashes. The check looks at folder names only, so that it costs next to nothing
at every start.
"""

from __future__ import annotations

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FILES = {
    "run": "requirements.txt",
    "tests": "requirements-tests.txt",
    "checks": "requirements-checks.txt",
}


def text_of(group: str, root: str = ROOT) -> str:
    """Return the pinned file of that group (``FILES``) as it is."""
    with open(os.path.join(root, FILES[group]), encoding="utf-8") as file:
        return file.read()


def pins(groups: tuple[str, ...], root: str = ROOT) -> dict[str, str]:
    """Return name → version of all that those groups need on this system."""
    found = {}
    for group in groups:
        for line in text_of(group, root).splitlines():
            name, equal, rest = line.partition("==")
            if not equal or name.startswith((" ", "#")):
                continue
            version, _semicolon, marker = rest.rstrip("\\ ").partition(";")
            if _applies(marker):
                found[name] = version.strip()
    return found


def _applies(marker: str) -> bool:
    if "sys_platform ==" not in marker:
        return True
    return f"'{sys.platform}'" in marker


def record_name(name: str, version: str) -> str:
    """Return the name, in small letters, of the folder that an installed package leaves."""
    return f"{name.replace('-', '_')}-{version}.dist-info".lower()


def missing(wanted: dict[str, str], folders: list[str] | None = None) -> list[str]:
    """Return the names that are in none of the folders, which are those of this Python if None."""
    present: set[str] = set()
    for folder in sys.path if folders is None else folders:
        try:
            present.update(entry.lower() for entry in os.listdir(folder or "."))
        except OSError:
            continue
    return [name for name, version in wanted.items() if record_name(name, version) not in present]


def damaged(wanted: dict[str, str], folder: str) -> list[str]:
    """Return the names whose installed files are not all there, as after a broken installation."""
    records = {entry.lower(): entry for entry in os.listdir(folder)}
    return [
        name
        for name, version in wanted.items()
        if (entry := records.get(record_name(name, version))) is not None
        and not _is_whole(folder, os.path.join(folder, entry, "RECORD"))
    ]


def _is_whole(folder: str, record: str) -> bool:
    import csv

    try:
        with open(record, encoding="utf-8", newline="") as file:
            return all(
                os.stat(os.path.join(folder, path)).st_size == int(size)
                for path, _digest, size in csv.reader(file)
                if size
            )
    except (OSError, ValueError):
        return False

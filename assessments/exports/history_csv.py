"""The history as a file: what is open to all, oldest first, each line chained to the one before."""

from __future__ import annotations

import hashlib

from assessments.exports.evidence_csv import BOM, _quoted
from assessments.history import Entry, history
from assessments.store.project_file import Project

COLUMNS = ("number", "time_utc", "person", "kind", "what", "details", "taken_back", "chain")


def content(project: Project) -> bytes:
    """Return the file; ``chain`` is the SHA-256 of the line before and this one without it.

    Whoever makes it, it holds only what is open to everybody.
    """
    lines = [",".join(f'"{name}"' for name in COLUMNS)]
    digest = ""
    for number, one in enumerate(reversed(history(project, for_all=True)), start=1):
        line = _line(number, one)
        digest = hashlib.sha256(f"{digest}{line}".encode()).hexdigest()
        lines.append(f'{line},"{digest}"')
    return (BOM + "\n".join(lines) + "\n").encode()


def _line(number: int, one: Entry) -> str:
    texts = (one.at, one.person, one.kind, one.sentence, "\n".join(one.details))
    return ",".join((str(number), *(_quoted(text) for text in texts), str(int(one.taken_back))))

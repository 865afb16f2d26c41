"""A lock beside the review file, so that only one program writes it.

The lock is held by the operating system and ends with the program, also when that is killed;
the text in the file only tells who holds it and since when.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import IO

_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


class FileLock:
    """An exclusive lock on a review file; ``holder`` says who has it when it is taken."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f".{path.name}.lock")
        self._handle: IO[str] | None = None
        self.holder = ""

    def take(self, name: str) -> bool:
        """Take the lock; return False, and know the holder, if another program has it.

        Raises:
            OSError: the folder cannot be written.
        """
        handle = self._path.open("a+", encoding="utf-8")
        try:
            _lock(handle)
        except OSError as error:
            # a disk that knows no locks is no reason to refuse: SQLite keeps the file whole
            if error.errno in _TAKEN:
                handle.seek(1)
                self.holder = _told(handle.read())
                handle.close()
                return False
        if not self._is_still_there(handle):
            handle.close()
            return self.take(name)
        handle.seek(1)
        handle.truncate(0)
        since = datetime.now().astimezone().strftime("%H:%M")
        # the first byte is the locked one, which Windows lets nobody else read
        handle.write(" " + json.dumps({"name": name, "since": since, "process": os.getpid()}))
        handle.flush()
        self._handle = handle
        return True

    def _is_still_there(self, handle: IO[str]) -> bool:
        """Return whether the locked file is the one that others would find under the name."""
        try:
            return sys.platform == "win32" or os.path.samestat(
                os.fstat(handle.fileno()), self._path.stat()
            )
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if self._handle is None:
            return
        if sys.platform == "win32":
            self._handle.close()
        with contextlib.suppress(OSError):
            # removed while it is still held, so that nobody can take a lock that then vanishes
            self._path.unlink(missing_ok=True)
        self._handle.close()
        self._handle = None


def _told(text: str) -> str:
    try:
        facts = json.loads(text)
        return f"{facts['name']}, {facts['since']}" if facts["name"] else str(facts["since"])
    except (ValueError, KeyError, TypeError):
        return ""


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: IO[str]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: IO[str]) -> None:
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

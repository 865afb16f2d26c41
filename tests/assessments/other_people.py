"""Does something as somebody without special rights, also where the tests run as root."""

from __future__ import annotations

import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection

_NOBODY = 65534
_WAYS = multiprocessing.get_context("spawn" if sys.platform == "win32" else "fork")


def as_ordinary_person(work: Callable[..., str], *arguments: object) -> str:
    """Return what the function returns when an ordinary person calls it."""
    hear, tell = _WAYS.Pipe(duplex=False)
    process = _WAYS.Process(target=_do, args=(tell, work, arguments))
    process.start()
    tell.close()
    answer, error = hear.recv()
    process.join()
    hear.close()
    assert not error, error
    return answer


def _do(tell: Connection, work: Callable[..., str], arguments: tuple[object, ...]) -> None:
    try:
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)
        tell.send((work(*arguments), ""))
    except BaseException:
        tell.send(("", traceback.format_exc()))

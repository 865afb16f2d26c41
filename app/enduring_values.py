"""Keeps None, True and False alive under Python 3.11.

PySide6 6.12 is built for Pythons in which these values are immortal (3.12 and later, PEP 683):
each time Qt hands None or a truth value to Python it forgets to count the reference. Python 3.11
counts, and after some thousand of them it would stop with “deallocating None”. Giving the three
values more references than can ever be lost makes 3.11 behave like its successors.
"""

from __future__ import annotations

import sys

_MANY = 1 << 40


def make_enduring() -> None:
    """Do it once, before Qt is used; from Python 3.12 on there is nothing to do."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    import ctypes

    for value in (None, True, False, NotImplemented, ...):
        if sys.getrefcount(value) < _MANY:
            # the count of references is the first field of every object of CPython 3.11
            ctypes.c_ssize_t.from_address(id(value)).value += _MANY

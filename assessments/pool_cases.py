"""Cases of calculation from a file, each answered by itself: a result, or an error in words.

The file holds a list of cases, or an object with ``cases``. A case has ``id``, ``type``,
``measure``, ``inputs`` and ``options``; other keys are ignored. The kinds of calculation are
listed in ``gradecore.case_types``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from assessments.language import _
from assessments.plain_json import plain
from assessments.problems import Problem, Refused
from gradecore.case_types import Case, Handler, case_types
from gradecore.input_errors import InputError

LARGEST_FILE = 200_000_000


def read_cases(name: str) -> list[Any]:
    """Return the cases of a file (``-``: the standard input); ``Refused`` if it has none."""
    try:
        read = json.loads(_text(name))
    except json.JSONDecodeError as error:
        raise _refused(name, _("this is not JSON: {detail}.").format(detail=error)) from error
    except RecursionError as error:
        raise _refused(name, _("this is not JSON: it is nested too deeply.")) from error
    except ValueError as error:  # Python reads no whole number of more than 4300 digits
        raise _refused(name, _("a number has too many digits to be read.")) from error
    cases = read.get("cases") if isinstance(read, dict) else read
    if not isinstance(cases, list):
        raise _refused(name, _('a list of cases, or an object with "cases", is expected.'))
    return cases


def _text(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    path = Path(name)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _refused(
                name,
                _("the file is larger than {n} MB.").format(n=LARGEST_FILE // 1_000_000),
            )
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        raise _refused(
            name, _("the file cannot be read: {reason}.").format(reason=reason)
        ) from error
    except UnicodeDecodeError as error:
        raise _refused(name, _("the file is not text in UTF-8.")) from error


def _refused(name: str, sentence: str) -> Refused:
    return Refused(Problem(code="cases", sentence=f"{name}: {sentence}", where=name))


def answers(cases: list[Any]) -> list[dict[str, Any]]:
    """Return ``{"id", "result"}`` or ``{"id", "error"}`` for every case, in the same order."""
    handlers = case_types()
    return [answer(case, handlers) for case in cases]


def answer(read: Any, handlers: dict[str, Handler]) -> dict[str, Any]:
    """Return the answer to one case; whatever is wrong with it is said in its ``error``."""
    name = read.get("id") if isinstance(read, dict) else None
    try:
        case = _case(read)
        handler = handlers.get(case.type)
        if handler is None:
            raise InputError(_("The type of case {type!r} is not known.").format(type=case.type))
        return {"id": name, "result": plain(handler(case))}
    except InputError as error:
        return {"id": name, "error": str(error)}
    except (ArithmeticError, ValueError, TypeError, KeyError, IndexError):
        sentence = _(
            "The case cannot be computed: its inputs or options do not have the form that "
            "its type needs."
        )
        return {"id": name, "error": sentence}


def _case(read: Any) -> Case:
    """Return a case as read; ``InputError`` if it does not have the form of a case."""
    if not isinstance(read, dict):
        raise InputError(_("A case must be an object with id, type, measure, inputs and options."))
    inputs, options = read.get("inputs") or {}, read.get("options") or {}
    if not isinstance(inputs, dict) or not isinstance(options, dict):
        raise InputError(_("The inputs and the options of a case must be objects."))
    return Case(
        id=str(read.get("id", "")),
        type=str(read.get("type", "")),
        measure=str(read.get("measure", "")),
        inputs=inputs,
        options=options,
    )

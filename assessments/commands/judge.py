"""``judge``: what an instrument's rules say to many sets of answers, as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assessments.instrument import Instrument

NAME = "judge"
SUMMARY = "judge answers with an instrument and print the levels as JSON"
LARGEST_FILE = 200_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the instrument and the file of answers."""
    parser.add_argument("instrument", metavar="INSTRUMENT", help="id, or path of a TOML file")
    parser.add_argument(
        "answers", metavar="ANSWERS.json",
        help='list of {"id", "effect", "answers": {domain: {question: code}}}; - reads from input',
    )


def run(options: argparse.Namespace) -> int:
    """Print one result for each item of the list."""
    from assessments.instrument_judging import judge_items
    from assessments.problems import Refused

    try:
        instrument = _instrument(options.instrument)
        items = _items(options.answers)
    except Refused as refusal:
        for problem in refusal.problems:
            print(problem, file=sys.stderr)
        return 2
    print(json.dumps(judge_items(instrument, items), ensure_ascii=False, indent=1))
    return 0


def _instrument(name: str) -> Instrument:
    from assessments.instrument_file import read_instrument
    from assessments.instruments_kept import shipped_instrument

    if name.lower().endswith(".toml"):
        return read_instrument(Path(name))
    return shipped_instrument(name)


def _items(name: str) -> list[Any]:
    from assessments.language import _

    try:
        items = json.loads(_text(name))
    except json.JSONDecodeError as error:
        raise _refused(name, _("this is not JSON: {detail}.").format(detail=error)) from error
    except RecursionError as error:
        raise _refused(name, _("this is not JSON: it is nested too deeply.")) from error
    except ValueError as error:  # Python reads no whole number of more than 4300 digits
        raise _refused(name, _("a number has too many digits to be read.")) from error
    if not isinstance(items, list):
        raise _refused(name, _("a list of items is expected."))
    return items


def _text(name: str) -> str:
    from assessments.language import _

    if name == "-":
        return sys.stdin.read()
    path = Path(name)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _refused(name, _("the file is larger than {n} MB.").format(
                n=LARGEST_FILE // 1_000_000
            ))
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        sentence = _("the file cannot be read: {reason}.").format(reason=reason)
        raise _refused(name, sentence) from error
    except UnicodeDecodeError as error:
        raise _refused(name, _("the file is not text in UTF-8.")) from error


def _refused(name: str, sentence: str) -> Exception:
    from assessments.problems import Problem, Refused

    return Refused(Problem(code="answers", sentence=f"{name}: {sentence}", where=name))

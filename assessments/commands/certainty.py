"""``certainty``: works out cases about certainty ratings and absolute effects, as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

NAME = "certainty"
SUMMARY = "work out cases of certainty, absolute effects and prompts and print them as JSON"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the file of cases."""
    parser.add_argument(
        "cases",
        metavar="CASES.json",
        help='list of {"id", "kind", …}, or {"cases": […]}; - reads from input',
    )


def run(options: argparse.Namespace) -> int:
    """Print one answer for each case of the file."""
    from assessments.certainty_case_fields import CaseProblem
    from assessments.certainty_cases import run_cases

    try:
        text = _text(options.cases)
        answers = run_cases(json.loads(text))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        print(f"{options.cases}: the file cannot be read: {reason}.", file=sys.stderr)
        return 2
    except (json.JSONDecodeError, RecursionError) as error:
        print(f"{options.cases}: this is not JSON: {error}.", file=sys.stderr)
        return 2
    except ValueError:  # Python reads no whole number of more than 4300 digits
        print(f"{options.cases}: a number has too many digits to be read.", file=sys.stderr)
        return 2
    except CaseProblem as problem:
        print(f"{options.cases}: {problem}", file=sys.stderr)
        return 2
    print(json.dumps(answers, ensure_ascii=False, indent=1, allow_nan=False))
    return 0


def _text(name: str) -> str:
    return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")

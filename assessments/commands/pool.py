"""``pool``: meta-analyses from a file of cases or from a review, as JSON."""

from __future__ import annotations

import argparse
import sys

NAME = "pool"
SUMMARY = "compute meta-analyses from a file of cases, or all of a review, and print them as JSON"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the file, and how a review is printed."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help='CASES.json: a list of cases or {"cases": […]}, - reads from input; or REVIEW.tandem',
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print JSON (the only form, so it may be left out)",
    )


def run(options: argparse.Namespace) -> int:
    """Print one answer per case, or one object per analysis of the review."""
    from assessments.plain_json import written
    from assessments.problems import ProjectFileError, Refused

    try:
        if str(options.file).lower().endswith(".tandem"):
            answers = _of_review(options.file)
        else:
            answers = _of_cases(options.file)
    except Refused as refusal:
        for problem in refusal.problems:
            print(problem, file=sys.stderr)
        return 2
    except ProjectFileError as error:
        print(error, file=sys.stderr)
        return 2
    print(written(answers))
    return 0


def _of_cases(name: str) -> list[dict[str, object]]:
    from assessments.pool_cases import answers, read_cases

    return answers(read_cases(name))


def _of_review(name: str) -> list[dict[str, object]]:
    from pathlib import Path

    from assessments.pooled_json import analyses_as_json
    from assessments.store.project_file import open_project

    with open_project(Path(name)) as project:
        return analyses_as_json(project)

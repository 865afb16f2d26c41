"""``export``: writes the tables, data and figures of a review into a folder, without a window."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

NAME = "export"
SUMMARY = "write the summary of findings, data and figures of a review into a folder"
FORMATS = ("xlsx", "html", "csv", "figures", "all")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the review, the folder, and what is written."""
    parser.add_argument("review", metavar="REVIEW.tandem", help="the review file; only read")
    parser.add_argument(
        "--to", metavar="FOLDER", default=".", help="where the files go (default: here)"
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="all", help="what to write (default: all)"
    )
    parser.add_argument(
        "--layout", choices=("cochrane_plus", "cochrane"), default="cochrane_plus",
        help="with the columns for the difference and what happens (default), or without",
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace files that are there already"
    )


def run(options: argparse.Namespace) -> int:
    """Write the files and print their names; 2 with a sentence where that is not possible."""
    from assessments.exports.whole_review import write_review
    from assessments.problems import ProjectFileError
    from assessments.store.project_file import open_project

    try:
        with open_project(Path(options.review), name="export") as project:
            written = write_review(
                project, Path(options.to), only=options.format, layout=options.layout,
                overwrite=options.overwrite,
            )
    except ProjectFileError as error:
        print(error, file=sys.stderr)
        return 2
    for path in written:
        print(path)
    return 0

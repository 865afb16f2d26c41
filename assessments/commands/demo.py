"""``demo``: builds the sample reviews and writes all that can be made of them, without a window."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessments.samples import Sample

NAME = "demo"
SUMMARY = "build the sample reviews and write their tables, data and figures into a folder"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the folder."""
    parser.add_argument(
        "--to", metavar="FOLDER", default="tandem-demo",
        help="where the samples and their files go (default: tandem-demo)",
    )
    parser.add_argument(
        "--overwrite", action="store_true",
        help="replace tables, data and figures that are there already; reviews are kept",
    )


def run(options: argparse.Namespace) -> int:
    """Write the files and print their names; 2 with a sentence where that is not possible."""
    from assessments.problems import ProjectFileError
    from assessments.samples import SAMPLES

    folder = Path(options.to)
    try:
        for sample in SAMPLES:
            print(f"{sample.about}")
            for path in _make(sample, folder, overwrite=options.overwrite):
                print(f"  {path}")
    except ProjectFileError as error:
        print(f"{folder}: {error}", file=sys.stderr)
        return 2
    return 0


def _make(sample: Sample, folder: Path, *, overwrite: bool) -> tuple[Path, ...]:
    """Build a sample, or take the one that is there, and write its files."""
    from assessments.exports.whole_review import write_review
    from assessments.samples import build
    from assessments.store.project_file import open_project

    path = folder / sample.file_name
    project = open_project(path, name="demo") if path.exists() else build(sample.name, path)
    with project:
        return (path, *write_review(project, folder, overwrite=overwrite))

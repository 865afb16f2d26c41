"""``check-instrument``: what is wrong with an instrument file, or what it holds."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

NAME = "check-instrument"
SUMMARY = "check a team's own instrument file"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the file to check."""
    parser.add_argument("file", metavar="FILE", help="an instrument as a TOML file")


def run(options: argparse.Namespace) -> int:
    """Print what the file holds, or every complaint about it; then the status is 2."""
    from assessments.instrument_file import read_instrument
    from assessments.language import _, counted
    from assessments.problems import Refused

    try:
        instrument = read_instrument(Path(options.file))
    except Refused as refusal:
        for problem in refusal.problems:
            print(problem, file=sys.stderr)
        return 2
    forms = [form for one in instrument.domains for form in (one.forms or (one,))]
    print(_("{title}, version {version}: no complaints.").format(
        title=instrument.title, version=instrument.version
    ))
    questions = sum(len(form.questions) for form in forms)
    rules = sum(len(form.rules) for form in forms)
    print(", ".join((
        counted("{n} domain", "{n} domains", len(instrument.domains)),
        counted("{n} question", "{n} questions", questions),
        counted("{n} rule", "{n} rules", rules),
    )) + ".")
    for form in forms:
        if form.status not in ("VERIFIED", "OWN"):
            print(_("Domain {domain}: {status}. {note}").format(
                domain=form.key or form.id, status=form.status.lower(), note=form.status_note
            ).strip())
    return 0

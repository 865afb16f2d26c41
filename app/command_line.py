"""Finds and runs the sub-commands, which do without a window (``assessments.commands``)."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path
from types import ModuleType

from assessments.commands import COMMANDS
from assessments.language import _
from assessments.version import VERSION


def is_for_it(arguments: list[str]) -> bool:
    """Return whether the arguments are a sub-command or ask for help, and not for the window.

    A word that is neither a sub-command, an option nor a file is for the command line too,
    which then says what there is.
    """
    if not arguments:
        return False
    first = arguments[0]
    names = (name.rpartition(".")[2].replace("_", "-") for name in COMMANDS)
    if first in ("-h", "--help", "--version", *names):
        return True  # also where a folder happens to have the name of a sub-command
    return not first.startswith("-") and not _may_be_a_review(first)


def _may_be_a_review(word: str) -> bool:
    return word.endswith(".tandem") or Path(word).exists()


def run(arguments: list[str]) -> int:
    """Run the sub-command that the arguments name and return its exit status."""
    parser, commands = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 0
    return int(commands[options.command].run(options))


def _parser() -> tuple[argparse.ArgumentParser, dict[str, ModuleType]]:
    parser = argparse.ArgumentParser(
        prog="python3 main.py",
        usage=_("python3 main.py [REVIEW.tandem]   or   python3 main.py COMMAND …"),
        description=_(
            "Tandem: two assessors judge risk of bias and rate the certainty of evidence. "
            "Without a command the window opens, with the review file if one is named."
        ),
        epilog=_("python3 main.py COMMAND --help tells what a command needs."),
    )
    parser.add_argument("--version", action="version", version=f"Tandem {VERSION}")
    kinds = parser.add_subparsers(dest="command", title=_("commands"), metavar="COMMAND")
    commands = {}
    for module in (importlib.import_module(name) for name in COMMANDS):
        commands[module.NAME] = module
        module.arguments(
            kinds.add_parser(
                module.NAME, prog=f"python3 main.py {module.NAME}",
                help=module.SUMMARY, description=module.SUMMARY,
            )
        )
    return parser, commands


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))

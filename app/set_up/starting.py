"""The way from the two commands to the program: right Python, screen, then window or sub-command.

Runs at every start, so nothing is imported here before it is needed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from app.set_up import requirements
from app.set_up.private_python import PrivatePython

DEMO_FOLDER = "tandem-demo"


def start(arguments: list[str]) -> int:
    """Start the window, or the sub-command that the arguments name; return the exit status."""
    return _in_sentences(lambda: _start(arguments))


def run_tests(arguments: list[str], run: Callable[[list[str]], int]) -> int:
    """Bring what the tests need, then run them with those options; return the exit status."""
    return _in_sentences(lambda: _run_tests(arguments, run))


def _start(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        from assessments.version import VERSION

        print(f"Tandem {VERSION}")
        return 0
    if arguments in (["-h"], ["--help"]) and _help_without_packages():
        return 0
    elsewhere = ensure(("run",), ["main.py", *arguments])
    if elsewhere is not None:
        return elsewhere
    from app import command_line

    if command_line.is_for_it(arguments):
        return command_line.run(arguments)
    return _open_window(arguments)


def _help_without_packages() -> bool:
    """Print the help, and return whether that worked before anything is installed."""
    try:
        from app import command_line

        return command_line.run([]) == 0
    except ModuleNotFoundError:
        return False


def _open_window(arguments: list[str]) -> int:
    from app.set_up.screen import has_screen

    if not has_screen():
        named = next((word for word in arguments if not word.startswith("-")), None)
        return _work_without_screen() if named is None else _cannot_show(named)
    from app.set_up.system_libraries import bring_libraries

    bring_libraries()
    from app.application import start as open_window

    return open_window(arguments)


def _work_without_screen() -> int:
    from app import command_line
    from app.set_up.speaking import say
    from assessments.language import _

    say(
        _(
            "There is no screen here, so no window can be opened. The main work on the example "
            "review is done without one and put into the folder “{folder}”. "
            "What else works without a screen: python3 main.py --help"
        ).format(folder=DEMO_FOLDER)
    )
    return command_line.run(["demo", "--to", DEMO_FOLDER])


def _cannot_show(review: str) -> int:
    from app.set_up.speaking import say
    from assessments.language import _

    say(
        _(
            "There is no screen here, so “{review}” cannot be opened in a window. What can be "
            "written of it without one: python3 main.py export {review} --to FOLDER"
        ).format(review=review)
    )
    return 2


def _run_tests(arguments: list[str], run: Callable[[list[str]], int]) -> int:
    elsewhere = ensure(("run", "tests"), ["-m", "tests", *arguments])
    if elsewhere is not None:
        return elsewhere
    from app.set_up.system_libraries import bring_libraries

    bring_libraries(offscreen=True)
    return run(["--rootdir", requirements.ROOT, *arguments])


def ensure(groups: tuple[str, ...], command: list[str]) -> int | None:
    """Return None if this Python has what is needed; otherwise go on in the private one.

    ``command`` is what the private Python is started with. Its exit status is returned where
    this process cannot become it.

    Raises:
        SetUpProblem: the private Python cannot be made or filled.
    """
    private = PrivatePython()
    if private.is_running():
        if private.lacking(groups):
            _prepare(private, groups)
        return None
    if not requirements.missing(requirements.pins(groups)):
        return None
    if private.lacking(groups):
        _prepare(private, groups)
    if command[0] == "main.py":
        command = [os.path.join(requirements.ROOT, "main.py"), *command[1:]]
    return private.take_over(command)


def _prepare(private: PrivatePython, groups: tuple[str, ...]) -> None:
    from app.set_up.preparing import prepare

    prepare(private, groups)


def _in_sentences(work: Callable[[], int]) -> int:
    try:
        return work()
    except KeyboardInterrupt:
        print("\nStopped. Everything that was finished is kept.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    except Exception as error:
        from app.set_up.failing import in_a_sentence

        print(in_a_sentence(error), file=sys.stderr)
        return 2


def prepare_only(groups: list[str]) -> int:
    """Prepare the named groups in the private Python and print the program that runs it."""

    def work() -> int:
        private = PrivatePython()
        if private.lacking(tuple(groups)):
            _prepare(private, tuple(groups))
        print(private.program)
        return 0

    return _in_sentences(work)

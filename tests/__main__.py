"""Run all tests: ``python3 -m tests``, with any options of pytest behind it."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must get this far and be told
    sys.exit(
        "The tests of Tandem need Python 3.11 or newer, and this is Python "
        + ".".join(str(part) for part in sys.version_info[:2])
        + ". Install a newer one and start with it, for example: python3.13 -m tests"
    )



def run(options):
    """Run pytest with those options; by now this Python has it.

    The process ends here and now: what is left of Qt must not be taken down in the arbitrary
    order of a closing interpreter, which can end in a crash after everything has passed.
    """
    import os

    import pytest

    code = int(pytest.main(options))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    from app.set_up.starting import run_tests

    sys.exit(run_tests(sys.argv[1:], run))

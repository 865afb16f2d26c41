"""Run all tests: ``python3 -m tests``, with any options of pytest behind it."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must get this far and be told
    sys.exit(
        "The tests of Tandem need Python 3.11 or newer, and this is Python "
        + ".".join(str(part) for part in sys.version_info[:2])
        + ". Install a newer one and start with it, for example: python3.13 -m tests"
    )



def run(options):
    """Run pytest with those options; by now this Python has it."""
    import pytest

    return int(pytest.main(options))


if __name__ == "__main__":
    from app.set_up.starting import run_tests

    sys.exit(run_tests(sys.argv[1:], run))

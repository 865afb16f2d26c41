"""Start Tandem: ``python3 main.py`` for the window, ``python3 main.py --help`` for the rest."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must get this far and be told
    sys.exit(
        "Tandem needs Python 3.11 or newer, and this is Python "
        + ".".join(str(part) for part in sys.version_info[:2])
        + ". Install a newer one and start with it, for example: python3.13 main.py"
    )

if __name__ == "__main__":
    from app.set_up.starting import start

    sys.exit(start(sys.argv[1:]))

"""Prepare the private Python and do nothing else: ``python3 -m app.set_up run tests checks``."""

import sys

from app.set_up.starting import prepare_only

sys.exit(prepare_only(sys.argv[1:] or ["run"]))

"""What is imported before the first window is painted: nothing heavy, nothing unneeded."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.source_files import ROOT

HEAVY = {
    "numpy", "scipy", "pandas", "openpyxl", "docx", "lxml", "gradecore", "matplotlib", "PIL",
    "hypothesis", "pytest", "PySide6.QtPdf", "PySide6.QtPdfWidgets", "PySide6.QtNetwork",
    "PySide6.QtQml", "PySide6.QtSql", "PySide6.QtTest",
}
START = """
from app.application import Windows, prepare
app = prepare([])
windows = Windows()
windows.show_start()
windows.start.grab()
"""


def imported_by(source: str, home: str) -> set[str]:
    """Return the names of all modules that a fresh Python has after running that."""
    done = subprocess.run(
        [sys.executable, "-c", f"{source}\nimport json, sys\nprint(json.dumps(list(sys.modules)))"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": home},
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "source",
    ["import app.application", START, "import app.command_line; app.command_line._parser()"],
    ids=["application", "start window", "command line"],
)
def test_nothing_heavy_before_it_is_needed(source: str, tmp_path) -> None:
    modules = imported_by(source, str(tmp_path))
    assert sorted(HEAVY & modules) == []


def test_the_check_at_every_start_imports_next_to_nothing(tmp_path) -> None:
    bare = imported_by("", str(tmp_path))
    source = (
        "from app.set_up import requirements, starting\n"
        "from app.set_up.private_python import PrivatePython\n"
        "requirements.missing(requirements.pins(('run',)))\n"
        "PrivatePython().lacking(('run',))\n"
    )
    more = imported_by(source, str(tmp_path)) - bare
    own = {name for name in more if name.split(".")[0] == "app"}
    assert own == {
        "app", "app.set_up", "app.set_up.requirements", "app.set_up.private_python",
        "app.set_up.starting",
    }
    assert {name.split(".")[0] for name in more - own} <= {
        "__future__", "collections", "_collections", "_collections_abc", "itertools", "keyword",
        "operator", "_operator", "reprlib",
    }

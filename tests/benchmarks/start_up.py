"""The budget of the start: ``python3 -m tests.benchmarks.start_up``.

Window to first paint at most 1.5 times a bare Qt window, and resident memory with the invented
sample open at most 150 MB above it; both measured in turn in the same run, in fresh processes.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
RATIO = 1.5
MEGABYTES = 150.0
ROUNDS = 9
_BUILD = (
    "import sys; from assessments.samples import build; from pathlib import Path; "
    "build('invented', Path(sys.argv[1])).close()"
)


def run(*arguments: str, home: Path) -> str:
    """Run a fresh Python on this project and return what it prints.

    Compiled modules are kept, as for everybody who starts the program a second time, but in the
    folder of this measurement.
    """
    variables = {
        **os.environ,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(home / "compiled"),
    }
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=variables,
    )
    if done.returncode != 0:
        sys.exit(f"could not measure {arguments}:\n{done.stdout}{done.stderr}")
    return done.stdout


def measure(*what: str, home: Path) -> tuple[float, float]:
    """Return seconds from the start of the process to the first paint, and resident MB."""
    begun = time.monotonic()
    told = json.loads(run("-m", "tests.benchmarks.first_paint", *what, home=home).splitlines()[-1])
    return told["painted"] - begun, told["resident"]


def main() -> int:
    """Measure, print, and return 1 if a budget is broken."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        sample = home / "sample.tandem"
        run("-c", _BUILD, str(sample), home=home)
        kinds = {"bare": ("bare",), "start": ("start",), "review": ("review", str(sample))}
        for what in kinds.values():
            measure(*what, home=home)  # the first run reads from disk and is not counted
        seen: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
        for _round in range(ROUNDS):
            for kind, what in kinds.items():
                seen[kind].append(measure(*what, home=home))
    # the fastest of each: whatever else the machine does can only make a start slower
    seconds = {kind: min(time for time, _mb in runs) for kind, runs in seen.items()}
    memory = {kind: statistics.median(mb for _time, mb in runs) for kind, runs in seen.items()}
    for kind in kinds:
        print(f"{kind:8} first paint {seconds[kind] * 1000:6.0f} ms   {memory[kind]:6.1f} MB")
    ratio, more = seconds["start"] / seconds["bare"], memory["review"] - memory["bare"]
    print(f"start window / bare window: {ratio:.2f} (at most {RATIO})")
    print(f"review open, above bare: {more:.1f} MB (at most {MEGABYTES:.0f})")
    return int(ratio > RATIO or more > MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())

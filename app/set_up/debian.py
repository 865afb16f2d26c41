"""Installs packages of the system on Debian and Ubuntu, or prints the line that does it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable

from app.set_up.speaking import SetUpProblem, say
from assessments.language import _


def install(
    packages: list[str], need: str, *, still_missing: Callable[[], bool]
) -> None:
    """Install packages as root; otherwise say what is needed and the exact line that helps.

    Raises:
        SetUpProblem: it has to be done by hand, or did not work.
    """
    names = " ".join(packages)
    line = f"apt-get update && apt-get install --yes --no-install-recommends {names}"
    if not _may_install():
        raise SetUpProblem(need, _by_hand(line))
    say(_("{need} Installing from this system’s packages: {names} …").format(
        need=need, names=names
    ))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = ["--yes", "--quiet", "-o", "DPkg::Lock::Timeout=120"]
    for command in (["update"], ["install", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", command[0], *options, *command[1:]],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, check=False,
        )
    if still_missing():
        raise SetUpProblem(
            need,
            _("Installing them did not work. Look at what this line says: {line}").format(
                line=line
            ),
        )


def _may_install() -> bool:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return root and os.path.exists("/etc/debian_version") and shutil.which("apt-get") is not None


def _by_hand(line: str) -> str:
    if shutil.which("apt-get"):
        return _("Install them with: sudo sh -c '{line}'").format(line=line)
    return _(
        "Install the packages that hold them with this system’s package tool; "
        "on Debian or Ubuntu that is: sudo sh -c '{line}'"
    ).format(line=line)

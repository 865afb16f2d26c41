"""The private Python of the program: the folder ``.venv`` beside the code, and its stamps.

A stamp is written last, when everything of a group is in place. It holds the pinned file as it
was then, so a broken installation and an outdated one are both told from a complete one by
comparing two small texts.
"""

from __future__ import annotations

import os
import sys

from app.set_up.requirements import ROOT, text_of


class PrivatePython:
    """The Python in the folder ``.venv`` of the program at ``root``."""

    def __init__(self, root: str = ROOT) -> None:
        self.root = root
        self.folder = os.path.join(root, ".venv")
        inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
        self.program = os.path.join(self.folder, *inside)

    def is_running(self) -> bool:
        """Return whether this very process runs in it."""
        return os.path.realpath(sys.prefix) == os.path.realpath(self.folder)

    def lacking(self, groups: tuple[str, ...]) -> tuple[str, ...]:
        """Return the groups that are not, or no longer, completely installed."""
        if not os.path.exists(self.program):
            return groups
        return tuple(group for group in groups if not self._stamped(group))

    def _stamped(self, group: str) -> bool:
        try:
            with open(self._stamp(group), encoding="utf-8") as file:
                version, _newline, text = file.read().partition("\n")
        except OSError:
            return False
        same = not self.is_running() or version == version_of(sys.version_info[:2])
        return same and text == text_of(group, self.root)

    def stamp(self, group: str, version: str) -> None:
        """Note that everything of that group is in place for a Python of that version."""
        partial = self._stamp(group) + ".part"
        with open(partial, "w", encoding="utf-8") as file:
            file.write(f"{version}\n{text_of(group, self.root)}")
        os.replace(partial, self._stamp(group))

    def unstamp(self, groups: tuple[str, ...]) -> None:
        """Take the notes back, before anything is changed."""
        for group in groups:
            if os.path.exists(self._stamp(group)):
                os.remove(self._stamp(group))

    def _stamp(self, group: str) -> str:
        return os.path.join(self.folder, f"tandem-{group}.stamp")

    def take_over(self, arguments: list[str]) -> int:
        """Go on in the private Python; where the system can, this process becomes it."""
        sys.stdout.flush()
        sys.stderr.flush()
        if os.name != "nt":
            os.execv(self.program, [self.program, *arguments])
        import subprocess

        return subprocess.call([self.program, *arguments])


def version_of(info: tuple[int, ...]) -> str:
    """Return a version as it is written in the stamp, for example 3.11."""
    return f"{info[0]}.{info[1]}"

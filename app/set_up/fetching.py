"""Fetches and installs pinned packages with pip, and tells in words how far it is."""

from __future__ import annotations

import os
import queue
import subprocess
import threading
import time

from app.set_up.speaking import SetUpProblem, say
from assessments.language import _, counted

_QUIET_SECONDS = 15.0
_NO_NETWORK = (
    "NewConnectionError", "Failed to establish a new connection", "ConnectTimeoutError",
    "Temporary failure in name resolution", "ProxyError", "Network is unreachable",
    "getaddrinfo failed", "nodename nor servname", "Connection refused", "NameResolutionError",
    "Read timed out", "ReadTimeoutError", "Connection reset",
)


def fetch(installer: list[str], files: list[str], missing: list[str]) -> None:
    """Install the pinned files; every package is checked against its hash.

    Raises:
        SetUpProblem: no network, a full disk, a wrong hash, or whatever pip said last.
    """
    say(
        counted(
            "Fetching and installing one package, once …",
            "Fetching and installing {n} packages, once (up to 150 MB, a few minutes) …",
            len(missing),
        )
    )
    command = [
        *installer, "install", "--require-hashes", "--only-binary", ":all:", "--no-input",
        "--disable-pip-version-check", "--progress-bar", "off", "--retries", "2",
        "--timeout", "30",
    ]
    for file in files:
        command += ["-r", file]
    started = time.monotonic()
    status, told = _follow(command, len(missing))
    if status != 0:
        raise _in_words(told)
    seconds = round(time.monotonic() - started)
    say(counted("Ready after one second.", "Ready after {n} seconds.", seconds))


def _follow(command: list[str], count: int) -> tuple[int, list[str]]:
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", env={**os.environ, "PIP_USER": "0"},
    )
    lines: queue.Queue[str | None] = queue.Queue()
    reader = threading.Thread(target=_read, args=(process, lines), daemon=True)
    reader.start()
    told: list[str] = []
    progress = _Progress(count)
    try:
        while True:
            try:
                line = lines.get(timeout=_QUIET_SECONDS)
            except queue.Empty:
                progress.still_at_it()
                continue
            if line is None:
                return process.wait(), told
            told.append(line.rstrip())
            progress.hear(line.strip())
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
        reader.join()


def _read(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    if process.stdout is not None:
        with process.stdout:
            for line in process.stdout:
                lines.put(line)
    lines.put(None)


class _Progress:
    """Turns pip's lines into words."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._number = 0
        self._doing = ""

    def hear(self, line: str) -> None:
        """Speak when a new package or the installation begins."""
        if line.startswith("Collecting "):
            self._number += 1
            self._doing = line.split()[1].partition("==")[0]
            say(f"  {min(self._number, self._count)}/{self._count}  {self._doing}")
        elif line.startswith("Installing collected packages"):
            self._doing = _("installing")
            say("  " + _("Everything is here; installing …"))

    def still_at_it(self) -> None:
        """Say that work goes on when nothing has been heard for a while."""
        say("  " + _("… still working ({what})").format(what=self._doing))


def _in_words(told: list[str]) -> SetUpProblem:
    text = "\n".join(told)
    again = _("then start it again; it goes on from there.")
    if "No space left" in text:
        return SetUpProblem(
            _("The disk is full; Tandem needs about 700 MB for its private Python."),
            _("Make room, {again}").format(again=again),
        )
    if "DO NOT MATCH THE HASHES" in text:
        return SetUpProblem(
            _("A fetched package is not the one that Tandem was made with, so it was refused."),
            _("Try another network or package mirror, {again}").format(again=again),
        )
    if any(sign in text for sign in _NO_NETWORK):
        return SetUpProblem(
            _("The packages could not be fetched: there is no way to the network from here."),
            _(
                "Connect this computer for the first start, {again} Without any network, put the "
                "packages into a folder and use: PIP_NO_INDEX=1 PIP_FIND_LINKS=FOLDER "
                "python3 main.py"
            ).format(again=again),
        )
    errors = [line for line in told if line.startswith("ERROR")] or told[-1:]
    return SetUpProblem(
        _("The packages could not be installed: {error}.").format(
            error=errors[-1].removeprefix("ERROR: ").rstrip(".") if errors else _("no reason given")
        ),
        _("Mend that, {again}").format(again=again),
    )

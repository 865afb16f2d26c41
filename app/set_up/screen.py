"""Whether there is a screen to open a window on."""

from __future__ import annotations

import os
import sys

_NEED_A_SCREEN = ("xcb", "wayland")


def has_screen() -> bool:
    """Return whether a window can be opened here; a platform asked for by name counts as one."""
    if not sys.platform.startswith("linux"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform and not platform.startswith(_NEED_A_SCREEN):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    display = os.environ.get("DISPLAY", "")
    return bool(display) and _answers(display)


def _answers(display: str) -> bool:
    """Ask the X server, by its local socket first, which is quicker than asking through Xlib."""
    number = display.rpartition(":")[2].partition(".")[0]
    if display.startswith(":") and _listens(f"/tmp/.X11-unix/X{number}"):
        return True
    import ctypes

    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return True  # cannot be asked; the missing library is spoken of elsewhere
    x11.XOpenDisplay.restype = ctypes.c_void_p
    opened = x11.XOpenDisplay(display.encode())
    if opened:
        x11.XCloseDisplay(ctypes.c_void_p(opened))
    return bool(opened)


def _listens(path: str) -> bool:
    """Return whether somebody answers there; the file alone may be left from a dead server."""
    if not os.path.exists(path):
        return False
    import socket

    with socket.socket(socket.AF_UNIX) as connection:
        return connection.connect_ex(path) == 0

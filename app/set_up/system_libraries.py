"""The libraries of a Linux system that Qt needs, found before Qt is imported.

The names were read from the Qt libraries and plug-ins themselves (what they need and do not
bring along). Packages are those of Debian and Ubuntu.
"""

from __future__ import annotations

import os
import sys

ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
    "libbrotlidec.so.1": "libbrotli1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def needed() -> dict[str, str]:
    """Return library → package of what this desktop needs; nothing where it is not Linux."""
    if not sys.platform.startswith("linux"):
        return {}
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform and not platform.startswith(("xcb", "wayland")):
        return ALWAYS
    if os.environ.get("DISPLAY"):
        return ALWAYS | X11
    return ALWAYS | (WAYLAND if os.environ.get("WAYLAND_DISPLAY") else {})


def missing_libraries(wanted: dict[str, str] | None = None) -> dict[str, str]:
    """Return those that cannot be loaded; the usual folders are looked into first."""
    multiarch = getattr(sys.implementation, "_multiarch", "")
    folders = [f"/usr/lib/{multiarch}", "/usr/lib64", "/usr/lib", f"/lib/{multiarch}", "/lib64"]
    return {
        library: package
        for library, package in (needed() if wanted is None else wanted).items()
        if not any(os.path.exists(os.path.join(folder, library)) for folder in folders)
        and not _loads(library)
    }


def _loads(library: str) -> bool:
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def bring_libraries(*, offscreen: bool = False) -> None:
    """Make sure that Qt finds its libraries, by installing them where that is possible.

    Raises:
        SetUpProblem: some are missing and have to be installed by somebody with the right to.
    """
    wanted = (ALWAYS if offscreen else needed()) if sys.platform.startswith("linux") else {}
    missing = missing_libraries(wanted)
    if not missing:
        return
    from app.set_up.debian import install
    from assessments.language import _

    install(
        sorted(set(missing.values())),
        _("Qt, which draws the window, needs libraries that this system lacks: {names}.").format(
            names=", ".join(missing)
        ),
        still_missing=lambda: bool(missing_libraries(missing)),
    )

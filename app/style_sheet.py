"""The one style sheet, made from the tokens of a theme.

Widgets say what they are by a property: ``role`` for buttons ('primary', 'quiet', 'link',
'pill', 'danger'), labels ('title', 'section', 'strong', 'secondary', 'caption', 'overline',
'figure', 'error', 'warn', 'ok') and frames ('card', 'sunken', 'quote', 'dashed', 'topbar', 'rail',
'statusbar', 'panel', 'line', 'a', 'b').
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from string import Template

from app.icons import FOLDER
from app.theme import Theme

_SHEET = FOLDER.parent / "themes" / "window.qss"


def style_sheet(theme: Theme, zoom: int) -> str:
    """Return the style sheet of a theme, with words at that percentage."""
    values: dict[str, object] = {
        name.replace("-", ""): color for name, color in theme.colors.items()
    }
    for size in (11, 12, 13, 15, 20, 26):
        values[f"f{size}"] = round(size * zoom / 100)
    for space in range(3, 25):
        values[f"s{space}"] = round(space * zoom / 100)
    values["btn"] = round(30 * zoom / 100)
    values["btn_f"] = round(30 * zoom / 100) - 2
    values["pill"] = round(32 * zoom / 100)
    values["key_h"] = round(16 * zoom / 100)
    values["chip_h"] = round(20 * zoom / 100)
    values["chip"] = round(10 * zoom / 100)
    values["chip_b"] = round(20 * zoom / 100)
    values["chip_bf"] = round(18 * zoom / 100)
    values["person_h"] = round(22 * zoom / 100)
    values["person"] = round(11 * zoom / 100)
    values["chevron"] = _picture("chevron_down", theme.colors["text-2"])
    values["check"] = _picture("check", theme.colors["on-accent"])
    return Template(_SHEET.read_text(encoding="utf-8")).substitute(values)


@cache
def _folder() -> Path:
    made = tempfile.mkdtemp(prefix="tandem-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


@cache
def _picture(name: str, color: str) -> str:
    """Write a coloured copy of an icon, since style sheets take pictures from files only."""
    target = _folder() / f"{name}-{color[1:]}.svg"
    source = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    target.write_text(source.replace("currentColor", color), encoding="utf-8")
    return target.as_posix()

"""Roles to colours: light, dark and high contrast, and the size of words.

The tokens lie in ``resources/themes``. Painting code asks ``current()`` at the moment of
painting, so that a change of the system's colours needs no other message than a repaint.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app.enduring_values import make_enduring

_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "themes"
make_enduring()
THEMES = ("light", "dark", "high_contrast")
BASE_SIZE = 13
"""Size of ordinary words in pixels at 100 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelColours:
    """The colours of one judgement level; ``fill`` is None for the hollow marks."""

    fill: str | None
    rim: str
    glyph: str
    tint: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The colours of all roles."""

    name: str
    dark: bool
    colors: Mapping[str, str]
    levels: Mapping[str, LevelColours]

    def color(self, role: str) -> QColor:
        """Return the colour of an ink role, or the fill (else rim) of a level role."""
        if role in self.colors:
            return QColor(self.colors[role])
        level = self.levels[role]
        return QColor(level.fill or level.rim)

    def level(self, role: str) -> LevelColours:
        """Return the colours of a level role; an unknown role looks like 'none'."""
        return self.levels.get(role, self.levels["none"])


@cache
def load(name: str) -> Theme:
    """Read a theme from its file."""
    facts = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    levels = {
        role: LevelColours(
            fill=found.get("fill"),
            rim=found.get("rim", found.get("fill", "")),
            glyph=found["glyph"],
            tint=found["tint"],
            word=found["word"],
        )
        for role, found in facts["levels"].items()
    }
    colors = dict(facts["colors"])
    colors["rail"] = _between(colors["canvas"], colors["surface"])
    return Theme(name=facts["name"], dark=facts["dark"], colors=colors, levels=levels)


def _between(one: str, other: str) -> str:
    a, b = QColor(one), QColor(other)
    return QColor(
        (a.red() + b.red()) // 2, (a.green() + b.green()) // 2, (a.blue() + b.blue()) // 2
    ).name()


class _Now(QObject):
    """What is shown now; ``changed`` is sent after colours or sizes have changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = "system"
        self.zoom = 100
        self.theme: Theme | None = None


_now = _Now()
changed = _now.changed


def current() -> Theme:
    """Return the theme that is shown now."""
    return _now.theme or load("light")


def px(size: float) -> int:
    """Return a length in pixels, as large as the chosen size of words makes it."""
    return max(1, round(size * _now.zoom / 100))


def font(size: float = BASE_SIZE, weight: int = 400, *, figures: bool = False) -> QFont:
    """Return the interface font; ``figures`` asks for digits of equal width."""
    face = QFont(QApplication.font())
    face.setPixelSize(px(size))
    face.setWeight(QFont.Weight(weight))
    if figures:
        face.setFeature(QFont.Tag("tnum"), 1)
    return face


def apply(choice: str = "system", zoom: int = 100) -> None:
    """Show a theme ('system' follows the system) with words at that percentage."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    _now.choice, _now.zoom = choice, zoom
    _now.theme = load(_chosen(choice))
    from app import icons
    from app.style_sheet import style_sheet

    sheet = style_sheet(_now.theme, zoom)
    if app.styleSheet() != sheet:
        # putting a sheet in the place of another takes Qt seven times as long
        app.setStyleSheet("")
        face = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        face.setPixelSize(px(BASE_SIZE))
        app.setFont(face)
        app.setPalette(_palette(_now.theme))
        app.setStyleSheet(sheet)
        icons.recolour(app)
    _now.changed.emit()


def follow_system() -> None:
    """From now on, change with the system's colour scheme."""
    hints = QApplication.styleHints()
    hints.colorSchemeChanged.connect(_system_changed)


def _system_changed(_scheme: object = None) -> None:
    if _now.choice == "system":
        apply(_now.choice, _now.zoom)


def _chosen(choice: str) -> str:
    if choice in THEMES:
        return choice
    hints = QApplication.styleHints()
    wish = getattr(hints, "accessibility", None)
    if wish is not None:
        contrast = wish().contrastPreference()
        if contrast == Qt.ContrastPreference.HighContrast:
            return "high_contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "canvas",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "sunken",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.PlaceholderText: "text-3",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "on-accent",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on-accent",
        QPalette.ColorRole.Link: "accent-text",
        QPalette.ColorRole.LinkVisited: "accent-text",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Accent: "accent",
        QPalette.ColorRole.Light: "surface",
        QPalette.ColorRole.Mid: "border",
        QPalette.ColorRole.Dark: "control",
    }
    for role, name in roles.items():
        palette.setColor(role, theme.color(name))
    off = QPalette.ColorGroup.Disabled
    for role in (
        QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText
    ):
        palette.setColor(off, role, theme.color("text-3"))
    return palette

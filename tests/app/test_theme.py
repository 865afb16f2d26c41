"""Colours keep their contrast in every theme; the program follows the system and the choice."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app import icons, settings, theme
from app.painting.judgement_marks import GLYPHS, level_role, paint_certainty, paint_level
from app.style_sheet import style_sheet
from app.widgets.parts import button

TEXT_PAIRS = [
    (ink, ground)
    for ink in ("text", "text-2")
    for ground in ("canvas", "surface", "sunken", "accent-bg", "rail", "a-bg", "b-bg")
] + [
    ("text-3", "canvas"), ("text-3", "surface"), ("text-3", "sunken"), ("text-3", "rail"),
    ("accent-text", "surface"), ("accent-text", "canvas"), ("accent-text", "accent-bg"),
    ("on-accent", "accent"), ("a", "a-bg"), ("b", "b-bg"), ("a", "surface"), ("b", "surface"),
    ("ok", "surface"), ("ok", "sunken"), ("warn", "surface"), ("warn", "warn-bg"),
    ("error", "surface"), ("error", "error-bg"), ("surface", "text"), ("text", "highlight"),
]
SHAPE_PAIRS = [
    ("control", "surface"), ("control", "canvas"), ("accent", "surface"), ("accent", "canvas"),
    ("accent", "accent-bg"), ("warn", "warn-bg"), ("error", "surface"),
]


def luminance(color: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_of_contrast_is_right() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("name", theme.THEMES)
class TestContrast:
    @pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
    def test_words_are_readable(self, name: str, ink: str, ground: str) -> None:
        colors = theme.load(name).colors
        assert contrast(colors[ink], colors[ground]) >= 4.5

    @pytest.mark.parametrize(("edge", "ground"), SHAPE_PAIRS)
    def test_edges_and_focus_are_seen(self, name: str, edge: str, ground: str) -> None:
        colors = theme.load(name).colors
        assert contrast(colors[edge], colors[ground]) >= 3.0

    @pytest.mark.parametrize("role", [r for r in GLYPHS if GLYPHS[r]])
    def test_marks_words_and_glyphs_are_seen(self, name: str, role: str) -> None:
        shown = theme.load(name)
        level = shown.level(role)
        ground = level.fill or shown.colors["surface"]
        assert contrast(level.glyph, ground) >= 3.0
        assert contrast(level.rim, shown.colors["surface"]) >= 3.0
        assert contrast(level.word, level.tint) >= 4.5


def test_the_tokens_are_those_of_the_design() -> None:
    light, dark = theme.load("light"), theme.load("dark")
    assert light.colors["canvas"] == "#F5F6F8"
    assert dark.colors["canvas"] == "#11151B"
    assert (light.colors["accent"], dark.colors["accent"]) == ("#4A5BC4", "#8795F0")
    assert light.level("low").fill == "#2B8FA3"
    assert light.level("high").fill == "#B93A1E"
    assert dark.level("critical").rim == "#C58BC3"
    assert set(light.colors) == set(dark.colors) == set(theme.load("high_contrast").colors)
    assert set(light.levels) == set(dark.levels) == set(theme.load("high_contrast").levels)


def test_the_choice_leads_and_words_grow(themed: QApplication) -> None:
    theme.apply("dark", 150)
    assert theme.current().name == "dark"
    assert themed.font().pixelSize() == 20
    assert theme.px(100) == 150
    theme.apply("light", 100)
    assert theme.current().name == "light"
    assert themed.font().pixelSize() == 13


def test_without_a_choice_the_system_leads(themed: QApplication) -> None:
    theme.apply("system", 100)
    dark = themed.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert theme.current().dark == dark


def test_colours_change_while_running(themed: QApplication, qtbot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.apply("high_contrast", 100)
    assert themed.palette().window().color() == QColor("#FFFFFF")


@pytest.mark.parametrize("name", theme.THEMES)
def test_the_style_sheet_is_complete(themed: QApplication, name: str) -> None:
    sheet = style_sheet(theme.load(name), 100)
    assert "$" not in sheet
    for picture in re.findall(r"url\((.*?)\)", sheet):
        assert not QImage(picture).isNull()


def test_icons_follow_the_theme(themed: QApplication, qtbot) -> None:
    words = QLabel()
    qtbot.addWidget(words)
    icons.set_icon(words, "check", "text")
    before = words.pixmap().toImage()
    theme.apply("dark", 100)
    assert words.pixmap().toImage() != before


def test_every_icon_can_be_drawn(themed: QApplication) -> None:
    for path in sorted(icons.FOLDER.glob("*.svg")):
        picture = icons.pixmap(path.stem, "text", 20).toImage()
        inked = sum(
            picture.pixelColor(x, y).alpha() > 0
            for x in range(picture.width()) for y in range(picture.height())
        )
        assert inked > 6, path.name


def painted(paint, *args) -> QImage:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint(painter, QRectF(2, 2, 36, 36), *args)
    painter.end()
    return image


def test_each_level_has_a_look_of_its_own_without_colour(themed: QApplication) -> None:
    def grey(role: str | None) -> bytes:
        image = painted(paint_level, role).convertToFormat(QImage.Format.Format_Grayscale8)
        return bytes(image.constBits())

    roles = ("low", "some", "unclear", "high", "critical", "no_information", None)
    assert len({grey(role) for role in roles}) == len(roles)


def test_names_of_other_tools_have_the_same_look() -> None:
    assert level_role("serious") == level_role("high") == "high"
    assert level_role("moderate") == level_role("some_concerns") == "some"
    assert level_role("no_info") == "no_information"
    assert level_role(None) == level_role("no such level") == "none"


def test_certainty_is_drawn_in_five_ways(themed: QApplication) -> None:
    looks = {bytes(painted(paint_certainty, n).constBits()) for n in (None, 1, 2, 3, 4)}
    assert len(looks) == 5


def test_wrong_preferences_are_harmless(prefer) -> None:
    prefer("zoom", "enormous")
    prefer("scheme", "pink")
    assert settings.zoom() == 100
    assert settings.scheme() == "system"
    prefer("zoom", 900)
    assert settings.zoom() == 200


def test_a_chosen_tab_has_room_for_its_bold_words(themed: QApplication) -> None:
    tab = button("Question and team", role="tab")
    plain = tab.fontMetrics().horizontalAdvance(tab.text())
    beside_the_words = QPushButton.sizeHint(tab).width() - plain
    font = QFont(tab.font())
    font.setWeight(QFont.Weight.DemiBold)
    bold = QFontMetrics(font).horizontalAdvance(tab.text())
    assert bold > plain
    assert tab.sizeHint().width() >= bold + beside_the_words


def test_an_ampersand_on_a_button_is_no_key(themed: QApplication) -> None:
    made = button("Data & pooling")
    assert made.shortcut().isEmpty()
    assert made.text() == "Data && pooling"  # as Qt draws one “&”
    assert made.accessibleName() == "Data & pooling"


def test_enter_presses_a_button_as_space_does(themed, qtbot) -> None:
    pressed: list[int] = []
    made = button("Go", lambda: pressed.append(1))
    qtbot.addWidget(made)
    made.show()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(made, key)
    assert pressed == [1, 1, 1]
    qtbot.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [1, 1, 1], "Ctrl Enter belongs to the page"

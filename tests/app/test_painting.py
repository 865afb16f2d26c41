"""One painter for the window and the picture files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from app import theme
from app.painting.painter import text_width
from app.painting.picture_files import picture, write_picture
from app.widgets.figure_view import FigureView
from assessments.figures.figure import (
    Area,
    Arrow,
    Box,
    Diamond,
    Dot,
    Figure,
    Line,
    Text,
    Zone,
    outside,
    texts,
)
from assessments.problems import ProjectFileError

FIGURE = Figure(
    width=400, height=120, title="Recurrence", description="Two studies, pooled 0.69",
    marks=(
        Text(x=10, y=20, text="Ahorn 2014"),
        Text(x=390, y=20, text="0.60 [0.38, 0.96] −1", anchor="end"),
        Text(x=200, y=100, text="Favours training", anchor="middle", bold=True, size=11),
        Text(x=395, y=100, text="up", turned=True),
        Line(x1=100, y1=16, x2=300, y2=16, dash=(4, 3)),
        Box(x=190, y=11, width=10, height=10, role="accent"),
        Diamond(left=150, middle=180, right=210, y=60),
        Dot(x=350, y=60, role="low", said="Low"),
        Dot(x=370, y=60, role="accent", diameter=8),
        Arrow(x=300, y=80, direction=1),
        Area(corners=((10, 110), (20, 90), (30, 110)), role="sunken", opacity=0.5),
    ),
    zones=(
        Zone(key="s1", x=0, y=5, width=400, height=24, said="Ahorn 2014, 0.60"),
        Zone(key="s2", x=0, y=50, width=400, height=24, said="Pooled, 0.69"),
    ),
)


def test_words_are_told_in_reading_order_and_none_is_cut_off(themed) -> None:
    assert texts(FIGURE)[:2] == ("Ahorn 2014", "0.60 [0.38, 0.96] −1")
    assert outside(FIGURE, text_width) == ()
    wide = Figure(width=50, height=40, marks=(Text(x=10, y=20, text="Castellanos 2015"),))
    assert outside(wide, text_width) == ("Castellanos 2015",)


def test_every_mark_leaves_ink_and_the_sheet_is_white(themed) -> None:
    theme.apply("dark", 100)
    image = picture(FIGURE, 1.0)
    assert image.pixelColor(2, 2) == QColor(Qt.GlobalColor.white)
    assert image.pixelColor(195, 16) == QColor(theme.load("light").colors["accent"])
    assert image.pixelColor(180, 60) == QColor(theme.load("light").colors["text"])
    assert image.pixelColor(346, 64) == QColor(theme.load("light").level("low").fill)
    assert image.pixelColor(296, 80) == QColor(theme.load("light").colors["text"])


def test_a_png_has_300_dots_per_inch(themed, tmp_path: Path) -> None:
    target = tmp_path / "plot.png"
    write_picture(FIGURE, target)
    image = QImage(str(target))
    assert image.width() == 1250
    assert round(image.dotsPerMeterX() * 0.0254) == 300


def test_the_width_on_paper_can_be_chosen(themed, tmp_path: Path) -> None:
    target = tmp_path / "plot.png"
    write_picture(FIGURE, target, width_mm=84)
    assert QImage(str(target)).width() == pytest.approx(84 / 25.4 * 300, abs=2)


def test_an_svg_carries_title_and_words(themed, tmp_path: Path) -> None:
    target = tmp_path / "plot.svg"
    write_picture(FIGURE, target)
    source = target.read_text(encoding="utf-8")
    assert "<title>Recurrence</title>" in source
    assert "Ahorn 2014" in source


def test_the_text_of_a_pdf_reads_back(themed, tmp_path: Path) -> None:
    from PySide6.QtPdf import QPdfDocument

    target = tmp_path / "plot.pdf"
    write_picture(FIGURE, target)
    document = QPdfDocument(None)
    document.load(str(target))
    text = document.getAllText(0).text()
    for words in ("Ahorn 2014", "0.60 [0.38, 0.96] −1", "Favours training"):
        assert words in text
    document.close()


def test_an_unknown_format_is_refused_in_words(themed, tmp_path: Path) -> None:
    with pytest.raises(ProjectFileError, match="PNG, SVG or PDF"):
        write_picture(FIGURE, tmp_path / "plot.gif")


@pytest.mark.parametrize("suffix", ["png"])
def test_a_folder_that_is_gone_is_told(themed, tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ProjectFileError, match="could not be written"):
        write_picture(FIGURE, tmp_path / "nowhere" / f"plot.{suffix}")


class TestFigureView:
    @pytest.fixture
    def view(self, themed, qtbot) -> FigureView:
        made = FigureView()
        qtbot.addWidget(made)
        made.show_figure(FIGURE)
        made.resize(400, 120)
        made.show()
        return made

    def test_it_says_what_is_seen(self, view) -> None:
        assert view.accessibleName() == "Recurrence. Two studies, pooled 0.69"

    def test_arrows_go_through_the_rows(self, view, qtbot) -> None:
        with qtbot.waitSignal(view.pointed) as heard:
            qtbot.keyClick(view, Qt.Key.Key_Down)
        assert heard.args == ["s1"]
        qtbot.keyClick(view, Qt.Key.Key_Down)
        assert view.accessibleName().endswith("Pooled, 0.69")
        with qtbot.waitSignal(view.activated) as heard:
            qtbot.keyClick(view, Qt.Key.Key_Return)
        assert heard.args == ["s2"]

    def test_it_keeps_its_shape(self, view) -> None:
        assert view.heightForWidth(200) == 60
        assert view.sizeHint().width() == 400

    def test_it_is_copied_as_a_picture(self, view, themed) -> None:
        view.copy()
        assert themed.clipboard().image().width() == 1250

"""Figures as picture files: PNG at 300 dpi, SVG and PDF, always on white."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from app import theme
from app.painting.painter import draw
from assessments.figures.figure import Figure
from assessments.language import _
from assessments.problems import ProjectFileError

FORMATS = ("png", "svg", "pdf")
_PIXELS_PER_MM = 96 / 25.4


def write_picture(figure: Figure, path: Path, *, width_mm: float | None = None) -> None:
    """Write a figure in the format that the file's ending names.

    ``width_mm`` is the width on paper (84 and 174 are usual columns); without it the figure has
    its own size at 96 pixels per inch.

    Raises:
        ProjectFileError: the ending is unknown or the file cannot be written.
    """
    writers = {".png": _write_png, ".svg": _write_svg, ".pdf": _write_pdf}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise ProjectFileError(
            _("Pictures are written as PNG, SVG or PDF, not as “{suffix}”.").format(
                suffix=path.suffix
            ),
            _("Choose a name that ends in .png, .svg or .pdf."),
        )
    scale = width_mm * _PIXELS_PER_MM / figure.width if width_mm else 1.0
    if not writer(figure, path, scale):
        raise ProjectFileError(
            _("“{name}” could not be written.").format(name=path.name),
            _("Check the folder and the room on the disk, then try again."),
        )


def picture(figure: Figure, scale: float = 3.125) -> QImage:
    """Return a figure as an image; the scale 3.125 makes 300 dots per inch."""
    size = QSize(round(figure.width * scale), round(figure.height * scale))
    image = QImage(size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(scale, scale)
    draw(painter, figure, theme.load("light"))
    painter.end()
    return image


def _write_png(figure: Figure, path: Path, scale: float) -> bool:
    image = picture(figure, 300 / 96 * scale)
    image.setDotsPerMeterX(round(300 / 0.0254))
    image.setDotsPerMeterY(round(300 / 0.0254))
    return bool(image.save(str(path), "PNG"))


def _write_svg(figure: Figure, path: Path, scale: float) -> bool:
    from PySide6.QtSvg import QSvgGenerator

    generator = QSvgGenerator()
    generator.setFileName(str(path))
    size = QSizeF(figure.width * scale, figure.height * scale)
    generator.setSize(size.toSize())
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setResolution(96)
    generator.setTitle(figure.title)
    generator.setDescription(figure.description)
    painter = QPainter()
    if not painter.begin(generator):
        return False
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), Qt.GlobalColor.white)
    painter.scale(scale, scale)
    draw(painter, figure, theme.load("light"))
    return bool(painter.end())


def _write_pdf(figure: Figure, path: Path, scale: float) -> bool:
    writer = QPdfWriter(str(path))
    writer.setTitle(figure.title)
    writer.setCreator("Tandem")
    size = QSizeF(figure.width * scale * 72 / 96, figure.height * scale * 72 / 96)
    page = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(
        QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    writer.setResolution(1200)
    painter = QPainter()
    if not painter.begin(writer):
        return False
    dots = 1200 / 96 * scale
    painter.scale(dots, dots)
    draw(painter, figure, theme.load("light"))
    return bool(painter.end())

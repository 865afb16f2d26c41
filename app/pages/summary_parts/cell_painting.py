"""Paints the cells of the summary of findings: words with superscript letters, drawn circles."""

from __future__ import annotations

import math
from html import escape

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QPen,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app import theme
from app.pages.summary_parts.table_model import Index, TableModel
from app.painting.judgement_marks import paint_certainty
from assessments.language import _
from assessments.summary_of_findings.grid import (
    CERTAINTY,
    COMMENTS,
    EFFECT,
    LABEL,
    NAME,
    WHAT_HAPPENS,
    Piece,
)
from assessments.summary_of_findings.table import NOT_REPORTED, CertaintyCell, Row
from gradecore.grade.vocabulary import SCORE_OF_LEVEL

PAD = 10
GRIP = 12
"""Room for the handle by which an outcome is dragged, at the left of its name."""
_GREY = "text-2"
_WHOLE_WORDS = QTextOption()
_WHOLE_WORDS.setWrapMode(QTextOption.WrapMode.WordWrap)
_JOINED = "\u2060"
"""Keeps letters of footnotes on one line."""


def words_html(piece: Piece, row: Row) -> str:
    """Return the words of a cell as the few tags that a text document draws."""
    text = escape(piece.text).replace("\n", "<br>")
    together = escape(f",{_JOINED}".join(piece.letters))
    letters = f"&nbsp;<sup>{together}</sup>" if piece.letters else ""
    grey, warn = (theme.current().color(one).name() for one in (_GREY, "warn"))
    if piece.kind == NAME:
        detail = f'<br><span style="color:{grey}">{escape(piece.detail)}</span>'
        return f"<b>{text}</b>{letters}{detail if piece.detail else ''}"
    if piece.kind == LABEL:
        return f"<i>{text}</i>"
    if piece.certainty is not None:
        return _certainty_html(piece.certainty, row, letters, warn)
    if piece.kind in (WHAT_HAPPENS, COMMENTS):
        return _what_happens_html(row, grey, warn, comments=piece.kind == COMMENTS)
    return text + letters


def _certainty_html(found: CertaintyCell, row: Row, letters: str, warn: str) -> str:
    link = theme.current().color("accent-text").name()
    if row.kind == NOT_REPORTED:
        return escape(found.symbols)
    if found.level is None:
        return (f'<span style="color:{warn}"><b>{escape(found.word)}</b></span><br>'
                f'<span style="color:{link}">{escape(_("Rate…"))}</span>')
    word = escape(found.word).replace(" ", "&nbsp;")
    html = f"<b>{word}</b>{letters}"
    if row.changed:
        html += (f'<br><span style="color:{warn}"><b>{escape(_("Out of date"))}</b></span><br>'
                 f'<span style="color:{link}">{escape(_("Check…"))}</span>')
    return html


def _what_happens_html(row: Row, grey: str, warn: str, *, comments: bool) -> str:
    lines = []
    if comments:
        lines.append(escape(row.comments))
    elif row.statement.text:
        lines.append(escape(row.statement.text))
        if row.statement.outdated:
            said = _("Edited for other numbers")
            lines.append(f'<span style="color:{warn}"><b>{escape(said)}</b></span>')
        elif row.statement.edited:
            lines.append(f'<span style="color:{grey}"><i>{escape(_("Edited"))}</i></span>')
    elif not row.comment:
        lines.append(f'<span style="color:{grey}">–</span>')
    if row.comment and not comments:
        lines.append(escape(row.comment))
    return "<br>".join(one.replace("\n", "<br>") for one in lines)


def document(html: str, width: float, *, whole_words: bool = False) -> QTextDocument:
    """Return words laid out in that width, in the interface font; too long ones are broken."""
    made = QTextDocument()
    if whole_words:
        made.setDefaultTextOption(_WHOLE_WORDS)
    made.setDefaultFont(theme.font(12.5, figures=True))
    made.setDocumentMargin(0)
    made.setHtml(html)
    made.setTextWidth(max(width, 1))
    return made


class CellPainter(QStyledItemDelegate):
    """Paints the cells and knows how high each must be at the width of its columns."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._documents: dict[tuple[str, int], QTextDocument] = {}
        theme.changed.connect(self.forget)

    def forget(self) -> None:
        """Lay all words out again: the size or the colours of words have changed."""
        self._documents.clear()

    def _document(self, piece: Piece, width: int) -> QTextDocument:
        model = self._view.model()
        assert isinstance(model, TableModel)
        html = words_html(piece, model.row_of(piece))
        key = (html, width)
        if key not in self._documents:
            self._documents[key] = document(html, width)
        return self._documents[key]

    def height(self, piece: Piece, width: int) -> int:
        """Return the height in pixels that a cell needs in that width."""
        room = self._document(piece, self._room(piece, width)).size().height()
        circles = theme.px(20) if _has_circles(piece, self._row(piece)) else 0
        return round(room) + circles + 2 * theme.px(PAD)

    def longest_word(self, piece: Piece) -> int:
        """Return the width in pixels below which a word of the cell would be cut."""
        words = document(words_html(piece, self._row(piece)), 1, whole_words=True)
        longest = math.ceil(words.idealWidth())  # of what no blank parts, letters included
        if _has_circles(piece, self._row(piece)):
            longest = max(longest, round(theme.px(13) * 4.6))
        grip = theme.px(GRIP) if piece.kind == NAME else 0
        return longest + 2 * theme.px(PAD) + grip

    def _row(self, piece: Piece) -> Row:
        model = self._view.model()
        assert isinstance(model, TableModel)
        return model.row_of(piece)

    @staticmethod
    def _room(piece: Piece, width: int) -> int:
        grip = theme.px(GRIP) if piece.kind == NAME else 0
        return width - 2 * theme.px(PAD) - grip

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell: ground, line above the outcome, words, circles, the ring of focus."""
        model = self._view.model()
        piece = model.piece(index) if isinstance(model, TableModel) else None
        if piece is None:
            return
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        look = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self._view.currentIndex()
        own = model.piece(here) if here.isValid() else None
        focused = self._view.hasFocus()
        if own is not None and own.outcome == piece.outcome and focused:
            painter.fillRect(rect, look.color("accent-bg"))
        first = piece.kind in (LABEL, CERTAINTY) or _begins_a_risk(model, piece)
        first = first or piece.row == min(model.grid.rows_of(piece.outcome))
        painter.setPen(QPen(look.color("border"), 1))
        if first and piece.row:
            painter.drawLine(rect.topLeft(), rect.topRight())
        self._paint_words(painter, rect, piece)
        if own is piece and focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        elif option.state & QStyle.StateFlag.State_MouseOver and piece.kind == NAME:  # type: ignore[attr-defined]
            self._paint_grip(painter, rect, look.color("control"))
        painter.restore()
        if piece.kind == NAME and (own is piece and focused):
            self._paint_grip(painter, rect, look.color("accent"))

    def _paint_grip(self, painter: QPainter, rect: QRectF, colour: QColor) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        size = theme.px(2)
        for row in range(3):
            for column in range(2):
                painter.drawEllipse(
                    QPointF(rect.left() + theme.px(7) + column * size * 2.4,
                            rect.top() + theme.px(PAD + 5) + row * size * 2.4),
                    size * 0.75, size * 0.75,
                )
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRectF, piece: Piece) -> None:
        pad = theme.px(PAD)
        top = rect.top() + pad
        row = self._row(piece)
        left = rect.left() + pad + (theme.px(GRIP) if piece.kind == NAME else 0)
        if _has_circles(piece, row):
            side = theme.px(13)
            box = QRectF(left, top + theme.px(2), side * 4.6, side)
            paint_certainty(painter, box, _score(piece))
            top += theme.px(20)
        words = self._document(piece, self._room(piece, round(rect.width())))
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette(self._view.palette())
        palette.setColor(QPalette.ColorRole.Text, theme.current().color("text"))
        context.palette = palette
        painter.translate(QPointF(left, top))
        words.documentLayout().draw(painter, context)
        painter.translate(-QPointF(left, top))


def _begins_a_risk(model: TableModel, piece: Piece) -> bool:
    """Return whether a cell is in the first line of a risk that has no name above it."""
    above = model.grid.at(piece.row - 1, piece.column) if piece.kind == EFFECT else None
    return above is not None and above.kind == EFFECT


def _score(piece: Piece) -> int | None:
    level = piece.certainty.level if piece.certainty is not None else None
    return SCORE_OF_LEVEL.get(level or "")


def _has_circles(piece: Piece, row: Row) -> bool:
    return piece.kind == CERTAINTY and row.kind != NOT_REPORTED

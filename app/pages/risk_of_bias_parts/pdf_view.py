"""A PDF with text that can be selected: own page view over QPdfDocument.

Selection and places are in character numbers of a page, so that a quote is found again at any
size. This module imports QtPdf and is itself imported only when a document is shown.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app import theme
from app.pages.risk_of_bias_parts.pdf_text import PdfText, Span
from assessments.language import _

_GAP = 12
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0)
_MOST_PICTURES = 8


class PdfView(QAbstractScrollArea):
    """All pages below each other. ``page_changed(n)`` counts from 1; ``selected()`` when the
    selection differs; ``quote_wanted()`` on Q; ``left()`` on Esc without a selection."""

    page_changed = Signal(int)
    selected = Signal()
    quote_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = QPdfDocument(self)
        self.text = PdfText(self.document)
        self.zoom = 1.0
        self.span: Span | None = None
        self.marked: tuple[Span, ...] = ()
        self._anchor: tuple[int, QPointF] | None = None
        self._fixed: tuple[int, int] | None = None
        self._pages: list[QRectF] = []
        self._pictures: dict[int, QImage] = {}
        self._shown = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._draw_next)
        self._wanted: list[int] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setAccessibleName(_("Document"))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # -- document --------------------------------------------------------------------------

    def load(self, path: str) -> bool:
        """Open a file; return whether it could be read."""
        self.text.forget()
        self._pictures, self.span, self.marked = {}, None, ()
        self._shown = 0
        fine = self.document.load(path) == QPdfDocument.Error.None_
        self._lay_out()
        self.selected.emit()
        return fine

    def close_document(self) -> None:
        """Let the file go."""
        self.document.close()
        self.text.forget()
        self._pictures, self.span, self.marked = {}, None, ()
        self._lay_out()

    @property
    def page(self) -> int:
        """The page in sight, counted from 1; 0 without a document."""
        return self._shown + 1 if self._pages else 0

    def go_to_page(self, number: int) -> None:
        """Show a page, counted from 1."""
        if 1 <= number <= len(self._pages):
            self.verticalScrollBar().setValue(round(self._pages[number - 1].top()) - _GAP // 2)

    # -- selection -------------------------------------------------------------------------

    def select(self, span: Span | None, *, show: bool = True) -> None:
        """Select a span and show it, None for nothing."""
        self.span = span if span is not None and span.length > 0 else None
        self._fixed = None
        if self.span is not None and show:
            self.show_span(self.span)
        self.viewport().update()
        self.selected.emit()

    def mark(self, spans: tuple[Span, ...]) -> None:
        """Highlight the places of attached quotes."""
        if spans != self.marked:
            self.marked = spans
            self.viewport().update()

    def show_span(self, span: Span) -> None:
        """Scroll to a span."""
        if not 0 <= span.page < len(self._pages):
            return
        box = self.document.getSelectionAtIndex(
            span.page, span.start, max(span.length, 1)
        ).boundingRectangle()
        top = self._pages[span.page].top() + box.top() * self._scale(span.page)
        bar = self.verticalScrollBar()
        high = self.viewport().height()
        if not bar.value() + 20 <= top <= bar.value() + high - 60:
            bar.setValue(round(top - high / 3))

    def search(self, words: str, *, after: Span | None, backwards: bool = False) -> int:
        """Select the next place of some words; return how many places there are."""
        places = self.text.places_of(words)
        if not places:
            return 0
        here = (after.page, after.start) if after is not None else (self._shown, -1)
        order = [(one.page, one.start) for one in places]
        if backwards:
            earlier = [n for n, one in enumerate(order) if one < here]
            target = earlier[-1] if earlier else len(order) - 1
        else:
            target = next((n for n, one in enumerate(order) if one > here), 0)
        self.select(places[target])
        return len(places)

    # -- layout ----------------------------------------------------------------------------

    def _scale(self, page: int) -> float:
        size = self.document.pagePointSize(page)
        return (self._pages[page].width() / size.width()) if size.width() else 1.0

    def _lay_out(self) -> None:
        room = max(self.viewport().width() - 2 * _GAP, 50)
        count = self.document.pageCount()
        sizes = [self.document.pagePointSize(n) for n in range(count)]
        widest = max((one.width() for one in sizes), default=1.0) or 1.0
        self._pages, top = [], float(_GAP)
        for size in sizes:
            width = room * self.zoom * size.width() / widest
            height = width * size.height() / (size.width() or 1.0)
            left = max((self.viewport().width() - width) / 2, float(_GAP))
            self._pages.append(QRectF(left, top, width, height))
            top += height + _GAP
        self._pictures = {}
        high, wide = self.viewport().height(), self.viewport().width()
        bar = self.verticalScrollBar()
        bar.setPageStep(high)
        bar.setSingleStep(theme.px(40))
        bar.setRange(0, max(round(top) - high, 0))
        across = max((box.right() for box in self._pages), default=0.0) + _GAP
        self.horizontalScrollBar().setPageStep(wide)
        self.horizontalScrollBar().setRange(0, max(round(across) - wide, 0))
        self.viewport().update()

    def zoom_by(self, step: int) -> None:
        """Show larger (1) or smaller (−1) pages; 0 fits the width."""
        nearest = min(range(len(_ZOOMS)), key=lambda n: abs(_ZOOMS[n] - self.zoom))
        wanted = 1.0 if step == 0 else _ZOOMS[min(max(nearest + step, 0), len(_ZOOMS) - 1)]
        self._keep_place(wanted)

    def _keep_place(self, zoom: float) -> None:
        page = self._shown
        before = self._pages[page] if self._pages else QRectF()
        offset = (self.verticalScrollBar().value() - before.top()) / max(before.height(), 1)
        self.zoom = zoom
        self._lay_out()
        if self._pages:
            box = self._pages[page]
            self.verticalScrollBar().setValue(round(box.top() + offset * box.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the width again."""
        super().resizeEvent(event)
        self._keep_place(self.zoom)

    def sizeHint(self) -> QSize:
        """Return a page's usual room."""
        return QSize(theme.px(352), theme.px(480))

    def _scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        for number, box in enumerate(self._pages):
            if box.top() - _GAP <= middle <= box.bottom():
                if number != self._shown:
                    self._shown = number
                    self.page_changed.emit(number + 1)
                break
        self.viewport().update()

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pages in sight with highlights and selection."""
        painter = QPainter(self.viewport())
        look = theme.current()
        painter.fillRect(self.viewport().rect(), look.color("sunken"))
        shift = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        sight = QRectF(self.viewport().rect())
        self._wanted = []
        for number, box in enumerate(self._pages):
            spot = box.translated(shift)
            if not spot.intersects(sight):
                continue
            picture = self._pictures.get(number)
            painter.fillRect(spot, Qt.GlobalColor.white)
            if picture is not None:
                painter.drawImage(spot, picture)
            else:
                self._wanted.append(number)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            if look.dark:
                painter.fillRect(spot, look.color("paper") if "paper" in look.colors
                                 else Qt.GlobalColor.lightGray)
            self._paint_spans(painter, number, spot)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.color("border"))
            painter.drawRect(spot)
        if self.hasFocus():
            painter.setPen(look.color("accent"))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        if self._wanted:
            self._later.start(0)

    def _paint_spans(self, painter: QPainter, number: int, spot: QRectF) -> None:
        light = theme.load("light")
        painter.setPen(Qt.PenStyle.NoPen)
        scale = self._scale(number)
        spans = [(one, "highlight") for one in self.marked if one.page == number]
        if self.span is not None and self.span.page == number:
            spans.append((self.span, "selection"))
        for span, role in spans:
            color = light.color("highlight" if role == "highlight" else "a-bg")
            if role == "selection":
                color = light.color("accent").lighter(165)
            painter.setBrush(color)
            found = self.document.getSelectionAtIndex(number, span.start, span.length)
            for shape in found.bounds():
                painter.drawPolygon(
                    QPolygonF([spot.topLeft() + point * scale for point in shape])
                )

    def _draw_next(self) -> None:
        if not self._wanted:
            return
        number = self._wanted.pop(0)
        ratio = self.devicePixelRatioF()
        size = (self._pages[number].size() * ratio).toSize()
        self._pictures[number] = self.document.render(number, size)
        while len(self._pictures) > _MOST_PICTURES:
            farthest = max(self._pictures, key=lambda n: abs(n - number))
            del self._pictures[farthest]
        self.viewport().update()

    # -- mouse -----------------------------------------------------------------------------

    def _at(self, event: QMouseEvent) -> tuple[int, QPointF] | None:
        spot = event.position() + QPointF(
            self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        )
        page = self._anchor[0] if self._anchor is not None else None
        for number, box in enumerate(self._pages):
            if number == page or (page is None and box.contains(spot)):
                return number, (spot - box.topLeft()) / self._scale(number)
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._anchor = None
        self._anchor = self._at(event)
        self.select(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the selection."""
        if self._anchor is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        here = self._at(event)
        if here is None:
            return
        found = self.document.getSelection(self._anchor[0], self._anchor[1], here[1])
        self.span = None
        if found.isValid() and found.text().strip():
            self.span = Span(
                page=self._anchor[0], start=found.startIndex(),
                length=found.endIndex() - found.startIndex(),
            )
        self.viewport().update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End the selection."""
        self._anchor = None
        self.selected.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word under the mouse."""
        self._anchor = None
        here = self._at(event)
        if here is None:
            return
        near = QPointF(3, 1)
        found = self.document.getSelection(here[0], here[1] - near, here[1] + near)
        if found.isValid():
            start = self.text.word_edge(here[0], found.startIndex(), -1)
            end = self.text.word_edge(here[0], found.startIndex(), 1)
            self.select(Span(page=here[0], start=start, length=end - start), show=False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or with Ctrl change the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    # -- keys ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages, change the size, extend the selection, attach it."""
        key, held = event.key(), event.modifiers()
        moves = {
            Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right", Qt.Key.Key_Up: "up",
            Qt.Key.Key_Down: "down", Qt.Key.Key_Home: "home", Qt.Key.Key_End: "end",
        }
        if held & Qt.KeyboardModifier.ShiftModifier and key in moves:
            self._extend(moves[key], by_word=bool(held & Qt.KeyboardModifier.ControlModifier))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif key == Qt.Key.Key_0:
            self.zoom_by(0)
        elif key == Qt.Key.Key_PageDown:
            self.go_to_page(min(self.page + 1, len(self._pages)))
        elif key == Qt.Key.Key_PageUp:
            self.go_to_page(max(self.page - 1, 1))
        elif key == Qt.Key.Key_Home:
            self.go_to_page(1)
        elif key == Qt.Key.Key_End:
            self.go_to_page(len(self._pages))
        elif key == Qt.Key.Key_Q and not held:
            self.quote_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            if self.span is None:
                self.left.emit()
            else:
                self.select(None)
        else:
            super().keyPressEvent(event)

    def _extend(self, how: str, *, by_word: bool) -> None:
        page = self.span.page if self.span is not None else self._shown
        text = self.text.of_page(page)
        if not text:
            return
        if self.span is None or self._fixed is None:
            begin = self.span.start if self.span is not None else self._first_in_sight(page)
            end = begin + (self.span.length if self.span is not None else 0)
            self._fixed = (begin, end)
        fixed, head = self._fixed
        head = self.text.moved(page, head, how, by_word)
        low, high = min(fixed, head), max(fixed, head)
        self.span = Span(page=page, start=low, length=high - low) if high > low else None
        self._fixed = (fixed, head)
        if self.span is not None:
            self.show_span(Span(page=page, start=max(head - 1, 0), length=1))
        self.viewport().update()
        self.selected.emit()

    def _first_in_sight(self, page: int) -> int:
        top = (self.verticalScrollBar().value() - self._pages[page].top()) / self._scale(page)
        size = self.document.pagePointSize(page)
        found = self.document.getSelection(
            page, QPointF(0, max(top, 0)), QPointF(size.width(), size.height())
        )
        return found.startIndex() if found.isValid() else 0

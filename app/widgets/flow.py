"""Layouts that wrap: parts in as many rows as the width needs, and words beside their controls."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Parts from left to right, in further rows where they do not fit.

    With ``fill`` every row is filled to its whole width, and rows are as even as they can be.
    """

    def __init__(self, *, gap: int = 8, fill: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._fill = fill
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take a part over."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """Return the number of parts."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return a part, None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give a part away."""
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        """Say that the width is taken as it comes."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that this width needs."""
        return self._place(QRect(0, 0, width, 0), moving=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the parts."""
        super().setGeometry(rect)
        self._place(rect, moving=True)

    def sizeHint(self) -> QSize:
        """Return the room of all parts in one row."""
        shown = self._shown()
        width = sum(one.sizeHint().width() for one in shown) + self._gap * max(len(shown) - 1, 0)
        height = max((one.sizeHint().height() for one in shown), default=0)
        return self._with_margins(QSize(width, height))

    def minimumSize(self) -> QSize:
        """Return the room of the widest part."""
        shown = self._shown()
        width = max((one.minimumSize().width() for one in shown), default=0)
        height = max((one.minimumSize().height() for one in shown), default=0)
        return self._with_margins(QSize(width, height))

    def _with_margins(self, size: QSize) -> QSize:
        edges = self.contentsMargins()
        return size + QSize(edges.left() + edges.right(), edges.top() + edges.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [one for one in self._items if not one.isEmpty()]

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        shown = self._shown()
        rows = self._broken(shown, width)
        if not self._fill or len(rows) < 2:
            return rows
        each = -(-len(shown) // len(rows))
        even = [shown[n : n + each] for n in range(0, len(shown), each)]
        fits = all(self._wide(one) <= width or len(one) == 1 for one in even)
        return even if fits else rows

    def _wide(self, row: list[QLayoutItem]) -> int:
        return sum(one.sizeHint().width() for one in row) + self._gap * (len(row) - 1)

    def _broken(self, shown: list[QLayoutItem], width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        used = 0
        for one in shown:
            need = one.sizeHint().width()
            if rows and used + self._gap + need <= width:
                rows[-1].append(one)
                used += self._gap + need
            else:
                rows.append([one])
                used = need
        return rows

    def _place(self, rect: QRect, *, moving: bool) -> int:
        edges = self.contentsMargins()
        inner = rect.adjusted(edges.left(), edges.top(), -edges.right(), -edges.bottom())
        rows = self._rows(inner.width())
        columns = max((len(row) for row in rows), default=1)
        top = inner.top()
        for row in rows:
            height = max(one.sizeHint().height() for one in row)
            if moving:
                self._place_row(row, QRect(inner.left(), top, inner.width(), height), columns)
            top += height + self._gap
        bottom = top - self._gap if rows else top
        return bottom + edges.bottom() - rect.top()

    def _place_row(self, row: list[QLayoutItem], rect: QRect, columns: int) -> None:
        mirrored = self.parentWidget() is not None and self.parentWidget().isRightToLeft()
        even = (rect.width() - self._gap * (columns - 1)) // columns
        stretch = self._fill and all(one.sizeHint().width() <= even for one in row)
        spare = 0 if stretch or not self._fill else rect.width() - self._wide(row)
        left = rect.left()
        for one in row:
            width = even if stretch else min(one.sizeHint().width(), rect.width())
            width += max(spare, 0) // len(row)
            size = QSize(width, one.sizeHint().height())
            spot = QPoint(left, rect.top() + (rect.height() - size.height()) // 2)
            if mirrored:
                spot.setX(rect.right() - (left - rect.left()) - width + 1)
            one.setGeometry(QRect(spot, size))
            left += width + self._gap


class WordsBeside(QLayout):
    """Words that wrap at the left and controls at the right, below the words where it is narrow.

    The first part is the words, the second the controls; ``least`` is the narrowest the words
    may become before the controls move below them.
    """

    def __init__(self, *, least: int = 240, gap: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._least = least
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take a part over."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of parts."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return a part, None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give a part away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that this width needs."""
        edges = self.contentsMargins()
        inner = width - edges.left() - edges.right()
        return self._inner_height(inner) + edges.top() + edges.bottom()

    def _inner_height(self, width: int) -> int:
        words, controls = self._items
        side = controls.sizeHint()
        if self._beside(width):
            return max(_height(words, width - side.width() - self._gap), side.height())
        return _height(words, width) + self._gap // 2 + _height(controls, width)

    def _beside(self, width: int) -> bool:
        from app import theme

        side = self._items[1].sizeHint().width()
        wanted = min(theme.px(self._least), self._items[0].sizeHint().width())
        return width - side - self._gap >= wanted

    def setGeometry(self, rect: QRect) -> None:
        """Place words and controls."""
        super().setGeometry(rect)
        edges = self.contentsMargins()
        rect = rect.adjusted(edges.left(), edges.top(), -edges.right(), -edges.bottom())
        words, controls = self._items
        side = controls.sizeHint()
        if not self._beside(rect.width()):
            high = _height(words, rect.width())
            words.setGeometry(QRect(rect.left(), rect.top(), rect.width(), high))
            top = rect.top() + high + self._gap // 2
            below = _height(controls, rect.width())
            controls.setGeometry(QRect(rect.left(), top, rect.width(), below))
            return
        room = rect.width() - side.width() - self._gap
        parent = self.parentWidget()
        mirrored = parent is not None and parent.isRightToLeft()
        near = rect.left() + (side.width() + self._gap if mirrored else 0)
        far = rect.left() if mirrored else rect.right() - side.width() + 1
        high = _height(words, room)
        top = rect.top() + max(0, (side.height() - high) // 2)
        words.setGeometry(QRect(near, top, room, min(high, rect.height())))
        controls.setGeometry(QRect(far, rect.top(), side.width(), side.height()))

    def sizeHint(self) -> QSize:
        """Return the room of both side by side."""
        words, controls = (one.sizeHint() for one in self._items)
        return self._with_margins(QSize(
            words.width() + self._gap + controls.width(), max(words.height(), controls.height())
        ))

    def minimumSize(self) -> QSize:
        """Return the room of the wider one."""
        words, controls = (one.minimumSize() for one in self._items)
        return self._with_margins(QSize(
            max(words.width(), controls.width()), max(words.height(), controls.height())
        ))

    def _with_margins(self, size: QSize) -> QSize:
        edges = self.contentsMargins()
        return size + QSize(edges.left() + edges.right(), edges.top() + edges.bottom())


def _height(item: QLayoutItem, width: int) -> int:
    if item.hasHeightForWidth():
        return item.heightForWidth(width)
    return item.sizeHint().height()

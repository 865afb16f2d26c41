"""Record list: two lines and marks per entry, as the queues at the left of pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app import theme
from app.painting.judgement_marks import paint_certainty, paint_level
from app.widgets.focus_ring import paint_focus
from assessments.language import _

Index = QModelIndex | QPersistentModelIndex
ITEM_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """One entry: title, second line, judgement marks (role, word), a short word at the right.

    ``labelled`` are marks with a letter before each (A, B). ``rated`` with ``certainty`` shows
    the four circles instead. ``heading`` makes it a line that cannot be chosen, ``indent`` puts
    it below another.
    """

    id: str
    title: str
    subtitle: str = ""
    marks: tuple[tuple[str | None, str], ...] = ()
    labelled: tuple[tuple[str, str | None, str], ...] = ()
    certainty: int | None = None
    rated: bool = False
    word: str = ""
    tone: str = "text-3"
    heading: bool = False
    indent: int = 0
    flagged: bool = False

    @property
    def two_lines(self) -> bool:
        """Whether something stands below the title."""
        return bool(self.subtitle or self.marks)

    @property
    def said(self) -> str:
        """The entry in words."""
        parts = [self.title, self.subtitle]
        judged = [word for _role, word in self.marks if word]
        parts += judged
        if len(judged) < len(self.marks):
            parts.append(_("{n} of {of} judged").format(n=len(judged), of=len(self.marks)))
        parts += [f"{letter}: {word}" for letter, _role, word in self.labelled]
        parts.append(self.word)
        if self.flagged:
            parts.append(_("flagged"))
        return ", ".join(part for part in parts if part)


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: tuple[ListItem, ...] = ()

    def fill(self, items: tuple[ListItem, ...]) -> None:
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def replace(self, place: int, item: ListItem) -> None:
        self.items = (*self.items[:place], item, *self.items[place + 1 :])
        index = self.index(place)
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.items[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return item.said
        if role == ITEM_ROLE:
            return item
        return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        item: ListItem = index.data(ITEM_ROLE)
        lines = 1 + item.two_lines + (not item.heading and self._is_long(item))
        height = 30 if item.heading else (36, 50, 66)[lines - 1]
        return QSize(theme.px(120), theme.px(height))

    def _is_long(self, item: ListItem) -> bool:
        """Return whether a title needs a second line at the width of the list."""
        view = self.parent()
        assert isinstance(view, QAbstractItemView)
        if item.labelled or item.word:
            return False  # what stands at the right is as wide as its words
        taken = theme.px(12) * 4.6 + theme.px(8) if item.rated else 0.0
        room = view.viewport().width() - theme.px(16 + 14 * item.indent + 14) - taken
        return _advance(item.title) > room

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: ListItem = index.data(ITEM_ROLE)
        look = theme.current()
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, look.color("accent-bg"))
            edge = QRectF(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(edge, look.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver and not item.heading:
            painter.fillRect(rect, look.color("sunken"))
        view = self.parent()
        if chosen and isinstance(view, QWidget) and view.hasFocus():
            painter.setPen(QPen(look.color("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        left = theme.px(16 + 14 * item.indent)
        inner = rect.adjusted(left, theme.px(5), -theme.px(14), -theme.px(5))
        if item.heading:
            painter.setFont(theme.font(11, 600))
            _words(painter, inner, item.title, "text-3", 0)
        else:
            _paint_item(painter, inner, item, chosen)
        painter.restore()


def _paint_item(painter: QPainter, rect: QRectF, item: ListItem, chosen: bool) -> None:
    look = theme.current()
    below = min(rect.height() / 2, theme.px(20)) if item.two_lines else 0.0
    upper = rect.adjusted(0, 0, 0, -below)
    lower = rect.adjusted(0, rect.height() - below, 0, 0)
    used = _paint_right(painter, upper if not item.labelled else rect, item)
    painter.setFont(theme.font(13, 600 if chosen else 500))
    if upper.height() < theme.px(36) or _advance(item.title) <= upper.width() - used:
        _words(painter, upper, item.title, "text", used)
    else:
        _two_lines(painter, upper, item.title, used)
    if item.flagged:
        painter.setPen(look.color("warn"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "⚑")
    below = _paint_marks(painter, lower, item) if item.marks else used if item.labelled else 0.0
    painter.setFont(theme.font(12))
    _words(painter, lower, item.subtitle, "text-2" if chosen else "text-3", below)


def _advance(title: str) -> int:
    return QFontMetrics(theme.font(13, 600)).horizontalAdvance(title)


def _two_lines(painter: QPainter, rect: QRectF, title: str, taken: float) -> None:
    """Draw a long title on two lines, the second one cut where even that is too little."""
    metrics, room = QFontMetrics(painter.font()), rect.width() - taken
    words = title.split(" ")
    first = next((n for n in range(len(words) - 1, 0, -1)
                  if metrics.horizontalAdvance(" ".join(words[:n])) <= room), 1)
    half = QRectF(rect.left(), rect.top(), rect.width(), rect.height() / 2)
    _words(painter, half, " ".join(words[:first]), "text", taken)
    _words(painter, half.translated(0, half.height()), " ".join(words[first:]), "text", taken)


def _words(painter: QPainter, rect: QRectF, text: str, role: str, taken: float) -> None:
    painter.setPen(theme.current().color(role))
    room = int(rect.width() - taken)
    fitted = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(
        rect.adjusted(0, 0, -taken, 0),
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitted,
    )


def _paint_marks(painter: QPainter, rect: QRectF, item: ListItem) -> float:
    """Draw the marks at the right, the last one apart, and return the room they take."""
    side, gap = theme.px(11), theme.px(3)
    x = rect.right() - side
    for place, (role, _word) in enumerate(reversed(item.marks)):
        paint_level(painter, QRectF(x, rect.center().y() - side / 2, side, side), role)
        x -= side + gap + (theme.px(4) if place == 0 and len(item.marks) > 2 else 0)
    return rect.right() - x - side + theme.px(8)


def _paint_right(painter: QPainter, rect: QRectF, item: ListItem) -> float:
    look = theme.current()
    if item.rated:
        side = theme.px(12)
        width = side * 4.6
        box = QRectF(rect.right() - width, rect.center().y() - side / 2, width, side)
        paint_certainty(painter, box, item.certainty)
        return width + theme.px(8)
    if item.labelled:
        return _paint_labelled(painter, rect, item)
    if item.word:
        painter.setFont(theme.font(12, 500))
        painter.setPen(look.color(item.tone))
        painter.drawText(
            rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, item.word
        )
        return QFontMetrics(painter.font()).horizontalAdvance(item.word) + theme.px(8)
    return theme.px(16) if item.flagged else 0.0


def _paint_labelled(painter: QPainter, rect: QRectF, item: ListItem) -> float:
    side, letter_room, gap = theme.px(17), theme.px(18), theme.px(6)
    x = rect.right()
    painter.setFont(theme.font(12))
    for letter, role, _word in reversed(item.labelled):
        x -= side
        paint_level(painter, QRectF(x, rect.center().y() - side / 2, side, side), role)
        x -= letter_room
        painter.setPen(theme.current().color("text-2"))
        box = QRectF(x, rect.top(), letter_room, rect.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
        x -= gap
    return rect.right() - x


class RecordList(QListView):
    """A list of entries. ``chosen(id)`` when another one is current; ``opened(id)`` on Enter."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(lambda index: self.opened.emit(self._id(index)))

    def show_items(self, items: Iterable[ListItem], choose: str = "") -> None:
        """Show these entries; the chosen one is found again by id, or ``choose`` is chosen."""
        before = self.current_id()
        wanted = choose or before
        shown = tuple(items)
        if shown == self._model.items and wanted == before:
            return
        quiet = self.selectionModel().blockSignals(True)
        self._model.fill(shown)
        self._select(wanted)
        self.selectionModel().blockSignals(quiet)
        self.viewport().update()
        if self.current_id() != before:
            self.chosen.emit(self.current_id())

    def update_item(self, item: ListItem) -> None:
        """Show one entry anew where it stands, without touching the others."""
        for place, one in enumerate(self._model.items):
            if one.id == item.id:
                if one != item:
                    self._model.replace(place, item)
                return

    @property
    def items(self) -> tuple[ListItem, ...]:
        """The entries shown."""
        return self._model.items

    def current_id(self) -> str:
        """Return the id of the current entry, '' if there is none."""
        return self._id(self.currentIndex())

    def choose(self, item_id: str) -> None:
        """Make that entry current and show it."""
        if item_id != self.current_id():
            self._select(item_id)

    def step(self, places: int) -> None:
        """Go to the next or previous entry that can be chosen."""
        row = self.currentIndex().row() + places
        while 0 <= row < len(self.items):
            if not self.items[row].heading:
                self._select(self.items[row].id)
                return
            row += places

    def _select(self, item_id: str) -> None:
        for row, item in enumerate(self._model.items):
            if item.id == item_id and not item.heading:
                self.setCurrentIndex(self._model.index(row))
                self.scrollTo(self._model.index(row))

    def _id(self, index: QModelIndex) -> str:
        if not index.isValid() or index.row() >= len(self._model.items):
            return ""
        return self._model.items[index.row()].id

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the entries, and the focus while none is current."""
        super().paintEvent(event)
        paint_focus(self)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell when another entry is current."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(self._id(current))

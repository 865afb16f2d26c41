"""The start window: new review, open, demo review, recent files, or drop a file anywhere."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import icons, settings, theme
from app.own_name import OwnName
from app.widgets.message_line import MessageLine
from app.widgets.parts import column, frame, holder, label, repolish, row
from app.widgets.record_list import ListItem, RecordList
from assessments.language import _


class StartCard(QPushButton):
    """A large button: icon, what it does, and a line about it."""

    def __init__(self, icon: str, text: str, detail: str, *, main: bool = False) -> None:
        super().__init__()
        self._icon, self._text, self._detail, self._main = icon, text, detail, main
        self.setAccessibleName(text)
        self.setAccessibleDescription(detail)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the room of icon and two lines."""
        return QSize(theme.px(190), theme.px(104))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        fill = "accent" if self._main else "surface"
        if self.underMouse():
            fill = "accent-text" if self._main else "sunken"
        edge, width = ("accent" if self._main else "border"), 1.0
        if self.hasFocus():
            edge, width = ("text" if self._main else "accent"), 2.0
        painter.setPen(QPen(look.color(edge), width))
        painter.setBrush(look.color(fill))
        painter.drawRoundedRect(box, 10, 10)
        side, margin = theme.px(24), theme.px(16)
        ink = "on-accent" if self._main else "text"
        icons.paint(
            painter, self._icon, QRectF(margin, margin, side, side),
            "on-accent" if self._main else "accent",
        )
        words = self.rect().adjusted(margin, 0, -margin, -theme.px(12))
        low = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.setFont(theme.font(12))
        painter.setPen(look.color("on-accent" if self._main else "text-2"))
        painter.drawText(words, low, self._detail)
        painter.setFont(theme.font(15, 600))
        painter.setPen(look.color(ink))
        painter.drawText(words.adjusted(0, 0, 0, -theme.px(20)), low, self._text)


class StartWindow(QWidget):
    """Where one begins. ``opened(path)``, ``created(path)``, ``demo_asked()``."""

    opened = Signal(object)
    demo_asked = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(_("Tandem"))
        self.setProperty("role", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.stack = QStackedWidget()
        self.message = MessageLine()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.message)
        self.welcome = self._welcome()
        self.stack.addWidget(self.welcome)
        self.resize(theme.px(880), theme.px(600))
        for keys, run in (("Ctrl+N", self.show_new), ("Ctrl+O", self.browse),
                          ("Ctrl+Q", self.close)):
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    def _welcome(self) -> QWidget:
        sign = label()
        sign.setPixmap(icons.window_icon().pixmap(theme.px(40), theme.px(40)))
        words = column(
            label(_("Welcome to Tandem"), "title"),
            label(_("Judge apart, settle together, and hand over the finished table."),
                  "secondary"),
            gap=2,
        )
        self.new = StartCard("plus", _("New review"), _("About 1 minute"), main=True)
        self.open = StartCard("folder", _("Open"), _("A .tandem file"))
        self.demo = StartCard("play", _("Demo review"), _("An invented one, 3 minutes"))
        self.published = StartCard("document", _("Published example"), _("CD010618, 22 trials"))
        self.new.clicked.connect(lambda _checked=False: self.show_new())
        self.open.clicked.connect(lambda _checked=False: self.browse())
        self.demo.clicked.connect(lambda _checked=False: self.demo_asked.emit("invented"))
        self.published.clicked.connect(lambda _checked=False: self.demo_asked.emit("founding"))
        self.recent = RecordList(_("Recent reviews"))
        self.recent.setProperty("role", "framed")
        self.recent.opened.connect(lambda name: self.opened.emit(Path(name)))
        self.recent.clicked.connect(
            lambda _index: self.opened.emit(Path(self.recent.current_id()))
        )
        self.nothing_recent = label(
            _("No reviews yet. The ones you open will be listed here."), "caption"
        )
        self.own = OwnName()
        self.asking = holder(column(label(_asking_in_words(), "secondary", wrap=True), self.own,
                                    8, gap=6))
        content = column(
            row(sign, words, None, gap=14), 18, self.asking,
            row(self.new, self.open, self.demo, self.published, gap=12), 18,
            label(_("Recent"), "section"), self.nothing_recent, self.recent,
            10, self._drop_zone(), None,
            gap=8,
        )
        content.setContentsMargins(24, 20, 24, 8)
        self.show_recent()
        return holder(content)

    def _drop_zone(self) -> QWidget:
        sign = label()
        icons.set_icon(sign, "import", "text-3", 28)
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = label(_("Drop a review file anywhere in this window"), "caption")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zone = frame("drop", column(None, sign, words, None))
        self.zone.setMinimumHeight(theme.px(90))
        self.zone.setMaximumHeight(theme.px(220))
        return self.zone

    def _show_dropping(self, dropping: bool) -> None:
        self.zone.setProperty("current", dropping)
        repolish(self.zone)

    def show_recent(self) -> None:
        """Read again which reviews were opened lately."""
        files = settings.recent_files()
        self.asking.setVisible(not settings.read("name"))
        self.recent.setVisible(bool(files))
        self.nothing_recent.setVisible(not files)
        self.recent.show_items(
            ListItem(id=str(path), title=path.stem, subtitle=str(path.parent), word=_when(path))
            for path in files
        )

    def show_new(self) -> None:
        """Show the three fields of a new review."""
        from app.new_review import NewReview

        found = next(
            (page for page in self.stack.findChildren(NewReview)), None
        )
        if found is None:
            found = NewReview()
            found.created.connect(self._created)
            found.given_up.connect(lambda: self.stack.setCurrentWidget(self.welcome))
            self.stack.addWidget(found)
        if self.asking.isVisibleTo(self):
            self.own.commit()
        self.stack.setCurrentWidget(found)
        found.begin()

    def _created(self, path: Path) -> None:
        self.opened.emit(path)

    def browse(self) -> None:
        """Choose a review file."""
        name, _filter = QFileDialog.getOpenFileName(
            self, _("Open a review"), str(settings.read("folder", "")),
            _("Tandem reviews (*.tandem)"),
        )
        if name:
            self.opened.emit(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if _dropped(event) is not None:
            event.acceptProposedAction()
            self._show_dropping(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take nothing."""
        self._show_dropping(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file."""
        self._show_dropping(False)
        path = _dropped(event)
        if path is not None:
            self.opened.emit(path)

    def closeEvent(self, event: object) -> None:
        """Tell that it is gone."""
        self.closed.emit()
        super().closeEvent(event)  # type: ignore[arg-type]


def _dropped(event: QDropEvent) -> Path | None:
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None


def _when(path: Path) -> str:
    """Return when the file was changed, relative up to yesterday."""
    at = datetime.fromtimestamp(path.stat().st_mtime)
    days = (datetime.now().date() - at.date()).days
    if days == 0:
        return _("today {time}").format(time=f"{at:%H:%M}")
    if days == 1:
        return _("yesterday {time}").format(time=f"{at:%H:%M}")
    return f"{at:%Y-%m-%d}"


def _asking_in_words() -> str:
    return _("First, who are you? Your name stands in your reviews; it can be changed under "
             "Preferences.")

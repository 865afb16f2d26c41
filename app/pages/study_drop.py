"""PDFs dropped on a row of the list of studies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from app.widgets.records_table import RecordsTable
from app.workspace import Workspace


class DroppedFiles(QObject):
    """Watches a table of studies. ``dropped(study, paths)`` when files fell on a row."""

    dropped = Signal(str, object)

    def __init__(self, table: RecordsTable, workspace: Workspace) -> None:
        super().__init__(table)
        self._table, self._workspace = table, workspace
        table.setAcceptDrops(True)
        table.viewport().setAcceptDrops(True)
        table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take files over rows; everything else is left to the table."""
        if isinstance(event, QDragEnterEvent):
            if event.mimeData().hasUrls() and not self._workspace.read_only:
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDragMoveEvent):
            event.setAccepted(bool(self._row_at(event)))
            return True
        elif isinstance(event, QDropEvent):
            study = self._row_at(event)
            paths = [Path(url.toLocalFile()) for url in event.mimeData().urls()
                     if url.isLocalFile()]
            if study and paths:
                event.acceptProposedAction()
                self.dropped.emit(study, paths)
            return True
        return False

    def _row_at(self, event: QDropEvent) -> str:
        index = self._table.indexAt(event.position().toPoint())
        return str(self._table.records.rows[index.row()].id) if index.isValid() else ""

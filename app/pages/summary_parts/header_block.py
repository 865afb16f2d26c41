"""The lines above the table: population, setting, intervention, comparison; a click edits them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from app import theme
from app.widgets.form import Field, FieldForm
from app.widgets.note_field import NoteField
from app.widgets.parts import button, column, holder, label, row
from app.workspace import Workspace
from assessments.language import _
from assessments.summary_of_findings.table import SummaryOfFindings

_FIELDS = ("population", "setting", "intervention", "comparator")


class HeaderBlock(QWidget):
    """Four lines that become four fields of the comparison when one is clicked."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.lines = {name: (label("", "strong"), label("", wrap=True)) for name in _FIELDS}
        self.edit = button(
            "", lambda: self.open(_FIELDS[0]), role="quiet", icon="pencil",
            tip=_("Edit population, setting, intervention and comparison"),
        )
        names = (_("Patient or population"), _("Setting"), _("Intervention"), _("Comparison"))
        self.form = FieldForm(
            workspace, "comparison",
            [Field(name=name, label=words, lines=2)
             for name, words in zip(_FIELDS, names, strict=True)],
            columns=2,
        )
        self.ready = button(_("Done"), self.close_form)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._shown())
        self.stack.addWidget(holder(column(self.form, row(None, self.ready))))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self._fit()

    def _shown(self) -> QWidget:
        lines = QGridLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setHorizontalSpacing(12)
        lines.setVerticalSpacing(4)
        lines.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for place, (name, (heading, words)) in enumerate(self.lines.items()):
            lines.addWidget(heading, place, 0, top)
            lines.addWidget(words, place, 1, top)
            for part in (heading, words):
                part.setProperty("field", name)
                part.setCursor(Qt.CursorShape.PointingHandCursor)
                part.setToolTip(_("Click to edit"))
                part.installEventFilter(self)
        lines.addWidget(self.edit, 0, 2, len(_FIELDS), 1, top)
        return holder(lines)

    def show_table(self, table: SummaryOfFindings) -> None:
        """Show the header of a table; what the comparison leaves empty comes from the review."""
        for (heading, words), (name, text) in zip(
            self.lines.values(), table.header, strict=True
        ):
            heading.setText(name)
            words.setText(text)
            words.setAccessibleName(f"{name}: {text}")
        self.form.show_row(table.comparison)
        review = self.workspace.review
        fallback = dict(zip(_FIELDS, (
            review.population, review.setting, review.intervention, review.comparison
        ), strict=True))
        for name, text in fallback.items():
            field = self.form.inputs[name]
            if isinstance(field, NoteField):
                field.edit.setPlaceholderText(
                    _("From the review: {text}").format(text=text) if text else ""
                )
        self._fit()

    def open(self, name: str) -> None:
        """Show the fields, with the focus in one of them."""
        self.stack.setCurrentIndex(1)
        self._fit()
        self.form.inputs[name].setFocus()

    def close_form(self) -> None:
        """Keep what was typed and show the lines again."""
        self.form.commit()
        self.stack.setCurrentIndex(0)
        self._fit()
        self.edit.setFocus()

    def _fit(self) -> None:
        """Let the hidden side of the stack take no room."""
        from PySide6.QtWidgets import QSizePolicy

        for place in range(self.stack.count()):
            shown = place == self.stack.currentIndex()
            policy = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            self.stack.widget(place).setSizePolicy(policy, policy)
        width = max(self.stack.width(), theme.px(400))
        current = self.stack.currentWidget()
        hint = current.layout().totalHeightForWidth(width)
        self.stack.setFixedHeight(max(hint, current.minimumSizeHint().height()))

    def resizeEvent(self, event: QEvent) -> None:
        """Give the lines the height that their words need."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the field of the line that was clicked."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            self.open(str(watched.property("field")))
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the lines."""
        if event.key() == Qt.Key.Key_Escape and self.stack.currentIndex() == 1:
            self.close_form()
            return
        super().keyPressEvent(event)

"""Agreement before consensus: a bar per domain, computed on the two originals."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app import theme
from app.widgets.chip import Chip
from app.widgets.elided_label import ElidedLabel
from app.widgets.parts import clear, label, row
from assessments.comparisons import DomainAgreement, agreement_by_domain, agreement_in_all
from assessments.language import _, counted
from assessments.store.project_file import Project


class _Bar(QWidget):
    """Grey for judgements that agree, accent at the right for those that differ."""

    def __init__(self, differing: int, total: int) -> None:
        super().__init__()
        self._share = differing / total if total else 0.0
        self.setFixedHeight(theme.px(8))
        self.setMinimumWidth(theme.px(60))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        look, height = theme.current(), float(self.height())
        painter.setBrush(look.color("border"))
        painter.drawRoundedRect(QRectF(0, 0, self.width(), height), 3, 3)
        if self._share:
            width = max(self.width() * self._share, 6.0)
            painter.setBrush(look.color("accent"))
            painter.drawRoundedRect(QRectF(self.width() - width, 0, width, height), 3, 3)


class AgreementCard(QWidget):
    """How far two assessors agree, for the instrument of the item that is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kappa = Chip("")
        self.words = label("", "caption", wrap=True)
        self._bars = QGridLayout()
        self._bars.setHorizontalSpacing(10)
        self._bars.setVerticalSpacing(4)
        self._bars.setColumnStretch(1, 1)
        self._bars.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(6)
        layout.addLayout(row(label(_("Agreement before consensus"), "strong"), None, self.kappa))
        layout.addWidget(self.words)
        layout.addLayout(self._bars)

    def show_agreement(self, project: Project, instrument: str) -> None:
        """Show the figures of one instrument; hide where nothing was compared with it."""
        found = next(
            (one for one in agreement_in_all(project) if one.instrument == instrument), None
        )
        self.setVisible(found is not None)
        if found is None:
            return
        share = round(100 * found.agree / found.total) if found.total else 0
        words = _("{agree} of {total} domain judgements agree ({share}%)").format(
            agree=found.agree, total=found.total, share=share
        )
        if found.set_aside:
            more = counted("{n} is set aside: no step of the scale was chosen",
                           "{n} are set aside: no step of the scale was chosen", found.set_aside)
            words = f"{words}. {more}"
        self.words.setText(words)
        kappa = "" if found.kappa is None else f"κ {found.kappa:.2f}".replace("-", "−")
        self.kappa.show_text(kappa)
        self.kappa.setToolTip(_("Cohen's kappa over all domains, on the two originals"))
        clear(self._bars)
        domains = [one for one in agreement_by_domain(project) if one.instrument == instrument]
        for place, one in enumerate(domains):
            self._add_bar(place, one)

    def _add_bar(self, place: int, one: DomainAgreement) -> None:
        name = ElidedLabel(one.title)
        name.setProperty("role", "caption")
        name.setMinimumWidth(theme.px(110))
        bar = _Bar(one.differing, one.figures.n)
        said = _("{domain}: {differing} of {total} differ").format(
            domain=one.title, differing=one.differing, total=one.figures.n
        )
        bar.setAccessibleName(said)
        bar.setToolTip(said)
        count = label(str(one.differing) if one.differing else "–", "caption")
        self._bars.addWidget(name, place, 0)
        self._bars.addWidget(bar, place, 1, Qt.AlignmentFlag.AlignVCenter)
        self._bars.addWidget(count, place, 2, Qt.AlignmentFlag.AlignRight)

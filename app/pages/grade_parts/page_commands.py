"""The steps of a rating as commands, with their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.page import Command
from assessments.language import _

if TYPE_CHECKING:
    from app.pages.grade import GradePage


def page_commands(page: GradePage) -> tuple[Command, ...]:
    """Return the commands while somebody sits here."""
    return (
        Command(text=_("Next outcome"), run=lambda: page.step(1), keys="Ctrl+Return"),
        Command(text=_("Outcome below"), run=lambda: page.step(1), keys="Alt+Down"),
        Command(text=_("Outcome above"), run=lambda: page.step(-1), keys="Alt+Up"),
        Command(text=_("Finish"), run=page.rating.finish, keys="Ctrl+Shift+Return",
                enabled=lambda: page.desk.closed or None),
        Command(text=_("Reopen with a reason"), run=page.rating.notice.ask_reason,
                enabled=lambda: _cannot_reopen(page)),
        Command(text=_("Next outcome to do"), run=page.next_to_do, keys="Ctrl+J"),
        Command(text=_("Thresholds and target"), keys="Ctrl+Shift+T",
                run=lambda: page.tabs.show_tab(
                    "rating" if page.tabs.shown == "thresholds" else "thresholds")),
        Command(text=_("Guidance for this domain"), run=lambda: _guidance(page), keys="F1"),
    )


def _cannot_reopen(page: GradePage) -> str | None:
    finished = page.desk.sheet is not None and page.desk.sheet.finished
    return None if finished else _("Only a finished rating can be reopened.")


def _guidance(page: GradePage) -> None:
    card = page.rating.cards[page.rating.current]
    page.tabs.show_tab("rating")
    if card.details is not None:
        card.details.show_guidance()

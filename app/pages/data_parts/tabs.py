"""The views of an analysis, and which of them have something to show."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.workspace import Workspace
from assessments.bodies import Gathered
from assessments.language import _


def _data(workspace: Workspace) -> QWidget:
    from app.pages.data_parts.data_tab import DataTab

    return DataTab(workspace)


def _forest(workspace: Workspace) -> QWidget:
    from app.pages.data_parts.forest_tab import ForestTab

    return ForestTab(workspace)


def _leave_one_out(workspace: Workspace) -> QWidget:
    from app.pages.data_parts.leave_one_out_tab import LeaveOneOutTab

    return LeaveOneOutTab(workspace)


def _subgroups(workspace: Workspace) -> QWidget:
    from app.pages.data_parts.subgroups_tab import SubgroupsTab

    return SubgroupsTab(workspace)


def _small_studies(workspace: Workspace) -> QWidget:
    from app.pages.data_parts.small_studies_tab import SmallStudiesTab

    return SmallStudiesTab(workspace)


def _absolute(workspace: Workspace) -> QWidget:
    from app.pages.data_parts.absolute_tab import AbsoluteTab

    return AbsoluteTab(workspace)


def _models(workspace: Workspace) -> QWidget:
    from app.pages.data_parts.models_tab import ModelsTab

    return ModelsTab(workspace)


TABS: dict[str, Callable[[Workspace], QWidget]] = {
    "data": _data, "forest": _forest, "leave_one_out": _leave_one_out, "subgroups": _subgroups,
    "small_studies": _small_studies, "absolute": _absolute, "models": _models,
}
"""Every view by its name, in order; its class is imported when it is shown for the first time."""


def tab_names() -> tuple[tuple[str, str], ...]:
    """Return the views with their words, in order."""
    return (
        ("data", _("Data")), ("forest", _("Forest plot")),
        ("leave_one_out", _("Leave one out")), ("subgroups", _("Subgroups")),
        ("small_studies", _("Small studies")), ("absolute", _("Absolute effects")),
        ("models", _("Compare models")),
    )


def offered(found: Gathered) -> set[str]:
    """Return the views that have something to show for an analysis."""
    names = {"data"}
    pooled = found.pooled
    if pooled is None:
        return names
    names.add("forest")
    if pooled.shown is not None:
        names.add("absolute")
    if pooled.k >= 2:
        names |= {"leave_one_out", "models"}
    if len(pooled.subgroups) >= 2:
        names.add("subgroups")
    if pooled.k >= 3:
        names.add("small_studies")
    return names

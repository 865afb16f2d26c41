"""The fields of an outcome that follow-up and doses of its studies are compared with."""

from __future__ import annotations

from app.widgets.form import Field
from assessments.language import _


def scope_fields() -> tuple[Field, ...]:
    """Return the fields that follow-up and doses of the studies are compared with."""
    return (
        Field(name="follow_up", label=_("Follow-up of the question"), kind="number",
              help=_("The studies tell theirs on the page Data & pooling.")),
        Field(name="follow_up_unit", label=_("In"), hint=_("weeks")),
        Field(name="dose_unit", label=_("Unit of doses"), span=2, hint=_("mg a day"),
              help=_("With a unit the sheet of results has a column for the dose.")),
    )

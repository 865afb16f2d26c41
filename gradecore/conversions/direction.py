"""Turning an outcome round, so that all studies count in the same direction.

Source: Cochrane Handbook 6.5.2.6 and 10.6 (scales that run in opposite directions).
"""

from __future__ import annotations

from gradecore.conversions.derivation import Derivation, finite, not_negative, positive
from gradecore.input_errors import InputError

_SOURCE = "Cochrane Handbook 10.6"


def flip_mean(mean: float, *, scale_maximum: float | None = None) -> Derivation:
    """Return the mean with its sign changed, or counted down from the top of its scale.

    The SD stays. With ``scale_maximum`` (lowest plus highest possible score) the values stay
    within the scale; differences are the same either way.
    """
    value = finite("mean", mean)
    if scale_maximum is None:
        flipped, formula = -value, "mean → −mean; SD unchanged"
        entered: tuple[tuple[str, float | str], ...] = (("mean", mean),)
    else:
        flipped = finite("scale_maximum", scale_maximum) - value
        formula = "mean → (lowest + highest score) − mean; SD unchanged"
        entered = (("mean", mean), ("scale_maximum", scale_maximum))
    return Derivation(
        method="flip_mean",
        values=(("mean", flipped),),
        entered=entered,
        formula=formula,
        source=_SOURCE,
    )


def swap_events(events: float, n: float) -> Derivation:
    """Return the number without the event, which becomes the event."""
    count, size = not_negative("events", events), positive("n", n)
    if count > size:
        raise InputError(
            f"There are more events ({count:g}) than people ({size:g}).", column="events"
        )
    return Derivation(
        method="swap_events",
        values=(("events", size - count), ("n", size)),
        entered=(("events", events), ("n", n)),
        formula="events → n − events",
        source=_SOURCE,
    )

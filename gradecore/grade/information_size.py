"""The optimal information size: how many people one adequate trial would need.

Owns the direction (events undesirable or desirable) and the comparison with what there is; the
formula is in ``gradecore/sample_size.py``. The MID is never used as the relative change of a
binary outcome: it makes the size absurdly large for small important effects.

Sources: Core GRADE 2 (doi:10.1136/bmj-2024-083865); guidance 34
(doi:10.1016/j.jclinepi.2022.07.014).
"""

from __future__ import annotations

from dataclasses import dataclass

from gradecore.sample_size import continuous_sample_size, dichotomous_sample_size

_BELOW_ONE = 1.0 - 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationSize:
    """The size for both arms together, per arm unrounded, and the events expected in it."""

    total: int
    per_arm: float
    events: float | None = None


def for_events(
    comparator_risk: float,
    relative_change: float = 0.25,
    *,
    desirable: bool = False,
    alpha: float = 0.05,
    power: float = 0.8,
) -> InformationSize:
    """Return the size that shows a relative change of the comparator risk, two equal arms.

    The risk falls for undesirable events and rises (to below 1) for desirable ones.

    Raises:
        InputError: the risk is not between 0 and 1, or the change is 0.
    """
    change = relative_change
    if desirable:
        change = -(min(comparator_risk * (1.0 + relative_change), _BELOW_ONE) / comparator_risk - 1)
    size = dichotomous_sample_size(comparator_risk, change, alpha=alpha, power=power)
    return InformationSize(total=size.total, per_arm=size.per_group, events=size.events)


def for_means(
    difference: float, sd: float, *, alpha: float = 0.05, power: float = 0.8
) -> InformationSize:
    """Return the size that shows a difference in means of groups with that SD.

    Raises:
        InputError: the difference is 0 or the SD not above 0.
    """
    size = continuous_sample_size(difference, sd, alpha=alpha, power=power)
    return InformationSize(total=size.total, per_arm=size.per_group)

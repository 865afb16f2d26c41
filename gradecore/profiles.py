"""Plans of pooling, and the profiles: named bundles of what other programs do by default.

``revman5`` reproduces RevMan 5.3/5.4, ``cochrane-current`` is what Cochrane recommends today and
the default for new reviews, ``metafor`` and ``meta`` follow the R packages of these names.
Every item of a profile can be overridden; the plan remembers its profile, and ``overrides`` lists
what differs from it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Literal

Model = Literal["common", "random"]
Weighting = Literal["inverse-variance", "mantel-haenszel", "peto"]
Interval = Literal["wald", "t", "hksj", "hksj-adhoc", "hksj-if-heterogeneous"]
Prediction = Literal["none", "matching", "normal", "t-k-1", "t-k-2"]
ZeroCells = Literal["only-zero", "all", "all-if-any-zero", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolingPlan:
    """Everything that has to be decided before studies are pooled.

    ``measure`` is a code of ``MEASURES``. ``interval`` ``hksj-if-heterogeneous`` means
    Hartung-Knapp from three studies on when tau² > 0 and Wald otherwise; ``hksj-adhoc`` never
    lets the scale factor fall below 1. ``prediction`` ``matching`` is t with k − 1 degrees of
    freedom beside a Hartung-Knapp interval and normal beside a Wald interval. ``fixed_tau2`` is
    used in place of an estimate if it is given.
    """

    measure: str
    profile: str = "cochrane-current"
    model: Model = "random"
    weighting: Weighting = "inverse-variance"
    tau2_estimator: str = "REML"
    fixed_tau2: float | None = None
    tau2_interval: Literal["none", "q-profile"] = "q-profile"
    interval: Interval = "hksj-if-heterogeneous"
    prediction: Prediction = "matching"
    i2_from: Literal["tau2", "q"] = "tau2"
    level: float = 0.95
    smd_variant: Literal["revman", "LS", "LS2", "UB"] = "revman"
    smd_bias_correction: bool = True
    zero_cells: ZeroCells = "only-zero"
    zero_cell_increment: float = 0.5
    zero_cell_convention: Literal["revman", "metafor", "meta", "meta-cochrane"] = "revman"
    double_zero: Literal["exclude", "keep"] = "exclude"
    zero_sd: Literal["exclude", "keep"] = "exclude"
    mh_correction: Literal["revman", "none", "all-studies-only"] = "revman"
    mh_rd_variance: Literal["greenland", "sato"] = "greenland"
    subgroup_test: Literal["own-tau2", "common-tau2"] = "own-tau2"
    md_variance: Literal["separate", "pooled"] = "separate"
    rom_correction: bool = False

    @property
    def overrides(self) -> tuple[tuple[str, object], ...]:
        """What differs from the profile this plan was made from, as (item, value)."""
        usual = asdict(plan_for(self.profile, self.measure, model=self.model))
        mine = asdict(self)
        return tuple((name, mine[name]) for name in mine if mine[name] != usual[name])


PROFILES: dict[str, dict[str, object]] = {
    "cochrane-current": {},
    "revman5": {
        "tau2_estimator": "DL",
        "tau2_interval": "none",
        "interval": "wald",
        "prediction": "none",
        "i2_from": "q",
    },
    "metafor": {
        "interval": "wald",
        "smd_variant": "LS",
        "zero_cell_convention": "metafor",
        "double_zero": "keep",
        "zero_sd": "keep",
        "mh_correction": "none",
        "mh_rd_variance": "sato",
        "subgroup_test": "common-tau2",
        "rom_correction": True,
    },
    "meta": {
        "interval": "wald",
        "prediction": "t-k-1",
        "i2_from": "q",
        "zero_cell_convention": "meta",
    },
}
"""What each profile sets where it differs from the defaults of ``PoolingPlan``."""

DEFAULT_PROFILE = "cochrane-current"

_BINARY = {"OR", "RR", "RD"}


def plan_for(profile: str, measure: str, **changes: object) -> PoolingPlan:
    """Return the plan that a profile prescribes for a measure, with the given changes.

    Under the common-effect model, and under RevMan 5 also with random effects, two-by-two tables
    are pooled by Mantel-Haenszel; the Peto odds ratio by Peto's method; all else by inverse
    variance. Raises ``KeyError`` for an unknown profile, ``TypeError`` for an unknown item.
    """
    items: dict[str, object] = dict(PROFILES[profile])
    model = changes.get("model", "random")
    if measure == "PETO":
        items["weighting"] = "peto"
    elif measure in _BINARY and (model == "common" or profile == "revman5"):
        items["weighting"] = "mantel-haenszel"
    if model == "common":
        items.update(interval="wald", prediction="none", tau2_interval="none", i2_from="q")
    items.update(changes)
    known = {field.name for field in fields(PoolingPlan)}
    unknown = sorted(set(items) - known)
    if unknown:
        raise TypeError(f"A plan of pooling has no item {', '.join(unknown)}.")
    return replace(PoolingPlan(measure=measure, profile=profile), **items)  # type: ignore[arg-type]

"""Which test of funnel plot asymmetry suits which effect measure.

The SE of a log odds ratio, a log risk ratio or a standardised mean difference depends on the
effect itself, so that Egger's test finds asymmetry where there is none. Source: Sterne 2011
(doi:10.1136/bmj.d4002), table 2; Cochrane Handbook 13.3.5.4.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SuitableTests:
    """Codes of the tests to offer first, those that mislead, and the reason in one sentence."""

    suitable: tuple[str, ...]
    misleading: tuple[str, ...]
    reason: str


_MEAN_DIFFERENCES = SuitableTests(
    suitable=("egger", "regtest"),
    misleading=(),
    reason="The SE of this measure does not depend on the effect: Egger's test suits it.",
)
_STANDARDISED = SuitableTests(
    suitable=("egger_by_size",),
    misleading=("egger", "begg"),
    reason="The SE of a standardised mean difference depends on the effect: use one over the "
    "root of the study size as the regressor.",
)
_ODDS_RATIOS = SuitableTests(
    suitable=("harbord", "peters"),
    misleading=("egger", "begg"),
    reason="The SE of a log odds ratio depends on the effect: use the tests of Harbord or Peters.",
)
_RISKS = SuitableTests(
    suitable=("harbord",),
    misleading=("egger", "begg"),
    reason="No test is well studied for risk ratios and risk differences; Harbord's test of the "
    "same tables, on the odds ratio scale, is the nearest.",
)

_BY_MEASURE: dict[str, SuitableTests] = {
    **dict.fromkeys(("SMD", "SMD1", "SMD1H", "SMDH", "SMCC", "SMCR", "SMCRH"), _STANDARDISED),
    **dict.fromkeys(("OR", "PETO"), _ODDS_RATIOS),
    **dict.fromkeys(("RR", "RD"), _RISKS),
}


def suitable_tests(measure: str) -> SuitableTests:
    """Return what suits the effect measure with that code."""
    return _BY_MEASURE.get(measure, _MEAN_DIFFERENCES)

"""Means and SDs from medians, quartiles and ranges, and the test of skewness before them.

Scenario S1 is minimum, median, maximum; S2 the quartiles and the median; S3 all five.
Sources: mean, Luo 2018 (doi:10.1177/0962280216669183); SD, Wan 2014
(doi:10.1186/1471-2288-14-135) and Shi 2020 (doi:10.1002/jrsm.1429); skewness, Shi 2023;
log-normal data, Shi 2020 (the method of the same group for skewed data).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from scipy.special import ndtri

from gradecore.conversions.derivation import Derivation, Entry, finite, group_size, positive
from gradecore.input_errors import InputError
from gradecore.notes import Note

Scenario = Literal["S1", "S2", "S3"]
_NAMES = ("min", "q1", "median", "q3", "max")
_LEAST_N = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FiveNumbers:
    """The quantiles of one group as reported; those not reported are None. ``n`` its size."""

    n: float
    median: float
    minimum: float | None = None
    q1: float | None = None
    q3: float | None = None
    maximum: float | None = None

    @property
    def scenario(self) -> Scenario:
        """Return which of the three sets of quantiles is complete; InputError if none is."""
        has_range = self.minimum is not None and self.maximum is not None
        has_quartiles = self.q1 is not None and self.q3 is not None
        if has_range and has_quartiles:
            return "S3"
        if has_range or has_quartiles:
            return "S1" if has_range else "S2"
        raise InputError("Give the minimum and maximum, or both quartiles, with the median.")

    @property
    def reported(self) -> tuple[Entry, ...]:
        """Return the names and values of the quantiles that the scenario uses, and n."""
        used = {"S1": (0, 2, 4), "S2": (1, 2, 3), "S3": (0, 1, 2, 3, 4)}[self.scenario]
        values = (self.minimum, self.q1, self.median, self.q3, self.maximum)
        named = [(_NAMES[i], v) for i in used if (v := values[i]) is not None]
        return (*named, ("n", self.n))

    @property
    def quantiles(self) -> tuple[float, ...]:
        """Return the reported quantiles of the scenario in increasing order, checked.

        InputError if n < 5, if a value is not finite, if they are out of order or all equal.
        """
        group_size("n", self.n, least=_LEAST_N)
        entries = self.reported[:-1]
        values = tuple(finite(name, float(value)) for name, value in entries)
        for i in range(1, len(values)):
            if values[i] < values[i - 1]:
                raise InputError(
                    f"{entries[i][0]} ({values[i]:g}) is below {entries[i - 1][0]} "
                    f"({values[i - 1]:g}): the five numbers are out of order.",
                    column=entries[i][0],
                )
        if values[0] == values[-1]:
            raise InputError("All quantiles are equal: there is no spread to work with.")
        return values


def fivenum(numbers: FiveNumbers) -> Derivation:
    """Return mean (Luo) and SD (Wan, Shi) of data that are not clearly skewed."""
    quantiles, scenario = numbers.quantiles, numbers.scenario
    skew = fivenum_skew_test(numbers)
    note = Note(
        code="skewed",
        sentence="The quantiles show skewness (Shi 2023); a mean and SD for symmetric data do "
        "not fit. Consider the log-normal version or leaving the study out of the pool.",
        facts=(("statistic", skew["tval"]), ("critical_value", skew["crit"])),
    )
    return Derivation(
        method="fivenum",
        values=(
            ("mean", mean_from(quantiles, scenario, numbers.n)),
            ("sd", sd_from(quantiles, scenario, numbers.n)),
        ),
        entered=numbers.reported,
        formula=_FORMULAS[scenario],
        source="mean Luo 2018; SD Wan 2014" + ("" if scenario != "S3" else " and Shi 2020"),
        notes=(note,) if skew["significant"] else (),
    )


def fivenum_skew_test(numbers: FiveNumbers) -> Derivation:
    """Return statistic, critical value (5%) and verdict (1 or 0) of the test of skewness."""
    quantiles, scenario, n = numbers.quantiles, numbers.scenario, numbers.n
    if scenario == "S1":
        statistic = _asymmetry(quantiles[0], quantiles[1], quantiles[2])
        critical = 1.0 / math.log(n + 9.0) + 2.5 / (n + 1.0)
        formula = "|min + max − 2 median| / (max − min) against 1/ln(n + 9) + 2.5/(n + 1)"
    elif scenario == "S2":
        statistic = _asymmetry(quantiles[0], quantiles[1], quantiles[2])
        critical = 2.65 / math.sqrt(n) - 6.0 / n**2
        formula = "|q1 + q3 − 2 median| / (q3 − q1) against 2.65/√n − 6/n²"
    else:
        low, q1, median, q3, high = quantiles
        from_range = 2.65 * math.log(0.6 * n) / math.sqrt(n) * _asymmetry(low, median, high)
        statistic = max(from_range, _asymmetry(q1, median, q3))
        critical = 3.0 / math.sqrt(n) - 40.0 / n**3
        formula = "max(2.65 ln(0.6 n)/√n × S1, S2) against 3/√n − 40/n³"
    return Derivation(
        method="fivenum_skew_test",
        values=(
            ("tval", statistic),
            ("crit", critical),
            ("significant", float(statistic > critical)),
        ),
        entered=numbers.reported,
        formula=formula,
        source="Shi 2023",
    )


def fivenum_lognormal(numbers: FiveNumbers) -> Derivation:
    """Return mean and SD on the original scale for data that are normal after taking logs."""
    quantiles, scenario, n = numbers.quantiles, numbers.scenario, numbers.n
    positive(str(numbers.reported[0][0]), quantiles[0])
    logs = tuple(math.log(q) for q in quantiles)
    mean, spread = mean_from(logs, scenario, n), sd_from(logs, scenario, n)
    over_log_n = 1.0 / math.log(n) ** 2
    divisor, fourth = {
        "S1": (1.01 + 0.25 * over_log_n, 1.0 + 2.23 * over_log_n),
        "S2": (1.0 + 1.58 / n, 1.0 + 19.2 / n**1.2),
        "S3": (1.0 + 0.28 * over_log_n, 1.0 + 3.93 / n),
    }[scenario]
    variance, fourth_power = spread**2 / divisor, spread**4 / fourth
    phi, phi1, phi2 = (
        1.0 + u * variance / n + v * fourth_power / n for u, v in _LOG_NORMAL[scenario]
    )
    second = math.exp(2.0 * mean + 2.0 * variance) / phi1
    square = second - math.exp(2.0 * mean + variance) / phi2
    if square <= 0.0:
        raise InputError("The log-normal method gives no positive variance for these numbers.")
    return Derivation(
        method="fivenum_lognormal",
        values=(("mean", math.exp(mean + variance / 2.0) / phi), ("sd", math.sqrt(square))),
        entered=numbers.reported,
        formula="mean and SD of ln data, back to the original scale with bias corrections",
        source="Shi 2020, log-normal",
    )


_FORMULAS = {
    "S1": "mean = w (min + max)/2 + (1 − w) median, w = 4/(4 + n^0.75); "
    "SD = (max − min) / (2 z((n − 0.375)/(n + 0.25)))",
    "S2": "mean = w (q1 + q3)/2 + (1 − w) median, w = 0.7 + 0.39/n; "
    "SD = (q3 − q1) / (2 z((0.75 n − 0.125)/(n + 0.25)))",
    "S3": "mean = w₁ (min + max)/2 + w₂ (q1 + q3)/2 + (1 − w₁ − w₂) median, "
    "w₁ = 2.2/(2.2 + n^0.75), w₂ = 0.7 − 0.72/n^0.55; SD = weighted SDs from range and quartiles, "
    "weight of the range 1/(1 + 0.07 n^0.6)",
}

_LOG_NORMAL = {
    "S1": ((0.565, 0.37), (2.26, 5.92), (2.26, 1.48)),
    "S2": ((0.57, 0.75), (2.28, 12.0), (2.28, 3.0)),
    "S3": ((0.405, 0.315), (1.62, 5.04), (1.62, 1.26)),
}


def _asymmetry(low: float, median: float, high: float) -> float:
    # Equal quartiles around an equal median show no skewness of their own.
    return abs(low + high - 2.0 * median) / (high - low) if high > low else 0.0


def luo_mean(numbers: FiveNumbers) -> float:
    """Return the mean of Luo 2018."""
    return mean_from(numbers.quantiles, numbers.scenario, numbers.n)


def shi_sd(numbers: FiveNumbers) -> float:
    """Return the SD of Wan 2014 (S1, S2) and Shi 2020 (S3)."""
    return sd_from(numbers.quantiles, numbers.scenario, numbers.n)


def mean_from(quantiles: tuple[float, ...], scenario: Scenario, n: float) -> float:
    """Return the mean of Luo 2018 from checked quantiles of the scenario, on any scale."""
    if scenario == "S3":
        low, q1, median, q3, high = quantiles
        of_range = 2.2 / (2.2 + math.pow(n, 0.75))
        of_quartiles = 0.7 - 0.72 / math.pow(n, 0.55)
        middle = 1.0 - of_range - of_quartiles
        return of_range * (low + high) / 2 + of_quartiles * (q1 + q3) / 2 + middle * median
    low, median, high = quantiles
    weight = 4.0 / (4.0 + math.pow(n, 0.75)) if scenario == "S1" else 0.7 + 0.39 / n
    return weight * (low + high) / 2.0 + (1.0 - weight) * median


def sd_from(
    quantiles: tuple[float, ...], scenario: Scenario, n: float, *, equal_weights: bool = False
) -> float:
    """Return the SD from checked quantiles of the scenario, on any scale.

    S3 weighs the SDs from range and quartiles as Shi 2020 does, or equally as in Wan 2014.
    """
    of_range = 2.0 * float(ndtri((n - 0.375) / (n + 0.25)))
    of_quartiles = 2.0 * float(ndtri((0.75 * n - 0.125) / (n + 0.25)))
    if scenario == "S1":
        return (quantiles[2] - quantiles[0]) / of_range
    if scenario == "S2":
        return (quantiles[2] - quantiles[0]) / of_quartiles
    weight = 0.5 if equal_weights else 1.0 / (1.0 + 0.07 * math.pow(n, 0.6))
    from_range = (quantiles[4] - quantiles[0]) / of_range
    return weight * from_range + (1.0 - weight) * (quantiles[3] - quantiles[1]) / of_quartiles

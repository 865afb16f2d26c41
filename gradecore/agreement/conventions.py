"""Which weights for which judgements, and the verbal bands, which are off unless asked for."""

from __future__ import annotations

from typing import Literal

from gradecore.agreement.coefficients import Weighting
from gradecore.input_errors import InputError

WEIGHTING_FOR: dict[str, Weighting] = {
    "risk_of_bias_domain": "linear",
    "signalling_question": "identity",
    "grade_domain": "linear",
    "certainty": "quadratic",
}
"""The usual weights: three ordered levels linear, questions identity, certainty quadratic."""

SIGNALLING_CATEGORIES: tuple[str, ...] = ("Y", "N", "NI")
_COLLAPSED = {"Y": "Y", "PY": "Y", "PN": "N", "N": "N", "NI": "NI"}
_BANDS: dict[str, tuple[tuple[float, str], ...]] = {
    "landis_koch": (
        (0.81, "almost perfect"),
        (0.61, "substantial"),
        (0.41, "moderate"),
        (0.21, "fair"),
        (0.0, "slight"),
    ),
    "handbook": ((0.75, "excellent"), (0.60, "good"), (0.40, "fair")),
}


def collapsed_answer(answer: str | None) -> str | None:
    """Return Y for Y and PY, N for PN and N, NI for NI, None for any other answer or none."""
    return None if answer is None else _COLLAPSED.get(answer)


def verbal_band(
    value: float | None, n: int, scheme: Literal["landis_koch", "handbook"]
) -> str | None:
    """Return the word that a scheme has for a kappa; None below ten units or without a value.

    Landis and Koch 1977 call what is below 0 poor; the Handbook 5.1 has no word below 0.40.
    """
    if scheme not in _BANDS:
        raise InputError(f"There are no verbal bands named {scheme}.")
    if value is None or n < 10:
        return None
    for lowest, word in _BANDS[scheme]:
        if round(value, 2) >= lowest:
            return word
    return "poor" if scheme == "landis_koch" else None

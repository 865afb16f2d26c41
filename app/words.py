"""The words for stored codes, as pairs for lists of choices; '' is “not decided”."""

from __future__ import annotations

from assessments.language import _
from gradecore.grade.vocabulary import CRITICAL_FROM, IMPORTANT_FROM

Pairs = tuple[tuple[str, str], ...]


def designs() -> Pairs:
    """Return the study designs."""
    return (
        ("", _("Not decided")),
        ("rct", _("Randomised trial")),
        ("quasi_rct", _("Quasi-randomised trial")),
        ("cluster_rct", _("Cluster-randomised trial")),
        ("crossover", _("Randomised crossover trial")),
        ("cba", _("Controlled before–after study")),
        ("its", _("Interrupted time series")),
        ("nrs", _("Other non-randomised study")),
        ("case_series", _("Case series or single-arm study")),
    )


def short_designs() -> dict[str | None, str]:
    """Return short words for study designs, for narrow columns."""
    return {
        None: "", "rct": _("RCT"), "quasi_rct": _("Quasi-RCT"), "cluster_rct": _("Cluster RCT"),
        "crossover": _("Crossover"), "cba": _("CBA"), "its": _("ITS"),
        "nrs": _("Non-randomised"), "case_series": _("Case series"),
    }


def statuses() -> Pairs:
    """Return the states of a study in the review."""
    return (
        ("included", _("Included")),
        ("awaiting", _("Awaiting classification")),
        ("ongoing", _("Ongoing")),
        ("excluded", _("Excluded")),
    )


def roles() -> Pairs:
    """Return what a person does in the review."""
    return (
        ("a", _("Assessor A")),
        ("b", _("Assessor B")),
        ("arbiter", _("Arbiter")),
        ("coordinator", _("Coordinator")),
        ("reader", _("Reader")),
    )


def evidence_kinds() -> Pairs:
    """Return the kinds of evidence of an outcome."""
    return (
        ("", _("Not decided")),
        ("pooled", _("Pooled from study data")),
        ("published", _("Published pooled estimate")),
        ("narrative", _("Narrative synthesis")),
        ("single", _("Single study")),
        ("not_reported", _("Not reported")),
    )


def directions() -> Pairs:
    """Return which direction of an outcome is good."""
    return (
        ("", _("Not decided")),
        ("lower", _("Lower is better")),
        ("higher", _("Higher is better")),
    )


def streams() -> Pairs:
    """Return the kinds of studies that a body of evidence can be declared as."""
    return (
        ("", _("As the studies are")),
        ("rct", _("Randomised trials")),
        ("nrs", _("Non-randomised studies")),
    )


def threshold_types() -> Pairs:
    """Return what the certainty is rated against."""
    return (
        ("", _("Not decided")),
        ("null", _("No effect")),
        ("mid", _("Minimal important difference")),
        ("ranges", _("Ranges of effect")),
        ("decision", _("Decision threshold of a panel")),
    )


def targets() -> Pairs:
    """Return the claims whose certainty can be rated."""
    return (
        ("", _("From the estimate")),
        ("important_effect", _("An important effect")),
        ("little_or_no_effect", _("Little or no effect")),
        ("non_null_effect", _("An effect other than none")),
        ("effect_in_range", _("An effect in a range")),
    )


def event_meanings() -> Pairs:
    """Return what is counted of a dichotomous outcome."""
    return (
        ("", _("Not decided")),
        ("event", _("People with the event")),
        ("event_free", _("People free of it")),
    )


def yes_no() -> Pairs:
    """Return yes and no for marks that may be undecided."""
    return (("", _("Not decided")), ("1", _("Yes")), ("0", _("No")))


def reexpressions() -> Pairs:
    """Return the ways in which a standardised difference can be told."""
    return (
        ("", _("Not decided")),
        ("units", _("Units of a familiar scale")),
        ("mid_units", _("Minimal important difference units")),
        ("or", _("Odds ratio and absolute risks")),
        ("rom", _("Ratio of means")),
        ("rule", _("Rule of thumb, small to large")),
    )


def funding() -> Pairs:
    """Return whether the industry paid for a study."""
    return (
        ("", _("Not decided")), ("no", _("Not by the industry")), ("yes", _("By the industry")),
        ("unclear", _("Unclear")),
    )


def pico_elements() -> Pairs:
    """Return the elements of the question in which a study can be off it."""
    return (
        ("population", _("Population")),
        ("intervention", _("Intervention")),
        ("comparator", _("Comparator")),
        ("outcome", _("Outcome")),
    )


def reference_kinds() -> Pairs:
    """Return the kinds of references."""
    return (("report", _("Report")), ("registry", _("Registry entry")), ("other", _("Other")))


def measures() -> Pairs:
    """Return the effect measures that a publication is likely to report."""
    return (
        ("", _("Not decided")),
        ("MD", _("Mean difference")),
        ("SMD", _("Standardised mean difference")),
        ("RR", _("Risk ratio")),
        ("OR", _("Odds ratio")),
        ("RD", _("Risk difference")),
        ("HR", _("Hazard ratio")),
        ("IRR", _("Rate ratio")),
        ("ROM", _("Ratio of means")),
    )


def importance_in_words(importance: int | None) -> str:
    """Return what GRADE calls an importance of 1 to 9."""
    if importance is None:
        return _("Importance not decided")
    if importance >= CRITICAL_FROM:
        return _("Critical")
    return _("Important") if importance >= IMPORTANT_FROM else _("Of limited importance")


def disagreement_kinds() -> Pairs:
    """Return what a difference between two assessors can come from."""
    return (
        ("", _("Not said")),
        ("oversight", _("Error or oversight")),
        ("different_fact", _("Different fact used")),
        ("interpretation", _("Different interpretation")),
        ("threshold", _("Different threshold")),
        ("ambiguous_report", _("Ambiguous report")),
        ("guidance_unclear", _("Guidance unclear")),
    )

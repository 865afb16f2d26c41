"""An invented review with every kind of row that a summary of findings can have."""

from __future__ import annotations

from typing import Any

from assessments.review_edits import add, change
from assessments.store.project_file import Project
from tests.conftest import done

CITATION = "Doe J, Roe R. Invented Journal 2019;1:1-9"


def fill(project: Project) -> Project:
    """Fill an empty review; nobody sits here afterwards."""
    done(change(project, "review", "review", title="Invented review of every row",
                label="Invented example"))
    for role in ("a", "b"):
        done(add(project, "person", id=f"person-{role}", role=role, name=f"Name {role.upper()}",
                 initials=role.upper()))
    done(add(project, "comparison", id="c1", intervention="Training", comparator="Usual care",
             population="Adults", setting="Clinics"))
    for name, measure, numbers, more in PUBLISHED:
        outcome(project, name, evidence="published", stream="rct", **more)
        estimate, low, high = numbers
        done(change(project, "published_estimate", name, measure=measure, estimate=estimate,
                    ci_low=low, ci_high=high, studies=3, participants=12345, source=CITATION,
                    place="Table 2", rob_statement="As judged with RoB 2 by Doe."))
    _two_baselines(project)
    _words(project)
    return project


def outcome(project: Project, name: str, **values: Any) -> None:
    """Add an outcome whose key and name are the same."""
    label = name.replace("_", " ").capitalize()
    done(add(project, "outcome", id=name, comparison="c1", label=label, **values))


PUBLISHED: tuple[tuple[str, str, tuple[float, float, float], dict[str, Any]], ...] = (
    ("risk_ratio", "RR", (0.90, 0.85, 0.95),
     {"baseline_risk": 0.186, "baseline_source": "A registry", "time_point": "1 year"}),
    ("odds_ratio", "OR", (0.61, 0.44, 0.85), {"baseline_risk": 0.389}),
    ("tiny", "RR", (0.995, 0.98, 1.02), {"baseline_risk": 0.02}),
    ("capped", "RR", (1.5, 1.2, 2.5), {"baseline_risk": 0.6}),
    ("rare", "RR", (0.5, 0.3, 0.9), {"baseline_risk": 0.0004}),
    ("no_baseline", "RR", (0.7, 0.5, 0.9), {}),
    ("risk_difference", "RD", (-0.05, -0.08, -0.02), {"baseline_risk": 0.2}),
    ("death", "HR", (0.70, 0.55, 0.90), {"baseline_risk": 0.2, "time_point": "12 months"}),
    ("survival", "HR", (0.70, 0.55, 0.90),
     {"baseline_risk": 0.2, "event_meaning": "event_free", "time_point": "12 months"}),
    ("falls", "IRR", (0.80, 0.65, 0.99),
     {"baseline_risk": 0.012, "unit": "person-years"}),
    ("pain", "MD", (-1.24, -2.5, 0.02),
     {"scale": "Scale", "scale_min": 0, "scale_max": 100, "unit": "points", "better": "lower",
      "mid": 10, "comparator_mean": 40, "comparator_mean_source": "The largest trial"}),
    ("mood", "SMD", (-0.50, -0.80, -0.20),
     {"better": "lower", "reexpress": "or", "reexpress_proportion": 0.4,
      "reexpress_unit": "in low mood"}),
    ("function", "SMD", (0.30, 0.10, 0.50),
     {"better": "higher", "reexpress": "units", "reexpress_unit": "points on the 0 to 100 scale",
      "reexpress_sd": 20, "reexpress_sd_source": "A cohort"}),
    ("costs", "ROM", (0.87, 0.80, 0.95), {}),
)
"""Outcome, measure, estimate with limits, and what else is known of it."""


def _two_baselines(project: Project) -> None:
    outcome(project, "stroke", evidence="published", stream="nrs", baseline_risk=0.1,
            baseline_source="A cohort")
    done(add(project, "baseline", outcome="stroke", label="High-risk population", risk=0.3,
             source="Another cohort"))
    done(change(project, "published_estimate", "stroke", measure="RR", estimate=0.5, ci_low=0.4,
                ci_high=0.6, studies=1, participants=500, source=CITATION,
                rob_statement="As judged with RoB 2 by Doe."))


def _words(project: Project) -> None:
    outcome(project, "satisfaction", evidence="narrative", stream="rct")
    done(change(project, "narrative", "satisfaction", text="Two trials asked about it.",
                studies=2, participants=80, favours_intervention=2, favours_comparison=0,
                source=CITATION))
    outcome(project, "harms", evidence="not_reported")
    outcome(project, "undecided")

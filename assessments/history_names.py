"""How the rows of a journal are called, also those that are gone: names, fields, levels."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from assessments.imprecision_by_baseline import part_words
from assessments.instrument import OVERALL
from assessments.instruments_kept import instrument_of
from assessments.language import _
from assessments.problems import ProjectFileError
from assessments.store.project_file import Project

Values = Mapping[str, Any]
_NAMED = ("study", "outcome", "person", "comparison", "outcome_group", "result", "assessment")
_KEYS = frozenset({
    "id", "assessment", "position", "study", "outcome", "comparison", "person", "digest", "unit",
    "unit_kind", "instrument", "seat", "fingerprint", "facts", "revision", "after_exchange",
    "finished_at", "derived", "path", "domain", "part", "question",
})
"""Columns that say which row it is, not what is in it."""


def table_words() -> dict[str, str]:
    """Return what the rows of a table are, inside a sentence."""
    return {
        "review": _("the review"), "setting": _("a team decision"), "person": _("a person"),
        "comparison": _("a comparison"), "outcome_group": _("an outcome group"),
        "outcome": _("an outcome"), "baseline": _("an assumed risk"),
        "published_estimate": _("a published estimate"),
        "narrative": _("a narrative synthesis"), "study": _("a study"),
        "indirectness": _("a mark of indirectness"), "document": _("a document"),
        "reference": _("a reference"), "study_author": _("an author of a study"),
        "result": _("a result"), "analysis": _("how results are pooled"),
        "team_rule": _("a team rule"), "review_rule": _("a rule of the review"),
        "instrument_copy": _("an instrument"),
    }


def field_words(name: str) -> str:
    """Return a column in words; those without their own are readable as they are."""
    known = {
        "level": _("level"), "support": _("support"), "reason": _("reason"),
        "proposed": _("proposed by the rules"), "response": _("response"), "note": _("note"),
        "text": _("words"), "how": _("how settled"), "level_a": _("level of A"),
        "level_b": _("level of B"), "present": _("present"), "kind": _("kind of difference"),
        "mid": _("minimal important difference"), "events_1": _("events, intervention"),
        "mid_low": _("smallest plausible minimal important difference"),
        "mid_high": _("largest plausible minimal important difference"),
        "mid_relative": _("minimal important difference as a ratio"),
        "decision": _("decision threshold"), "dose": _("dose of the intervention"),
        "dose_unit": _("unit of doses"), "follow_up": _("follow-up"),
        "follow_up_unit": _("unit of follow-up"),
        "indirect_comparison": _("compared by way of a third"),
        "laboratory": _("animal or laboratory studies"),
        "t1_harm": _("trivial to small, for harm"), "t2_harm": _("small to moderate, for harm"),
        "t3_harm": _("moderate to large, for harm"), "q_p": _("P of the test for heterogeneity"),
        "asymmetry_p": _("P of the test for small-study effects"),
        "prediction_low": _("lower limit of the prediction interval"),
        "prediction_high": _("upper limit of the prediction interval"),
        "printed_per": _("people per which risks are printed"),
        "printed_baseline": _("printed comparator risk"),
        "printed_difference": _("printed difference"),
        "printed_difference_low": _("printed difference, lower limit"),
        "printed_difference_high": _("printed difference, upper limit"),
        "events_2": _("events, comparison"), "total_1": _("people, intervention"),
        "total_2": _("people, comparison"), "mean_1": _("mean, intervention"),
        "mean_2": _("mean, comparison"), "sd_1": _("SD, intervention"),
        "sd_2": _("SD, comparison"), "statement_from": _("statement edited from"),
        "reopened_reason": _("reason for opening again"), "state": _("state"),
    }
    return known.get(name, name.replace("_", " "))


class Names:
    """The names of everything that was ever in a review, read once from its journal."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.rows: dict[tuple[str, str], dict[str, Any]] = {}
        marks = ", ".join("?" for _one in _NAMED)
        for table, row, text in project.connection.execute(
            'SELECT "table", "row", coalesce(after, before) FROM row_change '
            f'WHERE "table" IN ({marks}) ORDER BY id',
            _NAMED,
        ):
            self.rows[(table, row)] = json.loads(text)

    def of(self, table: str, row: str) -> str:
        """Return how a row is called, '' where it has no name."""
        found = self.rows.get((table, row), {})
        if table == "comparison":
            return f"{found.get('intervention', '')} – {found.get('comparator', '')}".strip(" –")
        if table == "result":
            return ", ".join(
                one for one in (self.of("study", str(found.get("study", ""))),
                                self.of("outcome", str(found.get("outcome", "")))) if one
            )
        if table == "person":
            return str(found.get("name") or found.get("initials") or "")
        return str(found.get("label", ""))

    def person(self, person: str | None) -> str:
        """Return who somebody is."""
        if not person:
            return _("Nobody named")
        return self.of("person", person) or _("Somebody no longer listed")

    def unit(self, assessment: Values) -> str:
        """Return what an assessment is about and with which instrument."""
        name = self.of(str(assessment["unit_kind"]), str(assessment["unit"]))
        return _("{unit} ({instrument})").format(
            unit=name or _("something no longer there"),
            instrument=self._short(str(assessment["instrument"])),
        )

    def _short(self, instrument: str) -> str:
        try:
            return instrument_of(self._project, instrument).short
        except (KeyError, ProjectFileError):
            return instrument

    def domain(self, assessment: Values, values: Values) -> str:
        """Return the domain of a judgement, answer, quote or settlement, with its part."""
        from assessments.comparisons import domain_title

        domain = str(values.get("domain", ""))
        try:
            found = instrument_of(self._project, str(assessment["instrument"]))
            title = domain_title(found, domain)
        except (KeyError, ProjectFileError):
            title = _("Overall") if domain == OVERALL else domain
        part = str(values.get("part", ""))
        group = self.of("outcome_group", part) or part_words(
            self._project, str(assessment["unit"]), part)
        question = str(values.get("question", ""))
        return ", ".join(one for one in (title, group, question) if one)

    def level(self, assessment: Values, domain: str, code: object) -> str:
        """Return a level in words."""
        try:
            found = instrument_of(self._project, str(assessment["instrument"]))
            return found.level(domain, str(code)).label
        except (KeyError, ProjectFileError):
            return str(code)


def changed_fields(before: Values | None, after: Values | None) -> tuple[str, ...]:
    """Return the columns in which a row differs, without those that only say which row it is."""
    old, new = before or {}, after or {}
    return tuple(
        name for name in dict.fromkeys((*new, *old))
        if name not in _KEYS and (old.get(name) or None) != (new.get(name) or None)
    )

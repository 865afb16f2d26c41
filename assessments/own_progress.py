"""What one has judged so far in every unit, for queues: one's own levels and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.assessment import Assessment, Judgement, seat_of
from assessments.instrument import OVERALL, Instrument
from assessments.store.project_file import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProgress:
    """One's own state of a unit: 'none', 'open' or 'finished', the flag, and the levels chosen.

    ``levels`` holds (domain, part, code) of every level chosen.
    """

    state: str = "none"
    flagged: bool = False
    levels: tuple[tuple[str, str, str], ...] = ()

    def marks(
        self, instrument: Instrument, groups: Mapping[str, tuple[str, ...]]
    ) -> tuple[tuple[str | None, str], ...]:
        """Return (role, words) of each judged domain and of the overall judgement, in order.

        ``groups`` holds domain → outcome groups judged apart; their worst level counts, once
        all of them have one.
        """
        found = [
            self._mark(instrument, domain.id, domain.short, groups.get(domain.id, ("",)))
            for domain in instrument.domains if domain.judged
        ]
        if instrument.overall is not None:
            found.append(self._mark(instrument, OVERALL, instrument.overall.title, ("",)))
        return tuple(found)

    def _mark(
        self, instrument: Instrument, domain: str, name: str, parts: tuple[str, ...]
    ) -> tuple[str | None, str]:
        known = {level.code: level for level in instrument.levels_of(domain)}
        levels = [
            known[code] for one, part, code in self.levels
            if one == domain and part in parts and code in known
        ]
        if len(levels) < len(parts):
            return None, ""
        worst = max(levels, key=lambda level: level.order)
        return worst.role, f"{name}: {worst.label}"


NOTHING = OwnProgress()


def own_progress(project: Project, unit: str | None = None) -> dict[tuple[str, str], OwnProgress]:
    """Return (instrument, unit) → what the one who sits here has judged; of one unit if named."""
    seat = seat_of(project)
    if seat is None:
        return {}
    where = {"seat": seat} if unit is None else {"seat": seat, "unit": unit}
    mine = project.all(Assessment, **where)
    rows = (
        project.all(Judgement) if unit is None
        else tuple(row for one in mine for row in project.all(Judgement, assessment=one.id))
    )
    return progress_in(mine, rows)


def progress_in(
    assessments: Iterable[Assessment], judgements: Iterable[Judgement]
) -> dict[tuple[str, str], OwnProgress]:
    """Return (instrument, unit) → state and levels of these assessments, one for each unit."""
    mine = {one.id: one for one in assessments}
    levels: dict[str, list[tuple[str, str, str]]] = {key: [] for key in mine}
    for row in judgements:
        if row.assessment in levels and row.level is not None:
            levels[row.assessment].append((row.domain, row.part, row.level))
    return {
        (one.instrument, one.unit): OwnProgress(
            state=one.state, flagged=bool(one.flagged), levels=tuple(levels[key])
        )
        for key, one in mine.items()
    }

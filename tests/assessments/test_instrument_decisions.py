"""What a team decides about instruments: uses, groups, effects, switching, removing."""

from __future__ import annotations

from pathlib import Path

from assessments.assessment import Assessment, Unit, answer
from assessments.assignments import risk_of_bias_assignments
from assessments.effect_of_interest import decide_effect
from assessments.instrument_decisions import (
    add_group,
    decide_effect_for_instrument,
    design_uses,
    effect_exceptions,
    instrument_uses,
    name_group,
    offered_for,
    remove_own,
)
from assessments.instruments_kept import FOLDER, all_instruments, keep_own, shipped_instrument
from assessments.review import OutcomeGroup
from assessments.review_edits import add, change, decide
from assessments.sheet import sheet_of
from assessments.store.project_file import Project
from tests.conftest import done

TEMPLATE = (FOLDER / "TEMPLATE.toml").read_text(encoding="utf-8")


def own_file(folder: Path, text: str = TEMPLATE, name: str = "ours.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_switching_keeps_what_was_answered(filled: Project) -> None:
    result = done(add(filled, "result", study="s1", outcome="o1")).value
    unit = Unit(instrument="rob2-parallel", kind="result", id=result)
    done(answer(filled, unit, "D1", "1.1", "Y"))
    done(decide(filled, "instrument/rct", "rob1"))
    assert {one.unit.instrument for one in risk_of_bias_assignments(filled)} == {"rob1"}
    done(decide(filled, "instrument/rct", ""))
    assert sheet_of(filled, unit).responses("D1") == {"1.1": "Y"}


def test_group_names_are_checked(filled: Project) -> None:
    first = done(add_group(filled, "  Pain  and  stiffness ")).value
    assert filled.one(OutcomeGroup, first).label == "Pain and stiffness"
    assert [one.code for one in add_group(filled, "pain and Stiffness").problems] == ["twice"]
    assert [one.code for one in name_group(filled, first, "  ").problems] == ["empty"]
    assert name_group(filled, first, "Pain and Stiffness").ok


def test_open_assessments_follow_and_single_decisions_stay(filled: Project) -> None:
    one, other = (
        Unit(instrument="rob2-parallel", kind="result",
             id=done(add(filled, "result", study=study, outcome="o1")).value)
        for study in ("s1", "s2")
    )
    first, second = (one.code for one in shipped_instrument("rob2-parallel").effects)
    done(decide_effect(filled, other, first))
    for unit in (one, other):
        done(answer(filled, unit, "D1", "1.1", "Y"))
    done(decide_effect_for_instrument(filled, "rob2-parallel", second))
    found = {row.unit: row.effect for row in filled.all(Assessment)}
    assert found == {one.id: second, other.id: first}
    exceptions = effect_exceptions(filled, "rob2-parallel", second)
    assert (exceptions.decided_apart, exceptions.finished_before) == (1, 0)

def test_an_effect_the_instrument_does_not_know_is_refused(filled: Project) -> None:
    refused = decide_effect_for_instrument(filled, "rob2-parallel", "per_protocol_maybe")
    assert [one.code for one in refused.problems] == ["no-effect"]


def test_it_is_removed_only_while_it_is_not_used(
    filled: Project, tmp_path: Path
) -> None:
    done(keep_own(filled, own_file(tmp_path)))
    done(change(filled, "study", "s1", instrument="my-instrument-1"))
    refused = remove_own(filled, "my-instrument-1")
    assert "chosen for a design or a study" in str(refused.problems[0])
    done(change(filled, "study", "s1", instrument=None))
    done(remove_own(filled, "my-instrument-1"))
    assert "my-instrument-1" not in dict(all_instruments(filled))


def test_uses_are_counted_by_design_and_by_study(filled: Project, tmp_path: Path) -> None:
    done(keep_own(filled, own_file(tmp_path, TEMPLATE.replace('"rct", "nrs"', '"nrs"'))))
    done(change(filled, "study", "s2", design="nrs", instrument="my-instrument-1"))
    used = {one.design: one for one in design_uses(filled) if one.studies}
    assert used["rct"].other == ()
    assert used["nrs"].other == (("s2", "Study 2", "my-instrument-1"),)
    found = [(one.instrument.id, one.studies, one.own) for one in instrument_uses(filled)]
    assert found == [("rob2-parallel", 1, False), ("my-instrument-1", 1, True)]
    suiting, others = offered_for(filled, "rct")
    assert "my-instrument-1" in dict(others)
    assert "my-instrument-1" in dict(offered_for(filled, "nrs")[0])
    assert not set(dict(suiting)) & set(dict(others))

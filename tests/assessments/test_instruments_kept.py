"""Copies of instruments live in the review and lead over what ships."""

from pathlib import Path

import pytest

from assessments.assessment import Unit, judge
from assessments.instruments_kept import (
    FOLDER,
    all_instruments,
    digest_of,
    instrument_of,
    keep,
    keep_own,
    shipped,
    shipped_instrument,
    suitable_for,
)
from assessments.problems import Refused
from assessments.review import InstrumentCopy
from assessments.store.project_file import Project

TEMPLATE = (FOLDER / "TEMPLATE.toml").read_text()


def own(folder: Path, text: str = TEMPLATE, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_a_copy_is_kept_once_with_its_version_and_digest(project: Project) -> None:
    assert keep(project, "rob2-parallel").value == "rob2-parallel"
    assert not keep(project, "rob2-parallel").changes
    copy = project.one(InstrumentCopy, "rob2-parallel")
    assert copy is not None
    assert copy.version == "2019-08-22"
    assert copy.digest == digest_of(copy.text)
    assert instrument_of(project, "rob2-parallel").digest == copy.digest


def test_an_instrument_is_read_once(project: Project) -> None:
    keep(project, "rob1")
    assert instrument_of(project, "rob1") is instrument_of(project, "rob1")
    assert instrument_of(project, "rob1") is shipped_instrument("rob1")


def test_the_copy_in_the_review_leads(project: Project, tmp_path: Path) -> None:
    done = keep_own(project, own(tmp_path))
    assert done.ok
    assert done.value == "my-instrument-1"
    assert instrument_of(project, "my-instrument-1").domain("D3").title == "Other bias"
    first = all_instruments(project)[0]
    assert first == ("my-instrument-1", "Template for a team's own instrument")
    assert set(shipped()) <= set(all_instruments(project))


def test_an_own_instrument_can_be_mended_until_it_is_used(filled: Project, tmp_path: Path) -> None:
    keep_own(filled, own(tmp_path))
    mended = own(tmp_path, TEMPLATE.replace("Other bias", "Further bias"))
    assert keep_own(filled, mended).ok
    assert instrument_of(filled, "my-instrument-1").domain("D3").title == "Further bias"
    unit = Unit(instrument="my-instrument-1", kind="study", id="s1")
    assert judge(filled, unit, "D3", "low").ok
    refused = keep_own(filled, own(tmp_path))
    assert [one.code for one in refused.problems] == ["id-taken"]


def test_the_first_judgement_keeps_the_copy(filled: Project) -> None:
    unit = Unit(instrument="rob1", kind="study", id="s1")
    assert judge(filled, unit, "D1", "unclear").ok
    assert [one.id for one in filled.all(InstrumentCopy)] == ["rob1"]


def test_an_own_instrument_cannot_take_a_name_in_use(project: Project, tmp_path: Path) -> None:
    text = TEMPLATE.replace('id = "my-instrument-1"', 'id = "rob1"')
    assert [one.code for one in keep_own(project, own(tmp_path, text)).problems] == ["id-taken"]
    assert project.all(InstrumentCopy) == ()


def test_a_wrong_own_instrument_is_refused_and_leaves_nothing(
    project: Project, tmp_path: Path
) -> None:
    text = TEMPLATE.replace('gate = { "1.1" = "N PN NI" }', 'gate = { "1.2" = "N" }')
    problems = keep_own(project, own(tmp_path, text)).problems
    assert problems[0].code == "circular-gate"
    assert "own.toml, domain D1, question 1.2" in problems[0].sentence
    assert project.all(InstrumentCopy) == ()


def test_an_unknown_instrument_is_refused_in_words(project: Project) -> None:
    with pytest.raises(Refused, match="There is no instrument “nothing”"):
        instrument_of(project, "nothing")
    with pytest.raises(Refused, match="There is no instrument"):
        shipped_instrument("../../secret")


def test_designs_get_the_instrument_made_for_them() -> None:
    firsts = {design: suitable_for(design)[0] for design in ("rct", "cluster_rct", "crossover")}
    assert firsts == {
        "rct": "rob2-parallel", "cluster_rct": "rob2-cluster", "crossover": "rob2-crossover"
    }
    assert suitable_for("its")[0] == "epoc-its"
    assert suitable_for("something else") == suitable_for("nrs")

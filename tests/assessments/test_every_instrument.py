"""Every instrument that ships: whole, checked, and equal to the published rules."""

import json
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from assessments.instrument import OVERALL, Domain, Instrument
from assessments.instrument_file import examined, text_of
from assessments.instrument_overall import propose_overall
from assessments.instrument_rules import (
    level_of_vector,
    matching_rules,
    open_questions,
    propose,
    vectors,
)
from assessments.instruments_kept import FOLDER, SHIPPED, SUITABLE, shipped_instrument
from assessments.review import DESIGNS

REFERENCES = Path(__file__).parent.parent / "references" / "instruments"
COUNTS = json.loads((REFERENCES / "counts.json").read_text())
VECTORS = json.loads((REFERENCES / "vectors.json").read_text())
IDS = [one for one, _title in SHIPPED]


def names(row: dict) -> str:
    return " ".join(str(row[key]) for key in ("id", "instrument", "domain", "effect") if key in row)


def forms(instrument: Instrument) -> list[Domain]:
    return [form for one in instrument.domains for form in (one.forms or (one,))]


def test_the_table_of_contents_names_every_file_and_no_other() -> None:
    files = {path.stem for path in FOLDER.glob("*.toml")} - {"TEMPLATE"}
    assert files == set(IDS)
    assert len(IDS) == len(set(IDS))


@pytest.mark.parametrize("name", [*IDS, "TEMPLATE"])
def test_every_file_passes_the_checker(name: str) -> None:
    path = FOLDER / f"{name}.toml"
    instrument, complaints = examined(text_of(path), path.name)
    assert [str(problem) for problem in complaints.problems] == []
    assert instrument is not None
    if name != "TEMPLATE":
        assert (instrument.id, instrument.title) == (name, dict(SHIPPED)[name])


@pytest.mark.parametrize("name", IDS)
def test_every_instrument_says_where_it_comes_from(name: str) -> None:
    instrument = shipped_instrument(name)
    assert len(instrument.attribution) > 40
    assert instrument.licence
    assert instrument.doi.startswith("10.") or any("no DOI" in note for note in instrument.notes)
    assert any("not an official product" in note for note in instrument.notes)


@pytest.mark.parametrize("name", IDS)
def test_prompts_are_short_questions_with_a_place_to_look(name: str) -> None:
    for form in forms(shipped_instrument(name)):
        assert len(form.short) <= 60
        for question in form.questions:
            assert question.prompt.endswith("?"), question.prompt
            assert 15 <= len(question.prompt) <= 130, question.prompt
            assert question.official, question.id
            assert len({option.label for option in question.options}) == len(question.options)


@pytest.mark.parametrize("name", IDS)
def test_a_rule_that_is_not_verified_says_why(name: str) -> None:
    for form in forms(shipped_instrument(name)):
        assert form.status == "VERIFIED" or len(form.status_note) > 20, form.key or form.id


@pytest.mark.parametrize("name", IDS)
def test_levels_can_be_told_apart_without_colour(name: str) -> None:
    instrument = shipped_instrument(name)
    for domain in instrument.domains:
        keys = [level.key for level in domain.levels]
        assert all(keys)
        assert len(keys) == len(set(keys))
        marks = [(level.glyph, level.role) for level in domain.levels if level.role != "neutral"]
        assert len(marks) == len(set(marks))


def test_every_design_has_an_instrument_and_each_file_lists_the_design() -> None:
    assert set(SUITABLE) == set(DESIGNS)
    for design, suitable in SUITABLE.items():
        assert suitable
        for name in suitable:
            assert design in shipped_instrument(name).designs, (design, name)


@pytest.mark.parametrize("row", COUNTS["domains"], ids=names)
def test_every_answer_vector_meets_one_judgement_and_counts_agree(row: dict) -> None:
    instrument = shipped_instrument(row["instrument"])
    domain = instrument.domain(row["domain"], row["effect"])
    found: Counter[str] = Counter()
    parts = {rule.part for rule in domain.rules}
    for vector in vectors(domain):
        matched = matching_rules(domain, vector)
        assert {rule.part for rule in matched} == parts
        level = level_of_vector(domain, vector)
        assert level is not None
        found[domain.level(level).name] += 1
    assert dict(found) == row["counts"]
    assert found.total() == row["total"]


@pytest.mark.parametrize("row", COUNTS["domains"], ids=names)
def test_counts_without_probably_agree(row: dict) -> None:
    domain = shipped_instrument(row["instrument"]).domain(row["domain"], row["effect"])
    options = {
        question.id: [code for code in question.codes if code not in ("PY", "PN")]
        for question in domain.questions
    }
    found = Counter(
        domain.level(level_of_vector(domain, vector) or "").name
        for vector in vectors(domain, options=options)
    )
    assert dict(found) == row["collapsed"]


@pytest.mark.parametrize("row", COUNTS["overall"], ids=names)
def test_every_combination_of_levels_has_one_overall_judgement(row: dict) -> None:
    instrument = shipped_instrument(row["instrument"])
    domains = [one for one in instrument.domains if one.kind == "bias"]
    assert len(domains) == row["domains"]
    passed = {one.id: "proceed" for one in instrument.domains if one.kind == "screening"}
    codes = {level.name: level.code for level in instrument.levels}
    chosen = [codes[name] for name in row["levels"]]
    found: Counter[str] = Counter()
    same = {domain.id: best_alias(domain, instrument) for domain in domains}
    for way in product(chosen, repeat=len(domains)):
        levels = {
            domain.id: same[domain.id].get(code, code)
            for domain, code in zip(domains, way, strict=True)
        }
        proposal = propose_overall(
            instrument, {**levels, **passed}, key_domains=[domain.id for domain in domains]
        )
        assert proposal.state == "proposed"
        found[instrument.level(OVERALL, proposal.level or "").name] += 1
    assert dict(found) == row["counts"]


def best_alias(domain: Domain, instrument: Instrument) -> dict[str, str]:
    """Return the domain's own code for a level that counts as another in the overall rule."""
    assert instrument.overall is not None
    own = {level.code for level in domain.levels}
    return {
        target: code for code, target in instrument.overall.same_as
        if code in own and target not in own
    }


@pytest.mark.parametrize("row", VECTORS["domains"], ids=names)
def test_published_answers_give_the_published_level(row: dict) -> None:
    instrument = shipped_instrument(row["instrument"])
    domain = instrument.domain(row["domain"], row["effect"])
    codes = row["answers"].split()
    answers = dict(zip((one.id for one in domain.questions), codes, strict=True))
    proposal = propose(instrument, row["domain"], answers, row["effect"])
    assert proposal.state == "proposed", proposal
    assert domain.level(proposal.level or "").name == row["level"]
    asked = [one.id for one in open_questions(domain, answers)]
    assert [name for name, _code in proposal.path] == asked
    assert proposal.rule in {rule.id for rule in domain.rules}


@pytest.mark.parametrize("row", VECTORS["overall"], ids=names)
def test_published_domain_levels_give_the_published_overall_level(row: dict) -> None:
    instrument = shipped_instrument(row["instrument"])
    domains = [one for one in instrument.domains if one.kind == "bias"]
    codes = {level.name: level.code for level in instrument.levels}
    levels = {one.id: "proceed" for one in instrument.domains if one.kind == "screening"}
    for domain, name in zip(domains, row["levels"].split("|"), strict=True):
        levels[domain.id] = best_alias(domain, instrument).get(codes[name], codes[name])
    proposal = propose_overall(instrument, levels)
    assert instrument.level(OVERALL, proposal.level or "").name == row["level"]


@pytest.mark.parametrize(
    ("name", "effect", "domains", "questions"),
    [
        ("rob1", "", 7, 0),
        ("rob2-parallel", "assignment", 5, 22),
        ("rob2-parallel", "adhering", 5, 21),
        ("rob2-cluster", "assignment", 6, 28),
        ("robins-i-2016", "assignment", 7, 30),
        ("robins-i-2016", "adhering", 7, 32),
        ("epoc-rct-nrct-cba", "", 9, 0),
        ("epoc-its", "", 7, 0),
        ("quadas-2", "", 4, 11),
        ("quips", "", 6, 0),
        ("probast", "", 4, 20),
        ("robis", "", 5, 24),
        ("newcastle-ottawa", "", 3, 9),
        ("jbi-rct-2017", "", 13, 0),
        ("jbi-rct-2023", "", 13, 0),
        ("robins-e", "", 7, 7),
    ],
)
def test_numbers_of_domains_and_questions_are_those_of_the_instrument(
    name: str, effect: str, domains: int, questions: int
) -> None:
    used = shipped_instrument(name).domains_for(effect)
    assert sum(one.kind in ("bias", "item") for one in used) == domains
    assert sum(len(one.questions) for one in used) == questions


TELLTALE = (
    "all, or nearly all,", "aware of their assigned", "ascertainment of the outcome",
    "because of the trial context", "accordance with a pre-specified", "multiple eligible",
    "groups clearly defined", "robust to the presence", "balanced across intervention",
    "predictors handled appropriately", "all patients included", "eligibility criteria appropriate",
    "basis of their statistical", "departures explained", "to treatment assignment",
)
"""A few words of sentences under other people's licence: where they stand, more was copied."""


@pytest.mark.parametrize("name", [name for name, _title in SHIPPED])
def test_prompts_are_not_the_official_sentences(name: str) -> None:
    instrument = shipped_instrument(name)
    forms = [form for one in instrument.domains for form in (one.forms or (one,))]
    said = [form.title for form in forms]
    said += [one.prompt for form in forms for one in form.questions]
    assert [(text, words) for text in said for words in TELLTALE if words in text.lower()] == []

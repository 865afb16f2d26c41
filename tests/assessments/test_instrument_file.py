"""A wrong instrument file gets sentences that say where; a right one is read whole."""

import os
from pathlib import Path

import pytest

from assessments.instrument_file import LARGEST_FILE, examined, read_instrument, text_of
from assessments.instruments_kept import FOLDER
from assessments.problems import Refused

TEMPLATE = text_of(FOLDER / "TEMPLATE.toml")


def complaints(old: str, new: str, text: str = TEMPLATE) -> list[tuple[str, str]]:
    assert old in text
    _instrument, found = examined(text.replace(old, new, 1), "own.toml")
    return [(problem.code, str(problem)) for problem in found.problems]


def test_the_template_is_itself_in_order() -> None:
    instrument = read_instrument(FOLDER / "TEMPLATE.toml")
    assert [one.id for one in instrument.domains] == ["D1", "D2", "D3"]
    assert instrument.domain("D1").question("1.2").codes == ("Y", "PY", "PN", "N", "NI", "U")
    assert instrument.domain("D1").question("1.2").options[-1].label == "Unclear"


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        (
            '{ id = "b", if = { "1.2" = "Y PY" }, then = "some_concerns" },', "",
            "missing-rule", "own.toml, domain D1: no rule fits the answers 1.1 = PN, 1.2 = Y.",
        ),
        (
            '{ id = "m2", if = { "2.1" = "N PN NI" }, then = "high" },', "",
            "missing-rule", "own.toml, domain D2: in method no rule fits",
        ),
        (
            'options = "Y PY PN N NI"\nunfavourable = "no"',
            'options = "Y PY PN N NI"\ngate = { "1.2" = "Y" }\nunfavourable = "no"',
            "circular-gate", "own.toml, domain D1, question 1.1: the gate is circular",
        ),
        (
            'gate = { "1.1" = "N PN NI" }', 'gate = { "1.2" = "N" }',
            "circular-gate", "own.toml, domain D1, question 1.2: the gate is circular",
        ),
        (
            'id = "2.1"\nprompt', 'id = "2.1"\ngate = { "2.2" = "Y" }\nprompt',
            "gate-order", "own.toml, domain D2, question 2.1: the gate hangs on 2.2",
        ),
        (
            'id = "2.2"\nprompt', 'id = "2.1"\nprompt',
            "duplicate-id", "own.toml, domain D2: the question “2.1” is there 2 times",
        ),
        (
            'id = "D3"', 'id = "D1"',
            "duplicate-id", "own.toml: the domain “D1” is there 2 times",
        ),
        (
            '{ id = "b2"', '{ id = "b1"',
            "duplicate-id", "own.toml, domain D2: the rule “b1” is there 2 times",
        ),
        (
            'prompt = "Was the outcome measured in a suitable way?"', 'prompt = " "',
            "empty-prompt",
            "own.toml, domain D2, question 2.1: “prompt” is missing or empty.",
        ),
        (
            'prompt = "Was the outcome measured in a suitable way?"', "",
            "empty-prompt",
            "own.toml, domain D2, question 2.1: “prompt” is missing or empty.",
        ),
        (
            'if = { "2.1" = "Y PY" }', 'if = { "2.9" = "Y PY" }',
            "unknown-question",
            "own.toml, domain D2, rule m1: the condition names question “2.9”",
        ),
        (
            'if = { "2.1" = "Y PY" }', 'if = { "2.1" = "Y MAYBE" }',
            "unknown-answer",
            "own.toml, domain D2, rule m1: the condition wants “MAYBE”, which is no answer to 2.1.",
        ),
        (
            'if = { "2.1" = "Y PY" }, then = "low"', 'if = { "2.1" = "Y PY" }, then = "lowest"',
            "unknown-level", "own.toml, domain D2, rule m1: “lowest” is not a level of",
        ),
        (
            'levels = ["low", "high"]', 'levels = ["low", "worst"]',
            "unknown-level", "own.toml, domain D3: “worst” is not a level that the file declares.",
        ),
        (
            'unit = "study"', 'unit = "patient"',
            "instrument", "own.toml: “unit” is “patient”, but must be one of: study, result,",
        ),
        (
            'short = "Choice of people"', 'shrot = "Choice of people"',
            "instrument", "own.toml, domain D1: “shrot” is not a field that is known here.",
        ),
        (
            '{ id = "b", if = { any_is = "some_concerns" }, then = "some_concerns" },', "",
            "missing-rule", "own.toml, overall judgement: no rule fits the levels",
        ),
        (
            'designs = ["rct", "nrs"]', 'designs = ["rtc"]',
            "instrument", "own.toml: “rtc” is not a study design; known are: rct,",
        ),
        (
            'key = "S"', 'key = "L"',
            "duplicate-id", "own.toml, domain D1: the key “L” is there 2 times",
        ),
        (
            'options = "Y PY PN N NI U"', 'options = "Y PY PN N NI Q"',
            "instrument",
            "own.toml, domain D1, question 1.2: the answer “Q” has no words",
        ),
        (
            "# expected_counts = { low = 2, … }", "expected_counts = { low = 3 }",
            "counts", "own.toml, domain D1: the numbers of answer vectors per level differ",
        ),
        (
            'combine = ["low", "some_concerns", "high"]     # from', "# from",
            "instrument", "own.toml, domain D2: rule m1: “combine” must hold the levels",
        ),
        (
            '"1.2" = "Y PY" }, then', '"1.2" = 5 }, then',
            "instrument", "own.toml, domain D1, rule b: “1.2” needs codes in quotes",
        ),
        (
            'then = "low" },\n  { id = "b"', 'decide = "", then = "" },\n  { id = "b"',
            "instrument", "own.toml, domain D1, rule a: a rule needs either “then”",
        ),
    ],
)
def test_each_mistake_gets_a_sentence_with_its_place(
    old: str, new: str, code: str, words: str
) -> None:
    found = complaints(old, new)
    assert any(one == code and words in sentence for one, sentence in found), found


def test_all_mistakes_are_told_at_once() -> None:
    text = TEMPLATE.replace('unit = "study"', 'unit = "x"').replace('id = "2.1"', 'id = ""')
    assert len(complaints('attribution = "Who', 'attribution = "", y = "Who', text)) >= 1
    _instrument, found = examined(text, "own.toml")
    assert len(found.problems) >= 2


def test_what_is_not_toml_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("id = yes\n")
    with pytest.raises(Refused) as refusal:
        read_instrument(path)
    assert refusal.value.problems[0].code == "not-toml"
    assert "own.toml: this is not a TOML file" in str(refusal.value)
    assert "line 1" in str(refusal.value)


@pytest.mark.parametrize(
    "text", ["[" * 5000, "a = " + "[" * 3000, "a = 1" + "0" * 6000, "a = " + "{ a = " * 2000]
)
def test_absurd_toml_is_refused_in_words(text: str) -> None:
    instrument, found = examined(text, "own.toml")
    assert instrument is None or found.problems
    assert found.problems[0].code in ("not-toml", "instrument")


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 50_000_000)
    with pytest.raises(Refused, match=r"own\.toml: the file has 50\.0 MB; an instrument has at"):
        text_of(path)
    assert LARGEST_FILE < 50_000_000


def test_a_file_that_is_not_text_or_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"id = '\xff\xfe'")
    with pytest.raises(Refused, match="not text in UTF-8"):
        text_of(path)
    with pytest.raises(Refused, match="cannot be read"):
        text_of(tmp_path / "nowhere.toml")
    with pytest.raises(Refused, match="a folder"):
        text_of(tmp_path)


def test_lines_may_end_as_on_windows(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + TEMPLATE.replace("\n", "\r\n").encode())
    assert read_instrument(path).id == "my-instrument-1"


def test_too_many_answer_vectors_are_said_and_not_waited_for() -> None:
    ids = [f"9.{n}" for n in range(30)]
    questions = "".join(
        f'[[domain.question]]\nid = "{one}"\nprompt = "Is number {one} as it should be?"\n'
        'options = "Y N NI"\n'
        for one in ids
    )
    rules = ", ".join(
        f'{{ id = "{one}{code}", if = {{ "{one}" = "{code}" }}, then = "low" }}'
        for one in ids for code in ("Y", "N", "NI")
    )
    text = (
        'id = "big"\nversion = "1"\ntitle = "Big"\nattribution = "Nobody"\n'
        '[[level]]\ncode = "low"\nname = "Low"\nkey = "L"\nrole = "low"\n'
        f'[[domain]]\nid = "D9"\ntitle = "Big"\nrules = [ {rules} ]\n{questions}'
    )
    _instrument, found = examined(text, "big.toml")
    assert [one.code for one in found.problems] == ["too-many-vectors"]
    assert "domain D9" in str(found.problems[0])
    assert "split the domain" in str(found.problems[0])

"""The team's words in the frame of the certainty: sof.md 5.1 and 5.3."""

import pytest

from assessments.grade_files import statement_templates
from gradecore.grade.own_verb import faults_of_verb, saying_with, tidy
from gradecore.grade.plain_language import form_needed, statement
from gradecore.input_errors import InputError


def said(certainty: str, intervention: str = "Exercise", **forms: str) -> str:
    words = {"verb": "shortens the stay in hospital", "verb_infinitive": "shorten the stay in "
             "hospital"} | forms
    saying = saying_with((intervention, "Length of stay"), certainty, **words)
    return statement(saying, statement_templates())


@pytest.mark.parametrize(("certainty", "sentence"), [
    ("high", "Exercise shortens the stay in hospital."),
    ("moderate", "Exercise probably shortens the stay in hospital."),
    ("low", "Exercise may shorten the stay in hospital."),
    ("very_low", "The effect of exercise on length of stay is very uncertain."),
])
def test_the_frames_of_the_specification(certainty: str, sentence: str):
    assert said(certainty) == sentence


def test_plural_interventions_take_the_infinitive():
    assert said("high", "Exercises") == "Exercises shorten the stay in hospital."
    assert said("moderate", "Exercises", verb="") == (
        "Exercises probably shorten the stay in hospital.")


def test_a_form_that_was_not_written_makes_no_sentence():
    for certainty, missing in (("high", "verb"), ("moderate", "verb"), ("low", "verb_infinitive")):
        with pytest.raises(InputError) as caught:
            said(certainty, **{missing: ""})
        assert caught.value.column == missing
    assert said("very_low", verb="", verb_infinitive="").startswith("The effect of exercise on")


def test_what_form_is_needed():
    def needed(certainty: str, intervention: str = "Exercise") -> str:
        return form_needed(saying_with((intervention, "O"), certainty, verb="", verb_infinitive=""))

    assert [needed(one) for one in ("high", "moderate", "low", "very_low")] == [
        "verb", "verb", "verb_infinitive", ""]
    assert needed("high", "Exercises") == "verb_infinitive"


def test_words_are_put_into_the_frame_without_their_full_stop():
    assert tidy("  reduces\n falls. ") == "reduces falls"
    assert said("high", verb="reduces falls.") == "Exercise reduces falls."


@pytest.mark.parametrize(("words", "told"), [
    ("reduces falls", ()),
    ("makes little or no difference to falls", ()),
    ("has little or no effect on falls", ()),
    ("probably reduces falls", ("“probably”",)),
    ("may possibly reduce falls", ("“may”, “possibly”",)),
    ("significantly reduces falls", ("significance",)),
    ("has no effect on falls", ("“No effect”",)),
    ("makes no important difference to falls", ("“No effect”",)),
    ("seems to make no difference", ("“seems”", "“No effect”")),
])
def test_certainty_significance_and_no_effect_are_no_words_of_the_team(words, told):
    found = faults_of_verb(words)
    assert len(found) == len(told)
    assert all(part in sentence for part, sentence in zip(told, found, strict=True))

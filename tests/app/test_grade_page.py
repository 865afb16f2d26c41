"""The page GRADE: facts and prompts beside the decision, sealing, stale ratings, thresholds."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.pages.grade import GradePage
from assessments import samples
from assessments.assessment import Answer, Judgement
from assessments.edits import undo
from assessments.rating import rating_of
from assessments.rating_edits import acknowledge
from assessments.review_edits import add
from assessments.store.project_file import open_project
from gradecore.grade.vocabulary import DOMAINS
from tests.app.grade_review import Opener, at_page, build, rate_all, settle_down
from tests.app.risk_of_bias_review import press
from tests.conftest import done


@pytest.fixture
def page(open_window: Opener, path: Path) -> GradePage:
    """The page on the small review, with A sitting there."""
    return at_page(open_window, build(path))


@pytest.fixture
def sample_page(open_window: Opener, path: Path) -> GradePage:
    """The page on the invented complete review, with A sitting there."""
    samples.build("invented", path).close()
    window = open_window(path)
    people = {one.role: one.id for one in window.workspace.people}
    window.workspace.sit(people["a"])
    window.resize(1440, 900)
    window.show_page("grade")
    settle_down(window.page)
    return window.page


def words_in(widget: QWidget) -> str:
    """Return all words that can be seen in a widget."""
    found = [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]
    found += [one.text() for one in widget.findChildren(QPushButton) if one.isVisibleTo(widget)]
    return "\n".join(found)


def open_domain(page: GradePage, domain: str) -> QWidget:
    """Go to a domain and return its card."""
    page.rating.cards[domain].setFocus()
    settle_down(page)
    return page.rating.cards[domain]


# -- what is shown -------------------------------------------------------------------------


def test_nothing_is_preselected_and_the_sum_is_incomplete(page: GradePage) -> None:
    for card in page.rating.cards.values():
        assert card.levels.value is None
        assert card.levels.proposal is None
    assert page.rating.side.word.text() == "Incomplete"
    assert page.rating.side.sum.text() == "0 of 5 domains decided"
    assert page.rating.side.mark.filled is None


def test_a_published_body_says_why_inconsistency_cannot_be_assessed(page: GradePage) -> None:
    card = open_domain(page, "inconsistency")
    assert "Cannot be assessed from what was entered" in card.facts.text()
    assert "not serious" not in card.facts.text().casefold()
    card.details.quiet.show_all()
    settle_down(page)
    said = words_in(card.details.quiet)
    for prompt in ("INC-2", "INC-3", "INC-4"):
        assert f"{prompt} " in said
    quiet = {one.id for one in page.desk.sheet.prompts_in("inconsistency") if not one.fired}
    assert all(f"{one} " in said for one in quiet)
    assert "INC-2 Overlap: cannot be assessed. " in said


def test_an_outcome_without_studies_cannot_be_rated(page: GradePage) -> None:
    page.outcomes.list.choose("harm")
    settle_down(page)
    assert "No study reported this outcome" in page.rating.notice.words.text()
    assert all(card.isHidden() for card in page.rating.cards.values())
    press("2")
    assert rating_of(page.workspace.project, "harm", "a") is None
    assert page.rating.side.word.text() == "Not rated"


def test_facts_pictures_and_questions_of_pooled_studies(sample_page: GradePage) -> None:
    page = sample_page
    page.outcomes.list.choose(next(
        one.id for one in page.outcomes.outcomes if one.label == "Cancelled performance"))
    card = open_domain(page, "rob")
    assert [zone.key for zone in card.picture.view.figure.zones] == ["low", "some", "high"]
    assert "49%" in card.picture.view.accessibleName()
    card = open_domain(page, "imprecision")
    assert "97 fewer per 1000 (129 fewer to 52 fewer)" in card.picture.view.accessibleName()
    assert "important benefit" in card.picture.view.accessibleName()
    card = open_domain(page, "inconsistency")
    assert {zone.key for zone in card.picture.view.figure.zones} == {
        "studies", "estimate", "prediction"}
    row = card.details.prompts["INC-1"]
    assert "Core GRADE 3" in row.rule.text()
    assert row.trust.text() == "secondary source"


def test_what_is_often_chosen_is_folded_and_opening_it_is_noted(page: GradePage) -> None:
    card = open_domain(page, "imprecision")
    row = card.details.prompts["IMP-1"]
    assert row.typical.isHidden()
    row.more.click()
    settle_down(page)
    assert not card.details.prompts["IMP-1"].typical.isHidden()
    noted = page.workspace.project.all(Answer, question="typical/IMP-1")
    assert [one.response for one in noted] == ["opened"]
    assert page.desk.sheet.level("imprecision") is None


def test_another_outcome_has_nothing_opened_of_the_one_before(page: GradePage) -> None:
    row = open_domain(page, "imprecision").details.prompts["IMP-1"]
    row.more.click()
    row.setFocus()
    press("3")
    row.why.edit.setText("Half a tho")
    settle_down(page)
    page.outcomes.list.choose("sleep")
    settle_down(page)
    again = open_domain(page, "imprecision").details.prompts["IMP-1"]
    assert again.typical.isHidden()
    assert again.why.isHidden()
    assert again.why.text() == ""
    noted = page.workspace.project.all(Answer, question="ack/IMP-1")
    assert [(one.note, one.response) for one in noted] == [("Half a tho", "not_relevant")]
    page.outcomes.list.choose("calm")
    settle_down(page)
    assert page.desk.sheet.notes["imprecision", "ack/IMP-1"] == "Half a tho"


def test_idle_moments_make_domains_and_neighbours_ready(page: GradePage) -> None:
    assert page.rating.cards["imprecision"].details is None
    page.ahead.finish()
    ready = [card.details for card in page.rating.cards.values()]
    assert None not in ready
    assert [one.isHidden() for one in ready] == [False, True, True, True, True]
    assert page.workspace.project.all(Judgement) == ()
    assert page.workspace.project.all(Answer) == ()


# -- prompts, reasons, drafts --------------------------------------------------------------


def test_not_relevant_needs_a_reason(page: GradePage) -> None:
    card = open_domain(page, "imprecision")
    row = card.details.prompts["IMP-1"]
    row.setFocus()
    press("3")
    assert page.desk.sheet.acknowledged(row.prompt) is None
    assert row.why.isVisible()
    press("The other end is not plausible", "Enter")
    assert page.desk.sheet.acknowledged(row.prompt) == "not_relevant"
    assert page.desk.sheet.notes["imprecision", "ack/IMP-1"] == "The other end is not plausible"
    refused = acknowledge(page.workspace.project, "calm", ("imprecision", "IMP-1"),
                          "not_relevant", " ")
    assert [one.code for one in refused.problems] == ["reason"]


def test_a_draft_is_made_on_request_and_marked_until_it_is_edited(page: GradePage) -> None:
    card = open_domain(page, "imprecision")
    press("2")
    card.details.prompts["IMP-1"].setFocus()
    press("1")
    settle_down(page)
    assert card.explanation.field.text() == ""
    card.explanation.draft.click()
    settle_down(page)
    text = card.explanation.field.text()
    assert text.startswith("Imprecision: rated down one level.")
    assert page.desk.sheet.drafted("imprecision")
    assert card.explanation.generated.text() == "generated, not edited yet"
    card.explanation.field.edit.setPlainText(f"{text} Four studies.")
    card.explanation.field.commit()
    settle_down(page)
    assert not page.desk.sheet.drafted("imprecision")
    assert card.explanation.generated.text() == ""


def test_the_linter_warns_beside_the_text(page: GradePage) -> None:
    card = open_domain(page, "imprecision")
    press("2", "R", "The interval is wide and I2 is high", "Esc")
    settle_down(page)
    said = card.explanation.warnings.text()
    assert "Heterogeneity belongs to inconsistency." in said
    assert "It does not say by how many levels." in said


def test_missing_things_are_listed_and_one_click_away(page: GradePage) -> None:
    press("2")
    press("Ctrl+Shift+Enter")
    settle_down(page)
    assert page.rating.notice.lists_missing
    assert page.rating.notice.isAncestorOf(QApplication.focusWidget()), "Enter goes there"
    links = {
        one.text(): one for one in page.rating.notice.findChildren(QPushButton)
        if one.isVisibleTo(page.rating.notice)
    }
    wanted = next(text for text in links if text.startswith("Imprecision: not judged"))
    links[wanted].click()
    settle_down(page)
    assert page.rating.current == "imprecision"
    assert page.rating.cards["imprecision"].hasFocus()


def test_the_sum_explains_itself_and_the_row_follows(page: GradePage) -> None:
    for domain, level in zip(DOMAINS, ("2", "1", "2", "4", "5"), strict=True):
        page.rating.cards[domain].setFocus()
        press(level)
    settle_down(page)
    side = page.rating.side
    assert side.word.text() == "Very low"
    assert side.sum.text() == "4 − 1 − 1 − 3 = −1 (−2 below the floor)"
    assert side.mark.filled == 1
    assert page.rating.preview.word.text().startswith("Very low")
    assert page.rating.preview.mark.text() == "preview from your rating"
    assert "humming" in side.statement.text.text().casefold()
    assert side.statement.field.isHidden()


# -- sealing -------------------------------------------------------------------------------


def test_only_ones_own_rating_is_seen_until_both_have_finished(
    open_window: Opener, path: Path
) -> None:
    build(path)
    with open_project(path) as project:
        rate_all(project, "calm", "b", "very_serious")
    page = at_page(open_window, path)
    assert page.desk.sheet.states["b"] == "finished"
    assert page.desk.sheet.rated is None
    everything = words_in(page)
    assert "Very low" not in everything
    assert "Incomplete" in everything
    assert page.rating.preview.word.text() == "Not rated yet"
    assert page.outcomes.list.items[0].certainty is None
    rate_all(page.workspace.project, "calm", "a")
    page.refresh(None)
    assert page.desk.sheet.both_finished
    assert page.rating.side.word.text() == "Moderate"  # one's own still
    assert "can be compared" in page.rating.notice.more.text()


def test_a_finished_rating_is_closed_until_it_is_reopened_with_a_reason(
    open_window: Opener, path: Path
) -> None:
    build(path)
    with open_project(path) as project:
        rate_all(project, "calm", "a")
    page = at_page(open_window, path)
    page.outcomes.list.choose("calm")
    press("1", "2", "Back")
    assert page.desk.sheet.level("imprecision") == "serious"
    assert page.desk.sheet.level("rob") == "not_serious"
    page.rating.notice.ask_reason()
    press("Enter")
    assert "needs a reason" in page.rating.notice.reason.problem.text()
    press("Overlooked Table 3", "Enter")
    settle_down(page)
    assert not page.desk.sheet.finished
    assert "Overlooked Table 3" in page.rating.notice.words.text()


# -- stale ---------------------------------------------------------------------------------


def test_every_control_has_a_name(page: GradePage) -> None:
    for domain in DOMAINS:
        card = open_domain(page, domain)
        assert card.accessibleName()
        for one in card.findChildren(QPushButton):
            assert one.accessibleName(), one
    page.tabs.show_tab("thresholds")
    settle_down(page)
    for one in page.findChildren(QPushButton):
        assert one.accessibleName() or one.text(), one


def test_without_a_seat_the_page_asks_who_rates(page: GradePage) -> None:
    page.workspace.sit(None)
    assert page.stack.currentWidget() is page.nobody
    settle_down(page)
    assert QApplication.focusWidget().text() == "Anna Keller · assessor A"
    assert "Anna Keller · assessor A" in words_in(page.nobody)
    assert page.commands() == ()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle_down(page)
    assert page.workspace.seat == "a"
    assert QApplication.focusWidget() is page.rating.cards[page.rating.current]


def test_a_step_of_ones_own_touches_no_facts(page: GradePage) -> None:
    facts = page.desk.sheet.facts
    press("2")
    assert page.desk.sheet.facts is facts
    press("R", "One level for 4 studies.", "Esc")
    assert page.desk.sheet.facts is facts
    done(undo(page.workspace.project))
    QTest.qWait(10)
    done(add(page.workspace.project, "baseline", outcome="calm", risk=0.2))
    page.refresh(None)
    assert page.desk.sheet.facts is not facts


def test_who_sits_down_begins_at_the_first_open_domain(page: GradePage) -> None:
    page.rating.cards["publication_bias"].setFocus()
    press("1")
    settle_down(page)
    assert page.rating.current == "publication_bias"
    page.workspace.sit("person-b")
    settle_down(page)
    assert page.rating.current == "rob"
    assert page.rating.cards["rob"].hasFocus()
    press("1")
    settle_down(page)
    assert page.desk.sheet.level("rob") == "not_serious"
    assert page.desk.sheet.level("publication_bias") is None


def test_the_next_thing_to_do_is_offered_while_there_is_one(page: GradePage) -> None:
    def offered() -> bool:
        settle_down(page)
        return "Next to do" in [one.text() for one in page.rating.notice.findChildren(QPushButton)]

    project = page.workspace.project
    rate_all(project, "calm", "a")
    page.refresh(None)
    assert offered()
    for outcome in ("sleep", "mood"):
        rate_all(project, outcome, "a")
    page.refresh(None)
    assert page.desk.sheet.finished
    assert not offered()

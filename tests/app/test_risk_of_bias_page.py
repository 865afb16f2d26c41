"""The page Risk of bias: sealing, copying, documents, guidance, finishing, and names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.main_window import MainWindow
from app.pages.risk_of_bias import RiskOfBiasPage
from assessments.assessment import Unit, attach_quote, judge, write
from assessments.copied_domains import copied_from
from assessments.effect_of_interest import decide_effect, team_effect
from assessments.finishing import finish
from assessments.instrument import OVERALL
from assessments.instruments_kept import shipped_instrument
from assessments.judging import choose_level, give_answer
from assessments.review import TeamRule
from assessments.review_edits import add, change, decide
from assessments.store.project_file import Project, open_project
from tests.app.conftest import shown_widgets
from tests.app.risk_of_bias_review import build, press
from tests.app.test_risk_of_bias_by_keyboard import at_page
from tests.conftest import done

Opener = Callable[[Path], MainWindow]
UNIT = Unit(instrument="rob2-parallel", kind="result", id="s1-o1")
LOW = {
    "D1": {"1.1": "Y", "1.2": "Y", "1.3": "N"},
    "D2": {"2.1": "N", "2.2": "N", "2.6": "Y"},
    "D3": {"3.1": "Y"},
    "D4": {"4.1": "N", "4.2": "N", "4.3": "N"},
    "D5": {"5.1": "Y", "5.2": "N", "5.3": "N"},
}


def assess(project: Project, unit: Unit, seat: str, level: str = "low") -> None:
    """Let a seat finish a unit with RoB 2."""
    project.seat = f"person-{seat}"
    done(decide_effect(project, unit, "assignment"))
    for domain, answers in LOW.items():
        for question, code in answers.items():
            done(give_answer(project, unit, domain, question, code))
        done(choose_level(project, unit, domain, level))
        if level != "low":
            done(write(project, unit, domain, "reason", f"Secret reason of {seat}"))
    done(choose_level(project, unit, OVERALL, level))
    done(finish(project, unit))


def said_by(root: QWidget) -> str:
    """Return everything that widgets below say, show or explain."""
    texts = []
    for one in root.findChildren(QWidget):
        texts += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        for name in ("text", "toPlainText"):
            read = getattr(one, name, None)
            if callable(read):
                texts.append(str(read()))
    return "\n".join(texts)


# -- sealing -------------------------------------------------------------------------------


def test_an_open_assessment_of_b_leaves_no_trace(open_window: Opener, path: Path) -> None:
    build(path)
    with open_project(path, name="Test") as project:
        project.seat = "person-b"
        done(decide_effect(project, UNIT, "assignment", for_all=True))
        done(give_answer(project, UNIT, "D1", "1.1", "N"))
        done(judge(project, UNIT, "D1", "high", proposed="low", rule="f"))
        done(write(project, UNIT, "D1", "reason", "Seen by nobody"))
        done(attach_quote(project, UNIT, "D1", "A quote of B", question="1.1", page="9"))
    page = at_page(open_window, path)
    assert page.desk.unit == UNIT
    assert page.desk.sheet.own is None
    assert page.main.form.cards["1.1"].answer is None
    assert page.main.form.boxes[""].levels.value is None
    assert all(role is None for role, _w in page.queue.list.items[0].marks)
    everything = said_by(page)
    assert "Seen by nobody" not in everything
    assert "A quote of B" not in everything


def test_what_b_finished_stays_hidden_until_a_has_too(open_window: Opener, path: Path) -> None:
    build(path)
    with open_project(path, name="Test") as project:
        assess(project, UNIT, "b", "high")
    page = at_page(open_window, path)
    assert "Secret reason of b" not in said_by(page)
    assert all(role is None for item in page.queue.list.items for role, _w in item.marks)
    assert page.queue.count.text() == "0 of 4"


def test_when_b_sits_down_nothing_of_a_is_left(open_window: Opener, path: Path) -> None:
    page = at_page(open_window, build(path))
    press("1")
    page.main.take_focus()
    press("Y", "Q", "A quote of A", "Enter", "3", "Enter", "Enter", "A note of A", "Enter")
    page.main.form.boxes[""].draft.click()
    press("Down", "Y", "Down", "N", "Down", "L")
    assert "A note of A" in said_by(page.main)
    page.main.show_domain("D5")
    page.workspace.sit("person-b")
    QApplication.processEvents()
    assert page.main.domain_id == "D1"  # where B begins, not where A was
    everything = said_by(page)
    assert "A quote of A" not in everything
    assert "A note of A" not in everything
    assert all(role is None for item in page.queue.list.items for role, _w in item.marks)
    page.main.show_domain("D1")
    assert page.main.form.boxes[""].levels.value is None


def test_nobody_seated_offers_who_sits(open_window: Opener, path: Path) -> None:
    window = open_window(build(path))
    window.workspace.sit(None)
    window.show_page("risk_of_bias")
    page = window.page
    assert isinstance(page, RiskOfBiasPage)
    assert page.stack.currentWidget() is page.nobody
    names = [one.accessibleName() for one in shown_widgets(page.nobody)]
    assert "Anna Keller · assessor A" in names
    window.workspace.sit("person-b")
    assert page.stack.currentWidget() is page.split
    QTest.qWait(60)
    assert page.main.isAncestorOf(QApplication.focusWidget()), "the keys work at once"


def test_an_author_of_the_study_cannot_assess_it(open_window: Opener, path: Path) -> None:
    build(path)
    with open_project(path, name="Test") as project:
        done(add(project, "study_author", study="s1", person="person-a"))
    page = at_page(open_window, path)
    assert "author of this study" in page.main.notice.words.text()
    assert not page.main.form.cards["1.1"].pills["Y"].isEnabled()
    page.queue.choose("s2-o1")
    assert page.main.notice.isHidden()
    assert page.main.form.cards["1.1"].pills["Y"].isEnabled()


# -- finishing -----------------------------------------------------------------------------


def test_finish_lists_what_is_missing_and_jumps(open_window: Opener, path: Path) -> None:
    build(path)
    with open_project(path, name="Test") as project:
        project.seat = "person-a"
        done(decide_effect(project, UNIT, "assignment", for_all=True))
        for domain, answers in LOW.items():
            for question, code in answers.items():
                done(give_answer(project, UNIT, domain, question, code))
            done(choose_level(project, UNIT, domain, "low"))
        done(give_answer(project, UNIT, "D3", "3.1", None))
    page = at_page(open_window, path)
    press("Ctrl+Shift+Enter")
    assert page.main.notice.lists_missing
    sentences = [
        page.main.notice.actions.itemAt(n).widget().text()
        for n in range(page.main.notice.actions.count())
    ]
    assert any("3.1" in one for one in sentences)
    QApplication.focusWidget().click()
    assert page.main.place == ("3.1", "")
    press("Y", "Ctrl+Enter", "Ctrl+Enter", "Ctrl+Enter")
    press("L", "Ctrl+Shift+Enter")
    assert page.desk.sheet.finished
    assert "has not finished yet" in page.main.notice.more.text()
    assert not page.main.form.box.levels.buttons[0].isEnabled()
    assert not page.main.form.box.hints.isVisible()
    page.main.show_domain("D1")
    assert not any(card.hints.isVisible() for card in page.main.form.cards.values())


def test_reopening_needs_a_reason_and_is_marked(open_window: Opener, path: Path) -> None:
    build(path)
    with open_project(path, name="Test") as project:
        assess(project, UNIT, "b")
        assess(project, UNIT, "a")
    page = at_page(open_window, path)
    page.queue.choose("s1-o1")
    assert "both finished" in page.main.notice.more.text()
    page.main.notice.ask_reason()
    press("Enter")
    assert page.main.notice.reason.problem.text()
    press("A second look at the protocol", "Enter")
    assert not page.desk.sheet.finished
    assert "A second look at the protocol" in page.main.notice.words.text()
    assert "Revised after exchange" in page.main.notice.more.text()


def test_the_proposal_follows_answers_beside_a_chosen_level(project_path: Path) -> None:
    build(project_path)
    with open_project(project_path, name="Test") as project:
        project.seat = "person-a"
        done(decide_effect(project, UNIT, "assignment"))
        for question, code in LOW["D1"].items():
            done(give_answer(project, UNIT, "D1", question, code))
        done(choose_level(project, UNIT, "D1", "low"))
        done(give_answer(project, UNIT, "D1", "1.2", "N"))
        from assessments.sheet import sheet_of

        made = sheet_of(project, UNIT).judgement("D1")
        assert (made.level, made.proposed, made.rule) == ("low", "high", "a")


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    return tmp_path / "Review.tandem"


# -- effect, instruments, copies -----------------------------------------------------------


def test_the_effect_is_one_for_both(project_path: Path) -> None:
    build(project_path)
    with open_project(project_path, name="Test") as project:
        assess(project, UNIT, "b")
        project.seat = "person-a"
        refused = decide_effect(project, UNIT, "adhering", for_all=True)
        assert [one.code for one in refused.problems] == ["effect-used"]
        other = Unit(instrument="rob2-parallel", kind="result", id="s2-o1")
        done(decide_effect(project, other, "adhering", for_all=True))
        assert team_effect(project, UNIT) == "assignment"
        assert team_effect(project, other) == "adhering"


def test_switching_instruments_keeps_answers(open_window: Opener, path: Path) -> None:
    page = at_page(open_window, build(path))
    press("1")
    page.main.take_focus()
    press("Y")
    page.workspace.do(change, "study", "s1", instrument="rob1")
    assert page.desk.unit == Unit(instrument="rob1", kind="study", id="s1")
    page.workspace.do(change, "study", "s1", instrument="rob2-parallel")
    page.queue.choose("s1-o1")
    assert page.desk.sheet.responses("D1") == {"1.1": "Y"}


def test_a_copied_domain_is_marked_and_not_judged(open_window: Opener, path: Path) -> None:
    build(path)
    with open_project(path, name="Test") as project:
        project.seat = "person-a"
        done(decide_effect(project, UNIT, "assignment", for_all=True))
        for question, code in LOW["D1"].items():
            done(give_answer(project, UNIT, "D1", question, code))
        done(choose_level(project, UNIT, "D1", "low"))
        done(attach_quote(project, UNIT, "D1", "Words", question="1.1", page="2"))
    page = at_page(open_window, path)
    page.queue.choose("s1-o2")
    form = page.main.form
    assert not form.copy_button.isHidden()
    form.copy_menu.actions()[0].trigger()
    sheet = page.desk.sheet
    assert sheet.responses("D1") == LOW["D1"]
    assert [one.text for one in sheet.quotes("D1", "1.1")] == ["Words"]
    assert sheet.judgement("D1").level is None
    assert copied_from(sheet.own.assessment, "D1") == "s1-o1"
    assert "Calm, 12 weeks" in form.copied.text()
    assert form.copied.isVisible()
    form.boxes[""].take_focus()
    press("Enter")
    assert page.desk.sheet.judgement("D1").level == "low"
    assert not form.copied.isVisible()


def test_groups_and_entries_of_rob1(open_window: Opener, path: Path) -> None:
    build(path)
    with open_project(path, name="Test") as project:
        done(add(project, "outcome_group", id="g1", label="Self-reported"))
        done(add(project, "outcome_group", id="g2", label="Registered"))
        done(decide(project, "parts/rob1/D3", "g1\ng2"))
        done(change(project, "study", "s1", instrument="rob1"))
    page = at_page(open_window, path)
    page.main.show_domain("D3")
    assert [box.title for box in page.main.form.boxes.values()] == ["Self-reported", "Registered"]
    press("L", "Down", "H")
    unit = page.desk.unit
    sheet = page.desk.sheet
    assert (sheet.judgement("D3", "g1").level, sheet.judgement("D3", "g2").level) == (
        "low", "high",
    )
    assert sheet.level_of(sheet.domain("D3")).code == "high"
    page.main.show_domain("D7")
    page.main.form.entry_name.setFocus()
    press("Stopped early", "Enter")
    assert list(page.main.form.boxes) == ["Stopped early", ""]
    assert page.desk.unit == unit
    page.desk.remove_entry("D7", "Stopped early")
    assert list(page.main.form.boxes) == [""]


# -- guidance, support, names --------------------------------------------------------------


def test_guidance_shows_and_keeps_the_teams_rule(open_window: Opener, path: Path) -> None:
    page = at_page(open_window, build(path))
    press("1")
    page.main.take_focus()
    press("F1")
    panel = page.side.guidance
    panel.rule.setFocus()
    press("Blocks of fixed size count as known", "Esc")
    rule = page.workspace.project.all(TeamRule)[0]
    assert (rule.instrument, rule.domain, rule.question, rule.text) == (
        "rob2-parallel", "D1", "1.1", "Blocks of fixed size count as known",
    )
    assert "riskofbias.info" in said_by(panel)
    assert shipped_instrument("rob2-parallel").doi in said_by(panel)


def test_support_is_drafted_on_request(open_window: Opener, path: Path) -> None:
    page = at_page(open_window, build(path))
    press("1")
    page.main.take_focus()
    press("Y", "Q", "Drawn from a hat", "Enter", "3", "Enter", "Enter", "Twice", "Enter")
    box = page.main.form.boxes[""]
    assert page.desk.sheet.judgement("D1") is None
    box.draft.click()
    assert page.desk.sheet.judgement("D1").support == "“Drawn from a hat” (p. 3). Twice."
    assert box.draft.isHidden()


@pytest.mark.parametrize("instrument", ["rob2-parallel", "rob1", "robins-i-v2"])
def test_every_control_has_a_name(open_window: Opener, path: Path, instrument: str) -> None:
    build(path)
    with open_project(path, name="Test") as project:
        done(change(project, "study", "s1", instrument=instrument))
        done(decide(project, f"effect/{instrument}", "assignment"))
    page = at_page(open_window, path)
    page.toggle_guidance()
    for domain in [*(one.id for one in page.desk.sheet.domains), OVERALL]:
        page.main.show_domain(domain)
        QApplication.processEvents()
        nameless = [
            f"{domain}: {type(one).__name__} {one.objectName()}" for one in shown_widgets(page)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not one.accessibleName()
        ]
        assert not nameless
    page.main.show_domain(page.desk.sheet.domains[0].id)
    if instrument == "rob2-parallel":
        press("P", "Y")
        name = page.main.form.cards["1.1"].accessibleName()
        assert "Probably yes" in name
        assert "5 options" in name


def test_a_screening_that_stops_leaves_only_the_overall_judgement(
    open_window: Opener, path: Path
) -> None:
    build(path, design="nrs")
    with open_project(path, name="Test") as project:
        done(decide(project, "effect/robins-i-v2", "assignment"))
    page = at_page(open_window, path)
    assert page.main.domain_id == "B"
    press("N", "Down", "Y", "Down", "N", "Down", "Enter")
    assert page.desk.sheet.judgement("B").level == "critical"
    page.main.show_domain(OVERALL)
    assert page.main.form.box.levels.proposal == "critical"
    press("Enter", "Ctrl+Shift+Enter")
    assert page.desk.sheet.finished


def test_how_far_a_rule_is_trusted_stands_beside_the_proposal(
    open_window: Opener, path: Path
) -> None:
    build(path, design="nrs")
    with open_project(path, name="Test") as project:
        done(decide(project, "effect/robins-i-v2", "adhering"))
    page = at_page(open_window, path)
    page.main.show_domain("D1")
    box = page.main.form.boxes[""]
    assert box.trust.text() == "Sources conflict"
    assert "Sources disagree on one rule" in box.path.text()
    press("Y")
    assert box.chip.text().startswith("Waits for 1.2")
    assert "1.1 Y → 1.2 ?" in box.path.text()
    assert "Asked only when 1.2 is" in page.main.form.closed["1.3"].reason.text()

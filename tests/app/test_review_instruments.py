"""The tab Instruments: what the team decides about instruments, done by hand and key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton

from app.main_window import MainWindow
from app.pages.review_instruments import InstrumentsTab
from assessments.assessment import Unit, answer, judge
from assessments.completeness import parts_of
from assessments.effect_of_interest import team_effect
from assessments.instrument_decisions import (
    add_group,
)
from assessments.instruments_kept import shipped_instrument
from assessments.review import OutcomeGroup
from assessments.review_edits import add, change, decide, setting
from assessments.sheet import sheet_of
from tests.app.test_spoken_names import nameless


@pytest.fixture
def tab(window: MainWindow) -> InstrumentsTab:
    window.open("review", "instruments")
    return window.page.instruments


def said_in(widget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def choose(box, value: str) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


class TestDesigns:
    def test_an_instrument_is_chosen_per_design_and_taken_back(
        self, window: MainWindow, tab: InstrumentsTab
    ) -> None:
        project = window.workspace.project
        assert list(tab.designs.rows) == ["rct"]
        box = tab.designs.rows["rct"].box
        assert box.value == "rob2-parallel"
        choose(box, "rob1")
        assert setting(project, "instrument/rct") == "rob1"
        assert list(tab.cards) == ["rob1"]
        assert "What was answered before is kept." in window.message.words.text()
        window.message.action.click()
        assert box.value == "rob2-parallel"
        assert list(tab.cards) == ["rob2-parallel"]

    def test_suitable_instruments_come_first_and_all_others_after_a_line(
        self, tab: InstrumentsTab
    ) -> None:
        box = tab.designs.rows["rct"].box
        found = [box.itemData(n) for n in range(box.count())]
        line = found.index(None)
        assert found[:line] == [
            "rob2-parallel", "rob1", "epoc-rct-nrct-cba", "jbi-rct-2023", "jbi-rct-2017",
        ]
        assert {"robins-i-v2", "quadas-2", "newcastle-ottawa"} <= set(found[line + 1 :])
        assert not {"grade", "rob-me"} & set(found)

    def test_other_designs_are_shown_on_request(
        self, window: MainWindow, tab: InstrumentsTab
    ) -> None:
        tab.designs.all_designs.click()
        assert list(tab.designs.rows) == [
            "rct", "quasi_rct", "cluster_rct", "crossover", "cba", "its", "nrs",
            "case_series",
        ]
        choose(tab.designs.rows["its"].box, "robins-i-v2")
        assert setting(window.workspace.project, "instrument/its") == "robins-i-v2"
        tab.designs.all_designs.click()
        assert list(tab.designs.rows) == ["rct"]

    def test_studies_with_another_instrument_are_linked(
        self, window: MainWindow, tab: InstrumentsTab
    ) -> None:
        window.workspace.do(change, "study", "s2", instrument="rob1")
        links = {
            one.text(): one for one in tab.designs.findChildren(QPushButton) if one.isVisible()
        }
        assert list(tab.cards) == ["rob2-parallel", "rob1"]
        links["Study 2: RoB 1"].click()
        assert window.page_name == "studies"
        assert window.page.table.current_id() == "s2"

    def test_studies_without_a_design_are_said(
        self, window: MainWindow, tab: InstrumentsTab
    ) -> None:
        assert not tab.designs.undecided.isVisible()
        window.workspace.do(change, "study", "s2", design=None)
        assert tab.designs.undecided.isVisible()
        assert tab.designs.undecided.text().startswith("1 study has no design yet")

class TestGroups:
    def test_groups_are_added_named_ordered_and_removed(
        self, window: MainWindow, tab: InstrumentsTab
    ) -> None:
        project = window.workspace.project
        for name in ("Reported by people", "Mortality"):
            tab.groups.new.click()
            tab.groups.table.edited.emit(tab.groups.table.current_id(), "label", name)
        assert [one.label for one in project.all(OutcomeGroup)] == [
            "Reported by people", "Mortality",
        ]
        tab.groups.up.click()
        assert next(one.label for one in project.all(OutcomeGroup)) == "Mortality"
        assert not tab.groups.up.isEnabled()
        assert tab.groups.up.toolTip() == "It is the first."
        tab.groups.gone.click()
        assert [one.label for one in project.all(OutcomeGroup)] == ["Reported by people"]
        window.message.action.click()
        assert len(project.all(OutcomeGroup)) == 2

    def test_a_name_twice_stays_in_its_cell_with_the_reason(
        self, window: MainWindow, tab: InstrumentsTab
    ) -> None:
        window.workspace.do(add_group, "Mortality")
        second = window.workspace.do(add_group, "Pain").value
        tab.groups.table.edited.emit(second, "label", "mortality")
        index = tab.groups.table.records.index(tab.groups.table.records.row_of(second), 0)
        said = index.data(Qt.ItemDataRole.ToolTipRole)
        assert "There is already an outcome group “Mortality”." in said
        assert window.workspace.project.one(OutcomeGroup, second).label == "Pain"

    def test_they_are_judged_apart_where_the_team_says_so(
        self, window: MainWindow, tab: InstrumentsTab
    ) -> None:
        workspace = window.workspace
        workspace.do(decide, "instrument/rct", "rob1")
        groups = [workspace.do(add_group, name).value for name in ("Pain", "Mortality")]
        decisions = tab.cards["rob1"].decisions
        assert list(decisions.groups) == ["D3", "D4", "D5"]
        for group in groups:
            decisions.groups["D3"].boxes[group].click()
        unit = Unit(instrument="rob1", kind="study", id="s1")
        instrument = shipped_instrument("rob1")
        assert parts_of(workspace.project, unit, instrument.domain("D3")) == tuple(groups)
        assert parts_of(workspace.project, unit, instrument.domain("D4")) == ("",)
        window.undo()
        assert not decisions.groups["D3"].boxes[groups[1]].isChecked()
        assert decisions.groups["D3"].boxes[groups[0]].accessibleName() == (
            "Blinding of participants and personnel: judge “Pain” apart"
        )

    def test_removing_says_what_no_longer_counts(
        self, window: MainWindow, tab: InstrumentsTab
    ) -> None:
        workspace = window.workspace
        workspace.do(decide, "instrument/rct", "rob1")
        group = workspace.do(add_group, "Pain").value
        workspace.do(decide, "parts/rob1/D3", group)
        unit = Unit(instrument="rob1", kind="study", id="s1")
        workspace.do(judge, unit, "D3", "high", part=group)
        tab.groups.table.choose(group)
        tab.groups.gone.click()
        assert "1 judgement of it no longer counts." in window.message.words.text()
        assert parts_of(workspace.project, unit, shipped_instrument("rob1").domain("D3")) == ("",)
        window.undo()
        assert parts_of(
            workspace.project, unit, shipped_instrument("rob1").domain("D3")
        ) == (group,)


class TestCards:
    def test_a_card_says_all_about_its_instrument(
        self, window: MainWindow, tab: InstrumentsTab
    ) -> None:
        window.workspace.do(decide, "instrument/rct", "robins-e")
        card = tab.cards["robins-e"]
        said = said_in(card)
        for words in (
            "Version 2023-06-20", "Assesses each result", "Weakest rule: single source",
            "Not known, so not in this form", "could not be verified and are not included",
            "Environ Int 2024;186:108602", "doi.org/10.1016/j.envint.2024.108602",
            "CC BY-NC-ND 4.0", "Randomised trial  ·  2 studies  ·  no assessment yet",
        ):
            assert words in said
        assert "not an official product" not in said
        card.more.click()
        assert "not an official product" in said_in(card)
        assert "Rules verified" not in said

    def test_verified_and_conflicting_rules_are_told_apart(
        self, window: MainWindow, tab: InstrumentsTab
    ) -> None:
        assert tab.cards["rob2-parallel"].trust.text() == "Rules verified"
        window.workspace.do(decide, "instrument/rct", "rob2-crossover")
        card = tab.cards["rob2-crossover"]
        assert card.trust.text() == "Weakest rule: from memory"
        assert "Provisional: DS" in said_in(card)

    def test_assessments_are_counted(self, window: MainWindow, tab: InstrumentsTab) -> None:
        result = window.workspace.do(add, "result", study="s1", outcome="o1").value
        unit = Unit(instrument="rob2-parallel", kind="result", id=result)
        window.workspace.do(answer, unit, "D1", "1.1", "Y")
        said = said_in(tab.cards["rob2-parallel"])
        assert "1 assessment, 0 finished" in said
        assert "A copy is kept in this review" in said

    def test_key_domains_are_named_with_a_sentence_on_what_they_do(
        self, window: MainWindow, tab: InstrumentsTab
    ) -> None:
        window.workspace.do(decide, "instrument/rct", "rob1")
        decisions = tab.cards["rob1"].decisions
        assert "no summary within a study is made" in said_in(decisions)
        boxes = decisions.keys.ticks.boxes
        assert list(boxes) == ["D1", "D2", "D3", "D4", "D5", "D6", "D7"]
        boxes["D4"].setFocus()
        boxes["D4"].click()
        boxes["D2"].click()
        assert setting(window.workspace.project, "key_domains/rob1") == "D2 D4"
        assert "high if one is high" in said_in(decisions)
        assert decisions.keys.ticks.boxes["D4"] is boxes["D4"]  # the focus is not lost
        window.undo()
        assert setting(window.workspace.project, "key_domains/rob1") == "D4"

    def test_a_convention_is_off_until_it_is_chosen(
        self, window: MainWindow, tab: InstrumentsTab
    ) -> None:
        window.workspace.do(decide, "instrument/rct", "newcastle-ottawa")
        decisions = tab.cards["newcastle-ottawa"].decisions
        assert not decisions.rule.isChecked()
        assert "the scale itself defines no bands" in said_in(decisions)
        decisions.rule.click()
        unit = Unit(instrument="newcastle-ottawa", kind="study", id="s1")
        assert sheet_of(window.workspace.project, unit).use_convention
        window.undo()
        assert not decisions.rule.isChecked()


class TestEffect:
    def test_it_is_chosen_by_key_for_both_assessors(
        self, window: MainWindow, tab: InstrumentsTab, qtbot
    ) -> None:
        project = window.workspace.project
        result = window.workspace.do(add, "result", study="s1", outcome="o1").value
        unit = Unit(instrument="rob2-parallel", kind="result", id=result)
        effect = tab.cards["rob2-parallel"].decisions.effect
        effect.buttons[0].setFocus()
        qtbot.keyClick(effect.buttons[0], Qt.Key.Key_2)
        assert team_effect(project, unit) == shipped_instrument("rob2-parallel").effects[1].code
        assert effect.value == team_effect(project, unit)
        window.undo()
        assert effect.value is None




def test_everything_has_a_name_and_says_why_it_is_locked(
    window: MainWindow, tab: InstrumentsTab, monkeypatch
) -> None:
    window.workspace.do(decide, "instrument/rct", "rob1")
    window.workspace.do(add_group, "Pain")
    window.workspace.do(change, "study", "s2", instrument="newcastle-ottawa")
    QApplication.processEvents()
    assert nameless(tab) == []
    reason = "This review is open for reading only."
    monkeypatch.setattr(window.workspace.project, "read_only", reason)
    tab.refresh(None)
    controls = [tab.designs.rows["rct"].box, tab.own.choose, tab.groups.new]
    controls += [one for one in tab.findChildren(QCheckBox) if one.isVisibleTo(tab)]
    assert len(controls) > 10
    for one in controls:
        assert not one.isEnabled()
        assert one.toolTip() == reason
    assert tab.own.template.isEnabled()


def test_the_keyboard_reaches_every_card(window: MainWindow, tab: InstrumentsTab, qtbot) -> None:
    assert QApplication.focusWidget() is tab.designs.rows["rct"].box
    seen = []
    for _n in range(40):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if not tab.isAncestorOf(QApplication.focusWidget()):
            break
        seen.append(QApplication.focusWidget().accessibleName())
    known = (
        "Show all designs", "Add group", "Add an own instrument…", "Save the template…",
        "Save RoB 2 as a file, to start an own instrument from it",
        "Effect of assignment to the intervention", "Notes on rules and use (1)",
    )
    assert [one for one in seen if one in known] == list(known)

"""The thresholds beside the rating: decisions of the team, each one an edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.pages.grade import GradePage
from app.pages.grade_parts.thresholds_area import ThresholdsArea
from assessments.review import Outcome, PublishedEstimate, ReviewRule, Setting
from assessments.review_edits import add, change, decide
from tests.app.grade_review import Opener, at_page, build, settle_down
from tests.conftest import done


@pytest.fixture
def page(open_window: Opener, path: Path) -> GradePage:
    """The page on the small review, with A sitting there."""
    return at_page(open_window, build(path))


def thresholds_of(page: GradePage) -> ThresholdsArea:
    """Show the thresholds and return their area."""
    page.tabs.show_tab("thresholds")
    settle_down(page)
    return page.thresholds


def test_thresholds_are_decided_with_a_picture_and_the_claim_explained(page: GradePage) -> None:
    area = thresholds_of(page)
    claim = area.claim
    assert "there is an important effect" in claim.derived.text()
    assert "lies beyond the MID" in claim.derived.text()
    assert "important benefit" in claim.picture.view.accessibleName()
    claim.claim.inputs["mid"].edit.setText("0.4")
    claim.commit()
    settle_down(page)
    assert page.workspace.project.one(Outcome, "calm").mid == 0.4
    assert "little or no effect" in claim.derived.text()
    claim.claim.inputs["mid_source"].edit.setText("")
    claim.commit()
    settle_down(page)
    assert "Write down where" in claim.wrong.text()


def test_ranges_that_do_not_rise_are_told_and_rated_against_nothing(page: GradePage) -> None:
    area = thresholds_of(page)
    done(page.workspace.do(change, "outcome", "calm", threshold_type="ranges", t1=0.5, t2=0.2))
    settle_down(page)
    assert "must rise" in area.claim.wrong.text()
    assert not page.desk.sheet.facts.has("target")
    done(page.workspace.do(change, "outcome", "calm", t2=0.8))
    settle_down(page)
    assert page.desk.sheet.facts.text("target") == "effect_in_range"
    assert "trivial" in area.claim.picture.view.figure.description


def test_marks_settings_cutoffs_and_rules_are_edits(page: GradePage) -> None:
    area, project = thresholds_of(page), page.workspace.project
    area.claim._put("surrogate", "0")
    settle_down(page)
    assert project.one(Outcome, "calm").surrogate == 0
    assert area.claim.choices["surrogate"].box.value == "0"
    done(page.workspace.do(decide, "framework", "partial"))
    settle_down(page)
    assert area.team.choices["framework"].box.value == "partial"
    area.team._edit_cutoff("imp_rrr", "value", "0,30")
    settle_down(page)
    assert project.one(Setting, "cutoff/imp_rrr").value == "0.3"
    area.team._edit_cutoff("imp_rrr", "value", "-1")
    assert project.one(Setting, "cutoff/imp_rrr").value == "0.3"
    area.team._edit_cutoff("imp_rrr", "value", "0.25")
    assert project.one(Setting, "cutoff/imp_rrr") is None
    area.team._add_rule()
    rule = project.all(ReviewRule)[0]
    area.team._edit_rule(rule.id, "expression", "n < 1000")
    area.team._edit_rule(rule.id, "domain", "imprecision")
    settle_down(page)
    asked = {one.id for one in page.desk.sheet.asked("imprecision")}
    assert "RULE-1" in asked
    assert page.desk.sheet.level("imprecision") is None


def test_a_published_estimate_needs_a_word_about_its_risk_of_bias(page: GradePage) -> None:
    project = page.workspace.project
    done(page.workspace.do(change, "published_estimate", "calm", rob_statement=""))
    settle_down(page)
    assert "B-ROB-OPEN" in {one.code for one in page.rating.missing}
    area = thresholds_of(page)
    area.claim.published.inputs["rob_statement"].edit.setPlainText("Judged with RoB 2 by them")
    area.claim.commit()
    settle_down(page)
    assert project.one(PublishedEstimate, "calm").rob_statement == "Judged with RoB 2 by them"
    assert "B-ROB-OPEN" not in {one.code for one in page.rating.missing}


def test_a_span_of_differences_is_enough_where_all_give_the_same_verdict(page: GradePage) -> None:
    area = thresholds_of(page)  # SMD 0.3, interval 0.1 to 0.5
    done(page.workspace.do(change, "outcome", "calm", mid=None, mid_low=0.15, mid_high=0.25))
    settle_down(page)
    assert "same for the whole range" in area.claim.derived.text()
    assert page.desk.sheet.facts.text("target") == "important_effect"
    assert area.claim.wrong.text() == ""
    done(page.workspace.do(change, "outcome", "calm", mid_high=0.4))
    settle_down(page)
    assert not page.desk.sheet.facts.has("target")
    assert "differs within the range" in page.desk.sheet.facts.reason("target")
    done(page.workspace.do(change, "outcome", "calm", mid=0.2))
    settle_down(page)
    assert "depends on which" in area.claim.derived.text()
    area.claim.claim.inputs["mid_high"].edit.setText("0.1")
    area.claim.commit()
    settle_down(page)
    assert "smaller and a larger end" in area.claim.wrong.text()


def test_a_panel_rates_against_its_decision_threshold(page: GradePage) -> None:
    area = thresholds_of(page)
    done(page.workspace.do(decide, "framework", "full"))
    settle_down(page)
    box = area.claim.claim.inputs["threshold_type"]
    offered = {box.itemData(place) for place in range(box.count())}
    assert {"decision", "mid"} <= offered  # what is chosen stays, beside what is offered
    assert "ranges" not in offered
    done(page.workspace.do(change, "outcome", "calm", threshold_type="decision"))
    settle_down(page)
    assert "decision threshold of the panel is missing" in area.claim.wrong.text()
    assert "decision threshold was not declared" in page.desk.sheet.facts.reason("target")
    area.claim.claim.inputs["decision"].edit.setText("0,2")
    area.claim.commit()
    settle_down(page)
    sheet = page.desk.sheet
    assert page.workspace.project.one(Outcome, "calm").decision == 0.2
    assert sheet.facts.text("imp_verdict_1") == "crossed_once"
    assert sheet.facts.number("decision") == 0.2
    assert sheet.level("imprecision") is None


def test_a_ratio_serves_where_no_absolute_difference_exists(page: GradePage) -> None:
    done(page.workspace.do(change, "published_estimate", "calm", measure="RR", estimate=0.7,
                           ci_low=0.6, ci_high=0.85))
    done(page.workspace.do(change, "outcome", "calm", mid=None, mid_relative=0.8, better="lower"))
    settle_down(page)
    sheet = page.desk.sheet
    assert sheet.facts.text("target") == "important_effect"
    assert "absolute thresholds are preferred" in sheet.facts.get("mid_relative").label


def test_time_dose_and_marks_of_the_studies_are_decided_beside_the_thresholds(
    page: GradePage,
) -> None:
    area, project = thresholds_of(page), page.workspace.project
    area.claim._put("laboratory", "0")
    area.claim._put("indirect_comparison", "1")
    area.claim.scope.inputs["follow_up"].edit.setText("12")
    area.claim.scope.inputs["dose_unit"].edit.setText("mg")
    area.claim.commit()
    settle_down(page)
    calm = project.one(Outcome, "calm")
    assert (calm.laboratory, calm.indirect_comparison) == (0, 1)
    assert (calm.follow_up, calm.dose_unit) == (12, "mg")
    fired = {one.id: one.status for one in page.desk.sheet.prompts}
    assert (fired["IND-5"], fired["IND-6"]) == ("fired", "clear")


def test_only_what_the_way_of_rating_asks_for_is_shown(page: GradePage) -> None:
    area, do = thresholds_of(page), page.workspace.do
    def shown() -> set[str]:
        settle_down(page)
        form = area.claim.claim
        return {name for name, one in form.inputs.items() if one.isVisibleTo(form)}

    always = {"threshold_type", "better", "mid_source", "target", "target_reason"}
    mids = {"mid", "mid_harm", "mid_low", "mid_high"}
    assert shown() == always | mids
    assert not area.claim.risk_card.isVisibleTo(area.claim), "an SMD needs no assumed risk"
    done(do(change, "published_estimate", "calm", measure="RR", estimate=0.8, ci_low=0.6,
            ci_high=0.9))
    assert shown() == always | mids | {"mid_relative"}
    assert area.claim.risk_card.isVisibleTo(area.claim)
    done(do(change, "outcome", "calm", threshold_type="ranges", mid=None))
    assert shown() == always | {"t1", "t2", "t3", "t1_harm", "t2_harm", "t3_harm"}
    done(do(change, "outcome", "calm", threshold_type="decision", t1=0.5))
    assert shown() == always | {"t1", "decision"}, "what holds a number stays in sight"
    done(do(change, "outcome", "calm", threshold_type=None, t1=None))
    assert shown() == {"threshold_type", "better"}
    assert not area.claim.baselines.isVisibleTo(area.claim)
    done(do(add, "baseline", outcome="calm", label="low", risk=0.1))
    settle_down(page)
    assert area.claim.baselines.isVisibleTo(area.claim)

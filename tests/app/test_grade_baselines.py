"""Imprecision at several baseline risks: chosen apart, told apart, settled where both agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.pages.grade import GradePage
from assessments.assessment import SEATS, answer
from assessments.consensus import make_final
from assessments.rating import rating_of, settled_rating, unit_of
from assessments.reconciliation import settle_agreements
from assessments.review import Outcome
from assessments.review_edits import add, change
from assessments.store.project_file import Project
from assessments.summary_of_findings.preview import preview_of
from tests.app.grade_review import Opener, at_page, build, rate_all, settle_down
from tests.app.risk_of_bias_review import press
from tests.conftest import done


@pytest.fixture
def page(open_window: Opener, path: Path) -> GradePage:
    """The page on a risk ratio of 0.80 (0.60 to 1.10) at 100 and at 500 per 1000, MID 20.

    Absolute: 20 fewer (40 fewer to 10 more), one threshold inside; 100 fewer (200 fewer to 50
    more), both thresholds inside.
    """
    page = at_page(open_window, build(path))
    do = page.workspace.do
    for label, risk in (("Low risk", 0.1), ("High risk", 0.5)):
        done(do(add, "baseline", outcome="calm", label=label, risk=risk, source="Invented"))
    done(do(change, "published_estimate", "calm", measure="RR", estimate=0.8, ci_low=0.6,
            ci_high=1.1))
    done(do(change, "outcome", "calm", mid=20, better="lower"))
    page.rating.cards["imprecision"].setFocus()
    settle_down(page)
    return page


def notes_of(project: Project) -> str:
    """Return the footnotes of the row as the one who sits here would have it."""
    rated = rating_of(project, "calm", "a")
    preview = preview_of(project, project.one(Outcome, "calm"), rated)
    return "\n".join(one.text for one in preview.footnotes)


def test_each_baseline_risk_can_be_rated_apart_and_none_is_chosen(page: GradePage) -> None:
    form = page.rating.cards["imprecision"].details.baselines
    assert not form.isHidden()
    assert list(form.rows) == ["at/0.1", "at/0.5"]
    assert [one.value for one in form.rows.values()] == [None, None]
    for domain in ("rob", "indirectness", "publication_bias"):
        page.rating.cards[domain].setFocus()
        press("1")
    for domain, key in (("inconsistency", "5"), ("imprecision", "2")):
        page.rating.cards[domain].setFocus()
        press(key)
    settle_down(page)
    assert rating_of(page.workspace.project, "calm", "a").at == ()
    form.take_focus()
    press("Down", "3")
    settle_down(page)
    rated = rating_of(page.workspace.project, "calm", "a")
    assert rated.level == "moderate"
    assert [(one.risk, one.concern, one.certainty.level) for one in rated.at] == [
        (0.5, "very_serious", "low")]
    assert "Certainty here: Low (4 − 2 = 2)" in page.rating.side.effects.texts()
    assert ("At a risk of 500 per 1000 (High risk) imprecision is rated down two levels; the "
            "certainty there is low.") in notes_of(page.workspace.project)
    page.workspace.undo()
    settle_down(page)
    assert rating_of(page.workspace.project, "calm", "a").at == ()


def test_where_all_say_the_same_nothing_is_asked(page: GradePage) -> None:
    form = page.rating.cards["imprecision"].details.baselines
    done(page.workspace.do(change, "outcome", "calm", mid=900))
    settle_down(page)
    assert form.isHidden()
    page.outcomes.list.choose("sleep")
    page.rating.cards["imprecision"].setFocus()
    settle_down(page)
    assert form.isHidden()


def test_settled_is_what_both_chose_alike(page: GradePage) -> None:
    project = page.workspace.project
    for seat, low in zip(SEATS, ("not_serious", "serious"), strict=True):
        project.seat = f"person-{seat}"
        done(answer(project, unit_of("calm"), "imprecision", "at/0.5", "very_serious"))
        done(answer(project, unit_of("calm"), "imprecision", "at/0.1", low))
        rate_all(project, "calm", seat)
    done(settle_agreements(project, (unit_of("calm"),)))
    done(make_final(project, (unit_of("calm"),)))
    settled = settled_rating(project, "calm")
    assert [(one.risk, one.certainty.level) for one in settled.at] == [(0.5, "low")]

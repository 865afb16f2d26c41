"""What the list of studies tells: counts, marks behind the seal, possible duplicates."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessments.assessment import Assessment, Unit, judge
from assessments.documents import attach_document
from assessments.edits import edit, undo
from assessments.published_judgements import take_over_published
from assessments.result_rows import add_results
from assessments.review import Outcome, Study
from assessments.review_edits import add, change
from assessments.sealing import all_seen, may_see
from assessments.store.project_file import Project
from assessments.store.rows import update
from assessments.study_duplicates import not_duplicates, possible_duplicates
from assessments.study_overview import study_overviews


@pytest.fixture
def project(filled: Project) -> Project:
    filled.seat = "person-a"
    return filled


def rob1(project: Project, study: str) -> Unit:
    change(project, "study", study, instrument="rob1")
    return Unit(instrument="rob1", kind="study", id=study)


@edit("finished")
def finished(project: Project, unit: str) -> None:
    """Let both finish a unit as it is."""
    for one in project.all(Assessment, unit=unit):
        update(project.connection, Assessment, one.id, state="finished")


def named(project: Project) -> list[tuple[str, str]]:
    return [(one.first.label, one.second.label) for one in possible_duplicates(project)]


class TestMarks:
    def test_own_levels_are_shown_and_the_others_are_not(self, project: Project) -> None:
        unit = rob1(project, "s1")
        domain = "D1"
        assert judge(project, unit, domain, "high").ok
        mine = study_overviews(project)["s1"].marks
        assert mine[0][0] == "high"
        assert mine[0][1].endswith("(yours)")
        project.seat = "person-b"
        theirs = study_overviews(project)["s1"].marks
        assert [role for role, _word in theirs] == [None] * len(mine)
        assert all(word == "" for _role, word in theirs)

    def test_a_published_judgement_is_named_as_such_and_leads(self, project: Project) -> None:
        unit = rob1(project, "s1")
        assert judge(project, unit, "D1", "high").ok
        assert take_over_published(project, unit, {"D1": "low"}, "A journal 2001").ok
        role, word = study_overviews(project)["s1"].marks[0]
        assert (role, word.endswith("(published)")) == ("low", True)

    def test_results_and_documents_are_counted(self, project: Project, tmp_path: Path) -> None:
        pdf = tmp_path / "report.pdf"
        pdf.write_bytes(b"%PDF-1.4 words")
        assert attach_document(project, "s2", pdf).ok
        outcome = project.all(Outcome)[0].id
        assert add_results(project, outcome, ("s1",)).ok
        found = study_overviews(project)
        assert (found["s2"].documents, found["s2"].results) == (1, 0)
        assert (found["s1"].documents, found["s1"].results) == (0, 1)


class TestPossibleDuplicates:
    def test_numbered_names_are_different_studies(self, project: Project) -> None:
        assert [one.label for one in project.all(Study)] == ["Study 1", "Study 2"]
        assert named(project) == []

    @pytest.mark.parametrize(("first", "second"), [
        ("Petit 2023", "Petit 2023a"),
        ("Müller 2019", "Muller, 2019"),
        ("García-López 2020", "Garcia Lopez 2020"),
    ])
    def test_names_alike_in_the_same_year(
        self, project: Project, first: str, second: str
    ) -> None:
        add(project, "study", label=first)
        add(project, "study", label=second)
        assert named(project) == [(first, second)]

    @pytest.mark.parametrize(("first", "second"), [
        ("Petit 2023", "Petit 2019"), ("Petit 2023", "Novak 2023"),
    ])
    def test_another_year_or_name_is_no_duplicate(
        self, project: Project, first: str, second: str
    ) -> None:
        add(project, "study", label=first)
        add(project, "study", label=second)
        assert named(project) == []

    def test_the_same_author_and_numbers_in_another_year(self, project: Project) -> None:
        for year in (2017, 2019):
            add(project, "study", label=f"Novak {year}", year=year, randomised_1=61,
                randomised_2=59)
        pair, = possible_duplicates(project)
        assert pair.why == "the same first author and numbers randomised"

    def test_a_shared_doi_however_it_is_written(self, project: Project) -> None:
        add(project, "reference", study="s1", doi="https://doi.org/10.1000/ABC")
        add(project, "reference", study="s2", doi="doi:10.1000/abc")
        pair, = possible_duplicates(project)
        assert (pair.first.id, pair.second.id, pair.why) == ("s1", "s2", "the same DOI")

    def test_what_people_said_is_remembered_and_can_be_undone(self, project: Project) -> None:
        one = str(add(project, "study", label="Petit 2023").value)
        two = str(add(project, "study", label="Petit 2023a").value)
        assert not_duplicates(project, two, one).ok
        assert named(project) == []
        undo(project)
        assert named(project) == [("Petit 2023", "Petit 2023a")]


class TestSeen:
    def test_all_that_is_seen_is_what_one_by_one_may_be_seen(self, project: Project) -> None:
        unit = rob1(project, "s1")
        other = rob1(project, "s2")
        for seat, one in (("a", unit), ("b", unit), ("a", other), ("b", other)):
            project.seat = f"person-{seat}"
            assert judge(project, one, "D1", "low").ok
        finished(project, "s1")
        assert take_over_published(project, other, {"D1": "low"}, "A journal 2001").ok
        for seat in ("person-a", "person-b", None):
            project.seat = seat
            seen = all_seen(project)
            assert seen == tuple(one for one in project.all(Assessment) if may_see(project, one))
            assert len(seen) == (3 if seat is None else 4)

"""Opening, creating, copying and going back: each refusal has its sentence and loses nothing."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
from pathlib import Path

import pytest

from assessments.edits import redo, undo
from assessments.problems import ProjectFileError
from assessments.review import Review, Study
from assessments.review_edits import add, change
from assessments.store import backups, project_file
from assessments.store.project_file import (
    APPLICATION_ID,
    FORMAT_VERSION,
    Project,
    create,
    open_project,
)
from tests.assessments.other_people import as_ordinary_person
from tests.assessments.table_contents import contents


def write_header(path: Path, pragma: str, value: int) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA {pragma} = {value}")
    connection.commit()
    connection.close()


def test_a_new_file_says_what_it_is(path: Path) -> None:
    create(path).close()
    header = path.read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == FORMAT_VERSION
    assert header[68:72] == b"TAND"
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_what_was_edited_is_there_after_reopening(kept: Path) -> None:
    with open_project(kept) as project:
        assert project.one(Review, "review").title == "Falls"
        assert [study.label for study in project.all(Study)] == ["Study 0", "Study 1", "Study 2"]
        assert undo(project).ok
        assert len(project.all(Study)) == 2
    with open_project(kept) as project:
        assert redo(project).ok
        assert len(project.all(Study)) == 3


def test_creating_over_a_file_is_refused(kept: Path) -> None:
    before = kept.read_bytes()
    with pytest.raises(ProjectFileError, match=r"There is already a file “Review\.tandem”"):
        create(kept)
    assert kept.read_bytes() == before


def test_a_new_file_takes_nothing_over_from_a_removed_one(path: Path) -> None:
    path.with_name("Review.tandem-journal").write_bytes(os.urandom(4096))
    with create(path) as project:
        assert change(project, "review", "review", title="New").ok
    with open_project(path) as project:
        assert project.one(Review, "review").title == "New"


@pytest.mark.parametrize(
    "name",
    ["with spaces.tandem", "Überprüfung.tandem", "50%?.tandem", "a#b&c;d.tandem", "日本.tandem",
     "[x]*.tandem", "it's \"quoted\".tandem", "no ending", ".hidden.tandem", "-dash.tandem"],
)
def test_every_file_name_works(tmp_path: Path, name: str) -> None:
    path = tmp_path / "Ordner mit #%? ä" / name
    with create(path) as project:
        assert change(project, "review", "review", title=name).ok
    with open_project(path, backup=True) as project:
        assert project.one(Review, "review").title == name
        assert project.last_backup is not None
    assert [copy for _at, copy in backups.list_backups(path)] == [project.last_backup]
    assert {entry.name for entry in path.parent.iterdir()} == {name, "Tandem backups"}


class TestSecondProgram:
    def test_it_can_read_but_not_change(self, kept: Path) -> None:
        with open_project(kept, name="Ada") as first:
            with open_project(kept, name="Ben") as second:
                assert "open in another window or program (Ada, " in second.read_only
                assert second.one(Review, "review").title == "Falls"
                refused = change(second, "review", "review", title="Mine")
                assert [problem.code for problem in refused.problems] == ["read-only"]
                assert "You can read it, but not change it." in refused.problems[0].sentence
                assert change(first, "review", "review", title="Hers").ok
                assert second.one(Review, "review").title == "Hers"
            assert change(first, "review", "review", source="still mine").ok
        with open_project(kept) as third:
            assert third.read_only is None

    def test_the_lock_ends_with_the_program_and_leaves_no_file(self, kept: Path) -> None:
        first = open_project(kept)
        first.close()
        first.close()
        assert [entry.name for entry in kept.parent.iterdir()] == [kept.name]

    def test_a_lock_file_that_a_killed_program_left_does_not_matter(self, kept: Path) -> None:
        kept.with_name(f".{kept.name}.lock").write_text(' {"name": "Ghost", "since": "00:00"}')
        with open_project(kept) as project:
            assert project.read_only is None

    def test_a_lock_is_never_taken_twice(self, kept: Path) -> None:
        for _turn in range(50):
            first, second = open_project(kept), open_project(kept)
            first.close()
            third, fourth = open_project(kept), open_project(kept)
            assert [one.read_only is None for one in (second, third, fourth)] == [
                False, True, False,
            ]
            for one in (second, third, fourth):
                one.close()


class TestNotAReview:
    def refused(self, path: Path) -> ProjectFileError:
        before = path.read_bytes() if path.is_file() and path.stat().st_size < 10**7 else b""
        with pytest.raises(ProjectFileError) as refusal:
            open_project(path, backup=True)
        if before:
            assert path.read_bytes() == before
        assert refusal.value.remedy
        return refusal.value

    def test_nothing_there(self, path: Path) -> None:
        assert "There is no review file “Review.tandem”" in str(self.refused(path))
        assert not path.exists()

    def test_a_folder(self, path: Path) -> None:
        path.mkdir()
        assert "is a folder, not a review file" in str(self.refused(path))

    @pytest.mark.parametrize(
        "content",
        [b"", b"x", b"Dear colleague,\n" * 50, b"SQLite format 3\x00", b"PK\x03\x04" + bytes(500)],
    )
    def test_another_kind_of_file(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        assert "“Review.tandem” is not a Tandem review." in str(self.refused(path))

    def test_another_database(self, path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE t (x)")
        connection.commit()
        connection.close()
        assert "is a database, but not a Tandem review" in str(self.refused(path))

    def test_a_database_that_only_claims_to_be_one(self, path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE t (x)")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
        connection.commit()
        connection.close()
        assert "is damaged and cannot be read" in str(self.refused(path))

    def test_a_huge_file(self, path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(5 * 10**10)
        assert "is not a Tandem review" in str(self.refused(path))
        path.unlink()


class TestDamaged:
    @pytest.mark.parametrize("part", [0.02, 0.3, 0.5, 0.8, 0.99])
    def test_cut_off(self, kept: Path, part: float) -> None:
        data = kept.read_bytes()
        kept.write_bytes(data[: int(len(data) * part)])
        with pytest.raises(ProjectFileError, match="is damaged and cannot be read") as refusal:
            open_project(kept)
        assert "Tandem backups" in refusal.value.remedy

    def test_flipped_bytes_are_refused_or_harmless_but_never_a_crash(self, kept: Path) -> None:
        chance = random.Random(7)
        data = kept.read_bytes()
        refused = 0
        for _turn in range(120):
            broken = bytearray(data)
            for _flip in range(chance.choice((1, 8, 200))):
                broken[chance.randrange(100, len(broken))] = chance.randrange(256)
            kept.write_bytes(broken)
            try:
                with open_project(kept) as project:
                    contents(project.connection)
            except ProjectFileError:
                refused += 1
        assert refused > 60

    def test_a_text_that_is_no_text_any_more(self, kept: Path) -> None:
        data = kept.read_bytes()
        kept.write_bytes(data.replace(b"Study 1", b"Study \xff"))
        with pytest.raises(ProjectFileError, match="is damaged"):
            open_project(kept)

    def test_a_reference_into_nothing(self, kept: Path) -> None:
        connection = sqlite3.connect(kept)
        connection.executescript(
            "UPDATE open_edit SET change_set = 1;"
            "INSERT INTO result (id, study, outcome) VALUES ('r', 'nobody', 'nothing');"
            "UPDATE open_edit SET change_set = NULL;"
        )
        connection.close()
        with pytest.raises(ProjectFileError, match="is damaged"):
            open_project(kept)


class TestOtherVersions:
    def test_a_newer_file_can_be_read_but_not_changed(self, kept: Path) -> None:
        write_header(kept, "user_version", FORMAT_VERSION + 1)
        before = kept.read_bytes()
        with open_project(kept, backup=True) as project:
            assert "newer version of Tandem" in project.read_only
            assert project.one(Review, "review").title == "Falls"
            assert not change(project, "review", "review", title="x").ok
            assert not undo(project).ok
        assert kept.read_bytes() == before

    def test_a_version_that_never_was(self, kept: Path) -> None:
        write_header(kept, "user_version", 0)
        with pytest.raises(ProjectFileError, match="is damaged"):
            open_project(kept)

    def upgrade_with(
        self, monkeypatch: pytest.MonkeyPatch, folder: Path, step: str
    ) -> None:
        steps = folder / "store" / "upgrades"
        steps.mkdir(parents=True)
        (steps / f"{FORMAT_VERSION + 1:04}_next.sql").write_text(step, encoding="utf-8")
        monkeypatch.setattr(project_file, "_FOLDER", steps.parent)
        monkeypatch.setattr(project_file, "FORMAT_VERSION", FORMAT_VERSION + 1)

    def test_an_upgrade_keeps_everything_and_undo_still_works(
        self, filled: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        assert add(filled, "reference", id="r1", study="s1", citation="A report; with “; --”").ok
        assert change(filled, "study", "s1", label="Study one").ok
        filled.close()
        self.upgrade_with(monkeypatch, tmp_path, REBUILD)
        with open_project(filled.path) as project:
            assert project.read_only is None
            rows = project.connection.execute("SELECT * FROM study ORDER BY id").fetchall()
            assert rows == [("s1", "Study one", "unknown", 1), ("s2", "Study 2", "unknown", 2)]
            assert project.connection.execute("SELECT citation FROM reference").fetchone()[0] == (
                "A report; with “; --”"
            ), "the children of a table that is built anew stay"
            assert project.last_backup is not None
            project.seat = "person-a"
            assert undo(project).ok
            assert project.connection.execute("SELECT * FROM study ORDER BY id").fetchone() == (
                "s1", "Study 1", "unknown", 1,
            )
            names = project.connection.execute(
                "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'study'"
            ).fetchone()[0]
            assert names == 3
        assert int.from_bytes(filled.path.read_bytes()[60:64], "big") == FORMAT_VERSION + 1

    @pytest.mark.parametrize(
        "step",
        ["DELETE FROM study;", "CREATE TABLE study (id TEXT);", "UPDATE nonsense SET x = 1;"],
    )
    def test_an_upgrade_that_fails_leaves_the_file_as_it_was(
        self, filled: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, step: str
    ) -> None:
        assert add(filled, "reference", study="s1", citation="A report").ok
        before = contents(filled.connection)
        filled.close()
        with monkeypatch.context() as patch:
            self.upgrade_with(patch, tmp_path, step)
            with pytest.raises(ProjectFileError):
                open_project(filled.path)
        with open_project(filled.path) as project:
            assert contents(project.connection) == before
        assert len(backups.list_backups(filled.path)) == 1


REBUILD = """
-- a table with another set of columns; a semicolon ; in a comment
CREATE TABLE new_study (
  id TEXT PRIMARY KEY NOT NULL, label TEXT NOT NULL DEFAULT '', country TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO new_study (id, label, position) SELECT id, label, position FROM study;
DROP TABLE study;
ALTER TABLE new_study RENAME TO study;
UPDATE study SET country = 'unknown';
"""


def _open_and_change(path: Path) -> str:
    with open_project(path, backup=True) as project:
        done = change(project, "review", "review", title="x")
        return f"{project.one(Review, 'review').title}|{done.problems[0].sentence}"


def _create(path: Path) -> str:
    try:
        create(path).close()
    except ProjectFileError as refusal:
        return str(refusal)
    return "created"


def _open(path: Path) -> str:
    try:
        open_project(path).close()
    except ProjectFileError as refusal:
        return str(refusal)
    return "opened"


@pytest.fixture
def for_everybody(tmp_path: Path) -> Path:
    """A folder that people without special rights can reach."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.getuid() and folder != Path(folder.anchor):
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
        if folder.name.startswith("pytest-of"):
            break
    return tmp_path


class TestProtected:
    def test_a_protected_folder(self, kept: Path, for_everybody: Path) -> None:
        kept.chmod(0o444)
        for_everybody.chmod(0o555)
        answer = as_ordinary_person(_open_and_change, kept)
        refused = as_ordinary_person(_create, kept.with_name("new.tandem"))
        for_everybody.chmod(0o755)
        assert answer.startswith("Falls|This file is protected. You can read it")
        assert "this place is protected" in refused

    def test_a_file_that_may_not_even_be_read(self, kept: Path, for_everybody: Path) -> None:
        kept.chmod(0o000)
        for_everybody.chmod(0o777)
        answer = as_ordinary_person(_open, kept)
        assert "“Review.tandem” cannot be read or written: this place is protected." in answer
        assert "Choose another folder" in answer

"""Beginning: a new review, opening, the demo, recent files, dropping, and what goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent

from app import application, settings, speaking
from app.new_review import NewReview, file_name
from app.start_window import StartWindow
from assessments.problems import ProjectFileError
from assessments.review import Person
from assessments.review_edits import setting
from assessments.store.project_file import open_project


@pytest.fixture
def start(themed, qtbot, prefer, tmp_path: Path) -> StartWindow:
    prefer("folder", str(tmp_path))
    made = StartWindow()
    qtbot.addWidget(made)
    made.show()
    return made


class TestNewReview:
    def test_three_things_make_a_review(self, start, qtbot, tmp_path: Path) -> None:
        qtbot.keyClick(start, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        form = start.findChild(NewReview)
        qtbot.waitUntil(form.title.hasFocus)
        qtbot.keyClicks(form.title, "Vitamin D: falls?")
        qtbot.keyClicks(form.name_a, "Anna Ahorn")
        qtbot.keyClicks(form.name_b, "Ben Birke")
        form.trials.setCurrentIndex(form.trials.findData("rob1"))
        with qtbot.waitSignal(start.opened) as heard:
            qtbot.mouseClick(form.make, Qt.MouseButton.LeftButton)
        path = heard.args[0]
        assert path == tmp_path / "Vitamin D falls.tandem"
        with open_project(path) as project:
            people = {one.role: (one.name, one.initials) for one in project.all(Person)}
            assert people == {"a": ("Anna Ahorn", "AA"), "b": ("Ben Birke", "BB")}
            assert setting(project, "instrument/rct") == "rob1"
            assert settings.seat_at(project.identity) == project.all(Person, role="a")[0].id

    def test_a_title_is_needed_and_never_overwrites(self, start, qtbot, tmp_path: Path) -> None:
        start.show_new()
        form = start.findChild(NewReview)
        form.make.click()
        assert form.problem.text() == "A review needs a title. It can be changed later."
        (tmp_path / "Falls.tandem").write_bytes(b"somebody's work")
        qtbot.keyClicks(form.title, "Falls")
        qtbot.keyClick(form.title, Qt.Key.Key_Return)
        assert "There is already a file" in form.problem.text()
        assert (tmp_path / "Falls.tandem").read_bytes() == b"somebody's work"

    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("A/B: c?", "A B c.tandem"), ("  ...", "Review.tandem"),
            ("Sturz\nund D", "Sturz und D.tandem"),
        ],
    )
    def test_file_names_suit_every_system(self, title: str, name: str) -> None:
        assert file_name(title) == name

    def test_initials(self) -> None:
        assert settings.initials_of("Anna-Lena Ahorn") == "ALA"
        assert settings.initials_of("") == ""


class TestBeginning:
    def test_recent_files_are_listed_and_opened_by_keyboard(self, start, qtbot, kept) -> None:
        settings.note_recent(kept)
        start.show_recent()
        assert start.recent.items[0].title == kept.stem
        assert start.recent.items[0].word.startswith("today ")
        start.recent.choose(str(kept.resolve()))
        with qtbot.waitSignal(start.opened) as heard:
            qtbot.keyClick(start.recent, Qt.Key.Key_Return)
        assert heard.args == [kept.resolve()]

    def test_a_file_that_is_gone_is_not_offered(self, kept: Path) -> None:
        settings.note_recent(kept)
        kept.unlink()
        assert settings.recent_files() == ()

    def test_a_dropped_file_is_opened(self, start, qtbot, kept: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(kept))])
        event = QDropEvent(
            QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        with qtbot.waitSignal(start.opened) as heard:
            start.dropEvent(event)
        assert heard.args == [kept]

    def test_the_cards_do_what_they_say(self, start, qtbot) -> None:
        with qtbot.waitSignal(start.demo_asked) as heard:
            qtbot.keyClick(start.demo, Qt.Key.Key_Space)
        assert heard.args == ["invented"]
        with qtbot.waitSignal(start.demo_asked) as heard:
            start.published.click()
        assert heard.args == ["founding"]
        start.new.click()
        assert start.findChild(NewReview).isVisible()


class TestOpening:
    def test_a_file_that_is_no_review_is_refused_in_words(
        self, themed, qtbot, tmp_path: Path
    ) -> None:
        windows = application.Windows()
        start = windows.show_start()
        qtbot.addWidget(start)
        wrong = tmp_path / "letter.tandem"
        wrong.write_text("Dear colleague, " * 20, encoding="utf-8")
        assert windows.open(wrong) is None
        assert "is not a Tandem review" in start.message.words.text()
        assert start.isVisible()

    def test_a_review_that_is_open_comes_to_the_front(self, open_window, kept: Path) -> None:
        first = open_window(kept)
        assert open_window(kept) is first

    def test_the_demo_is_a_fresh_copy_each_time(
        self, open_window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from assessments.samples import open_sample

        first, second = open_sample("invented", tmp_path), open_sample("invented", tmp_path)
        assert first != second
        window = open_window(first)
        assert window.top.chip.text() == "Invented example"
        assert window.workspace.person is None
        assert window.top.person.text() == "Who sits here?"

    def test_a_second_window_on_the_file_reads_only_and_says_so(
        self, open_window, kept: Path
    ) -> None:
        with open_project(kept):
            window = open_window(kept)
            assert window.notice.isVisible()
            assert "another window or program" in window._notice_words.text()
            assert window.top.read_only.text() == "Read-only"


class TestFaults:
    def test_a_report_names_places_and_no_words_of_the_study(self) -> None:
        try:
            raise ValueError("Ms Ahorn, born 1950")
        except ValueError as error:
            text = speaking.report(type(error), error, error.__traceback__)
        assert "ValueError" in text
        assert "Ahorn" not in text
        assert "test_start_window.py" in text

    def test_a_fault_is_shown_once_and_says_that_work_is_saved(
        self, themed, monkeypatch: pytest.MonkeyPatch, capsys
    ) -> None:
        shown = []
        monkeypatch.setattr(
            speaking.QMessageBox, "exec", lambda box: shown.append(box.text())
        )
        error = RuntimeError("no")
        speaking.show_fault(RuntimeError, error, None)
        assert shown == ["Something in the program went wrong. Your work is saved."]
        assert "RuntimeError" in capsys.readouterr().err

    def test_a_file_error_is_a_dialog_with_a_remedy(
        self, themed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown = []
        monkeypatch.setattr(
            speaking.QMessageBox, "exec",
            lambda box: shown.append((box.text(), box.informativeText())),
        )
        speaking.show_file_error(ProjectFileError("The disk is full.", "Make room."))
        assert shown == [("The disk is full.", "Make room.")]

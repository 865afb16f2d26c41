"""Report & export: files with progress and Cancel, nothing replaced unasked, text and history."""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app import background, theme
from app.main_window import MainWindow
from app.pages.report import ReportPage
from app.pages.report_parts.export_run import Outcome
from assessments.assessment import judge
from assessments.exports import handing_over
from assessments.exports.handing_over import ARCHIVE, FIGURES, HISTORY, METHODS, Asked
from assessments.exports.working_copy import WorkingCopy
from assessments.review import Person, Study
from assessments.review_edits import change
from assessments.samples import build
from assessments.store.project_file import open_project
from tests.app.test_spoken_names import nameless


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("samples") / "sample.tandem"
    build("invented", path).close()
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files of a test go."""
    made = tmp_path / "Handed over"
    made.mkdir()
    return made


@pytest.fixture
def page(
    themed: QApplication, sample: Path, tmp_path: Path, folder: Path,
    open_window: Callable[..., MainWindow], prefer: Callable[[str, object], None],
) -> ReportPage:
    prefer("export/folder", str(folder))
    prefer("export/open", "0")
    prefer("export/names", "html,methods")
    path = tmp_path / "Choirs.tandem"
    path.write_bytes(sample.read_bytes())
    window = open_window(path)
    people = window.workspace.project.all(Person)
    window.workspace.sit(next(one.id for one in people if one.role == "a"))
    window.open("report", "")
    shown = window.page
    assert isinstance(shown, ReportPage)
    return shown


def _names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def _export(page: ReportPage, qtbot) -> Outcome:
    with qtbot.waitSignal(page.files.run.ended, timeout=20000) as told:
        page.files.start()
    outcome: Outcome = told.args[0]
    return outcome


def _tick(page: ReportPage, *names: str) -> None:
    for name, tick in page.files.list.ticks.items():
        tick.setChecked(name in names)


def _texts(widget: QWidget) -> str:
    return "\n".join(
        one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)
    )


def test_ticked_files_are_written_with_date_and_draft_in_their_names(
    page: ReportPage, folder: Path, qtbot
):
    assert page.files.go.text() == "Export 2 items"
    outcome = _export(page, qtbot)
    day = date.today().isoformat()
    assert _names(folder) == [
        f"Choirs - {day} DRAFT methods.txt", f"Choirs - {day} DRAFT summary of findings.html"
    ]
    assert [one.state for one in outcome.files] == ["written", "written"]
    assert page.files.results.heading.text() == "2 of 2 files written"
    assert "Not final: 2 of 3 outcomes rated." in page.files.draft_words.text()
    assert not page.files.running.isVisible()


def test_everything_can_be_handed_over_at_once(page: ReportPage, folder: Path, qtbot):
    _tick(page, *page.files.list.ticks)
    page.files.dated.setChecked(False)
    outcome = _export(page, qtbot)
    assert {one.state for one in outcome.files} == {"written"}
    assert len(outcome.files) == len(_names(folder)) >= 11
    with open_project(folder / "Choirs - copy.tandem") as copy:
        assert len(copy.all(Study)) == 9
    assert (folder / "Choirs - history.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "forest plot 1" in " ".join(_names(folder))


def test_nothing_is_replaced_without_asking(page: ReportPage, folder: Path, qtbot):
    page.files.dated.setChecked(False)
    _tick(page, METHODS)
    there = folder / "Choirs - DRAFT methods.txt"
    there.write_text("What somebody wrote by hand")
    outcome = _export(page, qtbot)
    assert [one.state for one in outcome.files] == ["taken"]
    assert there.read_text() == "What somebody wrote by hand"
    assert "Nothing was replaced." in _texts(page.files.results)
    with qtbot.waitSignal(page.files.run.ended):
        page.files.results.again.emit("number")
    assert there.read_text() == "What somebody wrote by hand"
    second = folder / "Choirs - DRAFT methods (2).txt"
    assert second.read_text(encoding="utf-8").startswith("Risk of bias\n")
    _export(page, qtbot)
    with qtbot.waitSignal(page.files.run.ended):
        page.files.results.again.emit("replace")
    assert there.read_bytes() == second.read_bytes()
    assert len(_names(folder)) == 2


def test_cancel_keeps_what_is_written_and_says_so(
    page: ReportPage, folder: Path, qtbot, monkeypatch: pytest.MonkeyPatch
):
    _tick(page, "html", "csv", METHODS)
    kept = handing_over.write_file

    def write_then_cancel(*args: object, **kwargs: object) -> Path:
        made = kept(*args, **kwargs)
        page.files.run.cancel()
        return made

    monkeypatch.setattr("app.pages.report_parts.export_run.write_file", write_then_cancel)
    outcome = _export(page, qtbot)
    assert outcome.stopped
    assert len(_names(folder)) == 1
    assert page.files.results.heading.text() == "Stopped: 1 of 3 files written"
    assert page.files.why_not() is None


def test_the_review_can_be_changed_while_files_are_written(page: ReportPage, folder: Path, qtbot):
    study = page.workspace.project.all(Study)[0].id
    with qtbot.waitSignal(page.files.run.ended, timeout=20000):
        page.files.start()
        assert page.workspace.do(change, "study", study, label="Changed meanwhile").ok
    assert page.workspace.project.one(Study, study).label == "Changed meanwhile"
    assert len(_names(folder)) == 2


@pytest.mark.parametrize(
    ("error", "there", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), False, "The disk is full: “"),
        (PermissionError(errno.EACCES, "Permission denied"), False,
         "Nothing can be written into the folder “Handed over”."),
        (OSError(errno.EROFS, "Read-only file system"), False,
         "Nothing can be written into the folder “Handed over”."),
        (PermissionError(errno.EACCES, "Permission denied"), True,
         "is open in another program and was not replaced."),
    ],
)
def test_what_keeps_a_file_from_being_written_is_said(
    page: ReportPage, folder: Path, qtbot, monkeypatch: pytest.MonkeyPatch,
    error: OSError, there: bool, sentence: str,
):
    _tick(page, METHODS)
    page.files.dated.setChecked(False)
    target = folder / "Choirs - DRAFT methods.txt"
    if there:
        target.write_text("old")
    real = Path.open

    def refuse(path: Path, *args: object, **kwargs: object) -> object:
        if path.name.startswith(".Choirs - DRAFT"):
            raise error
        return real(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    complaints: list[str] = []
    page.complained.connect(complaints.append)
    page.files._start(page.files.asked(), "replace")
    qtbot.waitUntil(lambda: not page.files.run.running)
    assert sentence in complaints[0]
    assert sentence in _texts(page.files.results)
    assert page.files.results.heading.text() == "0 of 1 files written"
    assert _names(folder) == ([target.name] if there else [])
    if there:
        assert target.read_bytes() == b"old"


def test_without_room_for_a_working_copy_nothing_begins(
    page: ReportPage, monkeypatch: pytest.MonkeyPatch
):
    def full(**_kwargs: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("assessments.exports.working_copy.tempfile.mkdtemp", full)
    page.files.start()
    assert page.files.results.heading.text() == "Nothing was written"
    assert "There is no room for a working copy of the review." in _texts(page.files.results)
    assert not page.files.run.running


def test_the_working_copy_is_gone_afterwards(page: ReportPage):
    copy = WorkingCopy(page.workspace.project)
    with copy.opened() as opened:
        assert opened.seat == page.workspace.project.seat
        assert copy.path.exists()
    assert not copy.path.parent.exists()


@pytest.mark.parametrize(("ending", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_figures_are_painted_as_png_and_pdf(
    page: ReportPage, folder: Path, qtbot, ending: str, begins: bytes
):
    _tick(page, FIGURES)
    page.files.pictures.show_value(ending)
    outcome = _export(page, qtbot)
    assert [one.state for one in outcome.files] == ["written"] * 5
    assert all(one.path.read_bytes().startswith(begins) for one in outcome.files)


def test_the_preview_tells_what_each_output_holds(page: ReportPage):
    shown: dict[str, str] = {}
    for name in page.files.list.ticks:
        page.files.list.point_at(name)
        QApplication.processEvents()
        shown[name] = _texts(page.files.preview)
    assert "SoF 1: Breathing lessons compared with usual rehearsals" in shown["xlsx"]
    assert "1 assessment not finished by both is left out" in shown["xlsx"]
    assert "DRAFT summary of findings.xlsx" in shown["xlsx"]
    assert "Forest plot 1, Cancelled performance" in shown[FIGURES]
    assert "5 files" in shown[FIGURES]
    assert "Risk of bias was assessed with RoB 2" in shown[METHODS]
    assert "Nothing of judgements that are not finished by both" in shown[HISTORY]
    assert "give it to nobody who has to judge independently" in shown[ARCHIVE]


def test_ticks_are_reached_and_set_by_keyboard_and_remembered(page: ReportPage):
    tick = page.files.list.ticks["csv"]
    tick.setFocus()
    assert page.files.list.current == "csv"
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert "csv" in page.files.list.names
    assert page.files.go.text() == "Export 3 items"
    _tick(page)
    assert page.files.why_not() == "Tick at least one thing to hand over."
    assert not page.files.go.isEnabled()


def test_ctrl_e_exports(page: ReportPage, qtbot):
    with qtbot.waitSignal(page.files.run.ended, timeout=20000):
        QTest.keyClick(page.window(), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)


def test_the_folder_is_opened_afterwards_when_wished(
    page: ReportPage, folder: Path, qtbot, monkeypatch: pytest.MonkeyPatch
):
    opened: list[str] = []
    monkeypatch.setattr(
        "app.pages.report_parts.files_tab.QDesktopServices.openUrl",
        lambda url: opened.append(url.toLocalFile()),
    )
    page.files.opening.setChecked(True)
    _export(page, qtbot)
    assert opened == [str(folder)]


def test_the_methods_text_is_shown_checked_and_copied(page: ReportPage):
    page.go_to("methods")
    QApplication.processEvents()
    words = _texts(page.methods)
    assert "Two assessors (AA, BB) independently judged risk of bias" in words
    assert words.count("not stated") == 3
    page.methods.copying.click()
    copied = QApplication.clipboard().text()
    assert copied == page.methods.text.plain
    assert copied.startswith("Risk of bias\nRisk of bias was assessed with RoB 2")


def test_the_history_is_listed_filtered_and_searched(page: ReportPage):
    study = page.workspace.project.all(Study)[0]
    page.go_to("history")
    page.workspace.do(change, "study", study.id, label="Renamed here")
    QApplication.processEvents()
    assert page.history.shown()[0].sentence == "Changed a study, “Renamed here”"
    page.history.table.choose(page.history.shown()[0].id)
    QApplication.processEvents()
    assert f"Label: {study.label} → Renamed here" in _texts(page.history.details)
    page.history.search.setText("renamed")
    page.history._show()
    assert len(page.history.shown()) == 1
    page.history.kinds.show_tab("judging")
    assert page.history.shown() == ()
    page.history.kinds.show_tab("")
    page.history.copy()
    assert "Renamed here" in QApplication.clipboard().text()


def test_the_history_keeps_the_seal_when_another_sits_down(page: ReportPage, folder: Path):
    work = page.workspace
    from assessments.assignments import risk_of_bias_assignments

    assignment = next(
        one for one in risk_of_bias_assignments(work.project) if one.b == "open"
    )
    people = {one.role: one.id for one in work.people}
    work.sit(people["b"])
    page.go_to("history")
    assert work.do(judge, assignment.unit, "D2", "high").ok
    assert page.history.shown()[0].sentence.startswith(f"Judged {assignment.title}")
    page.history.save_to(folder / "history.csv")
    assert assignment.detail.encode() not in (folder / "history.csv").read_bytes()
    work.sit(people["a"])
    QApplication.processEvents()
    QApplication.processEvents()
    assert not any(one.sentence.startswith("Judged ") for one in page.history.shown())
    assert "Judged " not in _texts(page.history)


def test_every_tab_can_be_heard_and_fits_with_large_words(page: ReportPage):
    for name in ("files", "methods", "history"):
        page.go_to(name)
        QApplication.processEvents()
        assert nameless(page) == []
    theme.apply("light", 200)
    for name in ("files", "methods", "history"):
        page.go_to(name)
        QApplication.processEvents()
        assert page.minimumSizeHint().width() <= page.width()
    theme.apply("light", 100)


def test_names_of_planned_files_need_no_working_copy(page: ReportPage):
    asked = Asked(names=("html", HISTORY), dated=date(2026, 3, 1))
    planned = handing_over.planned_files(page.workspace.project, asked)
    assert [one.file_name for one in planned] == [
        "Choirs - 2026-03-01 DRAFT summary of findings.html", "Choirs - 2026-03-01 history.csv"
    ]
    background.wait()

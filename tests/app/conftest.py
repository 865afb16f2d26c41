"""What the tests of the window share: a themed application and windows on a review."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app import application, background, settings, theme
from app.collecting import collect_if_due
from app.main_window import MainWindow
from app.workspace import Workspace
from assessments.store.project_file import Project


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the screenless platform say what it cannot do; every other message of Qt fails."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(
                pytest.mark.qt_log_ignore("This plugin does not support .*", extend=True)
            )


@pytest.fixture(autouse=True)
def _own_preferences(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("preferences")
    monkeypatch.setenv("TANDEM_SETTINGS", str(folder / "preferences.ini"))


@pytest.fixture(autouse=True)
def _collected_between_tests() -> Iterator[None]:
    """Collect as the program does: never in the midst of a call from Qt, only between events."""
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    collect_if_due()
    gc.enable()


@pytest.fixture(scope="session")
def fusion(qapp: QApplication) -> QApplication:
    """The application with the style that the program has on all systems."""
    qapp.setStyle("Fusion")
    return qapp


@pytest.fixture
def themed(fusion: QApplication) -> Iterator[QApplication]:
    """The application in the light theme at 100 %, as the program sets it up."""
    theme.apply("light", 100)
    yield fusion
    background.wait()
    # what the test has closed is gone before the next one begins
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    fusion.processEvents()


@pytest.fixture
def workspace(themed: QApplication, filled: Project) -> Iterator[Workspace]:
    """The small filled review, with A sitting here."""
    made = Workspace(filled)
    made.project.seat = "person-a"
    yield made
    made._timer.stop()


@pytest.fixture
def window(qtbot, workspace: Workspace) -> MainWindow:
    """A shown window on the small review."""
    made = MainWindow(workspace)
    made.resize(1440, 900)
    made.show()
    qtbot.addWidget(made, before_close_func=lambda w: w._badges_later.stop())
    return made


@pytest.fixture
def open_window(qtbot, themed: QApplication) -> Iterator[Callable[[Path], MainWindow]]:
    """Opens review files in windows and closes them afterwards."""
    windows = application.Windows()

    def opened(path: Path) -> MainWindow:
        made = windows.open(path)
        assert made is not None
        return made

    yield opened
    for one in tuple(windows.reviews):
        windows.reviews.remove(one)
        one.asked.disconnect()
        one.close()
        one.deleteLater()


def shown_widgets(root: QWidget) -> list[QWidget]:
    """Return all visible widgets below that one."""
    return [one for one in root.findChildren(QWidget) if one.isVisibleTo(root)]


@pytest.fixture
def prefer() -> Callable[[str, object], None]:
    """Sets a preference of this machine."""
    return settings.write

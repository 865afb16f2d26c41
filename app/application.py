"""Starts the window: style, language, last-resort error handling, first window."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from app import icons, settings, speaking, theme
from app.collecting import CollectsWhenIdle
from app.stop_signals import StopSignals
from assessments.language import use_language

if TYPE_CHECKING:
    from app.main_window import MainWindow
    from app.start_window import StartWindow


class Windows(QObject):
    """The windows of the program: the start window, or open reviews."""

    def __init__(self) -> None:
        super().__init__()
        self.start: StartWindow | None = None
        self.reviews: list[MainWindow] = []
        self._quitting = False

    def show_start(self) -> StartWindow:
        """Show the start window."""
        from app.start_window import StartWindow

        if self.start is None:
            self.start = StartWindow()
            self.start.opened.connect(self.open)
            self.start.demo_asked.connect(self.open_demo)
        self.start.show_recent()
        self.start.show()
        self.start.raise_()
        self.start.activateWindow()
        return self.start

    def open(self, path: Path) -> MainWindow | None:
        """Open a review in a window of its own; a review that is open comes to the front."""
        from app import warming_up
        from assessments.problems import ProjectFileError

        for window in self.reviews:
            if window.workspace.project.path.resolve() == path.resolve():
                window.raise_()
                window.activateWindow()
                return window
        try:
            window = _window_on(path)
        except ProjectFileError as error:
            self._complain(error)
            return None
        except Exception as error:  # a fault must not leave one without any window
            speaking.show_fault(type(error), error, error.__traceback__)
            if not self.reviews:
                self.show_start()
            return None
        window.asked.connect(lambda what, which: self._asked(window, what))
        self.reviews.append(window)
        window.show()
        warming_up.begin(window)
        if self.start is not None:
            self.start.hide()
        return window

    def open_demo(self, name: str = "invented") -> MainWindow | None:
        """Build a fresh copy of a sample and open it."""
        from app.new_review import _documents
        from assessments.problems import ProjectFileError
        from assessments.samples import open_sample

        folder = Path(_documents())
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = open_sample(name, folder)
        except ProjectFileError as error:
            self._complain(error)
            return None
        return self.open(path)

    def _complain(self, error: Exception) -> None:
        from assessments.problems import ProjectFileError

        if not isinstance(error, ProjectFileError):
            return
        start = self.start
        if start is not None and start.isVisible():
            start.message.complain(f"{error.sentence} {error.remedy}".strip())
        else:
            speaking.show_file_error(error)
            if not self.reviews:
                self.show_start()

    def _asked(self, window: MainWindow, what: str) -> None:
        if what == "new":
            self.show_start().show_new()
        elif what == "open":
            self.show_start().browse()
        elif what == "demo":
            self.open_demo()
        elif what == "close":
            window.close()
        elif what == "quit":
            self.quit()
        elif what == "closed":
            self.reviews.remove(window)
            window.deleteLater()
            if not self.reviews and not self._quitting:
                self.show_start()

    def quit(self) -> None:
        """Keep what is being typed, close every review, and end the program."""
        self._quitting = True
        for one in tuple(self.reviews):
            one.close()
        QApplication.quit()


def _window_on(path: Path) -> MainWindow:
    """Return a window on that review; a file is let go again if no window can be made."""
    from app.main_window import MainWindow
    from app.workspace import Workspace

    workspace = Workspace.open(path)
    try:
        return MainWindow(workspace)
    except Exception:
        workspace.close()
        raise


def prepare(words: list[str]) -> QApplication:
    """Return the application with style, language and theme, before any window."""
    app = QApplication(["Tandem", *words])
    app.setApplicationName("Tandem")
    app.setOrganizationName("Tandem")
    app.setDesktopFileName("tandem")
    app.setStyle("Fusion")
    app.setWindowIcon(icons.window_icon())
    speak(app)
    theme.apply(settings.scheme(), settings.zoom())
    theme.follow_system()
    return app


def speak(app: QApplication) -> None:
    """Use the chosen language, or that of the system, for the program's and Qt's own words."""
    code = settings.language() or QLocale.system().name().split("_")[0]
    use_language(code)
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if code != "en" and translator.load(f"qtbase_{code}", folder):
        app.installTranslator(translator)


def start(argv: list[str]) -> int:
    """Open the start window, or the review file named in the words after the program's name."""
    app = prepare(argv)
    sys.excepthook = speaking.show_fault
    windows = Windows()
    named = next((Path(word) for word in argv if not word.startswith("-")), None)
    if named is None:
        windows.show_start()
    else:
        QTimer.singleShot(0, lambda: windows.open(named))
    signals = StopSignals(windows.quit)
    collecting = CollectsWhenIdle()
    status = app.exec()
    collecting.stop()
    signals.forget()
    from app import background

    background.wait()
    return int(status)

"""The first start: a private Python made, repaired, shared by two starts, or refused in words.

A small package made here stands for the real ones, so nothing comes from the network.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app.set_up import debian, failing, preparing, requirements, screen, system_libraries
from app.set_up.fetching import fetch
from app.set_up.preparing import prepare
from app.set_up.private_python import PrivatePython
from app.set_up.screen import has_screen
from app.set_up.speaking import SetUpProblem
from assessments.problems import ProjectFileError
from tests.assessments.other_people import as_ordinary_person
from tests.source_files import ROOT

NAME, VERSION = "tandem-sample", "1.0"
MODULE = "ANSWER = 42\n"


def make_wheel(folder: Path) -> str:
    """Write a wheel with one module; return its line for a pinned file."""
    folder.mkdir(parents=True, exist_ok=True)
    wheel = folder / f"tandem_sample-{VERSION}-py3-none-any.whl"
    about = f"tandem_sample-{VERSION}.dist-info"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("tandem_sample.py", MODULE)
        file.writestr(
            f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {VERSION}\n"
        )
        file.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        file.writestr(
            f"{about}/RECORD",
            f"tandem_sample.py,,{len(MODULE)}\n{about}/METADATA,,\n{about}/WHEEL,,\n{about}/RECORD,,\n",
        )
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{NAME}=={VERSION} \\\n    --hash=sha256:{digest}\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a private Python that was prepared once for this module."""
    root = tmp_path_factory.mktemp("made")
    line = make_wheel(root / "wheels")
    (root / "requirements.txt").write_text(line)
    (root / "requirements-tests.txt").write_text("")
    with pytest.MonkeyPatch.context() as patch:
        from_folder_only(patch, root / "wheels")
        prepare(PrivatePython(str(root)), ("run",))
    return root


def from_folder_only(patch: pytest.MonkeyPatch, wheels: Path) -> None:
    patch.setenv("PIP_NO_INDEX", "1")
    patch.setenv("PIP_FIND_LINKS", str(wheels))
    patch.setenv("PIP_CONFIG_FILE", os.devnull)


@pytest.fixture
def root(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that a test may ruin."""
    copy = tmp_path / "tandem with spaces"
    # a new one gets along without a pip of its own, which is the slow part of making it
    monkeypatch.setattr(preparing, "_has", lambda module: module == "pip")
    monkeypatch.setattr(preparing, "_outer_python", lambda: sys.executable)
    shutil.copytree(made, copy, symlinks=True)
    from_folder_only(monkeypatch, made / "wheels")
    return copy


def site_packages(root: Path) -> Path:
    return next((root / ".venv").glob("**/site-packages"))


def answer_of(root: Path) -> str:
    program = PrivatePython(str(root)).program
    source = "import tandem_sample; print(tandem_sample.ANSWER)"
    done = subprocess.run([program, "-c", source], capture_output=True, text=True, check=True)
    return done.stdout


class TestPreparing:
    def test_what_is_prepared_is_there_and_noted(self, made: Path) -> None:
        private = PrivatePython(str(made))
        assert private.lacking(("run",)) == ()
        assert private.lacking(("run", "tests")) == ("tests",)
        assert answer_of(made).strip() == "42"

    def test_nothing_is_done_twice(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = sorted(path.stat().st_mtime_ns for path in site_packages(root).rglob("*"))
        prepare(PrivatePython(str(root)), ("run",))
        assert sorted(p.stat().st_mtime_ns for p in site_packages(root).rglob("*")) == before
        assert capsys.readouterr().err == ""

    def test_a_whole_but_unnoted_one_is_adopted_as_it_is(
        self, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (root / ".venv" / "tandem-run.stamp").unlink()
        (site_packages(root) / "somebody_elses.py").write_text("")
        prepare(PrivatePython(str(root)), ("run",))
        assert PrivatePython(str(root)).lacking(("run",)) == ()
        assert (site_packages(root) / "somebody_elses.py").exists()
        assert "Fetching" not in capsys.readouterr().err

    def test_a_missing_package_is_installed(self, root: Path) -> None:
        (root / ".venv" / "tandem-run.stamp").unlink()
        (site_packages(root) / "tandem_sample.py").unlink()
        shutil.rmtree(site_packages(root) / f"tandem_sample-{VERSION}.dist-info")
        prepare(PrivatePython(str(root)), ("run",))
        assert answer_of(root).strip() == "42"

    def test_a_half_installed_package_is_found_and_all_is_made_anew(
        self, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (root / ".venv" / "tandem-run.stamp").unlink()
        (site_packages(root) / "tandem_sample.py").write_text("ANSW")
        prepare(PrivatePython(str(root)), ("run",))
        assert answer_of(root).strip() == "42"
        assert "is incomplete; making it anew" in capsys.readouterr().err

    @pytest.mark.parametrize("ruin", ["python that does not run", "only a folder"])
    def test_a_broken_python_is_made_anew(self, root: Path, ruin: str) -> None:
        program = Path(PrivatePython(str(root)).program)
        if ruin == "only a folder":
            shutil.rmtree(root / ".venv")
            (root / ".venv" / "lib").mkdir(parents=True)
        else:
            program.unlink()
            program.write_text("#!/bin/sh\nexit 3\n")
            program.chmod(0o755)
            (root / ".venv" / "tandem-run.stamp").unlink()
        prepare(PrivatePython(str(root)), ("run",))
        assert answer_of(root).strip() == "42"

    def test_changed_pins_are_noticed(self, root: Path) -> None:
        file = root / "requirements.txt"
        file.write_text(file.read_text() + "\n# a later version of this file\n")
        private = PrivatePython(str(root))
        assert private.lacking(("run",)) == ("run",)
        prepare(private, ("run",))
        assert private.lacking(("run",)) == ()

    def test_two_first_starts_at_once_take_turns(self, root: Path) -> None:
        shutil.rmtree(root / ".venv")
        source = (
            "import sys; from app.set_up.preparing import prepare; "
            "from app.set_up.private_python import PrivatePython; "
            "prepare(PrivatePython(sys.argv[1]), ('run',))"
        )
        starts = [
            subprocess.Popen(
                [sys.executable, "-c", source, str(root)], cwd=ROOT, text=True,
                stderr=subprocess.PIPE,
            )
            for _start in range(2)
        ]
        told = "".join(start.communicate()[1] for start in starts)
        assert [start.returncode for start in starts] == [0, 0]
        assert told.count("Making a private Python") == 1
        assert told.count("waiting for it") == 1
        assert answer_of(root).strip() == "42"


class TestRefusals:
    def test_a_package_that_is_not_the_pinned_one(self, root: Path) -> None:
        (root / ".venv" / "tandem-run.stamp").unlink()
        shutil.rmtree(site_packages(root) / f"tandem_sample-{VERSION}.dist-info")
        (root / "requirements.txt").write_text(f"{NAME}=={VERSION} --hash=sha256:{'0' * 64}\n")
        with pytest.raises(SetUpProblem, match="so it was refused"):
            prepare(PrivatePython(str(root)), ("run",))
        assert PrivatePython(str(root)).lacking(("run",)) == ("run",)

    def test_no_network(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("PIP_NO_INDEX")
        monkeypatch.delenv("PIP_FIND_LINKS")
        monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
        pip = [PrivatePython(str(root)).program, "-m", "pip"]
        file = root / "requirements.txt"
        file.write_text(file.read_text().replace(NAME, "something-else"))
        with pytest.raises(SetUpProblem) as told:
            fetch(pip, [str(file)], [NAME])
        assert "there is no way to the network from here" in str(told.value)
        assert "PIP_FIND_LINKS=FOLDER" in str(told.value)

    def test_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        for folder in (tmp_path, *tmp_path.parents[:2]):
            folder.chmod(0o755)
        tmp_path.chmod(0o555)
        told = as_ordinary_person(_told_when_preparing, tmp_path)
        tmp_path.chmod(0o755)
        assert "cannot write into its own folder" in told
        assert f"cp -R '{tmp_path}' ~/tandem && cd ~/tandem && python3 main.py" in told

    def test_neither_venv_nor_pip(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "requirements.txt").write_text("")
        monkeypatch.setattr(preparing, "_has", lambda _module: False)
        monkeypatch.setattr(debian, "_may_install", lambda: False)
        with pytest.raises(SetUpProblem) as told:
            prepare(PrivatePython(str(tmp_path)), ("run",))
        package = f"python3.{sys.version_info[1]}-venv"
        assert "lacks the modules “venv” and “pip”" in str(told.value)
        assert f"apt-get install --yes --no-install-recommends {package}" in str(told.value)

    def test_without_ensurepip_the_pip_of_this_python_does(self, root: Path) -> None:
        shutil.rmtree(root / ".venv")
        prepare(PrivatePython(str(root)), ("run",))
        assert answer_of(root).strip() == "42"
        assert not (site_packages(root) / "pip").exists()


def _told_when_preparing(root: Path) -> str:
    try:
        prepare(PrivatePython(str(root)), ("run",))
    except SetUpProblem as problem:
        return str(problem)
    return "prepared"


class TestRequirements:
    def test_a_package_for_another_system_is_not_asked_for(self, tmp_path: Path) -> None:
        (tmp_path / "requirements.txt").write_text(
            "one==1.0 \\\n    --hash=sha256:0\n"
            f"two==2.0 ; sys_platform == '{sys.platform}' \\\n    --hash=sha256:0\n"
            "three==3.0 ; sys_platform == 'plan9' \\\n    --hash=sha256:0\n"
        )
        assert requirements.pins(("run",), str(tmp_path)) == {"one": "1.0", "two": "2.0"}

    def test_names_are_found_however_they_are_spelled(self, tmp_path: Path) -> None:
        (tmp_path / "PySide6_Essentials-6.12.0.dist-info").mkdir()
        folders = [str(tmp_path), str(tmp_path / "not there")]
        assert requirements.missing({"pyside6-essentials": "6.12.0"}, folders) == []
        assert requirements.missing({"pyside6-essentials": "6.13.0"}, folders) == [
            "pyside6-essentials"
        ]

    def test_this_python_has_what_the_tests_need(self) -> None:
        assert requirements.missing(requirements.pins(("run", "tests"))) == []


class TestLibraries:
    def test_what_is_there_is_found_and_what_is_not_is_named(self) -> None:
        wanted = {"libc.so.6": "libc6", "libnowhere.so.9": "libnowhere9"}
        here = wanted if sys.platform.startswith("linux") else {"libnowhere.so.9": "libnowhere9"}
        assert system_libraries.missing_libraries(here) == {"libnowhere.so.9": "libnowhere9"}

    def test_the_line_that_installs_them_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(system_libraries.sys, "platform", "linux")
        monkeypatch.setattr(system_libraries, "ALWAYS", {"libnowhere.so.9": "libnowhere9"})
        monkeypatch.setattr(debian, "_may_install", lambda: False)
        with pytest.raises(SetUpProblem) as told:
            system_libraries.bring_libraries(offscreen=True)
        assert "needs libraries that this system lacks: libnowhere.so.9." in str(told.value)
        assert (
            "apt-get update && apt-get install --yes --no-install-recommends libnowhere9"
            in str(told.value)
        )

    def test_as_root_on_debian_they_are_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        done: list[list[str]] = []
        monkeypatch.setattr(debian, "_may_install", lambda: True)
        monkeypatch.setattr(debian.subprocess, "run", lambda command, **_how: done.append(command))
        debian.install(["libone", "libtwo"], "Needed.", still_missing=lambda: not done)
        assert [command[:2] for command in done] == [["apt-get", "update"], ["apt-get", "install"]]
        assert done[1][-2:] == ["libone", "libtwo"]
        with pytest.raises(SetUpProblem, match="did not work"):
            debian.install(["libone"], "Needed.", still_missing=lambda: True)

    def test_a_window_on_x11_needs_more_than_a_picture(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(system_libraries.sys, "platform", "linux")
        monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
        assert "libxcb-cursor.so.0" not in system_libraries.needed()
        monkeypatch.delenv("QT_QPA_PLATFORM")
        monkeypatch.setenv("DISPLAY", ":0")
        assert "libxcb-cursor.so.0" in system_libraries.needed()
        monkeypatch.setattr(system_libraries.sys, "platform", "darwin")
        assert system_libraries.needed() == {}


class TestScreen:
    @pytest.mark.parametrize(
        ("variables", "expected"),
        [
            ({}, False),
            ({"QT_QPA_PLATFORM": "offscreen"}, True),
            ({"QT_QPA_PLATFORM": "xcb"}, False),
            ({"WAYLAND_DISPLAY": "wayland-0"}, True),
            ({"DISPLAY": ":4242"}, False),
            ({"DISPLAY": "localhost:4242.0"}, False),
        ],
    )
    def test_there_is_one_or_not(
        self, variables: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.set_up.screen.sys.platform", "linux")
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        assert has_screen() is expected

    def test_a_socket_that_a_dead_server_left_is_none(self, tmp_path: Path) -> None:
        place = str(tmp_path / "X0")
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(place)
            assert not screen._listens(place)
            server.listen()
            assert screen._listens(place)
        assert not screen._listens(place)
        assert not screen._listens(str(tmp_path / "X1"))

    def test_windows_and_mac_have_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("app.set_up.screen.sys.platform", "win32")
        assert has_screen()


class TestFailing:
    def test_known_refusals_are_said_as_they_are(self) -> None:
        assert failing.in_a_sentence(ProjectFileError("It is full.", "Make room.")) == (
            "It is full. Make room."
        )
        assert failing.in_a_sentence(PermissionError(13, "Permission denied", "x.tandem")) == (
            "“x.tandem” could not be read or written: Permission denied."
        )

    def test_unknown_ones_are_one_sentence_and_a_file(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        told = failing.in_a_sentence(ZeroDivisionError("division by zero"))
        assert "ZeroDivisionError: division by zero" in told
        assert "Traceback" not in told
        [file] = tmp_path.iterdir()
        assert str(file) in told
        assert "ZeroDivisionError" in file.read_text()

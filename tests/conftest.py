"""What all tests share: no screen, no surprises, one Qt application, a fresh review file."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("QT_SCALE_FACTOR", None)

import pytest
from hypothesis import HealthCheck, settings

from assessments.edits import Done
from assessments.review_edits import add, change
from assessments.store.project_file import Project, create

# the same examples at every run, and no clock: a slow machine is no failure
settings.register_profile(
    "house",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["tandem-tests"]


@pytest.fixture(autouse=True)
def _private_folders(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
                     ) -> None:
    """Keep settings, caches and error notes of the tests away from the person's own."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture(autouse=True)
def _no_log_messages(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log is a surprise, and a surprise fails."""
    yield
    messages = [r for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
    # pytest-qt files Qt's messages apart and fails on them by itself
    assert not messages, [record.getMessage() for record in messages]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the review file of this test lies."""
    return tmp_path / "Review.tandem"


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    """A new, empty review, open for writing."""
    with create(path) as opened:
        yield opened


@pytest.fixture
def kept(path: Path) -> Path:
    """A closed review with a title and three studies."""
    with create(path) as project:
        assert change(project, "review", "review", title="Falls").ok
        for number in range(3):
            assert add(project, "study", label=f"Study {number}").ok
    return path


@pytest.fixture
def filled(project: Project) -> Project:
    """A small review: assessors A and B, one comparison, two outcomes, two studies; A sits here."""
    for role in ("a", "b"):
        done(add(project, "person", id=f"person-{role}", role=role, name=f"Name {role.upper()}",
                 initials=role.upper()))
    done(add(project, "comparison", id="c1", intervention="Training", comparator="Usual care"))
    for number, label in ((1, "Falls"), (2, "Balance")):
        done(add(project, "outcome", id=f"o{number}", comparison="c1", label=label))
        done(add(project, "study", id=f"s{number}", label=f"Study {number}", design="rct"))
    done(change(project, "review", "review", title="Invented review for a test"))
    project.seat = "person-a"
    return project


def done(result: Done) -> Done:
    """Return the result of an edit that must have happened."""
    assert result.ok, [str(problem) for problem in result.problems]
    return result

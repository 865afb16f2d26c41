"""Work beside the window: one job per topic, the latest wins, and it can be cancelled."""

from __future__ import annotations

import threading

from app import background


def test_the_value_comes_back_on_the_main_thread(themed, qtbot) -> None:
    found = []
    job = background.run(
        "sum", lambda _token: (sum(range(10)), threading.get_ident()), found.append
    )
    qtbot.waitUntil(lambda: bool(found))
    assert found[0][0] == 45
    assert found[0][1] != threading.get_ident()
    assert job.topic == "sum"


def test_only_the_latest_of_a_topic_is_heard(themed, qtbot) -> None:
    go, heard = threading.Event(), []

    def slow(_token: background.Token) -> str:
        go.wait(5)
        return "old"

    background.run("plot", slow, heard.append)
    background.run("plot", lambda _token: "new", heard.append)
    qtbot.waitUntil(lambda: heard == ["new"])
    go.set()
    background.wait()
    qtbot.wait(20)
    assert heard == ["new"]


def test_progress_is_told_and_cancelling_stops(themed, qtbot) -> None:
    told, heard, begun = [], [], threading.Event()

    def work(token: background.Token) -> str:
        token.step(1, 3)
        begun.set()
        while not token.cancelled:
            pass
        token.step(2, 3)
        return "never"

    job = background.run("export", work, heard.append)
    job.progress.connect(lambda done, of: told.append((done, of)))
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert heard == []
    assert (2, 3) not in told


def test_an_error_is_handed_over(themed, qtbot) -> None:
    heard = []

    def broken(_token: background.Token) -> None:
        raise ValueError("no")

    background.run("export", broken, heard.append, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], ValueError)

"""A function in a process of its own: its answers, its log, its silence and its end."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from spiders.subprocess import Child, ChildDiedError
from tests.support import children


@contextmanager
def child(work, *args) -> Iterator[Child]:
    started = Child(work, *args)
    try:
        yield started
    finally:
        started.end()


def test_it_answers_and_hears():
    with child(children.echo, 1, "two") as one:
        assert one.receive(30) == (1, "two")
        one.send({"three": 4})
        assert one.receive(30) == {"three": 4}
        with pytest.raises(ChildDiedError):
            one.receive(30)


def test_what_it_logs_is_logged_here_and_what_it_prints_nowhere(caplog, capfd):
    caplog.set_level(logging.INFO, "spiders")
    with child(children.speak) as one:
        assert one.receive(30) == "done"
    assert [(each.name, each.levelname, each.message) for each in caplog.records] == [
        ("spiders.of_a_child", "WARNING", "3 events")
    ]
    assert capfd.readouterr().out == ""


def test_silence_is_told_from_death_and_can_be_ended():
    with child(children.fall_silent) as one:
        assert one.receive(30) == "here"
        with pytest.raises(TimeoutError):
            one.receive(0.05)
        begun = time.monotonic()
    assert time.monotonic() - begun < 10, "it is not waited for"
    with child(children.die) as one:
        with pytest.raises(ChildDiedError):
            one.receive(30)
        with pytest.raises(ChildDiedError):
            one.send("x" * 10_000_000)  # more than a pipe holds

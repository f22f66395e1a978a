"""A run by itself waits for a network that is not there yet, and not for ever."""

from __future__ import annotations

import pytest

from planner.cli import _job
from planner.cli._network import AT_MOST, STEP, has_way, is_needed, wait_for_it
from tests.support.cli import NOW, run


class Time:
    """A clock that only sleeping moves; there is a network from ``up`` on."""

    def __init__(self, up: float) -> None:
        self.now, self.up = 1000.0, 1000.0 + up

    def look(self) -> bool:
        return self.now >= self.up

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def clock(self) -> float:
        return self.now


@pytest.mark.parametrize(("up", "is_there", "waited"), [(0, True, 0), (12, True, 15), (60, True, 60), (999, False, 60)])
def test_it_waits_for_a_minute(up, is_there, waited):
    time = Time(up)
    assert wait_for_it(time.look, time.sleep, time.clock) is is_there
    assert time.now == 1000 + waited
    assert waited <= AT_MOST
    assert waited % STEP == 0


def test_nobody_waits_for_the_way_to_an_own_machine():
    assert is_needed(["https://club.example/a", "webcal://hall.example/b"], ["127.0.0.1"])
    assert not is_needed(["https://club.example/a", "http://127.0.0.1:8000/b"], ["127.0.0.1"])
    assert not is_needed([], [])
    assert has_way() in {True, False}


@pytest.mark.parametrize(("options", "waits"), [(("--quiet",), 1), ((), 0), (("--quiet", "--offline"), 0)])
def test_only_a_run_by_itself_waits(home, monkeypatch, options, waits):
    asked = []
    monkeypatch.setattr(_job, "wait_for_it", lambda: asked.append(1))
    monkeypatch.setattr("spiders.crawl.crawl", lambda *_, **__: iter(()))
    text = (home / "config.yaml").read_text("utf-8") + "  - {id: far, kind: ical, url: 'https://far.example/a.ics'}\n"
    (home / "config.yaml").write_text(text, encoding="utf-8")
    assert run(home, "refresh", "--now", NOW, *options).returncode == 0
    assert len(asked) == waits

"""``quanzi sources add RULE``: a rule that is counted wants a day to count from."""

from __future__ import annotations

import pytest

from planner.config import load
from planner.errors import ConfigError
from planner.i18n.catalog import Catalog
from tests.support.cli import NOW, run

CONFIG = "language: en\ntimezone: Asia/Shanghai\nsources: []\n"


@pytest.fixture
def home(tmp_path):
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    return tmp_path


def test_without_a_day_it_asks_and_writes_nothing(home):
    told = run(home, "sources", "add", "every other Thursday 19:30", "--yes", "--now", NOW)
    assert told.returncode == 2
    assert "--since 2026-11-05" in told.stderr
    assert (home / "config.yaml").read_text("utf-8") == CONFIG


def test_with_a_day_it_is_followed_in_the_right_weeks(home):
    rule = ("sources", "add", "every other Thursday 19:30-21:00", "--title", "Sample Club", "--since", "2026-11-12")
    told = run(home, *rule, "--yes", "--now", NOW)
    assert told.returncode == 0, told.stderr
    assert "Thu 26 Nov" in told.stdout
    assert "Thu 3 Dec" not in told.stdout
    (entry,) = load(home / "config.yaml", Catalog("en")).sources
    assert entry.since.isoformat() == "2026-11-12"
    events = run(home, "events", "--now", NOW).stdout
    assert "26 Nov" in events
    assert "3 Dec" not in events
    later = run(home, "gather", "--now", "2026-12-04T12:00:00+08:00")
    assert later.returncode == 0
    assert "Thu 10 Dec" in run(home, "events", "--now", "2026-12-04T12:00:00+08:00").stdout


def test_what_is_no_day_is_said(home):
    told = run(home, "sources", "add", "every other Thursday 19:30", "--since", "soon", "--now", NOW)
    assert told.returncode == 2
    assert "not a day: soon" in told.stderr


def test_a_day_is_for_rules_alone(home):
    text = CONFIG.replace("[]", "[{id: a, url: https://a.example/, since: 2026-11-05}]")
    (home / "config.yaml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match="since is for kind recurrence"):
        load(home / "config.yaml", Catalog("en"))

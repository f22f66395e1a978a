"""Listing what is known."""

from __future__ import annotations

import json

from tests.support.cli import CONFIG, NOW, run


def test_events_lists_merged_events_with_their_copies(home):
    (home / "config.yaml").write_text(
        CONFIG.format(language="en") + "  - {id: again, kind: ical, file: club.ics}\n", encoding="utf-8"
    )
    run(home, "week", "--now", NOW, "--quiet")
    rows = [json.loads(line) for line in run(home, "events", "--now", NOW, "--json").stdout.splitlines()]
    assert len(rows) == 2
    assert rows[0]["uid"].endswith("@quanzi")
    assert rows[0]["picked"] is True
    assert rows[0]["track"] == "practice"
    assert rows[0]["copies"] == [
        {"source": name, "uid": "speech", "start": "2026-11-24T19:30", "title": "样板头马俱乐部例会", "url": None}
        for name in ("again", "club")
    ]
    found = run(home, "events", "--now", NOW, "--json", "--search", "储能").stdout.splitlines()
    assert len(found) == 1
    assert len(run(home, "events", "--now", NOW, "--json", "--topic", "头马").stdout.splitlines()) == 1
    assert not run(home, "events", "--now", NOW, "--json", "--track", "other").stdout
    assert "样板头马" in run(home, "events", "--now", NOW).stdout


def test_a_source_that_left_the_configuration_says_nothing_any_more(home):
    run(home, "week", "--now", NOW, "--quiet")
    (home / "config.yaml").write_text("language: en\nsources: []\n")
    assert not run(home, "events", "--now", NOW, "--json").stdout

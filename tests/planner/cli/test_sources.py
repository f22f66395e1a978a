"""How each source fares."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from wcwidth import width

from planner.store import SourceState, Store
from spiders.reasons import Code, Reason
from tests.support.cli import CONFIG, NOW, run
from tests.support.terminal import COLUMNS, run_at_terminal

AT = datetime.fromisoformat(NOW)
DAY = timedelta(days=1)


def listed(home, *arguments: str) -> dict[str, dict[str, object]]:
    rows = [json.loads(line) for line in run(home, "sources", "list", "--json", *arguments).stdout.splitlines()]
    return {str(row["id"]): row for row in rows}


def keep(home, **known: object) -> None:
    state = {"id": "club", "address": "x", "tried": AT, "outcome": "ok", **known}
    with Store(home / "quanzi.db") as store, store.transaction():
        store.put_source(SourceState(**state))  # type: ignore[arg-type]


def test_sources_list_tells_how_each_fares(home):
    run(home, "week", "--now", NOW, "--quiet")
    rows = listed(home, "--now", NOW)
    assert [(row["id"], row["outcome"], row["count"]) for row in rows.values()] == [
        ("club", "ok", 2),
        ("gone", "failed", 0),
    ]
    assert [(row["health"], row["since"], row["failures"]) for row in rows.values()] == [
        ("ok", None, 0),
        ("failed", None, 1),
    ]
    assert rows["gone"]["reason"].endswith("no such file or directory")
    shown = run(home, "sources", "list", "--now", NOW).stdout
    assert "club.ics" in shown
    assert "      " in shown.splitlines()[2], "the reason, in a line of its own"


def test_a_source_that_was_never_asked_is_new(home):
    assert [row["health"] for row in listed(home).values()] == ["never", "never"]
    assert "new" in run(home, "sources", "list").stdout


def test_a_source_that_moved_and_wants_to_be_left_alone_says_so(home):
    keep(
        home,
        outcome="failed",
        reason=Reason(Code.STATUS_WAIT, status=429),
        good=AT - 3 * DAY,
        failures=2,
        not_before=AT + timedelta(hours=6),
        moved_to="https://new.example/c.ics",
    )
    row = listed(home, "--now", NOW)["club"]
    assert (row["health"], row["since"], row["failures"]) == ("failed", "2026-11-17T20:00:00+08:00", 2)
    assert (row["not_before"], row["moved_to"]) == ("2026-11-21T02:00:00+08:00", "https://new.example/c.ics")
    shown = run(home, "sources", "list", "--now", NOW).stdout
    for words in (
        "status 429: asks to wait",
        "last answered well on 2026-11-17",
        "left alone until 2026-11-21 02:00",
        "moved for good to https://new.example/c.ics",
    ):
        assert words in shown
    assert "left alone" not in run(home, "sources", "list", "--now", "2026-11-21T03:00+08:00").stdout


@pytest.mark.parametrize(("days", "health"), [(20, "ok"), (40, "stale")])
def test_a_source_whose_events_are_all_over_is_stale(home, days, health):
    run(home, "gather", "--now", NOW)
    later = (AT + days * DAY).isoformat()
    assert listed(home, "--now", later)["club"]["health"] == health


def test_a_source_without_events_is_silent(home):
    keep(home, outcome="quiet", good=AT, reason=Reason(Code.EMPTY_CALENDAR))
    assert listed(home, "--now", NOW)["club"]["health"] == "quiet"
    assert "a calendar without events" in run(home, "sources", "list", "--now", NOW).stdout


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_line_fits_the_terminal(home, language):
    address = "https://very-long-host-name.example/" + "calendar/" * 12
    config = CONFIG.format(language=language) + f"  - {{id: a-source-with-quite-a-long-name, url: {address}}}\n"
    (home / "config.yaml").write_text(config, encoding="utf-8")
    keep(home, id="a-source-with-quite-a-long-name", moved_to=address, outcome="quiet", reason=Reason(Code.EMPTY_FEED))
    code, shown = run_at_terminal(home, "sources", "list", "--now", NOW)
    assert code == 0
    assert len(shown.splitlines()) >= 5
    assert max(map(width, shown.splitlines())) <= COLUMNS


def test_an_unknown_subcommand_names_the_nearest(home):
    told = run(home, "sources", "chek")
    assert (told.returncode, "did you mean check?" in told.stderr) == (2, True)


def test_help_names_every_subcommand(home):
    for language, word in (("C", "health"), ("zh_CN.UTF-8", "来源")):
        told = run(home, "sources", "--help", language=language).stdout
        assert all(f"  {name} " in told for name in ("list", "check", "remove"))
        assert word in told


def test_without_sources_it_says_so(home):
    (home / "config.yaml").write_text("language: en\n", encoding="utf-8")
    assert run(home, "sources", "list").stdout == "no sources configured\n"

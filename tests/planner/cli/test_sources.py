"""How each source fares."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from wcwidth import width

from planner.config import load
from planner.gather import sources_of
from planner.gather.fingerprint import fingerprint
from planner.i18n.catalog import Catalog
from planner.store import SourceState, Store
from spiders.reasons import Code, Reason
from tests.support.cli import CONFIG, NOW, run
from tests.support.terminal import COLUMNS, run_at_terminal

AT = datetime.fromisoformat(NOW)
DAY = timedelta(days=1)


def listed(home, *arguments: str) -> dict[str, dict[str, object]]:
    rows = [json.loads(line) for line in run(home, "sources", "list", "--json", *arguments).stdout.splitlines()]
    return {str(row["id"]): row for row in rows}


def on_the_web(home) -> None:
    (home / "config.yaml").write_text("language: en\nsources: [{id: club, url: club.example}]\n", encoding="utf-8")


def fingerprint_of(home) -> str:
    config = load(home / "config.yaml", Catalog("en"))
    return fingerprint(sources_of(config)[0])


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
    on_the_web(home)
    keep(
        home,
        outcome="failed",
        reason=Reason(Code.STATUS_WAIT, status=429),
        good=AT - 3 * DAY,
        failures=2,
        not_before=AT + timedelta(hours=6),
        moved_to="https://new.example/c.ics",
        moved_seen=2,
    )
    row = listed(home, "--now", NOW)["club"]
    assert (row["health"], row["since"], row["failures"]) == ("failed", "2026-11-17T20:00:00+08:00", 2)
    assert (row["not_before"], row["moved_to"]) == ("2026-11-21T02:00:00+08:00", "https://new.example/c.ics")
    shown = run(home, "sources", "list", "--now", NOW).stdout
    for words in (
        "status 429: asks to wait",
        "last answered well on 17 Nov 2026",
        "wants to be left alone until Sat 21 Nov 02:00",
        "moved for good to https://new.example/c.ics",
    ):
        assert words in shown
    assert "left alone" not in run(home, "sources", "list", "--now", "2026-11-21T03:00+08:00").stdout


def test_a_source_that_failed_lately_says_when_it_is_asked_again(home):
    on_the_web(home)
    keep(
        home, outcome="failed", reason=Reason(Code.NO_ANSWER), failures=2, moved_to="https://new.example/", moved_seen=1
    )
    row = listed(home, "--now", NOW)["club"]
    assert (row["asked_next"], row["not_before"], row["moved_to"]) == ("2026-11-21T01:24:00+08:00", None, None)
    told = "is asked again from Sat 21 Nov 01:24 on (at once: quanzi gather --fresh club)"
    assert told in run(home, "sources", "list", "--now", NOW).stdout


def test_where_its_host_wants_to_be_left_alone_the_source_is(home):
    on_the_web(home)
    keep(home)
    with Store(home / "quanzi.db") as store, store.transaction():
        store.put_host_wait("club.example", AT + DAY)
    assert listed(home, "--now", NOW)["club"]["not_before"] == "2026-11-21T20:00:00+08:00"


def test_what_is_gone_for_good_is_not_asked_again(home):
    on_the_web(home)
    keep(home, outcome="failed", reason=Reason(Code.STATUS_GONE, status=410), failures=1, address=fingerprint_of(home))
    assert listed(home, "--now", NOW)["club"]["asked_next"] is None
    assert "asked again" not in run(home, "sources", "list", "--now", NOW).stdout


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
    moved = {"moved_to": address, "moved_seen": 2}
    keep(home, id="a-source-with-quite-a-long-name", outcome="quiet", reason=Reason(Code.EMPTY_FEED), **moved)
    code, shown = run_at_terminal(home, "sources", "list", "--now", NOW)
    assert code == 0
    assert len(shown.splitlines()) >= 5
    assert max(map(width, shown.splitlines())) <= COLUMNS


@pytest.mark.parametrize(("language", "said"), [("en", "unconfirmed: how it is read"), ("zh", "未证实：读法只依据")])
def test_what_rests_on_the_words_of_others_says_so(home, language, said):
    week = "https://www.douban.com/location/shanghai/events/week-salon"
    config = (
        f"language: {language}\nsources:\n"
        f"  - {{id: named, kind: site, site: douban, url: {week}}}\n"
        f"  - {{id: known-by-its-host, url: {week}}}\n"
        f"  - {{id: recorded, kind: site, site: wix, url: https://club.example/events}}\n"
        f"  - {{id: no-module, kind: page, url: {week}}}\n"
    )
    (home / "config.yaml").write_text(config, encoding="utf-8")
    told = {name: row["unconfirmed"] for name, row in listed(home).items()}
    assert told == {"named": True, "known-by-its-host": True, "recorded": False, "no-module": False}
    assert run(home, "sources", "list").stdout.count(said) == 2


def test_an_unknown_subcommand_names_the_nearest(home):
    told = run(home, "sources", "chek")
    assert (told.returncode, "did you mean check?" in told.stderr) == (2, True)


def test_help_names_every_subcommand(tmp_path):
    for language, word in (("C", "health"), ("zh_CN.UTF-8", "来源")):
        told = run(tmp_path, "sources", "--help", language=language).stdout
        assert all(f"  {name} " in told for name in ("list", "check", "remove"))
        assert word in told


def test_without_sources_it_says_so(home):
    (home / "config.yaml").write_text("language: en\n", encoding="utf-8")
    assert run(home, "sources", "list").stdout == "no sources configured\n"

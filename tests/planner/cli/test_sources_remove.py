"""A source is taken out: its lines go, its events stay as not confirmed or are forgotten with it."""

from __future__ import annotations

import json

import pytest

from tests.support.cli import CALENDAR, CONFIG, NOW, outputs, run
from tests.support.terminal import run_at_terminal

LATER = "2026-11-21T20:00:00+08:00"
OTHER = CALENDAR.replace("UID:s", "UID:t").replace("样板头马", "三叶头马").replace("储能供应链", "光伏供应链")


@pytest.fixture
def home(tmp_path):
    """Two clubs, the second closed to the public."""
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "other.ics").write_text(OTHER.replace("T1930", "T1400").replace("T2130", "T1600"), encoding="utf-8")
    config = CONFIG.format(language="en").replace("gone.ics", "other.ics").replace("id: gone", "id: other")
    (tmp_path / "config.yaml").write_text(config, encoding="utf-8")
    run(tmp_path, "week", "--now", NOW, "--quiet")
    return tmp_path


def public(home) -> str:
    return outputs(home)["out/public/all.ics"].decode().replace("\r\n ", "")


def plan(home) -> str:
    return outputs(home)["out/plan.ics"].decode().replace("\r\n ", "")


def event_of(calendar: str, title: str) -> str:
    return next(each for each in calendar.split("BEGIN:VEVENT") if title in each)


def refresh(home, now: str = LATER) -> None:
    assert run(home, "refresh", "--now", now, "--quiet").returncode == 0


def test_what_it_said_stays_known_as_not_confirmed(home):
    picked = "样板头马" in plan(home)
    told = run(home, "sources", "remove", "club", "--yes", "--now", NOW)
    assert told.returncode == 0
    assert "    - {id: club, kind: ical, file: club.ics}\n" in told.stdout
    assert "not confirmed: 2" in told.stdout
    assert (
        (home / "config.yaml").read_text("utf-8").endswith("sources:\n  - {id: other, kind: ical, file: other.ics}\n")
    )
    refresh(home)
    event = event_of(public(home), "样板头马")
    assert "not confirmed since 20 Nov 2026" in event
    assert "STATUS:CONFIRMED" in event
    assert ("样板头马" in plan(home)) == picked
    assert "not confirmed" not in event_of(public(home), "三叶头马")
    for day in range(22, 27):  # never counted on
        refresh(home, f"2026-11-{day}T20:00:00+08:00")
    assert "STATUS:CONFIRMED" in event_of(public(home), "样板头马")


def test_it_is_no_longer_asked_nor_listed_among_the_sources(home):
    run(home, "sources", "remove", "club", "--yes", "--now", NOW)
    (home / "club.ics").unlink()
    assert "club" not in run(home, "gather", "--now", LATER).stderr
    rows = run(home, "sources", "list", "--json", "--now", LATER).stdout.splitlines()
    assert [json.loads(row)["id"] for row in rows] == ["other"]
    assert "taken out, still known: club" in run(home, "sources", "list", "--now", LATER).stdout
    assert "taken out" not in run(home, "sources", "list", "--now", "2026-12-20T20:00:00+08:00").stdout


def test_forgetting_withdraws_what_nobody_else_tells(home):
    told = run(home, "sources", "remove", "club", "--forget", "--yes", "--now", NOW)
    assert "forgotten, with its coming events: 2" in told.stdout
    refresh(home)
    assert "样板头马" not in public(home) + plan(home)
    assert "三叶头马" in public(home)
    assert "taken out" not in run(home, "sources", "list", "--now", NOW).stdout


def test_what_others_tell_too_stands_when_one_of_them_is_forgotten(home):
    (home / "other.ics").write_text(CALENDAR, encoding="utf-8")
    run(home, "refresh", "--now", NOW, "--quiet")
    uid = event_of(public(home), "样板头马").split("UID:")[1].split()[0]
    run(home, "sources", "remove", "club", "--forget", "--yes", "--now", NOW)
    refresh(home)
    event = event_of(public(home), "样板头马")
    assert uid in event
    assert "not confirmed" not in event


def test_one_that_was_taken_out_can_be_forgotten_later(home):
    run(home, "sources", "remove", "club", "--yes", "--now", NOW)
    again = run(home, "sources", "remove", "club", "--yes", "--now", NOW)
    assert (again.returncode, "taken out already" in again.stderr) == (2, True)
    assert run(home, "sources", "remove", "club", "--yes", "--forget", "--now", NOW).returncode == 0
    refresh(home)
    assert "样板头马" not in public(home)
    assert run(home, "sources", "remove", "club", "--yes", "--forget").returncode == 2, "now it is unknown"


def test_one_that_comes_back_is_confirmed_again(home):
    config = (home / "config.yaml").read_bytes()
    run(home, "sources", "remove", "club", "--yes", "--now", NOW)
    refresh(home)
    (home / "config.yaml").write_bytes(config)
    refresh(home)
    assert "not confirmed" not in public(home)
    (home / "config.yaml").write_bytes(config.replace(b"  - {id: club, kind: ical, file: club.ics}\n", b""))
    refresh(home)
    assert "样板头马" not in public(home), "who is taken out by hand says nothing any more"


def test_what_was_closed_to_the_public_stays_closed(home):
    config = (home / "config.yaml").read_text("utf-8").replace("file: other.ics", "file: other.ics, public: false")
    (home / "config.yaml").write_text(config, encoding="utf-8")
    refresh(home, NOW)
    assert "三叶头马" not in public(home)
    run(home, "sources", "remove", "other", "--yes", "--now", NOW)
    refresh(home)
    assert "三叶头马" not in public(home)
    assert "三叶头马" in run(home, "events", "--now", NOW, "--week", "next").stdout


def test_a_source_that_was_never_read_is_only_taken_out(home):
    with (home / "config.yaml").open("a") as file:
        file.write("  - {id: new, file: new.ics}\n")
    told = run(home, "sources", "remove", "new", "--yes", "--now", NOW)
    assert (told.returncode, "not confirmed" in told.stdout) == (0, False)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["clb", "--yes"], "did you mean club?"),
        (["wholly-else", "--yes"], "known are: club, other"),
        (["club"], "say --yes"),
    ],
)
def test_wrong_usage_changes_nothing(home, arguments, words):
    before = (home / "config.yaml").read_bytes()
    told = run(home, "sources", "remove", *arguments)
    assert told.returncode == 2
    assert words in told.stderr
    assert (home / "config.yaml").read_bytes() == before


def test_what_cannot_be_taken_out_of_the_text_stays_known_as_it_was(home):
    config = (home / "config.yaml").read_text("utf-8").replace("{id: club,", "&c {id: club,")
    (home / "config.yaml").write_text(config, encoding="utf-8")
    told = run(home, "sources", "remove", "club", "--yes", "--now", NOW)
    assert told.returncode == 2
    assert "config.yaml:5: club cannot be taken out" in told.stderr
    refresh(home)
    assert "not confirmed" not in public(home)


@pytest.mark.parametrize(("answer", "left"), [("n\n", True), ("y\n", False), ("\n", True)])
def test_a_terminal_asks(home, answer, left):
    code, shown = run_at_terminal(home, "sources", "remove", "club", "--now", NOW, answer=answer)
    assert code == 0
    assert "Take club out of config.yaml?" in shown
    assert ("id: club" in (home / "config.yaml").read_text("utf-8")) == left
    assert ("nothing was changed" in shown) == left


def test_it_speaks_the_language_of_the_configuration(home):
    config = (home / "config.yaml").read_text("utf-8").replace("language: en", "language: zh")
    (home / "config.yaml").write_text(config, encoding="utf-8")
    assert "删掉的是这几行" in run(home, "sources", "remove", "club", "--yes", "--now", NOW).stdout

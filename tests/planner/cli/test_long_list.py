"""Long lists at a terminal: the beginning, how many more, a pager; programs get everything."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from planner.cli._long_list import SHOWN, Extent
from tests.support.cli import CONFIG, NOW, run
from tests.support.terminal import run_at_terminal

MANY = 2 * SHOWN
EVENT = (
    "BEGIN:VEVENT\r\nUID:{number}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:{start:%Y%m%dT%H%M%S}Z\r\n"
    "SUMMARY:头马例会 {number}\r\nEND:VEVENT\r\n"
)
PAGER = "sh -c 'echo PAGED; cat'"


@pytest.fixture
def full(home) -> Path:
    """A folder that knows many events, of which some are planned."""
    first = datetime(2026, 11, 23, 2, tzinfo=UTC)
    events = "".join(EVENT.format(number=number, start=first + number * timedelta(hours=5)) for number in range(MANY))
    calendar = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\n{events}END:VCALENDAR\r\n"
    (home / "club.ics").write_text(calendar, encoding="utf-8")
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0
    return home


def rows(shown: str) -> list[str]:
    return [line for line in shown.splitlines() if "头马例会" in line]


def test_a_terminal_shows_the_first_ones_and_says_how_to_see_the_others(full):
    code, shown = run_at_terminal(full, "events", "--now", NOW)
    assert (code, len(rows(shown))) == (0, SHOWN)
    assert f"… and {MANY - SHOWN} more (--all shows all, --limit N so many)" in shown
    assert "* planned" in shown
    assert len(rows(run_at_terminal(full, "events", "--now", NOW, "--limit", "7")[1])) == 7
    code, whole = run_at_terminal(full, "events", "--now", NOW, "--all")
    assert len(rows(whole)) == MANY
    assert "more (" not in whole


def test_a_pipe_and_json_get_everything_and_no_more_words_than_before(full):
    piped = run(full, "events", "--now", NOW)
    assert (len(rows(piped.stdout)), len(piped.stdout.splitlines())) == (MANY, MANY)
    assert len(run(full, "events", "--now", NOW, "--json").stdout.splitlines()) == MANY
    assert len(run(full, "events", "--now", NOW, "--limit", "3").stdout.splitlines()) == 3
    assert run(full, "events", "--now", NOW, "--limit", "0").returncode == 2


def test_more_than_a_screen_goes_through_the_pager_that_was_chosen_with_its_colours(full):
    _, shown = run_at_terminal(full, "events", "--now", NOW, extra={"PAGER": PAGER})
    assert shown.startswith("PAGED")
    assert "\x1b[33m" in shown
    assert len(rows(shown)) == SHOWN
    assert "PAGED" not in run_at_terminal(full, "events", "--now", NOW, "--limit", "5", extra={"PAGER": PAGER})[1]
    assert "PAGED" not in run_at_terminal(full, "events", "--now", NOW, "--no-pager", extra={"PAGER": PAGER})[1]
    assert "PAGED" not in run_at_terminal(full, "events", "--now", NOW, extra={"PAGER": PAGER, "LINES": "90"})[1]


@pytest.mark.parametrize("environment", [{"PAGER": "cat"}, {"PAGER": ""}, {"TERM": "dumb"}, {"PAGER": "no-such-pager"}])
def test_without_a_pager_it_is_printed_in_one_go(full, environment):
    code, shown = run_at_terminal(full, "events", "--now", NOW, extra=environment)
    assert (code, len(rows(shown))) == (0, SHOWN)


@pytest.mark.skipif(shutil.which("less", path="/usr/bin:/bin") is None, reason="there is no less here")
def test_less_is_ended_by_the_reader(full):
    code, shown = run_at_terminal(full, "events", "--now", NOW, "--all", answer="q", extra={"TERM": "xterm"})
    assert code == 0
    assert 0 < len(rows(shown)) < MANY


def test_sources_and_the_history_of_an_event_are_long_lists_too(full):
    lines = "".join(f"  - {{id: s{number}, kind: ical, file: club.ics}}\n" for number in range(SHOWN))
    (full / "config.yaml").write_text(CONFIG.format(language="en") + lines, encoding="utf-8")
    _, shown = run_at_terminal(full, "sources", "list", "--now", NOW, extra={"PAGER": PAGER})
    assert shown.startswith("PAGED")
    assert "… and 2 more" in shown
    assert len(run(full, "sources", "list", "--now", NOW, "--json").stdout.splitlines()) == SHOWN + 2
    assert "PAGED" not in run_at_terminal(full, "history", "头马例会 1", "--now", NOW, extra={"PAGER": PAGER})[1]


def test_how_much_is_shown_is_for_terminals_alone(monkeypatch, capsys):
    assert Extent().most(1_000) == 1_000
    assert Extent(limit=5).most(1_000) == 5
    assert Extent(limit=5).most(3) == 3
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert (Extent().most(1_000), Extent().most(7), Extent(everything=True).most(1_000)) == (SHOWN, 7, 1_000)

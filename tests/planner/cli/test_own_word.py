"""The user's own word about an event: edit, remove, undo."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support.cli import CALENDAR, NOW, run

LATER = "2026-11-21T08:00:00+08:00"
NOTE = "周五19:00 储能饭局 云杉中心"


def events(home: Path, now: str = NOW) -> dict[str, dict]:
    rows = [json.loads(line) for line in run(home, "events", "--now", now, "--json").stdout.splitlines()]
    return {row["title"]: row for row in rows}


def block(home: Path, name: str, title: str) -> str:
    text = (home / "out" / name).read_text("utf-8").replace("\r\n ", "")
    return next((part for part in text.split("BEGIN:VEVENT") if title in part), "")


def sequence(text: str) -> int:
    return int(re.search(r"SEQUENCE:(\d+)", text)[1])


def test_the_word_of_the_user_beats_the_source_and_survives_the_next_gathering(home):
    assert run(home, "week", "--now", NOW).returncode == 0
    before = sequence(block(home, "plan.ics", "储能供应链对接沙龙"))
    result = run(
        home, "edit", "供应链", "--when", "11月26日 18:30", "--where", "云杉中心9楼", "--price", "50", "--now", NOW
    )
    assert result.returncode == 0, result.stderr
    assert "18:30" in result.stdout
    (home / "club.ics").write_text(CALENDAR.replace("20261126T190000", "20261126T193000"), encoding="utf-8")
    assert run(home, "refresh", "--now", LATER).returncode == 0
    row = events(home, LATER)["储能供应链对接沙龙"]
    assert (row["start"], row["price"]["max"]) == ("2026-11-26T18:30:00+08:00", 50)
    assert row["location"]["name"].startswith("云杉中心")
    after = block(home, "plan.ics", "储能供应链对接沙龙")
    assert sequence(after) > before
    assert "DTSTART;TZID=Asia/Shanghai:20261126T183000" in after
    assert "云杉中心" not in block(home, "public/all.ics", "储能供应链对接沙龙"), "the place is the user's own word"
    assert run(home, "undo", "--now", LATER).returncode == 0
    assert events(home, LATER)["储能供应链对接沙龙"]["start"] == "2026-11-26T19:30:00+08:00"


def test_what_is_removed_leaves_plan_and_public_calendars(home):
    run(home, "week", "--now", NOW)
    assert run(home, "remove", "头马", "--now", NOW).returncode == 0
    assert run(home, "refresh", "--now", LATER).returncode == 0
    for name in ("plan.ics", "public/all.ics"):
        assert "X-QUANZI-STATUS:cancelled" in block(home, name, "头马")
        assert sequence(block(home, name, "头马")) == 1
    assert run(home, "undo", "--now", LATER).returncode == 0
    run(home, "refresh", "--now", LATER)
    assert "cancelled" not in block(home, "plan.ics", "头马")
    assert sequence(block(home, "plan.ics", "头马")) == 2


def test_what_was_removed_before_it_was_shown_is_never_shown(home):
    run(home, "gather", "--now", NOW)
    assert run(home, "remove", "头马", "--now", NOW).returncode == 0
    run(home, "week", "--now", NOW)
    assert "头马" not in (home / "out/public/all.ics").read_text("utf-8")
    assert "头马" not in (home / "out/plan.ics").read_text("utf-8")


def test_steps_are_undone_one_after_another(home):
    run(home, "add", NOTE, "--now", NOW)
    run(home, "edit", "储能饭局", "--title", "老友饭局", "--now", NOW)
    run(home, "remove", "老友饭局", "--now", NOW)
    assert events(home)["老友饭局"]["status"] == "cancelled"
    told = [run(home, "undo", "--now", NOW).stdout for _ in range(3)]
    assert [word in text for word, text in zip(("removed", "edited", "added"), told, strict=True)] == [True] * 3
    assert not {"老友饭局", "储能饭局"} & set(events(home))
    result = run(home, "undo", "--now", NOW)
    assert (result.returncode, "nothing to undo" in result.stderr) == (2, True)


def test_a_series_is_taken_back_whole(home):
    run(home, "add", "每周三19:00 英语角 三叶咖啡馆", "--now", NOW)
    run(home, "gather", "--now", "2026-12-20T08:00:00+08:00")
    run(home, "undo", "--now", NOW)
    assert "英语角" not in events(home)


def test_what_was_removed_and_is_added_again_is_wanted_again(home):
    run(home, "add", NOTE, "--now", NOW)
    run(home, "remove", "储能饭局", "--now", NOW)
    run(home, "add", NOTE, "--now", NOW)
    assert events(home)["储能饭局"]["status"] == "confirmed"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("edit", "头马"), "nothing to change"),
        (("edit", "头马", "--when", "someday"), "no time was understood"),
        (("edit", "头马", "--price", "a lot"), "not a price"),
        (("remove", "nothing like it"), "no such event"),
    ],
)
def test_what_cannot_be_done_is_said(home, arguments, said):
    run(home, "gather", "--now", NOW)
    result = run(home, *arguments, "--now", NOW)
    assert (result.returncode, said in result.stderr) == (2, True), result.stderr


def test_an_event_is_found_by_its_place_and_a_series_by_its_next_date(home):
    run(home, "gather", "--now", NOW)
    assert "样板头马" in run(home, "why", "三叶会客厅", "--now", NOW).stdout
    run(home, "add", "每周三19:00 英语角 三叶咖啡馆", "--now", NOW)
    assert "2026-11-25" in run(home, "remove", "英语角", "--now", NOW).stdout


@pytest.mark.parametrize("word", [("--title", "储能老友饭局"), ("--title", "储能老友饭局", "--when", "11月27日 20:30")])
def test_a_pasted_move_finds_the_event_by_what_the_user_calls_it(home, word):
    run(home, "add", NOTE, "--now", LATER)
    assert run(home, "edit", "储能饭局", *word, "--now", LATER).returncode == 0
    later = "2026-11-21T09:00:00+08:00"
    moved = run(home, "add", "通知：储能老友饭局改到11月28日晚上8点，地点不变", "--now", later)
    assert "储能老友饭局" in moved.stderr
    assert "no known event" not in moved.stderr
    row = events(home, later)["储能老友饭局"]
    assert row["start"] == "2026-11-28T20:00:00+08:00", "the last word of the user counts"
    run(home, "add", "抱歉，储能老友饭局取消", "--now", "2026-11-21T10:00:00+08:00")
    rows = [row for row in events(home, "2026-11-21T11:00:00+08:00").values() if "饭局" in row["title"]]
    assert [row["status"] for row in rows] == ["cancelled"], "no second event came of it"
    assert run(home, "undo", "--now", "2026-11-21T11:00:00+08:00").returncode == 0
    assert events(home, "2026-11-21T11:00:00+08:00")["储能老友饭局"]["status"] == "confirmed"

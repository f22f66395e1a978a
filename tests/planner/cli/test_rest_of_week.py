"""From Friday evening on this week's rest is shown beside the next week, and commands follow the event's own week."""

from __future__ import annotations

import json
import re

import pytest

from tests.support.cli import run

THURSDAY = "2026-11-26T09:00:00+08:00"
FRIDAY = "2026-11-27T20:00:00+08:00"
SATURDAY = "2026-11-28T08:00:00+08:00"
SUNDAY = "2026-11-29T23:00:00+08:00"
EVENTS = {
    "thu": ("20261126T193000", "样板头马第四场"),
    "sat": ("20261128T193000", "样板头马周末场"),
    "sun": ("20261129T143000", "储能供应链周日沙龙"),
    "tue": ("20261201T193000", "样板头马新一周"),
    "wed": ("20261202T190000", "储能供应链对接沙龙"),
}


def _calendar(**cancelled: str) -> str:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;TZID=Asia/Shanghai:{start}\r\n"
        f"DURATION:PT1H30M\r\nSUMMARY:{title}\r\nLOCATION:三叶会客厅\r\nSTATUS:{cancelled.get(uid, 'CONFIRMED')}\r\n"
        "END:VEVENT\r\n"
        for uid, (start, title) in EVENTS.items()
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\n{events}END:VCALENDAR\r\n"


@pytest.fixture
def club(tmp_path):
    (tmp_path / "club.ics").write_text(_calendar(), encoding="utf-8")
    (tmp_path / "config.yaml").write_text(
        "city: 上海\nlanguage: en\ninterests: {industry: [储能], practice: [头马]}\n"
        'week: {free: {weekdays: "18:30-22:00", weekend: "09:00-22:00"}}\n'
        "sources: [{id: club, kind: ical, file: club.ics}]\n",
        encoding="utf-8",
    )
    return tmp_path


def _titles(plan: dict[str, object] | None) -> list[str]:
    return [pick["title"] for pick in plan["picks"]] if plan else []  # type: ignore[index,attr-defined]


def _of(*uids: str) -> list[str]:
    return [EVENTS[uid][1] for uid in uids]


def test_who_begins_on_friday_evening_sees_the_weekend_too(club):
    told = json.loads(run(club, "week", "--now", FRIDAY, "--json").stdout)
    assert told["week"] == "2026-W49"
    assert _titles(told) == _of("tue", "wed")
    assert _titles(told["rest"]) == _of("sat", "sun"), "hours already past are never planned"
    out = club / "out"
    for name in ("plan.ics", "digest.txt", "digest.html", "index.html"):
        text = (out / name).read_text("utf-8")
        assert all(re.sub(r"\s+", "", title) in re.sub(r"\s+|<wbr>", "", text) for title in _of("sat", "sun", "tue"))
    digest = (out / "digest.txt").read_text("utf-8")
    assert digest.index("The rest of this week") < digest.index(EVENTS["sat"][1]) < digest.index("Next week")
    shown = run(club, "plan", "--now", FRIDAY).stdout
    assert shown.index("The rest of this week") < shown.index(EVENTS["sat"][1]) < shown.index(EVENTS["tue"][1])


def test_what_is_over_is_not_told_and_no_week_still_running_is_called_past(club):
    run(club, "week", "--now", THURSDAY)
    told = json.loads(run(club, "week", "--now", SATURDAY, "--json").stdout)
    assert _titles(told["rest"]) == _of("sat", "sun")
    index = (club / "out/index.html").read_text("utf-8")
    past = index[index.index("Earlier weeks") :]
    assert EVENTS["thu"][1] in past
    assert EVENTS["sat"][1] not in past
    told = json.loads(run(club, "week", "--now", SUNDAY, "--json").stdout)
    assert _titles(told["rest"]) == []
    assert "The rest of this week" not in (club / "out/digest.txt").read_text("utf-8")


def test_a_refresh_keeps_both_weeks_and_tells_what_is_called_off(club):
    run(club, "week", "--now", THURSDAY)
    run(club, "week", "--now", FRIDAY)
    (club / "club.ics").write_text(_calendar(sat="CANCELLED"), encoding="utf-8")
    told = json.loads(run(club, "refresh", "--now", SATURDAY, "--json").stdout)
    assert told["week"] == "2026-W49"
    assert _titles(told["rest"]) == _of("sun")
    digest = (club / "out/digest.txt").read_text("utf-8")
    assert f"called off: {EVENTS['sat'][1]}" in digest.lower() or f"cancelled: {EVENTS['sat'][1]}" in digest.lower()
    assert EVENTS["tue"][1] in digest


def test_a_week_planned_ahead_by_hand_is_not_undone_by_the_next_refresh(club):
    run(club, "week", "--now", THURSDAY)
    run(club, "week", "--week", "next", "--now", THURSDAY)
    told = json.loads(run(club, "refresh", "--now", "2026-11-27T07:00:00+08:00", "--json").stdout)
    assert told["week"] == "2026-W49"
    assert _titles(told["rest"]) == _of("sat", "sun")


def test_an_explicit_week_begins_no_other(club):
    told = json.loads(run(club, "week", "--week", "next", "--now", FRIDAY, "--json").stdout)
    assert told["rest"] is None
    told = json.loads(run(club, "week", "--week", "this", "--now", FRIDAY, "--json").stdout)
    assert told["week"] == "2026-W48"
    assert told["rest"] is None


def test_why_follows_the_event_not_the_clock(club):
    run(club, "week", "--now", FRIDAY)
    for title, week in ((EVENTS["sat"][1], "Mon 23 Nov"), (EVENTS["tue"][1], "Mon 30 Nov")):
        told = run(club, "why", title, "--now", SATURDAY).stdout
        assert week in told
        assert "not in the week" not in told
    assert "not in this week" in run(club, "why", EVENTS["sat"][1], "--week", "next", "--now", SATURDAY).stdout


def test_a_weekend_pick_that_is_skipped_goes_with_the_next_publishing(club):
    run(club, "week", "--now", FRIDAY)
    assert "out of the plan" in run(club, "skip", EVENTS["sun"][1], "--now", SATURDAY).stdout
    told = json.loads(run(club, "publish", "--now", SATURDAY, "--json").stdout)
    assert told["week"] == "2026-W49"
    assert _titles(told) == _of("tue", "wed")
    assert _titles(told["rest"]) == _of("sat")
    told = json.loads(run(club, "refresh", "--now", SATURDAY, "--json").stdout)
    assert _titles(told["rest"]) == _of("sat"), "it stays out"


def test_a_plan_on_trial_is_published_with_the_rest_it_showed(club):
    run(club, "gather", "--now", FRIDAY)
    run(club, "plan", "--now", FRIDAY)
    told = json.loads(run(club, "publish", "--now", FRIDAY, "--json").stdout)
    assert _titles(told) == _of("tue", "wed")
    assert _titles(told["rest"]) == _of("sat", "sun")
    again = json.loads(run(club, "publish", "--now", FRIDAY, "--json").stdout)
    assert again["written"] == []


def test_plan_says_which_sources_no_gathering_has_read(club):
    run(club, "week", "--now", THURSDAY)
    assert "gather" not in run(club, "plan", "--now", THURSDAY).stderr
    config = club / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("week: {", "week: {busy: [own.ics], "), encoding="utf-8")
    (club / "own.ics").write_text(_calendar(), encoding="utf-8")
    told = run(club, "plan", "--now", THURSDAY)
    assert "busy-1" in told.stderr
    assert "quanzi gather" in told.stderr
    run(club, "gather", "--now", THURSDAY)
    assert "gather" not in run(club, "plan", "--now", THURSDAY).stderr
    (club / "club.ics").write_text(_calendar(tue="CANCELLED"), encoding="utf-8")
    assert "club" in run(club, "plan", "--now", THURSDAY).stderr, "a file that was edited"

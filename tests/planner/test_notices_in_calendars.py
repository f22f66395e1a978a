"""What is off is off the same morning: from sources that change to the files that subscribers read.

One folder for all: a club's calendar and a feed of news are read on Monday; on Tuesday both have changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from planner.cli import quanzi
from spiders.pool import ReaderPool, read_document
from tests.support.events import SHANGHAI

MONDAY, TUESDAY = "2026-11-23T08:00:00+08:00", "2026-11-24T08:00:00+08:00"
CONFIG = """city: 上海
language: en
interests: {practice: [桌游, 演讲, chess, debate, board games]}
sources:
  - {id: club, kind: ical, file: club.ics}
  - {id: news, kind: feed, file: news.xml}
"""
EVENINGS = [  # of the club's calendar: (uid, start, title)
    ("off-zh", "20261128T190000", "海泉桌游夜"),
    ("off-en", "20261127T190000", "Harbour Chess Night"),
    ("put-off-zh", "20261129T140000", "山前桌游会"),
    ("put-off-en", "20261201T190000", "Pier Debate Evening"),
    ("moved-zh", "20261130T190000", "岸边桌游会"),
    ("moved-en", "20261204T190000", "Quay Board Games"),
    ("marked-zh", "20261128T100000", "竹里桌游夜"),
    ("marked-en", "20261129T100000", "Willow Chess Morning"),
    ("twin-1", "20261202T140000", "双子桌游会"),
    ("twin-2", "20261208T190000", "双子桌游会"),
    ("passing", "20261205T100000", "Cancelled Stamps Board Games"),
]
WEEKLY = [("weekly-zh", "20261126T193000", "松塔演讲会"), ("weekly-en", "20261125T193000", "Lantern Debate Club")]
HIS_PLACE = "示例小区5号楼9417室"
NOTE = f"到我家来：石桥桌游会\n时间：12月6日 14:00-17:00\n地点：{HIS_PLACE}\n主办：蛙池老王\n门禁 k3ttle"
TOLD_BEFORE = [
    ("edited-zh", "鹤岭桌游会", "时间：11月28日 14:00-16:00\n地点：样板路8号\n欢迎报名参加"),
    ("edited-en", "Heron Chess Workshop", "Join us on November 29, 2026, 4 pm at Sample Hall. Register now."),
]
TOLD_NOW = [
    ("edited-zh", "鹤岭桌游会", "很抱歉，原定11月28日的活动因故取消，已报名的朋友将收到退款。"),
    ("edited-en", "Heron Chess Workshop", "Unfortunately this event has been cancelled. All fees are paid back."),
    ("n1", "【取消】海泉桌游夜", "各位朋友，因场地检修，本次活动取消。"),
    ("n2", "Harbour Chess Night on November 27 has been called off", ""),
    ("n3", "【延期】山前桌游会", "时间另行通知。"),
    ("n4", "Postponed: Pier Debate Evening", "A new date follows."),
    ("n5", "岸边桌游会改期至12月20日19:00", ""),
    ("n6", "Quay Board Games has been moved to December 20, 7 pm", ""),
    ("n7", "松塔演讲会本周停一次", ""),
    ("n8", "Lantern Debate Club on December 2 is cancelled", ""),
    ("n10", "双子桌游会因故取消", ""),
    ("n9", "【取消】从未听说的桌游会", "12月1日 19:00"),
]


def calendar(*, changed: bool) -> str:
    marks = {"marked-zh": "【取消】", "marked-en": "CANCELLED: "} if changed else {}
    told = [(uid, start, marks.get(uid, "") + title, "") for uid, start, title in EVENINGS]
    told += [(uid, start, title, "RRULE:FREQ=WEEKLY;COUNT=4\r\n") for uid, start, title in WEEKLY]
    if changed:
        told.append(("known-to-one", "20261206T140000", "石桥桌游会", "LOCATION:石桥会馆\r\n"))
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;TZID=Asia/Shanghai:{start}\r\n"
        f"SUMMARY:{title}\r\nSTATUS:CONFIRMED\r\n{more}END:VEVENT\r\n"
        for uid, start, title, more in told
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\n{events}END:VCALENDAR\r\n"


def feed(items: list[tuple[str, str, str]], posted: str) -> str:
    told = "".join(
        f"<item><guid>{guid}</guid><title>{title}</title><description>{text}</description>"
        f"<pubDate>{posted} 07:00:00 +0800</pubDate></item>"
        for guid, title, text in items
    )
    return f"<rss version='2.0'><channel><title>News</title>{told}</channel></rss>"


@dataclass(frozen=True)
class Entry:
    """An entry of the public calendar, and how it stood the morning before."""

    title: str
    start: datetime
    sequence: int
    uid: str


@dataclass(frozen=True)
class Mornings:
    """What subscribers saw on Monday and on Tuesday."""

    before: list[Entry]
    after: list[Entry]
    folder: Path

    def of(self, title: str) -> list[tuple[str, str]]:
        """Mark and start of all entries of this title on Tuesday."""
        return [
            (each.title.removesuffix(title).strip("[]: ").lower(), f"{each.start.astimezone(SHANGHAI):%m-%d %H:%M}")
            for each in self.after
            if each.title.endswith(title)
        ]

    def same(self, title: str) -> list[tuple[Entry, Entry]]:
        """Entries of both mornings with one UID."""
        ours = {each.uid: each for each in self.after}
        return [(each, ours[each.uid]) for each in self.before if each.title == title]


def entries(folder: Path) -> list[Entry]:
    read = Calendar.from_ical((folder / "out/public/all.ics").read_bytes()).walk("VEVENT")
    return sorted(
        (Entry(str(e["SUMMARY"]), e["DTSTART"].dt, int(e["SEQUENCE"]), str(e["UID"])) for e in read),
        key=lambda each: each.start,
    )


def ask(*arguments: str, answers: str = "") -> str:
    result = CliRunner().invoke(quanzi, arguments, input=answers, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def mornings(tmp_path_factory) -> Iterator[Mornings]:
    folder = tmp_path_factory.mktemp("notices")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(ReaderPool, "read", lambda self, document, context, kind: read_document(document, context, kind))
        Path("config.yaml").write_text(CONFIG, encoding="utf-8")
        Path("club.ics").write_text(calendar(changed=False), encoding="utf-8", newline="")
        Path("news.xml").write_text(feed(TOLD_BEFORE, "Mon, 23 Nov 2026"), encoding="utf-8")
        ask("add", "-", "--now", MONDAY, answers=NOTE)
        ask("week", "--now", MONDAY, "--quiet")
        before = entries(folder)
        Path("club.ics").write_text(calendar(changed=True), encoding="utf-8", newline="")
        Path("news.xml").write_text(feed(TOLD_NOW, "Tue, 24 Nov 2026"), encoding="utf-8")
        ask("refresh", "--now", TUESDAY, "--quiet")
        yield Mornings(before, entries(folder), folder)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("海泉桌游夜", [("cancelled", "11-28 19:00")]),
        ("Harbour Chess Night", [("cancelled", "11-27 19:00")]),
        ("山前桌游会", [("postponed", "11-29 14:00")]),
        ("Pier Debate Evening", [("postponed", "12-01 19:00")]),
        ("鹤岭桌游会", [("cancelled", "11-28 14:00")]),
        ("Heron Chess Workshop", [("cancelled", "11-29 16:00")]),
        ("竹里桌游夜", [("【取消】", "11-28 10:00")]),
        ("Willow Chess Morning", [("cancelled", "11-29 10:00")]),
        ("岸边桌游会", [("", "12-20 19:00")]),
        ("Quay Board Games", [("", "12-20 19:00")]),
        ("Cancelled Stamps Board Games", [("", "12-05 10:00")]),
        ("从未听说的桌游会", []),
        ("双子桌游会", [("time doubtful", "12-02 14:00"), ("time doubtful", "12-08 19:00")]),
    ],
)
def test_what_is_said_of_an_event_stands_in_the_calendar_once(mornings, title, told):
    assert mornings.of(title) == told
    for before, after in mornings.same(title):
        changed = (before.title, before.start) != (after.title, after.start)
        assert (after.sequence > before.sequence) is changed


@pytest.mark.parametrize(("title", "off"), [("松塔演讲会", "11-26 19:30"), ("Lantern Debate Club", "12-02 19:30")])
def test_of_a_weekly_series_one_evening_is_off(mornings, title, off):
    told = mornings.of(title)
    assert [start for mark, start in told if mark == "cancelled"] == [off]
    assert [mark for mark, start in told if start != off] == ["", "", ""]


def test_each_event_keeps_its_uid_and_nothing_is_lost(mornings):
    assert {each.uid for each in mornings.before} <= {each.uid for each in mornings.after}
    assert len({each.uid for each in mornings.after}) == len(mornings.after)
    assert len(mornings.after) == len(mornings.before) + 1, "the event that was known to one is public now"


def test_what_was_a_private_note_first_is_public_by_its_public_facts_alone(mornings):
    assert not any("石桥" in each.title for each in mornings.before)
    (entry,) = [each for each in mornings.after if "石桥" in each.title]
    assert entry.title == "石桥桌游会"
    files = [path.read_text("utf-8").replace("\n ", "") for path in (mornings.folder / "out/public").rglob("*.*")]
    assert any("石桥会馆" in text for text in files)
    for word in ("9417", "示例小区", "老王", "k3ttle", "到我家"):
        assert not any(word in text for text in files), word
    mine = ask("events", "--now", TUESDAY, "--json")
    assert "石桥" in mine
    assert HIS_PLACE in mine


@pytest.fixture
def terminal(mornings, monkeypatch):
    """A terminal at which the user answers."""
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: True, raising=False)
    monkeypatch.chdir(mornings.folder)
    return lambda text, answers: ask("add", text, "--now", TUESDAY, answers=answers)


def status_of(title: str) -> list[tuple[str, str]]:
    import json

    rows = [json.loads(line) for line in ask("events", "--now", TUESDAY, "--json").splitlines()]
    return sorted((row["start"][5:10], row["status"]) for row in rows if title in row["title"])


def test_a_pasted_notice_is_kept_if_the_user_says_yes(terminal):
    told = terminal("【取消】Cancelled Stamps Board Games", "n\n")
    assert "changes an event that is known: 2026-12-05 10:00 Cancelled Stamps Board Games" in told
    assert status_of("Stamps") == [("12-05", "confirmed")]
    terminal("【取消】Cancelled Stamps Board Games", "y\n")
    assert status_of("Stamps") == [("12-05", "cancelled")]


def test_a_pasted_notice_that_fits_two_events_asks_which(terminal):
    told = terminal("双子桌游会取消了", "2\ny\n")
    assert "1. 2026-12-02 14:00 双子桌游会\n2. 2026-12-08 19:00 双子桌游会" in told
    assert "[1]" not in told, "none is more likely"
    assert status_of("双子") == [("12-02", "confirmed"), ("12-08", "cancelled")]


def test_a_pasted_notice_about_a_series_asks_which_evening_and_offers_the_next(terminal):
    told = terminal("【取消】Lantern Debate Club", "\nn\n")
    assert "1. 2026-11-25 19:30 Lantern Debate Club" in told
    assert "[1]" in told
    terminal("【取消】Lantern Debate Club", "3\ny\n")
    assert status_of("Lantern") == [
        ("11-25", "confirmed"), ("12-02", "cancelled"), ("12-09", "cancelled"), ("12-16", "confirmed"),
    ]  # fmt: skip

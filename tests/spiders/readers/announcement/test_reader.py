"""Announcements to events: our own texts (tests/cases/announcements), the reasons why not, and any bytes."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.i18n.reasons import translate
from spiders.items import Context, Document, Event
from spiders.readers.announcement import LIMIT, read, read_text
from tests.support.timing import spent, takes_less

ZONE = "Asia/Shanghai"
CASES = Path(__file__).parents[3] / "cases" / "announcements"
LABELLED = [json.loads(line) for line in (CASES / "cases.jsonl").read_text("utf-8").splitlines()]


def context(now: str = "2026-11-23T09:00:00+08:00") -> Context:
    moment = datetime.fromisoformat(now)
    return Context(
        source="own", now=moment, timezone=ZONE, window_start=moment, window_end=moment + timedelta(days=120)
    )


def told(moment: datetime | None, all_day: bool, *, end: bool = False) -> str | None:
    if moment is None:
        return None
    if all_day:
        return (moment - timedelta(days=1) if end else moment).date().isoformat()
    return moment.isoformat(timespec="minutes")


@pytest.mark.parametrize("case", LABELLED, ids=[case["id"] for case in LABELLED])
def test_own_announcements(case: dict[str, Any]) -> None:
    reading = read(Document(body=(CASES / case["file"]).read_bytes()), context(case["published"]))
    got = [(told(e.start, e.all_day), told(e.end, e.all_day, end=True)) for e in reading.events]
    assert got == [(e["start"], e["end"]) for e in case["events"]]
    assert (reading.reason is None) == case["is_event"]
    for event, wanted in zip(reading.events, case["events"], strict=True):
        assert wanted["city"] is None or (event.place is not None and event.place.city == wanted["city"])
        assert wanted.get("recurrence") == event.recurrence
        assert wanted.get("status", "confirmed") == event.status


def one(text: str, **more: Any) -> Event:
    reading = read_text(text, context(), **more)
    assert len(reading.events) == 1, reading.reason
    return reading.events[0]


FULL = """【活动报名】示例沙龙第3期｜聊聊库存

活动时间：12月5日（周六）14:00-17:00
活动地点：上海市徐汇区示例路8号旧仓咖啡
主办方：示例社
费用：30元/人
报名链接：https://sign.example/3
"""


def test_all_fields_of_an_event() -> None:
    event = one(FULL)
    assert event.title == "示例沙龙第3期｜聊聊库存"
    assert event.start == datetime(2026, 12, 5, 14, tzinfo=ZoneInfo(ZONE))
    assert event.place is not None
    assert (event.place.name, event.place.city, event.place.district) == ("旧仓咖啡", "上海", "徐汇区")
    assert event.mode == "in-person"
    assert event.organizer == "示例社"
    assert event.price is not None
    assert event.price.min == 30
    assert event.url == "https://sign.example/3"
    assert event.evidence.sure == "stated"
    assert event.evidence.when == "12月5日（周六）14:00-17:00"
    assert event.published == context().now


def test_the_address_is_the_uid_of_a_single_event() -> None:
    assert one(FULL, url="https://a.example/1").uid == "https://a.example/1"


def test_several_events_of_one_address_have_uids_of_their_own() -> None:
    text = "示例训练营\n\n时间：12月12日 9:00-17:00\n12月19日 9:00-17:00\n地点：旧仓\n报名请加微信"
    reading = read_text(text, context(), url="https://a.example/2")
    assert len({event.uid for event in reading.events}) == 2


def test_the_uid_does_not_depend_on_the_day_of_reading() -> None:
    later = read_text(FULL, context("2026-11-24T20:00:00+08:00")).events[0]
    assert later.uid == one(FULL).uid


def test_a_given_title_is_used() -> None:
    event = one("时间：12月5日 14:00\n地点：旧仓\n欢迎报名", title="午后读书会")
    assert event.title == "午后读书会"


def test_a_weekday_that_contradicts_the_date_is_doubtful() -> None:
    event = one(FULL.replace("周六", "周日"))
    assert event.evidence.sure == "doubtful"
    assert event.evidence.doubts


def test_the_lines_of_an_agenda_are_no_events() -> None:
    event = one(FULL + "\n议程\n14:00-14:30 签到\n14:30-15:30 分享\n15:30-17:00 讨论\n")
    assert event.end == datetime(2026, 12, 5, 17, tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    "hours",
    [
        "集合时间：11月28日 08:00\n出发时间：08:30",
        "11月28日（周六）\n集合 08:00 南门广场\n出发 08:30",
        "活动时间：11月28日 08:30\n签到时间：08:00",
        "时间：11月28日（周六）\n08:00 体育馆东门集合，点名\n08:30 准时出发",
    ],
)
def test_meeting_and_start_are_one_event(hours: str) -> None:
    event = one(f"青石岭徒步\n\n{hours}\n费用：60元\n报名接龙")
    assert event.start == datetime(2026, 11, 28, 8, 30, tzinfo=ZoneInfo(ZONE))


def test_the_place_stands_behind_the_meeting_hour() -> None:
    event = one("青石岭徒步\n\n11月28日（周六）\n集合 08:00 南门广场\n出发 08:30\n返程 17:00\n报名接龙")
    assert event.place is not None
    assert event.place.name == "南门广场"
    assert event.end == datetime(2026, 11, 28, 17, tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("冬至诵读会\n\n农历冬至日 (12.22) 晚七点\n白鹭书店小院 无需报名 自带诗一首", "白鹭书店小院"),
        (
            "白露沙龙（延期通知）\n\n原定于11月28日14:00举办的沙龙延期至12月5日14:00举办，地点不变：白露空间。欢迎报名。",
            "白露空间",
        ),
        ("云脊线徒步\n\n日期：11月28日\n集合：早7:00 体育中心西门\n报名：私信", "体育中心西门"),
        ("Open improv jam\n\nthis Friday (27/11) 7:30pm - late\nOak Hall, 12 Maple Rd\nfree", "Oak Hall"),
    ],
)
def test_the_place_stands_under_the_hour_or_behind_it(text: str, place: str) -> None:
    event = one(text)
    assert event.place is not None
    assert (event.place.name or "").startswith(place)


def test_a_weekday_in_the_title_stays_where_the_hours_stand_below() -> None:
    text = "【狼人杀】周五夜场\n⏰19:00-23:00\n📍旧仓桌游\n💰39/位\n差4人开，新手友好，群里接龙"
    assert one(text).title == "【狼人杀】周五夜场"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "云脊线露营｜11.28-29\n\nD1 11月28日 07:30体育馆集合，08:00发车\nD2 29日返程\n费用380",
            ["11-28 08:00"],
        ),
        (
            "江畔供应链大会\n12.10-11 | 江畔会展中心\n\n10日 13:00 签到 14:00 开幕式\n11日 09:00 分论坛\n票价1280元",
            ["12-10 14:00", "12-11 09:00"],
        ),
        (
            "Heron Summit\n\nDate: 10-11 December\nDec 10, 14:00 opening\nDec 11, 9:00 tracks\nRegister: 90 RMB",
            ["12-10 14:00", "12-11 09:00"],
        ),
        (
            "江畔诗会 | 每月最后一个周六晚\n\n下一场：11月28日 19:30\n地点：白鹭书店小院",
            ["11-28 19:30"],
        ),
        ("云见峰徒步\n\n集合时间：11月28日凌晨3:30\n日出时间：06:48\n费用：AA\n报名：接龙", ["11-28 03:30"]),
        (
            "江畔辩论赛\n\n2026.12.06（周日）\n13:00 签到\n13:30 第一场\n15:00 第二场\n地点：报告厅",
            ["12-06 13:30"],
        ),
        (
            "白露年会\n\n诚邀您莅临12月18日于白露酒店举行的年会。\n13:30-14:00 来宾签到\n14:00-17:30 主论坛",
            ["12-18 14:00"],
        ),
        ("每周日 徒步打卡｜白露绿道\n\n集合：每周日早8:00，绿道东门\n全程10km，免费", ["11-29 08:00"]),
        ("云岭文旅团招募\n\n活动日期：12.13~12.18\n集合时间：12月13日下午2点 酒店\n报名加微信", ["12-13 14:00"]),
        ("线上分享：一张财报\n\n腾讯会议 123-456-789\n北京时间 12月3日（周四）20:00—21:00", ["12-03 20:00"]),
        ("读书会通知：本周日（29号）14:30，白鹭书店，共读第三章；下周日（12月6日）休息一次。", ["11-29 14:30"]),
    ],
)
def test_the_hours_of_the_event_and_no_others(text: str, expected: list[str]) -> None:
    assert [f"{event.start:%m-%d %H:%M}" for event in read_text(text, context()).events] == expected


def test_a_list_of_days_with_names_and_one_hour_for_all() -> None:
    text = "雾岛读书会｜12月书单\n\n12/6 《慢火车》\n12/13 《河岸》\n每次都是周日下午3点到5点，白鹭书店\n免费"
    events = read_text(text, context()).events
    assert [f"{event.start:%m-%d %H:%M}" for event in events] == ["12-06 15:00", "12-13 15:00"]
    assert ["《慢火车》" in events[0].title, "《河岸》" in events[1].title] == [True, True]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("活动回顾｜" + FULL.replace("【活动报名】", ""), "no event: a recap"),
        ("诚聘运营一名\n\n岗位职责：策划沙龙\n面试时间：11月28日 14:00", "no event: a job advert"),
        ("第三届示例论坛论文征集\n\n截稿：12月31日", "no event: a call for papers or members"),
        ("通知：读书会因故取消", "no event: cancelled"),
        ("库存为什么总是对不上？\n\n2024年3月我们问了四十个人。" + "原因很多。" * 50, "no event: an article"),
        ("示例沙龙\n\n时间：2026年10月5日 14:00\n地点：旧仓", "no event: it is over"),
        ("", "no event: an empty text"),
    ],
)
def test_the_reason_why_not(text: str, reason: str) -> None:
    reading = read_text(text, context())
    assert reading.events == ()
    assert translate(reading.reason, "en") == reason


def test_the_posting_date_is_never_the_events() -> None:
    reading = read_text(
        "示例读书会招募\n\n发布时间：2026-11-23 08:00\n报名方式：扫码加群\n活动地点：旧仓书店", context()
    )
    assert [event.start for event in reading.events] == [None]


def test_a_long_text_is_cut_and_said() -> None:
    reading = read_text(FULL + "长" * (LIMIT + 1), context())
    assert len(reading.events) == 1
    assert any(str(LIMIT) in translate(note, "en") for note in reading.notes)


def test_gb18030_is_decoded() -> None:
    reading = read(Document(body=FULL.encode("gb18030"), headers={"content-type": "text/html; charset=gbk"}), context())
    assert reading.events[0].organizer == "示例社"


@settings(max_examples=150)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read(body: bytes) -> None:
    read(Document(body=body), context())


PIECES = ["时间：", "地点：", "12月5日", "14:00-17:00", "每周四", "（周六）", "报名", "\n", "第一场", "线上", "元/人",
    "【", "】", "|", "沙龙", "明天", "<p>", "**", "一、对阵："]  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_arrangement_of_its_pieces_is_read(pieces: list[str]) -> None:
    for event in read_text("".join(pieces), context()).events:
        assert event.title
        assert event.end is None or (event.start is not None and event.end > event.start)


@pytest.mark.parametrize(
    "piece", ["时间：12月5日 14:00 地点：旧仓\n", "<div><p>", "[[[((", "第一场\n", "“《「", "1:1-", "活动"]
)
def test_time_grows_with_length(piece: str) -> None:
    def cost(size: int) -> float:
        return spent(lambda: read_text(piece * (size // len(piece)), context()), tries=2)

    cost(2_000)
    assert cost(80_000) < max(cost(20_000) * 12, 0.4)


def test_hostile_texts_are_read_in_time() -> None:
    root = os.environ.get("QUANZI_CASES")
    if not root:
        pytest.skip("QUANZI_CASES is not set: the hostile texts are elsewhere")
    files = [
        f
        for f in sorted((Path(root) / "corpus" / "hostile").rglob("*"))
        if f.is_file() and f.stat().st_size < 2_000_000
    ]
    assert len(files) > 100
    for file in files[:: max(1, len(files) // 400)]:
        document = Document(body=file.read_bytes())
        assert takes_less(4, lambda document=document: read(document, context())), file.name

"""The times of a text, gathered: told twice is once, sittings of one hour stay apart, a bare day joins its hours."""

from __future__ import annotations

import pytest

from spiders.readers.announcement.times import Time, in_time_field, times_of
from tests.support.announcements import reader_of


def times(text: str) -> list[Time]:
    reader = reader_of(text)
    mentions = reader.mentions
    return times_of(
        reader.article, [*mentions.dated, *mentions.weak], mentions.today, mentions.zone, mentions.sittings
    )  # fmt: skip


def told(text: str) -> list[str]:
    return [f"{time.day:%m-%d}" + (" {:02d}:{:02d}".format(*time.clock) if time.clock else "") for time in times(text)]


@pytest.mark.parametrize(
    ("text", "mentions", "bare"),
    [
        ("纸灯读书会\n\n2026年12月5日 19:30\n十二月五日晚7点半，旧仓见", 2, 0),
        ("12月5日 纸灯读书会\n\n12月5日（周六），我们在旧仓读书。\n时间：12月5日 19:30", 1, 2),
        ("纸灯读书会\n\n时间：12月5日 19:30", 1, 0),
    ],
)
def test_the_same_day_told_again_is_one_time(text: str, mentions: int, bare: int) -> None:
    (time,) = times(text)
    assert (f"{time.day:%m-%d}", time.clock) == ("12-05", (19, 30))
    assert (len(time.mentions), len(time.bare), len(time.all)) == (mentions, bare, mentions + bare)


def test_a_field_stands_for_a_time_rather_than_what_is_said_in_passing() -> None:
    text = "纸灯读书会\n\n我们12月5日 19:30见。\n活动时间：12月5日 19:30"
    reader = reader_of(text)
    (time,) = times(text)
    assert len(time.mentions) == 2
    assert time.main.start > text.index("活动时间")
    assert [in_time_field(reader.article, mention) for mention in time.mentions] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "纸灯手作会\n\n东校区：12月5日 19:00\n西校区：12月5日 19:00",
        "纸灯手作会\n\n- 东校区，12月5日 19:00\n- 西校区，12月5日 19:00",
        "纸灯手作会\n\n| 东校区 | 12月5日 19:00 |\n| 西校区 | 12月5日 19:00 |",
    ],
    ids=["lines", "items", "rows"],
)
def test_sittings_of_one_hour_in_a_list_stay_apart(text: str) -> None:
    assert [(time.words, time.clock) for time in times(text)] == [("东校区", (19, 0)), ("西校区", (19, 0))]


def test_the_number_of_an_item_is_no_part_of_the_sitting() -> None:
    text = "纸灯手作会\n\n1. 东校区，12月5日 19:00\n2. 西校区，12月5日 19:00"
    assert [time.words for time in times(text)] == ["东校区", "西校区"]


@pytest.mark.parametrize(
    "text",
    [
        "纸灯手作会\n\n活动时间：12月5日 19:00\n入场时间：12月5日 19:00",
        "纸灯手作会\n\n东校区：12月5日 19:00\n东校区：12月5日 19:00",
        "纸灯手作会\n\n东校区：12月5日 19:00\n大家在12月5日 19:00见",
    ],
    ids=["labels", "same words", "one alone"],
)
def test_what_is_no_list_of_sittings_is_one_time(text: str) -> None:
    (time,) = times(text)
    assert time.words == ""


def test_the_number_of_a_row_is_no_sitting() -> None:
    text = "纸灯手作会\n\n| 10 | 12月5日 19:00 | 旧仓 |\n| 11 | 12月6日 19:00 | 旧仓 |"
    assert [time.words for time in times(text)] == ["", ""]


def test_the_label_of_a_range_is_no_sitting() -> None:
    text = "纸灯摄影展\n\n展期：12月5日至2027年1月20日\n开幕时间：12月5日 15:00\n嘉宾：12月6日 15:00"
    assert next(time.words for time in times(text) if time.clock is None) == ""


@pytest.mark.parametrize(
    ("range_of_days", "expected"),
    [("12月5日至2027年1月20日", ["12-05", "12-05 15:00"]), ("12月5日至12月7日", ["12-05 15:00"])],
    ids=["weeks", "days"],
)
def test_a_range_of_weeks_stays_beside_its_opening_and_days_join_it(range_of_days: str, expected: list[str]) -> None:
    found = told(f"纸灯摄影展\n\n{range_of_days}\n开幕：12月5日 15:00")
    assert found == expected


def test_a_range_gives_its_last_day_to_the_hours_of_its_first() -> None:
    (time,) = times("纸灯摄影展\n\n12月5日至12月7日\n开幕：12月5日 15:00")
    assert f"{time.last:%m-%d}" == "12-07"


def test_times_come_in_the_order_of_the_text() -> None:
    assert told("纸灯读书会\n\n12月19日 19:30\n12月5日 19:30\n每周三 15:00") == [
        "12-19 19:30",
        "12-05 19:30",
        "11-25 15:00",
    ]


def test_without_a_day_there_is_no_time() -> None:
    assert times("纸灯读书会\n\n晚上七点见") == []

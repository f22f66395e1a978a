"""The time grammar: what people write, and what only looks like a time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.reasons import Code, Reason
from spiders.text.when import When, read_when
from tests.support.timing import spent

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo(ZONE))  # a Monday


def read(text: str, now: datetime = NOW, timezone: str = ZONE) -> When:
    return read_when(text, now=now, timezone=timezone)


def told(text: str) -> list[str]:
    """Sessions as short text: month-day and hours, ``D`` for all day with the last day included."""
    out = []
    for session in read(text).sessions:
        if session.all_day:
            last = f"~{session.end - timedelta(days=1):%m-%d}" if session.end else ""
            out.append(f"{session.start:%m-%d}{last} D")
        else:
            end = f"~{session.end:%m-%dT%H:%M}" if session.end else ""
            out.append(f"{session.start:%m-%dT%H:%M}{end}".replace(f"~{session.start:%m-%d}T", "~"))
    return out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12月20号（周日）早9点到下午5点", ["12-20T09:00~17:00"]),
        ("时间：12月5日（星期六）晚 7:00 – 9:30", ["12-05T19:00~21:30"]),
        ("12月5日下午两点三刻", ["12-05T14:45"]),
        ("12.5（周六）13:30-17:30", ["12-05T13:30~17:30"]),
        ("12月5-6日", ["12-05~12-06 D"]),
        ("2026.12.5-6", ["12-05~12-06 D"]),
        ("12月31日 - 1月2日", ["12-31~01-02 D"]),
        ("2026年12月5日至6日 每日9:30-17:00", ["12-05T09:30~17:00", "12-06T09:30~17:00"]),
        ("12月5日、12日 15:00-17:00", ["12-05T15:00~17:00", "12-12T15:00~17:00"]),
        ("12月5日 9:00-18:00，6日 9:00-12:00", ["12-05T09:00~18:00", "12-06T09:00~12:00"]),
        ("12月5日 上午场10:00-12:00 下午场14:00-16:00", ["12-05T10:00~12:00", "12-05T14:00~16:00"]),
        ("12月5日(周六) 14:00~次日 02:00", ["12-05T14:00~12-06T02:00"]),
        ("周五晚8点 - 周日下午4点", ["11-27T20:00~11-29T16:00"]),
        ("12月5日 24:00", ["12-06T00:00"]),
        ("１２月５日１９：３０", ["12-05T19:30"]),
        ("12⽉5⽇ 19:30", ["12-05T19:30"]),
        ("**12月**5日 **19:30**", ["12-05T19:30"]),
        ("12月5日（週六）下午3點", ["12-05T15:00"]),
        ("本周五（27日）晚19:30", ["11-27T19:30"]),
        ("下周一、三、五晚19:30", ["11-30T19:30", "12-02T19:30", "12-04T19:30"]),
        ("后天下午3:00", ["11-25T15:00"]),
        ("明晚7:30-9:30", ["11-24T19:30~21:30"]),
        ("周六见！", ["11-28 D"]),
        ("11月28日下午", ["11-28 D"]),
        ("28号 下午两点半", ["11-28T14:30"]),
        ("周末 2:00-5:00", ["11-28T14:00~17:00", "11-29T14:00~17:00"]),
        ("Saturday 5 December, 10:00–16:00", ["12-05T10:00~16:00"]),
        ("Dec 5 (Sat), 7-9:30pm", ["12-05T19:00~21:30"]),
        ("5–6 December 2026", ["12-05~12-06 D"]),
        ("Thu Dec 3, 6:30 for 7pm", ["12-03T19:00"]),
        ("The event starts at 7pm on Dec 3 and ends at 9pm", ["12-03T19:00~21:00"]),
        ("tomorrow 6pm, 90 minutes", ["11-24T18:00"]),
        ("12月第一个周六 14:00", ["12-05T14:00"]),
        ("11月最后一个周五晚7点", ["11-27T19:00"]),
        ("5/12/2026 (Sat)", ["12-05 D"]),
        ("12.5 sat. 19:30 - late", ["12-05T19:30"]),
        ("12月5日早上7点集合，下午5点返回", ["12-05T07:00~17:00"]),
        ("12月5日（周六）下午2点到6日中午12点", ["12-05T14:00~12-06T12:00"]),
        ("9:00-12:00（12月5日）", ["12-05T09:00~12:00"]),
        ("展期：12月9日至10日\n开放时间：9:00-17:00（10日至15:00）", ["12-09T09:00~17:00", "12-10T09:00~17:00"]),
        ("7:30pm, Saturday 5 December", ["12-05T19:30"]),
        ("下周六晚7点半（12月5日）", ["12-05T19:30"]),
        ("周六 14:00-17:00（12月5日）", ["12-05T14:00~17:00"]),
        ("11月30日— 12月2日 每晚19:00-21:00", ["11-30T19:00~21:00", "12-01T19:00~21:00", "12-02T19:00~21:00"]),
    ],
)
def test_dates_hours_and_ranges(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("报名截止：12月1日 18:00；活动时间：12月5日 14:00", ["12-05T14:00"]),
        ("早鸟票截止11月30日，活动12月12日 13:00-18:00", ["12-12T13:00~18:00"]),
        ("11月28日—30日接受报名，活动12月12日 13:00", ["12-12T13:00"]),
        ("11月28日至30日为报名期，12月12日 13:00 开场", ["12-12T13:00"]),
        ("原定12月5日 14:00 的沙龙调整至12月12日 13:00", ["12-12T13:00"]),
        ("原定于12月5日 14:00 的沙龙因故取消", ["12-05T14:00"]),
        ("12月5日 18:00入场，19:00开演", ["12-05T19:00"]),
        ("活动时间：12月5日9:00（8:30开始签到）", ["12-05T09:00"]),
        ("12月5日 14:00 – 17:30（13:30签到入场）", ["12-05T14:00~17:30"]),
        ("Doors open 18:30, show 19:30, Dec 4", ["12-04T19:30"]),
        ("Sign-up closes Dec 1. Dec 4, 7pm", ["12-04T19:00"]),
        ("报名时间：11月23日-11月30日", []),
        ("12月5日 14:00，12月12日停一次", ["12-05T14:00"]),
        ("Dec 5, 7pm. No meeting on Dec 12.", ["12-05T19:00"]),
        ("11月30日前报名", []),
        ("12月10日-11日（12月9日报到）", ["12-10~12-11 D"]),
    ],
)
def test_a_deadline_or_the_doors_are_not_the_start(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "rule", "first"),
    [
        ("每周三、五晚7点", "FREQ=WEEKLY;BYDAY=WE,FR", "11-25T19:00"),
        ("每周3、4、5 19:00-21:00", "FREQ=WEEKLY;BYDAY=WE,TH,FR", "11-25T19:00~21:00"),
        ("every Tuesday 7pm except Dec 1", "FREQ=WEEKLY;BYDAY=TU", "11-24T19:00"),
        ("每周二19:30，12月1日暂停", "FREQ=WEEKLY;BYDAY=TU", "11-24T19:30"),
        ("first and third Thursday of the month, 7:30-9:30pm", "FREQ=MONTHLY;BYDAY=1TH,3TH", "12-03T19:30~21:30"),
        ("每月第二、第四个周六14:00", "FREQ=MONTHLY;BYDAY=2SA,4SA", "11-28T14:00"),
        ("每周日14:00-16:30，首场12月6日", "FREQ=WEEKLY;BYDAY=SU", "12-06T14:00~16:30"),
        ("周一至周五 每天 18:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "11-23T18:00"),
        ("每两周周四晚19:30", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "11-26T19:30"),
        ("every second Wednesday 7pm", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "11-25T19:00"),
        ("每月最后一个周五 19:00", "FREQ=MONTHLY;BYDAY=-1FR", "11-27T19:00"),
        ("Third Thursday of the month, 6-8pm", "FREQ=MONTHLY;BYDAY=3TH", "12-17T18:00~20:00"),
        ("每月15日 20:00", "FREQ=MONTHLY;BYMONTHDAY=15", "12-15T20:00"),
        ("每晚8点", "FREQ=DAILY", "11-23T20:00"),
        ("从12月1日起每周二晚上8点，共6讲", "FREQ=WEEKLY;BYDAY=TU;COUNT=6", "12-01T20:00"),
        ("12月5日至12月26日每周六14:00", "FREQ=WEEKLY;BYDAY=SA;UNTIL=20261226", "12-05T14:00"),
        ("展期 12月1日-2月28日 10:00-18:00", "FREQ=DAILY;UNTIL=20270228", "12-01T10:00~18:00"),
    ],
)
def test_rules_of_repetition(text: str, rule: str, first: str) -> None:
    assert read(text).recurrence == rule
    assert told(text)[0] == first


@pytest.mark.parametrize(
    "text",
    [
        "齿轮笔记 3.12 版本发布", "门票 128-168 元", "满 300 减 50", "电话：021-5555 1212", "13900001111", "7.5折",
        "第12届年会",
        "徒步18公里", "6=1，满8人开", "评分8.7", "Room 10-12, Building 7", "Python 3.11 workshop", "$12.30",
        "海棠道21号3楼",
        "成立于2019年", "2小时的课程", "比例为 3:2:1", "身高1.75-1.80",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_time(text: str) -> None:
    assert read(text).sessions == ()


def test_a_weekday_that_contradicts_its_date_is_kept_and_doubted() -> None:
    when = read("12月5日（周日）14:00")
    assert told("12月5日（周日）14:00") == ["12-05T14:00"]
    assert when.sessions[0].sure == "doubtful"
    saturday, sunday = Reason(Code.SATURDAY), Reason(Code.SUNDAY)
    assert when.conflicts == (Reason(Code.WEEKDAY_IS_ANOTHER, day="2026-12-05", told=saturday, said=sunday),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1月9日", date(2027, 1, 9)),
        ("11月20日", date(2026, 11, 20)),
        ("8月30日", date(2026, 8, 30)),
        ("5月4日", date(2027, 5, 4)),
    ],
)
def test_the_year_left_out_is_the_nearest(text: str, expected: date) -> None:
    assert read(text).sessions[0].start.date() == expected


def test_the_day_before_new_year_looks_both_ways() -> None:
    now = datetime(2027, 1, 2, 9, tzinfo=ZoneInfo(ZONE))
    assert read("12月30日 19:00", now=now).sessions[0].start.year == 2026
    assert read("1月5日 19:00", now=now).sessions[0].start.year == 2027


def test_the_end_of_days_is_the_midnight_after() -> None:
    session = read("12月5日-6日").sessions[0]
    assert session.all_day
    assert session.end == datetime(2026, 12, 7, tzinfo=ZoneInfo(ZONE))


def test_a_zone_that_is_said_is_kept() -> None:
    when = read("Dec 5, 7pm PST")
    assert when.zone == "PST"
    assert when.sessions[0].start.utcoffset() == timedelta(hours=-8)
    assert read("12月5日 19:00 (GMT+8)").sessions[0].start.tzinfo == ZoneInfo(ZONE)


def test_how_sure_and_how_exact() -> None:
    assert read("12月5日 14:00").sessions[0].sure == "stated"
    assert read("周六 2:00-5:00").sessions[0].sure == "inferred"
    assert read("19:00-21:00").sessions[0].sure == "doubtful"
    assert read("19:00-21:00").sessions[0].precision == "time"
    assert read("12月5日晚").sessions[0].precision == "part"


def test_the_words_are_quoted() -> None:
    assert read("活动时间：12月5日（周六）14：00，地点待定").words == "12月5日（周六）14：00"


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="now"):
        read_when("明天", now=datetime(2026, 1, 1), timezone=ZONE)


DAYS = st.dates(date(2026, 11, 24), date(2027, 4, 30))
FORMS = ["{0.year}年{0.month}月{0.day}日", "{0.year}-{0.month:02}-{0.day:02}", "{0.year}/{0.month}/{0.day}",
    "{0.month}月{0.day}日", "{0.year}.{0.month}.{0.day}", "{0:%B} {0.day}, {0.year}",
    "{0.day} {0:%b} {0.year}"]  # fmt: skip


@given(DAYS, st.sampled_from(FORMS), st.integers(8, 22), st.sampled_from([0, 15, 30, 45]))
def test_every_form_of_a_moment_reads_back(day: date, form: str, hour: int, minute: int) -> None:
    session = read(f"{form.format(day)} {hour}:{minute:02}").sessions[0]
    assert session.start.replace(tzinfo=None) == datetime(day.year, day.month, day.day, hour, minute)


@given(DAYS, st.integers(1, 6), st.integers(1, 4))
def test_afternoon_covers_both_ends(day: date, hour: int, length: int) -> None:
    session = read(f"{day.month}月{day.day}日下午{hour}点-{hour + length}点").sessions[0]
    assert session.end is not None
    assert (session.start.hour, session.end - session.start) == (hour + 12, timedelta(hours=length))


@given(
    st.text(max_size=400)
    | st.text(alphabet="0123456789月日号周一二三四五六点:.-~/（）上下午晚至每本第前签到报名截止 \n", max_size=300)
)
def test_any_text_gives_sane_sessions(text: str) -> None:
    for session in read(text).sessions:
        assert session.start.tzinfo is not None
        assert session.end is None or session.end > session.start


@pytest.mark.parametrize(
    "piece", ["1", "1:", "1-", "11.28-", "周一至", "每月第", "12月", "((", "- ", "2026-", "至次日", "every second "]
)
def test_time_grows_with_length(piece: str) -> None:
    read(piece * 100)
    short, long = (spent(lambda size=size: read(piece * size)) for size in (1_000, 4_000))
    assert long < max(short * 12, 0.15)


@pytest.mark.parametrize("text", ["11月31日（周二）19:30", "2026年11月31日 周二 晚7点半"])
def test_a_date_that_does_not_exist_leaves_its_weekday_in_doubt(text: str) -> None:
    sessions = read_when(text, now=NOW, timezone=ZONE).sessions
    assert [session.sure for session in sessions] == ["doubtful"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11月28日 8:00 集合，8:30 出发", ["11-28T08:30"]),
        ("集合时间：11月28日 8:00\n集合地点：南门\n出发时间：8:30\n返程：17:00", ["11-28T08:30~17:00"]),
        ("11月28日（周六）\n集合 08:00 南门广场\n出发 08:30\n返程 17:00", ["11-28T08:30~17:00"]),
        ("11月28日\n8:00 南门集合\n8:30 出发", ["11-28T08:30"]),
        ("11月28日 集合：18:30 南门\n19:00 出发，22:00 下撤", ["11-28T19:00"]),
        ("签到时间：12月5日 13:30\n开始时间：14:00", ["12-05T14:00"]),
        ("12月5日 18:00入场\n19:30 演出开始", ["12-05T19:30"]),
        ("集合时间：11月28日 8:00\n集合地点：南门\n结束：17:00", ["11-28T08:00~17:00"]),
        ("Meet 8:00 am at South Gate, Nov 28\nDepart 8:30 am\nBack by 5 pm", ["11-28T08:30~17:00"]),
        ("Nov 28\nMeeting time: 8:00\nDeparture: 8:30", ["11-28T08:30"]),
        ("Saturday 28 November\nMeet: 8:00 South Gate\nSet off: 8:30\nBack around 5pm", ["11-28T08:30~17:00"]),
    ],
)
def test_the_start_stands_on_a_line_below_the_meeting_hour(text: str, expected: list[str]) -> None:
    assert told(text) == expected

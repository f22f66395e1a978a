"""Forms of times that announcements from many places use: years, lists, hours, zones, ends, roles, spoken English."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from spiders.text.when import When, read_when

SHANGHAI, TAIPEI, LONDON, NEW_YORK = "Asia/Shanghai", "Asia/Taipei", "Europe/London", "America/New_York"


def read(text: str, day: str, zone: str) -> When:
    return read_when(text, now=datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=ZoneInfo(zone)), timezone=zone)


def told(text: str, day: str, zone: str) -> list[str]:
    """Sessions in local time: day and hours, ``~`` and the end; days alone with the last day included."""
    out = []
    for session in read(text, day, zone).sessions:
        if session.all_day:
            last = f"~{session.end - timedelta(days=1):%m-%d}" if session.end else ""
            out.append(f"{session.start:%Y-%m-%d}{last}")
        else:
            start = session.start.astimezone(ZoneInfo(zone))
            end = session.end.astimezone(ZoneInfo(zone)) if session.end else None
            out.append(f"{start:%Y-%m-%dT%H:%M}{'' if end is None else f'~{end:%dT%H:%M}'}")
    return out


def sure(text: str, day: str, zone: str) -> set[str]:
    return {session.sure for session in read(text, day, zone).sessions}


@pytest.mark.parametrize(
    ("text", "day", "zone", "expected"),
    [
        ("114/7/24(四)19:30", "2025-07-10", TAIPEI, ["2025-07-24T19:30"]),
        ("時間：112 年 7 月 15 日 14:00", "2023-07-01", TAIPEI, ["2023-07-15T14:00"]),
        ("展覽日期：96年11月23日至11月30日", "2007-11-10", TAIPEI, ["2007-11-23~11-30"]),
        ("114/9/8～9/11", "2025-08-20", TAIPEI, ["2025-09-08~09-11"]),
        ("96('07)/07/10 14:00", "2007-07-01", TAIPEI, ["2007-07-10T14:00"]),
        ("民國114年(2025年)9月8日 14:00", "2025-08-20", TAIPEI, ["2025-09-08T14:00"]),
        ("日期：114.09.08（一）下午2時", "2025-08-20", TAIPEI, ["2025-09-08T14:00"]),
        ("26年9月8日 14:00", "2026-08-20", SHANGHAI, ["2026-09-08T14:00"]),
        ("87('98)/02/11 14:00", "1998-02-01", TAIPEI, ["1998-02-11T14:00"]),
        ("Chrome 115.2.1 发布", "2026-08-20", SHANGHAI, []),
    ],
)
def test_years_of_two_and_three_digits(text: str, day: str, zone: str, expected: list[str]) -> None:
    assert told(text, day, zone) == expected


@pytest.mark.parametrize(
    ("text", "zone", "expected", "how"),
    [
        ("4/5/2026 10:00 AM; 3/29/2026 10am", LONDON, ["2026-03-29T10:00", "2026-04-05T10:00"], "stated"),
        ("4/5/2026 10:00 AM; 29/3/2026 10am", NEW_YORK, ["2026-03-29T10:00", "2026-05-04T10:00"], "stated"),
        ("5/6/2026 10am", LONDON, ["2026-06-05T10:00"], "inferred"),
        ("5/6/2026 10am", NEW_YORK, ["2026-05-06T10:00"], "inferred"),
        ("Lunch on 12/5 at noon", LONDON, ["2026-05-12T12:00"], "inferred"),
        ("Lunch on 5/12 at noon", NEW_YORK, ["2026-05-12T12:00"], "stated"),
        ("Lunch on 25/4 at noon", LONDON, ["2026-04-25T12:00"], "stated"),
        ("5/12 19:30 读书会", LONDON, ["2026-05-12T19:30"], "stated"),
        ("open 24/7 10am", LONDON, [], ""),
    ],
)
def test_which_side_of_a_slash_is_the_day(text: str, zone: str, expected: list[str], how: str) -> None:
    if expected:
        assert told(text, "2026-03-20", zone) == expected
        assert sure(text, "2026-03-20", zone) == {how}
    else:
        assert not [s for s in read(text, "2026-03-20", zone).sessions if s.precision != "time"]


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("5月27, 28, 29日", "2022-05-10", ["2022-05-27~05-29"]),
        ("2月19、20日(週六、週日)", "2022-02-10", ["2022-02-19~02-20"]),
        ("5月27至29日(星期五、六、日)", "2022-05-10", ["2022-05-27~05-29"]),
        ("5月26日至29日（周四至日）", "2022-05-10", ["2022-05-26~05-29"]),
        ("5月24-25日（周二至三）", "2022-05-10", ["2022-05-24~05-25"]),
        ("5月23日至29日（周一-周日）", "2022-05-10", ["2022-05-23~05-29"]),
        ("5月27、28日 14:00", "2022-05-10", ["2022-05-27T14:00", "2022-05-28T14:00"]),
        ("5月21日、28日", "2022-05-10", ["2022-05-21", "2022-05-28"]),
        ("26th Saturday 9am - 12pm", "2022-11-10", ["2022-11-26T09:00~26T12:00"]),
        ("Thu 3rd, 6.30pm", "2026-11-30", ["2026-12-03T18:30"]),
        ("at 7pm this Saturday (21st)", "2026-11-16", ["2026-11-21T19:00"]),
        ("1, 2 and 3 December at 7.30pm", "2026-11-16", [f"2026-12-0{d}T19:30" for d in (1, 2, 3)]),
        ("Saturday 12 & Sunday 13 December", "2026-11-16", ["2026-12-12~12-13"]),
        ("the 21st century", "2026-11-16", []),
        ("周六和周日是两个会议", "2026-11-16", ["2026-11-21", "2026-11-22"]),
        ("Sunday 22nd February 2026 12:00PM", "2026-01-16", ["2026-02-22T12:00"]),
        ("Friday 20 February 2026 – Sunday 22 February 2026", "2026-01-16", ["2026-02-20~02-22"]),
    ],
)
def test_days_in_a_row_and_their_weekdays(text: str, day: str, expected: list[str]) -> None:
    assert told(text, day, SHANGHAI) == expected
    assert "doubtful" not in sure(text, day, SHANGHAI)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Salon no 12 – 5 December", ["2026-12-05"]),
        ("Meetup #2 - 5 December", ["2026-12-05"]),
        ("Volume 3 – 5 December, 19:00", ["2026-12-05T19:00"]),
        ("3 – 5 December", ["2026-12-03~12-05"]),
        ("room no 4, 3 – 5 December", ["2026-12-03~12-05"]),
    ],
)
def test_a_number_before_a_dash_is_no_first_day(text: str, expected: list[str]) -> None:
    """Nor is a day that would come after the last one."""
    assert told(text, "2026-11-20", SHANGHAI) == expected


def test_this_saturday_is_of_this_week_whatever_the_number() -> None:
    assert sure("7pm this Saturday (23rd)", "2026-11-23", SHANGHAI) == {"doubtful"}


def test_a_third_wednesday_is_no_day_of_a_month() -> None:
    assert told("(3rd Wednesday)", "2026-11-23", SHANGHAI) == ["2026-11-25"]


def test_hours_counted_to_24_are_not_doubted() -> None:
    assert sure("12月5日 7:30-8:30 以及 13:20-14:20", "2026-11-23", SHANGHAI) == {"stated"}


@pytest.mark.parametrize("text", ["5月27至29日(星期五、六、一)", "5月27至29日(周四至周六)", "5月27、28、29日（周四）"])
def test_weekdays_that_do_not_fit_their_days_are_doubted(text: str) -> None:
    assert sure(text, "2022-05-10", SHANGHAI) == {"doubtful"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12月5日下午13:00一17:30", ["2026-12-05T13:00~05T17:30"]),
        ("12月5日一7日", ["2026-12-05~12-07"]),
        ("12月5日中午11.30至12.30", ["2026-12-05T11:30~05T12:30"]),
        ("12月5日上午9.30--16.30", ["2026-12-05T09:30~05T16:30"]),
        ("12月5日 9.30-11.30", ["2026-12-05T09:30~05T11:30"]),
        ("12月5日下午2.30开始", ["2026-12-05T14:30"]),
        ("12月5日（周六）早十时", ["2026-12-05T10:00"]),
        ("12月5日-7日 [19:00-21:30]", [f"2026-12-0{d}T19:00~0{d}T21:30" for d in (5, 6, 7)]),
        ("12月15日下午 1 時至 12 月 16 日 ( 中午 )", ["2026-12-15T13:00~16T12:00"]),
        ("12月5日上午9点至中午", ["2026-12-05T09:00~05T12:00"]),
        ("週六上午9點至週日下午4點為止", ["2026-11-28T09:00~29T16:00"]),
        ("12月5日 10 點至 17 點", ["2026-12-05T10:00~05T17:00"]),
        ("12月5日10:00-12点", ["2026-12-05T10:00~05T12:00"]),
        ("Sat 5 Dec 10–4", ["2026-12-05T10:00~05T16:00"]),
        ("Dec 5, 6-8 Mill Lane", ["2026-12-05"]),
        ("1 December, doors 7, talks 7.30", ["2026-12-01T19:30"]),
        ("5 December: 7pm doors, 7.45 show", ["2026-12-05T19:45"]),
        ("Wednesday, half seven", ["2026-11-25T19:30"]),
        ("Friday 7-ish", ["2026-11-27T19:00"]),
    ],
)
def test_hours_by_dots_dashes_and_words(text: str, expected: list[str]) -> None:
    assert told(text, "2026-11-23", SHANGHAI) == expected


@pytest.mark.parametrize(
    ("text", "expected", "how"),
    [
        ("Wine evening, Dec 5, 7:00 - 9:00", "2026-12-05T19:00~05T21:00", "inferred"),
        ("晚间读书会 12月5日 6:30 - 9:00", "2026-12-05T18:30~05T21:00", "inferred"),
        ("晨跑 12月5日 6:30 - 8:00", "2026-12-05T06:30~05T08:00", "stated"),
        ("12月5日 7:00 - 9:00", "2026-12-05T07:00~05T09:00", "doubtful"),
        ("12月5日 7:00 - 9:00，下午集合", "2026-12-05T07:00~05T09:00", "doubtful"),
        ("12月5日 07:00 - 09:00", "2026-12-05T07:00~05T09:00", "stated"),
        ("Friday 4 December, 7-ish", "2026-12-04T19:00", "doubtful"),
        ("4 December, half seven", "2026-12-04T19:30", "inferred"),
    ],
)
def test_a_half_of_the_day_that_is_not_said(text: str, expected: str, how: str) -> None:
    assert told(text, "2026-11-23", SHANGHAI) == [expected]
    assert sure(text, "2026-11-23", SHANGHAI) == {how}


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("美东时间 12月5日 20:00", SHANGHAI, ["2026-12-06T09:00"]),
        ("12月5日 20:00（美东时间）", SHANGHAI, ["2026-12-06T09:00"]),
        ("臺北時間12月5日 20:00", SHANGHAI, ["2026-12-05T20:00"]),
        ("12月5日 东京时间 20:00", SHANGHAI, ["2026-12-05T19:00"]),
        ("12月5日 20:00-21:00 太平洋時間", TAIPEI, ["2026-12-06T12:00~06T13:00"]),
        ("12月5日 20:00 (北京时间)", NEW_YORK, ["2026-12-05T07:00"]),
        ("将于 UTC +8 下周六（12 月 5 日）早十时", LONDON, ["2026-12-05T02:00"]),
        ("Dec 5, 7pm PST", SHANGHAI, ["2026-12-06T11:00"]),
        ("12月5日 19:30 北京时间 / 6:30 AM EST", SHANGHAI, ["2026-12-05T19:30"]),
        ("12月5日 19:30 / 6:30 AM EST", SHANGHAI, ["2026-12-05T19:30"]),
        ("12月5日 北京时间19:30，伦敦时间11:30", SHANGHAI, ["2026-12-05T19:30"]),
        ("美东时间12月5日 20:00（北京时间次日9:00）", SHANGHAI, ["2026-12-06T09:00"]),
        ("美东时间12月5日 20:00（北京时间12月6日 9:00）", SHANGHAI, ["2026-12-06T09:00"]),
        ("December 5, 10:00 AM PT / 1:00 PM ET / 6:00 PM GMT", NEW_YORK, ["2026-12-05T13:00"]),
        ("Dec 5, 10:00-12:00, 14:00-16:00 (GMT)", SHANGHAI, ["2026-12-05T18:00~05T20:00", "2026-12-05T22:00~06T00:00"]),
    ],
)
def test_zones_in_words_and_copies_in_another_zone(text: str, zone: str, expected: list[str]) -> None:
    assert told(text, "2026-11-23", zone) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12月5日14:00开始，预计17:00结束", ["2026-12-05T14:00~05T17:00"]),
        ("12月5日14:00，约两小时", ["2026-12-05T14:00~05T16:00"]),
        ("12月5日14:00，3小时", ["2026-12-05T14:00~05T17:00"]),
        ("12月5日14:00，2小时车程", ["2026-12-05T14:00"]),
        ("starts 7, ends 9.30, Friday 11 December", ["2026-12-11T19:00~11T21:30"]),
        ("12月5日14:00，约20分钟后开讲", ["2026-12-05T14:00"]),
        ("12月5日14:00，车程约两小时", ["2026-12-05T14:00"]),
        ("时间：12月5日14:00\n时长：3小时", ["2026-12-05T14:00~05T17:00"]),
        ("12月5日19点开始，到21点散场", ["2026-12-05T19:00~05T21:00"]),
        ("12月5日起，为期两天", ["2026-12-05~12-06"]),
        ("Dec 5, 7pm, about two hours", ["2026-12-05T19:00~05T21:00"]),
        ("Dec 5, 7pm, for an hour and a half", ["2026-12-05T19:00~05T20:30"]),
        ("Dec 5, 7pm, about two hours from the city", ["2026-12-05T19:00"]),
        ("Dec 5, 7pm, ends around 9", ["2026-12-05T19:00~05T21:00"]),
    ],
)
def test_ends_and_lengths(text: str, expected: list[str]) -> None:
    assert told(text, "2026-11-23", SHANGHAI) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("即日起报名，活动时间12月5日14:00", ["2026-12-05T14:00"]),
        ("即日起", []),
        ("展期：即日起至12月20日", ["2026-11-23~12-20"]),
        ("即日起至12月3日可取材料，活动12月5日14:00", ["2026-12-05T14:00"]),
        ("资讯更新日期：2026-11-20 活动：12月5日14:00", ["2026-12-05T14:00"]),
        (":date: 2018-03-08\n:modified: 2018-03-09\n12月5日14:00", ["2026-12-05T14:00"]),
        ("报到日：12月4日 会议时间：12月5日-6日", ["2026-12-05~12-06"]),
        ("报到时间：12月4日 14:00\n会议时间：12月5日-6日", ["2026-12-05~12-06"]),
        ("集合时间：12月5日 7:30\n活动日期：12月5日", ["2026-12-05T07:30"]),
        ("布展时间：12月3日-4日 展览时间：12月5日-6日 撤展时间：12月7日", ["2026-12-05~12-06"]),
        ("12月5日-6日展会期间设沙龙，时间：12月6日14:00", ["2026-12-06T14:00"]),
        ("即日起到12月3日可退款。12月3日以后，不接受退款。", []),
        ("Call into the meeting at 1-872-239-6270 on Dec 5", ["2026-12-05"]),
        ("发货日期：12月3日", []),
        ("提交截止：12月3日 路演12月5日14:00", ["2026-12-05T14:00"]),
        ("11月25日10:00开票 演出12月5日19:30", ["2026-12-05T19:30"]),
    ],
)
def test_what_never_starts_an_event(text: str, expected: list[str]) -> None:
    assert told(text, "2026-11-23", SHANGHAI) == expected


@pytest.mark.parametrize(
    ("text", "rule", "first"),
    [
        ("4 Thursdays from 3 December, 7pm", "FREQ=WEEKLY;BYDAY=TH;COUNT=4", "2026-12-03T19:00"),
        ("six Mondays from 7 December, 18:00", "FREQ=WEEKLY;BYDAY=MO;COUNT=6", "2026-12-07T18:00"),
        ("从12月3日起连续四个周四晚7点", "FREQ=WEEKLY;BYDAY=TH;COUNT=4", "2026-12-03T19:00"),
        ("every Thursday in December, 7pm", "FREQ=WEEKLY;BYDAY=TH;UNTIL=20261231", "2026-12-03T19:00"),
        ("12月每周四晚7点", "FREQ=WEEKLY;BYDAY=TH;UNTIL=20261231", "2026-12-03T19:00"),
        ("every other Tuesday, 7pm", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-11-24T19:00"),
        ("first Monday of the month, 7pm", "FREQ=MONTHLY;BYDAY=1MO", "2026-12-07T19:00"),
    ],
)
def test_rules_in_spoken_english(text: str, rule: str, first: str) -> None:
    assert read(text, "2026-11-23", SHANGHAI).recurrence == rule
    assert told(text, "2026-11-23", SHANGHAI)[0] == first


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        (
            "座談會時間：10 點至 17 點\n南區：112/7/15（六），於甲市\n北區：112/7/23（日），於乙市",
            "2023-06-19",
            ["2023-07-15T10:00~15T17:00", "2023-07-23T10:00~23T17:00"],
        ),
        ("報名持續開放至 6/25(日)\n講座 7/15 14:00", "2023-06-19", ["2023-07-15T14:00"]),
        (
            "2月19、20日(週六、週日); 一夜兩天\n週六 上午9點至週日下午4點為止。",
            "2022-01-28",
            ["2022-02-19T09:00~20T16:00"],
        ),
        ("Sunday 29 November\nMeet 8:30am at Exit 2, we start walking at 9", "2026-11-24", ["2026-11-29T09:00"]),
        ("Thursday, 10 December at 3 pm GMT (11 pm Beijing time)", "2026-11-24", ["2026-12-10T23:00"]),
    ],
)
def test_days_and_hours_that_stand_apart(text: str, day: str, expected: list[str]) -> None:
    assert told(text, day, SHANGHAI) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fri 4 Dec, 8 till late", ["2026-12-04T20:00"]),
        ("Sat 5th Dec, 10am til 4pm", ["2026-12-05T10:00~05T16:00"]),
        ("Tues 1 Dec, 7.30 for 8pm", ["2026-12-01T20:00"]),
        ("Tuesday 1st December, 7 for 7.30", ["2026-12-01T19:30"]),
        ("11 December, 6 for 6:30", ["2026-12-11T18:30"]),
        ("5th & 6th December, 11-4pm", ["2026-12-05T11:00~05T16:00", "2026-12-06T11:00~06T16:00"]),
        ("Wed 9 Dec, 12.30-1.30", ["2026-12-09T12:30~09T13:30"]),
        ("Sunday lunch, 29th Nov, 12 noon - 3pm", ["2026-11-29T12:00~29T15:00"]),
        ("Friday at 8", ["2026-11-27T20:00"]),
        ("Come round about 7 on Saturday", ["2026-11-28T19:00"]),
        ("The show starts at 7.45 on 12 December", ["2026-12-12T19:45"]),
        ("Thursdays 3, 10 & 17 Dec 7pm", [f"2026-12-{d}T19:00" for d in ("03", "10", "17")]),
        ("12/12 & 12/13, 1-4 PM", ["2026-12-12T13:00~12T16:00", "2026-12-13T13:00~13T16:00"]),
        ("开始时间：2026-12-05 14:00 结束时间：2026-12-05 17:00", ["2026-12-05T14:00~05T17:00"]),
        ("fortnightly on Tuesdays, 7.30pm", ["2026-11-24T19:30"]),
        ("Dec 5: buy 2 for 1", ["2026-12-05"]),
    ],
)
def test_how_people_write_hours_in_english(text: str, expected: list[str]) -> None:
    assert told(text, "2026-11-23", SHANGHAI) == expected

"""Forms of times as posters and flyers set them: points, hours without a mark, missing spaces, first sittings."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from spiders.text.when import When, read_when

SHANGHAI, LONDON = "Asia/Shanghai", "Europe/London"


def read(text: str, day: str, zone: str) -> When:
    return read_when(text, now=datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=ZoneInfo(zone)), timezone=zone)


def told(text: str, day: str, zone: str) -> list[str]:
    """Sessions in local time; days alone with the last day included."""
    out = []
    for session in read(text, day, zone).sessions:
        if session.all_day:
            last = f"~{session.end - timedelta(days=1):%m-%d}" if session.end else ""
            out.append(f"{session.start:%Y-%m-%d}{last}")
        else:
            end = session.end.astimezone(ZoneInfo(zone)) if session.end else None
            start = session.start.astimezone(ZoneInfo(zone))
            out.append(f"{start:%Y-%m-%dT%H:%M}{'' if end is None else f'~{end:%H:%M}'}")
    return out


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026·08·08 14:00", SHANGHAI, ["2026-08-08T14:00"]),
        ("5 December 2026, 1400 - 1700", LONDON, ["2026-12-05T14:00~17:00"]),
        ("26th July 1400 - 1700", LONDON, ["2026-07-26T14:00~17:00"]),
        ("26 July 2000 - 2200", LONDON, ["2026-07-26T20:00~22:00"]),
        ("Saturday, May 2 (1800hrs to 2100hrs)", LONDON, ["2026-05-02T18:00~21:00"]),
        ("2026年12月5日 1400-1700", SHANGHAI, ["2026-12-05T14:00~17:00"]),
        ("Sat 5 Dec 10.00 AM - 4.00 PM", LONDON, ["2026-12-05T10:00~16:00"]),
        ("2,3 &4 July", LONDON, ["2026-07-02~07-04"]),
        ("26th to 27th July", LONDON, ["2026-07-26~07-27"]),
        ("2026-05-2915:00", SHANGHAI, ["2026-05-29T15:00"]),
        ("07月0519:00", SHANGHAI, ["2026-07-05T19:00"]),
        ("05.2919:30", SHANGHAI, ["2026-05-29T19:30"]),
        ("4月11日19:00三教3200", SHANGHAI, ["2026-04-11T19:00"]),
        ("FRI24APR8PM", LONDON, ["2026-04-24T20:00"]),
        ("21 | MAY", LONDON, ["2026-05-21"]),
        ("21/May/2026 18:00", LONDON, ["2026-05-21T18:00"]),
        ("MAY | 21 | 6PM", LONDON, ["2026-05-21T18:00"]),
        ("Fri-Sun July 10-12", LONDON, ["2026-07-10~07-12"]),
        ("21/10/26 at 6pm", LONDON, ["2026-10-21T18:00"]),
        ("10/21/26, 6pm", "America/New_York", ["2026-10-21T18:00"]),
        ("12-05-2026 10:00 AM", "Asia/Kolkata", ["2026-05-12T10:00"]),
        ("28.08.\n21:00", "Europe/Berlin", ["2026-08-28T21:00"]),
        ("06 . 06 . 2026", LONDON, ["2026-06-06"]),
        ("sat 18 apr, 2-5pm", LONDON, ["2026-04-18T14:00~17:00"]),
        ("Tuesday, May 19th, 7 o'clock", LONDON, ["2026-05-19T19:00"]),
        ("2026 4/24", SHANGHAI, ["2026-04-24"]),
    ],
)
def test_days_and_hours(text: str, zone: str, expected: list[str]) -> None:
    assert told(text, "2026-04-01", zone) == expected


def test_till_midnight_ends_with_the_day() -> None:
    assert told("5 July, 8PM till midnight", "2026-04-01", LONDON) == ["2026-07-05T20:00~00:00"]


@pytest.mark.parametrize("text", ["5 July 2024 - 2026", "rooms 1400-1700", "1400 - 1700"])
def test_four_digits_are_hours_only_beside_a_day(text: str) -> None:
    assert not any("T" in one for one in told(text, "2026-04-01", LONDON))


def test_english_weekdays_name_listed_days_one_after_the_other() -> None:
    when = read("6月13、14日 (Sat & Sun)", "2026-06-01", SHANGHAI)
    assert when.sessions[0].sure == "stated"
    assert not when.conflicts
    assert read("6月13、14日 (Mon & Tue)", "2026-06-01", SHANGHAI).conflicts


@pytest.mark.parametrize(
    "text",
    [
        "每周三 19:30\n5月6日开课",
        "5月6日开课，每周三 19:30",
        "5月6日起每周三 19:30",
        "开课日期：5月6日\n上课时间：每周三 19:30",
    ],
)
def test_a_rule_begins_on_its_first_day(text: str) -> None:
    assert told(text, "2026-04-01", SHANGHAI) == ["2026-05-06T19:30"]
    assert read(text, "2026-04-01", SHANGHAI).recurrence == "FREQ=WEEKLY;BYDAY=WE"


def test_a_rule_that_opens_on_another_weekday_begins_on_the_next_of_its_own() -> None:
    assert told("每周三 19:30\n5月4日开课", "2026-04-01", SHANGHAI) == ["2026-05-06T19:30"]

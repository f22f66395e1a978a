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

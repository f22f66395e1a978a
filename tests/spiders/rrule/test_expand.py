"""Recurrence rules against dateutil, an independent implementation, and where that one is known to differ."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.rrule.expand import occurrences
from spiders.rrule.parse import RuleError, parse_rule

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


@st.composite
def rules(draw: Any) -> str:
    frequency = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]))
    parts = [f"FREQ={frequency}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 5))}")
    if frequency in ("YEARLY", "MONTHLY", "DAILY") and draw(st.integers(0, 3)) == 0:
        parts.append("BYMONTH=" + ",".join(map(str, sorted(draw(st.sets(st.integers(1, 12), min_size=1, max_size=3))))))
    by_day_of_month = frequency in ("YEARLY", "MONTHLY") and draw(st.integers(0, 3)) == 0
    if by_day_of_month:
        parts.append("BYMONTHDAY=" + draw(st.sampled_from(["1", "15,-1", "28", "13"])))
    if draw(st.booleans()) and not (by_day_of_month and frequency == "YEARLY"):
        placed = frequency in ("YEARLY", "MONTHLY") and not by_day_of_month and draw(st.booleans())
        prefix = draw(st.sampled_from(["1", "2", "-1"])) if placed else ""
        parts.append(
            "BYDAY=" + ",".join(prefix + day for day in draw(st.sets(st.sampled_from(DAYS), min_size=1, max_size=3)))
        )
        if frequency in ("YEARLY", "MONTHLY") and draw(st.integers(0, 4)) == 0:
            parts.append("BYSETPOS=" + draw(st.sampled_from(["1", "-1", "1,-1"])))
    if draw(st.integers(0, 3)) == 0:
        parts.append("WKST=" + draw(st.sampled_from(["SU", "MO"])))
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 40))}")
    return ";".join(parts)


def test_the_set_of_a_week_begins_before_its_first_occurrence() -> None:
    """RFC 5545, 3.3.10: BYSETPOS counts within the whole week; dateutil counts from the start on."""
    rule = parse_rule("FREQ=WEEKLY;BYDAY=MO,TU,TH;BYSETPOS=1")
    thursday = datetime(2026, 1, 1)
    found = list(occurrences(rule, thursday, thursday, thursday + timedelta(days=14)))
    assert found == [datetime(2026, 1, 5), datetime(2026, 1, 12)]


@settings(max_examples=150, deadline=None)
@given(
    rules(),
    st.datetimes(datetime(2022, 1, 1), datetime(2026, 12, 1)),
    st.integers(0, 300),
    st.sampled_from([7, 60, 400]),
)
def test_agrees_with_dateutil(text: str, start: datetime, offset: int, days: int) -> None:
    start = start.replace(second=0, microsecond=0)
    after = datetime(2026, 1, 1) + timedelta(days=offset)
    before = after + timedelta(days=days)
    bounded = text + ";UNTIL=20281231T000000" if "COUNT" not in text else text
    # A rule that fires again is needed for dateutil to stop looking.
    wanted = [m for m in rrulestr(bounded, dtstart=start).between(after, before, inc=True) if m < before]
    assert list(occurrences(parse_rule(text), start, after, before)) == wanted


@pytest.mark.parametrize(
    ("text", "start", "wanted"),
    [
        ("FREQ=YEARLY;BYWEEKNO=20", "2025-05-14", ["2026-05-13"]),  # the weekday of the start: dateutil gives all seven
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-01-30", ["2026-05-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-31", ["2026-05-31"]),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU",
            "2026-04-26",
            ["2026-05-10", "2026-05-12", "2026-05-24", "2026-05-26"],
        ),
    ],
)
def test_known_dates(text: str, start: str, wanted: list[str]) -> None:
    found = occurrences(parse_rule(text), datetime.fromisoformat(start), datetime(2026, 5, 1), datetime(2026, 6, 1))
    assert [moment.date().isoformat() for moment in found] == wanted


@pytest.mark.parametrize(
    "text",
    ["", "COUNT=3", "FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=x",
    "FREQ=WEEKLY;BYDAY=XX",
     "FREQ=YEARLY;BYMONTH=13", "FREQ=DAILY;RSCALE=HEBREW"],
)  # fmt: skip
def test_refused(text: str) -> None:
    with pytest.raises(RuleError):
        parse_rule(text)

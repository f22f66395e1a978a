"""What a rule says about days: the next one, whether or not it is bounded, and its weekdays."""

from __future__ import annotations

from datetime import date

import pytest

from spiders.text.when.recurrence import next_of_rule, parsed, weekdays_of

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY", MONDAY),
        ("FREQ=WEEKLY;BYDAY=MO,TH", MONDAY),
        ("FREQ=WEEKLY;BYDAY=SU", date(2026, 11, 29)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;COUNT=1", date(2026, 11, 29)),
        ("FREQ=MONTHLY;BYDAY=1SA", date(2026, 12, 5)),
        ("FREQ=MONTHLY;BYDAY=1WE,-1MO", date(2026, 11, 30)),
        ("FREQ=MONTHLY;BYDAY=5SU", date(2026, 11, 29)),
        ("FREQ=MONTHLY;BYMONTHDAY=31", date(2026, 12, 31)),
        ("FREQ=MONTHLY;BYDAY=60MO", None),
        ("FREQ=MONTHLY;BYDAY=6MO", None),
    ],
)
def test_the_next_day_of_a_rule(rule: str, expected: date | None) -> None:
    assert next_of_rule(rule, MONDAY) == expected


def test_the_last_days_of_the_calendar_are_no_fault() -> None:
    assert next_of_rule("FREQ=WEEKLY;BYDAY=SU", date.max) is None


def test_only_weekly_rules_have_weekdays() -> None:
    assert weekdays_of("FREQ=WEEKLY;BYDAY=TU,SU;UNTIL=20261231") == {1, 6}
    assert weekdays_of("FREQ=MONTHLY;BYDAY=1SA") == set()
    assert parsed("FREQ=MONTHLY;BYDAY=60MO") is None

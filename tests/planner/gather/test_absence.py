"""What the silence of a good answer proves, and what it does not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from planner.config import parse
from planner.gather import gather
from planner.i18n.catalog import Catalog
from planner.store import Store
from tests.support.events import SHANGHAI

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=SHANGHAI)
END = "END:VCALENDAR\r\n"


def one(name: str, day: int, more: str = "") -> str:
    return (
        f"BEGIN:VEVENT\r\nUID:{name}\r\nSUMMARY:Evening {name}\r\n"
        f"DTSTART;TZID=Asia/Shanghai:202612{day:02d}T190000\r\n{more}END:VEVENT\r\n"
    )


def shows(*names: int | str, end: str = END) -> str:
    """A calendar with an evening on each of these days of December."""
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(one(str(name), int(name)) for name in names) + end


@pytest.fixture
def answer(tmp_path, place, processes_stay):
    """Lets the calendar answer so much later, and tells on how many days each known event was missed."""
    with Store(place) as store:
        config = parse(b"sources: [{id: a, kind: ical, file: a.ics}]", "config.yaml", Catalog("en")).resolved(tmp_path)

        def says(text: str, days: float = 0, *, force: bool = False) -> dict[str, int]:
            (tmp_path / "a.ics").write_text(text, newline="")
            gather(config, store, NOW + timedelta(days=days), accept_losses=force)
            records = store.records(NOW - timedelta(days=99), NOW + timedelta(days=99))
            return {record.key: record.missed for record in records if record.missed}

        yield says


def test_what_a_new_event_pushed_out_at_the_end_is_not_missed(answer):
    answer(shows(1, 2, 3, 4, 5, 6))
    pushed = shows(1, 2, 3, 4, 5, end=one("new", 2) + END)
    assert not answer(pushed, 1)
    assert not answer(pushed + "\r\n", 2)
    assert not answer(shows(2, 3, 4, 5, 6, end=one("new", 2) + END), 9)


def test_the_last_event_of_a_calendar_that_became_smaller_is_missed_until_it_comes_back(answer):
    answer(shows(1, 2, 3, 4, 5, 6))
    assert answer(shows(1, 2, 3, 4, 5), 1) == {"6": 1}
    assert answer(shows(1, 2, 3, 4, 5) + "\r\n", 2) == {"6": 2}
    assert answer(shows(1, 2, 3, 4, 5), 3) == {"6": 3}
    assert not answer(shows(1, 2, 3, 4, 5, 6), 4)


def test_a_limit_that_shrinks_proves_nothing_of_what_it_cut_off(answer):
    answer(shows(1, 2, 3, 4, 5, 6))
    assert not answer(shows(1, 2, 3, 4), 1)
    assert not answer(shows(1, 2, 3, 4) + "\r\n", 2)
    assert answer(shows(1, 3, 4), 3) == {"2": 1}, "what lies before the end is missed all the same"
    assert not answer(shows(1, 2, 3, 4, 5, 6), 4)


def test_a_tail_is_gone_if_the_user_says_so(answer):
    answer(shows(1, 2, 3, 4, 5, 6))
    assert answer(shows(1, 2, 3, 4), 1, force=True) == {"5": 3, "6": 3}


def test_what_is_over_does_not_make_a_calendar_smaller(answer):
    answer(shows(1, 2, 3, 4, 5, 6))
    assert not answer(shows(3, 4, 5, end=one("new", 4) + END), 9.8), "the first two are over on the evening of the 2nd"


def test_what_lies_between_is_missed_although_as_many_are_shown(answer):
    answer(shows(1, 2, 3, 4, 5, 6))
    assert answer(shows(1, 2, 4, 5, 6, 7), 1) == {"3": 1}


def test_a_calendar_that_shows_nothing_any_more_lacks_all(answer):
    answer(shows(1, 2))
    assert answer(shows(), 1) == {"1": 1, "2": 1}


def test_a_rule_that_ends_earlier_is_whole(answer):
    weekly = "RRULE:FREQ=WEEKLY;COUNT={}\r\n"
    calendar = shows(end=one("s", 1, weekly) + END)
    answer(calendar.replace("{}", "4"))
    more = "".join(one(f"n{day}", day) for day in (2, 3))
    missed = answer(calendar.replace("{}", "3").replace(END, more + END), 1)
    assert list(missed.values()) == [1]


@pytest.mark.parametrize("cut", ["", "BEGIN:VEVENT\r\nUID:4\r\nSUMM"])
def test_a_cut_file_shows_no_absence(answer, cut):
    answer(shows(1, 2, 3, 4, 5, 6))
    assert not answer(shows(1, 2, 3, end=cut), 1)
    assert not answer(shows(1, 2, 3, end=cut + " "), 2, force=True)


def test_what_is_listed_by_its_uid_is_not_missed(answer):
    answer(shows(1, 2, 3, 4))
    slip = shows(1, 2, 3, 4).replace("20261202T19", "202612O2T19")
    assert not answer(slip, 1)
    assert not answer(slip + "\r\n", 2)


def test_days_are_counted_once_and_only_forwards(answer):
    less = shows(1, 3, 4, 5)
    answer(shows(1, 2, 3, 4, 5))
    assert answer(less, 2) == {"2": 1}
    assert answer(less + "\r\n", 2.2) == {"2": 1}, "the same day"
    assert answer(less, 1) == {"2": 1}, "a clock that was set back"
    assert answer(less, 1.2) == {"2": 1}, "the same answer by that clock"
    assert answer(less + "\r\n", 2.3) == {"2": 1}, "the day that was counted, once more"
    assert answer(less, 3) == {"2": 2}
    assert answer(less, 4) == {"2": 3}, "the same answer on another day"


def test_a_clock_that_was_set_back_counts_nothing_at_all(answer):
    answer(shows(1, 2, 3, 4, 5))
    assert not answer(shows(1, 3, 4, 5), -3)


def test_the_users_word_stands_for_all_answers(answer):
    answer(shows(1, 2, 3, 4))
    assert answer(shows(1, 4), 1, force=True) == {"2": 3, "3": 3}

"""Whatever the events, the file keeps the form that clients need (rule 30: 2,000 examples in ``make test-long``)."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.i18n.catalog import Catalog
from planner.render.calendar import write_fitting
from spiders.items import Place
from tests.support.calendar_form import check_form, events
from tests.support.calendars import entry
from tests.support.events import NOW, make_event

EN = Catalog("en")
TEXTS = st.one_of(
    st.text(max_size=80),
    st.text("中文字👩‍👩‍👧‍👦é\n\r\\;,: \u202e\u2066\x00\x85\u2028", max_size=60),
    st.integers(1, 10_000).map(lambda length: "长" * length),
)
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe")


@st.composite
def random_entries(draw):
    """Events with any texts, around the days on which clocks change as well."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    days = st.integers(-40, 200) | st.sampled_from([-26, -19, 113, 128, 135])
    made = []
    for number in range(draw(st.integers(0, 6))):
        start = (NOW + timedelta(days=draw(days), minutes=draw(st.integers(0, 24 * 60)))).astimezone(zone)
        all_day = draw(st.booleans())
        if all_day:
            start = start.replace(hour=0, minute=0)
        end = start + timedelta(minutes=draw(st.integers(-60, 5000))) if draw(st.booleans()) else None
        text = draw(TEXTS)
        made.append(
            entry(
                make_event(
                    draw(TEXTS) or "x",
                    uid=f"{number:08x}",
                    start=start,
                    end=end,
                    all_day=all_day,
                    place=Place(name=text, address=draw(TEXTS)),
                    url=draw(st.one_of(st.none(), TEXTS, st.just("https://ok.example/a?b=1"))),
                    status=draw(st.sampled_from(["confirmed", "tentative", "cancelled", "postponed"])),
                ),
                sequence=draw(st.integers(0, 9)),
                description=text,
            )
        )
    return made, str(zone)


def check_random(drawn) -> None:
    entries, zone = drawn
    content, left_out = write_fitting("圈子", entries, zone, EN, NOW)
    check_form(content, public=False)
    assert len(events(content)) + left_out == len(entries)
    assert write_fitting("圈子", list(reversed(entries)), zone, EN, NOW) == (content, left_out)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(random_entries())
def test_c30_any_events_keep_the_rules(drawn):
    check_random(drawn)


@pytest.mark.long
@settings(max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(random_entries())
def test_c30_any_events_keep_the_rules_at_length(drawn):
    check_random(drawn)

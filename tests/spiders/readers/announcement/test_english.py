"""English announcements of few words: what names the event, where it is held; all names are made up."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from spiders.items import Context
from spiders.readers.announcement.english import is_english, is_newsletter, name_of, name_of_text
from spiders.readers.announcement.mail import subject_of
from spiders.readers.announcement.reader import read_text

ZONE = "Europe/London"
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo(ZONE))
CONTEXT = Context(source="e", now=NOW, timezone=ZONE, window_start=NOW, window_end=NOW + timedelta(days=120))

# line | name
NAMES = """
Anyone up for five-a-side on Wednesday 7pm at Pickering Fields? £4 each|five-a-side
Ceilidh! Saturday 28 November, 7.30 till midnight, St Brannoc's Church Hall|Ceilidh
There's a life modelling session this Thursday at 6:30pm in Studio 3|life modelling session
Thursday 7pm: wine tasting at Carafe, £20|wine tasting
Sunday ramble, 29 Nov, 10am, Elm Gate|Sunday ramble
Talk on Dec 4: Who owns the tide?|Talk: Who owns the tide?
Who owns the tide: a talk in three parts|Who owns the tide: a talk in three parts
""".strip().split("\n")
NO_NAMES = [
    "Dear all,",
    "Hi everyone",
    "The Larkhill Players present",
    "Friday 4 December, 8pm",
    "When:",
    "£9 on the door",
]

# text | names | places ("-" for none)
MEETING = """Dear all,

just a reminder that the autumn general meeting of the Wexcombe Beekeepers is on Tuesday 1 December at 7:30 pm in the
Methodist Hall, Station Road.

Kind regards
Mabel"""
CAROLS = "CAROLS BY CANDLELIGHT\nSt Mary's, Lower Wick\nSunday 20 December, 6pm\nAll welcome"
WEEK = """Events this week at Rowan House

Monday: Tai chi, 10am, main hall
Wednesday: Knitting circle, 2pm, lounge"""
RUNS = """Riverside Runners – December dates

* 5 December: Hill reps, 9am, Beacon car park
* 12 December: Long run, 8am, Lock Bridge"""
CHESS = "Weekly chess club: every Monday 7-10pm, upstairs at the Horse & Plough."
EVENTS = [
    (MEETING, ["autumn general meeting of the Wexcombe Beekeepers"]),
    (CAROLS, ["CAROLS BY CANDLELIGHT @ St Mary's, Lower Wick"]),
    (WEEK, ["Tai chi @ main hall", "Knitting circle @ lounge"]),
    (RUNS, ["Hill reps @ Beacon car park", "Long run @ Lock Bridge"]),
    (CHESS, ["chess club @ the Horse & Plough"]),
]
NOTHING = [
    "Your dentist appointment is on Thursday 26 November at 10:20. Please reply YES to confirm.",
    "The gallery will be closed on Monday 30 November and reopens at 10am on Tuesday.",
    "Flat to let from 1 December, two bedrooms, £950 per month. Viewings Saturday 28 November 10am-12pm.",
    "Last night's debate drew a crowd. Speakers argued until 10pm, it was carried. The next vote is on 9 December.",
    "Weekly deals: from Thursday 26 November to Wednesday 2 December, all cheeses half price at Fenwick Foods.",
]


@pytest.mark.parametrize("line", NAMES)
def test_the_name_is_the_piece_that_is_nothing_else(line: str) -> None:
    said, _, name = line.rpartition("|")
    assert name_of(said) == name


@pytest.mark.parametrize("line", NO_NAMES)
def test_what_names_nothing(line: str) -> None:
    assert name_of(line) is None


def test_who_signed_is_the_last_to_name_it() -> None:
    text = "Dear singers,\n\nwe sing on Thursdays at 7pm. Nobody has to audition.\n\nBest wishes\nThe Marsh Choir"
    assert name_of_text(text.split("\n")) == "The Marsh Choir"


def test_languages_and_heads_of_lists() -> None:
    assert is_english("Open mic at the Lantern 灯, with guests from all over the valley, and a late bar")
    assert not is_english("灯笼 Open mic")
    assert is_newsletter("What's on at Marsh Hall")
    assert not is_newsletter("Hello World meetup")


def test_a_mail_is_called_what_its_subject_says() -> None:
    mail = "From: Tom <tom@lathe.example>\nSubject: [makers] Re: Lathe induction\nDate: Mon, 23 Nov 2026\n\nHi,"
    assert subject_of(mail) == ("Lathe induction", "\nHi,")
    assert subject_of("Lathe induction\nDate: 28 November") is None


@pytest.mark.parametrize(("text", "told"), EVENTS)
def test_what_is_held_and_where(text: str, told: list[str]) -> None:
    events = read_text(text, CONTEXT).events
    found = [event.title + (f" @ {event.place.name}" if event.place else "") for event in events]
    assert [each[: len(one)] for each, one in zip(found, told, strict=True)] == told


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_served_closed_or_told_is_no_event(text: str) -> None:
    assert read_text(text, CONTEXT).events == ()


def test_a_line_too_long_for_a_name_is_cut() -> None:
    events = read_text("Friday 4 December 7pm, " * 200, CONTEXT).events
    assert all(0 < len(event.title) <= 80 for event in events)

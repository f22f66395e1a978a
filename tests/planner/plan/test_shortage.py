"""Three weeks in a row without enough of a track, and the digest says which sources would help."""

from __future__ import annotations

import pytest

from planner.i18n.catalog import Catalog
from planner.plan.codes import Note
from planner.plan.shortage import with_advice
from planner.render.digest import DigestBuilder
from spiders.reasons import Reason
from tests.support.planning import WEEK, config

SHORT = Reason(Note.FEW_OF, about="industry")
CONFIG = config("city: 上海\ninterests: {industry: [储能], practice: [桌游]}\n")


def body(*notes, picks=("one",)) -> dict:
    return {"picks": [{"id": name} for name in picks], "notes": list(notes)}


def before(*bodies) -> dict:
    """Kept plans of the weeks before, the last first."""
    return {WEEK.shifted(-1 - back).name: each for back, each in enumerate(bodies) if each is not None}


def told(plans, notes=(SHORT,), settings=CONFIG, *, empty=False):
    return with_advice(notes, WEEK, plans, settings, empty=empty)


OLD, NEW = "few_of: industry", {"code": "few_of", "about": "industry"}
LONGER = {"code": "few_for_weeks", "about": "industry", "weeks": 3, "sources": "a"}


@pytest.mark.parametrize("plans", [before(), before(body(NEW)), before(body(NEW), None, body(NEW))])
def test_fewer_weeks_in_a_row_are_told_as_one(plans):
    assert told(plans) == (SHORT,)


@pytest.mark.parametrize(
    ("plans", "weeks"),
    [
        (before(body(NEW), body(OLD)), 3),
        (before(body(LONGER), body(NEW), body(NEW)), 4),
        (before(body(NEW), body(picks=())), 3),
        (before(body(NEW), body(NEW), body()), 3),
    ],
)
def test_the_third_week_names_sources(plans, weeks):
    (note,) = told(plans)
    assert note.code == Note.FEW_FOR_WEEKS
    assert (note.about, note["weeks"]) == ("industry", weeks)
    names = str(note["sources"]).split()
    assert 1 <= len(names) <= 3
    assert "electric-power-university" in names


def test_a_track_of_the_other_kind_ends_no_row_and_begins_none():
    practice = {"code": "few_of", "about": "practice"}
    assert told(before(body(practice), body(NEW))) == (SHORT,)
    assert told(before(body(NEW, practice), body(NEW)))[0].about == "industry"


def test_what_is_short_of_practice_gets_places_to_practise():
    note = told(before(*2 * [body({"code": "few_of", "about": "practice"})]), (Reason(Note.FEW_OF, about="practice"),))[
        0
    ]
    assert {"toastmasters", "douban-boardgames"} & set(str(note["sources"]).split())
    assert "electric-power-university" not in str(note["sources"])


def test_empty_weeks_are_short_of_all_that_is_wanted():
    plans = before(body(picks=()), body(picks=()))
    assert [note.about for note in told(plans, (), empty=True)] == ["industry", "practice"]
    alone = config("city: 上海\nbalance: {industry: 100, practice: 0}\n")
    assert [note.about for note in told(plans, (), alone, empty=True)] == ["industry"]


def test_where_nothing_is_left_to_suggest_it_says_so():
    plans = before(body(NEW), body(NEW))
    nowhere = config("city: Smallville\ntimezone: Asia/Kathmandu\ninterests: {industry: [储能]}\n")
    (note,) = told(plans, settings=nowhere)
    assert note.code == Note.FEW_FOR_WEEKS_NONE


@pytest.mark.parametrize(("language", "words"), [("zh", "已经有 3 周"), ("en", "for 3 weeks now")])
def test_the_digest_says_it_in_words(language, words):
    builder = DigestBuilder(CONFIG, Catalog(language))
    (note,) = told(before(body(NEW), body(NEW)))
    line = builder._note(note)
    assert words in line
    assert "electric-power-university" in line
    assert "{" not in line

"""What is suggested, in words: each message says what stands there and nothing else, in both languages."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner.i18n.catalog import Catalog, templates_folder
from planner.people.person import Favour, Meeting, Person, Promise
from planner.people.suggest import About, Coming, Suggestion
from planner.render.people import Around, Invitation, PeopleWords, ago

TODAY = date(2026, 11, 27)
NAME = "Zoë {name} Flint"
PERSON = Person(
    name=NAME,
    role="upstream",
    met=(Meeting(on=TODAY - timedelta(days=1), at="Salon {place}", circle="Sample circle"),),
    notes=("a-secret-note",),
    cares=("a-secret-care",),
)
FAVOUR = Favour(on=date(2026, 11, 2), way="received", what="a lift {what}", state="open")
PROMISE = Promise(what="the sample", by=date(2026, 12, 4))
SHANGHAI = ZoneInfo("Asia/Shanghai")
FREE = datetime(2026, 11, 28, 14, tzinfo=SHANGHAI), datetime(2026, 11, 28, 18, tzinfo=SHANGHAI)
COMING = Coming(id="e1", day=date(2026, 12, 1), is_picked=True)
ALL = {
    "follow_up": Suggestion(about=About.FOLLOW_UP, person=PERSON),
    "promise": Suggestion(about=About.PROMISE, person=PERSON, promise=PROMISE),
    "weekend": Suggestion(about=About.WEEKEND, person=PERSON),
    "weekend, never met": Suggestion(about=About.WEEKEND, person=Person(name=NAME)),
    "referral": Suggestion(about=About.REFERRAL, person=PERSON),
    "introduction": Suggestion(about=About.INTRODUCTION, person=PERSON),
    "advice": Suggestion(about=About.ADVICE, person=PERSON),
    "return": Suggestion(about=About.RETURN, person=PERSON, favour=FAVOUR),
    "again": Suggestion(about=About.AGAIN, person=PERSON),
    "again, planned": Suggestion(about=About.AGAIN, person=PERSON, coming=COMING),
}
SAYS = {
    "follow_up": ("Salon {place}",), "promise": ("the sample", "4"), "return": ("a lift {what}",),
    "again, planned": ("Storage evening",),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ALL)
def test_each_says_who_and_what_it_follows_from(name, language):
    around = Around(titles={"e1": "Storage evening"})
    told = PeopleWords(Catalog(language), "Asia/Shanghai").line(ALL[name], TODAY, around)
    for text in (told.reason, told.message):
        assert NAME in text
        assert "secret" not in text, "notes are nobody's but the user's"
        assert not re.findall(r"(?<!Zoë )\{(?!place|what)\w*\}", text), "every gap is filled"
        assert "\n" not in text
    for said in SAYS.get(name, ()):
        assert said in told.message


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_invitation_names_the_evening(language):
    invitation = Invitation(title="Tasting by the pond", day=date(2026, 11, 28))
    around = Around(invitation=invitation, free=FREE)
    told = PeopleWords(Catalog(language), "Asia/Shanghai").line(ALL["weekend"], TODAY, around)
    assert "Tasting by the pond" in told.message
    assert "28" in told.message
    assert "14:00–18:00" in told.reason, "the hours that the plan keeps"


def test_a_message_is_in_the_language_of_whom_it_is_for():
    person = Person(name="林小溪", language="zh", met=PERSON.met)
    told = PeopleWords(Catalog("en"), "Asia/Shanghai").line(Suggestion(about=About.FOLLOW_UP, person=person), TODAY)
    assert "昨天" in told.message
    assert "yesterday" in told.reason


def test_messages_stay_all_week_and_change_between_weeks():
    words = PeopleWords(Catalog("en"), "Asia/Shanghai")
    suggestion = Suggestion(about=About.ADVICE, person=PERSON)
    monday = date(2026, 11, 23)
    assert len({words.line(suggestion, monday + timedelta(days=day)).message for day in range(7)}) == 1
    assert len({words.line(suggestion, monday + timedelta(weeks=week)).message for week in range(8)}) == 2


def test_both_languages_have_a_way_to_say_everything():
    zh, en = (tomllib.loads((templates_folder() / f"messages.{each}.toml").read_text("utf-8")) for each in ("zh", "en"))
    assert {about: set(cases) for about, cases in zh.items()} == {about: set(cases) for about, cases in en.items()}
    assert set(zh) == {about.value for about in About}
    gaps = {"name", "ago", "place", "day", "event", "what"}
    for texts in (zh, en):
        for cases in texts.values():
            for ways in cases.values():
                assert ways
                for way in ways:
                    assert set(re.findall(r"\{(\w+)\}", way)) <= gaps
                    assert "{name}" in way


@pytest.mark.parametrize(
    ("days", "said"), [(0, "today"), (1, "yesterday"), (2, "the day before yesterday"), (9, "9 days ago")]
)
def test_how_long_ago(days, said):
    assert ago(TODAY - timedelta(days=days), TODAY, Catalog("en")) == said

"""The grammar disposes: of what a second reader claims, what stands in the text and reads as a time there.

A quote must stand in the text, character for character in one spelling (:mod:`spiders.text.glyphs`). A time quote is
read twice by our own grammar, alone and where it stands, and passes only where both agree: a quote that begins within a
number, or leaves out the word "deadline" before it, does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from spiders.items import Place, Price, Question
from spiders.readers.second.answer import Answer, Claim
from spiders.text.glyphs import normalize, visible
from spiders.text.price import read_price
from spiders.text.when import Session, When, read_when
from spiders.text.when.hours import DAY, span
from spiders.text.when.mentions import read_mentions
from spiders.text.when.model import Mention
from spiders.text.when.sessions import main_hours, sessions_of
from spiders.text.when.zones import zone_info
from spiders.text.where import read_where

TITLE = (2, 80)
"""The shortest and the longest title, in characters."""
_LONGEST_TIME = 120
_MOST_PLACES = 20  # of one quote in a text that are looked at
_MOST_SESSIONS = 12
_NO_START = {"deadline", "past", "skip", "end"}
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d)?)?(?:Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One event that passed: its sessions as the grammar reads ``words``, which stand in the text."""

    title: str
    sessions: tuple[Session, ...]
    words: str
    recurrence: str | None = None
    place: Place | None = None
    place_words: str | None = None
    price: Price | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is left of an answer. ``thrown_away`` counts claims, and quotes of place and price, that did not pass."""

    is_event: bool
    found: tuple[Found, ...] = ()
    thrown_away: int = 0


def judge(answer: Answer, question: Question) -> Verdict:
    """Hold an answer to the text it is about. Sessions that are over by the day of ``question.now`` are left out."""
    text = _Text(question)
    found: list[Found] = []
    thrown = answer.malformed
    for claim in answer.claims if answer.is_event else ():
        one, lost = text.found(claim)
        thrown += lost
        if one is not None and one.sessions:
            found.append(one)
    return Verdict(is_event=answer.is_event, found=tuple(dict.fromkeys(found)), thrown_away=thrown)


class _Text:
    """One text and every mention of a time in it."""

    def __init__(self, question: Question) -> None:
        self._seen = visible(question.text)
        self._normal = normalize(self._seen)
        self._now, self._timezone = question.now, question.timezone
        self._zone = zone_info(question.timezone)
        self._today = question.now.astimezone(self._zone).date()
        self._mentions = read_mentions(self._normal, self._today)

    def found(self, claim: Claim) -> tuple[Found | None, int]:
        """What passes of one claim, and how many of its parts did not."""
        title, time = self._title(claim.title), self._time(claim)
        if title is None or time is None:
            return None, 1
        place_words = self._quoted(claim.place) if claim.place else None
        price_words = self._quoted(claim.price) if claim.price else None
        lost = (claim.place is not None and place_words is None) + (claim.price is not None and price_words is None)
        when, words = time
        found = Found(
            title=title,
            sessions=tuple(each for each in when.sessions if self._is_to_come(each))[:_MOST_SESSIONS],
            words=words,
            recurrence=when.recurrence,
            place=read_where(place_words) if place_words else None,
            place_words=place_words,
            price=read_price(f"费用：{price_words}") if price_words else None,
        )
        return found, lost

    # -- quotes ------------------------------------------------------------------------------------------------------

    def _places(self, quote: str) -> Iterator[tuple[int, int]]:
        """Where a quote stands: (from, to), at most so many times."""
        wanted, at = normalize(visible(quote)).strip(), -1
        for _ in range(_MOST_PLACES if wanted else 0):
            at = self._normal.find(wanted, at + 1)
            if at < 0:
                return
            yield at, at + len(wanted)

    def _quoted(self, quote: str) -> str | None:
        """A quote as the text itself writes it; None where it does not stand there."""
        place = next(self._places(quote), None)
        return self._seen[slice(*place)] if place is not None else None

    def _title(self, quote: str) -> str | None:
        words = self._quoted(quote)
        line = " ".join(words.split()) if words is not None else ""
        return line if TITLE[0] <= len(line) <= TITLE[1] and re.search(r"[^\W\d_]", line) else None

    # -- times -------------------------------------------------------------------------------------------------------

    def _time(self, claim: Claim) -> tuple[When, str] | None:
        """What the grammar reads in the time quotes of a claim, and their words."""
        told = self._joined(claim.start, claim.hour) if claim.hour else self._alone(claim.start)
        if told is None or (claim.iso is not None and not self._agrees(claim.iso, told[0])):
            return None
        return self._with_end(*told, claim.end) if claim.end else told

    def _read(self, words: str) -> When:
        return read_when(words, now=self._now, timezone=self._timezone)

    def _alone(self, quote: str) -> tuple[When, str] | None:
        words = self._quoted(quote)
        if words is None or len(words) > _LONGEST_TIME:
            return None
        when = self._read(words)
        if not when.sessions or any(each.precision == "time" for each in when.sessions):
            return None
        for place in self._places(quote):
            if all(self._stands(each, place) for each in when.sessions):
                return when, words
        return None

    def _joined(self, day: str, hour: str) -> tuple[When, str] | None:
        """A day and an hour from two places: each read alone, the hour with no day of its own, and both together."""
        dated, hours = self._alone(day), self._quoted(hour)
        if dated is None or hours is None or len(hours) > _LONGEST_TIME:
            return None
        timed = self._read(hours).sessions
        if len(dated[0].sessions) != 1 or not dated[0].sessions[0].all_day or len(timed) != 1:
            return None
        if timed[0].precision != "time" or dated[0].sessions[0].end is not None:
            return None
        words = f"{dated[1]} {hours}"
        when = self._read(words)
        on = dated[0].sessions[0].start.date()
        if len(when.sessions) != 1 or when.sessions[0].all_day or when.sessions[0].start.date() != on:
            return None
        if any(self._is_hour_of(when.sessions[0], place) for place in self._places(hour)):
            return when, f"{dated[1]} … {hours}"
        return None

    def _with_end(self, when: When, words: str, quote: str) -> tuple[When, str]:
        """The same with an end that stands elsewhere, where the grammar reads it as the end of that very start."""
        ends = self._quoted(quote)
        if ends is None or len(when.sessions) != 1 or when.sessions[0].end is not None or when.sessions[0].all_day:
            return when, words
        before = when.sessions[0]
        after = self._read(f"{words.replace(' … ', ' ')}-{ends}").sessions
        if len(after) != 1 or after[0].start != before.start or after[0].end is None:
            return when, words
        if not any(self._names(_clock(after[0].end), place) for place in self._places(quote)):
            return when, words
        return replace(when, sessions=(replace(before, end=after[0].end),)), f"{words} … {ends}"

    # -- what the grammar reads where a quote stands -----------------------------------------------------------------

    def _at(self, place: tuple[int, int]) -> list[Mention]:
        first, behind = place
        return [each for each in self._mentions if each.start < behind and each.stop > first]

    def _stands(self, session: Session, place: tuple[int, int]) -> bool:
        """Whether a session read from a quote alone is read from it within the text as well."""
        here = [each for each in self._at(place) if each.role not in _NO_START]
        day = session.start.date()
        if not any(_is_on(each, day) or day in self._days_of_rule(each) for each in here):
            return False
        return session.all_day or _clock(session.start) in set(self._starts(here, place))

    def _days_of_rule(self, mention: Mention) -> set[date]:
        """The first days on which a rule within the text meets."""
        if mention.rule is None:
            return set()
        return {each.start.date() for each in sessions_of(mention, self._today, self._zone, "")[0]}

    def _starts(self, mentions: list[Mention], place: tuple[int, int]) -> Iterator[int]:
        """The minutes of the day at which something begins by hours that lie within a quote."""
        for mention in mentions:
            for hours in main_hours(mention):
                if place[0] <= hours.start and hours.start < place[1]:
                    part = mention.part if hours.first.part is None and hours.first.half is None else hours.first.part
                    for first in (hours.first, replace(hours.first, part=part)):
                        yield span(replace(hours, first=first))[0] % DAY

    def _is_hour_of(self, session: Session, place: tuple[int, int]) -> bool:
        """Whether the hour of a session is that of a quote whose mention names no other day."""
        here = [each for each in self._at(place) if each.role not in _NO_START]
        if any((each.days and not _is_on(each, session.start.date())) or each.rule is not None for each in here):
            return False
        return _clock(session.start) % (DAY // 2) in {one % (DAY // 2) for one in self._starts(here, place)}

    def _names(self, clock: int, place: tuple[int, int]) -> bool:
        """Whether hours within a quote name this minute, on either half of the day."""
        half = DAY // 2
        return any(
            (each.hour * 60 + each.minute) % half == clock % half
            for mention in self._at(place)
            for hours in mention.hours
            if place[0] <= hours.start < place[1]
            for each in (hours.first, hours.last)
            if each is not None
        )

    def _agrees(self, iso: str, when: When) -> bool:
        """Whether the model's own reading is one of the grammar's."""
        told = _ISO.fullmatch(iso)
        if told is None:
            return False
        for session in when.sessions:
            local = session.start if session.all_day else session.start.astimezone(self._zone)
            written = {f"{at:%H:%M}" for at in (local, session.start)}
            same_day = told[1] in {f"{at:%Y-%m-%d}" for at in (local, session.start)}
            if same_day and (told[2] is None or told[2] in written):
                return True
        return False

    def _is_to_come(self, session: Session) -> bool:
        return (session.end or session.start).astimezone(self._zone).date() >= self._today


def _is_on(mention: Mention, day: date) -> bool:
    return any(days.first <= day <= (days.last or days.first) for days in mention.days)


def _clock(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute

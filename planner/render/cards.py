"""One event in words, in the reader's language, before any markup: what cards, tables and calendars say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from planner.config import Config
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.identity.lifecycle import is_doubtful, place_parts
from planner.people.person import Practice
from planner.plan.again import OF_PEOPLE
from planner.plan.candidates import Candidate
from planner.plan.codes import Why
from planner.plan.week import Pick
from planner.render.advice import card_for
from planner.render.clock import Clock
from planner.render.phrases import MAX_REASONS, phrases, term_in_words
from planner.text import one_line, web_link
from planner.types import OFF, Rated, Term
from spiders.items import Event, Price
from spiders.reasons import Code, Reason
from spiders.text.deadline import sign_up_until
from spiders.text.notice import has_mark

MAX_DOUBTS = 2
NEARLY = 0.5
"""A backup that makes the week so many points worse is nearly as good."""
_HOURS = re.compile(r"\b(\d\d):(\d\d)-(\d\d):(\d\d)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What stands ready in place of a pick: its title, its other facts, and both as one ``line``."""

    title: str
    facts: str
    line: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One event as people read it. Every text is one line; links are web addresses or None. ``backup`` is what to do
    instead, should this fall through."""

    id: str
    title: str
    track: str
    track_name: str
    day: str
    hours: str
    when: str
    place: str
    price: str
    link: str | None
    about: str
    deadline: str | None = None
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    backup: Backup | None = None
    advice: str = ""
    sources: str = ""


class CardFormatter:
    """Puts facts into words for one user; ``for_others``: where somebody else may read along, so that nothing is said
    of whom the user knows."""

    def __init__(self, config: Config, words: Catalog, *, for_others: bool = False) -> None:
        self.config, self.words, self.for_others = config, words, for_others
        self.clock = Clock(words, config.timezone)

    def pick_card(self, pick: Pick, practised: Sequence[Practice] = ()) -> Card:
        """A pick with its reasons, what to do there after all that was ``practised``, and its backup: the best that
        could stand in its place."""
        rated = pick.candidate.rated
        card = self.card(rated, pick.candidate)
        card = replace(card, advice=card_for(rated.label, card.track, self.words.language, practised))
        if pick.runner_up is None or pick.runner_up.rated.event.status in OFF:
            return card
        other = self.card(pick.runner_up.rated, pick.runner_up)
        facts = [other.when, other.place]
        if pick.margin is not None and pick.margin < NEARLY:
            facts.append(self.words("digest.backup_close"))
        title, told = one_line(other.title, 80), self.words("digest.join").join(facts)
        line = self.words("digest.backup", title=title, facts=told)
        return replace(card, backup=Backup(title=title, facts=told, line=line, link=other.link))

    def card(self, rated: Rated, candidate: Candidate | None = None) -> Card:
        """Any event as a card."""
        event = rated.event
        track = rated.score.track or "other"
        day, hours = self._day_of(event, candidate), self._hours_of(event, candidate)
        return Card(
            id=rated.id,
            title=marked_title(event, self.words, 120),
            track=track,
            track_name=self.words(f"track.{track}"),
            day=day,
            hours=hours,
            when=self.clock.joined(day, hours),
            place=self.place(event),
            price=self.price(event.price),
            link=web_link(event.url),
            about=one_line(gist(event.description or ""), 160),
            deadline=one_line(sign_up_until(event.description or "") or "", 80) or None,
            reasons=self.reasons(rated.score.terms),
            doubts=self._doubted(event),
            sources=self.words("digest.comma").join(sorted({record.source for record in rated.tracked.merged.records})),
        )

    def doubts(self, event: Event) -> list[str]:
        """What is doubtful about an event, a line each that says that it is."""
        return [self.words("digest.doubt", doubt=doubt) for doubt in self._doubted(event)]

    def _doubted(self, event: Event) -> tuple[str, ...]:
        return tuple(
            self.words("digest.by_rule") if doubt.code == Code.FROM_A_RULE else self.reason(doubt)
            for doubt in event.evidence.doubts[-MAX_DOUBTS:]
        )

    def _day_of(self, event: Event, candidate: Candidate | None) -> str:
        if candidate is not None:
            return self.day(candidate.start)
        return self.day(event.start.astimezone(self.config.zone)) if event.start else self.words("digest.no_time")

    def _hours_of(self, event: Event, candidate: Candidate | None) -> str:
        if candidate is not None and candidate.flexible:
            return self.words("digest.visit", hours=self.clock.hours(candidate.start, candidate.end))
        return self.hours(event, assumed=candidate is not None and candidate.end_assumed)

    def day(self, moment: datetime | date) -> str:
        """A day in words (`Clock.day`)."""
        return self.clock.day(moment)

    def hours(self, event: Event, *, assumed: bool) -> str:
        """``19:30–21:30`` (`Clock.hours`), in the user's zone; an assumed end is not shown."""
        if event.start is None:
            return ""
        if event.all_day:
            days = (event.end.date() - event.start.date()).days if event.end else 1
            if days <= 1:
                return self.words("digest.all_day")
            return self.words("digest.all_days", last=self.day(event.start.date() + timedelta(days=days - 1)))
        start = event.start.astimezone(self.config.zone)
        if assumed or event.end is None:
            return self.clock.hour(start)
        end = event.end.astimezone(self.config.zone)
        days = (end.date() - start.date()).days
        return self.clock.hours(start, end) + (f" (+{days})" if days else "")

    def place(self, event: Event) -> str:
        """Where, or that it is online or not known."""
        where = self.words("digest.place_comma").join(place_parts(event))
        if event.mode == "online":
            return self.words("digest.online")
        if event.mode == "hybrid" and where:
            return self.words("digest.hybrid", place=one_line(where, 100))
        return one_line(where, 120) if where else self.words("digest.no_place")

    def price(self, price: Price | None) -> str:
        """``免费``, ``80 CNY`` or ``80–120 CNY``; unknown is called unknown."""
        if price is None or price.min is None:
            return self.words("digest.price_unknown")
        if price.min == 0 and not price.max:
            return self.words("digest.free")
        currency = price.currency or self.config.currency
        low = f"{price.min:g}"
        high = f"–{price.max:g}" if price.max is not None and price.max != price.min else ""
        return self.words("digest.price", amount=f"{low}{high}", currency=self.currency(currency)).strip()

    def currency(self, code: str) -> str:
        """The sign or name of a currency, with the space that stands before an amount."""
        key = f"currency.{code}"
        return self.words(key) if self.words.has(key) else f"{code} "

    def reasons(self, terms: Sequence[Term], most: int = MAX_REASONS) -> tuple[str, ...]:
        """What speaks for an event, in phrases (`phrases`)."""
        told = [term for term in terms if term.name not in OF_PEOPLE] if self.for_others else terms
        return phrases(told, self.words, most)

    def term(self, term: Term) -> str:
        """One term in words; its points are for ``why``."""
        return term_in_words(term, self.words)

    def against(self, reason: Reason, event: Event, most: int = 160) -> str:
        """A reason against an event (`Why`) in words, with what it is about."""
        about = one_line(self.about(reason, event), most)
        if about and reason.code != Why.CLASH:
            about = self.words("why.about", about=about)
        return self.words(f"why.{reason.code}", about=about)

    def about(self, reason: Reason, event: Event) -> str:
        """What a reason against an event is about: what is doubtful is said in the reader's language."""
        if reason.code == Why.DOUBTFUL:
            return self.words("digest.semicolon").join(self.reason(doubt) for doubt in event.evidence.doubts)
        return _HOURS.sub(lambda found: self._range(*map(int, found.groups())), reason.about)

    def _range(self, hour: int, minute: int, until_hour: int, until_minute: int) -> str:
        return self.clock.range(hour * 60 + minute, until_hour * 60 + until_minute)

    def reason(self, reason: Reason | None) -> str:
        """What a source or reader reports, in one line of the reader's language."""
        return one_line(translate(reason, self.words.language), 160)


def marked_title(event: Event, words: Catalog, most: int = 300) -> str:
    """The title as everybody reads it: called off, put off and doubtful are said before it."""
    title = one_line(event.title, most)
    if event.status in {"cancelled", "postponed"}:
        if has_mark(title):  # the source's own words say it already
            return title
        return words(f"calendar.{event.status}", title=title)
    return words("calendar.doubtful", title=title) if is_doubtful(event) else title


_FACT_LINE = re.compile(
    r"\s*(?:活动|会议|举办)?(?:时\s*间|日\s*期|地\s*点|地\s*址|费\s*用|票\s*价|主办\w{0,2}|报名\w{0,4}|集合|限额)\s*[:：]"
    r"|\s*(?:when|where|date|time|venue|place|cost|price|tickets|registration \w+)\b\s*[:：]?",
    re.IGNORECASE,
)


_MARKDOWN = re.compile(r"\\(?=[*_#~`\[\]()!>.+-])|\*\*|^#{1,6} +", re.MULTILINE)
"""Signs of Markdown that platforms leave in their texts: escapes, bold, headings."""


def gist(description: str) -> str:
    """A description without the lines that only repeat the facts of the card, and without signs of markup."""
    plain = _MARKDOWN.sub("", description)
    return "\n".join(line for line in plain.splitlines() if not _FACT_LINE.match(line))

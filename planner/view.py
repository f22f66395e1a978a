"""A plan in words: what the digest, the pages and the calendar say, in the reader's language, before any markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from planner.advice import card_for, initiative_for
from planner.config import Config
from planner.identity.life import place_line
from planner.plan.candidates import Candidate, FreeHours, Rated
from planner.plan.week import Pick, WeekPlan
from planner.reasons import in_words
from planner.safe_text import excerpt, one_line, web_link
from planner.score import Term
from planner.weeks import WeekSpan
from planner.words import Words
from spiders.items import Event, Price, SourceReport

MOST_ALSO_GOOD = 6
MOST_REASONS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One event as people read it. Every text is one line; ``link`` is a web address or None."""

    id: str
    title: str
    track: str
    track_name: str
    day: str
    hours: str
    place: str
    price: str
    link: str | None
    about: str
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    beat: str | None = None
    advice: str = ""
    sources: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the week at a glance."""

    name: str
    number: str
    is_weekend: bool
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything that a digest of one week says."""

    language: str
    title: str
    week: str
    dates: str
    summary: str
    days: tuple[Day, ...]
    cards: tuple[Card, ...]
    also_good: tuple[Card, ...]
    changes: tuple[str, ...]
    failures: tuple[str, ...]
    notes: tuple[str, ...]
    initiative: str | None


class Teller:
    """Puts facts into words for one user."""

    def __init__(self, config: Config, words: Words) -> None:
        self.config, self.words = config, words

    def view(
        self,
        plan: WeekPlan,
        changes: Sequence[Mapping[str, str]],
        reports: Sequence[SourceReport],
        *,
        name: str | None = None,
    ) -> View:
        """The whole digest of a plan."""
        words = self.words
        cards = tuple(self.pick_card(pick) for pick in plan.picks)
        return View(
            language="zh-CN" if words.language == "zh" else "en",
            title=name or words("digest.title"),
            week=words("digest.week", year=plan.week.name[:4], week=int(plan.week.name[-2:])),
            dates=self._dates(plan.week),
            summary=self._summary(plan, reports),
            days=self._days(plan, cards),
            cards=cards,
            also_good=tuple(self.card(each.rated, each) for each in plan.left_out[:MOST_ALSO_GOOD]),
            changes=tuple(self._change(change) for change in changes),
            failures=tuple(self._failure(report) for report in reports if report.outcome == "failed"),
            notes=self._notes(plan),
            initiative=None if plan.picks else self._initiative(plan),
        )

    def pick_card(self, pick: Pick) -> Card:
        """A pick with its reasons and what it beat."""
        card = self.card(pick.candidate.rated, pick.candidate)
        beat = None
        if pick.runner_up is not None:
            beat = self.words(
                "digest.beat",
                title=one_line(pick.runner_up.rated.event.title, 60),
                day=self.day(pick.runner_up.start),
                margin=f"{pick.margin or 0:.1f}",
            )
        rated = pick.candidate.rated
        return replace(card, beat=beat, advice=card_for(rated.label, card.track, self.words.language))

    def card(self, rated: Rated, candidate: Candidate | None = None) -> Card:
        """Any event as a card."""
        event = rated.event
        track = rated.score.track or "other"
        return Card(
            id=rated.id,
            title=one_line(event.title, 120),
            track=track,
            track_name=self.words(f"track.{track}"),
            day=self._day_of(event, candidate),
            hours=self._hours_of(event, candidate),
            place=self.place(event),
            price=self.price(event.price),
            link=web_link(event.url),
            about=excerpt(_gist(event.description or ""), 160),
            reasons=self.reasons(rated.score.terms),
            doubts=tuple(self.reason(doubt) for doubt in event.evidence.doubts[:2]),
            sources=self.words("digest.comma").join(sorted({record.source for record in rated.living.merged.records})),
        )

    def _day_of(self, event: Event, candidate: Candidate | None) -> str:
        if candidate is not None:
            return self.day(candidate.start)
        return self.day(event.start.astimezone(self.config.zone)) if event.start else self.words("digest.no_time")

    def _hours_of(self, event: Event, candidate: Candidate | None) -> str:
        if candidate is not None and candidate.flexible:
            return self.words("digest.visit", start=f"{candidate.start:%H:%M}", end=f"{candidate.end:%H:%M}")
        return self.hours(event, assumed=candidate is not None and candidate.end_assumed)

    def day(self, moment: datetime | date) -> str:
        """``11月24日 周二`` or ``Tue 24 Nov``."""
        return self.words(
            "date.day",
            month=moment.month,
            month_name=self.words(f"date.month_{moment.month}"),
            day=moment.day,
            weekday=self.words(f"date.weekday_{moment.weekday()}"),
        )

    def hours(self, event: Event, *, assumed: bool) -> str:
        """``19:30–21:30``, in the user's zone; an assumed end is not shown."""
        if event.start is None:
            return ""
        if event.all_day:
            return self.words("digest.all_day")
        start = event.start.astimezone(self.config.zone)
        if assumed or event.end is None:
            return f"{start:%H:%M}"
        end = event.end.astimezone(self.config.zone)
        days = (end.date() - start.date()).days
        return f"{start:%H:%M}–{end:%H:%M}" + (f" (+{days})" if days else "")

    def place(self, event: Event) -> str:
        """Where, or that it is online or not known."""
        where = place_line(event)
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
        return self.words("digest.price", amount=f"{low}{high}", currency=self._currency(currency))

    def _currency(self, code: str) -> str:
        key = f"currency.{code}"
        return self.words(key) if self.words.has(key) else f"{code} "

    def reasons(self, terms: Sequence[Term], most: int = MOST_REASONS) -> tuple[str, ...]:
        """The strongest terms of a score in words, those that speak for the event first."""
        strong = sorted(terms, key=lambda term: (term.points < 0, -abs(term.points)))
        return tuple(self.term(term) for term in strong[:most])

    def term(self, term: Term) -> str:
        """One term in words, with its points."""
        about = self.words(f"form.{term.about}") if term.name == "learnt_form" else one_line(term.about, 40)
        return self.words(f"term.{term.name}", about=about, points=f"{term.points:+.1f}")

    def _dates(self, week: WeekSpan) -> str:
        return self.words("date.span", first=self.day(week.days[0]), last=self.day(week.days[-1]))

    def _summary(self, plan: WeekPlan, reports: Sequence[SourceReport]) -> str:
        tracks = Counter(pick.candidate.rated.score.track for pick in plan.picks)
        spent = sum(pick.candidate.cost for pick in plan.picks)
        failed = sum(report.outcome == "failed" for report in reports)
        parts = [self.words("digest.count", count=len(plan.picks))]
        parts += [
            self.words("digest.count_of_track", track=self.words(f"track.{track}"), count=count)
            for track, count in sorted(tracks.items(), key=lambda each: str(each[0]))
        ]
        if spent:
            parts.append(self.words("digest.spent", amount=f"{spent:g}", currency=self._currency(self.config.currency)))
        if failed:
            parts.append(self.words("digest.count_failed", count=failed))
        return self.words("digest.join").join(parts)

    def _days(self, plan: WeekPlan, cards: Sequence[Card]) -> tuple[Day, ...]:
        days = []
        for day in plan.week.days:
            mine = [card for card, pick in zip(cards, plan.picks, strict=True) if pick.candidate.day == day]
            name = self.words(f"date.weekday_{day.weekday()}")
            days.append(Day(name=name, number=str(day.day), is_weekend=day.weekday() > 4, cards=tuple(mine)))
        return tuple(days)

    def _change(self, change: Mapping[str, str]) -> str:
        before, after = change.get("before", ""), change.get("after", "")
        if change["what"] == "moved":
            before, after = (self._moment(text) for text in (before, after))
        return self.words(
            f"change.{change['what']}",
            title=one_line(change["title"], 80),
            before=before or self.words("digest.no_place"),
            after=after or self.words("digest.no_place"),
        )

    def _moment(self, text: str) -> str:
        try:
            moment = datetime.fromisoformat(text).astimezone(self.config.zone)
        except ValueError:
            return self.words("digest.no_time")
        return f"{self.day(moment)} {moment:%H:%M}"

    def _failure(self, report: SourceReport) -> str:
        return self.words("digest.failure", source=report.source, reason=self.reason(report.reason))

    def reason(self, reason: str | None) -> str:
        """What a source or reader reports, in one line of the reader's language."""
        return one_line(in_words(reason or "", self.words.language), 160)

    def _notes(self, plan: WeekPlan) -> tuple[str, ...]:
        named = (note.partition(": ") for note in plan.notes)
        notes = [
            self.words(f"note.{name}", about=self.words(f"track.{about}") if name == "few_of" else one_line(about, 80))
            for name, _, about in named
        ]
        if plan.status != "optimal":
            notes.append(self.words("note.unproven", value=f"{plan.value:.1f}", bound=f"{plan.bound:.1f}"))
        doubtful = sum(exclusion.reason == "doubtful" for exclusion in plan.exclusions)
        if doubtful:
            notes.append(self.words("note.doubtful", count=doubtful))
        return tuple(notes)

    def _initiative(self, plan: WeekPlan) -> str:
        """An empty week: why, and what to do oneself, with a slot."""
        counts = Counter(exclusion.reason for exclusion in plan.exclusions).most_common(3)
        if counts:
            reasons = self.words("digest.join").join(
                self.words("digest.reason_count", reason=self.words(f"why.{reason}", about=""), count=count)
                for reason, count in counts
            )
        else:
            reasons = self.words("digest.nothing_seen")
        slot = self._first_slot(plan.week) or self.words("digest.any_evening")
        number = plan.week.monday.isocalendar().week
        own = initiative_for(self.config.seller, number, self.words.language)
        return self.words("digest.empty", reasons=reasons.strip(), slot=slot, initiative=own)

    def _first_slot(self, week: WeekSpan) -> str | None:
        """The longest stretch of free hours, the later in the week the better."""
        hours = FreeHours(self.config, week)
        ranges = [
            (end - start, day, start) for day in week.days for start, end in hours.ranges(day) if end - start >= 90
        ]
        if not ranges:
            return None
        _, day, start = max(ranges)
        return f"{self.day(day)} {start // 60:02d}:{start % 60:02d}"


_FACT_LINE = re.compile(
    r"\s*(?:活动|会议|举办)?(?:时\s*间|日\s*期|地\s*点|地\s*址|费\s*用|票\s*价|主办\w{0,2}|报名\w{0,4}|集合|限额)\s*[:：]"
    r"|\s*(?:when|where|date|time|venue|place|cost|price|tickets|registration \w+)\b\s*[:：]?",
    re.IGNORECASE,
)


def _gist(description: str) -> str:
    """A description without the lines that only repeat the facts of the card."""
    return "\n".join(line for line in description.splitlines() if not _FACT_LINE.match(line))

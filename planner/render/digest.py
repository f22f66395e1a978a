"""A plan in words: what the digest and the pages say of a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from planner.config import Config
from planner.i18n.catalog import Catalog
from planner.pipeline import PlanResult
from planner.plan.also_good import also_good
from planner.plan.candidates import FreeHours
from planner.plan.codes import OF_A_TRACK, Note, Why
from planner.plan.week import WeekPlan
from planner.render import arrivals, news, people
from planner.render.advice import initiative_for
from planner.render.cards import Card, CardFormatter
from planner.render.people import PeopleLine
from planner.render.settings import settings_summary
from planner.text import one_line
from spiders.items import SourceReport
from spiders.reasons import Reason

# With more picks each says less: a long mail is cut off by mail programs, and by readers.
MAX_IN_FULL, MAX_IN_SHORT, MAX_WITH_REASONS = 10, 20, 40
MAX_UNDATED = 3  # announcements without a time that are named
GLANCE = 24  # characters of a title in the days at a glance, where there are many


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the week at a glance."""

    name: str
    number: str
    is_weekend: bool
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What is still to come of the week that runs: its picks, the days that have some, and what changed of them."""

    days: tuple[Day, ...]
    cards: tuple[Card, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
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
    streaks: tuple[str, ...] = ()
    newcomers: tuple[str, ...] = ()
    handed_in: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    is_short: bool = False
    for_clients: tuple[str, ...] = ()
    rest: Rest | None = None
    heading: str = ""
    people: tuple[PeopleLine, ...] = ()


class DigestBuilder:
    """Puts a whole week into words; ``formatter`` does so for single events, and knows whether it is ``for_others``."""

    def __init__(self, config: Config, words: Catalog, *, for_others: bool = False) -> None:
        self.config, self.words = config, words
        self.formatter = CardFormatter(config, words, for_others=for_others)

    def view(self, planned: PlanResult, reports: Sequence[SourceReport]) -> Digest:
        """The whole digest of a week."""
        words, plan = self.words, planned.plan
        failures = news.failures(self.formatter, reports, planned.silent)
        failed = sum(report.outcome == "failed" for report in reports)
        among = len(plan.picks) + len(planned.rest.plan.picks if planned.rest else ())
        cards = self._cards(planned, among)
        return Digest(
            language="zh-CN" if words.language == "zh" else "en",
            title=words("digest.title"),
            week=words("digest.week", year=plan.week.name[:4], week=int(plan.week.name[-2:])),
            dates=self.formatter.clock.week(plan.week.monday),
            summary=self._summary(plan, failed, len(news.fallen_silent(planned.silent))),
            days=self._days(plan, cards),
            cards=cards,
            also_good=self._also_good(plan),
            changes=news.changes(self.formatter, planned),
            failures=failures,
            notes=self._notes(planned),
            initiative=self._initiative(plan),
            streaks=news.streaks(self.formatter, planned.communities),
            newcomers=news.newcomers(self.formatter, planned.communities),
            handed_in=arrivals.lines(planned.arrivals, self.formatter.words),
            settings=settings_summary(self.config, words),
            is_short=among > MAX_IN_FULL,
            for_clients=self._for_clients(plan),
            rest=self._rest(planned.rest, among),
            heading=self._heading(planned),
            people=() if self.formatter.for_others else people.lines(planned, self.words, self.config),
        )

    def _heading(self, planned: PlanResult) -> str:
        """Which week the picks are of, seen from the one that runs, where that one is told too."""
        if planned.rest is None:
            return self.words("digest.picks")
        is_next = planned.plan.week == planned.rest.plan.week.shifted(1)
        return self.words("digest.picks_next" if is_next else "digest.picks_later")

    def _cards(self, planned: PlanResult, among: int) -> tuple[Card, ...]:
        cards = (self.formatter.pick_card(pick, planned.practised) for pick in planned.plan.picks)
        return tuple(_shortened(card, among) for card in cards)

    def _rest(self, rest: PlanResult | None, among: int) -> Rest | None:
        """None where nothing of it is left to tell."""
        if rest is None:
            return None
        cards, changes = self._cards(rest, among), news.changes(self.formatter, rest)
        days = tuple(day for day in self._days(rest.plan, cards) if day.cards)
        return Rest(days=days, cards=cards, changes=changes) if cards or changes else None

    def _also_good(self, plan: WeekPlan) -> tuple[Card, ...]:
        """The best of what was left out, beside the backups, which stand with their picks."""
        return tuple(self.formatter.card(rated, candidate) for rated, candidate in also_good(plan))

    def _summary(self, plan: WeekPlan, failed: int, silent: int) -> str:
        tracks = Counter(pick.candidate.rated.score.track for pick in plan.picks)
        many = len(plan.picks) != 1
        parts = [self.words("digest.count" if many else "digest.count_one", count=len(plan.picks))]
        parts += [
            self.words("digest.count_of_track", track=self.words(f"track.{track}"), count=count)
            for track, count in sorted(tracks.items(), key=lambda each: str(each[0]))
        ]
        parts += self._costs(plan)
        if failed:
            parts.append(self.words("digest.count_failed", count=failed))
        if silent:
            parts.append(self.words("digest.count_silent", count=silent))
        return self.words("digest.join").join(parts)

    def _costs(self, plan: WeekPlan) -> list[str]:
        """What the picks cost together in the user's currency, and how many tell no price, or one in another."""
        prices = [pick.candidate.rated.event.price for pick in plan.picks]
        told = [price for price in prices if price is not None and price.ordinary is not None]
        own = [price for price in told if (price.currency or self.config.currency) == self.config.currency]
        spent, silent, foreign = (
            sum(price.ordinary or 0 for price in own),
            len(prices) - len(told),
            len(told) - len(own),
        )
        parts = []
        if spent:
            currency = self.formatter.currency(self.config.currency)
            parts.append(self.words("digest.spent", amount=f"{spent:g}", currency=currency))
        if silent:
            parts.append(self.words("digest.spent_unknown", count=silent))
        if foreign:
            parts.append(self.words("digest.spent_foreign", count=foreign))
        return parts

    def _days(self, plan: WeekPlan, cards: Sequence[Card]) -> tuple[Day, ...]:
        days = []
        if len(cards) > MAX_IN_SHORT:
            cards = [replace(card, title=one_line(card.title, GLANCE)) for card in cards]
        for day in plan.week.days:
            mine = [card for card, pick in zip(cards, plan.picks, strict=True) if pick.candidate.day == day]
            name = self.words(f"date.weekday_{day.weekday()}")
            days.append(Day(name=name, number=str(day.day), is_weekend=day.weekday() > 4, cards=tuple(mine)))
        return tuple(days)

    def _notes(self, planned: PlanResult) -> tuple[str, ...]:
        plan = planned.plan
        notes = [self._note(note) for note in plan.notes]
        if plan.status != "optimal":
            notes.append(self.words("note.unproven", value=f"{plan.value:.1f}", bound=f"{plan.bound:.1f}"))
        if planned.undated:
            titles = [one_line(each.event.title, 40) for each in planned.undated[:MAX_UNDATED]]
            about = self.words("digest.comma").join(titles)
            notes.append(self.words("note.undated", count=len(planned.undated), about=about))
        doubtful = sum(exclusion.reason.code == Why.DOUBTFUL for exclusion in plan.exclusions)
        if doubtful:
            notes.append(self.words("note.doubtful", count=doubtful))
        return tuple(notes)

    def _note(self, note: Reason) -> str:
        about = self.words(f"track.{note.about}") if note.code in OF_A_TRACK else one_line(note.about, 80)
        values = {**dict(note.values), "about": about}
        if "sources" in values:
            values["sources"] = self.words("digest.comma").join(str(values["sources"]).split())
        return self.words(f"note.{note.code}", **values)

    def _for_clients(self, plan: WeekPlan) -> tuple[str, ...]:
        """Hours kept for clients with what to do in them, and events to invite one to (the key-account preset)."""
        number, clock = plan.week.monday.isocalendar().week, self.formatter.clock
        lines = [
            self.words(
                "digest.client_block",
                slot=clock.joined(clock.day(start), clock.hours(start, end)),
                idea=initiative_for(self.config.seller, number + place, self.words.language),
            )
            for place, (start, end) in enumerate(plan.for_clients)
        ]
        for each in plan.to_invite_to:
            card = self.formatter.card(each)
            lines.append(self.words("digest.client_event", title=card.title, when=card.when))
        return tuple(lines)

    def _initiative(self, plan: WeekPlan) -> str | None:
        """What to do oneself, with a slot, in a week that is empty, and why; or where little is worth leaving home."""
        slot = self._first_slot(plan) or self.words("digest.any_evening")
        own = initiative_for(self.config.seller, plan.week.monday.isocalendar().week, self.words.language)
        if plan.picks:
            quiet = any(note.code == Note.POOR for note in plan.notes)
            quiet = quiet and len(plan.picks) * 2 <= self.config.week.at_most.per_week
            return self.words("digest.quiet", slot=slot, initiative=own) if quiet else None
        counts = Counter(exclusion.reason.code for exclusion in plan.exclusions).most_common(3)
        if counts:
            reasons = self.words("digest.join").join(
                self.words("digest.reason_count", reason=self.words(f"why.{code}", about="").strip(), count=count)
                for code, count in counts
            )
        else:
            reasons = self.words("digest.nothing_seen")
        return self.words("digest.empty", reasons=reasons.strip(), slot=slot, initiative=own)

    def _first_slot(self, plan: WeekPlan) -> str | None:
        """The longest stretch of free hours on a day without a pick, the later in the week the better."""
        hours = FreeHours(self.config, plan.week)
        taken = {pick.candidate.day for pick in plan.picks}
        days = [day for day in plan.week.days if day not in taken]
        ranges = [(end - start, day, start) for day in days for start, end in hours.ranges(day) if end - start >= 90]
        if not ranges:
            return None
        _, day, start = max(ranges)
        return self.formatter.clock.moment(datetime.combine(day, time(start // 60, start % 60)))


def _shortened(card: Card, among: int) -> Card:
    """What a card says where there are so many: title, hours, place, price and link always."""
    if among <= MAX_IN_FULL:
        return card
    if among <= MAX_IN_SHORT:
        return replace(card, about="", advice="", reasons=card.reasons[:2])
    reasons = card.reasons[:1] if among <= MAX_WITH_REASONS else ()
    return replace(card, about="", advice="", reasons=reasons, backup=None)

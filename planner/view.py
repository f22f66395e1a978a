"""A plan in words: what the digest and the pages say of a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from planner.advice import initiative_for
from planner.plan.candidates import FreeHours
from planner.plan.week import WeekPlan
from planner.safe_text import one_line
from planner.telling import Card, Teller
from planner.weeks import WeekSpan
from spiders.items import SourceReport

MOST_ALSO_GOOD = 6


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
    for_clients: tuple[str, ...] = ()


class WeekTeller(Teller):
    """Puts a whole week into words."""

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
            for_clients=self._for_clients(plan),
        )

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

    def _for_clients(self, plan: WeekPlan) -> tuple[str, ...]:
        """Hours kept for clients with what to do in them, and events to invite one to (the key-account preset)."""
        number = plan.week.monday.isocalendar().week
        lines = [
            self.words(
                "digest.client_block",
                slot=f"{self.day(start)} {start:%H:%M}–{end:%H:%M}",
                idea=initiative_for(self.config.seller, number + place, self.words.language),
            )
            for place, (start, end) in enumerate(plan.for_clients)
        ]
        for each in plan.to_invite_to:
            card = self.card(each)
            lines.append(self.words("digest.client_event", title=card.title, day=card.day, hours=card.hours))
        return tuple(lines)

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

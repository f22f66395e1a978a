"""All files of a run as bytes: private ones (the plan) and public ones (the coming events) never mix.

``public/`` is made from public facts only: no plan, no home, no configuration; descriptions are excerpts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from planner import calendar, pages, plans
from planner.archive import kept_weeks
from planner.calendar import Entry
from planner.config import Config
from planner.plan.candidates import Rated
from planner.plan.week import Pick
from planner.relating import DAYS_THE_PAST_STAYS
from planner.run import Planned, report_body
from planner.safe_text import excerpt, plain, without_private_data
from planner.subscribing import Offer, offers
from planner.telling import Teller, gist
from planner.view import WeekTeller
from planner.words import Words
from spiders.items import SourceReport

MOST_PUBLIC = 500
PUBLIC_TRACKS = ("industry", "practice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Makes the files of one run. ``sample`` marks everything as invented (the built-in city)."""

    config: Config
    words: Words
    now: datetime
    sample: bool = False

    def files(self, planned: Planned, reports: Sequence[SourceReport]) -> dict[str, bytes]:
        """Relative names below the output folder -> contents."""
        teller = WeekTeller(self.config, self.words)
        view = teller.view(planned, reports)
        public = self._public(planned.rated)
        coming = [(each, teller.card(each)) for each in public if self._is_coming(each)]
        weeks = kept_weeks(planned.earlier, planned.rated, teller)
        this = planned.plan.week.name
        return {
            "plan.ics": self._plan_calendar(planned, teller),
            "digest.html": pages.digest_html(view, self.words, sample=self.sample),
            "digest.txt": pages.digest_text(view, self.words, sample=self.sample),
            "index.html": pages.private_index(
                view,
                [week for week in weeks if week.name > this],
                [week for week in weeks if week.name < this],
                self.words,
                sample=self.sample,
            ),
            "report.json": report_body(reports, planned, self.now),
            "public/all.ics": self._public_calendar(self.words("calendar.all_name"), public),
            **{
                f"public/{track}.ics": self._public_calendar(
                    self.words("calendar.track_name", track=self.words(f"track.{track}")),
                    [each for each in public if each.score.track == track],
                )
                for track in PUBLIC_TRACKS
            },
            "public/index.html": pages.public_index(
                [card for _, card in coming], self._offers(), self.words, sample=self.sample
            ),
            "public/atom.xml": pages.atom(coming, self.config.output.address, self.words, sample=self.sample),
        }

    def _name(self, name: str) -> str:
        return self.words("calendar.sample_name", name=name) if self.sample else name

    def _offers(self) -> tuple[Offer, ...]:
        """The public calendars with their addresses, as far as the configuration tells them."""
        calendars = [(self.words("page.all_events"), "all.ics")]
        calendars += [(self.words(f"track.{track}"), f"{track}.ics") for track in PUBLIC_TRACKS]
        return offers(calendars, self.config.output.address)

    def _plan_calendar(self, planned: Planned, teller: Teller) -> bytes:
        """This week's picks, those of earlier weeks that subscribers still hold, with reasons."""
        picks = {pick.candidate.id: pick for pick in planned.plan.picks}
        shown = set(picks) | set(planned.dropped)
        for body in planned.earlier.values():
            shown |= plans.ids_of(body)
        entries = [
            Entry(
                living=each.living,
                description=self._why(each, picks.get(each.id), teller),
                category=self.words(f"track.{each.score.track}"),
                visit=_visit(picks.get(each.id)),
            )
            for each in planned.rated
            if each.id in shown and each.event.start is not None
        ]
        return calendar.write(self._name(self.words("calendar.plan_name")), entries, self.config.timezone, self.words)

    def _why(self, rated: Rated, pick: Pick | None, teller: Teller) -> str:
        event = rated.event
        lines = []
        if pick is not None:
            card = teller.pick_card(pick)
            reasons = self.words("digest.comma").join(card.reasons)
            lines += [f"{self.words('digest.why')}: {reasons}", _with_link(card.backup, card.backup_link)]
        lines += [teller.price(event.price), event.url or "", plain(event.description or "")]
        return "\n".join(line for line in lines if line)

    def _public(self, rated: Iterable[Rated]) -> list[Rated]:
        """The best coming events, and what is past since at most 30 days. A doubtful time is marked as such."""
        since = self.now - timedelta(days=DAYS_THE_PAST_STAYS)
        dated = [
            each
            for each in rated
            if each.event.start is not None
            and each.event.start >= since
            and each.score.track in {*PUBLIC_TRACKS, "client"}
        ]
        dated.sort(key=lambda each: (not self._is_coming(each), -_public_worth(each), each.id))
        chosen = dated[:MOST_PUBLIC]
        chosen.sort(key=lambda each: (each.event.start or self.now, each.id))
        return [_fit_for_all(each) for each in chosen]

    def _is_coming(self, rated: Rated) -> bool:
        return rated.event.start is not None and rated.event.start >= self.now

    def _public_calendar(self, name: str, rated: Iterable[Rated]) -> bytes:
        entries = [
            Entry(
                living=each.living,
                description=excerpt(gist(each.event.description or "")),
                category=self.words(f"track.{each.score.track}"),
            )
            for each in rated
        ]
        return calendar.write(self._name(name), entries, self.config.timezone, self.words)


def _fit_for_all(rated: Rated) -> Rated:
    """The same event with a title and a place that hold nobody's number, address or chat id."""
    event = rated.event
    place = event.place and replace(
        event.place,
        name=event.place.name and without_private_data(event.place.name),
        address=event.place.address and without_private_data(event.place.address),
    )
    event = replace(event, title=without_private_data(event.title), place=place)
    merged = replace(rated.living.merged, event=event)
    return replace(rated, living=replace(rated.living, merged=merged))


def _with_link(text: str | None, link: str | None) -> str:
    return " ".join(part for part in (text, link) if part)


def _visit(pick: Pick | None) -> tuple[datetime, datetime] | None:
    """When to go, where the event itself is open for days."""
    return (pick.candidate.start, pick.candidate.end) if pick and pick.candidate.flexible else None


def _public_worth(rated: Rated) -> float:
    """Interest without the user's own way: what is public must not tell where the user lives."""
    return sum(term.points for term in rated.score.terms if not term.name.startswith("travel"))

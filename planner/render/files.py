"""All files of a run as bytes: private ones (the plan) and public ones (the coming events) never mix.

``public/`` is made from public facts only: no plan, no home, no configuration; descriptions are excerpts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from planner.config import Config
from planner.i18n.catalog import Catalog
from planner.pipeline import NOBODY, PlanResult
from planner.plan import saved
from planner.plan.week import Pick
from planner.privacy import excerpt
from planner.render import calendar, pages
from planner.render.archive import kept_weeks
from planner.render.calendar import Entry
from planner.render.cards import Card, CardFormatter, gist
from planner.render.digest import Digest, DigestBuilder
from planner.render.public import keys_of, public_events, public_part, redacted
from planner.render.quarter import quarter_view
from planner.render.report import report_body
from planner.render.subscribe import PUBLIC_TRACKS, SubscribeLinks, public_calendars, subscribe_links
from planner.text import one_line, strip_controls
from planner.types import OWN, Rated, is_carried, over_at
from spiders.items import Event, SourceReport

MAX_DESCRIPTION = 200  # characters in public
MIN_TEXT = 20
QUARTER = "quarter.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Relative names below the output folder -> contents: ``files`` as they stand on this machine, ``outward`` as mail
    and uploads may carry them."""

    files: Mapping[str, bytes]
    outward: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFiles:
    """Makes the files of one run. ``sample`` marks everything as invented (the built-in city)."""

    config: Config
    words: Catalog
    now: datetime
    sample: bool = False

    def files(self, planned: PlanResult, reports: Sequence[SourceReport]) -> Mapping[str, bytes]:
        """Relative names below the output folder -> contents."""
        return self.outputs(planned, reports).files

    def outputs(self, planned: PlanResult, reports: Sequence[SourceReport]) -> Outputs:
        """All files, and what of them may leave the machine: without people, unless the user wants them there."""
        builder = DigestBuilder(self.config, self.words)
        formatter = builder.formatter
        keys = keys_of(self.config, planned.retired)
        chosen = public_events(public_part(planned, self.config), planned.shown, self.now)
        public = [redacted(each, keys) for each in chosen]
        unlinked = {one.id for one, shown in zip(chosen, public, strict=True) if one.event.url and not shown.event.url}
        calendars = self._calendars(planned, public, unlinked, formatter)
        view = builder.view(planned, reports)
        full = tuple(
            self.words("note.calendar_full", file=name, count=left_out)
            for name, (_, left_out) in calendars.items()
            if left_out
        )
        view = replace(view, notes=(*view.notes, *full))
        files = {
            **{name: content for name, (content, _) in calendars.items()},
            **self._private_pages(view, planned, formatter),
            **self._quarter(planned),
            **self._public_pages(public, unlinked, formatter, NOBODY if self.sample else planned.installation),
            "report.json": report_body(reports, planned, self.now),
        }
        leaves = self.config.mail is not None or self.config.output.put is not None
        if self.config.people.in_mail or not leaves:
            return Outputs(files=files, outward=files)
        alone = self._private_pages(replace(view, people=()), planned, formatter, with_quarter=False)
        outward = {name: body for name, body in (files | alone).items() if name != QUARTER}
        return Outputs(files=files, outward=outward)

    def _private_pages(
        self, view: Digest, planned: PlanResult, formatter: CardFormatter, *, with_quarter: bool = True
    ) -> dict[str, bytes]:
        told = planned.rest.plan.picks if planned.rest else ()
        weeks = kept_weeks(planned.other_weeks, planned.rated, formatter, {pick.candidate.id for pick in told})
        this = planned.plan.week.name
        return {
            "digest.html": pages.digest_html(view, self.words, sample=self.sample),
            "digest.txt": pages.digest_text(view, self.words, sample=self.sample),
            "index.html": pages.private_index(
                view,
                [week for week in weeks if week.name > this],
                [week for week in weeks if week.name < this],
                self.words,
                sample=self.sample,
                quarter=with_quarter and planned.quarter is not None,
            ),
        }

    def _quarter(self, planned: PlanResult) -> dict[str, bytes]:
        if planned.quarter is None:
            return {}
        view = quarter_view(planned.quarter, self.words, self.config.timezone)
        return {QUARTER: pages.quarter_page(view, self.words, sample=self.sample)}

    def _public_pages(
        self, public: Sequence[Rated], unlinked: Collection[str], formatter: CardFormatter, installation: UUID
    ) -> dict[str, bytes]:
        coming = [(each, self._public_card(each, unlinked, formatter)) for each in public if self._is_coming(each)]
        return {
            "public/index.html": pages.public_index(
                [card for _, card in coming], self._offers(), self.words, sample=self.sample
            ),
            "public/atom.xml": pages.atom(
                coming, self.config.output.address, self.words, installation, sample=self.sample
            ),
        }

    def _calendars(
        self, planned: PlanResult, public: Sequence[Rated], unlinked: Collection[str], formatter: CardFormatter
    ) -> dict[str, tuple[bytes, int]]:
        """Names -> files, each with the number of events that found no room in it."""
        names = {"public/all.ics": self.words("calendar.all_name")} | {
            f"public/{track}.ics": self.words("calendar.track_name", track=self.words(f"track.{track}"))
            for track in PUBLIC_TRACKS
        }
        entries = {
            f"public/{track}.ics": [each for each in public if each.score.track == track] for track in PUBLIC_TRACKS
        }
        entries["public/all.ics"] = list(public)
        written = {
            name: self._calendar(title, self._public_entries(entries[name], unlinked, formatter))
            for name, title in names.items()
        }
        plan = self._calendar(self.words("calendar.plan_name"), self._plan_entries(planned, formatter))
        return {"plan.ics": plan, **written}

    def _calendar(self, name: str, entries: Iterable[Entry]) -> tuple[bytes, int]:
        zone, said_by = self.config.timezone, self.config.output.cancelled
        return calendar.write_fitting(self._name(name), entries, zone, self.words, self.now, cancelled=said_by)

    def _name(self, name: str) -> str:
        return self.words("calendar.sample_name", name=name) if self.sample else name

    def _offers(self) -> tuple[SubscribeLinks, ...]:
        """The public calendars with their addresses, as far as the configuration tells them."""
        return subscribe_links(public_calendars(self.words), self.config.output.address)

    def _plan_entries(self, planned: PlanResult, formatter: CardFormatter) -> list[Entry]:
        """This week's picks, and those of other weeks that subscribers still hold, with their reasons."""
        zone = self.config.zone
        others = [saved.picks_from(body, planned.rated, zone, with_off=True) for body in planned.other_weeks.values()]
        picks = {pick.candidate.id: pick for week in (*others, planned.aside, planned.plan.picks) for pick in week}
        shown = set(picks) | set(planned.dropped)
        for body in planned.other_weeks.values():
            shown |= saved.ids_of(body)
        return [
            Entry(
                tracked=each.tracked,
                description=self._why(each, picks.get(each.id), formatter),
                category=self.words(f"track.{each.score.track}"),
                visit=_visit(picks.get(each.id)),
            )
            for each in planned.rated
            if each.id in shown and each.event.start is not None
        ]

    def _why(self, rated: Rated, pick: Pick | None, formatter: CardFormatter) -> str:
        event = rated.event
        if _is_carried(rated):
            return _as_published(event, formatter)
        lines = []
        if pick is not None:
            card = formatter.pick_card(pick)
            reasons = self.words("digest.comma").join(card.reasons)
            lines.append(f"{self.words('digest.why')}{self.words('digest.colon')}{reasons}")
            if card.backup:
                lines.append(" ".join(filter(None, [card.backup.line, card.backup.link])))
        lines += formatter.doubts(event)
        lines += [formatter.price(event.price), event.url or "", strip_controls(event.description or "")]
        return "\n".join(line for line in lines if line)

    def _is_coming(self, rated: Rated) -> bool:
        return (over := over_at(rated.event)) is not None and over >= self.now

    def _public_card(self, rated: Rated, unlinked: Collection[str], formatter: CardFormatter) -> Card:
        card = formatter.card(rated)
        line = self._source_line(rated, unlinked)
        return replace(card, about=one_line(f"{line} {card.about}", len(card.about) + 80).strip()) if line else card

    def _source_line(self, rated: Rated, unlinked: Collection[str]) -> str:
        """The source by its title, where its link would tell a key; else nothing."""
        if rated.id not in unlinked:
            return ""
        titles = {entry.id: entry.title or entry.id for entry in self.config.sources}
        told_by = {each.source for each in rated.tracked.merged.records} - {OWN}
        names = sorted({titles.get(source, source) for source in told_by})
        return self.words("public.source", names=one_line(self.words("digest.comma").join(names), 60))

    def _public_entries(
        self, rated: Iterable[Rated], unlinked: Collection[str], formatter: CardFormatter
    ) -> list[Entry]:
        return [
            Entry(
                tracked=each.tracked,
                description=_as_published(each.event, formatter)
                if _is_carried(each)
                else _public_description(each.event, self._source_line(each, unlinked), formatter),
                category=self.words(f"track.{each.score.track}"),
            )
            for each in rated
        ]


def _is_carried(rated: Rated) -> bool:
    """Whether only the calendars themselves still know an event."""
    records = rated.tracked.merged.records
    return bool(records) and all(is_carried(record.source) for record in records)


def _as_published(event: Event, formatter: CardFormatter) -> str:
    """The text that stood in the calendar, behind what is doubtful by now."""
    return "\n".join([*formatter.doubts(event), strip_controls(event.description or "")]).strip()


def _public_description(event: Event, source: str, formatter: CardFormatter) -> str:
    """What is doubtful, the source where no link may tell it, and the beginning of the text: together no longer than an
    excerpt may be."""
    doubts = one_line(" ".join([*formatter.doubts(event), source]).strip(), MAX_DESCRIPTION)
    room = MAX_DESCRIPTION - len(doubts)
    text = excerpt(gist(event.description or ""), room) if room > MIN_TEXT else ""
    return "\n".join(part for part in (doubts, text) if part)


def _visit(pick: Pick | None) -> tuple[datetime, datetime] | None:
    """When to go, where the event itself is open for days."""
    return (pick.candidate.start, pick.candidate.end) if pick and pick.candidate.flexible else None

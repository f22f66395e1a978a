"""The public files of a run: calendars, page and feed of the events that everybody may know.

They are made from nothing but `_bare` events and what `made_of` has digested, so that files of an earlier run may stand
where the digest is the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from planner.config import Config
from planner.i18n.catalog import Catalog
from planner.privacy import excerpt
from planner.render import calendar, pages
from planner.render.calendar import Entry
from planner.render.cards import Card, CardFormatter, gist
from planner.render.public import redacted
from planner.render.subscribe import PUBLIC_TRACKS, SubscribeLinks, public_calendars, subscribe_links
from planner.store.program import digest_with_program
from planner.text import one_line, strip_controls
from planner.types import OWN, Label, Rated, Score, Travel, is_carried, over_at
from spiders.items import Event

MAX_DESCRIPTION = 200  # characters in public
MIN_TEXT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFiles:
    """``files`` by their names below the output folder, ``left_out`` how many events found no room in a calendar,
    ``made_of`` a digest of all that they were made of."""

    made_of: str
    files: Mapping[str, bytes]
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicWriter:
    """Makes them of the ``chosen`` events; ``keys`` are what addresses hide, and is told to nobody."""

    config: Config
    words: Catalog
    now: datetime
    sample: bool
    installation: UUID
    chosen: Sequence[Rated]
    keys: frozenset[str]

    def files(self, kept: PublicFiles | None = None) -> PublicFiles:
        """Those that are ``kept``, where they are made of the same; else new ones."""
        made_of = self.made_of()
        if kept is not None and kept.made_of == made_of:
            return kept
        bare = [_bare(each) for each in self.chosen]
        public = [redacted(each, self.keys) for each in bare]
        unlinked = {one.id for one, shown in zip(bare, public, strict=True) if one.event.url and not shown.event.url}
        formatter = CardFormatter(self.config, self.words)
        calendars = self._calendars(public, unlinked, formatter)
        files = {name: content for name, (content, _) in calendars.items()} | self._pages(public, unlinked, formatter)
        return PublicFiles(
            made_of=made_of,
            files=files,
            left_out={name: left_out for name, (_, left_out) in calendars.items() if left_out},
        )

    def made_of(self) -> str:
        """A digest of the events, of the whole configuration, and of the program with its words and libraries. Of the
        moment it holds which events are still to come: nothing else in the files depends on it."""
        events = [
            (
                each.id,
                each.event,
                each.tracked.state.changed,
                each.tracked.state.sequence,
                each.score.track,
                sorted({record.source for record in each.tracked.merged.records}),
                self._is_coming(each),
            )
            for each in self.chosen
        ]
        settings = self.config.model_dump_json()
        told = (self.words.language, settings, self.sample, self.installation, sorted(self.keys), events)
        return digest_with_program(repr(told), self.config.timezone, (each.event for each in self.chosen))

    def _is_coming(self, rated: Rated) -> bool:
        return (over := over_at(rated.event)) is not None and over >= self.now

    def _pages(self, public: Sequence[Rated], unlinked: Collection[str], formatter: CardFormatter) -> dict[str, bytes]:
        words, address = self.words, self.config.output.address
        coming = [(each, self._card(each, unlinked, formatter)) for each in public if self._is_coming(each)]
        page = pages.public_index([card for _, card in coming], self._offers(), words, sample=self.sample)
        feed = pages.atom(coming, address, words, self.installation, sample=self.sample)
        return {"public/index.html": page, "public/atom.xml": feed}

    def _calendars(
        self, public: Sequence[Rated], unlinked: Collection[str], formatter: CardFormatter
    ) -> dict[str, tuple[bytes, int]]:
        """Names -> files, each with the number of events that found no room in it."""
        words = self.words
        names = {"public/all.ics": words("calendar.all_name")} | {
            f"public/{track}.ics": words("calendar.track_name", track=words(f"track.{track}"))
            for track in PUBLIC_TRACKS
        }
        written = {each.id: self._entry(each, unlinked, formatter) for each in public}
        entries = {
            f"public/{track}.ics": [written[each.id] for each in public if each.score.track == track]
            for track in PUBLIC_TRACKS
        }
        entries["public/all.ics"] = list(written.values())
        return {
            name: calendar_file(title, entries[name], self.config, words, self.now, sample=self.sample)
            for name, title in names.items()
        }

    def _offers(self) -> tuple[SubscribeLinks, ...]:
        """The public calendars with their addresses, as far as the configuration tells them."""
        return subscribe_links(public_calendars(self.words), self.config.output.address)

    def _card(self, rated: Rated, unlinked: Collection[str], formatter: CardFormatter) -> Card:
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

    def _entry(self, rated: Rated, unlinked: Collection[str], formatter: CardFormatter) -> Entry:
        return Entry(
            tracked=rated.tracked,
            description=as_published(rated.event, formatter)
            if is_carried_alone(rated)
            else _description(rated.event, self._source_line(rated, unlinked), formatter),
            category=self.words(f"track.{rated.score.track}"),
        )


def calendar_file(
    name: str, entries: Iterable[Entry], config: Config, words: Catalog, now: datetime, *, sample: bool
) -> tuple[bytes, int]:
    """A calendar as this configuration wants it, and how many events found no room in it."""
    title = words("calendar.sample_name", name=name) if sample else name
    said_by = config.output.cancelled
    return calendar.write_fitting(title, entries, config.timezone, words, now, cancelled=said_by)


def is_carried_alone(rated: Rated) -> bool:
    """Whether only the calendars themselves still know an event."""
    records = rated.tracked.merged.records
    return bool(records) and all(is_carried(record.source) for record in records)


def as_published(event: Event, formatter: CardFormatter) -> str:
    """The text that stood in the calendar, behind what is doubtful by now."""
    return "\n".join([*formatter.doubts(event), strip_controls(event.description or "")]).strip()


def _description(event: Event, source: str, formatter: CardFormatter) -> str:
    """What is doubtful, the source where no link may tell it, and the beginning of the text: together no longer than an
    excerpt may be."""
    doubts = one_line(" ".join([*formatter.doubts(event), source]).strip(), MAX_DESCRIPTION)
    room = MAX_DESCRIPTION - len(doubts)
    text = excerpt(gist(event.description or ""), room) if room > MIN_TEXT else ""
    return "\n".join(part for part in (doubts, text) if part)


def _bare(rated: Rated) -> Rated:
    """The event without all that is the user's own: its way, its worth, what speaks for it, what the user said."""
    return Rated(
        tracked=replace(rated.tracked, merged=replace(rated.tracked.merged, word=None)),
        label=Label(track=None),
        travel=Travel(0, known=False),
        score=Score(total=0.0, terms=(), track=rated.score.track),
    )

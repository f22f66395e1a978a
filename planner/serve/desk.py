"""What the private page does: the week, verdicts, reasons, what was received, keywords. Called in threads; each call
opens the store for itself, and what writes holds the run's lock."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from planner.config import Config
from planner.config.edit import rewrite
from planner.config.edit_words import with_words
from planner.config.load import load, parse
from planner.config.model import Word
from planner.config.words_lists import LISTS, List, words_of
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.inbox import notices
from planner.inbox.fields import Given, changed
from planner.inbox.keeping import keep
from planner.inbox.reading import PATIENT, context_of, deadline_of, read_document
from planner.inbox.understanding import Fetch, understood, why_nothing
from planner.pipeline import PlanResult, Run
from planner.pipeline.verdicts import give, told
from planner.render.cards import Card, CardFormatter
from planner.render.why import answer, as_planned, terms
from planner.store import Store
from planner.store.lock import only_run
from planner.types import Arrival, Rated, Verdict
from planner.weeks import WeekSpan, week_of
from spiders.items import Document, Event, Reading
from spiders.pool import ReaderPool


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whose page it is, at one moment."""

    config: Config
    now: datetime
    words: Catalog


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A published week: its days in words, and its picks with the verdicts that stand."""

    dates: str
    picks: tuple[tuple[Card, frozenset[Verdict]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An event that was understood and is not kept yet; ``about`` names the known event that a notice is about."""

    event: Event
    deadline: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """The drafts of what was received, and why parts of it gave none, in words."""

    drafts: tuple[Draft, ...] = ()
    reasons: tuple[str, ...] = ()


class ConflictError(Exception):
    """The words were changed elsewhere since the page was shown; ``now`` are those that stand."""

    def __init__(self, now: Mapping[List, Sequence[Word]]) -> None:
        super().__init__("changed elsewhere")
        self.now = now


class Desk:
    """``path`` is the configuration, ``words`` in which its mistakes are told, ``clock`` the moment, ``fetch`` reads
    links with all manners."""

    def __init__(self, path: Path, words: Catalog, clock: Callable[[], datetime], fetch: Fetch) -> None:
        self._path, self._words, self._clock, self._fetch = path, words, clock, fetch
        self._known: tuple[tuple[int, int], Config] | None = None

    def person(self) -> Person:
        """Whose page it is now. Raises ConfigError, and UsageError where the configuration is gone."""
        try:
            known = self._path.stat()
        except OSError:
            load(self._path, self._words)  # says why
            raise
        stamp = known.st_mtime_ns, known.st_size
        if self._known is None or self._known[0] != stamp:
            self._known = stamp, load(self._path, self._words)
        config = self._known[1]
        return Person(config=config, now=self._clock().astimezone(config.zone), words=Catalog(config.language))

    def spoken(self) -> Catalog:
        """The words of the page, also where the configuration cannot be read just now."""
        return Catalog(self._known[1].language) if self._known else self._words

    @contextmanager
    def _store(self, person: Person, *, alone: bool = False) -> Iterator[Store]:
        """The store; ``alone``: while no run is at work. Raises StoreError and AlreadyRunningError."""
        place = person.config.kept_in
        if alone:
            with only_run(place, person.config.language), Store(place, person.config.language) as store:
                yield store
        else:
            with Store(place, person.config.language) as store:
                yield store

    # The week.

    def weeks(self) -> tuple[Week, ...]:
        """This week and the next, where they were published."""
        person = self.person()
        place = person.config.kept_in
        if isinstance(place, Path) and not place.is_file():
            return ()
        with self._store(person) as store:
            run = Run(config=person.config, store=store, now=person.now, planned_alone=True)
            this = week_of("this", person.now, person.config.zone)
            found = [(week, run.published(week)) for week in (this, this.shifted(1))]
            given: dict[str, set[Verdict]] = {}
            for each in store.feedback():
                given.setdefault(each.event, set()).add(each.verdict)
        formatter = CardFormatter(person.config, person.words)
        return tuple(_week(formatter, week, plan, given) for week, plan in found if plan is not None)

    def why(self, event: str) -> tuple[Card, list[str]]:
        """An event and why it is, or is not, in the plan. Raises UsageError where it is not known."""
        person = self.person()
        with self._store(person) as store:
            run = Run(config=person.config, store=store, now=person.now)
            found = _found(run, event, person.words)
            span = run.week_with(found) or run.this_week
            published = run.published(span)
            plan = published.plan if published is not None else run.solve(span)
            formatter = CardFormatter(person.config, person.words)
            lines = answer(found, plan, formatter, run, is_published=published is not None)
            found = as_planned(found, plan)
        return formatter.card(found), [*lines, *terms(found, formatter)]

    def judge(self, event: str, verdict: Verdict) -> list[str]:
        """Keep a verdict; -> what it did, in lines. Raises UsageError, StoreError, AlreadyRunningError."""
        person = self.person()
        with self._store(person, alone=True) as store:
            run = Run(config=person.config, store=store, now=person.now)
            given, declined = give(run, _found(run, event, person.words), verdict)
        words = person.words
        lines = [words("cli.feedback_kept", verdict=words(f"feedback.{verdict}"), title=given.title)]
        return lines if declined is None else [*lines, *told(declined, words)]

    # What was received.

    def understand(self, documents: Sequence[tuple[str, bytes]]) -> Understood:
        """What these (name, bytes) tell of. Nothing is kept."""
        person = self.person()
        drafts: list[Draft] = []
        reasons: list[str] = []
        with ReaderPool(1, PATIENT, reading=read_document) as pool, self._store(person) as store:
            for name, body in documents:
                found, reason = self._told(person, store, Document(body=body), pool)
                drafts += found
                reasons += [f"{name}: {reason}" if name else reason] if reason else []
        return Understood(drafts=tuple(drafts), reasons=tuple(reasons))

    def _told(
        self, person: Person, store: Store, document: Document, pool: ReaderPool[Reading]
    ) -> tuple[list[Draft], str | None]:
        context = context_of(person.config, person.now)
        events, reason = understood(document, context, pool, self._fetch)
        meant = iter(notices.meanings(person.config, store, person.now, [each for each in events if each.notice]))
        drafts, unknown = [], []
        for event in events:
            if not event.notice:
                drafts.append(Draft(event=event, deadline=deadline_of(document, event, len(events), context)))
                continue
            about = next(meant)
            names = "; ".join(each.event.title for each in about.chosen)
            if about.is_kept:
                drafts.append(Draft(event=notices.settled(about, person.config.zone), about=names or None))
            else:
                unknown.append(person.words("cli.add_notice_unknown", title=event.title))
        if drafts:
            return drafts, None
        return [], "; ".join(unknown) or why_nothing(reason, person.words)

    def settled(self, event: Event, given: Given) -> Event:
        """A draft with what the user wrote in its fields. Raises UsageError where that cannot be read."""
        person = self.person()
        event = changed(event, given, person)
        if event.start is None and not event.notice:
            raise UsageError(person.words("desk.needs_when", title=event.title))
        return event

    def keep(self, events: Sequence[Event]) -> None:
        """Keep these as the user's own. Raises StoreError and AlreadyRunningError."""
        person = self.person()
        titles = tuple(event.title for event in events)
        name = person.words("desk.by_phone")
        digest = hashlib.sha256(repr((titles, [event.start for event in events])).encode()).hexdigest()
        arrival = Arrival(digest=digest, at=person.now, origin="page", name=name, titles=titles)
        with self._store(person, alone=True) as store:
            keep(person.config, store, person.now, events, arrival=arrival)

    # Keywords.

    def words(self) -> tuple[Mapping[List, tuple[Word, ...]], str]:
        """The words that the user follows, list by list, and a stamp of them."""
        config = self.person().config
        return {name: words_of(config, name) for name in LISTS}, stamp_of(config)

    def change_words(self, wanted: Mapping[List, Sequence[Word]], stamp: str) -> None:
        """Write these lists into the configuration, where they are still those of ``stamp``. Raises ConflictError where
        they are not, ConfigError and UsageError where they cannot be written."""
        person = self.person()

        def change(raw: bytes) -> bytes:
            now = parse(raw, str(self._path.name), person.words)
            if stamp_of(now) != stamp:
                raise ConflictError({name: words_of(now, name) for name in LISTS})
            for name, words in wanted.items():
                raw = with_words(raw, name, words, person.words, self._path.name)
            return raw

        with only_run(person.config.kept_in, person.config.language):
            rewrite(self._path, change, person.words)


def stamp_of(config: Config) -> str:
    """By which the words of a configuration are known to be the same."""
    held = {name: [(word.word, word.weight) for word in words_of(config, name)] for name in LISTS}
    return hashlib.sha256(repr(held).encode()).hexdigest()[:32]


def _week(formatter: CardFormatter, week: WeekSpan, plan: PlanResult, given: Mapping[str, set[Verdict]]) -> Week:
    picks = [(formatter.pick_card(pick), frozenset(given.get(pick.candidate.id, ()))) for pick in plan.plan.picks]
    return Week(dates=formatter.clock.week(week.monday), picks=tuple(picks))


def _found(run: Run, event: str, words: Catalog) -> Rated:
    found = next((each for each in (*run.rated, *run.undated) if each.id == event), None)
    if found is None:
        raise UsageError(words("cli.event_unknown", event=event))
    return found

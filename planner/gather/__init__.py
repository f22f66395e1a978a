"""Sources -> records in the store, one report line for each source.

A source that fails costs itself: what it gave before stays. Each source is one transaction.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from planner.config import Config
from planner.config.holidays import Holidays
from planner.config.source import SourceEntry
from planner.gather import own_series
from planner.gather.diary import keep_diary, own_calendars
from planner.gather.due import Wish
from planner.gather.fetch import DAYS_AHEAD, answers
from planner.gather.hosts import HostMemory
from planner.gather.keep import SourceResult, keep, keyed, settle
from planner.gather.outage import ENOUGH_TO_TELL, forgive, is_outage, unreached
from planner.gather.policy import longer, policy_of
from planner.gather.problems import NO_NEWS, ProblemNews, keep_problems, known_problems, problem_news
from planner.gather.second import SecondReader, wanted
from planner.gather.states import as_it_last_was
from planner.store import SourceState, Store
from spiders.hosts import host_of
from spiders.items import FetchResult, Source, SourceReport, Validators

__all__ = [
    "DAYS_AHEAD",
    "NO_WISH",
    "Gathered",
    "Progress",
    "Wish",
    "gather",
    "keyed",
    "own_calendars",
    "remembered",
    "source_of",
    "sources_of",
    "states_of",
]

_log = logging.getLogger(__name__)

NO_WISH = Wish()
Progress = Callable[[SourceReport, int, int], None]
"""Called after each source: its report, how many are done, how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The outcome of one gathering: a report for each source, in the configuration's order; ``news`` is what people are
    told at once of sources in trouble."""

    reports: tuple[SourceReport, ...]
    news: ProblemNews = NO_NEWS

    @property
    def all_failed(self) -> bool:
        return bool(self.reports) and all(report.outcome == "failed" for report in self.reports)


def sources_of(config: Config) -> list[Source]:
    """The configured sources as the spiders know them, and the user's own calendars (``busy-1`` ...)."""
    return [*(source_of(entry, config) for entry in config.sources), *own_calendars(config)]


def states_of(store: Store) -> dict[str, SourceState]:
    """What is remembered of the sources, and of the person's own calendars."""
    return store.sources() | store.diaries()


def _counted(entry: SourceEntry) -> str | None:
    """The words of a rule, with the day from which it is counted on a line of its own."""
    return entry.text if entry.since is None else f"{entry.text}\nstarting {entry.since.isoformat()}"


def source_of(entry: SourceEntry, config: Config) -> Source:
    """One entry of the configuration as the spiders know it."""
    names = ("site", "title", "organizer", "place")
    options: dict[str, object] = {name: value for name in names if (value := getattr(entry, name))}
    if entry.skip_holidays:
        options["holidays"] = Holidays(config.week, config.timezone)
    return Source(
        id=entry.id,
        kind=entry.kind,
        url=entry.url,
        file=entry.file,
        text=_counted(entry),
        timezone=entry.timezone or config.timezone,
        track=entry.track,
        options=options,
        second=wanted(entry, config),
        headers_from=entry.headers_from,
        timezone_overrides=entry.timezone_overrides,
        only=entry.only,
        without=entry.without,
        every=entry.every,
        language=entry.language or config.language,
    )


def gather(
    config: Config,
    store: Store,
    now: datetime,
    *,
    offline: bool = False,
    hosts: Mapping[str, int] | None = None,
    progress: Progress | None = None,
    accept_losses: bool = False,
    wish: Wish = NO_WISH,
    among: Collection[str] | None = None,
) -> Gathered:
    """Read all sources and keep what they say. ``offline`` leaves the web alone and reads files and texts only.
    ``among``: of the configured sources these alone, by id, and nobody's own calendars; of trouble nothing is told.

    ``hosts`` maps host patterns to loopback ports (the sample city). With ``accept_losses`` a source may lose most of
    what was to come without being taken for broken. ``wish`` says how urgently, and whether only some are asked.
    """
    sources, own = _wanted(config, among)
    with store.transaction():
        store.revive(source.id for source in sources)
        if among is None:
            store.keep_diaries(own)
            own_series.extend(store, now)
    states = states_of(store) if own else store.sources()
    manners = policy_of(config, hosts, for_many=store.is_for_many())
    by_id = {source.id: source for source in sources}
    kept, on_the_web, asked_now = [], [], set[str]()
    hosts_known = HostMemory(store, now, hidden=_hosts(sources, own) - _hosts(sources, by_id.keys() - own))
    asked = answers(sources, states, now, manners, hosts_known, offline=offline, wish=wish)
    for crawled in _settled(asked, config, store, now, offline=offline):
        source = by_id[crawled.source]
        if source.id in own:
            kept.append(keep_diary(source, crawled, store, states, now))
        else:
            kept.append(keep(source, crawled, store, states, now, accept_losses=accept_losses))
        if crawled.asked:
            asked_now.add(crawled.source)
            if source.url is not None:
                on_the_web.append(replace(crawled, readings=()))
        _tell(kept, len(sources), progress)
    if is_outage(on_the_web) and (among is None or len(on_the_web) >= ENOUGH_TO_TELL):
        kept = _forgiven(kept, unreached(on_the_web), by_id, store, states)
    settled = settle(kept, store, now, accept_losses=accept_losses)
    reports = {each.report.source: each.report for each in settled}
    if offline:
        asleep = [source for source in sources if source.id not in reports]
        reports |= {source.id: as_it_last_was(source, states.get(source.id)) for source in asleep}
    found = tuple(reports[source.id] for source in sources if source.id in reports)
    return Gathered(reports=found, news=NO_NEWS if among is not None else _news(found, asked_now, own, store, now))


def _wanted(config: Config, among: Collection[str] | None) -> tuple[list[Source], set[str]]:
    """-> (what is asked, the ids of the person's own calendars among it)."""
    sources, own = sources_of(config), {source.id for source in own_calendars(config)}
    if among is None:
        return sources, own
    return [source for source in sources if source.id in among and source.id not in own], set()


def _tell(kept: Sequence[SourceResult], total: int, progress: Progress | None) -> None:
    """How the last of these fared."""
    report = kept[-1].report
    _log.info("%s: %s, %d events, reader %s", report.source, report.outcome, report.count, report.reader or "none")
    if progress is not None:
        progress(report, len(kept), total)


def _hosts(sources: Sequence[Source], ids: Collection[str]) -> set[str]:
    return {host_of(source.url) for source in sources if source.url and source.id in ids}


def _news(
    reports: Sequence[SourceReport], asked: Collection[str], own: Collection[str], store: Store, now: datetime
) -> ProblemNews:
    """What is told of trouble; that it was is remembered."""
    left_alone = {report.source for report in reports} - set(asked)
    news, kept = problem_news(reports, known_problems(store), left_alone, now)
    with store.transaction():
        keep_problems(store, kept, own)
    return news


def _settled(
    crawled: Iterator[FetchResult], config: Config, store: Store, now: datetime, *, offline: bool
) -> Iterator[FetchResult]:
    """The sources' answers as they come; last, once all are in, those that leave questions: no crawl waits for them.
    ``offline`` nobody is asked, and the sources are read anew next time."""
    waiting, begun = [], time.monotonic()
    for each in crawled:
        if config.llm is not None and any(reading.questions for reading in each.readings):
            waiting.append(replace(each, known=Validators()) if offline else each)
        else:
            yield each
    if offline:
        yield from waiting
    elif config.llm is not None and waiting:
        with SecondReader(config.llm, store, now) as second:
            second.count_from(begun + longer(sources_of(config), config))  # of the crawl, which came before
            yield from map(second.settled, waiting)


def _forgiven(
    kept: Sequence[SourceResult],
    ids: Collection[str],
    sources: Mapping[str, Source],
    store: Store,
    before: Mapping[str, SourceState],
) -> list[SourceResult]:
    """The same with the reports of those whom only the network failed."""
    forgive(ids, store, before)
    states = store.sources()
    if not states.keys() >= set(ids):
        states |= store.diaries()
    reports = {name: as_it_last_was(sources[name], states[name]) for name in ids}
    return [replace(each, report=reports.get(each.report.source, each.report)) for each in kept]


def remembered(config: Config, store: Store) -> tuple[SourceReport, ...]:
    """A report line for each source, as it last was."""
    states = states_of(store)
    return tuple(as_it_last_was(source, states.get(source.id)) for source in sources_of(config))

"""Which evening a person tells of who was there: looked up among what sources said of the last weeks, without rating
anything, so that nobody waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from planner.config import Config
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.store import Store
from planner.text import casefold
from planner.types import OFF, Record
from planner.weeks import week_of

DAYS_BACK, DAYS_AHEAD = 60, 60
MIN_ID = 4
SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Evening:
    """One evening that was: its title, who held it, its local day; ``id`` is our id of the event."""

    title: str
    circle: str | None
    day: date
    id: str | None = None


def evening_called(store: Store, config: Config, wanted: str, now: datetime, words: Catalog) -> Evening | None:
    """The evening meant by the beginning of its id, or by words of its title, else of host and place: of several that
    are called alike the last one, one that was planned before others. Where none was, the next that is only to come;
    None where there is none either.

    Raises UsageError where several are meant.
    """
    tomorrow = datetime.combine(now.astimezone(config.zone).date() + timedelta(days=1), time(), config.zone)
    been = _called(store, wanted, now - timedelta(days=DAYS_BACK), tomorrow)
    matches = been or _called(store, wanted, tomorrow, now + timedelta(days=DAYS_AHEAD))
    if not matches:
        return None
    picked = _planned(store, config, now)
    matches = [each for each in matches if each.event_id in picked] or matches
    if len({casefold(each.event.title) for each in matches}) > 1:
        matches.sort(key=lambda each: (_start(each), each.key), reverse=True)
        raise UsageError(words("cli.event_ambiguous", event=wanted, matches=_listed(matches, config)))
    meant = (max if been else min)(matches, key=_start)
    copies = store.records_of_events([meant.event_id]).get(meant.event_id, []) if meant.event_id else []
    return Evening(
        title=meant.event.title,
        circle=meant.event.organizer or next((each.event.organizer for each in copies if each.event.organizer), None),
        day=_start(meant).astimezone(config.zone).date(),
        id=meant.event_id,
    )


def _called(store: Store, wanted: str, since: datetime, until: datetime) -> list[Record]:
    """What is meant among the events of a time, each once. What is called off took place for nobody."""
    told = store.records_telling(wanted.removesuffix("@quanzi").split(), since, until) or store.records(since, until)
    known: dict[str, Record] = {}
    for each in told:
        if each.event.status not in OFF and each.event.start is not None:
            known.setdefault(each.event_id or f"{each.source}\n{each.key}", each)
    return _meant(known, wanted)


def _start(record: Record) -> datetime:
    start = record.event.start
    assert start is not None
    return start


def _meant(known: dict[str, Record], wanted: str) -> list[Record]:
    name, words = wanted.removesuffix("@quanzi"), casefold(wanted).split()
    if len(name) >= MIN_ID and (found := [each for id_, each in known.items() if id_.startswith(name)]):
        return found
    by_title = [each for each in known.values() if all(word in casefold(each.event.title) for word in words)]
    whole = [each for each in by_title if casefold(each.event.title).split() == words]
    return whole or by_title or [each for each in known.values() if all(word in _told(each) for word in words)]


def _told(record: Record) -> str:
    event, place = record.event, record.event.place
    where = (place.name, place.address) if place else ()
    return casefold(" ".join(filter(None, (event.title, event.organizer, *where))))


def _planned(store: Store, config: Config, now: datetime) -> set[str]:
    """The ids of the picks of the last weeks."""
    first = week_of("this", now - timedelta(days=DAYS_BACK), config.zone)
    return {str(pick["id"]) for body in store.plans_since(first.name).values() for pick in body["picks"]}


def _listed(matches: Sequence[Record], config: Config) -> str:
    lines = []
    for each in matches[:SHOWN]:
        when = f"{_start(each).astimezone(config.zone):%Y-%m-%d %H:%M}"
        lines.append(f"{(each.event_id or '')[:6]} {each.event.title} ({when})".strip())
    return "; ".join([*lines, *(["…"] if len(matches) > SHOWN else [])])

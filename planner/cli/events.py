"""Questions to the store: ``quanzi events``, ``why``, ``sources``."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from planner.cli._columns import cut, lines_of
from planner.cli._language import say
from planner.cli._long_list import Extent, long_list
from planner.cli._session import AppContext, open_session, options
from planner.cli._table import COLOUR_OF_TRACK, MAX_TITLE
from planner.errors import UsageError
from planner.event_json import to_json
from planner.pipeline import Run
from planner.rating.interests import catches
from planner.rating.terms import texts_of
from planner.render.cards import CardFormatter
from planner.store import Store
from planner.text import casefold
from planner.types import Rated, over_at
from planner.weeks import WeekSpan, week_of
from spiders.items import Event


@click.command(help=say("help.events"))
@click.option("--from", "since", metavar="D", help=say("help.from"))
@click.option("--to", "until", metavar="D", help=say("help.to"))
@click.option("--track", type=click.Choice(["industry", "practice", "client", "other"]), help=say("help.track"))
@click.option("--topic", metavar="T", help=say("help.topic"))
@click.option("--search", metavar="WORDS", help=say("help.search"))
@click.option("--undated", is_flag=True, help=say("help.undated"))
@long_list()
@options("config", "week", "now", "json", "verbose")
def events(
    *,
    week: str | None,
    since: str | None,
    until: str | None,
    track: str | None,
    topic: str | None,
    search: str | None,
    undated: bool,
    extent: Extent,
    config: Path | None,
    now: str | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """One line or object for each merged event, with ``undated`` those that no source gives a time."""
    session = open_session(config, now)
    first, last = _span(session, week, since, until)
    with session.store() as store:
        run = Run(config=session.config, store=store, now=session.now)
        dated = [each for each in run.rated if _is_within(each.event, first, last)]
        dated.sort(key=lambda each: (each.event.start or session.now, each.id))
        timeless = sorted(run.undated, key=lambda each: (each.event.title, each.id))
        found = [
            each
            for each in (timeless if undated else dated)
            if (track is None or each.score.track == track)
            and (topic is None or _is_about(each, topic))
            and (search is None or all(casefold(word) in _text(each.event) for word in search.split()))
        ]
        picked = _picked(store, first)
        sources = (*session.config.sources, *run.facts.retired)
    if as_json:
        zones = {entry.id: ZoneInfo(entry.timezone or session.config.timezone) for entry in sources}
        zones["own"] = session.config.zone
        for each in found[: extent.limit]:
            click.echo(json.dumps(_event_json(each, picked, zones), ensure_ascii=False))
        return
    _print(found, picked, extent, session)
    if timeless and not undated:
        click.echo(session.words("cli.undated", count=len(timeless)), err=True)


def _print(found: Sequence[Rated], picked: Collection[str], extent: Extent, session: AppContext) -> None:
    formatter = CardFormatter(session.config, session.words)
    cards = [formatter.card(each) for each in found[: extent.most(len(found))]]
    rows = [
        (
            "*" if card.id in picked else " ", card.id[:6], card.day, card.hours, card.track_name,
            cut(card.title, MAX_TITLE), card.place,
        )
        for card in cards
    ]  # fmt: skip
    extent.show(
        lines_of(rows, [COLOUR_OF_TRACK.get(card.track) for card in cards]),
        session.words,
        left_out=len(found) - len(cards),
        legend=session.words("cli.legend") if any(row[0] == "*" for row in rows) else None,
    )


def _span(session: AppContext, week: str | None, since: str | None, until: str | None) -> tuple[datetime, datetime]:
    zone = session.config.zone
    if week is not None:
        span = week_of(week, session.now, zone)
        return span.start, span.end
    first = _midnight(since, session) if since else session.now
    last = _midnight(until, session) + timedelta(days=1) if until else first + timedelta(days=120)
    return first, last


def _is_within(event: Event, first: datetime, last: datetime) -> bool:
    """Whether an event begins in [first, last), or began before and is not over by then."""
    start, over = event.start, over_at(event)
    return start is not None and over is not None and start < last and (first <= start or first < over)


def _midnight(text: str, session: AppContext) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(text), time(), session.config.zone)
    except ValueError:
        raise UsageError(session.words("cli.day_invalid", day=text)) from None


def _is_about(rated: Rated, topic: str) -> bool:
    """Whether a word would catch the event: as a keyword of the configuration would (with its synonyms), or as a
    topic's name."""
    return topic in rated.label.topics or any(catches(topic).hits(text) for _, text in texts_of(rated.event))


def _text(event: Event) -> str:
    return casefold(
        " ".join(filter(None, (event.title, event.organizer, " ".join(event.categories), event.description)))
    )


def _picked(store: Store, since: datetime) -> set[str]:
    week = WeekSpan(since.date() - timedelta(days=since.weekday()), since.tzinfo)  # type: ignore[arg-type]
    return {pick["id"] for body in store.plans_since(week.name).values() for pick in body["picks"]}


def _event_json(rated: Rated, picked: set[str], zones: Mapping[str, ZoneInfo]) -> dict[str, Any]:
    return {
        **to_json(rated.event),
        "track": rated.score.track,
        "topics": list(rated.label.topics),
        "score": rated.score.total,
        "picked": rated.id in picked,
        "copies": [
            {
                "source": record.source,
                "uid": record.event.uid,
                "start": _local(record.event, zones[record.source]),
                "title": record.event.title,
                "url": record.event.url,
            }
            for record in rated.tracked.merged.records
        ],
    }


def _local(event: Event, zone: ZoneInfo) -> str | None:
    """The wall time in the source's zone, which is the time as written where it floats; a date alone if all day."""
    if event.start is None:
        return None
    return f"{event.start:%Y-%m-%d}" if event.all_day else f"{event.start.astimezone(zone):%Y-%m-%dT%H:%M}"

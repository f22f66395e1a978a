"""Questions to the store: ``quanzi events``, ``why``, ``sources``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from planner.cli._language import say
from planner.cli._session import AppContext, open_session, options
from planner.cli._table import COLOUR_OF_TRACK, MAX_TITLE, cut, print_rows
from planner.errors import UsageError
from planner.event_json import to_json
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import english
from planner.lookup import is_id_of, is_title_of
from planner.pipeline import rated_events
from planner.plan.candidates import Rated
from planner.rating.interests import catches
from planner.rating.terms import texts_of
from planner.rating.vocabulary import fold
from planner.render.cards import CardFormatter
from planner.store import Store
from planner.weeks import WeekSpan, week_of
from spiders.items import Event


@click.command(help=say("help.events"))
@click.option("--from", "since", metavar="D", help=say("help.from"))
@click.option("--to", "until", metavar="D", help=say("help.to"))
@click.option("--track", type=click.Choice(["industry", "practice", "client", "other"]), help=say("help.track"))
@click.option("--topic", metavar="T", help=say("help.topic"))
@click.option("--search", metavar="WORDS", help=say("help.search"))
@options("config", "week", "now", "json", "verbose")
def events(
    *,
    week: str | None,
    since: str | None,
    until: str | None,
    track: str | None,
    topic: str | None,
    search: str | None,
    config: Path | None,
    now: str | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """One line or object for each merged event."""
    session = open_session(config, now)
    first, last = _span(session, week, since, until)
    with session.store() as store:
        found = [
            each
            for each in rated_events(session.config, store, session.now)
            if each.event.start is not None
            and first <= each.event.start < last
            and (track is None or each.score.track == track)
            and (topic is None or _is_about(each, topic))
            and (search is None or all(fold(word) in _text(each.event) for word in search.split()))
        ]
        found.sort(key=lambda each: (each.event.start or session.now, each.id))
        picked = _picked(store, first)
    if as_json:
        zones = {entry.id: ZoneInfo(entry.timezone or session.config.timezone) for entry in session.config.sources}
        zones["own"] = session.config.zone
        for each in found:
            click.echo(json.dumps(_event_json(each, picked, zones), ensure_ascii=False))
        return
    formatter = CardFormatter(session.config, session.words)
    cards = [formatter.card(each) for each in found]
    rows = [
        (
            "*" if card.id in picked else " ", card.id[:6], card.day, card.hours, card.track_name,
            cut(card.title, MAX_TITLE), card.place,
        )
        for card in cards
    ]  # fmt: skip
    print_rows(rows, [COLOUR_OF_TRACK.get(card.track) for card in cards])


def _span(session: AppContext, week: str | None, since: str | None, until: str | None) -> tuple[datetime, datetime]:
    zone = session.config.zone
    if week is not None:
        span = week_of(week, session.now, zone)
        return span.start, span.end
    first = _midnight(since, session) if since else session.now
    last = _midnight(until, session) + timedelta(days=1) if until else first + timedelta(days=120)
    return first, last


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
    return fold(" ".join(filter(None, (event.title, event.organizer, " ".join(event.categories), event.description))))


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
                "uid": record.said.uid,
                "start": _local(record.said, zones[record.source]),
                "title": record.said.title,
                "url": record.said.url,
            }
            for record in rated.tracked.merged.records
        ],
    }


def _local(event: Event, zone: ZoneInfo) -> str | None:
    """The wall time in the source's zone, which is the time as written where it floats; a date alone if all day."""
    if event.start is None:
        return None
    return f"{event.start:%Y-%m-%d}" if event.all_day else f"{event.start.astimezone(zone):%Y-%m-%dT%H:%M}"


def find_event(rated: Sequence[Rated], wanted: str, span: WeekSpan, words: Catalog) -> Rated:
    """The event meant by our uid, its prefix, or words of the title; the planned week's come first.

    Raises UsageError where none or several are meant.
    """
    by_id = [each for each in rated if is_id_of(each, wanted)]
    if len(by_id) == 1:
        return by_id[0]
    matches = by_id or [each for each in rated if is_title_of(each, wanted)]
    in_week = [each for each in matches if each.event.start and span.start <= each.event.start < span.end]
    matches = in_week or matches
    if not matches:
        raise UsageError(words("cli.event_unknown", event=wanted))
    if len(matches) > 1:
        shown = "; ".join(f"{each.id[:6]} {each.event.title}" for each in matches[:5])
        raise UsageError(words("cli.event_ambiguous", event=wanted, matches=shown))
    return matches[0]


@click.command(help=say("help.history"))
@click.argument("event")
@options("config", "now", "json", "verbose")
def history(*, event: str, config: Path | None, now: str | None, as_json: bool, verbose: bool) -> None:
    """What changed about an event, when, and which source said so."""
    session = open_session(config, now)
    words, zone = session.words, session.config.zone
    with session.store() as store:
        rated = rated_events(session.config, store, session.now)
        found = find_event(rated, event, week_of(None, session.now, zone), words)
        changes = store.history(found.id)
    life = found.tracked.state
    if as_json:
        for each in changes:
            body = {"at": each.at.astimezone(zone).isoformat(), "field": each.field, "before": each.before}
            click.echo(json.dumps({**body, "after": each.after, "source": each.source}, ensure_ascii=False))
        return
    formatter = CardFormatter(session.config, words)
    click.echo(found.event.title)
    click.echo(f"  {_told_moment(life.first_seen, formatter)}  {words('history.first')}")
    for each in changes:
        before, after = (_told_face(each.field, value, formatter) for value in (each.before, each.after))
        told = words(f"history.{each.field}", before=before, after=after)
        click.echo(f"  {_told_moment(each.at, formatter)}  {told} ({each.source})")


def _told_face(field: str, value: str | None, formatter: CardFormatter) -> str:
    """One side of a change as people say it: moments like the digest's, statuses in words."""
    if value is None:
        return "–"
    if field == "status":
        return formatter.words(f"history.status_{value}")
    return _told_moment(datetime.fromisoformat(value), formatter) if field in {"start", "end"} else value


def _told_moment(moment: datetime, formatter: CardFormatter) -> str:
    local = moment.astimezone(formatter.config.zone)
    return f"{formatter.day(local)} {local:%H:%M}"


@click.group(help=say("help.sources"))
def sources() -> None:
    """The sources and how they fare."""


@sources.command("list", help=say("help.sources_list"))
@options("config", "now", "json", "verbose")
def list_sources(*, config: Path | None, now: str | None, as_json: bool, verbose: bool) -> None:
    """Every configured source with its last state."""
    session = open_session(config, now)
    with session.store() as store:
        states = store.sources()
    rows = []
    for entry in session.config.sources:
        state = states.get(entry.id)
        good = state.good.astimezone(session.config.zone) if state and state.good else None
        if as_json:
            body = {
                "id": entry.id,
                "kind": entry.kind,
                "address": entry.url or entry.file or entry.text,
                "outcome": state and state.outcome,
                "count": state.count if state else 0,
                "reason": english(state.reason) if state and state.reason else None,
                "last_success": good.isoformat() if good else None,
            }
            click.echo(json.dumps(body, ensure_ascii=False))
            continue
        outcome = session.words(f"cli.outcome_{state.outcome}") if state else session.words("cli.never")
        when = f"{good:%Y-%m-%d %H:%M}" if good else session.words("cli.never")
        count = str(state.count if state else 0)
        rows.append((entry.id, entry.kind, outcome, count, when, (entry.url or entry.file or entry.text or "")))
    if rows:
        print_rows(rows)
    elif not as_json:
        click.echo(session.words("cli.sources_none"))

"""``quanzi sources list``: every source with its health, when it is asked next, and whether it moved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from planner.cli._columns import lines_of
from planner.cli._language import say
from planner.cli._long_list import Extent, long_list
from planner.cli._session import AppContext, open_session, options
from planner.config.source import SourceEntry
from planner.gather import sources_of, states_of
from planner.gather.due import asked_next, is_gone
from planner.gather.health import Health, health_of
from planner.gather.retired import retired_entries
from planner.gather.states import moved_for_good
from planner.i18n.reasons import english, translate
from planner.render.clock import Clock
from planner.store import SourceState
from planner.store.values import LastSeen
from planner.text import one_line
from planner.types import is_carried
from spiders import sites
from spiders.hosts import host_of
from spiders.items import Source

COLOUR_OF_HEALTH = {"failed": "red", "quiet": "yellow", "stale": "yellow"}
LONGEST_ADDRESS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fare:
    """How one configured source fares. ``not_before``: it, or its host, asked to be left alone until then.
    ``unconfirmed`` is since when (a month) what it is read by rests on the words of others alone."""

    entry: SourceEntry
    state: SourceState | None
    health: Health
    since: datetime | None
    unconfirmed: str | None = None
    is_gone: bool = False
    not_before: datetime | None = None

    @property
    def address(self) -> str:
        return one_line(self.entry.url or self.entry.file or self.entry.text or "", LONGEST_ADDRESS)

    @property
    def asked_next(self) -> datetime | None:
        """From when on it is asked again; None where it is at the next run, or never: files, and what is gone."""
        if self.state is None or self.entry.url is None or self.is_gone:
            return None
        return max(filter(None, (asked_next(self.state), self.not_before)), default=None)


@click.command("list", help=say("help.sources_list"))
@long_list()
@options("config", "now", "json", "verbose")
def command(*, extent: Extent, config: Path | None, now: str | None, as_json: bool, verbose: bool) -> None:
    """Every configured source with its last state."""
    session = open_session(config, now)
    with session.store() as store:
        states, said, waits = states_of(store), store.last_seen_of_sources(), store.host_waits(session.now)
        retired = (entry.id for entry in retired_entries(store, session.config) if not is_carried(entry.id))
        out = [name for name in retired if _is_told(said.get(name), session)]
    fares = []
    for entry, source in zip(session.config.sources, sources_of(session.config), strict=False):
        state = states.get(entry.id)
        health, since = health_of(state, said.get(entry.id), session.now)
        gone = state is not None and is_gone(source, state)
        wishes = (state.not_before if state else None, waits.get(host_of(entry.url or "")))
        until = max((at for at in wishes if at is not None and at > session.now), default=None)
        fares.append(
            _Fare(
                entry=entry,
                state=state,
                health=health,
                since=since,
                unconfirmed=_unconfirmed(source),
                is_gone=gone,
                not_before=until,
            )
        )
    if as_json:
        for fare in fares[: extent.limit]:
            click.echo(json.dumps(_body(fare, session), ensure_ascii=False))
    else:
        _print(fares, out, extent, session)


def _is_told(said: LastSeen | None, session: AppContext) -> bool:
    """Whether something of a retired source is still to come."""
    return said is not None and said.begins is not None and said.begins > session.now


def _unconfirmed(source: Source) -> str | None:
    """The month of the facts that a source's site module rests on, where nobody could try it."""
    name = sites.name_of(source)
    known = sites.site(name) if name is not None else None
    return known.proof.month if known is not None and known.proof.is_unconfirmed else None


def _body(fare: _Fare, session: AppContext) -> dict[str, Any]:
    def moment(at: datetime | None) -> str | None:
        return at.astimezone(session.config.zone).isoformat() if at else None

    state = fare.state
    return {
        "id": fare.entry.id,
        "kind": fare.entry.kind,
        "address": fare.entry.url or fare.entry.file or fare.entry.text,
        "outcome": state and state.outcome,
        "count": state.count if state else 0,
        "reason": english(state.reason) if state and state.reason else None,
        "last_success": moment(state.good if state else None),
        "health": fare.health,
        "since": moment(fare.since),
        "failures": state.failures if state else 0,
        "not_before": moment(fare.not_before),
        "asked_next": moment(fare.asked_next),
        "moved_to": moved_for_good(state) if state else None,
        "unconfirmed": fare.unconfirmed is not None,
    }


def _print(fares: list[_Fare], out: list[str], extent: Extent, session: AppContext) -> None:
    """The sources, then those that are ``out`` of the configuration and still told."""
    words = session.words
    retired = [words("sources.retired", source=name) for name in out]
    if not fares:
        extent.show([words("cli.sources_none"), *retired], words)
        return
    rows = []
    shown = fares[: extent.most(len(fares))]
    for fare in shown:
        good = fare.state.good if fare.state else None
        last = f"{good.astimezone(session.config.zone):%Y-%m-%d %H:%M}" if good else words("cli.never")
        count = str(fare.state.count if fare.state else 0)
        rows.append((fare.entry.id, fare.entry.kind, words(f"health.{fare.health}"), count, last, fare.address))
    colours = [COLOUR_OF_HEALTH.get(fare.health) for fare in shown]
    lines = lines_of(rows, colours, [list(_notes(fare, session)) for fare in shown])
    extent.show([*lines, *retired], words, left_out=len(fares) - len(shown))


def _notes(fare: _Fare, session: AppContext) -> Iterator[str]:
    """What else there is to say of a source, in words."""
    words, state = session.words, fare.state
    if fare.unconfirmed is not None:
        yield words("sources.unconfirmed", month=fare.unconfirmed)
    if state is None:
        return
    if fare.health in {"failed", "quiet"} and state.reason is not None:
        yield translate(state.reason, words.language)
    if fare.since is not None:
        yield words(
            f"health.since_{fare.health}", day=words.full_day(fare.since.astimezone(session.config.zone).date())
        )
    if fare.asked_next is not None and fare.asked_next > session.now:
        key = "sources.left_alone" if fare.asked_next == fare.not_before else "sources.asked_next"
        moment = fare.asked_next.astimezone(session.config.zone)
        told = Clock(words, session.config.timezone).moment(moment)
        yield words(key, moment=told, source=fare.entry.id)
    if (address := moved_for_good(state)) is not None:
        yield words("sources.moved_to", address=one_line(address, LONGEST_ADDRESS))

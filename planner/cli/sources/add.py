"""``quanzi sources add``: an address, a city or a club's rule becomes a source, and its events are in the plan."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import click

from planner.cli._asking import is_agreed, understood
from planner.cli._language import say
from planner.cli._session import AppContext, open_session, options
from planner.cli.sources import _outcome, _preview
from planner.cli.sources._candidates import (
    Candidate,
    Club,
    from_city,
    from_discovery,
    from_rule,
    from_site,
    lacks_a_date,
)
from planner.errors import UsageError
from planner.i18n.reasons import translate
from spiders.discover.address import is_address, same_place, typed
from spiders.discover.model import Discovery, Found
from spiders.errors import SourceError
from spiders.hosts import HostFacts, HostNews

TRACKS = ("industry", "practice", "client", "other")


@click.command("add", help=say("help.sources_add"))
@click.argument("what", metavar="ADDRESS|CITY|RULE", nargs=-1, required=True)
@click.option("--id", "name", metavar="ID", help=say("help.sources_add_id"))
@click.option("--track", type=click.Choice(TRACKS), help=say("help.sources_add_track"))
@click.option("--title", metavar="T", help=say("help.sources_add_title"))
@click.option("--place", metavar="P", help=say("help.sources_add_place"))
@click.option("--since", metavar="DAY", help=say("help.sources_add_since"))
@click.option("--yes", is_flag=True, help=say("help.yes"))
@options("config", "now", "json", "verbose")
def command(
    *,
    what: tuple[str, ...],
    name: str | None,
    track: str | None,
    title: str | None,
    place: str | None,
    since: str | None,
    yes: bool,
    config: Path | None,
    now: str | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """Look, show what would be read, ask, write the entry, gather it, plan."""
    session = open_session(config, now)
    first = day_of(since) if since else None
    if since and first is None:
        raise UsageError(session.words("source_add.since_unclear", given=since))
    wanted = _Wanted(
        text=" ".join(what), name=name, title=title, place=place, since=first, as_json=as_json, verbose=verbose
    )
    seen = _seen(session, wanted)
    chosen = [each.with_options(id=name if len(seen) == 1 else None, track=track, place=place) for each in seen]
    if not as_json:
        for each in chosen:
            click.echo("\n".join(_preview.lines(each, session)))
    worth = [each for each in chosen if each.assessment.ahead] or (chosen if sys.stdin.isatty() and not yes else [])
    if worth and _agreed(session, worth, yes=yes):
        _write(session, worth)
        planned = _planned(session, worth, wanted.heard)
        _outcome.tell(session, chosen, planned, as_json=as_json)
    else:
        _outcome.tell_unwritten(session, chosen, as_json=as_json)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What was given, and what is ``heard`` of hosts while it is looked for."""

    text: str
    name: str | None
    title: str | None
    place: str | None
    since: date | None
    as_json: bool
    verbose: bool
    heard: list[HostNews] = field(default_factory=list)


def _seen(session: AppContext, wanted: _Wanted) -> list[Candidate]:
    """The sources behind what was given. Raises UsageError, with reason and other ways, where there are none."""
    if is_address(wanted.text):
        return [_behind(session, wanted)]
    told = _counted(session, Club(text=wanted.text, title=wanted.title, place=wanted.place, since=wanted.since))
    club = from_rule(session, told)
    if club is not None:
        return [club]
    found = list(from_city(session, wanted.text))
    if not found:
        raise UsageError(session.words("source_add.not_understood", given=wanted.text))
    return sorted(found, key=lambda each: -each.assessment.ahead)


def _counted(session: AppContext, club: Club) -> Club:
    """The club with a day to count from, which is asked for where its rule needs one. Raises UsageError where there is
    nobody to ask, or none is told."""
    if not lacks_a_date(session, club):
        return club
    words = session.words
    if not sys.stdin.isatty():
        raise UsageError(words("source_add.since_needed", given=club.text))
    since = understood(
        words("source_add.since"), day_of, "", None, lambda text: words("source_add.since_unclear", given=text)
    )
    if since is None:
        raise UsageError(words("source_add.since_needed", given=club.text))
    return replace(club, since=since)


def day_of(text: str) -> date | None:
    """A day as it is written (2026-11-05); None for anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _behind(session: AppContext, wanted: _Wanted) -> Candidate:
    try:
        address = typed(wanted.text)
    except SourceError as exc:
        raise UsageError(translate(exc.reason, session.words.language)) from exc
    _refuse_known(session, address)
    if sys.stderr.isatty():
        click.echo(session.words("source_add.looking", address=address), err=True)
    heard = wanted.heard.append
    known = from_site(session, address, wanted.name, facts=_known_of_hosts(session), on_news=heard)
    if known is not None:
        return known
    found = _discovered(session, address, wanted)
    if wanted.verbose:
        click.echo("\n".join(_preview.tried(found, session)), err=True)
    best = found.found or _quiet(found)
    if best is None:
        if wanted.as_json:
            click.echo(json.dumps(_preview.refusal_body(found, session), ensure_ascii=False))
        raise UsageError(_preview.refusal(found, session))
    _refuse_known(session, best.address)
    return from_discovery(session, found, best)


def _discovered(session: AppContext, address: str, wanted: _Wanted) -> Discovery:
    from planner.gather.fetch import context_of
    from planner.gather.policy import policy_of
    from spiders.discover.visit import discover
    from spiders.items import Source

    source = Source(id="new", url=address, timezone=session.config.timezone)
    return discover(
        address,
        context_of(source, session.now),
        policy_of(session.config),
        facts=_known_of_hosts(session),
        on_news=wanted.heard.append,
        instance=session.config.network.rsshub,
        plain="https://" not in wanted.text.lower(),
        language=session.config.language,
    )


def _known_of_hosts(session: AppContext) -> HostFacts | None:
    """What is remembered of hosts, which may want to be left alone; nothing where there is no store yet."""
    from planner.gather.hosts import HostMemory

    if not session.has_store():
        return None
    with session.store() as store:
        return HostMemory(store, session.now).facts()


def _refuse_known(session: AppContext, address: str) -> None:
    """Raises UsageError where a source has this address already."""
    for entry in session.config.sources:
        if entry.url is not None and same_place(entry.url, address):
            raise UsageError(session.words("source_add.known", address=address, id=entry.id))


def _quiet(discovery: Discovery) -> Found | None:
    """A calendar or a feed that is in order and tells of nothing ahead."""
    return next((each for each in discovery.others if each.reading.reader in {"ical", "feed"}), None)


def _agreed(session: AppContext, worth: Sequence[Candidate], *, yes: bool) -> bool:
    """Whether these may be written: by ``--yes``, or by an answer on a terminal. What is silent is not proposed."""
    if yes or not sys.stdin.isatty():
        return yes
    key = "source_add.question" if len(worth) == 1 else "source_add.question_all"
    question = session.words(key, count=len(worth))
    return is_agreed(question, session.words, default=bool(worth[0].assessment.ahead))


def _write(session: AppContext, chosen: Sequence[Candidate]) -> None:
    """Their entries into the configuration, all or none."""
    from planner.config.edit import rewrite, with_entry

    def change(raw: bytes) -> bytes:
        for each in chosen:
            raw = with_entry(raw, each.entry, session.words, session.path.name)
        return raw

    rewrite(session.path, change, session.words)


def _planned(session: AppContext, chosen: Sequence[Candidate], heard: Iterable[HostNews]) -> _outcome.Planned:
    """Keep what was seen, plan the coming week on trial -> the week, and the picks that these sources tell of."""
    from planner.config import load
    from planner.gather import Wish, gather
    from planner.gather.adopt import adopt, adopt_answer
    from planner.gather.hosts import HostMemory
    from planner.identity.relate import reconcile
    from planner.pipeline import Run
    from planner.store.lock import only_run
    from planner.weeks import week_of

    config = load(session.path, session.words)
    names = {each.id for each in chosen}
    with only_run(config.kept_in, session.words.language), session.store() as store:
        hosts = HostMemory(store, session.now)
        for news in heard:
            hosts.keep(news)
        for each in chosen:
            if each.answer is not None:
                adopt_answer(config, store, each.answer, session.now)
        unread = [
            each.id
            for each in chosen
            if each.answer is None
            and (each.document is None or not adopt(config, store, each.id, each.document, session.now))
        ]
        if unread:
            gather(config, store, session.now, wish=Wish(fresh=frozenset(unread)))
        reconcile(config, store, session.now)
        run = Run(config=config, store=store, now=session.now)
        planned = run.plan(week_of(None, session.now, config.zone))
        run.keep_trial(planned)
    picks = [
        pick
        for pick in planned.plan.picks
        if names & {record.source for record in pick.candidate.rated.tracked.merged.records}
    ]
    return _outcome.Planned(planned.plan.week, picks)

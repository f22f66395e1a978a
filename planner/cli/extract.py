"""``quanzi extract``, ``when``, ``classify``: reading without a store, for people and for other programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import click

from planner.cli._language import say, words_of_environment
from planner.cli._session import moment, options
from planner.config.localities import is_zone
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import english, translate
from spiders.errors import FetchError
from spiders.failures import os_reason
from spiders.items import Context, Document, Reading
from spiders.reasons import Code, Reason

KINDS = ("auto", "text", "html", "ical", "feed", "json")
DAYS_OF_WINDOW = 120


@click.command(help=say("help.extract"))
@click.argument("source", metavar="FILE|-|URL")
@click.option("--url", metavar="U", help=say("help.url"))
@click.option("--kind", type=click.Choice(KINDS), default="auto", help=say("help.kind"))
@click.option("--timezone", default="Asia/Shanghai", metavar="Z", help=say("help.timezone"))
@click.option("--window", metavar="A/B", help=say("help.window"))
@options("now", "json", "verbose")
def extract(
    *,
    source: str,
    url: str | None,
    kind: str,
    timezone: str,
    window: str | None,
    now: str | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """Any file or address -> its events."""
    context = _context(now, timezone, window)
    for reading in _readings(source, url, kind, context):
        if verbose:
            _explain(reading)
        words = words_of_environment()
        for event in reading.events:
            click.echo(_line(event) if as_json else shown(event, words))
        if not reading.events:
            click.echo(translate(reading.reason, words.language) or words("cli.no_event"), err=True)


def _readings(source: str, url: str | None, kind: str, context: Context) -> list[Reading]:
    if source.startswith(("http://", "https://", "webcal://")):
        try:
            return fetched(source, context)
        except FetchError as exc:
            why = translate(exc.reason, words_of_environment().language)
            raise UsageError(say("cli.extract_failed", file=source, why=why)) from exc
    body = _bytes(source)
    return [_read(Document(body=body, url=url), kind, context)]


def _read(document: Document, kind: str, context: Context) -> Reading:
    """Read in this process, within limits: it reads this one document and ends."""
    from spiders.limits import LimitError, Limits, limit_this_process
    from spiders.readers import dispatch

    limit_this_process(Limits())
    try:
        return dispatch.read(document, context, cast("dispatch.Kind", kind))
    except (LimitError, MemoryError, RecursionError):
        return Reading(reader=kind, reason=Reason(Code.TOO_MUCH_TO_READ), refused=True)


def fetched(address: str, context: Context) -> list[Reading]:
    """One address, fetched with all manners. Raises FetchError where nothing came."""
    from spiders.crawl import crawl
    from spiders.items import Source

    source = Source(id="extract", url=address, timezone=context.timezone)
    for crawled in crawl([(source, context)], {}, _manners()):
        if crawled.failure:
            raise FetchError(crawled.failure)
        return list(crawled.readings)
    return []


def _manners() -> Any:
    """The network section of the configuration, if there is one."""
    from planner.cli._session import open_session
    from spiders.settings import CrawlPolicy

    try:
        network = open_session(None, None).config.network
    except UsageError:
        return CrawlPolicy()
    return CrawlPolicy(allow=network.allow, contact=network.contact, delay=network.delay)


def _context(now: str | None, timezone: str, window: str | None) -> Context:
    if not is_zone(timezone):
        raise UsageError(say("cli.timezone_unknown", zone=timezone))
    at = moment(now, timezone)
    start, end = at, at + timedelta(days=DAYS_OF_WINDOW)
    if window is not None:
        try:
            start, end = (_aware(text, at) for text in window.split("/"))
        except ValueError:
            raise UsageError(say("cli.window_invalid", window=window)) from None
    return Context(source="extract", now=at, timezone=timezone, window_start=start, window_end=end)


def _aware(text: str, like: datetime) -> datetime:
    parsed = datetime.fromisoformat(text)
    return parsed.replace(tzinfo=like.tzinfo) if parsed.tzinfo is None else parsed


def _bytes(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except OSError as exc:
        why = translate(os_reason(exc), words_of_environment().language)
        raise UsageError(say("cli.file_unreadable", file=source, why=why)) from exc


def _explain(reading: Reading) -> None:
    language = words_of_environment().language
    why = f" ({translate(reading.why, language)})" if reading.why else ""
    click.echo(say("cli.reader", reader=f"{reading.reader}{why}"), err=True)
    for note in reading.notes:
        click.echo(f"  {translate(note, language)}", err=True)


def _line(event: Any) -> str:
    from planner.event_json import to_json

    return json.dumps(to_json(event), ensure_ascii=False)


def shown(event: Any, words: Catalog) -> str:
    """One event as text for a person: what was understood, and the words it was read from."""
    when = words("digest.no_time")
    if event.start is not None:
        when = f"{event.start:%Y-%m-%d}" if event.all_day else f"{event.start:%Y-%m-%d %H:%M}"
        if event.end is not None and not event.all_day:
            when += (
                f" – {event.end:%Y-%m-%d %H:%M}" if event.end.date() != event.start.date() else f"–{event.end:%H:%M}"
            )
    place = event.place
    where = ", ".join(filter(None, (place.name, place.address, place.city))) if place else words("digest.no_place")
    lines = [event.title, f"  {when} {event.timezone}", f"  {where}"]
    if event.evidence.when:
        lines.append(f"  “{event.evidence.when}” ({words(f'cli.sure_{event.evidence.sure}')})")
    lines += [f"  ! {translate(doubt, words.language)}" for doubt in event.evidence.doubts]
    return "\n".join(lines)


@click.command(help=say("help.when"))
@click.argument("text", metavar="TEXT|-")
@click.option("--timezone", default="Asia/Shanghai", metavar="Z", help=say("help.timezone"))
@options("now", "json", "verbose")
def when(*, text: str, timezone: str, now: str | None, as_json: bool, verbose: bool) -> None:
    """The time grammar alone; with -, one text a line, each with its own now if it begins with ISO<tab>."""
    from spiders.text.when import read_when

    if not is_zone(timezone):
        raise UsageError(say("cli.timezone_unknown", zone=timezone))
    at = moment(now, timezone)
    pairs = [(text, at)] if text != "-" else _lines_with_now(sys.stdin, at, timezone)
    for words, reference in pairs:
        found = read_when(words, now=reference, timezone=timezone)
        sessions = [_session(session) for session in found.sessions]
        if as_json or text == "-":
            body = {
                "sessions": sessions,
                "recurrence": found.recurrence,
                "conflicts": [english(conflict) for conflict in found.conflicts],
                "periods": [_period(period) for period in found.periods],
            }
            click.echo(json.dumps(body, ensure_ascii=False))
            continue
        for session in sessions:
            end = f" – {session['end']}" if session["end"] else ""
            sure = say(f"cli.sure_{session['sure']}")
            click.echo(f"{session['start']}{end} ({sure})")
        conflicts = (translate(conflict, words_of_environment().language) for conflict in found.conflicts)
        for line in filter(None, (found.recurrence, *conflicts)):
            click.echo(f"  {line}")
        if not sessions and not found.recurrence:
            click.echo(say("cli.no_time"), err=True)


def _lines_with_now(lines: Iterable[str], at: datetime, timezone: str) -> Iterator[tuple[str, datetime]]:
    for number, line in enumerate(lines, 1):
        head, tab, rest = line.rstrip("\n").partition("\t")
        if not tab:
            yield head.replace("\\n", "\n"), at
            continue
        try:
            yield rest.replace("\\n", "\n"), moment(head, timezone)
        except UsageError:
            raise UsageError(say("cli.when_line", line=number)) from None


def _session(session: Any) -> dict[str, Any]:
    def shown(moment: datetime | None) -> str | None:
        if moment is None:
            return None
        return moment.date().isoformat() if session.all_day else moment.isoformat()

    return {
        "start": shown(session.start),
        "end": shown(session.end),
        "all_day": session.all_day,
        "sure": session.sure,
    }


def _period(period: Any) -> dict[str, Any]:
    """A stretch of days or hours that is told without being a session: open hours, a deadline, a season."""
    edges = {name: getattr(period, name) for name in ("start", "end")}
    return {name: edge.isoformat() if edge else None for name, edge in edges.items()} | {"words": period.words}


@click.command(help=say("help.classify"))
@click.argument("file", metavar="FILE|-")
@options("json", "verbose")
def classify(*, file: str, as_json: bool, verbose: bool) -> None:
    """Events as ``extract`` prints them -> the same with track, topics and reasons."""
    from planner.event_json import from_json
    from planner.rating.classify import classify as label_of

    for number, line in enumerate(_bytes(file).decode("utf-8", "replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            event = from_json(values)
        except (ValueError, TypeError, AttributeError) as exc:
            click.echo(say("cli.classify_line", line=number, why=exc), err=True)
            continue
        label = label_of(event)
        if as_json:
            found = {
                "track": label.track,
                "topics": list(label.topics),
                "form": label.form,
                "reasons": list(label.words),
            }
            click.echo(json.dumps({**values, **found}, ensure_ascii=False))
        else:
            click.echo(f"{say(f'track.{label.track}')}\t{event.title}\t{', '.join(label.words)}")

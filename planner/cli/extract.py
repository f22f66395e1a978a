"""``quanzi extract``: any file or address -> its events, for people and for other programs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import click

from planner.cli._input import bytes_of, fetched, shown
from planner.cli._language import say, words_of_environment
from planner.cli._session import moment, options
from planner.errors import UsageError
from planner.i18n.reasons import translate
from planner.weeks import is_zone
from spiders.errors import FetchError
from spiders.items import Context, Document, Reading, Second
from spiders.reasons import Code, Reason

KINDS = ("auto", "text", "html", "ical", "feed", "json")
DAYS_OF_WINDOW = 120


@click.command(help=say("help.extract"))
@click.argument("source", metavar="FILE|-|URL")
@click.option("--url", metavar="U", help=say("help.url"))
@click.option("--kind", type=click.Choice(KINDS), default="auto", help=say("help.kind"))
@click.option("--timezone", default="Asia/Shanghai", metavar="Z", help=say("help.timezone"))
@click.option("--window", metavar="A/B", help=say("help.window"))
@click.option("--llm", is_flag=True, help=say("help.llm"))
@click.option("--llm-prompt", is_flag=True, help=say("help.llm_prompt"))
@options("config", "now", "json", "verbose")
def extract(
    *,
    source: str,
    url: str | None,
    kind: str,
    timezone: str,
    window: str | None,
    llm: bool,
    llm_prompt: bool,
    config: Path | None,
    now: str | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """Any file or address -> its events."""
    context = _context(now, timezone, window)
    document = None if _is_address(source) else Document(body=bytes_of(source), url=url)
    if llm or llm_prompt:
        readings = _second(source, document, kind, context, config, only_prompt=llm_prompt)
    else:
        readings = _readings(source, document, kind, context)
    for reading in readings:
        if verbose:
            _explain(reading)
            if document is not None:
                _explain_judgement(reading, document, context)
        words = words_of_environment()
        for event in reading.events:
            click.echo(_line(event) if as_json else shown(event, words))
        if not reading.events:
            click.echo(translate(reading.reason, words.language) or words("cli.no_event"), err=True)


def _is_address(source: str) -> bool:
    return source.startswith(("http://", "https://", "webcal://"))


def _second(
    source: str, document: Document | None, kind: str, context: Context, config: Path | None, *, only_prompt: bool
) -> list[Reading]:
    """The readings with what a second reader says of them. Who asks by name has chosen to show this text."""
    from planner.cli import _second
    from planner.cli._session import open_session

    session = open_session(config, None)
    when = _second.llm_of(session).when
    second: Second = "always" if only_prompt else "doubtful" if when == "never" else when
    readings = _readings(source, document, kind, replace(context, second=second))
    if not only_prompt:
        return _second.settled(session, readings)
    for body in _second.prompts(session, readings):
        click.echo(body)
    return []


def _readings(source: str, document: Document | None, kind: str, context: Context) -> list[Reading]:
    if document is None:
        try:
            return fetched(source, context)
        except FetchError as exc:
            why = translate(exc.reason, words_of_environment().language)
            raise UsageError(say("cli.extract_failed", file=source, why=why)) from exc
    return [_read(document, kind, context)]


def _read(document: Document, kind: str, context: Context) -> Reading:
    """Read in this process, within limits: it reads this one document and ends."""
    from spiders.limits import LimitError, Limits, limit_this_process
    from spiders.readers import dispatch

    limit_this_process(Limits())
    try:
        return dispatch.read(document, context, cast("dispatch.Kind", kind))
    except (LimitError, MemoryError, RecursionError):
        return Reading(reader=kind, reason=Reason(Code.TOO_MUCH_TO_READ), refused=True)


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


def _explain(reading: Reading) -> None:
    language = words_of_environment().language
    why = f" ({translate(reading.why, language)})" if reading.why else ""
    click.echo(say("cli.reader", reader=f"{reading.reader}{why}"), err=True)
    for note in reading.notes:
        click.echo(f"  {translate(note, language)}", err=True)


def _explain_judgement(reading: Reading, document: Document, context: Context) -> None:
    """What the announcement reader judged by learnt weights, if it is the one that read."""
    from spiders.readers import announcement

    if reading.reader != announcement.NAME:
        return
    for one in announcement.explain(document, context):
        features = ", ".join(f"{name} {added:+.1f}" for name, added in one.features)
        question = say(f"cli.decided_{one.question}")
        about = " ".join(one.about.split())[:60]
        click.echo(
            "  " + say("cli.decided", question=question, about=about, likely=f"{one.likely:.2f}", features=features),
            err=True,
        )


def _line(event: Any) -> str:
    from planner.event_json import to_json

    return json.dumps(to_json(event), ensure_ascii=False)

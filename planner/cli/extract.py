"""``quanzi extract``: any file or address -> its events, for people and for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from planner.cli._given import no_text, one_document
from planner.cli._input import context_of, is_picture, readings_of, shown
from planner.cli._language import say
from planner.cli._session import options
from planner.cli._setting import setting_of
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from spiders.items import Context, Document, Reading, Second

KINDS = ("auto", "text", "html", "ical", "feed", "json", "picture")


@click.command(help=say("help.extract"))
@click.argument("source", metavar="FILE|-|URL")
@click.option("--url", metavar="U", help=say("help.url"))
@click.option("--kind", type=click.Choice(KINDS), default="auto", help=say("help.kind"))
@click.option("--timezone", metavar="Z", help=say("help.timezone"))
@click.option("--window", metavar="A/B", help=say("help.window"))
@click.option("--llm", is_flag=True, help=say("help.llm"))
@click.option("--llm-prompt", is_flag=True, help=say("help.llm_prompt"))
@options("config", "now", "json", "verbose")
def extract(
    *,
    source: str,
    url: str | None,
    kind: str,
    timezone: str | None,
    window: str | None,
    llm: bool,
    llm_prompt: bool,
    config: Path | None,
    now: str | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """Any file or address -> its events."""
    setting = setting_of(config, timezone)
    words = setting.words
    context = context_of(setting, now, window)
    given = one_document(source, words, "extract")
    for name, body in given.texts:
        told = no_text(name, body, words, "extract")
        if is_picture(body, "auto") and not is_picture(body, kind):
            told = words("cli.given_picture", file=name)
        if told:
            click.echo(told, err=True)
            return

    def read(context: Context) -> list[Reading]:
        return readings_of(given, context, words, kind=kind, url=url, config=config)

    readings = _second(read, context, config, only_prompt=llm_prompt) if llm or llm_prompt else read(context)
    for reading in readings:
        if verbose:
            _explain(reading, words)
            for _, body in given.texts:
                _explain_judgement(reading, Document(body=body, url=url), context, words)
        for event in reading.events:
            click.echo(_line(event) if as_json else shown(event, words))
        if not reading.events:
            click.echo(translate(reading.reason, words.language) or words("cli.no_event"), err=True)


def _second(
    read: Callable[[Context], list[Reading]], context: Context, config: Path | None, *, only_prompt: bool
) -> list[Reading]:
    """The readings with what a second reader says of them. Who asks by name has chosen to show this text."""
    from planner.cli import _second
    from planner.cli._session import open_session

    session = open_session(config, None)
    when = _second.llm_of(session).when
    second: Second = "always" if only_prompt else "doubtful" if when == "never" else when
    readings = read(replace(context, second=second))
    if not only_prompt:
        return _second.settled(session, readings)
    for body in _second.prompts(session, readings):
        click.echo(body)
    return []


def _explain(reading: Reading, words: Catalog) -> None:
    why = f" ({translate(reading.why, words.language)})" if reading.why else ""
    click.echo(words("cli.reader", reader=f"{reading.reader}{why}"), err=True)
    for note in reading.notes:
        click.echo(f"  {translate(note, words.language)}", err=True)


def _explain_judgement(reading: Reading, document: Document, context: Context, words: Catalog) -> None:
    """What the announcement reader judged by learnt weights, if it is the one that read."""
    from spiders.readers import announcement

    if reading.reader != announcement.NAME:
        return
    for one in announcement.explain(document, context):
        features = ", ".join(f"{name} {added:+.1f}" for name, added in one.features)
        question = words(f"cli.decided_{one.question}")
        about = " ".join(one.about.split())[:60]
        click.echo(
            "  " + words("cli.decided", question=question, about=about, likely=f"{one.likely:.2f}", features=features),
            err=True,
        )


def _line(event: Any) -> str:
    from planner.event_json import to_json

    return json.dumps(to_json(event), ensure_ascii=False)

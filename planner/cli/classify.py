"""``quanzi classify``: events sorted, as ``extract`` prints them or out of whatever ``extract`` reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from planner.cli._given import Handed, no_text, one_document
from planner.cli._input import context_of, readings_of
from planner.cli._language import say
from planner.cli._session import options
from planner.cli._setting import setting_of
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from spiders.items import Context, Event

Told = tuple[dict[str, Any], Event]
"""An event as JSON tells it, with whatever else stands there, and as a value."""


@click.command(help=say("help.classify"))
@click.argument("file", metavar="FILE|-|URL")
@click.option("--timezone", metavar="Z", help=say("help.timezone"))
@options("config", "now", "json", "verbose")
def classify(
    *, file: str, timezone: str | None, config: Path | None, now: str | None, as_json: bool, verbose: bool
) -> None:
    """Events -> the same with track, topics and reasons."""
    from planner.rating.classify import classify as label_of

    setting = setting_of(config, timezone)
    words = setting.words
    given = one_document(file, words, "classify")
    body = b"".join(body for _, body in given.texts)
    if given.address is None and not body.strip():
        click.echo(words("cli.given_empty", file=file), err=True)
        return
    told, wrong = _of_lines(body, words)
    if told:
        click.echo("\n".join(wrong), nl=bool(wrong), err=True)
    else:
        told, why = _of_document(given, context_of(setting, now), words, config)
        if not told:
            why = wrong[0] if body.lstrip().startswith(b"{") else why
            raise UsageError(words("cli.classify_nothing", file=file, why=why))
    for values, event in told:
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
            click.echo(f"{words(f'track.{label.track}')}\t{event.title}\t{', '.join(label.words)}")


def _of_lines(body: bytes, words: Catalog) -> tuple[list[Told], list[str]]:
    """The events of JSON lines, and what is wrong with each of the other lines."""
    from planner.event_json import from_json

    told, wrong = [], []
    for number, line in enumerate(body.decode("utf-8", "replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            told.append((values, from_json(values)))
        except json.JSONDecodeError:
            wrong.append(words("cli.classify_line", line=number, why=words("cli.classify_no_json")))
        except (ValueError, TypeError, AttributeError, RecursionError) as exc:
            wrong.append(words("cli.classify_line", line=number, why=exc))
    return told, wrong


def _of_document(given: Handed, context: Context, words: Catalog, config: Path | None) -> tuple[list[Told], str]:
    """The events that ``extract`` reads here, and why there are none. Raises UsageError where nothing can be read."""
    from planner.event_json import to_json

    for name, body in given.texts:
        if no := no_text(name, body, words, "classify"):
            raise UsageError(no)
    readings = readings_of(given, context, words, config=config)
    told = [(to_json(event), event) for reading in readings for event in reading.events]
    reason = next((reading.reason for reading in readings if reading.reason), None)
    return told, translate(reason, words.language) or words("cli.no_event")

"""``quanzi classify``: events as ``extract`` prints them, sorted."""

from __future__ import annotations

import json

import click

from planner.cli._input import bytes_of
from planner.cli._language import say
from planner.cli._session import options


@click.command(help=say("help.classify"))
@click.argument("file", metavar="FILE|-")
@options("json", "verbose")
def classify(*, file: str, as_json: bool, verbose: bool) -> None:
    """Events as ``extract`` prints them -> the same with track, topics and reasons."""
    from planner.event_json import from_json
    from planner.rating.classify import classify as label_of

    for number, line in enumerate(bytes_of(file).decode("utf-8", "replace").splitlines(), 1):
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

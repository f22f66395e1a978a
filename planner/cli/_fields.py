"""The four fields of an event as a person writes and reads them: what, when, where, price (and the address)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from planner.cli._language import say
from planner.cli._session import AppContext
from planner.errors import UsageError
from planner.inbox.fields import Given, changed, price_line, when_line, where_line
from spiders.items import Event


def field_options(command: Any) -> Any:
    """``--title --when --where --price --url`` of a command."""
    for name, metavar in (("url", "U"), ("price", "P"), ("where", "PLACE"), ("when", "TIME"), ("title", "T")):
        command = click.option(f"--{name}", metavar=metavar, help=say(f"help.own_{name}"))(command)
    return command


def asked(event: Event, session: AppContext) -> Event:
    """The event as it is after each field was offered for another word; Enter keeps it."""
    words = session.words
    offered: tuple[tuple[str, str, Callable[[str], Given]], ...] = (
        ("what", event.title, lambda text: Given(title=text)),
        ("when", when_line(event, words) if event.start else "", lambda text: Given(when=text)),
        ("where", where_line(event), lambda text: Given(where=text)),
        ("price", price_line(event, words) if event.price else "", lambda text: Given(price=text)),
    )
    for name, now, given in offered:
        while True:
            told = click.prompt(words(f"cli.own_ask_{name}"), default=now, err=True)
            if told == now:
                break
            try:
                event = changed(event, given(told), session)
                break
            except UsageError as exc:
                click.echo(str(exc), err=True)
    return event

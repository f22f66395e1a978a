"""Private addresses as they are told: once, when they are drawn."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from planner.cli._language import say
from planner.cli._session import AppContext
from planner.errors import OutputError, UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.store import Member, Store
from planner.text import web_link
from spiders.failures import os_reason

PLAN = "plan.ics"


def address_option() -> Callable[[Any], Any]:
    """``--address``: where ``quanzi serve`` is reached."""
    return click.option("--address", metavar="URL", envvar="QUANZI_ADDRESS", help=say("help.members_address"))


def base_of(address: str | None, words: Catalog) -> str:
    """What stands before the secret part; nothing where it is not told. Raises UsageError."""
    if address is not None and web_link(address) is None:
        raise UsageError(words("serve.not_an_address", address=address))
    return (address or "").rstrip("/")


def told(base: str, token: str) -> str:
    """The address of a member's calendar."""
    return f"{base}/{token}/{PLAN}"


def tell(session: AppContext, base: str, token: str) -> None:
    """The address of one member, once."""
    click.echo(session.words("members.address"))
    click.echo(f"  {told(base, token)}")
    click.echo(session.words("members.address_once"))


def write(path: Path, base: str, tokens: Mapping[str, str], words: Catalog) -> None:
    """A table of names and addresses in a new file that nobody else may read. Raises OutputError."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("name", "address"))
    rows.writerows((_cell(name), told(base, token)) for name, token in tokens.items())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8-sig") as file:
            file.write(text.getvalue())
    except OSError as exc:
        raise OutputError(words("config.unwritable", file=path, why=translate(os_reason(exc), words.language))) from exc


def _cell(name: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{name}" if name[:1] in "=+-@" else name


def meant(session: AppContext, store: Store, name: str) -> Member:
    """The member of a name. Raises UsageError."""
    from planner.members.register import member_named

    found = member_named(store, name)
    if found is None:
        raise UsageError(session.words("members.unknown", name=name))
    return found

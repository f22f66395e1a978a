"""``quanzi store copy``: all of a store into a new one, between a file and PostgreSQL in either direction."""

from __future__ import annotations

import json
from pathlib import Path

import click

from planner.cli._language import say, words_of_reader
from planner.cli._own import config_in_sight
from planner.cli._session import options
from planner.config import Config, load
from planner.config.postgres import Postgres, checked, is_address
from planner.errors import UsageError
from planner.i18n.catalog import Catalog


@click.command(help=say("help.store_copy"))
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--password-file", type=click.Path(path_type=Path), metavar="F", help=say("help.store_copy_password"))
@options("config", "quiet", "json", "verbose")
def command(
    *,
    source: str,
    target: str,
    password_file: Path | None,
    config: Path | None,
    quiet: bool,
    as_json: bool,
    verbose: bool,
) -> None:
    """Copy, and tell how many rows of each table."""
    from planner.store.copying import copy_store

    path = config_in_sight(config)
    known = load(path, words_of_reader()) if path is not None and (config is not None or path.is_file()) else None
    words = Catalog(known.language) if known is not None else words_of_reader()
    old, new = (_place(each, known, password_file, words) for each in (source, target))
    counted = copy_store(old, new, words)
    count = sum(counted.values())
    if as_json:
        told = {"from": str(old), "to": str(new), "rows": counted}
        click.echo(json.dumps(told, ensure_ascii=False))
    elif not quiet:
        for table in sorted(table for table, rows in counted.items() if rows):
            click.echo(f"{counted[table]:>9}  {table}")
        click.echo(words("store.copied", count=count, source=old, target=new))
        if known is not None and new != known.kept_in:
            click.echo(words("store.copy_next", config=path, target=new))


def _place(text: str, known: Config | None, password_file: Path | None, words: Catalog) -> Path | Postgres:
    """What an argument names; the database of the configuration with the password that it names. Raises UsageError."""
    if not is_address(text):
        return Path(text).absolute()
    from pydantic_core import PydanticCustomError

    try:
        address = checked(text)
    except PydanticCustomError as exc:  # which does not repeat it: it may hold a password
        raise UsageError(words("store.copy_address", why=words(f"config.error.{exc.type}"))) from None
    if known is not None and isinstance(known.kept_in, Postgres) and known.kept_in.address == address:
        return known.kept_in
    return Postgres(address=address, password_file=None if password_file is None else str(password_file.absolute()))

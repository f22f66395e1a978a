"""``quanzi init``: six questions, one config.yaml. Nothing is ever overwritten."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import click

from planner.cli._language import say, words_of_environment
from planner.cli._session import options
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from spiders.failures import os_reason

_COMMAS = re.compile(r"[,，、;；]+")


@click.command(help=say("help.init"))
@options("config", "verbose")
def init(config: Path | None, verbose: bool) -> None:
    """Ask six questions and write a configuration."""
    path = config or Path("config.yaml")
    if path.exists():
        raise UsageError(say("cli.init_exists", path=path))
    words = words_of_environment()
    try:
        language = click.prompt(words("cli.init_language"), default=words.language, type=click.Choice(["zh", "en"]))
        words = Catalog(language)
        answers = _answers(words)
    except click.Abort:  # the end of the input, or Ctrl-C
        click.echo("\n" + words("cli.init_nothing"), err=True)
        raise
    text = render(answers, words)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(words("cli.init_exists", path=path)) from None
    except OSError as exc:
        why = translate(os_reason(exc), words.language)
        raise UsageError(words("cli.init_unwritable", path=path, why=why)) from exc
    click.echo(words("cli.init_written", path=path))


def _answers(words: Catalog) -> dict[str, object]:
    """Ask what is left to ask. Raises click.Abort at the end of the input."""
    language = words.language
    return {
        "language": language,
        "city": click.prompt(words("cli.init_city"), default="上海" if language == "zh" else "Shanghai").strip(),
        "industry": _list(click.prompt(words("cli.init_sell"), default=words("cli.init_sell_default"))),
        "practice": _list(click.prompt(words("cli.init_practice"), default=words("cli.init_practice_default"))),
        "free": _hours(words),
        "mail": click.prompt(words("cli.init_mail"), default="", show_default=False).strip(),
    }


def render(answers: Mapping[str, object], words: Catalog) -> str:
    """The configuration of these answers."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from planner.config import parse
    from planner.config.extras import pip_install
    from planner.config.localities import currency_of, zone_of
    from planner.i18n.catalog import templates_folder
    from spiders.catalogue import starters

    environment = Environment(  # noqa: S701 - YAML, not HTML: every value is quoted by the filter below
        loader=FileSystemLoader(templates_folder()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["yaml"] = _quoted
    zone = zone_of(str(answers["city"]))
    entries = [
        "{" + ", ".join(f"{key}: {_quoted(value)}" for key, value in entry.items()) + "}"
        for entry in starters(str(answers["city"]))
    ]
    text = environment.get_template("config.yaml.j2").render(
        **answers, starters=entries, zone=zone, currency=currency_of(zone), apprise=pip_install("apprise"), w=words
    )
    parse(text.encode(), "config.yaml", words)
    return text


def _quoted(value: object) -> str:
    """A YAML double-quoted scalar (YAML 1.2, 7.3.1): JSON strings are a subset of it."""
    import json

    return json.dumps(str(value), ensure_ascii=False)


def _list(text: str) -> list[str]:
    return [word.strip() for word in _COMMAS.split(text) if word.strip()]


def _hours(words: Catalog) -> str:
    """Ask for free hours until they can be read."""
    from pydantic_core import PydanticCustomError

    from planner.config.hours import parse_hours

    while True:
        text: str = click.prompt(words("cli.init_free"), default="18:30-22:00").strip()
        try:
            parse_hours(text)
        except PydanticCustomError:
            click.echo(words("config.error.hours", given=text), err=True)
            continue
        return text

"""What commands go by that read texts without a store: zone and language of the configuration that would be used, seen
at a glance, so that they start at once and nothing else in it can stop them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from planner.cli._language import words_of_reader
from planner.cli._session import find_config
from planner.errors import UsageError
from planner.glance import language_of, timezone_of
from planner.i18n.catalog import Catalog
from planner.weeks import is_zone

ZONE = "Asia/Shanghai"
"""Where no configuration says another (contract)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The zone (IANA) of times that name none, and the words in which a person is told things."""

    timezone: str
    words: Catalog


def setting_of(config: Path | None, timezone: str | None) -> Setting:
    """``timezone`` beats the configuration's. A configuration that cannot be found or read counts as none, and one
    whose zone is none is told on standard error. Raises UsageError for a ``timezone`` that is none, and for a
    ``config`` named on the command line that cannot be read."""
    path, raw = _looked_at(config)
    language = language_of(raw)
    words = Catalog(language) if language else words_of_reader()
    if timezone is not None:
        if not is_zone(timezone):
            raise UsageError(words("cli.timezone_unknown", zone=timezone))
        return Setting(timezone=timezone, words=words)
    zone = timezone_of(raw)
    if zone is not None and not is_zone(zone):
        click.echo(words("cli.timezone_of_config", config=path, zone=zone, taken=ZONE), err=True)
        zone = None
    return Setting(timezone=zone or ZONE, words=words)


def _looked_at(config: Path | None) -> tuple[Path | None, bytes]:
    try:
        path = find_config(config)
    except UsageError:
        return None, b""
    try:
        return path, path.read_bytes()
    except OSError as exc:
        if config is None:
            return None, b""
        from planner.i18n.reasons import translate
        from spiders.failures import os_reason

        words = words_of_reader()
        why = translate(os_reason(exc), words.language)
        raise UsageError(words("config.unreadable", file=path, why=why)) from exc

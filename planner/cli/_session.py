"""What every command needs: the configuration, the moment, the words, the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from planner.cli._language import say, words_of_reader
from planner.errors import UsageError
from planner.i18n.catalog import Catalog

if TYPE_CHECKING:  # small commands start without the libraries of the configuration and the store
    from planner.config import Config
    from planner.store import Store
    from planner.weeks import WeekSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class AppContext:
    """One call of the program."""

    config: Config
    path: Path
    now: datetime
    words: Catalog

    def store(self) -> Store:
        """Open the store of this configuration."""
        from planner.store import Store

        return Store(self.config.kept_in, self.config.language)

    def has_store(self) -> bool:
        """Whether there is a store yet; a server has one as soon as it is looked at."""
        place = self.config.kept_in
        return not isinstance(place, Path) or place.is_file()

    def dates_of(self, week: WeekSpan) -> str:
        """A week as people name it: by its first and its last day."""
        from planner.render.clock import Clock

        return Clock(self.words, self.config.timezone).week(week.monday)


def options(*names: str) -> Callable[[Any], Any]:
    """The options that commands share, by name: config, week, now, offline, quiet, json, log, fresh, force,
    everyone, verbose."""
    known = {
        "config": click.option(
            "--config", type=click.Path(path_type=Path), metavar="F", is_eager=True, help=say("help.config")
        ),
        "week": click.option(
            "--week", metavar="this|next|2026-W48", callback=_known_week, help=say("help.option_week")
        ),
        "now": click.option("--now", metavar="ISO", help=say("help.now")),
        "offline": click.option("--offline", is_flag=True, help=say("help.offline")),
        "quiet": click.option("--quiet", is_flag=True, help=say("help.quiet")),
        "json": click.option("--json", "as_json", is_flag=True, help=say("help.json")),
        "log": click.option("--log-file", type=click.Path(path_type=Path), metavar="F", help=say("help.log_file")),
        "fresh": click.option("--fresh", multiple=True, metavar="ID", help=say("help.fresh")),
        "force": click.option("--force", is_flag=True, help=say("help.force")),
        "everyone": click.option("--everyone", is_flag=True, help=say("help.everyone")),
        "verbose": click.option("-v", "--verbose", is_flag=True, help=say("help.verbose")),
    }

    def decorate(command: Any) -> Any:
        for name in reversed(names):
            command = known[name](command)
        return command

    return decorate


def _known_week(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """The name of a week, as it is. Raises UsageError."""
    from planner.weeks import week_of

    try:
        week_of(value, datetime.now(UTC), ZoneInfo("UTC"))
    except ValueError:
        raise UsageError(say("cli.week_invalid", week=value)) from None
    return value


def open_session(config: Path | None, now: str | None) -> AppContext:
    """Read the configuration and fix the moment. Raises UsageError or ConfigError."""
    from planner.config import load

    path = find_config(config)
    loaded = load(path, words_of_reader())
    words = Catalog(loaded.language)
    return AppContext(config=loaded, path=path, now=moment(now, loaded.timezone, words), words=words)


def find_config(given: Path | None) -> Path:
    """``--config``, else ``$QUANZI_CONFIG``, else ``./config.yaml`` unless it is the sample of a clone, else the one
    that init wrote for this user. Raises UsageError."""
    from planner.cli._own import NAME, config_in_sight, own_config
    from planner.cli._program import program

    found = config_in_sight(given)
    if found is None:
        key = "cli.config_sample" if Path(NAME).is_file() else "cli.config_missing"
        raise UsageError(say(key, program=program()))
    if not found.is_file() and found == own_config():
        raise UsageError(say("cli.config_gone", path=found, program=program()))
    return found


def moment(text: str | None, timezone: str, words: Catalog | None = None) -> datetime:
    """``--now`` as an aware moment in ``timezone``, else the clock's. Raises UsageError, in the reader's language
    without ``words``."""
    zone = ZoneInfo(timezone)
    if text is None:
        return datetime.now(zone)
    try:
        parsed = datetime.fromisoformat(text)
        return (parsed.replace(tzinfo=zone) if parsed.tzinfo is None else parsed).astimezone(zone)
    except (ValueError, OverflowError):
        raise UsageError((words or words_of_reader())("cli.now_invalid", now=text)) from None

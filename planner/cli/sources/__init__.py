"""``quanzi sources``: the sources, how they fare, whether they are worth having; taking one out."""

from __future__ import annotations

import click

from planner.cli._group import LazyGroup
from planner.cli._language import say


class _Commands(LazyGroup):
    NAMES = ("add", "suggest", "list", "check", "remove")
    ATTRIBUTE = "command"
    HELP = "help.sources_"

    def module_of(self, name: str) -> str:
        return f"planner.cli.sources.{name}"


@click.group(cls=_Commands, help=say("help.sources"))
def sources() -> None:
    """The sources and how they fare."""

"""``quanzi store``: the store as a whole."""

from __future__ import annotations

import click

from planner.cli._group import LazyGroup
from planner.cli._language import say


class _Commands(LazyGroup):
    NAMES = ("copy", "roles")
    ATTRIBUTE = "command"
    HELP = "help.store_"

    def module_of(self, name: str) -> str:
        return f"planner.cli.store.{name}"


@click.group(cls=_Commands, help=say("help.store"))
def store() -> None:
    """The store as a whole."""

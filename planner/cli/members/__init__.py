"""``quanzi members``: many persons over one crawl: who they are, what they wish, and their private addresses."""

from __future__ import annotations

import click

from planner.cli._group import LazyGroup
from planner.cli._language import say


class _Commands(LazyGroup):
    NAMES = ("add", "import", "list", "rotate", "remove")
    ATTRIBUTE = "command"
    HELP = "help.members_"

    def module_of(self, name: str) -> str:
        return f"planner.cli.members.{'take_in' if name == 'import' else name}"


@click.group(cls=_Commands, help=say("help.members"))
def members() -> None:
    """The members of an organisation."""

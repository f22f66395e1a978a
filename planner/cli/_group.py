"""Groups of commands that import each one when it is called, so that help and small commands start at once."""

from __future__ import annotations

import importlib
from typing import Any, ClassVar

import click

from planner.cli._language import say


class LazyGroup(click.Group):
    """Commands by name, each in a module of its own that calls it by its name (``ATTRIBUTE`` where that says another);
    their one-line help comes from the catalogue of words, ``HELP`` before the name."""

    NAMES: ClassVar[tuple[str, ...]] = ()
    ATTRIBUTE: ClassVar[str | None] = None
    HELP: ClassVar[str] = "help."

    def module_of(self, name: str) -> str:
        """The module of a command."""
        raise NotImplementedError

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.NAMES:
            return None
        command: click.Command = getattr(importlib.import_module(self.module_of(cmd_name)), self.ATTRIBUTE or cmd_name)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """An unknown command names the nearest known one."""
        if args and args[0] not in self.NAMES and not args[0].startswith("-"):
            import difflib

            close = difflib.get_close_matches(args[0], self.NAMES, n=1)
            key = "cli.command_close" if close else "cli.command_unknown"
            ctx.fail(say(key, command=args[0], close=close[0] if close else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say("help.commands")):
            formatter.write_dl([(name, say(f"{self.HELP}{name}")) for name in self.NAMES])

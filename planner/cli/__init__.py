"""The command line: the only room that asks the clock, reads arguments and prints. Nobody imports it.

Commands are imported when they are called, so that ``quanzi --help`` and small commands start at once.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from planner.cli._language import say

VERDICTS = ("went", "skip", "like", "dislike")
COMMANDS = (
    *("week", "refresh", "gather", "plan", "publish", "demo", "extract", "when", "classify", "add", "sources"),
    *("events", "why", "history", *VERDICTS, "init", "cron", "serve"),
)
"""One command, one module of its name; the four verdicts have the same form and stand in one."""


class LazyGroup(click.Group):
    """A group whose commands are imported on use; their one-line help comes from the catalogue of words."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = "feedback" if cmd_name in VERDICTS else cmd_name
        command: click.Command = getattr(importlib.import_module(f"planner.cli.{module}"), cmd_name)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """An unknown command names the nearest known one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            close = difflib.get_close_matches(args[0], COMMANDS, n=1)
            key = "cli.command_close" if close else "cli.command_unknown"
            ctx.fail(say(key, command=args[0], close=close[0] if close else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say("help.commands")):
            formatter.write_dl([(name, say(f"help.{name}")) for name in COMMANDS])


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from spiders.version import VERSION

        click.echo(f"quanzi {VERSION}")
        ctx.exit()


@click.group(cls=LazyGroup, help=say("help.quanzi"), context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help=say("help.version"))
def quanzi() -> None:
    """The whole program."""


def main() -> None:
    """The entry point of the ``quanzi`` command: errors become one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # cron runs with LANG=C
    from planner.errors import QuanziError

    verbose = "-v" in sys.argv[1:] or "--verbose" in sys.argv[1:]
    try:
        quanzi(standalone_mode=False)
    except click.exceptions.Exit as exc:
        sys.exit(exc.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as exc:
        exc.show()
        sys.exit(2 if isinstance(exc, click.UsageError) else 1)
    except QuanziError as exc:
        if verbose:
            raise
        click.echo(str(exc), err=True)
        sys.exit(exc.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)

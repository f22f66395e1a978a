"""The command line: the only room that asks the clock, reads arguments and prints. Nobody imports it.

Commands are imported when they are called, so that ``quanzi --help`` and small commands start at once.
"""

from __future__ import annotations

import gc
import sys
from types import TracebackType

import click

from planner.cli._group import LazyGroup
from planner.cli._language import say, words_of_reader
from planner.cli._streams import set_up

VERDICTS = ("went", "skip", "like", "dislike")
FAVOURS = ("asked", "received", "gave", "returned")
OF_PEOPLE = ("met", "after", "people", "forget")
COMMANDS = (
    *("week", "refresh", "gather", "plan", "publish", "demo", "extract", "when", "classify"),
    *("add", "edit", "remove", "undo", "sources"),
    *("events", "why", "history", "communities", *VERDICTS, "init", "cron", "doctor", "serve"),
    *("met", *FAVOURS, "after", "people", "forget", "members", "work", "status"),
    *("backup", "restore", "store"),
)
"""One command, one module of its name; the four verdicts have the same form and stand in one, the four favours too."""

COLLECTED = 50_000, 20, 50
"""When Python looks for what holds itself: a command makes much that stays to its end, and hardly any such thing. With
the usual numbers a run spends a sixth of its time on looking."""


class _Commands(LazyGroup):
    """The commands of the program, each in a module of its name, the verdicts in one and the favours in one."""

    NAMES = COMMANDS

    def module_of(self, name: str) -> str:
        if name in FAVOURS:
            return "planner.cli.people.favours"
        return f"planner.cli.{'feedback' if name in VERDICTS else f'people.{name}' if name in OF_PEOPLE else name}"


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from spiders.version import VERSION

        click.echo(f"quanzi {VERSION}")
        ctx.exit()


@click.group(
    cls=_Commands,
    help=say("help.quanzi"),
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help=say("help.version"))
@click.pass_context
def quanzi(ctx: click.Context) -> None:
    """The whole program; alone, a look at this week."""
    if ctx.invoked_subcommand is None:
        from planner.cli._this_week import look

        look()


def _told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A fault of ours as one line; where it happened stands in the log, and in what ``-v`` prints."""
    click.echo(words_of_reader()("cli.unexpected", kind=kind.__name__), err=True)


def main() -> None:
    """The entry point of the ``quanzi`` command: errors become one line and an exit code."""
    gc.set_threshold(*COLLECTED)
    set_up()
    from planner.errors import AlreadyRunningError, ClockError, QuanziError
    from planner.i18n.click_texts import speak

    speak(words_of_reader().language)

    verbose = "-v" in sys.argv[1:] or "--verbose" in sys.argv[1:]
    if not verbose:
        sys.excepthook = _told
    try:
        sys.exit(quanzi(standalone_mode=False))  # None, or what a command said by ctx.exit
    except click.Abort:
        sys.exit(130)
    except click.ClickException as exc:
        exc.show()
        sys.exit(2 if isinstance(exc, click.UsageError) else 1)
    except QuanziError as exc:
        if verbose:
            raise
        is_known = isinstance(exc, AlreadyRunningError) or (isinstance(exc, ClockError) and not exc.is_told)
        if not (is_known and "--quiet" in sys.argv[1:]):  # cron mails what is said
            click.echo(exc.shown, err=True)
        sys.exit(exc.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)

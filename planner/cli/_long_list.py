"""Long lists at a terminal: the beginning is shown, with how many more there are, and what is more than a screen goes
through a pager, as git does it. Programs that read along get everything."""

from __future__ import annotations

import functools
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from planner.cli._language import say
from planner.i18n.catalog import Catalog

SHOWN = 40
"""So many entries of a list are shown at a terminal where nothing else is asked for."""
NO_TERMINALS = frozenset({"", "dumb", "emacs", "unknown"})
"""Kinds of terminals (``$TERM``) at which no pager works."""
LESS = "FRX"
"""``less`` ends where all fits, keeps colours, and leaves on the screen what was read: git's choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much of a list was asked for, and whether it may go through a pager."""

    everything: bool = False
    limit: int | None = None
    pager: bool = True

    def most(self, count: int) -> int:
        """How many of so many entries are to be shown."""
        if self.limit is not None:
            return min(self.limit, count)
        return count if self.everything or not sys.stdout.isatty() else min(SHOWN, count)

    def show(self, lines: Sequence[str], words: Catalog, *, left_out: int = 0, legend: str | None = None) -> None:
        """Print a list; at a terminal with what its signs mean, how many entries were left out, and how to see them."""
        if not sys.stdout.isatty():
            _print(lines)
            return
        more = words("cli.more", count=left_out) if left_out else None
        told = [*lines, *filter(None, (legend, more))]
        if self.pager and len(told) >= shutil.get_terminal_size().lines and wants_pager(os.environ):
            os.environ.setdefault("LESS", LESS)
            click.echo_via_pager("\n".join(told), color=None if _is_less(os.environ) else True)
        else:
            _print(told)


def _print(lines: Sequence[str]) -> None:
    for line in lines:
        click.echo(line)


def wants_pager(environment: Mapping[str, str]) -> bool:
    """Whether a pager would do any good here: somebody sits there, at a terminal that can, and did not rule it out."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    chosen = environment.get("PAGER")
    if chosen is not None:
        return chosen.strip() not in {"", "cat"}
    return environment.get("TERM", "") not in NO_TERMINALS


def _is_less(environment: Mapping[str, str]) -> bool:
    """Whether the pager is ``less``, of which click knows whether it was told to keep colours."""
    command = (environment.get("PAGER") or "less").split()
    return Path(command[0]).stem == "less"


def long_list(*, limited: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options of a command that prints a long list, given to it as ``extent``; ``limited``: also those that say how
    much of it."""
    options = [
        click.option("--no-pager", "pager", is_flag=True, default=True, flag_value=False, help=say("help.no_pager"))
    ]
    if limited:
        options += [
            click.option("--limit", type=click.IntRange(min=1), metavar="N", help=say("help.limit")),
            click.option("--all", "everything", is_flag=True, help=say("help.all", count=SHOWN)),
        ]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def with_extent(*, pager: bool, limit: int | None = None, everything: bool = False, **given: Any) -> None:
            command(extent=Extent(everything=everything, limit=limit, pager=pager), **given)

        for option in options:
            with_extent = option(with_extent)
        return with_extent

    return decorate

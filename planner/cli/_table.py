"""The plan and lists of events as tables of a terminal; Chinese signs count as two columns."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

import click
from wcwidth import clip, ljust, width, wrap

from planner.config import Config
from planner.i18n.catalog import Catalog
from planner.pipeline import PlanResult
from planner.render.cards import Card
from planner.render.digest import DigestBuilder

MAX_TITLE = 40  # columns; --json tells the whole
INDENT_OF_NOTES = " " * 6
COLOUR_OF_TRACK = {"industry": "cyan", "practice": "yellow", "client": "magenta"}


def print_plan(planned: PlanResult, config: Config, words: Catalog) -> None:
    """The week as a table; before it, what is still to come of the week that runs."""
    view = DigestBuilder(config, words).view(planned, ())
    if view.rest is not None:
        click.echo(words("digest.rest"))
        _print_cards(view.rest.cards)
        for note in view.rest.changes:
            click.echo(f"  {note}")
        click.echo()
    click.echo(f"{view.week} · {view.dates}")
    click.echo(view.summary)
    if view.initiative:
        click.echo(view.initiative)
    _print_cards(view.cards)
    for note in (*view.changes, *view.notes):
        click.echo(f"  {note}")
    for each in view.people if sys.stdout.isatty() else ():  # names belong into no log
        click.echo(f"  {each.reason}\n{INDENT_OF_NOTES}{words('people.message')} {each.message}")


def _print_cards(cards: Sequence[Card]) -> None:
    rows = [
        (card.day, card.hours, card.track_name, cut(card.title, MAX_TITLE), card.place, card.price) for card in cards
    ]
    print_rows(rows, [COLOUR_OF_TRACK.get(card.track) for card in cards])


def print_rows(
    rows: Sequence[Sequence[str]], colours: Sequence[str | None] = (), below: Sequence[Sequence[str]] = ()
) -> None:
    """Print rows as `lines_of` puts them."""
    for line in lines_of(rows, colours, below):
        click.echo(line)


def lines_of(
    rows: Sequence[Sequence[str]], colours: Sequence[str | None] = (), below: Sequence[Sequence[str]] = ()
) -> list[str]:
    """Rows of equal length in columns as wide as needed; on a terminal the widest ones are cut to fit. ``below`` are
    the notes of each row, in lines of their own."""
    if not rows:
        return []
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    room = shutil.get_terminal_size().columns - 2 * (len(widths) + 1) if sys.stdout.isatty() else sum(widths)
    while sum(widths) > room and max(widths) > 12:
        widths[widths.index(max(widths))] -= 1
    lines = []
    for number, row in enumerate(rows):
        cells = [ljust(cut(text, size), size) for text, size in zip(row, widths, strict=True)]
        colour = colours[number] if number < len(colours) else None
        lines.append("  " + click.style("  ".join(cells).rstrip(), fg=colour))
        lines += [line for note in (below[number] if number < len(below) else ()) for line in _lines_of_note(note)]
    return lines


def _lines_of_note(note: str) -> list[str]:
    """One note, further in; on a terminal in as many lines as it needs."""
    room = shutil.get_terminal_size().columns - len(INDENT_OF_NOTES) if sys.stdout.isatty() else width(note)
    return [INDENT_OF_NOTES + line for line in wrap(note, max(room, 20)) or [note]]


def cut(text: str, most: int) -> str:
    """``text`` in at most ``most`` columns."""
    return text if width(text) <= most else clip(text, 0, most - 1) + "…"

"""Rows in columns for a terminal; Chinese signs count as two columns."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

import click
from wcwidth import clip, ljust, width, wrap

INDENT_OF_NOTES = " " * 6


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

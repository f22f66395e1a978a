"""What is left of a list: entries that are known for such by their form, though too few stand there to make a list.

A page that has listed events goes on listing them when one is left; beside it stand headings, links and footers that
the entry must not be taken for, and which alone (a word that the page is being mended until some day) are no entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spiders.readers.listing import entries
from spiders.readers.listing.items import Item
from spiders.readers.listing.vocabulary import pattern

_HEADINGS = range(2, 7)
"""A page's first heading names the page."""


def rows_of(items: Sequence[Item]) -> list[Item]:
    """The entries, each cut to its own row; none where one of them has no form that shows it to be an entry."""
    rows = [_row_of(item) for item in items]
    found = [row for row in rows if row is not None]
    return found if len(found) == len(rows) else []


def _row_of(item: Item) -> Item | None:
    """The entry within the list item or the row of a table that holds its date; else within the smallest element around
    it that has a heading which is a link."""
    row = item.anchor.block.row
    steps = [row] if row is not None else list(reversed(item.anchor.block.path[1:]))
    for step in steps:
        lines = [line for line in item.lines if step in line.block.path]
        if item.anchor not in lines:
            continue
        within = replace(item, lines=lines)
        if row is not None or _has_linked_heading(within):
            title = entries.title_of(within, None)
            return within if title is not None and not _is_label(title) else None
    return None


def _is_label(text: str) -> bool:
    """Whether the row says when or where, as one of the rows about a single event does."""
    return any(pattern(name).match(f"{text}:") for name in ("time_label", "place_label"))


def _has_linked_heading(item: Item) -> bool:
    return any(line.block.level in _HEADINGS and line.block.links for line in item.lines)

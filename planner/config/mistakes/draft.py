"""A text while it is mended: its lines, and where each of its signs stood in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from planner.config.tree import Place

_LINE_END = re.compile(r"\r\n|\r|\n")


class Edit(NamedTuple):
    """Signs of one line (all counted from 0) and what is to stand in their place; no line ends."""

    line: int
    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Draft:
    """``columns`` tells for each sign of a line at which column of the file it stands."""

    lines: tuple[str, ...]
    columns: tuple[Sequence[int], ...]

    @staticmethod
    def of(text: str) -> Draft:
        """The file as it is."""
        lines = tuple(_LINE_END.split(text))
        return Draft(lines, tuple(range(len(line) + 1) for line in lines))

    @property
    def text(self) -> str:
        """The whole, its lines ended as on Unix."""
        return "\n".join(self.lines)

    def edited(self, edits: Iterable[Edit]) -> Draft:
        """With these edits, none of which lies across another."""
        lines, columns = list(self.lines), list(self.columns)
        for edit in sorted(edits, reverse=True):
            line, known = lines[edit.line], columns[edit.line]
            lines[edit.line] = line[: edit.start] + edit.new + line[edit.end :]
            kept = [known[min(edit.start + place, edit.end - 1)] if edit.end > edit.start else known[edit.start]
                    for place in range(len(edit.new))]  # fmt: skip
            columns[edit.line] = [*known[: edit.start], *kept, *known[edit.end :]]
        return Draft(tuple(lines), tuple(columns))

    def place(self, line: int, column: int) -> Place:
        """Where in the file a sign of this text stands (``line`` and ``column`` from 0)."""
        known = self.columns[line]
        return Place(line + 1, (known[min(column, len(known) - 1)] if known else 0) + 1)

"""A configuration line by line, as its author meant it: what YAML's own parser cannot tell once it stopped.

Nothing here decides what is wrong. Signs that may be mistyped ones of YAML are noted, and where a quote or a bracket
seems not to be closed the lines behind it are read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from planner.config.mistakes.draft import Edit
from planner.config.mistakes.line import Line
from planner.config.mistakes.signs import BLANKS, COLONS, DASHES, HASHES, INVISIBLE, Sign, replaced
from planner.config.mistakes.values import Values

_BLOCK_TEXT = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_BLANK = "".join(BLANKS)
_LEADING = re.compile(rf"[{_BLANK}{INVISIBLE}]*")
_DASH = re.compile(rf"-(?=[{_BLANK}]|$)")
_ODD_DASH = re.compile(rf"(?:[{DASHES}]|\*(?=[{_BLANK}])|\d{{1,2}}[.)、）](?=\D))[{_BLANK}]*")
_TIGHT_DASH = re.compile(r"-(?=[^\s\d.-])")
_WORD = re.compile(r"[\w\"'“”‘’][\w .\"'“”‘’-]{0,39}$")
_NAME = re.compile(r"[A-Za-z_][\w-]*$")
_BEGINS_BLOCK = re.compile(rf"\s*(?:- |[－–—•]|[\"'“]?[\w-]+[\"'”]?\s*(?:[{COLONS}]|:(?:\s|$)))")


def outline(lines: Sequence[str], is_known: Callable[[str], bool]) -> list[Line]:
    """All lines of a text. ``is_known`` tells whether the configuration has a key of a name."""
    reader = _Reader(lines, is_known)
    for line in reader.lines:
        reader.read(line)
    reader.finish()
    return reader.lines


class _Reader:
    """Reads line after line; what is open (a block of text, a quote, brackets) is kept between them."""

    def __init__(self, lines: Sequence[str], is_known: Callable[[str], bool]) -> None:
        self.lines = [Line(number, text) for number, text in enumerate(lines)]
        self.is_known = is_known
        self.values = Values()
        self.owner: Line | None = None  # the line that began what is open
        self.text_below: int | None = None  # the column of a key whose block of text goes on

    def read(self, line: Line) -> None:
        lead = _LEADING.match(line.text)
        line.indent = line.start = line.value = line.end = lead.end() if lead else 0
        empty = line.start == len(line.text)
        if self.text_below is not None:
            if empty or line.indent > self.text_below:
                line.role = "inside"
                return
            self.text_below = None
        if not self.values.in_quote and (empty or line.text[line.start] == "#"):
            self._indentation(line)
            return
        if self.owner is not None and self.values.is_open:
            if not (line.indent <= self.owner.indent and _BEGINS_BLOCK.match(line.text)):
                line.role = "inside"
                self.owner.last_inside = line.number
                self.values.go_on(line, self.owner)
                return
            self._leave_open()
        self._block(line)

    def finish(self) -> None:
        """At the end of the text nothing is closed any more."""
        if self.owner is not None and self.values.is_open:
            self._leave_open()

    def _leave_open(self) -> None:
        assert self.owner is not None
        self.owner.open_brackets = self.values.left_open()
        self.owner = None

    def _block(self, line: Line) -> None:
        line.role = "block"
        self._indentation(line)
        self._dashes(line)
        self._key(line)
        if line.value < len(line.text):
            self.owner = line
            self.values.begin(line)
            if _BLOCK_TEXT.match(line.text, line.value):
                self.text_below = line.dashes[-1] if line.dashes and line.colon is None else line.start

    def _indentation(self, line: Line) -> None:
        blanks = line.text[: line.indent]
        if odd := blanks.strip(" "):
            column = blanks.index(odd[0])
            edit = Edit(line.number, 0, line.indent, " " * sum(BLANKS.get(sign, 0) for sign in blanks))
            sure = "\t" not in blanks
            line.signs.append(
                Sign(kind="blank", line=line.number, column=column, found=odd[0], wanted="", edits=(edit,), sure=sure)
            )

    def _dashes(self, line: Line) -> None:
        text, column = line.text, line.indent
        while found := _DASH.match(text, column):
            line.dashes = (*line.dashes, column)
            column = self._behind(line, found.end())
        odd = _ODD_DASH.match(text, column) or _TIGHT_DASH.match(text, column)
        if odd and odd.end() < len(text):
            sure = odd[0][0] in "－﹣•●" and not line.dashes
            line.signs.append(replaced(line.number, column, odd[0], "- ", kind="dash", sure=sure))
            line.dashes = (*line.dashes, column)
            column = odd.end()
        if text.startswith("//", column):
            line.signs.append(replaced(line.number, column, "//", "#", kind="comment"))
        if column < len(text) and text[column] in HASHES:
            line.signs.append(replaced(line.number, column, text[column], "#", sure=not line.dashes))
        line.start = line.value = line.end = column

    def _behind(self, line: Line, column: int) -> int:
        """The first column of what follows a dash or a colon; odd blanks before it are noted."""
        text = line.text
        while column < len(text) and text[column] in _BLANK + INVISIBLE:
            if text[column] != " ":
                begins = text[column - 1] in ":-" and text[column + 1 : column + 2] not in BLANKS
                plain = " " if begins or text[column] in BLANKS else ""
                line.signs.append(replaced(line.number, column, text[column], plain, kind="blank"))
            column += 1
        return column

    def _key(self, line: Line) -> None:
        text, start = line.text, line.start
        if start < len(text) and text[start] in "[{#【［｛＃":
            return
        whole, odd, tight = self._colons(text, start)
        known = [each for each in (odd, tight) if each is not None and self.is_known(text[start:each].strip(" \"'“”"))]
        candidates = [each for each in (whole, odd, tight) if each is not None]
        if not candidates:
            return
        column = min(known) if known and (whole is None or min(known) < whole) else whole
        column = min(candidates) if column is None else column
        line.colon = column
        if column != whole:
            sure = column in known and not line.dashes
            if column == odd:
                gap = "" if text[column + 1 : column + 2] in {" ", ""} else " "
                line.signs.append(replaced(line.number, column, text[column], ":" + gap, sure=sure))
            else:
                line.signs.append(replaced(line.number, column, ":", ": ", kind="space", sure=sure))
        line.value = line.end = self._behind(line, column + 1)

    @staticmethod
    def _colons(text: str, start: int) -> tuple[int | None, int | None, int | None]:
        """The first colon with a blank behind it; the first that is none of ASCII; the first that text follows."""
        whole = odd = tight = None
        for column in range(start, len(text)):
            sign = text[column]
            if sign == "#" and column and text[column - 1] in _BLANK:
                break
            before = text[start:column]
            if sign in COLONS and odd is None and _WORD.match(before):
                odd = column
            if sign == ":" and before:
                behind = text[column + 1 : column + 2]
                if behind in BLANKS or not behind or behind in INVISIBLE:
                    whole = column
                    break
                if tight is None and odd is None and behind != "/" and _NAME.match(before):
                    tight = column
        return whole, odd, tight

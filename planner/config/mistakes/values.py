"""What stands behind a colon or a dash: plain texts, quoted ones, lists and mappings in brackets."""

from __future__ import annotations

import re

from planner.config.mistakes.draft import Edit
from planner.config.mistakes.line import Line
from planner.config.mistakes.signs import (
    BLANKS,
    CLOSES,
    CLOSING,
    COLONS,
    COMMAS,
    OPENING,
    QUOTES,
    Sign,
    replaced,
)

_BLANK = "".join(BLANKS)
_COMMENT = re.compile(rf"(?<=[{_BLANK}])#")
_SOON_OVER = re.compile(rf"[{_BLANK}]*(?:[,\]}}{COMMAS}{''.join(CLOSING)}]|[{_BLANK}]#|$)")
_DEEPEST = 100
_TIGHT = re.compile(r"[A-Za-z_][\w-]*$")


def end_of_plain(text: str, start: int) -> int:
    """Where a plain text ends that begins at ``start`` of a line: before a comment and the blanks around it."""
    comment = _COMMENT.search(text, start + 1)
    return start + len(text[start : comment.start() if comment else len(text)].rstrip(_BLANK))


def end_of_quoted(text: str, start: int) -> int | None:
    """Where a quoted text ends, its closing quote included; None where this line does not close it."""
    quote, column = text[start], start + 1
    while column < len(text):
        if quote == '"' and text[column] == "\\":
            column += 2
            continue
        if text[column] == quote:
            if quote == "'" and text[column + 1 : column + 2] == "'":
                column += 2
                continue
            return column + 1
        column += 1
    return None


class Values:
    """Reads values; between lines it knows which quote and which brackets are open."""

    def __init__(self) -> None:
        self._quote: tuple[str, int, int] | None = None
        self._brackets: list[tuple[str, int, int]] = []
        self._fresh = True  # an entry may begin here

    @property
    def in_quote(self) -> bool:
        return self._quote is not None

    @property
    def is_open(self) -> bool:
        return self._quote is not None or bool(self._brackets)

    def left_open(self) -> tuple[tuple[str, int, int], ...]:
        """The brackets that nobody closes (sign, line, column); they are taken for closed from now on."""
        brackets = tuple(self._brackets)
        self._quote, self._brackets, self._fresh = None, [], True
        return brackets

    def begin(self, line: Line) -> None:
        """Read the value of a line from its ``value`` on."""
        text, start = line.text, line.value
        sign = text[start]
        self._fresh = True
        if sign in "[{" or (sign in OPENING):
            line.end = max(self._flow(line, start), end_of_plain(text, start))
            return
        line.end = end_of_plain(text, start)
        if sign in "\"'":
            self._quoted(line, start)
            if self._quote is not None:
                line.end = len(text.rstrip(_BLANK))
        elif sign in QUOTES:
            self._curly(line, start, line.end)

    def go_on(self, line: Line, owner: Line) -> None:
        """Read a line that goes on with what is open; signs are noted at the line that began it."""
        column = line.start
        if self._quote is not None:
            closed = end_of_quoted(self._quote[0] + line.text, 0)
            if closed is None:
                return
            column, self._quote = closed - 1, None
            self._fresh = False
        if self._brackets:
            self._flow(line, column)
        owner.signs += line.signs
        line.signs = []

    def _flow(self, line: Line, start: int) -> int:
        """Read brackets and what is in them; -> the column behind them, or behind the line."""
        text, column = line.text, start
        while column < len(text):
            sign = text[column]
            if self._is_comment(text, column) and text[column + 1 : column + 2] in {" ", ""}:
                return len(text)
            if sign in BLANKS:
                if sign != " " and self._fresh:
                    line.signs.append(replaced(line.number, column, sign, " ", kind="blank"))
                column += 1
            elif self._fresh and (sign in "[{" or sign in OPENING):
                self._open(line, column)
                column += 1
            elif sign in "]}" or (sign in CLOSING):
                self._close(line, column)
                column += 1
                if not self._brackets:
                    return column
            elif sign == "," or sign in COMMAS:
                self._comma(line, column)
                column += 1
            elif self._fresh and sign in "\"'":
                column = self._quoted_entry(line, column)
            else:
                column = self._plain(line, column)
        return column

    def _open(self, line: Line, column: int) -> None:
        sign = line.text[column]
        if sign in OPENING:
            line.signs.append(replaced(line.number, column, sign, OPENING[sign]))
        if len(self._brackets) < _DEEPEST:
            self._brackets.append((OPENING.get(sign, sign), line.number, column))
        self._fresh = True

    def _close(self, line: Line, column: int) -> None:
        sign = line.text[column]
        if sign in CLOSING:
            line.signs.append(replaced(line.number, column, sign, CLOSING[sign]))
        self._fresh = False
        plain = CLOSING.get(sign, sign)
        if not self._brackets:
            return
        if all(CLOSES[opened[0]] != plain for opened in self._brackets):  # [a, b}
            wanted = CLOSES[self._brackets.pop()[0]]
            line.signs.append(replaced(line.number, column, sign, wanted, kind="bracket_other"))
            return
        while CLOSES[(opened := self._brackets.pop())[0]] != plain:  # [a, {b: 1]
            wanted = CLOSES[opened[0]]
            edit = Edit(line.number, column, column, wanted)
            line.signs.append(
                Sign(kind="bracket", line=opened[1], column=opened[2], found=opened[0], wanted=wanted, edits=(edit,))
            )

    def _comma(self, line: Line, column: int) -> None:
        sign = line.text[column]
        if sign != ",":
            behind = line.text[column + 1 : column + 2]
            line.signs.append(replaced(line.number, column, sign, "," if behind in {" ", ""} else ", "))
        self._fresh = True

    def _quoted(self, line: Line, start: int) -> int:
        """-> the column behind a quoted text; where this line does not close it, it stays open."""
        text = line.text
        closed = end_of_quoted(text, start)
        for column in range(start + 1, closed or len(text)):
            if text[column] in QUOTES and _SOON_OVER.match(text, column + 1):
                sure = closed is None and not self._brackets
                line.signs.append(replaced(line.number, column, text[column], text[start], sure=sure))
        if closed is None:
            self._quote = (text[start], line.number, start)
            line.open_quote = start
            return len(text)
        return closed

    def _quoted_entry(self, line: Line, start: int) -> int:
        column = self._quoted(line, start)
        self._fresh = False
        if self._quote is not None:  # in brackets a quote is meant to be closed where its line ends
            self._quote = None
            behind = line.text.rstrip(_BLANK)
            while behind and behind[-1] in "]}" and len(behind) > start + 1:
                behind = behind[:-1]
            return len(behind)
        return column

    def _plain(self, line: Line, start: int) -> int:
        """A plain text in brackets, to where an entry, its key or the brackets end."""
        text, column = line.text, start
        if text[start] in QUOTES and self._fresh:
            stop = self._curly(line, start, len(text))
            if stop is not None:
                self._fresh = False
                return stop
        own: list[str] = []  # brackets within the text itself: 周四【头马】
        while column < len(text):
            sign = text[column]
            if sign in OPENING:
                own.append(sign)
            elif sign in CLOSING and own:
                own.pop()
            elif sign in ",]}" or sign in COMMAS or sign in CLOSING or self._is_comment(text, column):
                break
            elif (behind := self._colon(line, start, column)) is not None:
                self._fresh = True
                return behind
            column += 1
        if plain := text[start:column].rstrip(_BLANK):
            line.plain.append((start, start + len(plain)))
        self._fresh = False
        return max(column, start + 1)

    @staticmethod
    def _is_comment(text: str, column: int) -> bool:
        return text[column] == "#" and (column == 0 or text[column - 1] in _BLANK)

    def _colon(self, line: Line, start: int, column: int) -> int | None:
        """The column behind a colon that ends a key of a mapping, mistyped ones too; None where there is none."""
        text, sign = line.text, line.text[column]
        if sign not in COLONS and sign != ":":
            return None
        behind = text[column + 1 : column + 2]
        if sign == ":" and (behind in BLANKS or not behind or behind in "[]{},"):
            return column + 1
        if not self._brackets or self._brackets[-1][0] != "{":
            return None
        if sign in COLONS:
            line.signs.append(replaced(line.number, column, sign, ":" if behind in {" ", ""} else ": "))
            return column + 1
        if behind != "/" and _TIGHT.match(text[start:column]):
            line.signs.append(replaced(line.number, column, ":", ": ", kind="space"))
            return column + 1
        return None

    @staticmethod
    def _curly(line: Line, start: int, end: int) -> int | None:
        """A text in quotes that are none of YAML; -> the column behind it where it is closed."""
        text = line.text
        for column in range(start + 1, end):
            if (text[column] in QUOTES or text[column] in "\"'") and _SOON_OVER.match(text, column + 1):
                plain = "'" if '"' in text[start + 1 : column] else '"'
                edits = (Edit(line.number, start, start + 1, plain), Edit(line.number, column, column + 1, plain))
                line.signs.append(
                    Sign(kind="sign", line=line.number, column=start, found=text[start], wanted=plain, edits=edits)
                )
                return column + 1
        return None

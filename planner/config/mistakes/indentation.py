"""Lines that stand too far in or out, and dashes that are missing or too many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.config.mistakes.draft import Edit
from planner.config.mistakes.line import Line
from planner.config.mistakes.mend import Mend
from planner.config.mistakes.signs import Sign

_STEP = 2


def moves(line: Line, lines: Sequence[Line]) -> Iterator[Mend]:
    """The line, alone or with what belongs to it or stands beside it, at each level that is open above it."""
    if line.role != "block" or _odd_blanks(line) is not None:
        return
    for column, mate in _levels(line, lines):
        if column == line.indent:
            continue
        ends = (line.number + 1, _end_of_block(line, lines), _end_of_run(line, lines))
        for last in dict.fromkeys(ends):
            edits = _shifted(lines[line.number : last], column - line.indent)
            values = {"given": line.indent, "wanted": column, "mate": mate.key, "mate_line": mate.number + 1}
            kind = "indent" if mate.key and column == mate.start else "indent_below" if mate.key else "indent_plain"
            yield Mend(kind=kind, line=line.number, column=line.indent, edits=edits, values=values)


def levelled(line: Line, lines: Sequence[Line]) -> Iterator[Mend]:
    """A line that odd blanks indent, at each level that is open above it."""
    odd = _odd_blanks(line)
    if odd is None:
        return
    for column, _ in _levels(line, lines):
        edit = Edit(line.number, 0, line.indent, " " * column)
        yield Mend(kind="blank", line=line.number, column=odd.column, edits=(edit,), values={"found": odd.found})


def openers(line: Line, lines: Sequence[Line]) -> list[int]:
    """The numbers of the lines that opened the levels above a line."""
    return [mate.number for _, mate in _levels(line, lines) if mate is not line]


def _odd_blanks(line: Line) -> Sign | None:
    """Blanks before a line that are no plain spaces."""
    return next((sign for sign in line.signs if sign.kind == "blank" and sign.column < line.indent), None)


def _levels(line: Line, lines: Sequence[Line]) -> Iterator[tuple[int, Line]]:
    """Columns at which a key or an entry may begin here, each with the line that opened the level."""
    nearest = next((each for each in reversed(lines[: line.number]) if each.role == "block"), None)
    if nearest is None:
        yield 0, line
        return
    if nearest.colon is not None and not nearest.has_value:
        yield nearest.start + _STEP, nearest
    lowest = len(line.text) + max(each.indent for each in lines) + 1
    for above in reversed(lines[: line.number]):
        if above.role != "block":
            continue
        columns = [*above.dashes, *([above.start] if above.colon is not None else [])]
        for column in reversed(columns):
            if column < lowest:
                lowest = column
                yield column, above
        if lowest == 0:
            return


def _end_of_block(line: Line, lines: Sequence[Line]) -> int:
    """The number of the first line behind that does not belong to this one."""
    return next(
        (each.number for each in lines[line.number + 1 :] if each.role == "block" and each.indent <= line.indent),
        len(lines),
    )


def _end_of_run(line: Line, lines: Sequence[Line]) -> int:
    """The same, those at its own level taken with it."""
    return next(
        (each.number for each in lines[line.number + 1 :] if each.role == "block" and each.indent < line.indent),
        len(lines),
    )


def _shifted(lines: Sequence[Line], by: int) -> tuple[Edit, ...]:
    if by > 0:
        return tuple(Edit(each.number, 0, 0, " " * by) for each in lines if each.role != "blank")
    return tuple(Edit(each.number, 0, min(-by, each.indent), "") for each in lines if each.role != "blank")


def dashes(line: Line, lines: Sequence[Line]) -> Iterator[Mend]:
    """The line as an entry of a list where it was none, and the reverse."""
    if line.role != "block":
        return
    if line.dashes:
        column = line.dashes[0]
        if not line.text.startswith("- ", column):
            return
        run = lines[line.number : _end_of_run(line, lines)]
        fellows = [each for each in run if each.role == "block" and each.dashes[:1] == (column,)]
        for same in dict.fromkeys(((line.number,), tuple(each.number for each in fellows))):
            edits = tuple(Edit(number, column, column + 1, " ") for number in same)
            yield Mend(kind="dash_too_many", line=line.number, column=column, edits=edits)
    elif line.colon is not None:
        below = [each for each in lines[line.number + 1 : _end_of_run(line, lines)] if each.role != "blank"]
        for column, mate in _levels(line, lines):
            if column in mate.dashes or (mate.colon is not None and not mate.has_value):
                entered = Edit(line.number, 0, line.indent, " " * column + "- ")
                yield Mend(kind="dash_left_out", line=line.number, column=line.start, edits=(entered,))
        entry = [Edit(line.number, line.start, line.start, "- ")]
        entry += [Edit(each.number, 0, 0, " " * _STEP) for each in below]
        yield Mend(kind="dash_left_out", line=line.number, column=line.start, edits=tuple(entry))

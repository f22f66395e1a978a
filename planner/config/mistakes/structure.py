"""Mistakes of structure that a line may hold: quotes and brackets that stay open, values that need quotes, colons and
dashes left out or written where none belongs, marks of other languages. Each is a guess, which reading on confirms.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence

from planner.config.mistakes.draft import Edit
from planner.config.mistakes.line import Line
from planner.config.mistakes.mend import Mend
from planner.config.mistakes.signs import BLANKS, CLOSES
from planner.config.mistakes.values import end_of_quoted

_BEGINS_SPECIAL = "@`%*&!|>#?,]}"
_KEY_WITHOUT_COLON = re.compile(r"([A-Za-z_][\w-]*)(\s*[=＝]\s*|\s+)(?=\S)")
_ENTRY_OF_BRACES = re.compile(r"(?<=[^\s,{])\s+([A-Za-z_]\w*)\s*:(?=\s)")
_KEY_IN_BRACES = re.compile(r"(?<=[{,])\s*([A-Za-z_]\w*)\s+(?=[^\s:])")
_ENTRY_END = re.compile(r"\s*[,\]}]|\s*$")
_STRAY, PAIRED, _MOST_PAIRED = "@%&*>|,!?`-:", "[]{}\"'", 20
_MARK = re.compile(r"(?:---|\.\.\.)\s*$")


def mends(line: Line, lines: Sequence[Line], is_known: Callable[[str], bool]) -> Iterator[Mend]:
    """What may be wrong with a line, the likeliest first."""
    if line.role == "blank":
        return
    yield from _open_quote(line)
    yield from _open_brackets(line, lines)
    if line.role == "block":
        yield from _colon_left_out(line, is_known)
        yield from _comma_behind(line)
        yield from _left_out_in_braces(line, is_known)
        yield from _value_without_quotes(line)
        yield from _stray_bracket(line)
        if _MARK.match(line.text):
            yield Mend(
                kind="document", line=line.number, column=0, edits=(Edit(line.number, 0, len(line.text), ""),),
                values={"found": line.text.strip()},
            )  # fmt: skip
    for start, end in line.plain:
        if line.text[start : start + 1] in _BEGINS_SPECIAL:
            yield _in_quotes(line, start, end, "begins", found=line.text[start])


def _open_quote(line: Line) -> Iterator[Mend]:
    """A quote that nobody closes: it ends where the line does, or an entry of a list."""
    text = line.text
    for quote in "\"'":
        places = [column for column, sign in enumerate(text) if sign == quote]
        if len(places) % 2 == 0:
            continue
        for column in places:
            before = text[:column].rstrip()
            if before and before[-1] not in "[{,:-：，":
                continue
            first = _ENTRY_END.search(text, column + 1)
            ends = {len(text.rstrip()), first.start() if first else len(text)}
            if line.open_quote == column and line.role == "block":
                ends = {line.end} | ends
            for end in sorted(ends, reverse=True):
                edit = Edit(line.number, end, end, quote)
                yield Mend(kind="quote_open", line=line.number, column=column, edits=(edit,), values={"found": quote})


def _open_brackets(line: Line, lines: Sequence[Line]) -> Iterator[Mend]:
    if not line.open_brackets:
        return
    last = lines[line.number if line.last_inside is None else line.last_inside]
    end = line.end if last is line else len(last.text.rstrip())
    closing = "".join(CLOSES[sign] for sign, _, _ in reversed(line.open_brackets))
    sign, number, column = line.open_brackets[0]
    yield Mend(
        kind="bracket", line=number, column=column, edits=(Edit(last.number, end, end, closing),),
        values={"found": sign, "wanted": closing},
    )  # fmt: skip


def _colon_left_out(line: Line, is_known: Callable[[str], bool]) -> Iterator[Mend]:
    found = _KEY_WITHOUT_COLON.match(line.text, line.start)
    if found and is_known(found[1]) and (line.colon is None or line.colon > found.end(1)):
        edit = Edit(line.number, found.end(1), found.end(2), ": ")
        yield Mend(kind="colon_left_out", line=line.number, column=found.end(1), edits=(edit,))
    elif line.colon is None and is_known(line.text[line.start :].strip()):
        end = len(line.text.rstrip())
        yield Mend(kind="colon_left_out", line=line.number, column=end, edits=(Edit(line.number, end, end, ":"),))


def _comma_behind(line: Line) -> Iterator[Mend]:
    """``"上海",`` as JSON has it."""
    text = line.text[: line.end].rstrip()
    if line.has_value and text and text[-1] in ",，;；":
        edit = Edit(line.number, len(text) - 1, len(text), "")
        yield Mend(
            kind="comma_behind", line=line.number, column=len(text) - 1, edits=(edit,), values={"found": text[-1]}
        )


def _left_out_in_braces(line: Line, is_known: Callable[[str], bool]) -> Iterator[Mend]:
    """``{industry: 60 practice: 40}``, ``{industry 60}``."""
    for found in _KEY_IN_BRACES.finditer(line.text, line.value):
        if is_known(found[1]):
            edit = Edit(line.number, found.end(1), found.end(), ": ")
            yield Mend(kind="colon_left_out", line=line.number, column=found.end(1), edits=(edit,))
    for found in _ENTRY_OF_BRACES.finditer(line.text, line.value):
        if is_known(found[1]):
            edit = Edit(line.number, found.start(), found.start(), ",")
            yield Mend(kind="comma_left_out", line=line.number, column=found.start(), edits=(edit,))


def _value_without_quotes(line: Line) -> Iterator[Mend]:
    """A value that YAML would take for something else."""
    if not line.has_value:
        return
    text, start, end = line.text, line.value, line.end
    value = text[start:end]
    if value[0] == '"' and "\\" in value and (closed := end_of_quoted(text, start)) == end and "'" not in value:
        edits = (Edit(line.number, start, start + 1, "'"), Edit(line.number, closed - 1, closed, "'"))
        yield Mend(kind="backslash", line=line.number, column=text.index("\\", start), edits=edits)
        return
    if value[0] in "\"'":
        closed = end_of_quoted(text, start)
        if closed is not None and closed < end:
            yield _in_quotes(line, start, end, "behind_quote", column=closed - 1)
        return
    colon = next((place for place in range(start, end) if _is_colon(text, place)), None)
    if colon is not None and value[0] not in "[{":
        yield _in_quotes(line, start, end, "colon_within", column=colon)
    elif (value[0] in _BEGINS_SPECIAL and not value.startswith("# ")) or (
        value[0] in "[{" and value[-1] not in "]}" and not line.open_brackets
    ):
        yield _in_quotes(line, start, end, "begins", found=value[0])


def _is_colon(text: str, column: int) -> bool:
    return text[column] == ":" and (column + 1 == len(text) or text[column + 1] in BLANKS)


def _in_quotes(line: Line, start: int, end: int, kind: str, *, column: int | None = None, found: str = ":") -> Mend:
    value = line.text[start:end]
    if value[0] in "\"'" and value[-1] == value[0] and len(value) > 1:  # 'Newcomers' Night'
        value = value[1:-1]
    quoted = (
        "'" + value.replace("'", "''") + "'" if '"' in value or "\\" in value else json.dumps(value, ensure_ascii=False)
    )
    return Mend(
        kind=kind, line=line.number, column=start if column is None else column,
        edits=(Edit(line.number, start, end, quoted),), values={"found": found},
    )  # fmt: skip


def stray_signs(line: Line) -> Iterator[Mend]:
    """A sign of YAML struck by chance: at the beginning of a line, of an entry, of a value; a bracket or a quote
    anywhere."""
    if line.role == "blank":
        return
    text = line.text
    colon = text.find(":", line.start)
    begin = [line.indent, line.start, *([colon + 1] if colon >= 0 else [])]
    anywhere = [column for column, sign in enumerate(text) if sign in PAIRED][:_MOST_PAIRED]
    for column in dict.fromkeys((*begin, *anywhere)):
        sign = text[column : column + 1]
        if sign and sign in _STRAY + PAIRED:
            edit = Edit(line.number, column, column + 1, "")
            yield Mend(kind="stray", line=line.number, column=column, edits=(edit,), values={"found": sign})


def _stray_bracket(line: Line) -> Iterator[Mend]:
    """``SaaS, AI]``, and ``[AI]]``."""
    text = line.text[: line.end].rstrip()
    if not line.has_value or not text or text[-1] not in "]}":
        return
    sign = text[-1]
    if line.text[line.value] not in "[{\"'":
        edit = Edit(line.number, line.value, line.value, CLOSES[sign])
        yield Mend(
            kind="bracket", line=line.number, column=len(text) - 1, edits=(edit,),
            values={"found": sign, "wanted": CLOSES[sign]},
        )  # fmt: skip
    edit = Edit(line.number, len(text) - 1, len(text), "")
    yield Mend(kind="bracket_stray", line=line.number, column=len(text) - 1, edits=(edit,), values={"found": sign})

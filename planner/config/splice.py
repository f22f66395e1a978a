"""Where an entry is put into a list of a configuration, and what goes with one that is taken out.

All functions return cuts: stretches of the text and what stands in their place. A line belongs to an entry where it is
a comment further in than the entry's dash and directly below it, or a comment directly above it; an entry that was
commented out belongs to nobody, nor does the heading of a list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from planner.config.layout import Item, Layout
from planner.config.scalars import block_lines, written

INDENT = "  "
Entry = Mapping[str, object] | str
_COMMENTED_OUT = re.compile(r"#+\s*- ")


@dataclass(frozen=True, slots=True)
class Cut:
    """[``start``, ``end``) of a text, and what stands there ``instead``."""

    start: int
    end: int
    instead: str = ""


def applied(text: str, cuts: list[Cut]) -> str:
    """``text`` with all cuts made; they do not overlap, and those of one place are made in their order."""
    for cut in sorted(cuts, key=lambda cut: (cut.start, cut.end))[::-1]:
        text = text[: cut.start] + cut.instead + text[cut.end :]
    return text


# Putting in.


def added(text: str, layout: Layout, entry: Entry, newline: str) -> list[Cut]:
    """The cuts that put ``entry`` behind the last one of a list."""
    key = " " * layout.column
    if layout.form == "block":
        return [_below(text, layout.items, entry, newline)]
    if layout.root == "flow":
        return _within_braces(text, layout, entry, newline)
    if layout.form in {"empty", "missing"}:
        names = [f"{key}{INDENT * depth}{written(name)}:" for depth, name in enumerate(layout.keys)]
        lines = [*names, *block_lines(entry, key + INDENT * len(names))]
        if layout.inner:
            return [_lines_at(text, _next_line(text, layout.last), lines, newline)]
        apart = newline if any(not line.strip() for line in text.splitlines()) else ""
        return [_lines_at(text, len(text), lines, newline, apart)]
    start, end = layout.value
    if layout.form == "flow" and (layout.items or _has_line_end(text[start:end])):
        return _within_brackets(text, layout, entry, newline)
    below = _next_line(text, end if layout.form == "flow" or text[start:end] else layout.colon)
    cuts = [_lines_at(text, below, block_lines(entry, key + INDENT), newline)]
    return [Cut(layout.colon, end), *cuts] if text[start:end] else cuts


def _below(text: str, items: tuple[Item, ...], entry: Entry, newline: str) -> Cut:
    last = items[-1]
    lines = block_lines(entry, " " * last.column, last.gap)
    apart = newline if len(items) > 1 and _is_blank(_line_above(text, _top(text, items, len(items) - 1))) else ""
    return _lines_at(text, _bottom(text, last), lines, newline, apart)


def _lines_at(text: str, at: int, lines: list[str], newline: str, apart: str = "") -> Cut:
    """Lines put in at the beginning of a line, or at the end of a text whose last line is not ended."""
    body = newline.join(lines)
    unended = at == len(text) and at > 0 and text[at - 1] not in "\r\n"
    return Cut(at, at, newline + apart + body if unended else (apart if at else "") + body + newline)


def _within_braces(text: str, layout: Layout, entry: Entry, newline: str) -> list[Cut]:
    """A configuration that is one mapping in braces."""
    if layout.form == "flow":
        return _within_brackets(text, layout, entry, newline)
    listed = f"[{written(entry)}]"
    if layout.form == "missing":
        *outer, name = map(written, layout.keys)
        listed = f"{name}: {listed}"
        for each in reversed(outer):
            listed = f"{each}: {{{listed}}}"
    if layout.form == "null":
        return [Cut(layout.colon, layout.value[1] if text[slice(*layout.value)] else layout.colon, f" {listed}")]
    comma = ", " if text[: layout.last].rstrip()[-1:] not in {"{", ""} else ""
    return [Cut(layout.last, layout.last, f"{comma}{listed}")]


def _within_brackets(text: str, layout: Layout, entry: Entry, newline: str) -> list[Cut]:
    """One more in a list in brackets: on a line of its own where the last entry has one."""
    close = layout.value[1] - 1
    if not layout.items:
        if not _starts_line(text, close):
            return [Cut(close, close, written(entry))]
        at = _line_start(text, close)
        return [Cut(at, at, text[at:close] + INDENT + written(entry) + newline)]
    last = layout.items[-1]
    comma = _comma_behind(text, last.end, close)
    done = last.end if comma is None else comma + 1
    if not _starts_line(text, last.start) or _has_line_end(text[last.end : done]) or _next_line(text, done) > close:
        return [Cut(last.end, last.end, f", {written(entry)}")]
    indent = text[_line_start(text, last.start) : last.start]
    at = _next_line(text, done)
    own = Cut(at, at, indent + written(entry) + ("" if comma is None else ",") + newline)
    return [own] if comma is not None else [Cut(last.end, last.end, ","), own]


# Taking out.


def removed(text: str, layout: Layout, number: int) -> list[Cut]:
    """The cuts that take out one entry; where it is the only one, ``[]`` stands for it."""
    if layout.form == "flow":
        return _out_of_brackets(text, layout, number)
    item = layout.items[number]
    top, bottom = _top(text, layout.items, number), _bottom(text, item)
    above, is_last = _line_above(text, top), number + 1 == len(layout.items)
    if _is_blank(above) and number > 0 and (is_last or _is_blank(_line_at(text, bottom))):
        top -= len(above or "")
    if bottom == len(text) and text[-1] not in "\r\n":  # the end of the file stays without a line end
        before = text[:top]
        top = len(before.removesuffix("\n").removesuffix("\r") if before.endswith("\n") else before.removesuffix("\r"))
    cut = Cut(top, bottom)
    return [Cut(layout.colon, layout.colon, " []"), cut] if len(layout.items) == 1 else [cut]


def _top(text: str, items: tuple[Item, ...], number: int) -> int:
    """Where the lines of an entry begin, with the comments above it that are its own."""
    if number == 0 and not any(_comments_above(text, each) for each in items[1:]):
        return _line_start(text, items[0].start)  # what stands above is the heading of the list
    return _line_start(text, items[number].start) - sum(map(len, _comments_above(text, items[number])))


def _comments_above(text: str, item: Item) -> list[str]:
    """The comment lines directly above an entry, as far in as it; none where one is an entry that was commented out."""
    found: list[str] = []
    at = _line_start(text, item.start)
    while (line := _line_above(text, at)) and _comment_column(line) == item.column:
        found.append(line)
        at -= len(line)
    return [] if any(_COMMENTED_OUT.match(line.strip()) for line in found) else found


def _bottom(text: str, item: Item) -> int:
    """Behind the last line of an entry and the comments below it that are its own."""
    at = _next_line(text, item.end)
    while (line := _line_at(text, at)) and (column := _comment_column(line)) is not None and column > item.column:
        at += len(line)
    return at


def _out_of_brackets(text: str, layout: Layout, number: int) -> list[Cut]:
    items, close = layout.items, layout.value[1] - 1
    item = items[number]
    following = items[number + 1].start if number + 1 < len(items) else close
    comma = _comma_behind(text, item.end, following)
    done = item.end if comma is None else comma + 1
    if len(items) == 1 and "#" not in text[layout.value[0] : item.start] + text[done:close]:
        return [Cut(layout.value[0] + 1, close)]
    line, below = _line_start(text, item.start), _next_line(text, done)
    if _starts_line(text, item.start) and below <= close and text[done:below].strip()[:1] in {"", "#"}:
        cuts = [Cut(_top(text, items, number), below)]
        if comma is None and number > 0:
            before = _comma_behind(text, items[number - 1].end, item.start)
            cuts += [Cut(before, before + 1)] if before is not None and before < line else []
        return cuts
    if number > 0 and not _has_line_end(text[items[number - 1].end : item.start]):
        return [Cut(items[number - 1].end, item.end)]
    if number == 0 and len(items) > 1 and not _has_line_end(text[item.start : following]):
        return [Cut(item.start, following)]
    if comma is None and number > 0:
        comma = _comma_behind(text, items[number - 1].end, item.start)
    return [Cut(item.start, item.end), *([] if comma is None else [Cut(comma, comma + 1)])]


# Lines.


def _has_line_end(text: str) -> bool:
    return "\n" in text or "\r" in text


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _next_line(text: str, at: int) -> int:
    """Where the line behind the one of ``at`` begins; the end of the text where there is none."""
    while at < len(text) and text[at] not in "\r\n":
        at += 1
    return min(len(text), at + (2 if text[at : at + 2] == "\r\n" else 1))


def _line_at(text: str, at: int) -> str | None:
    """The line that begins there, with its end; None at the end of the text."""
    return text[at : _next_line(text, at)] or None


def _line_above(text: str, at: int) -> str | None:
    """The line that ends where a line begins, with its end; None at the beginning of the text."""
    if at == 0:
        return None
    ended = at - (2 if text[at - 2 : at] == "\r\n" else 1)
    return text[_line_start(text, ended) : at]


def _starts_line(text: str, at: int) -> bool:
    return not text[_line_start(text, at) : at].strip()


def _is_blank(line: str | None) -> bool:
    return line is not None and not line.strip()


def _comment_column(line: str) -> int | None:
    """How far in a comment stands; None for a line that is none."""
    bare = line.lstrip(" ")
    return len(line) - len(bare) if bare.startswith("#") else None


def _comma_behind(text: str, at: int, limit: int) -> int | None:
    """The comma that follows an entry, behind spaces and comments; None where there is none before ``limit``."""
    while at < limit:
        if text[at] == "#":
            at = _next_line(text, at)
        elif text[at] == ",":
            return at
        else:
            at += 1
    return None

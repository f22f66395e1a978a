"""The plain part of YAML that people and this program write, read at once: a file of thousands of people must not keep
anybody waiting, and a whole reader of YAML takes seconds for it.

Everything else (anchors, folded texts, comments behind values, values over several lines) is for that whole reader:
what is read here is what it would read, or nothing. All values are texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_KEY = re.compile(r"([a-z_]+):(?: +(.*))?", re.DOTALL)
_ODD_SIGNS = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|\r(?!\n)")
"""Tabs, and what is a line end to some readers or forbidden to others."""
_BEGINS = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~<]")
_NO_PART = re.compile(r":(?:\s|$)|\s#")
_NO_PART_IN_BRACKETS = re.compile(r"[,\[\]{}]|:(?=[\s,\[\]{}]|$)")
_QUOTED = re.compile(r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"')
_IN_BRACKETS = re.compile(r'("(?:[^"\\]|\\.)*"|[^",\[\]{}"]+?)\s*(?=[,\]}]|:\s)')
_DEEPEST = 4

Line = tuple[int, str]


class _OddError(ValueError):
    """Not of the plain part."""


def read_plain(text: str) -> Any | None:
    """What a block mapping or sequence holds, as texts, lists and mappings; None where it is not plain."""
    lines = [] if _ODD_SIGNS.search(text) else list(_lines(text))
    if not lines:
        return None
    try:
        value, at = _block(lines, 0, lines[0][0], 0)
    except _OddError:
        return None
    return value if at == len(lines) else None


def _lines(text: str) -> Iterator[Line]:
    """Indent and content of each line that is neither blank nor a comment."""
    for line in text.split("\n"):
        bare = line.rstrip("\r").rstrip(" ")
        content = bare.lstrip(" ")
        if content and not content.startswith("#"):
            yield len(bare) - len(content), content


def _block(lines: list[Line], at: int, indent: int, deep: int) -> tuple[Any, int]:
    if deep > _DEEPEST:
        raise _OddError
    content = lines[at][1]
    if content.startswith("- "):
        return _sequence(lines, at, indent, deep)
    return _mapping(lines, at, indent, deep)


def _mapping(lines: list[Line], at: int, indent: int, deep: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    while at < len(lines) and lines[at][0] == indent:
        pair = _KEY.fullmatch(lines[at][1])
        if pair is None or pair[1] in found:
            raise _OddError
        at += 1
        if pair[2]:
            found[pair[1]] = _value(pair[2])
        elif at < len(lines) and (lines[at][0] > indent or (lines[at][0] == indent and lines[at][1].startswith("- "))):
            found[pair[1]], at = _block(lines, at, lines[at][0], deep + 1)
        else:
            found[pair[1]] = ""
    if at < len(lines) and lines[at][0] > indent:
        raise _OddError
    return found, at


def _sequence(lines: list[Line], at: int, indent: int, deep: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    while at < len(lines) and lines[at][0] == indent and lines[at][1].startswith("- "):
        rest = lines[at][1][2:].lstrip(" ")
        inner = indent + len(lines[at][1]) - len(rest)
        if rest.startswith("- "):
            raise _OddError
        if rest[0] not in '"[{' and _KEY.fullmatch(rest):
            lines[at] = (inner, rest)
            value, at = _mapping(lines, at, inner, deep + 1)
            found.append(value)
        else:
            found.append(_value(rest))
            at += 1
            if at < len(lines) and lines[at][0] > indent:
                raise _OddError
    return found, at


def _value(text: str) -> Any:
    if text[0] == '"':
        return _unquoted(text)
    if text[0] in "[{":
        value, at = _flow(text, 0, 0)
        if at != len(text):
            raise _OddError
        return value
    return _checked(text)


def _checked(text: str) -> str:
    if not _BEGINS.match(text) or _NO_PART.search(text):
        raise _OddError
    return text


def _unquoted(text: str) -> str:
    if not _QUOTED.fullmatch(text):
        raise _OddError
    value = str(json.loads(text))
    if "\\u" in text and not value.isprintable():  # halves of signs, which the two ways of reading join differently
        raise _OddError
    return value


def _flow(text: str, at: int, deep: int) -> tuple[Any, int]:
    """What stands in brackets or braces from ``at`` on, and where it ends."""
    if deep > _DEEPEST:
        raise _OddError
    close, pairs, items = ("}" if text[at] == "{" else "]"), {}, []
    at = _skip(text, at + 1)
    while at < len(text) and text[at] != close:
        key, at = _flow_value(text, at, deep)
        if close == "}":
            if text[at : at + 2] != ": " or not isinstance(key, str) or key in pairs:
                raise _OddError
            pairs[key], at = _flow_value(text, _skip(text, at + 2), deep)
        else:
            items.append(key)
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != close:
            raise _OddError
    if at >= len(text):
        raise _OddError
    return (pairs if close == "}" else items), at + 1


def _flow_value(text: str, at: int, deep: int) -> tuple[Any, int]:
    if text[at : at + 1] in {"[", "{"}:
        return _flow(text, at, deep + 1)
    found = _IN_BRACKETS.match(text, at)
    if found is None:
        raise _OddError
    if found[1][0] == '"':
        return _unquoted(found[1]), found.end(1)
    if _NO_PART_IN_BRACKETS.search(found[1]):
        raise _OddError
    return _checked(found[1]), found.end(1)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at

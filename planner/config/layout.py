"""Where a list (the sources, a list of words) stands in the text of a configuration: every entry with its first and
last sign.

Positions come from YAML's own tokens and nodes, so that quotes, comments and indentation mean what they mean to it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Any, Literal

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.tokens import (
    AliasToken,
    AnchorToken,
    BlockEntryToken,
    FlowMappingEndToken,
    FlowSequenceEndToken,
    ScalarToken,
    TagToken,
    ValueToken,
)

KEY = "sources"
_CONTENT = (
    *(ScalarToken, AliasToken, AnchorToken, TagToken, ValueToken, BlockEntryToken),
    *(FlowMappingEndToken, FlowSequenceEndToken),
)
_TIES = (AliasToken, AnchorToken)


class LayoutError(ValueError):
    """The list does not stand where it could be edited."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: ``start`` is its dash, in brackets its first sign; ``end`` is exclusive. ``column`` is that of the
    start, ``gap`` what stands between dash and entry. ``tied``: it holds anchors or aliases, so others hang on it."""

    start: int
    end: int
    column: int
    gap: str = " "
    tied: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a configuration writes one of its lists.

    ``form``: "empty" (no document), "missing" (no such key), "null" (a key without a value), "block" (dashes) or "flow"
    (brackets). ``root`` is the form of the mapping that holds it, ``column`` where its keys begin; ``last`` is where
    its last value ends. ``colon`` is the position behind the key's colon, ``value`` the first and last position of what
    it holds. ``keys`` are those that are still to be written, the outermost first; ``inner``: the mapping is not that
    of the whole configuration.
    """

    form: Literal["empty", "missing", "null", "block", "flow"]
    root: Literal["block", "flow"] = "block"
    column: int = 0
    last: int = 0
    colon: int = 0
    value: tuple[int, int] = (0, 0)
    items: tuple[Item, ...] = ()
    keys: tuple[str, ...] = (KEY,)
    inner: bool = False


def layout_of(text: str, keys: tuple[str, ...] = (KEY,)) -> Layout:
    """The layout of the list below ``keys`` in a configuration that can be read. Raises LayoutError where it is too
    strange to be edited."""
    root = YAML(typ="rt", pure=True).compose(io.StringIO(text))
    if root is None:
        return Layout("empty", keys=keys)
    tokens = list(YAML(typ="safe", pure=True).scan(io.StringIO(text)))
    return _within(text, tokens, root, keys, inner=False)


def _within(text: str, tokens: list[Any], root: Node, keys: tuple[str, ...], *, inner: bool) -> Layout:
    if not isinstance(root, MappingNode):
        raise LayoutError("no mapping")
    form: Literal["block", "flow"] = "flow" if root.flow_style else "block"
    column = root.value[0][0].start_mark.column if root.value else 0
    first = root.start_mark.index + (form == "flow")
    last = _end(text, tokens, first, root.end_mark.index - (form == "flow"))
    found = next((pair for pair in root.value if pair[0].value == keys[0]), None)
    if found is None:
        return Layout("missing", form, column, last, keys=keys, inner=inner)
    key, value = found
    colon = next(token for token in tokens if isinstance(token, ValueToken) and _at(token) >= key.end_mark.index)
    behind = colon.end_mark.index
    if value.start_mark.index < behind:
        raise LayoutError("an alias")
    if len(keys) > 1:
        return _within(text, tokens, value, keys[1:], inner=True)
    return _with_value(text, tokens, value, Layout("null", form, column, last, behind, keys=keys, inner=inner))


def _with_value(text: str, tokens: list[Any], value: Node, known: Layout) -> Layout:
    """``known`` with what stands behind the key."""
    span = (value.start_mark.index, value.end_mark.index)
    form: Literal["null", "block", "flow"] = "null"
    items: tuple[Item, ...] = ()
    if isinstance(value, SequenceNode):
        form = "flow" if value.flow_style else "block"
        read = _flow_items if value.flow_style else _block_items
        items = read(text, tokens, value)
    elif not isinstance(value, ScalarNode):
        raise LayoutError("no list")
    elif span[0] == span[1]:  # nothing is written, which is then said to stand behind the comments
        span = (known.colon, known.colon)
    if text[known.colon : span[0]].strip() and form != "block":
        raise LayoutError("something before the value")
    return replace(known, form=form, value=span, items=items)


def _flow_items(text: str, tokens: list[Any], value: SequenceNode) -> tuple[Item, ...]:
    items = []
    for node in value.value:
        start, end = node.start_mark.index, node.end_mark.index
        if not value.start_mark.index < start < end < value.end_mark.index:
            raise LayoutError("an alias")
        items.append(Item(start, end, node.start_mark.column, tied=_is_tied(tokens, start, end)))
    return tuple(items)


def _block_items(text: str, tokens: list[Any], value: SequenceNode) -> tuple[Item, ...]:
    column = value.start_mark.column
    inside = [token for token in tokens if value.start_mark.index <= _at(token) < value.end_mark.index]
    dashes = [each for each in inside if isinstance(each, BlockEntryToken) and each.start_mark.column == column]
    if len(dashes) != len(value.value):
        raise LayoutError("not an entry for every dash")
    items = []
    for number, dash in enumerate(dashes):
        start = _at(dash)
        limit = _at(dashes[number + 1]) if number + 1 < len(dashes) else value.end_mark.index
        end = _end(text, inside, start, limit)
        content = next((_at(each) for each in inside if _at(each) > start), end)
        gap = text[start + 1 : content]
        items.append(Item(start, end, column, gap if gap.isspace() and not _breaks(gap) else " ",
                          _is_tied(inside, start, end)))  # fmt: skip
    return tuple(items)


def _is_tied(tokens: list[Any], start: int, end: int) -> bool:
    return any(isinstance(token, _TIES) and start <= _at(token) < end for token in tokens)


def _at(token: Any) -> int:
    return int(token.start_mark.index)


def _end(text: str, tokens: list[Any], start: int, limit: int) -> int:
    """Where the content that begins in [start, limit) ends: comments and blank lines behind it are none."""
    inside = [token for token in tokens if isinstance(token, _CONTENT) and start <= _at(token) < limit]
    if not inside:
        return start
    last = max(inside, key=lambda token: int(token.end_mark.index))
    end = int(last.end_mark.index)
    if isinstance(last, ScalarToken) and last.style in {"|", ">"}:
        written = text[_at(last) : end]
        if "+" in written.splitlines()[0].partition("#")[0]:  # its blank lines are content
            return end - len(written) + len(written.removesuffix("\n").removesuffix("\r"))
        return end - len(written) + len(written.rstrip())
    return end


def _breaks(text: str) -> bool:
    return "\n" in text or "\r" in text

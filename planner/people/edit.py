"""Changes of ``people.yaml`` that touch nothing else: comments, order and forms of writing stay. Text in, text out;
what is written is checked by reading it again (`planner.people.keeping`).

All functions raise LayoutError where the text is written in a way that they would have to destroy.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from planner.config.layout import Item, Layout, LayoutError, layout_of
from planner.config.scalars import written
from planner.config.splice import added, applied, removed
from planner.people.sections import Entry, sections_of

Values = Mapping[str, object]
"""What an entry or an item holds: texts, days, flags, lists of texts or of such mappings."""


def with_entries(text: str, name: str, entries: Sequence[Values], newline: str) -> str:
    """More entries at the end of a list."""
    first, *others = entries
    text = applied(text, added(text, _layout(text, name), first, newline))
    layout = _layout(text, name)  # by now one entry below the other, whatever it was
    return applied(text, [cut for values in others for cut in added(text, layout, values, newline)])


def without_entry(text: str, name: str, number: int) -> str:
    """The text without an entry (counted from 0) and the comments that belong to it."""
    return applied(text, removed(text, _layout(text, name), number))


def with_item(text: str, entry: Entry, key: str, item: Values | str, newline: str) -> str:
    """One more item in a list of an entry; a text alone becomes the first of several."""

    def changed(own: str) -> str:
        layout = layout_of(own, (key,))
        if layout.form == "null" and own[slice(*layout.value)].strip():
            start, end = layout.value
            alone = YAML(typ="base", pure=True).load(io.StringIO(own))[key]
            own = f"{own[:start]}[{written(alone)}]{own[end:]}"
            layout = layout_of(own, (key,))
        return applied(own, added(own, replace(layout, inner=True), item, newline))

    return _within(text, entry, changed)


def with_value(text: str, entry: Entry, path: Sequence[str | int], value: object, newline: str) -> str:
    """One value of an entry set: ``path`` leads to it (``("favours", 0, "state")``)."""

    def changed(own: str) -> str:
        node: Node = YAML(typ="base", pure=True).compose(io.StringIO(own))
        for part in path[:-1]:
            node = _inner(node, part)
        if not isinstance(node, MappingNode) or not node.value:
            raise LayoutError("no mapping")
        pair = next((each for each in node.value if each[0].value == path[-1]), None)
        if pair is not None:
            start, end = pair[1].start_mark.index, pair[1].end_mark.index
            if not isinstance(pair[1], ScalarNode) or pair[1].style in {"|", ">"} or start == end:
                raise LayoutError("no plain value")
            return own[:start] + written(value) + own[end:]
        return _with_pair(own, node, f"{path[-1]}: {written(value)}", newline)

    return _within(text, entry, changed)


def _with_pair(own: str, node: MappingNode, pair: str, newline: str) -> str:
    """One more pair in a mapping, behind its first one: its name."""
    key, first = node.value[0]
    at = first.end_mark.index
    if node.flow_style:
        return f"{own[:at]}, {pair}{own[at:]}"
    if (
        not isinstance(first, ScalarNode)
        or first.style in {"|", ">"}
        or len(own[key.start_mark.index : at].splitlines()) > 1
    ):
        raise LayoutError("no plain value")
    at = int(own.find("\n", at) + 1 or len(own))
    line = " " * int(key.start_mark.column) + pair
    return own[:at] + (line + newline if own[at - 1] == "\n" else newline + line) + own[at:]


def _layout(text: str, name: str) -> Layout:
    """How a list is written, as far as putting in and taking out ask."""
    sections = sections_of(text)
    if sections is None:
        raise LayoutError("other lists")
    section = sections.get(name)
    if section is None:
        form = "missing" if any(line.strip() for line in text.splitlines()) else "empty"
        return Layout(form, keys=(name,))  # type: ignore[arg-type]
    colon = section.key + len(name) + 1
    if not section.entries:
        value = text.find("]", colon) + 1 if section.is_empty else colon
        start = text.find("[", colon) if section.is_empty else colon
        return Layout("flow" if section.is_empty else "null", colon=colon, value=(start, value), keys=(name,))
    return Layout("block", colon=colon, items=tuple(map(_item, section.entries)), keys=(name,))


def _item(entry: Entry) -> Item:
    own = _own(entry).rstrip()
    content = own[entry.column + 1 :]
    gap = content[: len(content) - len(content.lstrip(" "))]
    return Item(entry.start + entry.column, entry.start + len(own), entry.column, gap or " ")


def _within(text: str, entry: Entry, changed: Callable[[str], str]) -> str:
    """The text with one entry changed: its dash is a blank meanwhile, so that it is a mapping by itself."""
    own = _own(entry)
    dash = entry.column
    after = changed(f"{own[:dash]} {own[dash + 1 :]}")
    if after[:dash].strip() or after[dash : dash + 1] != " ":
        raise LayoutError("no room for the dash")
    return text[: entry.start] + f"{after[:dash]}-{after[dash + 1 :]}" + text[entry.start + len(own) :]


def _own(entry: Entry) -> str:
    """The lines of an entry: blank lines and comments at their end that stand no further in are not its own."""
    lines = entry.text.splitlines(keepends=True)
    while len(lines) > 1 and not _is_own(lines[-1], entry.column):
        lines.pop()
    return "".join(lines)


def _is_own(line: str, column: int) -> bool:
    bare = line.lstrip(" ")
    return bool(bare.strip()) and (not bare.startswith("#") or len(line) - len(bare) > column)


def _inner(node: Node, part: str | int) -> Node:
    found: Node | None = None
    if isinstance(node, MappingNode):
        found = next((value for key, value in node.value if key.value == part), None)
    elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        found = node.value[part]
    if found is None:
        raise LayoutError("not there")
    return found

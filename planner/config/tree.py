"""YAML text -> plain values, with the place of every key and value.

YAML 1.2: ``19:00`` and ``no`` stay what they are. No tag builds an object, and aliases cannot blow up.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

MAX_NODES = 200_000
_PLAIN_TAGS = ("tag:yaml.org,2002:",)
_MAX_DEPTH = 40
_AT_THE_END_OF_ALL = re.compile("end of stream|stream end")
TOO_DEEP, TOO_MUCH, OTHER_VERSION = "nested too deep", "too_much", "another version of YAML"
_OTHER_VERSION = re.compile(r"^%YAML\b(?![ \t]+1\.[12][ \t]*(?:#.*)?$)", re.MULTILINE)
_TOO_DEEP = re.compile(r"[\[{](?:[^\[{\]}]*+[\[{]){99}")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_AT_THE_END = ",，;；"
_CURLY_OPENING, _CURLY_CLOSING = "“‘”’„‟＂＇", "”’“‘‟＂＇\"'"

Location = tuple[int | str, ...]


class Place(NamedTuple):
    """A line and a column, counted from one; columns in signs."""

    line: int
    column: int


class NotYamlError(Exception):
    """Where reading stopped: ``problem`` in the parser's words; ``begun`` is where that began which it was reading."""

    def __init__(self, problem: str, place: Place | None, begun: Place | None = None) -> None:
        super().__init__(problem)
        self.problem, self.place, self.begun = problem, place, begun


class Oddity(NamedTuple):
    """What no configuration may hold: its code in the catalogue (``config.…``) and the values of that text."""

    place: Place
    at: Location
    code: str
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class Tree:
    """A document as plain values. ``keys`` tells where keys and entries stand, ``values`` where their values begin,
    ``lasts`` the last line of each; ``folded`` the first and last lines of plain texts that go on over several."""

    value: Any
    keys: dict[Location, Place] = field(default_factory=dict)
    values: dict[Location, Place] = field(default_factory=dict)
    lasts: dict[Location, int] = field(default_factory=dict)
    oddities: list[Oddity] = field(default_factory=list)
    folded: list[tuple[int, int]] = field(default_factory=list)

    def place(self, at: Location, *, of_key: bool) -> Place | None:
        """Where a key stands, or its value where that begins in the same line; else where the nearest thing around it
        stands."""
        for length in range(len(at), -1, -1):
            key = self.keys.get(at[:length])
            if key is not None:
                value = self.values.get(at[:length], key)
                whole = length == len(at) and not of_key
                return value if whole and value.line == key.line else key
        return None

    def nearest(self, place: Place) -> Location:
        """The key or entry that stands last before a place in its line, or first behind it; () where there is none."""
        beside = {at: (each.column, len(at)) for at, each in self.keys.items() if each.line == place.line and at}
        before = [at for at, (column, _) in beside.items() if column <= place.column]
        if before:
            return max(before, key=lambda at: beside[at])
        return min(beside, key=lambda at: beside[at], default=())

    def moved(self, to: Callable[[Place], Place]) -> Tree:
        """The same with other places."""
        return replace(
            self,
            keys={at: to(place) for at, place in self.keys.items()},
            values={at: to(place) for at, place in self.values.items()},
            oddities=[each._replace(place=to(each.place)) for each in self.oddities],
        )


def read(text: str) -> Tree:
    """The values of a document; an empty one holds an empty mapping. Raises NotYamlError."""
    if deep := _TOO_DEEP.search(text):  # where the parser would spend minutes
        raise NotYamlError(TOO_DEEP, _place_at(text, deep.start()))
    if other := _OTHER_VERSION.search(text):  # the parser breaks off with errors of Python's own
        raise NotYamlError(OTHER_VERSION, _place_at(text, other.start()))
    try:
        node = YAML(typ="rt", pure=True).compose(io.StringIO(text))
    except MarkedYAMLError as exc:
        problem, place, begun = exc.problem or "", _place(exc.problem_mark), _place(exc.context_mark)
        if begun is not None and _AT_THE_END_OF_ALL.search(problem):  # what was begun there swallowed all the rest
            place, begun = begun, place
        raise NotYamlError(problem, place, begun) from exc
    except YAMLError as exc:
        position = getattr(exc, "position", None)
        place = None if position is None else _place_at(text, position)
        raise NotYamlError(getattr(exc, "reason", type(exc).__name__), place) from exc
    except RecursionError as exc:
        raise NotYamlError(TOO_DEEP, None) from exc
    if node is None:
        return Tree({})
    builder = _Builder()
    value = builder.build(node, ())
    return Tree(value, builder.keys, builder.values, builder.lasts, builder.oddities, builder.folded)


def _place(mark: Any) -> Place | None:
    return None if mark is None else Place(mark.line + 1, mark.column + 1)


def _place_at(text: str, position: int) -> Place:
    before = text[:position]
    return Place(before.count("\n") + 1, position - before.rfind("\n"))


class _Builder:
    """YAML nodes -> plain values."""

    def __init__(self) -> None:
        self.keys: dict[Location, Place] = {}
        self.values: dict[Location, Place] = {}
        self.lasts: dict[Location, int] = {}
        self.oddities: list[Oddity] = []
        self.folded: list[tuple[int, int]] = []
        self._left = MAX_NODES

    def build(self, node: Node, at: Location) -> Any:
        self._left -= 1
        start = node.start_mark
        place = Place(start.line + 1, start.column + 1)
        self.keys.setdefault(at, place)
        self.values[at] = place
        self.lasts[at] = node.end_mark.line + 1
        if self._left < 0 or len(at) > _MAX_DEPTH:
            if self._left != -2:
                self._odd(place, at, TOO_MUCH)
            self._left = -2
            return None
        if node.tag and not str(node.tag).startswith(_PLAIN_TAGS):
            self._odd(place, at, "tag")
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, at)
        if isinstance(node, SequenceNode):
            return [self.build(child, (*at, index)) for index, child in enumerate(node.value)]
        if not isinstance(node, ScalarNode):
            return None
        if node.style is None and node.end_mark.line > start.line and node.value:
            self.folded.append((place.line, node.end_mark.line + 1))
        return scalar(node)

    def _mapping(self, node: MappingNode, at: Location) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _key(key_node) if isinstance(key_node, ScalarNode) else None
            place = Place(key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if key is None or str(key) in result:
                where = (*at, str(key))
                if key is None:
                    self._odd(place, where, "key")
                else:
                    self._odd(place, where, "key_twice", line=self.keys[where].line)
                continue
            name = str(key)
            self.keys[(*at, name)] = place
            value = self.build(value_node, (*at, name))
            if isinstance(value_node, ScalarNode) and not node.flow_style and value_node.style is None:
                value = _without_end(value_node, value)
            result[name] = value
        return result

    def _odd(self, place: Place, at: Location, code: str, **values: object) -> None:
        self.oddities.append(Oddity(place, at, code, values))


def _without_end(node: ScalarNode, value: Any) -> Any:
    """The value of a plain text in a line of its own without the comma that other languages put there."""
    text = str(node.value)
    if not text.endswith(tuple(_AT_THE_END)):
        return value
    return _of_plain(text.rstrip(_AT_THE_END + " "))


def _key(node: ScalarNode) -> Any:
    """A key; odd blanks before it are part of it, so that nobody takes it for one that stands where it should."""
    text = str(node.value)
    return scalar(node) if text == text.strip() else text


def scalar(node: ScalarNode) -> Any:
    """The value of a scalar by YAML 1.2's core schema (10.3.2): quoted is text, plain may be a number."""
    text = str(node.value)
    return text if node.style in {"'", '"', "|", ">"} else _of_plain(text)


def _of_plain(given: str) -> Any:
    """The value of a plain scalar. Blanks and quotes of other scripts around it are no part of it."""
    text = given.strip().strip(_INVISIBLE) if given else given
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text in {"true", "True", "TRUE"}:
        return True
    if text in {"false", "False", "FALSE"}:
        return False
    if text[0] in _CURLY_OPENING and len(text) > 1 and text[-1] in _CURLY_CLOSING:
        inner = text[1:-1]
        return inner if not any(sign in inner for sign in _CURLY_OPENING + '"') else text
    for number in (int, float):
        try:
            value = number(text)
        except ValueError:
            continue
        return value if "_" not in text and text.lower().strip("+-") not in {"inf", "infinity", "nan"} else text
    return text

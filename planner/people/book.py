"""``people.yaml`` as it was read: each person apart, so that one that is wrong costs itself alone, and a question about
one reads no other."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from planner.errors import ConfigError, Problem
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.people import understand
from planner.people.person import People, Person
from planner.people.plain import read_plain
from planner.people.sections import LISTS, PEOPLE, PRACTISED, Entry, Section, sections_of
from planner.text import casefold
from spiders.failures import os_reason

MOST_BYTES = 50_000_000
_BOM = "\ufeff"
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Known:
    """One person with the entry that tells of it; None where the whole file is written in another way than ours."""

    person: Person
    entry: Entry | None


@dataclass(frozen=True, kw_only=True)
class Book:
    """The file at one moment. ``raw`` is None where there is none. ``sections`` is None where the lists are not written
    one entry below the other: then it is read as a whole, and cannot be written."""

    path: Path
    words: Catalog
    raw: bytes | None
    text: str = ""
    sections: Mapping[str, Section] | None = field(default_factory=dict)

    def entries(self, name: str = PEOPLE) -> tuple[Entry, ...]:
        """The entries of a list, in their order."""
        section = (self.sections or {}).get(name)
        return section.entries if section else ()

    @cached_property
    def known(self) -> tuple[Known, ...]:
        """Everybody, in the order of the file. Raises ConfigError where nothing can be read."""
        return tuple(Known(person=person, entry=entry) for entry, (person, _) in self._persons if person is not None)

    @cached_property
    def _persons(self) -> list[tuple[Entry | None, tuple[Person | None, list[understand.Wrong]]]]:
        return [(entry, understand.person_of(values)) for entry, values in self._values[PEOPLE]]

    def called(self, name: str) -> tuple[Known, ...]:
        """Those whose entry holds these words, to look at more closely: reading all of thousands takes longer."""
        if self.sections is None:
            return self.known
        words = casefold(name).split()
        near = (
            entry
            for entry in self.entries()
            if "\\" in entry.text or all(word in folded for folded in (casefold(entry.text),) for word in words)
        )
        read = ((entry, understand.person_of(_read(entry))[0]) for entry in near)
        return tuple(Known(person=person, entry=entry) for entry, person in read if person is not None)

    def at(self, number: int) -> Person | None:
        """The person of an entry, from 0; None where it has no name."""
        return understand.person_of(_read(self.entries()[number]))[0]

    @cached_property
    def people(self) -> People:
        """All that can be understood. Raises ConfigError where nothing can be read."""
        practised = (understand.practice_of(values)[0] for _, values in self._values[PRACTISED])
        return People(
            people=tuple(each.person for each in self.known),
            practised=tuple(each for each in practised if each is not None),
        )

    def problems(self) -> list[Problem]:
        """All that is wrong, with its lines. Raises ConfigError where nothing can be read."""
        practised = [(entry, understand.practice_of(values)) for entry, values in self._values[PRACTISED]]
        sides = ((PEOPLE, [(entry, wrong) for entry, (_, wrong) in self._persons]),
                 (PRACTISED, [(entry, wrong) for entry, (_, wrong) in practised]))  # fmt: skip
        found: list[Problem] = []
        for name, told in sides:
            for number, (entry, wrong) in enumerate(told):
                if entry is not None and self._values[name][number][1] is _UNREADABLE:
                    line = entry.line + _fault_at(entry.text)
                    found.append(Problem(line, f"{name}.{number + 1}", self.words("people.wrong_yaml")))
                else:
                    found += [self._problem(name, number, entry, each) for each in wrong]
        return found

    @cached_property
    def _values(self) -> Mapping[str, list[tuple[Entry | None, Any]]]:
        """What each entry of a list holds, read once."""
        if self.sections is not None:
            return {name: [(entry, _read(entry)) for entry in self.entries(name)] for name in LISTS}
        listed = {name: self._whole.get(name) for name in LISTS}
        return {
            name: [(None, one) for one in (each if isinstance(each, list) else [])] for name, each in listed.items()
        }

    @cached_property
    def _whole(self) -> Mapping[str, Any]:
        try:
            found = YAML(typ="base", pure=True).load(io.StringIO(self.text))
        except (YAMLError, RecursionError, ValueError) as exc:
            mark = exc.problem_mark if isinstance(exc, MarkedYAMLError) else None
            raise self._error("not_yaml", mark.line + 1 if mark else None) from exc
        if not isinstance(found, dict) or not found.keys() <= {PEOPLE, PRACTISED}:
            raise self._error("no_lists", 1)
        return found

    def _problem(self, name: str, number: int, entry: Entry | None, wrong: understand.Wrong) -> Problem:
        path: understand.Path = (0, *wrong.path) if entry else (name, number, *wrong.path)
        line = _line_at(entry.text if entry else self.text, path) + (entry.line if entry else 1)
        key = ".".join(str(part + 1 if isinstance(part, int) else part) for part in (name, number, *wrong.path))
        return Problem(line, key, self.words(f"people.wrong_{wrong.what}", right=wrong.right))

    def _error(self, key: str, line: int | None) -> ConfigError:
        return ConfigError(self.path.name, [Problem(line, "", self.words(f"people.{key}"))])


_UNREADABLE = object()


def open_book(path: Path, words: Catalog) -> Book:
    """Read the file. Raises ConfigError where it cannot be read at all; one that is not there is empty."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return Book(path=path, words=words, raw=None)
    except OSError as exc:
        why = translate(os_reason(exc), words.language)
        raise ConfigError(path.name, [Problem(None, "", words("people.unreadable", why=why))]) from exc
    return book_of(path, raw, words)


def book_of(path: Path, raw: bytes, words: Catalog) -> Book:
    """A file of these bytes. Raises ConfigError."""
    if len(raw) > MOST_BYTES:
        raise ConfigError(path.name, [Problem(None, "", words("config.too_large", bytes=MOST_BYTES))])
    try:
        text = raw.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as exc:
        line = raw.count(b"\n", 0, exc.start) + 1
        raise ConfigError(path.name, [Problem(line, "", words("config.not_utf8"))]) from exc
    return Book(path=path, words=words, raw=raw, text=text, sections=sections_of(text))


def is_readable(entry: Entry) -> bool:
    """Whether an entry is YAML."""
    return _read(entry) is not _UNREADABLE


def _read(entry: Entry) -> Any:
    """What one entry holds; `_UNREADABLE` where that is no YAML."""
    found = read_plain(entry.text)
    if found is None:
        try:
            found = YAML(typ="base", pure=True).load(io.StringIO(entry.text))
        except (YAMLError, RecursionError, ValueError):
            return _UNREADABLE
    return found[0] if isinstance(found, list) and len(found) == 1 else _UNREADABLE


def _fault_at(text: str) -> int:
    """In which line of a text (from 0) it ceases to be YAML."""
    try:
        YAML(typ="base", pure=True).load(io.StringIO(text))
    except MarkedYAMLError as exc:
        is_unended = "end of stream" in str(exc.problem)  # where it began says more
        mark = (exc.context_mark if is_unended else None) or exc.problem_mark
        return min(int(mark.line) if mark else 0, len(text.rstrip().splitlines()) - 1)
    except (YAMLError, RecursionError, ValueError):
        pass
    return 0


def _line_at(text: str, path: understand.Path) -> int:
    """In which line of a text (from 0) the value at a path stands, or what of the path there is."""
    node: Node | None = YAML(typ="base", pure=True).compose(io.StringIO(text))
    line = 0
    for part in path:
        if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line
        elif isinstance(node, MappingNode):
            pair = next((each for each in node.value if each[0].value == part), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line, pair[1]
        else:
            break
    return line

"""From what stands in ``people.yaml`` to its values: what is wrong is told with its place, never with the words that
stand there, and costs no more than itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from planner.people.person import (
    KINDS,
    LANGUAGES,
    ROLES,
    SKILLS,
    STATES,
    WAYS,
    Favour,
    Meeting,
    Person,
    Practice,
    Promise,
)

MOST_NAME, MOST_TEXT = 200, 2_000
Path = tuple[str | int, ...]
T = TypeVar("T")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YES, _NO = frozenset({"true", "yes", "是"}), frozenset({"false", "no", "否", ""})
_OF_A_PERSON = frozenset(
    {"name", "role", "content", "language", "cares", "notes", "contact", "met", "favours", "promises"}
)


class Wrong(NamedTuple):
    """What is wrong below ``path`` of an entry: the key of a text (``people.wrong_…``), and what would be right."""

    path: Path
    what: str
    right: str = ""


class _Reader:
    """Reads one entry and gathers what is wrong in it."""

    def __init__(self) -> None:
        self.wrong: list[Wrong] = []

    def no(self, path: Path, what: str, right: str = "") -> None:
        self.wrong.append(Wrong(path, what, right))

    def text(self, values: Mapping[str, Any], key: str, path: Path, *, needed: bool = False) -> str | None:
        if key not in values and not needed:
            return None
        value = values.get(key, "")
        if not isinstance(value, str) or len(value) > (MOST_NAME if key == "name" else MOST_TEXT):
            self.no((*path, key), "text")
            return None
        if needed and not value.strip():
            self.no((*path, key), "missing")
        return value.strip() or None

    def day(self, values: Mapping[str, Any], key: str, path: Path, *, needed: bool = False) -> date | None:
        if key not in values and not needed:
            return None
        value = values.get(key, "")
        if value in ("", "null", "~"):
            if needed:
                self.no((*path, key), "missing")
            return None
        try:
            if isinstance(value, str) and _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.no((*path, key), "day")
        return None

    def one_of(
        self, values: Mapping[str, Any], key: str, path: Path, known: Sequence[T], *, needed: bool = False
    ) -> T | None:
        if key not in values and not needed:
            return None
        value = values.get(key, "")
        if value in known:
            return known[known.index(value)]
        if value or needed:
            self.no((*path, key), "one_of", ", ".join(map(str, known)))
        return None

    def flag(self, values: Mapping[str, Any], key: str, path: Path) -> bool:
        if key not in values:
            return False
        value = values[key]
        if not isinstance(value, str) or value.casefold() not in _YES | _NO:
            self.no((*path, key), "one_of", "true, false")
            return False
        return value.casefold() in _YES

    def texts(self, values: Mapping[str, Any], key: str) -> tuple[str, ...]:
        if key not in values:
            return ()
        value = values[key]
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list) or not all(isinstance(each, str) and len(each) <= MOST_TEXT for each in found):
            self.no((key,), "texts")
            return ()
        return tuple(each.strip() for each in found if each.strip())

    def each(
        self,
        values: Mapping[str, Any],
        key: str,
        known: Sequence[str],
        made: Callable[[Mapping[str, Any], Path], T | None],
    ) -> tuple[T, ...]:
        """A list of mappings with ``known`` keys."""
        value = values.get(key)
        if not value:
            return ()
        if not isinstance(value, list):
            self.no((key,), "list", ", ".join(known))
            return ()
        found = []
        for number, one in enumerate(value):
            if not isinstance(one, Mapping):
                self.no((key, number), "list", ", ".join(known))
                continue
            self.keys(one, (key, number), known)
            found.append(made(one, (key, number)))
        return tuple(one for one in found if one is not None)

    def keys(self, values: Mapping[str, Any], path: Path, known: Sequence[str] | frozenset[str]) -> None:
        for key in values:
            if key not in known:
                self.no((*path, str(key)), "key", ", ".join(sorted(known)))


def person_of(values: Any) -> tuple[Person | None, list[Wrong]]:
    """One entry of ``people:``; None where it has no name. What is wrong beside that is left out."""
    read = _Reader()
    if not isinstance(values, Mapping):
        return None, [Wrong((), "list", ", ".join(sorted(_OF_A_PERSON)))]
    read.keys(values, (), _OF_A_PERSON)
    name = read.text(values, "name", (), needed=True)
    met = read.each(values, "met", ("day", "at", "circle"), lambda one, path: _meeting(read, one, path))
    person = Person(
        name=name or "",
        role=read.one_of(values, "role", (), ROLES),
        content=read.flag(values, "content", ()),
        language=read.one_of(values, "language", (), LANGUAGES),
        cares=read.texts(values, "cares"),
        notes=read.texts(values, "notes"),
        contact=read.day(values, "contact", ()),
        met=met,
        favours=read.each(
            values, "favours", ("day", "way", "what", "kind", "state"), lambda one, path: _favour(read, one, path)
        ),
        promises=read.each(values, "promises", ("what", "by", "kept"), lambda one, path: _promise(read, one, path)),
    )
    return (person if name else None), read.wrong


def practice_of(values: Any) -> tuple[Practice | None, list[Wrong]]:
    """One entry of ``practised:``; None where day or skill are missing."""
    read = _Reader()
    known = ("day", "skill", "at", "how")
    if not isinstance(values, Mapping):
        return None, [Wrong((), "list", ", ".join(known))]
    read.keys(values, (), known)
    on, skill = read.day(values, "day", (), needed=True), read.one_of(values, "skill", (), SKILLS, needed=True)
    at, how = read.text(values, "at", ()), read.text(values, "how", ())
    return (Practice(on=on, skill=skill, at=at, how=how) if on and skill else None), read.wrong


def _meeting(read: _Reader, one: Mapping[str, Any], path: Path) -> Meeting | None:
    on = read.day(one, "day", path, needed=True)
    at, circle = read.text(one, "at", path), read.text(one, "circle", path)
    return Meeting(on=on, at=at, circle=circle) if on else None


def _favour(read: _Reader, one: Mapping[str, Any], path: Path) -> Favour | None:
    on, what = read.day(one, "day", path, needed=True), read.text(one, "what", path, needed=True)
    way, kind = read.one_of(one, "way", path, WAYS, needed=True), read.one_of(one, "kind", path, KINDS)
    state = read.one_of(one, "state", path, STATES)
    return Favour(on=on, way=way, what=what, kind=kind, state=state or "done") if on and what and way else None


def _promise(read: _Reader, one: Mapping[str, Any], path: Path) -> Promise | None:
    what, by, is_kept = (
        read.text(one, "what", path, needed=True),
        read.day(one, "by", path),
        read.flag(one, "kept", path),
    )
    return Promise(what=what, by=by, is_kept=is_kept) if what else None

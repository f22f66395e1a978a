"""What of a configuration is a member's own: read with all its mistakes at once, and laid over the organisation's.

The organisation decides where it looks and on which clocks; a member decides what a week of theirs should hold. A key
that a member names takes the place of the organisation's, below ``week`` key by key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from planner.config import Config
from planner.config.load import parse
from planner.config.mail import Address, several_addresses
from planner.config.tree import NotYamlError, Tree, read
from planner.errors import ConfigError, Problem
from planner.i18n.catalog import Catalog

THEIRS = frozenset(
    {"home", "seller", "interests", "chain", "tracks", "balance", "week", "currency", "language", "mail"}
)
"""The keys that a member may set; ``mail: {to: …}`` is where their letter goes, by the organisation's server."""
_NEVER = {"mail": None, "notify": None, "monitor": None, "inbox": None, "llm": None}
"""What the keeper has set up for themselves is no member's."""
_TO: TypeAdapter[tuple[str, ...]] = TypeAdapter(
    Annotated[tuple[Address, ...], BeforeValidator(several_addresses), Field(min_length=1, max_length=3)]
)


def understood(text: str, name: str, words: Catalog) -> dict[str, Any]:
    """A member's part of a configuration, as plain values. Raises ConfigError (of ``name``) with every mistake in it,
    in the language that the text asks for."""
    try:
        tree = read(text)
    except NotYamlError:
        tree = Tree({})
    value = tree.value if isinstance(tree.value, dict) else {}
    problems = [*_not_theirs(value, tree, words), *_of_mail(value, tree, words), *_of_calendars(value, tree, words)]
    try:
        parse(_without(text, value, tree, {"mail"}).encode("utf-8", "replace"), name, words)
    except ConfigError as exc:
        told = {problem.line for problem in problems if problem.line is not None}
        problems += [each for each in exc.problems if each.line is None or each.line not in told]
    if problems:
        raise ConfigError(name, sorted(problems, key=lambda each: (each.line or 0, each.column or 0)))
    return value


def understood_cells(cells: Mapping[str, str], name: str, words: Catalog) -> dict[str, Any]:
    """The same out of a row of a table: dotted keys -> texts; empty ones say nothing. Raises ConfigError."""
    value: dict[str, Any] = {}
    for key, cell in cells.items():
        if cell.strip():
            *path, last = key.strip().split(".")
            inner = value
            for step in path:
                inner = inner.setdefault(step, {})
                if not isinstance(inner, dict):
                    raise ConfigError(name, [Problem(None, key, words("members.column_twice"))])
            inner[last] = cell.strip()
    try:
        return understood(json.dumps(value, ensure_ascii=False, indent=1), name, words)
    except ConfigError as exc:  # of lines nobody knows here
        raise ConfigError(name, [Problem(None, each.key, each.message) for each in exc.problems]) from exc


def personal(organisation: Config, wishes: Mapping[str, Any]) -> Config:
    """The configuration that a member's week is planned by. Raises ValidationError for wishes that an earlier version
    took and this one does not."""
    own = Config.model_validate({key: value for key, value in wishes.items() if key != "mail"})
    changed: dict[str, Any] = {key: getattr(own, key) for key in own.model_fields_set}
    if "week" in changed:
        told = {key: getattr(own.week, key) for key in own.week.model_fields_set}
        changed["week"] = organisation.week.model_copy(update={"busy": (), **told})
    else:
        changed["week"] = organisation.week.model_copy(update={"busy": ()})
    if organisation.mail is not None and "mail" in wishes:
        changed["mail"] = organisation.mail.model_copy(update={"to": _TO.validate_python(wishes["mail"]["to"])})
    output = organisation.output.model_copy(update={"put": None})
    return organisation.model_copy(update={**_NEVER, "output": output, **changed})


def _not_theirs(value: Mapping[str, Any], tree: Tree, words: Catalog) -> Iterator[Problem]:
    for key in value:
        if key in Config.model_fields and key not in THEIRS:
            yield _problem(tree, (key,), words("members.not_theirs"))


def _of_mail(value: Mapping[str, Any], tree: Tree, words: Catalog) -> Iterator[Problem]:
    if "mail" not in value:
        return
    mail = value["mail"]
    try:
        if not isinstance(mail, dict) or mail.keys() != {"to"}:
            raise TypeError
        _TO.validate_python(mail["to"])
    except (TypeError, ValidationError):
        yield _problem(tree, ("mail",), words("members.mail"))


def _of_calendars(value: Mapping[str, Any], tree: Tree, words: Catalog) -> Iterator[Problem]:
    """Files of the machine are the organisation's: nobody else's word may name one."""
    week = value.get("week")
    busy = week.get("busy") if isinstance(week, dict) else None
    for each in busy if isinstance(busy, list) else [busy]:
        names_file = isinstance(each, str) and "://" not in each
        if names_file or (isinstance(each, dict) and {"file", "headers_from"} & each.keys()):
            yield _problem(tree, ("week", "busy"), words("members.no_files"))


def _problem(tree: Tree, at: tuple[str, ...], message: str) -> Problem:
    place = tree.place(at, of_key=True)
    return Problem(place and place.line, ".".join(at), message, place and place.column)


def _without(text: str, value: Mapping[str, Any], tree: Tree, keys: set[str]) -> str:
    """The text without some of its keys, every other line where it was."""
    lines = text.split("\n")
    for key in keys & value.keys():
        place, last = tree.keys.get((key,)), tree.lasts.get((key,))
        if place is None or last is None or place.column != 1:  # in one line with others
            return json.dumps({name: each for name, each in value.items() if name not in keys}, ensure_ascii=False)
        lines[place.line - 1 : last] = [""] * (last - place.line + 1)
    return "\n".join(lines)

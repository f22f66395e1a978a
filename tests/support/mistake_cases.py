"""The cases of mistakes in a configuration: what somebody wrote, and what a kind program makes of it.

They lie in ``tests/cases/config_mistakes/*.toml``: ``typical.toml`` was written before the program knew any of them,
``variations.toml`` after it did. A file is a list of ``[[case]]``:

- ``name``; ``config``, the text of the file. It is read in both languages unless it asks for one.
- ``told``: the problems, all of them and in their order. ``at`` is "line:column" (counted from one, columns in signs);
  ``key`` the dotted key, where one is expected; ``says`` what must stand in the message, ``hidden`` what may stand
  nowhere: a list, or one for ``zh`` and one for ``en``.
- or ``means``: what is understood, by dotted key. Sets of days are told in their order, keywords by their words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from planner.config import Config, parse
from planner.config.model import Word
from planner.errors import ConfigError, Problem
from planner.i18n.catalog import LANGUAGES, Catalog

FOLDER = Path(__file__).parents[1] / "cases" / "config_mistakes"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One problem that is expected."""

    at: str
    key: str | None = None
    says: Any = ()
    hidden: Sequence[str] = ()

    def faults(self, problem: Problem, language: str, whole: str) -> Iterator[str]:
        """In what the problem that was told differs from this one."""
        place = f"{problem.line}:{problem.column}"
        if place != self.at:
            yield f"{self.at}: told at {place}"
        if self.key is not None and problem.key != self.key:
            yield f"{self.at}: told of {problem.key}"
        says = self.says[language] if isinstance(self.says, Mapping) else self.says
        yield from (f"{self.at}: {word} is not said: {problem.message}" for word in says if word not in problem.message)
        yield from (f"{self.at}: {word} is shown" for word in self.hidden if word in whole)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One configuration with what is expected of it."""

    name: str
    config: str
    told: tuple[Told, ...] = ()
    means: Mapping[str, Any]

    def faults(self, language: str) -> list[str]:
        """In what the program falls short of what is expected, in one language."""
        try:
            config = parse(self.config.encode(), "config.yaml", Catalog(language))
        except ConfigError as exc:
            if len(exc.problems) != len(self.told):
                return [f"{len(self.told)} problems expected, told: {exc}"]
            pairs = zip(self.told, exc.problems, strict=True)
            return [fault for told, problem in pairs for fault in told.faults(problem, language, exc.shown)]
        if self.told:
            return ["nothing is told"]
        understood = {key: _at(config, key) for key in self.means}
        return [f"{key}: {value!r}" for key, value in understood.items() if value != self.means[key]]


def _at(config: Config, key: str) -> Any:
    """A value of the configuration as the cases write it."""
    value: Any = config
    for step in key.split("."):
        value = value[int(step)] if step.isdecimal() else getattr(value, step)
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return [_plain(each) for each in sorted(value)]
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Word):
        return value.word if value.weight == 1 else {value.word: value.weight}
    return str(value) if isinstance(value, date) else value


@cache
def cases(file: str) -> tuple[Case, ...]:
    """The cases of one file."""
    with (FOLDER / f"{file}.toml").open("rb") as opened:
        return tuple(
            Case(
                name=entry["name"],
                config=entry["config"],
                told=tuple(Told(**told) for told in entry.get("told", ())),
                means=entry.get("means", {}),
            )
            for entry in tomllib.load(opened)["case"]
        )


def both_languages(file: str) -> list[tuple[str, Case]]:
    """Every case of a file in every language."""
    return [(language, case) for case in cases(file) for language in LANGUAGES]

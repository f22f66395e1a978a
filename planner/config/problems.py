"""What is wrong with a configuration, in words: what the model refuses, and what cannot be read."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from planner.config.known import example_at, homes_of, keys_at, meant_by
from planner.config.mistakes.mend import Mend
from planner.config.secrecy import may_be_quoted, may_be_shown
from planner.config.tree import OTHER_VERSION, TOO_DEEP, Location, Oddity, Place, Tree
from planner.errors import Problem
from planner.i18n.catalog import Catalog
from planner.text import one_line
from spiders.addresses import shown

MAX_VALUE = 60
MOST_LINES = 12
_WITH_EXAMPLE = {"missing", "model_type", "tuple_type", "string_type", "string_pattern_mismatch", "source_id"}
_ADDRESSES = frozenset({"address", "address_of_file", "address_query", "address_with_password", "busy_with_password"})
"""Errors about addresses, which may hold a password or a key: a message quotes scheme and host alone."""
_SECRETS = frozenset({"variable", "headers_file", "busy_with_password", "address_with_password"}) | {
    f"store_{kind}" for kind in ("address", "scheme", "password_in_address", "query")
}
"""Errors about values that may be the secret itself: their line is not shown."""
_TOLD_WITHOUT_LINE = frozenset(
    {"blank", "document", "indent", "indent_below", "indent_plain", "dash_too_many", "dash_left_out"}
)
"""Mistakes whose cure is not seen in the line alone."""
_NUMBERS = re.compile(r"(?:int|float)_")
_NUMBER = re.compile(r"[^\d.,]*(\d[\d,]*(?:\.\d+)?)(?!\s*[万千百kK])[^\d]*")
_SIGNS_OF_KEYS = re.compile(r"[\w .-]*")

# The parser tells its faults apart by words alone.
_YAML_FAULTS = {
    "found character '\\t' that": "tab",
    "mapping values are not allowed": "colon",
    "could not find expected ':'": "no_colon",
    "expected ',' or ']'": "list",
    "expected ',' or '}'": "mapping",
    "expected the node content": "no_value",
    "expected <block end>": "indented",
    "found undefined alias ": "alias",
    "found unexpected end of stream": "quote",
    "found character ": "sign",
    TOO_DEEP: "deep",
    OTHER_VERSION: "version",
    "special characters are not allowed": "control",
}


class Speaker:
    """Problems of one file, in one language, with the lines that they are about."""

    def __init__(self, lines: Sequence[str], words: Catalog) -> None:
        self.lines, self.words = lines, words

    def problem(self, place: Place | None, key: str, message: str, *, quoted: bool = True) -> Problem:
        """A problem at a place of the file; ``quoted``: its line may be shown if it holds no secret."""
        if place is None:
            return Problem(None, key, message)
        number = place.line - 1
        source = (
            self.lines[number] if quoted and number < len(self.lines) and may_be_shown(self.lines, number) else None
        )
        return Problem(place.line, key, message, place.column, source)

    def refused(self, error: Any, tree: Tree) -> Problem:
        """What the model refuses (an error of pydantic); where a list was made of one value, it is that value's."""
        at: Location = tuple(error["loc"])
        while at and isinstance(at[-1], int) and at not in tree.keys and at[:-1] in tree.keys:
            at = at[:-1]
        kind = str(error["type"])
        values = {"given": error.get("input"), **error.get("ctx", {})}
        values["given"] = shown(str(values["given"])) if kind in _ADDRESSES else _shown(values["given"])
        if kind == "zone":
            values["cure"] = self._zone(str(error.get("input")))
        if kind == "literal_error":
            values["expected"] = self._one_of(re.findall(r"'([^']*)'", str(values["expected"])))
        key = f"config.error.{kind}"
        message = self._number(kind, values) or self.words(
            key if self.words.has(key) else "config.error.other", **values
        )
        unknown = kind == "extra_forbidden"
        if unknown:
            message += self._cure_of_key(str(at[-1]), at[:-1])
        example = example_at(at)
        if example is not None and kind in _WITH_EXAMPLE:
            message += self.words("config.example", example=example)
        place = tree.place(_entry_of(at, error, tree), of_key=unknown or kind == "missing")
        return self.problem(place, dotted(at, whole=not unknown), message, quoted=kind not in _SECRETS)

    def odd(self, oddity: Oddity) -> Problem:
        """What no configuration may hold."""
        return self.problem(oddity.place, dotted(oddity.at), self.words(f"config.{oddity.code}", **oddity.values))

    def mistakes(
        self, found: Sequence[tuple[Mend, Place]], mended: Sequence[str], tree: Tree | None
    ) -> Iterator[Problem]:
        """The mistakes, each by itself; but odd blanks of one kind are one, told at the first of their lines. The text
        is ``mended`` now, and ``tree`` its values, at the places of the file."""
        blanks: dict[object, list[tuple[Mend, Place]]] = {}
        for mend, place in found:
            if mend.kind == "blank":
                blanks.setdefault(mend.values["found"], []).append((mend, place))
            else:
                yield self._mistake(mend, place, mended, tree)
        for same in blanks.values():
            (mend, first), *others = sorted(same, key=lambda each: each[1])
            told = self._mistake(mend, first, mended, tree)
            lines = sorted({place.line for _, place in others} - {first.line})
            if lines:
                listed = ", ".join(map(str, lines[:MOST_LINES])) + (", …" if len(lines) > MOST_LINES else "")
                told = replace(told, message=told.message + self.words("config.also_in_lines", lines=listed))
            yield told

    def _mistake(self, mend: Mend, place: Place, mended: Sequence[str], tree: Tree | None) -> Problem:
        """A mistake with its cure: the line as it should be, unless that holds a secret."""
        key = dotted(tree.nearest(place), whole=False) if tree is not None else ""
        if mend.kind == "unread":
            return self.problem(place, key, self.unread(str(mend.values["problem"])))
        right = mended[mend.line].strip()
        message = self.words(f"config.mistake.{mend.kind}", **self._named(mend.values))
        if mend.kind not in _TOLD_WITHOUT_LINE and right and may_be_shown(mended, mend.line):
            message += self.words("config.mistake.write", right=_around(right, place.column))
        return self.problem(place, key, message)

    def unread(self, problem: str) -> str:
        """What the parser found wrong, as far as anybody knows its words."""
        for beginning, key in _YAML_FAULTS.items():
            if problem.startswith(beginning):
                rest = problem.removeprefix(beginning).partition(" that cannot")[0]
                return self.words("config.not_yaml", why=self.words(f"config.yaml.{key}", rest=rest))
        return self.words("config.not_yaml", why=self.words("config.yaml.other"))

    def _named(self, values: Mapping[str, object]) -> dict[str, object]:
        """The same, with signs that cannot be seen by their names."""
        return {name: self._name(value) if isinstance(value, str) else value for name, value in values.items()}

    def _name(self, sign: str) -> str:
        if len(sign) == 1 and (sign.isspace() or not sign.isprintable()):
            key = f"config.blank.{ord(sign):04x}"
            return self.words(key) if self.words.has(key) else f"U+{ord(sign):04X}"
        return sign

    def _number(self, kind: str, values: Mapping[str, Any]) -> str | None:
        """A number with what it counts (300元): which number to write."""
        if not _NUMBERS.match(kind):
            return None
        found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", str(values["given"])))
        if found is None or found[1] == str(values["given"]):
            return None
        return self.words("config.error.number_alone", given=values["given"], number=found[1].replace(",", ""))

    def _zone(self, given: str) -> str:
        from planner.config.zones import example, zone_meant

        meant = zone_meant(given, self.words.language)
        if meant is not None:
            return self.words("config.did_you_mean", key=meant)
        return self.words("config.zone_example", example=example(given))

    def _one_of(self, names: Sequence[str]) -> str:
        """``a, b or c``."""
        *others, last = names
        return self.words("config.or").join([*([self.words("config.comma").join(others)] if others else []), last])

    def _cure_of_key(self, key: str, section: Location) -> str:
        """Where a key belongs, or which one may be meant."""
        known, here = keys_at(section), dotted(tuple(step for step in section if isinstance(step, str)))
        meant = meant_by(key)
        if meant is not None and meant.endswith("_file") and key not in known:
            name = "mail.secret" if meant == "password_file" else f"{meant.removesuffix('_file')}.secret"
            return self.words("config.secret_elsewhere", key=meant, example=name)
        for name in filter(None, (key, meant)):
            homes = [home for home in homes_of(name) if home != here]
            if name in known:
                return self.words("config.did_you_mean", key=name)
            if homes and name == key:
                return self._belongs(homes)
        begun = _SIGNS_OF_KEYS.match(key.strip())
        close = difflib.get_close_matches(begun[0] if begun else key, known, n=1)
        if close:
            return self.words("config.did_you_mean", key=close[0])
        if meant and (homes := list(homes_of(meant))):
            return self.words("config.did_you_mean", key=meant) + self._belongs(homes)
        return self.words("config.known_keys", keys=", ".join(known)) if known else ""

    def _belongs(self, homes: Sequence[str]) -> str:
        if "" in homes:
            return self.words("config.belongs_at_top")
        return self.words("config.belongs_under", section=self._one_of(homes))


def dotted(at: Location, *, whole: bool = True) -> str:
    """``("sources", 2, "url")`` -> ``sources[3].url``: people count from one. Unless ``whole``, nothing of the last key
    but what keys are made of: behind it may stand what was meant as its value."""
    text = ""
    for place, step in enumerate(at):
        if isinstance(step, int):
            text += f"[{step + 1}]"
            continue
        found = _SIGNS_OF_KEYS.match(step.strip())
        name = step if whole or place + 1 < len(at) or found is None or found[0] == step.strip() else f"{found[0]}…"
        text += f".{name}" if text else name
    return text


def _entry_of(at: Location, error: Any, tree: Tree) -> Location:
    """Where in a list the text stands that an error is about; else the place of the error."""
    given, value = error.get("ctx", {}).get("given"), error.get("input")
    if not isinstance(given, str) or not isinstance(value, list):
        return at
    number = next((number for number, each in enumerate(value) if isinstance(each, str) and given in each), None)
    return at if number is None or (*at, number) not in tree.keys else (*at, number)


def _around(line: str, column: int) -> str:
    """At most so much of a line as a message can hold."""
    if len(line) <= MAX_VALUE:
        return line
    start = max(0, min(column - MAX_VALUE // 2, len(line) - MAX_VALUE))
    return ("…" if start else "") + one_line(line[start:], MAX_VALUE)


def _shown(value: Any) -> str:
    """A value as people write it."""
    if isinstance(value, list | tuple):
        return one_line(", ".join(map(_shown, value)), MAX_VALUE)
    if isinstance(value, Mapping):
        return one_line(", ".join(f"{key}: {_shown(each)}" for key, each in value.items()), MAX_VALUE)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return one_line(str(value), MAX_VALUE) if may_be_quoted(str(value)) else "…"

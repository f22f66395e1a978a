"""Reading config.yaml: YAML 1.2 (``19:00`` and ``no`` stay what they are), all problems at once, each with its line."""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from planner.config.model import Config
from planner.errors import ConfigError, Problem, UsageError
from planner.glance import language_of
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.text import one_line
from spiders.addresses import shown
from spiders.failures import os_reason

MAX_BYTES = 1_000_000
MAX_NODES = 200_000
_PLAIN_TAGS = ("tag:yaml.org,2002:",)
_MAX_DEPTH = 40
MAX_VALUE = 60
_WITH_EXAMPLE = {"missing", "model_type", "tuple_type", "string_type", "string_pattern_mismatch", "source_id"}

Location = tuple[int | str, ...]


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
    "special characters are not allowed": "control",
}


class _Tree(NamedTuple):
    """The document as plain values, with the line of every key and entry."""

    value: Any
    lines: dict[Location, int]


def load(path: Path, words: Catalog) -> Config:
    """Read a configuration file. Raises ConfigError with every problem, UsageError where the file cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError as exc:
        raise UsageError(words("config.unreadable", file=path, why=translate(os_reason(exc), words.language))) from exc
    return parse(raw, str(path), words).resolved(path.resolve().parent)


def parse(raw: bytes, name: str, words: Catalog) -> Config:
    """Bytes of a configuration -> Config, paths as written. Raises ConfigError, in the language that the file asks
    for, else in that of ``words``."""
    words = Catalog(language_of(raw) or words.language)
    tree = _tree(raw, name, words)
    try:
        return Config.model_validate(tree.value)
    except ValidationError as exc:
        errors = exc.errors()
        places = {tuple(error["loc"])[:-1] for error in errors}  # a list whose entries are wrong is not too short
        told = [error for error in errors if error["type"] != "too_short" or tuple(error["loc"]) not in places]
        problems = [_problem(error, tree.lines, words) for error in told]
        problems.sort(key=lambda problem: (problem.line or 0, problem.key))
        raise ConfigError(name, problems) from exc


def _tree(raw: bytes, name: str, words: Catalog) -> _Tree:
    def stop(line: int | None, key: str, **values: object) -> ConfigError:
        return ConfigError(name, [Problem(line, "", words(key, **values))])

    if len(raw) > MAX_BYTES:
        raise stop(None, "config.too_large", bytes=MAX_BYTES)
    try:
        node = YAML(typ="rt", pure=True).compose(io.StringIO(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as exc:
        raise stop(raw[: exc.start].count(b"\n") + 1, "config.not_utf8") from exc
    except MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        raise stop(
            mark.line + 1 if mark else None, "config.not_yaml", why=_yaml_fault(exc.problem or "", words)
        ) from exc
    except (YAMLError, RecursionError) as exc:
        raise stop(None, "config.not_yaml", why=type(exc).__name__) from exc
    if node is None:
        return _Tree({}, {})
    builder = _Builder()
    value = builder.build(node, ())
    problems = [Problem(line, key, words(what)) for line, key, what in builder.problems]
    if not isinstance(value, dict) and not problems:
        problems = [Problem(1, "", words("config.not_a_mapping"))]
    if problems:
        raise ConfigError(name, problems)
    return _Tree(value, builder.lines)


class _Builder:
    """YAML nodes -> plain values. No tag builds an object, and aliases cannot blow up."""

    def __init__(self) -> None:
        self.lines: dict[Location, int] = {}
        self.problems: list[tuple[int | None, str, str]] = []
        self._left = MAX_NODES

    def build(self, node: Node, at: Location) -> Any:
        self._left -= 1
        line = node.start_mark.line + 1
        self.lines.setdefault(at, line)
        if self._left < 0 or len(at) > _MAX_DEPTH:
            if self._left != -2:
                self.problems.append((line, _dotted(at), "config.too_much"))
            self._left = -2
            return None
        if node.tag and not str(node.tag).startswith(_PLAIN_TAGS):
            self.problems.append((line, _dotted(at), "config.tag"))
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, at)
        if isinstance(node, SequenceNode):
            return [self.build(child, (*at, index)) for index, child in enumerate(node.value)]
        return _scalar(node) if isinstance(node, ScalarNode) else None

    def _mapping(self, node: MappingNode, at: Location) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node) if isinstance(key_node, ScalarNode) else None
            line = key_node.start_mark.line + 1
            if key is None or key in result:
                self.problems.append((line, _dotted((*at, str(key))), "config.key_twice" if key else "config.key"))
                continue
            name = str(key)
            self.lines[(*at, name)] = line
            result[name] = self.build(value_node, (*at, name))
        return result


def _scalar(node: ScalarNode) -> Any:
    """The value of a scalar by YAML 1.2's core schema (10.3.2): quoted is text, plain may be a number."""
    text = str(node.value)
    if node.style in {"'", '"', "|", ">"}:
        return text
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text in {"true", "True", "TRUE"}:
        return True
    if text in {"false", "False", "FALSE"}:
        return False
    for number in (int, float):
        try:
            value = number(text)
        except ValueError:
            continue
        return value if "_" not in text and text.lower().strip("+-") not in {"inf", "infinity", "nan"} else text
    return text


_ADDRESSES = frozenset({"address", "address_of_file", "address_query", "address_with_password", "busy_with_password"})
"""Errors about addresses, which may hold a password or a key: a message quotes scheme and host alone."""


def _problem(error: Any, lines: dict[Location, int], words: Catalog) -> Problem:
    """One pydantic error as a problem in the user's words; where a list was made of one value, that value's."""
    at: Location = tuple(error["loc"])
    while at and isinstance(at[-1], int) and at not in lines and at[:-1] in lines:
        at = at[:-1]
    line = None
    for length in range(len(at), -1, -1):
        if at[:length] in lines:
            line = lines[at[:length]]
            break
    kind = str(error["type"])
    values = {**error.get("ctx", {}), "given": _shown(error.get("input"))}
    if kind in _ADDRESSES:
        values["given"] = shown(str(error.get("input")))
    if kind == "literal_error":
        values["expected"] = _one_of(re.findall(r"'([^']*)'", str(values["expected"])), words)
    key = f"config.error.{kind}"
    message = words(key if words.has(key) else "config.error.other", **values)
    if kind == "extra_forbidden":
        message += _suggestion(str(at[-1]), _keys_at(at[:-1]), words)
    example = _example_at(at)
    if example is not None and kind in _WITH_EXAMPLE:
        message += words("config.example", example=example)
    return Problem(line, _dotted(at), message)


def _one_of(names: list[str], words: Catalog) -> str:
    """``a, b or c``."""
    *others, last = names
    return words("config.or").join([*([words("config.comma").join(others)] if others else []), last])


def _keys_at(at: Location) -> Iterable[str]:
    """The keys that are known at a place of the configuration."""
    model = Config if not at else _model_of(field.annotation) if (field := _field_at(at)) else None
    return [field.alias or name for name, field in model.model_fields.items()] if model is not None else ()


def _example_at(at: Location) -> str | None:
    """What could stand at a place of the configuration."""
    field = None if at and isinstance(at[-1], int) else _field_at(at)
    return str(field.examples[0]) if field and field.examples else None


def _field_at(at: Location) -> FieldInfo | None:
    model: Any = Config
    field = None
    for step in at:
        if isinstance(step, int):
            continue
        fields = {each.alias or name: each for name, each in model.model_fields.items()} if model is not None else {}
        field = fields.get(step)
        if field is None:
            return None
        model = _model_of(field.annotation)
    return field


def _model_of(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_of(argument)
        if found is not None:
            return found
    return None


def _suggestion(key: str, known: Iterable[str], words: Catalog) -> str:
    names = list(known)
    close = difflib.get_close_matches(key, names, n=1)
    if close:
        return words("config.did_you_mean", key=close[0])
    return words("config.known_keys", keys=", ".join(names)) if names else ""


def _yaml_fault(problem: str, words: Catalog) -> str:
    """What the parser found wrong; a fault that nobody knows stays in its words."""
    for beginning, key in _YAML_FAULTS.items():
        if problem.startswith(beginning):
            rest = problem.removeprefix(beginning).partition(" that cannot")[0]
            return words(f"config.yaml.{key}", rest=rest)
    return problem


def _dotted(at: Location) -> str:
    """``("sources", 2, "url")`` -> ``sources[3].url``: people count from one."""
    text = ""
    for step in at:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _shown(value: Any) -> str:
    return one_line(str(value), MAX_VALUE)

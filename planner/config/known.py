"""Which keys the configuration has, where, and what could stand there: for messages about those it does not have."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from planner.config.model import Config
from planner.config.tree import Location


def keys_at(at: Location) -> list[str]:
    """The keys that are known at a place of the configuration."""
    model = Config if not at else _model_of(field.annotation) if (field := _field_at(at)) else None
    return [field.alias or name for name, field in model.model_fields.items()] if model is not None else []


def example_at(at: Location) -> str | None:
    """What could stand at a place of the configuration."""
    field = None if at and isinstance(at[-1], int) else _field_at(at)
    return str(field.examples[0]) if field and field.examples else None


def homes_of(key: str) -> tuple[str, ...]:
    """The sections that have a key of this name, dotted; "" is the top level."""
    return _homes().get(key, ())


def is_known(key: str) -> bool:
    """Whether any section has a key of this name."""
    return key in _homes()


def meant_by(key: str) -> str | None:
    """The key that people mean who write a word of their own, or of another program, in its place."""
    return _also_called().get(key.strip().casefold())


@cache
def _also_called() -> Mapping[str, str]:
    table = tomllib.loads(files("planner.config").joinpath("also_called.toml").read_text("utf-8"))
    return {word.casefold(): key for key, words in table.items() for word in words}


@cache
def _homes() -> Mapping[str, tuple[str, ...]]:
    homes: dict[str, tuple[str, ...]] = {}
    for section, key in _all_keys(Config, ""):
        homes[key] = (*homes.get(key, ()), section)
    return homes


def _all_keys(model: type[BaseModel], section: str) -> Iterator[tuple[str, str]]:
    """Sections with their keys, dotted. Words of lists are values, not keys."""
    for name, field in model.model_fields.items():
        key = field.alias or name
        yield section, key
        below = _model_of(field.annotation)
        if below is not None and below.__name__ != "Word":
            yield from _all_keys(below, f"{section}.{key}" if section else key)


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

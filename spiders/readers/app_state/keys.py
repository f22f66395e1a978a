"""What programs call things in their own state: their keys by meaning (``keys.toml``), and values that are wrapped."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def keys(name: str) -> tuple[str, ...]:
    """The keys of one meaning, best first."""
    text = files("spiders.readers.app_state").joinpath("keys.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)[name].split())


def keyed(node: dict[str, Any]) -> dict[str, Any]:
    """A node's values by bare lower-case key: ``start_date``, ``startDate`` and ``StartDate`` are one."""
    found: dict[str, Any] = {}
    for key, value in node.items():
        bare = key.lower().replace("_", "").replace("-", "").replace(" ", "")
        if found.get(bare) in (None, "", [], {}):
            found[bare] = value
    return found


class References:
    """Apollo-like caches: ``{"__ref": "Venue:12"}`` stands for the object of that name."""

    def __init__(self, state: Any) -> None:
        self._state = state
        self._known: dict[str, dict[str, Any]] | None = None

    def resolve(self, value: Any) -> Any:
        """The object that a reference names; any other value as it is."""
        if isinstance(value, dict) and isinstance(value.get("__ref"), str):
            if self._known is None:
                self._known = dict(self._caches(self._state))
            return self._known.get(value["__ref"], value)
        return value

    @staticmethod
    def _caches(state: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        stack, count = [state], 0
        while stack and count < 20_000:
            value = stack.pop()
            count += 1
            if isinstance(value, dict):
                for key, item in value.items():
                    if isinstance(item, dict):
                        if ":" in key:
                            yield key, item
                        stack.append(item)


def unwrapped(value: Any) -> Any:
    """The words of a value that may be wrapped: ``{"text": …}``, ``{"html": …}``, ``{"zh": …}``."""
    if isinstance(value, dict):
        return next((value[key] for key in ("text", "rendered", "html", "plain", "value", "zh", "en", "name", "title")
                     if isinstance(value.get(key), str)), None)  # fmt: skip
    return value

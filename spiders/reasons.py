"""What is said to people, as a value: a code and what it is about. Words come last, in the reader's language.

Nothing here speaks: the catalogues (``templates/reasons.*.toml``) have a text for each code, and only the planner's
edges look there. No logic reads a sentence; what must be told apart is told apart by its code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Value = str | int | float | None
"""What a text may be about; a Reason within a Reason is put into words in turn."""


@dataclass(frozen=True, slots=True, init=False)
class Reason:
    """Why something is so. ``values`` are the named values of its text, in the order they were given."""

    code: StrEnum
    values: tuple[tuple[str, Value | Reason], ...]

    def __init__(self, code: StrEnum, /, **values: Value | Reason) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "values", tuple(values.items()))

    def __getitem__(self, name: str) -> Value | Reason:
        """The value of that name. Raises KeyError."""
        return dict(self.values)[name]

    @property
    def about(self) -> str:
        """The value that most reasons have, as text; empty where there is none."""
        return str(dict(self.values).get("about") or "")

    def __str__(self) -> str:
        """For logs and tests, not for people: the code and its values."""
        about = " ".join(f"{name}={value}" for name, value in self.values)
        return f"{self.code} ({about})" if about else str(self.code)


def to_json(reason: Reason) -> dict[str, Any]:
    """A reason as a JSON object: ``{"code": ..., name: value, ...}``, reasons within it likewise."""
    values = {name: to_json(value) if isinstance(value, Reason) else value for name, value in reason.values}
    return {"code": str(reason.code), **values}


def from_json(values: Mapping[str, Any], codes: type[StrEnum]) -> Reason:
    """The reason of such an object. Raises ValueError where its code is none of ``codes``."""
    inner = {
        name: from_json(value, codes) if isinstance(value, Mapping) else value
        for name, value in values.items()
        if name != "code"
    }
    return Reason(codes(values["code"]), **inner)

"""What is said to people, as a value: a code and what it is about. Words come last, in the reader's language.

``templates/reasons.*.toml`` has a text for each code, for the planner's edges alone: no logic reads a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from spiders.reason_codes import Code

__all__ = ["WEEKDAYS", "Code", "Reason", "Value"]

WEEKDAYS = (Code.MONDAY, Code.TUESDAY, Code.WEDNESDAY, Code.THURSDAY, Code.FRIDAY, Code.SATURDAY, Code.SUNDAY)

Value = str | int | float | None
"""What a text may be about; Reasons within a Reason are put into words in turn, several as a list."""


@dataclass(frozen=True, slots=True, init=False)
class Reason:
    """Why something is so. ``values`` are the named values of its text, in the order they were given."""

    code: StrEnum
    values: tuple[tuple[str, Value | Reason | tuple[Reason, ...]], ...]

    def __init__(self, code: StrEnum, **values: Value | Reason | tuple[Reason, ...]) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "values", tuple(values.items()))

    def __getitem__(self, name: str) -> Value | Reason | tuple[Reason, ...]:
        """The value of that name. Raises KeyError."""
        return dict(self.values)[name]

    @property
    def about(self) -> str:
        """The value that most reasons have, as text; empty where there is none."""
        return str(dict(self.values).get("about") or "")

    def __str__(self) -> str:
        """For logs and tests, not for people: the code and its values."""
        about = " ".join(
            f"{name}={'; '.join(map(str, value)) if isinstance(value, tuple) else value}" for name, value in self.values
        )
        return f"{self.code} ({about})" if about else str(self.code)

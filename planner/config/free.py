"""The ``free:`` part of the week: hours by days, in clocks or in words (晚上, "after 6pm")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from planner.config.base import Model
from planner.config.hours import DAYS, Hours, parse_hours


def hours_of(days: Sequence[int]) -> Callable[[Any], Hours]:
    """Reads the free hours of some weekdays (0 is Monday), in words too. Raises PydanticCustomError where they are not
    understood, or are not the same on all of these days."""

    def read(value: Any) -> Hours:
        try:
            return parse_hours(value)
        except PydanticCustomError as exc:
            if exc.type != "hours" or not isinstance(value, str) or not value.strip():
                raise
            from planner.config.free_words import read_free

            told = read_free(value, days) or {}
            if set(told) != set(days) or len(set(told.values())) != 1:
                raise
            return told[days[0]]

    return read


def free_of(value: Any) -> Any:
    """Words for the whole week (周一到周五晚上) -> the keys of ``week.free``; what is no text stays as it is. Raises
    PydanticCustomError where the words are not understood."""
    if not isinstance(value, str):
        return value
    from planner.config.free_words import as_config, read_free

    told = read_free(value, range(len(DAYS)))
    if told is None:
        raise PydanticCustomError("hours", "not free hours")
    return {day: list(hours) for day, hours in as_config(told).items()}


def _hours_on(*days: int) -> BeforeValidator:
    return BeforeValidator(hours_of(days), json_schema_input_type=str | list[str])


class Free(Model):
    """Hours in which one may be out. A named day beats ``weekdays`` and ``weekend``."""

    weekdays: Annotated[Hours, _hours_on(0, 1, 2, 3, 4)] = ((18 * 60 + 30, 22 * 60),)
    weekend: Annotated[Hours, _hours_on(5, 6)] = ((9 * 60, 22 * 60),)
    mon: Annotated[Hours, _hours_on(0)] | None = None
    tue: Annotated[Hours, _hours_on(1)] | None = None
    wed: Annotated[Hours, _hours_on(2)] | None = None
    thu: Annotated[Hours, _hours_on(3)] | None = None
    fri: Annotated[Hours, _hours_on(4)] | None = None
    sat: Annotated[Hours, _hours_on(5)] | None = None
    sun: Annotated[Hours, _hours_on(6)] | None = None

    def on(self, weekday: int, *, working: bool) -> Hours:
        """Free ranges of a day; ``weekday`` 0 is Monday; ``working`` false means weekend or holiday."""
        named: Hours | None = getattr(self, DAYS[weekday])
        if named is not None:
            return named
        return self.weekdays if working else self.weekend

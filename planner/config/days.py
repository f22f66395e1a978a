"""Days off and worked days of the user's own, and the country whose public holidays count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.util import find_spec
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from planner.config.base import Model
from planner.config.extras import pip_install

_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:\.\.|~|～|至|到)\s*(\d{4}-\d{2}-\d{2}))?")
_COUNTRY = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,3}))?")
_MAX_DAYS = 366


def parse_days(value: Any) -> frozenset[date]:
    """``"2027-02-05"``, ``"2027-02-05..2027-02-11"`` or a list of such -> the days. Raises PydanticCustomError."""
    texts = [value] if isinstance(value, str) else value
    if isinstance(texts, frozenset):  # already parsed: a model is validated again
        return texts
    if not isinstance(texts, list | tuple):
        raise PydanticCustomError("days", "not days")
    return frozenset(day for text in texts for day in _span(str(text)))


def _span(text: str) -> Iterator[date]:
    match = _SPAN.fullmatch(text.strip())
    try:
        first, last = (date.fromisoformat(match[i] or match[1]) for i in (1, 2)) if match else (None, None)
    except ValueError:
        first = last = None
    if first is None or last is None or not 0 <= (last - first).days < _MAX_DAYS:
        raise PydanticCustomError("days", "not days")
    yield from (first + timedelta(days=number) for number in range((last - first).days + 1))


def known_country(code: str) -> str:
    """``"DE"`` or ``"DE-BY"`` as it is. Raises PydanticCustomError for one that nobody knows holidays of."""
    match = _COUNTRY.fullmatch(code)
    if match is None:
        raise PydanticCustomError("country", "not a country")
    if match[1] == "CN":
        return code
    if find_spec("holidays") is None:
        raise PydanticCustomError("holidays_extra", "not installed", {"command": pip_install("holidays")})
    import holidays

    known = holidays.list_supported_countries()
    if match[1] not in known or (match[2] and match[2] not in known[match[1]]):
        raise PydanticCustomError("country", "not a country")
    return code


Days = Annotated[frozenset[date], BeforeValidator(parse_days, json_schema_input_type=str | list[str])]


class OwnDays(Model):
    """What the user knows better than any calendar: days ``off``, and ``worked`` weekends."""

    off: Days = frozenset()
    worked: Days = frozenset()

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        both = sorted(self.off & self.worked)
        if both:
            raise PydanticCustomError("days_both", "both off and worked", {"days": ", ".join(map(str, both))})
        return self

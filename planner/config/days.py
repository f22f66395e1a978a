"""Days off and worked days of the user's own, and the country whose public holidays count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.util import find_spec
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from planner.config.base import Model
from planner.config.entries import parted
from planner.config.extras import pip_install

_YEAR, _MONTH, _DAY = r"(\d{4})\s*(?:[-/.]|年)\s*", r"(\d{1,2})\s*(?:[-/.]|月)\s*", r"(\d{1,2})\s*[日号]?"
_SPAN = re.compile(rf"{_YEAR}{_MONTH}{_DAY}(?:\s*(?:\.\.|[-–—~至到])\s*(?:(?:{_YEAR})?{_MONTH})?{_DAY})?")
_COUNTRY = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,3}))?")
_MAX_DAYS = 366


def parse_days(value: Any) -> frozenset[date]:
    """``"2027-02-05"``, ``"2027-02-05..2027-02-11"``, the same as people write it (2027年2月5日至11日) or a list of
    such -> the days. Raises PydanticCustomError."""
    if isinstance(value, frozenset):  # already parsed: a model is validated again
        return value
    texts = parted(value)
    if not isinstance(texts, list | tuple):
        raise PydanticCustomError("days", "not days")
    return frozenset(day for text in texts for day in _span(str(text)))


def _span(text: str) -> Iterator[date]:
    match = _SPAN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        raise PydanticCustomError("days", "not days", {"given": text})
    year, month, day, last_year, last_month, last_day = match.groups()
    try:
        first = date(int(year), int(month), int(day))
        last = date(int(last_year or year), int(last_month or month), int(last_day or day))
    except ValueError:
        raise PydanticCustomError("days", "not days", {"given": text}) from None
    if not 0 <= (last - first).days < _MAX_DAYS:
        raise PydanticCustomError("days", "not days", {"given": text})
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

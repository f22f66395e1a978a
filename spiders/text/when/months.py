"""Months by name and by number, and which days they have."""

from __future__ import annotations

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
_MONTH_LENGTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def real(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _MONTH_LENGTH[month - 1]


def last_day(month: int) -> int:
    """The last day that a month has in every year."""
    return 28 if month == 2 else _MONTH_LENGTH[month - 1]


def month_number(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


# A year behind a day; not the hours of "26 July 1400-1700".
YEAR_BEHIND = r"(?!(?:(?!19|20)[0-2]\d[0-5]\d|(?:19|20)[03]0)\s?(?:-|~|to)\s?\d{4}(?!\d))(\d{4})(?!\d|:)"

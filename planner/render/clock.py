"""Days and hours as people of a place write them.

Chinese is one: ``11月30日 周一 18:30``. English follows the country whose clock the zone tells (CLDR, by Babel):
``Mon, Nov 30, 6:30 pm`` in Toronto, ``Mon 30 Nov 18:30`` in London and wherever CLDR knows no English.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from planner.i18n.catalog import Catalog

NOON = 12
NOWHERE = ("001", "ZZ")  # CLDR: zones of no country


@dataclass(frozen=True, slots=True)
class Manner:
    """How a place writes English: the month before the day, hours up to twelve, and a sign behind the day."""

    month_first: bool = False
    twelve_hours: bool = False
    comma: bool = False


@functools.cache
def manner_of(timezone: str) -> Manner:
    """The manner of the country whose clock an IANA zone tells."""
    from babel.core import Locale, UnknownLocaleError, get_global

    main = get_global("zone_aliases").get(timezone, timezone)
    territory = get_global("zone_territories").get(main, "001")
    if territory in NOWHERE:
        return Manner()
    try:
        locale = Locale.parse(f"en_{territory}")
    except (UnknownLocaleError, ValueError):
        return Manner()
    pattern, hours = str(locale.datetime_skeletons["MMMEd"]), str(locale.time_formats["short"].pattern)
    month_first = pattern.index("M") < pattern.index("d")
    return Manner(month_first=month_first, twelve_hours="a" in hours, comma=month_first and "," in pattern)


class Clock:
    """Days and hours of one user, in words; moments are given in the user's own zone."""

    def __init__(self, words: Catalog, timezone: str) -> None:
        self._words = words
        self._manner = manner_of(timezone) if words.language == "en" else Manner()

    def day(self, moment: datetime | date) -> str:
        """``11月30日 周一``, ``Mon 30 Nov`` or ``Mon, Nov 30``."""
        manner = self._manner
        key = "date.day_comma" if manner.comma else "date.day_month_first" if manner.month_first else "date.day"
        return self._words(
            key,
            month=moment.month,
            month_name=self._words(f"date.month_{moment.month}"),
            day=moment.day,
            weekday=self._words(f"date.weekday_{moment.weekday()}"),
        )

    def hour(self, at: datetime | time) -> str:
        """``18:30`` or ``6:30 pm``."""
        return self._minutes(at.hour, at.minute)

    def hours(self, start: datetime | time, end: datetime | time) -> str:
        """``18:30–20:30`` or ``6:30–8:30 pm``."""
        return self._span((start.hour, start.minute), (end.hour, end.minute))

    def range(self, start: int, end: int) -> str:
        """As `hours`, of minutes since midnight, up to 1440."""
        return self._span(divmod(start, 60), divmod(end, 60))

    def moment(self, at: datetime) -> str:
        """``11月30日 周一 18:30``, ``Mon 30 Nov 18:30`` or ``Mon, Nov 30, 6:30 pm``."""
        return self.joined(self.day(at), self.hour(at))

    def week(self, monday: date) -> str:
        """The first and the last day of a week."""
        return self._words("date.span", first=self.day(monday), last=self.day(monday + timedelta(days=6)))

    def joined(self, day: str, hours: str) -> str:
        """A day and hours that were written apart."""
        return (", " if self._manner.comma else " ").join(filter(None, (day, hours)))

    def _span(self, start: tuple[int, int], end: tuple[int, int]) -> str:
        is_same_half = start[0] // NOON == end[0] // NOON
        first = self._minutes(*start, half=not (self._manner.twelve_hours and is_same_half))
        return f"{first}–{self._minutes(*end)}"

    def _minutes(self, hour: int, minute: int, *, half: bool = True) -> str:
        if not self._manner.twelve_hours:
            return f"{hour:02d}:{minute:02d}"
        told = f"{(hour - 1) % NOON + 1}" + (f":{minute:02d}" if minute else "")
        return f"{told} {'am' if hour % 24 < NOON else 'pm'}" if half else told

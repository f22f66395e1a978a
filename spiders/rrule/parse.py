"""A recurrence rule as it is written (RFC 5545, 3.3.10): parsed, bounded, or refused."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spiders.reasons import Code, Reason

FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY")
_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_LIMITS = {
    "BYMONTH": (1, 12), "BYMONTHDAY": (-31, 31), "BYYEARDAY": (-366, 366), "BYWEEKNO": (-53, 53), "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59), "BYSECOND": (0, 60), "BYSETPOS": (-366, 366),
}  # fmt: skip
MAX_TIMES_A_DAY = 400  # times a day (or an hour) that one rule may name


class RuleError(ValueError):
    """The rule is malformed, or refused because it would never end or fire every second."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Rule:
    """A parsed RRULE; ``until`` is still as written."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: str | None = None
    months: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    year_days: frozenset[int] = frozenset()
    weeks: frozenset[int] = frozenset()
    weekdays: frozenset[tuple[int, int]] = frozenset()  # (position in month or year, 0 for every; weekday)
    hours: frozenset[int] = frozenset()
    minutes: frozenset[int] = frozenset()
    seconds: frozenset[int] = frozenset()
    positions: frozenset[int] = frozenset()
    week_start: int = 0

    @property
    def plain(self) -> bool:
        """Whether each period gives exactly one occurrence, so that a COUNT can be computed instead of walked."""
        return self.frequency in ("DAILY", "WEEKLY", "HOURLY") and not (
            self.months or self.month_days or self.year_days or self.weeks or self.weekdays or self.hours
            or self.minutes or self.seconds or self.positions
        )  # fmt: skip


@lru_cache(maxsize=512)
def parse_rule(text: str) -> Rule:
    """An RRULE value as a Rule. Raises RuleError for what cannot be read, SECONDLY, MINUTELY and INTERVAL < 1."""
    parts: dict[str, str] = {}
    for piece in text.strip().upper().removeprefix("RRULE:").split(";"):
        key, separator, value = piece.strip().partition("=")
        if separator and value:
            parts[key.strip()] = value.strip()
    frequency = parts.get("FREQ", "")
    if frequency in ("SECONDLY", "MINUTELY"):
        raise RuleError(Reason(Code.RULE_TOO_OFTEN, frequency=frequency.lower()))
    if frequency not in FREQUENCIES:
        raise RuleError(Reason(Code.RULE_WITHOUT_FREQUENCY))
    if parts.get("RSCALE", "GREGORIAN") != "GREGORIAN":
        raise RuleError(Reason(Code.RULE_OTHER_CALENDAR))
    count = _number(parts["COUNT"]) if "COUNT" in parts else None
    interval = _number(parts.get("INTERVAL", "1"))
    if interval < 1:
        raise RuleError(Reason(Code.RULE_INTERVAL))
    rule = Rule(
        frequency=frequency,
        interval=min(interval, 1_000_000),
        count=count,
        until=parts.get("UNTIL"),
        months=_numbers(parts, "BYMONTH"),
        month_days=_numbers(parts, "BYMONTHDAY"),
        year_days=_numbers(parts, "BYYEARDAY"),
        weeks=_numbers(parts, "BYWEEKNO"),
        weekdays=_weekdays(parts.get("BYDAY", "")),
        hours=_numbers(parts, "BYHOUR"),
        minutes=_numbers(parts, "BYMINUTE"),
        seconds=_numbers(parts, "BYSECOND"),
        positions=_numbers(parts, "BYSETPOS"),
        week_start=_DAYS.get(parts.get("WKST", "MO"), 0),
    )
    if len(rule.hours or (0,)) * len(rule.minutes or (0,)) * len(rule.seconds or (0,)) > MAX_TIMES_A_DAY:
        raise RuleError(Reason(Code.RULE_TIMES_A_DAY))
    return rule


def _number(text: str) -> int:
    if len(text) > 18 or not text.lstrip("+-").isdecimal():
        raise RuleError(Reason(Code.RULE_NUMBER, number=text[:20]))
    return int(text)


def _numbers(parts: dict[str, str], key: str) -> frozenset[int]:
    low, high = _LIMITS[key]
    found = {_number(piece.strip()) for piece in parts.get(key, "").split(",") if piece.strip()}
    kept = {n for n in found if low <= n <= high and (n != 0 or low == 0)}
    if found and not kept:
        raise RuleError(Reason(Code.RULE_OUT_OF_BOUNDS, part=key))
    return frozenset(kept)


def _weekdays(text: str) -> frozenset[tuple[int, int]]:
    found = set()
    for raw in text.split(","):
        piece = raw.strip()
        if not piece:
            continue
        day = _DAYS.get(piece[-2:])
        if day is None:
            raise RuleError(Reason(Code.RULE_WEEKDAY, weekday=piece[:20]))
        position = _number(piece[:-2]) if piece[:-2].strip() else 0
        if abs(position) > 53:
            raise RuleError(Reason(Code.RULE_WEEKDAY_OUT_OF_BOUNDS))
        found.add((position, day))
    return frozenset(found)

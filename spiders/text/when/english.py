"""Rules for what begins with a Latin letter: English dates, weekdays, hours in words, zones, rules of repetition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spiders.text.when import zones
from spiders.text.when.clocks import HALF, by_custom, half
from spiders.text.when.model import Clock
from spiders.text.when.months import MONTH, YEAR_BEHIND, last_day, month_number, real
from spiders.text.when.tokens import Kind, Rule, Token, rule, whole_month

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = r"(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?"
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "last": -1,
}
_ORDINAL = "(first|1st|second|2nd|third|3rd|fourth|4th|fifth|last)"
_HOUR_WORDS = {
    w: i + 1
    for i, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
# Abbreviations that name no zone by themselves (IST, CST) are kept as written; only the offset is ever computed.
ZONES = "utc|gmt|est|edt|et|cst|cdt|ct|mst|mdt|mt|pst|pdt|pt|cet|cest|bst|eet|eest|jst|kst|sgt|hkt|aest|aedt|ist|msk"


def weekday_number(name: str) -> int:
    return next(i for i, day in enumerate(DAY_NAMES) if day.startswith(name[:3].lower()))


def _month_day(match: re.Match[str], _: list[Token]) -> Token | None:
    month, day = month_number(match[1]), int(match[2])
    if not real(month, day) or (match[1] in {"may", "march", "mar", "sept"} and match[1].islower() and not match[3]):
        return None
    return Token(Kind.DATE, match.start(), match.end(), (int(match[3]) if match[3] else None, month, day, False))


def _month_year(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.MONTH, match.start(), match.end(), (int(match[2]), month_number(match[1])))


_CLOCK_BEHIND = re.compile(
    rf"\s+(?:at\s+)?\d{{1,2}}(?:[:.]\d\d)?\s?[ap]\.?m\b|,?\s?\d{{1,2}}(?:st|nd|rd|th)?\s{MONTH}|,?\s{MONTH}\s\d",
    re.IGNORECASE,
)


def _weekday(match: re.Match[str], seen: list[Token]) -> Token | None:
    name = match[2]
    if re.search(r"(?<![A-Za-z])a\s\Z", match.string[max(0, match.start() - 3) : match.start()], re.IGNORECASE):
        return None  # "on a Tuesday" is any
    by_a_date = bool(seen) and seen[-1].kind in {Kind.DATE, Kind.DAY} and match.start() - seen[-1].end <= 2
    by_others = bool((match[1] or "").strip()) or _CLOCK_BEHIND.match(match.string, match.end()) is not None
    if len(name) <= 3 and not name[0].isupper() and not by_a_date and not by_others:
        return None  # "sat", "sun" and "wed" are words too
    modifier = {"this": "本", "next": "下", "every": "每", "each": "每", "last": "上", "coming": "本", "on": ""}.get(
        (match[1] or "").strip().lower().split(" ")[-1], ""
    )
    if match[0].lower().endswith("days"):
        modifier = "每"
    return Token(Kind.WEEKDAY, match.start(), match.end(), (modifier, (weekday_number(name),), False))


def _second_weekday(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.FORTNIGHTLY, match.start(), match.end(), weekday_number(match[1]))


def _month_of_series(match: re.Match[str], seen: list[Token]) -> list[Token] | None:
    """``every Thursday in December``."""
    if not seen or match.start() - seen[-1].end > 1 or seen[-1].kind != Kind.WEEKDAY or seen[-1].data[0] != "每":
        return None
    month = month_number(match[1])
    return whole_month(match, month, last_day(month))


def _fortnight(match: re.Match[str], _: list[Token]) -> Token:
    is_plain = match[0].lower().split() == ["every", "week"]
    return Token(Kind.EVERY, match.start(), match.end(), ("WEEKLY" if is_plain else "FORTNIGHTLY", None))


def _noon(match: re.Match[str], _: list[Token]) -> Token:
    hour = 24 if match[1].lower() == "midnight" else 12
    return Token(Kind.TIME, match.start(), match.end(), Clock(hour, padded=True))


def _monthly(match: re.Match[str], _: list[Token]) -> Token:
    which = tuple(_ORDINALS[word.lower()] for word in (match[1], match[2]) if word)
    return Token(Kind.MONTHLY, match.start(), match.end(), (which, weekday_number(match[3])))


def _weekdays_all(match: re.Match[str], _: list[Token]) -> Token:
    if "weekend" in match[0].lower():
        return Token(Kind.WEEKEND, match.start(), match.end(), "每")
    return Token(Kind.EVERY, match.start(), match.end(), ("WORKDAYS", None))


def _week(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.WEEK, match.start(), match.end(), "下" if match[1].lower() == "next" else "本")


def _weekend(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.WEEKEND, match.start(), match.end(), "下" if match[1].lower() == "next" else "本")


def _relative(match: re.Match[str], _: list[Token]) -> Token:
    word = match[1].lower().split()[-1]
    part = {"night": "evening", "evening": "evening", "afternoon": "afternoon", "morning": "morning"}.get(
        (match[2] or "").strip().lower()
    )
    if word == "tonight":
        return Token(Kind.RELATIVE, match.start(), match.end(), (0, "evening"))
    days = 2 if len(match[1].split()) > 1 else 1
    return Token(Kind.RELATIVE, match.start(), match.end(), (days if word == "tomorrow" else 0, part))


def _part(match: re.Match[str], _: list[Token]) -> Token | None:
    word = match[1].lower()
    if word in {"am", "pm"}:
        return Token(Kind.PART, match.start(), match.end(), "morning" if word == "am" else "afternoon")
    return Token(Kind.PART, match.start(), match.end(), {"night": "evening"}.get(word, word))


def _word_clock(match: re.Match[str], _: list[Token]) -> Token:
    hour = 12 if match[0].lower() in {"noon", "midday"} else 24
    return Token(Kind.TIME, match.start(), match.end(), Clock(hour, padded=True))


def _spoken(match: re.Match[str], _: list[Token]) -> Token:
    hour = _HOUR_WORDS[match[2].lower()]
    minute = {"half": 30, "half past": 30, "quarter past": 15, "quarter to": -15}[re.sub(r"\s+", " ", match[1].lower())]
    if minute < 0:
        hour, minute = (hour - 1 or 12), 45
    behind = (match[3] or "").lower()
    said = "pm" if behind in {"evening", "afternoon"} else "am" if behind == "morning" else None
    clock = Clock(hour, minute, said) if said else by_custom(hour, minute)
    return Token(Kind.TIME, match.start(), match.end(), clock)


def _oclock(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.TIME, match.start(), match.end(), Clock(_HOUR_WORDS[match[1].lower()], 0, half(match[2])))


def _oclock_in_digits(match: re.Match[str], _: list[Token]) -> Token | None:
    hour, said = int(match[1]), half(match[2])
    if not 1 <= hour <= 12:
        return None
    return Token(Kind.TIME, match.start(), match.end(), Clock(hour, 0, said) if said else by_custom(hour))


def _duration(match: re.Match[str], _: list[Token]) -> Token:
    """``about two hours``, ``an hour and a half``, ``half an hour``."""
    word = re.sub(r"\s+", " ", match[1].lower())
    half_hours = 1 if word == "half an" else 2 * _HOUR_WORDS.get(word, 1) + (1 if match[2] or match[4] else 0)
    per_unit = 60 if match[3].lower().startswith("h") else 1
    return Token(Kind.DURATION, match.start(), match.end(), half_hours * per_unit // 2)


def _range(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.UNTIL if match[0].lower() in {"until", "through"} else Kind.RANGE, match.start(), match.end())


def _list(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.LIST, match.start(), match.end())


def _now(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.NOW, match.start(), match.end())


def _daily(match: re.Match[str], _: list[Token]) -> Iterator[Token] | Token:
    word = match[0].lower()
    if word == "weekly":
        return Token(Kind.EVERY, match.start(), match.end(), ("WEEKLY", None))
    return Token(
        Kind.EVERY,
        match.start(),
        match.end(),
        ("DAILY", "evening" if word in {"every evening", "nightly"} else None),
    )


def _zone(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.ZONE, match.start(), match.end(), match[0])


def _noise(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.NOISE, match.start(), match.end())


def _shared_month(match: re.Match[str], _: list[Token]) -> Iterator[Token] | None:
    """``Saturday 12 & Sunday 13 December``: the month stands behind the last day only."""
    day, month = int(match[2]), month_number(match[3])
    if not real(month, day):
        return None
    year = int(match[4]) if match[4] else None
    return iter(
        (
            Token(Kind.WEEKDAY, match.start(), match.start(2) - 1, ("", (weekday_number(match[1]),), False)),
            Token(Kind.DATE, match.start(2), match.end(), (year, month, day, False)),
        )
    )


def _days_shared_month(match: re.Match[str], _: list[Token]) -> Iterator[Token] | None:
    """``1, 2 and 3 December``: the first of three and more days with one month; the last two are a date's own rule."""
    day, month = int(match[1]), month_number(match[2])
    if not real(month, day):
        return None
    year = int(match[3]) if match[3] else None
    return iter((Token(Kind.DATE, match.start(), match.end(), (year, month, day, False)),))


def _day_by_weekday(match: re.Match[str], seen: list[Token]) -> Token | None:
    """``Thu 3rd``, ``26th Saturday``, ``this Saturday (23rd)``: a day of the month beside its weekday."""
    day = int(match[1])
    before = bool(seen) and seen[-1].kind == Kind.WEEKDAY and match.start() - seen[-1].end <= 3
    behind = day > _WEEKS and _WEEKDAY_BEHIND.match(match.string, match.end())  # "3rd Wednesday" is any month's
    if not 1 <= day <= 31 or not (before or behind):
        return None
    return Token(Kind.DAY, match.start(), match.end(), (day, None))


def _so_many(match: re.Match[str], _: list[Token]) -> Iterator[Token] | None:
    """``4 Thursdays from 3 December``: a weekly rule and how often it meets."""
    count = int(match[1]) if match[1].isdigit() else _HOUR_WORDS[match[1].lower()]
    if count < 2 or _WHICH.search(match.string, max(0, match.start() - 12), match.start()):
        return None
    return iter(
        (
            Token(Kind.WEEKDAY, match.start(), match.end(), ("每", (weekday_number(match[2]),), False)),
            Token(Kind.COUNT, match.end(), match.end(), count),
        )
    )


_WEEKS = 5  # that a month may have a weekday in
_WHICH = re.compile(r"(?:first|last|past|these|those|next|every|of|on)\s\Z", re.IGNORECASE)
_NOT_OF_A_MONTH = r"(?!\s+[a-z]+\s+(?:of|in)\s+(?:the|each|every|a)\s+month\b)"
_TH = r"(?:st|nd|rd|th)"
_WEEKDAY_BEHIND = re.compile(rf"\s?[(,]?\s?{_DAY}\b", re.IGNORECASE)
_MORE_DAYS = rf"(?:\s?(?:&|and|,|-|to)\s?(?:{_DAY.replace('(mon', '(?:mon', 1)},?\s)?\d{{1,2}}{_TH}?){{1,6}}"
# Tried before the rules for digits.
AHEAD: tuple[Rule, ...] = (
    rule(
        "0123456789",
        rf"(\d{{1,2}}){_TH}?(?=(?:,\s?\d{{1,2}}{_TH}?){{1,6}}(?:,\s?|,?\s?&\s?|,?\sand\s)\d{{1,2}}{_TH}?\s{MONTH}"
        r"\.?(?:,?\s{0,2}(20\d\d)(?!\d|:))?)",
        _days_shared_month,
    ),
    rule("1", r"12\s?(noon|midday|midnight)\b", _noon),
    rule("0123456789", rf"(\d{{1,2}})\s?o'?\s?clock\b(?:\s?{HALF})?", _oclock_in_digits),
    rule("0123456789otfsen", rf"(\d{{1,2}}|{'|'.join(_HOUR_WORDS)})\s{_DAY}(?<=days)\b", _so_many),
    rule(
        "123",
        rf"(\d{{1,2}}){_TH}(?![a-z])(?!\s(?:and|&|,)|\s[a-z]+day\s+(?:of|in)\b|[\s-]{{0,2}}(?:of\s)?{MONTH})",
        _day_by_weekday,
    ),
)
RULES: tuple[Rule, ...] = (
    rule("hw", r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", _noise),
    rule("r", r"rooms?\s\d[\d-]*|r\d+[\d-]*", _noise),
    rule("b", r"building\s\d+", _noise),
    rule("jfmasond", (
        rf"{MONTH}\.?(?:\s{{0,2}}|\s?[|/·]\s?)(\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:\d)(?:,?\s{{0,2}}(?=19|20){YEAR_BEHIND})?"
    ), _month_day),
    rule("jfmasond", rf"{MONTH}\.?,?\s(20\d\d)(?!\d)", _month_year),
    rule("ea", rf"(?:every\s+(?:other|(?:second|2nd){_NOT_OF_A_MONTH})|alternate)\s+{_DAY}\b", _second_weekday),
    rule("fbea", (
        r"(?:(?:fortnight|bi-?week)ly|every\s+fortnight|every\s+(?:two|2)\s+weeks|every\s+(?:other|second|2nd)\s+week|"
        r"(?:on\s+)?alternate\s+weeks|every\s+week)\b"
    ), _fortnight),
    rule("fstl1234te",
         rf"(?:every\s+|the\s+|each\s+)?{_ORDINAL}(?:\s?(?:,|&|/|and)\s?{_ORDINAL})?\s+{_DAY}\s+"
         r"(?:of\s+)?(?:the\s+|each\s+|every\s+)?month\b", _monthly),
    rule("weo", r"(?:every\s|on\s)?weekdays\b|every\sweekday\b|(?:every|on)\sweekends?\b", _weekdays_all),
    rule("tn", r"(this|next)\s+weekend\b", _weekend),
    rule("tn", r"(this|next)\s+week\b", _week),
    rule("mtwfs", (
        rf"{_DAY}\.?,?\s(\d{{1,2}}){_TH}?(?={_MORE_DAYS}\s(?:of\s)?{MONTH}\.?(?:,?\s{{0,2}}(20\d\d)(?!\d|:))?)"
    ), _shared_month),
    rule("tneclmwfso", rf"((?:this|next|every|each|last|on)\s+(?:coming\s+)?)?{_DAY}\b\.?", _weekday),
    rule("td", (
        r"((?:the\s+)?day\s+after\s+tomorrow|tonight|tomorrow|today)(\s+(?:night|evening|afternoon|morning))?\b"
    ), _relative),
    rule("ido", rf"(?:in|during|of)\s+{MONTH}(?!\s\d)", _month_of_series),
    rule("nm", r"noon\b|midday\b|midnight\b", _word_clock),
    rule("hq", (
        rf"(half\s+past|quarter\s+past|quarter\s+to|(?<!a )half)\s+({'|'.join(_HOUR_WORDS)})\b(?:\s+(?:in\s+the|at)"
        rf"\s+(evening|afternoon|morning|night))?"
    ), _spoken),
    rule("otfsen", rf"({'|'.join(_HOUR_WORDS)})\s+o'?clock\b(?:\s?{HALF})?", _oclock),
    rule("aothfsen", (
        rf"(an?|half\s+an|{'|'.join(_HOUR_WORDS)})(?:\s+and\s+a\s+(half))?[\s-](hours?|minutes?)\b(\s+and\s+a\s+half\b)?"
    ), _duration),
    rule("nd", r"(?:now)(?=\s?(?:-|to\b|until\b|through\b|till\b))", _now),
    rule("apmen", r"(am|pm|morning|afternoon|evening|night)\b", _part),
    rule("utgecmpbjkshanl", (
        rf"(?:utc|gmt)\s?[+-]\s?\d{{1,2}}(?::?\d\d)?|(?:{ZONES})\b|(?:pacific|eastern|central|"
        rf"mountain)\s+(?:standard\s+|daylight\s+)?time\b|{zones.IN_ENGLISH}"
    ), _zone),
    rule("tu", r"to\b|till?\b|until\b|through\b|thru\b", _range),
    rule("a", r"and\b", _list),
    rule("den", r"daily\b|every\s+day\b|nightly\b|every\s+(?:evening|night)\b", _daily),
    rule("w", r"weekly\b", _daily),
)  # fmt: skip

"""Free hours in words: "weekday evenings", "after 6pm", 周一到周四晚上7点到10点.

Words for hours become hours (``parts_of_day.toml``); the program's own time grammar reads the rest. What is not wholly
understood is nothing: whoever asked shows what was understood, and asks again.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise

from pydantic_core import PydanticCustomError

from planner.config.hours import DAYS, Hours, parse_hours
from spiders.text.when.model import Mention

WORKING_DAYS, WEEKEND = range(5), range(5, 7)
LONGEST = 300
_MONDAY = date(2024, 1, 1)  # any will do: days are asked for by their names alone
_OPENS = {False: "18:30", True: "09:00"}  # on working days, at the weekend
_CLOSES, _CLOSES_LATE = "22:00", "24:00"
_LATE = 21 * 60
_N = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
_CHINESE_CLOCK = rf"({_N})\s?[点时](?:(半)|([一三])刻|(\d{{1,2}})分?)?"
_CLOCK = r"(?:\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?|\d{1,2}点(?:\d{1,2}分)?)"
_A_CLOCK = rf"({_CLOCK}|\d{{1,2}}\b)"
_NO_MORE = r"(?!\s*(?:-|~|到|至|to\b|till?\b|until\b|[:ap点时]))"
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day|s|nes|rs)?s?\b"
_CHINESE_WEEKDAY = r"(?:周|星期|礼拜)[一二三四五六日天](?:[、和]?(?:周|星期|礼拜)?[一二三四五六日天])*"
_SPELT: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(shape), told)
    for shape, told in (
        (r"\b([012]\d)([0-5]\d)\s*-\s*([012]\d)([0-5]\d)\b", r"\1:\2-\3:\4"),  # 1830-2200
        (r"\b(\d{1,2})\s?h(\d\d)\b", r"\1:\2"),
        (r"\b(\d{1,2})\s?h\b", r"\1:00"),  # 18h
        (r"\bfrom (?=\d[\w:.]*\s?(?:[ap]\.?m\.?\s?)?(?:-|to\b|till?\b|until\b))", ""),
        (r"\b(\d{1,2})\s?(?:till?|until|through|to)\s?(\d{1,2})\b(?!\s?[:.ap点时])", r"\1-\2"),
        (r"\b(?:every|each)\s+(?=\d)", "every day "),
        (rf"\bbetween ({_CLOCK}|\d{{1,2}}) and (?={_CLOCK}|\d)", r"\1-"),
        (r"\bweekday\b", "weekdays"),
        (r"\bweekends?\b", "saturday and sunday"),
        (rf"\b(?:(?:but )?not|but|apart from|other than) (?:on )?(?={_WEEKDAY})", "except "),
        (rf"\b({_WEEKDAY})\s+(?={_WEEKDAY})", r"\1, "),
        (r"(?<![\u4e00-\u9fff])(?=[一二三四五六日]{2,6}\s?\d)", "周"),  # 一三五 19:00
        (rf"除了?({_CHINESE_WEEKDAY})(?!以外|之外|外)", r"除\1外 "),
        (r"除了?([^,、;\s]{1,12}?)(?:以外|之外|外|[,、;])", r"除\1外 "),
        (r"([^,、;\s]{1,12}?)除外", r"除\1外 "),
    )
)
_TO = r"\s?(?:-|~|到|至|\bto\b|\btill?\b|\buntil\b)\s?"
_QUOTES = re.compile(r"[\"“”‘’「」\[\]()（）]+")
_LATER_THAN = "(?:after|since|past|from)"
_SINCE = (
    re.compile(
        rf"(?:(?:after|since|past|from)\s+)?({_CLOCK})\s?(?:以后|之后|后|起|开始|onwards?|and later|or later|\+)"
    ),
    re.compile(rf"{_LATER_THAN}\s+{_A_CLOCK}{_NO_MORE}"),
)
_UNTIL = (re.compile(rf"(?:before|until|till|by)\s+({_CLOCK})"), re.compile(rf"({_CLOCK})\s?(?:以前|之前|前)"))
_BARE_RANGE = re.compile(r"\d{1,2}\s?-\s?\d{1,2}\b(?![:.])")
_SMALL_HOURS = re.compile(r"(?<!\d)[5-8][:：]")  # which on working days are hours of the evening
_GROUPS = re.compile(r"\b(?:on )?(?:weekdays|working days|weekends|the weekend)\b|工作日|平时|平日|周末|双休日")
_OTHERS = re.compile(r"\b(?:others?|otherwise|rest|else)\b|其他|其它|其余|别的")
_REFUSALS = re.compile(r"\b(?:not|no|never|don't|cannot|can't)\b|不|没")


def read_free(text: str, asked: Iterable[int]) -> Mapping[int, Hours] | None:
    """Words of a person -> free hours by weekday (0 is Monday), for the days ``asked`` for and others that are named;
    None where they are not understood. At most `LONGEST` characters are read."""
    days = tuple(asked)
    given = _QUOTES.sub(" ", text.strip()[:LONGEST])
    try:
        hours = parse_hours([each for each in re.split(r"[,，、;；]", given) if each.strip()])
    except PydanticCustomError:
        hours = ()
    if hours and not (_SMALL_HOURS.search(given) and set(days) <= set(WORKING_DAYS)):
        return _sound(dict.fromkeys(days, hours))
    from spiders.text.glyphs import normalize

    plain = " ".join(normalize(given).casefold().split()).strip(" .。!！")
    if {plain, _GROUPS.sub("", plain).strip()} & set(_words("nothing")) or (not plain and text.strip()):
        return dict.fromkeys(days, ())
    return _sound(_read(plain, days)) if plain else None


def as_config(hours: Mapping[int, Hours]) -> dict[str, Sequence[str]]:
    """Free hours by weekday -> the keys of ``week.free``: a named day only where it differs from its fellows."""
    said: dict[str, Sequence[str]] = {}
    for key, group in (("weekdays", WORKING_DAYS), ("weekend", WEEKEND)):
        of_days = [hours.get(day, ()) for day in group]
        usual = max(of_days, key=lambda each: (of_days.count(each), each))
        if of_days.count(usual) * 2 < len(of_days):
            usual = ()
        said[key] = ranges(usual)
        for day, own in zip(group, of_days, strict=True):
            if own != usual:
                said[DAYS[day]] = ranges(own)
    return said


def ranges(hours: Hours) -> tuple[str, ...]:
    """Minutes of the day as people write them."""
    return tuple(f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}" for start, end in hours)


def _sound(hours: Mapping[int, Hours] | None) -> Mapping[int, Hours] | None:
    """The same without doubles; None where hours lie across one another."""
    if hours is None:
        return None
    once = {day: tuple(sorted(set(of_day))) for day, of_day in hours.items()}
    for of_day in once.values():
        if any(end > start for (_, end), (start, _) in pairwise(of_day)):
            return None
    return once


def _read(plain: str, days: Sequence[int]) -> dict[int, Hours] | None:
    from spiders.text.when.mentions import read_mentions

    weekend = all(day in WEEKEND for day in days)
    text = _spelt(plain, weekend=weekend)
    mentions = read_mentions(text, _MONDAY)
    if not any(mention.hours for mention in mentions) and _BARE_RANGE.match(text):
        text = f"every day {text}"
        mentions = [replace(each, rule=None) for each in read_mentions(text, _MONDAY)]
    if not mentions or _left_over(text, [(mention.start, mention.stop) for mention in mentions]):
        return None
    found: dict[int, Hours] = {}
    skipped: set[int] = set()
    for mention in mentions:
        named = _days_of(mention)
        hours = _hours_of(mention, weekend=weekend, evening=_says("evening", plain))
        if hours is None:
            return None
        if mention.role == "skip":
            skipped |= named
            continue
        for day in named or days:
            found[day] = (*found.get(day, ()), *(hours or _usual(day)))
    if _OTHERS.search(plain) and not skipped:
        return None  # "Wednesdays I have class, other evenings are fine"
    return {**dict.fromkeys(days, ()), **(found or {day: _usual(day) for day in days}), **dict.fromkeys(skipped, ())}


def _usual(day: int) -> Hours:
    """The hours of a weekday of which only the name is told."""
    return parse_hours("-".join((_OPENS[day in WEEKEND], _CLOSES)))


def _days_of(mention: Mention) -> set[int]:
    """The weekdays that a mention names, by a rule or one by one."""
    from spiders.text.when.recurrence import weekdays_of

    if mention.rule == "FREQ=DAILY":
        return set(range(7))
    named = weekdays_of(mention.rule) if mention.rule else set()
    for each in mention.days:
        last = each.last or each.first
        named |= {(each.first + timedelta(ahead)).weekday() for ahead in range(min((last - each.first).days, 6) + 1)}
    return named


def _hours_of(mention: Mention, *, weekend: bool, evening: bool) -> Hours | None:
    """The ranges of a mention; empty where it has none, None where they are no hours of one day."""
    from spiders.text.when.hours import is_bare, span

    found: list[tuple[int, int]] = []
    for hours in mention.hours:
        start, end, _ = span(hours)
        if end is None:
            return None
        bare = is_bare(hours.first) and (hours.last is None or is_bare(hours.last))
        if bare and start < 12 * 60 and (evening or (not weekend and 5 <= hours.first.hour <= 8)):
            start, end = start + 12 * 60, (end + 12 * 60 if end <= 12 * 60 else end)
        if not 0 <= start < end <= 24 * 60:
            return None
        found.append((start, end))
    return tuple(found)


def _left_over(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether numbers or refusals stand outside what was read."""
    rest = list(text)
    for start, stop in spans:
        rest[start:stop] = " " * (stop - start)
    left = "".join(rest)
    return bool(re.search(r"\d", left) or _REFUSALS.search(left))


def _spelt(plain: str, *, weekend: bool) -> str:
    """Words for hours as hours, lists of days as lists, limits as ranges."""
    text = re.sub(_CHINESE_CLOCK, _in_digits, plain.replace("每晚", "每天晚上"))
    text = re.sub(rf"({_CHINESE_WEEKDAY})\s?(?:晚上)?\s?(?:{_any_of('busy')})", r" 除\1外 ", text)
    text = re.sub(rf"{_TO}(?:{_any_of('midnight')})", f"-{_CLOSES_LATE}", text)
    without = re.sub(_any_of("free"), " ", text)
    text = _hours_of_part("all") if without != text and not re.search(r"[^\W_]", without) else without
    text = re.sub(_all_parts(), _part, text)
    for shape, told in _SPELT:
        text = shape.sub(told, text)
    for since in _SINCE:
        text = since.sub(lambda match: _since(match[1], weekend=weekend), text)
    for until in _UNTIL:
        text = until.sub(rf"{_OPENS[weekend]}-\1", text)
    text = re.sub(rf"\b{_WEEKDAY}", lambda match: match[0].capitalize(), text)  # as the grammar knows them
    return re.sub(r"\s+", " ", text).replace(" - ", "-").strip(" ,")


def _part(match: re.Match[str]) -> str:
    """The hours that a part of the day stands for; where a clock stands beside it in Latin letters, that tells all, and
    Chinese is for the grammar."""
    word, before, behind = match[0], match.string[: match.start()], match.string[match.end() :]
    if re.match(r"\s?(?:at |from |between |after |before |until |till )?\d", behind) or re.search(
        r"\d\s?(?:[ap]\.?m\.?\s?|点\s?)?(?:in the |at )?$", before
    ):
        return word if word >= "\u2e80" else ""
    hours = _hours_of_part(next(part for part in _table() if word in _words(part)))
    if re.match(_TO + r"\s?\d", behind) or re.search(r"\d\s?(?:[ap]\.?m\.?|点)?" + _TO + "$", before):
        return hours.partition("-")[0]  # noon to 2pm
    if re.search(r"\bafter $", before):
        hours = f"{hours.rpartition('-')[2]} onwards"  # after lunch
    return f" {hours} "


def _since(clock: str, *, weekend: bool) -> str:
    """``6pm`` -> ``6pm-22:00``. A small hour without its half is one of the evening on working days."""
    hour, *rest = (int(each) for each in re.findall(r"\d+", clock))
    minute = rest[0] if rest else 0
    said = re.search(r"[ap]\.?m|^0\d", clock)
    if ("p" in clock and hour < 12) or (not said and hour <= (5 if weekend else 9)):
        hour += 12
    return f"{hour:02d}:{minute:02d}-{_CLOSES_LATE if hour * 60 >= _LATE else _CLOSES}"


def _in_digits(match: re.Match[str]) -> str:
    """A Chinese clock, in whatever numerals, in digits."""
    from spiders.text.numerals import number

    hour = int(match[1]) if match[1].isdecimal() else number(match[1])
    minute = 30 if match[2] else {"一": 15, "三": 45}.get(match[3] or "", int(match[4] or 0))
    return match[0] if hour is None else f"{hour}点{minute}分" if minute else f"{hour}点"


def _says(part: str, plain: str) -> bool:
    return any(word in plain for word in _words(part))


@cache
def _table() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads(files("planner.config").joinpath("parts_of_day.toml").read_text("utf-8"))


def _words(part: str) -> Sequence[str]:
    words = _table()[part]["words"]
    assert isinstance(words, list)
    return words


def _hours_of_part(part: str) -> str:
    return str(_table()[part]["hours"])


@cache
def _any_of(part: str) -> str:
    """A pattern of the words of one family, the longest first."""
    return _pattern(_words(part))


@cache
def _all_parts() -> str:
    """A pattern of all words that stand for hours."""
    return _pattern([word for part, told in _table().items() if "hours" in told for word in _words(part)])


def _pattern(words: Sequence[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in ordered)

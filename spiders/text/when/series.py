"""Series: a rule and the days told beside it, days left out of it, and lists of days written as bare numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from spiders.reasons import WEEKDAYS, Code, Reason
from spiders.text.when.model import Days, Mention
from spiders.text.when.recurrence import parsed, weekdays_of

_JOINT = re.compile(r"\s{0,2}(?:[/、,，;；&+|]|和|及|and)\s{0,2}", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,2}[./-]\d{1,2}(?!\d)")
# Between a rule and the days it is held on: marks, line breaks, a label ("日期：", "本月场次:"), and nothing else;
# where the weekday of the rule is that of the day, also a label of any name, or the rest of the line before.
_BESIDE = re.compile(
    r"[\s,.:;()\[\]【】|/&+、·•*_-]*"
    r"(?:(?:[\u4e00-\u9fff]{0,4}(?:时间|日期|场次|排期|档期|日子)|dates?|on|和|及|and)[\s:]*)?[\s(\[【·•*_-]*",
    re.IGNORECASE,
)
_BESIDE_LABEL = re.compile(r"[\s(]*[^\W\d]{1,6}:\s*")
_LINE_BEFORE = re.compile(r"[^\n]{0,40}\n{1,2}[\s·•*\-–—()0-9.、]{0,6}")
# "12月6日开课", "12月27日结课": the ends of a series are no list of its days.
_BOUND = re.compile(r"\s{0,2}(?:开[课始班营]|结[课束业营]|起|止|starts?\b|ends?\b|first\b|last\b)", re.IGNORECASE)
_BESIDE_MOST = 48  # characters
_RESUMES = re.compile(r"\s{0,2}起?\s{0,2}(?:恢复|复课|重启|resumes?\b|back\b)", re.IGNORECASE)
# "each time", right before the hours that hold for all.
_EACH = re.compile(
    r"(?:每[次场期回]|均|都[是在]|统一|一律|\beach\b|\ball\b|\balways\b)[^\n,，。;；:\d]{0,10}:?\s?$", re.IGNORECASE
)
_NUMBERED = re.compile(r"\W*(?:第?[一二三四五六七八九十\d]{1,2}[周次场期讲回]?)?\W*")
_ITEM = re.compile(r"\W*(?:[^\W\d]{1,6}\s?[:|-]\s?)?\W*")
_LINES = 2  # line breaks between two items of a list
_MAX_DAYS = 366  # of a range of days left out


def joined_numbers(mentions: list[Mention], text: str) -> list[Mention]:
    """``12.6 / 12.13 / 12.20 14:00``: numbers joined to one that is a day are days too, and its hours hold for all."""
    kept: list[Mention] = []
    for mention in mentions:
        while (
            kept
            and mention.days
            and mention.role in {"main", "skip"}
            and not mention.days[0].weak
            and _is_bare(kept[-1])
            and kept[-1].days[-1].first < mention.days[0].first
            and _NUMBER.match(text, mention.start)
            and _JOINT.fullmatch(text, kept[-1].stop, mention.start)
        ):
            earlier = kept.pop()
            for days in earlier.days:
                days.weak = False
            mention.days, mention.start = [*earlier.days, *mention.days], earlier.start
        kept.append(mention)
    return kept


def _is_bare(mention: Mention) -> bool:
    """Bare numbers that may be days, and nothing else."""
    return mention.role == "main" and not mention.hours and bool(mention.days) and all(d.weak for d in mention.days)


def give_hours_to_all(kept: list[Mention], mention: Mention, text: str) -> bool:
    """``每次都是周日15:00`` under a list of days: its hours hold for each of them. True if they were given."""
    if not mention.hours or mention.rule or not all(d.relative and d.guessed for d in mention.days):
        return False
    before = text[max(0, mention.start - 16) : mention.start]
    if mention.role not in {"main", "check-in", "start"} or not (mention.days or _EACH.search(before)):
        return False  # a weekday that is that of all the days says no less than "each time"
    weekdays = {d.first.weekday() for d in mention.days}
    listed = [m for m in kept if m.days and not m.hours and not m.rule and _heads_line(m, text)]
    if len(listed) < 2 or not all(m.days[0].first.weekday() in (weekdays or range(7)) for m in listed):
        return False
    for one in listed:
        one.hours = [replace(h, role=mention.role if h.role == "main" else h.role) for h in mention.hours]
        for days in one.days:
            days.weak = False
    return True


def share_hours_above(kept: list[Mention], text: str) -> None:
    """``时间：10-17点`` above ``南区：7/15`` and, each in its line, further days: the hours hold for all of them."""
    for before, mention in pairwise(kept):
        above = bool(before.hours and before.days) and before.hours[0].start < before.days[0].at
        if not above or before.rule or mention.hours or not mention.days or mention.rule or mention.role != "main":
            continue
        listed = "\n" in text[before.stop : mention.start] and text[before.stop : mention.start].count("\n") <= _LINES
        if listed and _is_item(before, text) and _is_item(mention, text):
            mention.hours = [replace(hours, start=before.hours[0].start) for hours in before.hours]


def _is_item(mention: Mention, text: str) -> bool:
    """Whether the day stands at the beginning of its line, behind nothing but a short label."""
    at = mention.days[0].at
    return _ITEM.fullmatch(text[text.rfind("\n", 0, at) + 1 : at]) is not None


def _heads_line(mention: Mention, text: str) -> bool:
    """Whether a day stands at the beginning of its line, behind nothing but its number in the list."""
    return _NUMBERED.fullmatch(text[text.rfind("\n", 0, mention.start) + 1 : mention.start]) is not None


def settle_series(mentions: list[Mention], skipped: list[Mention], text: str) -> list[Mention]:
    """``mentions`` with the days that belong to their series, without those left out of them (``skipped``)."""
    ruled = [m for m in mentions if m.rule]
    if ruled and len(mentions) > 1:
        mentions = _with_listed_days(mentions, text)
    for mention in ruled:
        _settle_listed(mention)
    if skipped or any(m.skipped for m in ruled):
        return _leave_out(mentions, skipped, text)
    return mentions


def _with_listed_days(mentions: list[Mention], text: str) -> list[Mention]:
    """``每周日 14:00-16:00`` and beside it ``12.6 / 12.13 / 12.20``: two days and more are the days it is held on.

    A number that is no day elsewhere is one here, behind another: a list under a rule is one of days.
    """
    kept: list[Mention] = []
    at = 0
    while at < len(mentions):
        mention = mentions[at]
        at += 1
        kept.append(mention)
        if not mention.rule or (mention.days and mention.days[0].at < mention.rule_at):
            continue
        found = list(mention.days)
        reached, after = mention.stop, at
        while after < len(mentions) and _may_be_sitting(mentions[after], found, text):
            if not _is_beside(mention, mentions[after], found, text[reached : mentions[after].start]):
                break
            found.extend(mentions[after].days)
            reached = mentions[after].stop
            after += 1
        if len(found) > 1 and len(found) > len(mention.days):
            for days in found:
                days.weak = False
            mention.days, mention.stop, at = found, max(mention.stop, reached), after
    return kept


def _may_be_sitting(mention: Mention, found: list[Days], text: str) -> bool:
    """A bare day, later than those before it."""
    days = mention.days
    return (
        mention.role == "main"
        and not mention.hours
        and not mention.rule
        and bool(days)
        and all(d.last is None for d in (*found, *days))
        and (not found or days[0].first > found[-1].first)
        and _BOUND.match(text, mention.stop) is None
    )


def _is_beside(series: Mention, mention: Mention, found: list[Days], gap: str) -> bool:
    """Whether a bare day stands in the list of the days of ``series``, by what is between it and those before it."""
    if len(gap) > _BESIDE_MOST or gap.count("\n") > 2:
        return False
    if _BESIDE.fullmatch(gap) is not None:
        return True
    weekdays = weekdays_of(series.rule or "")
    if not all(d.first.weekday() in weekdays for d in (*found, *mention.days)):
        return False
    return (not found and _BESIDE_LABEL.fullmatch(gap) is not None) or _LINE_BEFORE.fullmatch(gap) is not None


def _settle_listed(mention: Mention) -> None:
    """A rule with two or more days of its own only describes them; where it contradicts them, they are doubtful."""
    rule, days = mention.rule, mention.days
    if not rule or len(days) < 2 or any(d.last is not None for d in days):
        return
    if len({d.at < mention.rule_at for d in days}) > 1:
        return  # the day it begins on, and others
    whole = parsed(rule)
    if whole is not None and whole.count is not None and whole.count > len(days):
        return  # these are only the first of them
    weekdays = weekdays_of(rule)
    for one in days:
        if weekdays and one.first.weekday() not in weekdays:
            weekday = Reason(WEEKDAYS[one.first.weekday()])
            mention.conflicts.append(Reason(Code.WEEKDAY_IS_NO_RULE_DAY, day=one.first.isoformat(), told=weekday))
    mention.rule = None


def _leave_out(mentions: list[Mention], skipped: Iterable[Mention], text: str) -> list[Mention]:
    """Days left out (``skipped``) given to the series they belong to: the one before them, else the one behind."""
    for mention in skipped:
        if mention.hours or mention.rule:
            continue  # a place that is closed for some hours
        before = [m for m in mentions if _is_series(m) and m.start <= mention.start]
        behind = [m for m in mentions if _is_series(m) and m.start > mention.start]
        for series in before[-1:] or behind[:1]:
            series.skipped.extend(mention.days)
    for series in mentions:
        _move_on(series, skipped)
        if series.skipped and not series.rule:
            remaining = [d for d in series.days if d.last is not None or not is_skipped(d.first, series.skipped)]
            series.days = remaining or series.days
            series.skipped = series.skipped if remaining else []
    return [m for m in mentions if not _resumes(m, mentions, text)]


def _move_on(mention: Mention, skipped: Iterable[Mention]) -> None:
    """``周六 14:00，本周暂停``: a weekday alone is the next one on which it is held."""
    left_out = [days for one in skipped if not one.hours and not one.rule for days in one.days]
    if mention.rule:
        return
    for days in mention.days:
        if days.relative and days.guessed and days.last is None and is_skipped(days.first, left_out):
            days.first += timedelta(days=7)


def _is_series(mention: Mention) -> bool:
    return bool(mention.rule) or len(mention.days) > 1 or any(d.last is not None for d in mention.days)


def _resumes(mention: Mention, mentions: list[Mention], text: str) -> bool:
    """``12月1日停一次，12月8日恢复``: the day from which a series goes on is told by its rule already."""
    return (
        bool(mention.days)
        and not mention.hours
        and not mention.rule
        and any(m.rule and m.skipped and m.start < mention.start for m in mentions)
        and _RESUMES.match(text, mention.stop) is not None
    )


def is_skipped(day: date, skipped: Iterable[Days]) -> bool:
    return any(one.first <= day <= (one.last or one.first) for one in skipped)


def excluded_days(mention: Mention) -> list[date]:
    """The days on which the series of a rule does not meet though its rule names them."""
    if not mention.rule:
        return []
    weekdays = weekdays_of(mention.rule)
    found: set[date] = set()
    for one in mention.skipped:
        last = one.last or one.first
        length = 0 if last == date.max else min((last - one.first).days, _MAX_DAYS)
        days = (one.first + timedelta(days=step) for step in range(length + 1))
        found.update(day for day in days if not weekdays or day.weekday() in weekdays)
    return sorted(found)

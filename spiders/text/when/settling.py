"""Mentions that stand for themselves: hours joined to days, ends to starts; what begins nothing is left out."""

from __future__ import annotations

import re
from datetime import date, timedelta

from spiders.text.when.hours import minutes
from spiders.text.when.model import Days, Hours, Mention
from spiders.text.when.series import give_hours_to_all, joined_numbers, settle_series, share_hours_above
from spiders.text.when.sessions import main_hours

_FIRST = re.compile(r"首[场期次节]|第一[场期次节]|开[课班营始]|从|自|starting|beginning|first|next", re.IGNORECASE)
# A label such as "出发时间：" or "Start:" right before an hour.
_START_LABEL = re.compile(
    r"(?:出发|开始|正式开始|开[场讲演赛]|depart\w*|start\w*|begin\w*)(?:时间| time|(?: [a-z]{1,12})? at)?"
    r"[\s:|】\])]{0,4}$",
    re.IGNORECASE,
)
_START_BEHIND = re.compile(r"[^\n,，。;；\d]{0,8}(?:开始|开[场讲演赛]|出发|start|begin|depart)", re.IGNORECASE)
_NEXT_LINE = re.compile(
    r"[ \t]*\w{0,6}(?:签到|入场|报到|检票|doors(?: open)?|check[ -]?in|registration)[^\n]{0,12}\n+\W*", re.IGNORECASE
)
_OPENS_BEHIND = re.compile(r"\s?(?:[(（]?首[场期次节课][)）]?|开[课班营]|起)", re.IGNORECASE)
_PERIOD = re.compile(r"\W{0,2}(?:展会|会议|活动|假期)?期间")
_SENTENCE_ENDED = re.compile(r"[。!?！？]\s*\n")
_LONGEST_SIGN_IN = 60  # minutes
_NEAR = 40  # characters
_IN_SIGHT = 200  # characters behind several days within which a weekday is one of them
_WEEKDAYS_BEFORE = 3  # characters
_WEEK = 7
_LONGEST_WAIT = 180  # minutes between meeting and start


def settle(mentions: list[Mention], text: str) -> list[Mention]:
    """Mentions that stand for themselves: hours told apart from their day are joined to it, ends to their starts."""
    kept: list[Mention] = []
    skipped: list[Mention] = []
    ruled = False
    for mention in joined_numbers(mentions, text) if len(mentions) > 1 else mentions:
        if mention.role in {"deadline", "past", "side"}:
            continue
        if mention.role == "skip":
            skipped.append(mention)
            continue
        before = kept[-1] if kept else None
        if mention.role == "end":
            _end_of(before, mention)
            continue
        ruled = ruled or mention.rule is not None
        if mention.role == "check-in":
            _split_meeting(mention, text)
        if len(kept) > 1 and give_hours_to_all(kept, mention, text):
            continue
        if mention.hours:
            _weekday_of(kept, mention)
        if before is not None and _joins(before, mention, text):
            continue
        if before is not None and _names_weekdays_of(before, mention):
            mention.start = before.start
            kept.pop()
        elif before is not None and _is_headed_by(before, mention):
            mention.hours, mention.start = _with_their_role(before), before.start
            kept.pop()
        kept.append(mention)
    share_hours_above(kept, text)
    kept = settle_series(kept, skipped, text) if skipped or ruled else kept
    return _without_those_beside(kept, sum(bool(m.days) for m in mentions), text)


def _joins(before: Mention, mention: Mention, text: str) -> bool:
    """Joins a mention to the one before it, where it completes that; True if it did."""
    if not mention.days and not mention.rule and _completes(before, mention, text):
        before.day_stop = before.day_stop or before.stop
        before.hours.extend(_with_their_role(mention))
        before.stop = max(before.stop, mention.stop)
        before.minutes = before.minutes or mention.minutes
        before.zone = before.zone or mention.zone
        return True
    if _starts_after_meeting(before, mention, text):
        _start_behind_meeting(before, mention, text)
        return True
    if _begins(before, mention, text):
        before.days, before.stop = mention.days[:1], mention.stop
        return True
    if _first_of(before, mention, text):
        before.rule, before.rule_at, before.hours = mention.rule, mention.rule_at, mention.hours
        before.day_stop, before.stop = before.day_stop or before.stop, mention.stop
        return True
    return False


def _names_weekdays_of(before: Mention, mention: Mention) -> bool:
    """``Fri-Sun Nov 6-8``: the weekdays right before the days they are those of."""
    if before.hours or before.rule or before.role != "main" or mention.rule or not before.days or not mention.days:
        return False
    bare = all(days.relative and days.guessed and not days.weak for days in before.days)
    told = {day.weekday() for days in mention.days for day in (days.first, days.last or days.first)}
    named = {day.weekday() for days in before.days for day in (days.first, days.last or days.first)}
    dated = not any(days.relative for days in mention.days)
    return bare and dated and named == told and 0 <= mention.start - before.stop <= _WEEKDAYS_BEFORE


def _is_headed_by(before: Mention, mention: Mention) -> bool:
    """Hours alone, and shortly behind them a day alone."""
    hours_alone = bool(before.hours) and not before.days and not before.rule
    return hours_alone and bool(mention.days) and not mention.hours and mention.start - before.stop < _NEAR


def _without_those_beside(kept: list[Mention], dated: int, text: str) -> list[Mention]:
    """Without days on which nothing begins where others are told: since now, when one arrives, a period spoken of.

    ``dated`` is how many mentions of the text have days, also those that are no event's.
    """
    mains = [m for m in kept if m.role == "main" and (m.days or m.rule)]
    latest = max((m.days[0].first for m in mains if m.days), default=date.min)
    with_hours = {m.days[0].first for m in mains if m.days and m.hours}

    def is_beside(mention: Mention) -> bool:
        if mention.rule or not mention.days:
            return False
        first = mention.days[0]
        others = len(mains) > (mention.role == "main")
        if first.open_since_now and not mention.hours:
            return first.last is None or others or (dated > 1 and mention.label is None)
        if mention.role == "check-in":  # one arrives the day before, or on the day and before its hours
            return first.first < latest or first.first in with_hours
        period = not mention.hours and first.last is not None and _PERIOD.match(text, mention.stop) is not None
        return period and others

    return [m for m in kept if not is_beside(m)]


def _weekday_of(kept: list[Mention], mention: Mention) -> None:
    """``2月19、20日(週六、週日); 週六上午9點``: a bare weekday behind days told by date is one of those days."""
    days = mention.days[0] if len(mention.days) == 1 else None
    if days is None or not (days.relative and days.guessed) or mention.rule:
        return
    for before in kept[-1:-_WEEK:-1]:
        if before.rule or before.hours or any(one.relative for one in before.days):
            continue
        told = [
            one.first + timedelta(days=step)
            for one in before.days
            for step in range(min(_WEEK, ((one.last or one.first) - one.first).days + 1))
        ]
        day = next((one for one in told if one.weekday() == days.first.weekday()), None)
        if day is not None and mention.start - before.stop <= (_NEAR if len(told) < 2 else _IN_SIGHT):
            mention.days = [Days(day, at=days.at)]
            return


def _completes(before: Mention, mention: Mention, text: str) -> bool:
    """Hours without a day, shortly behind a day without hours."""
    if not (before.days or before.rule) or before.hours:
        return False
    between = text[before.stop : mention.start]
    if "\n" in between and before.days and all(d.relative for d in before.days):
        return False  # "今日海拔…" and, lines below, an hour
    if _SENTENCE_ENDED.search(between):
        return False  # the hours stand in another paragraph than the day
    return len(between) <= 60 and between.count("\n") <= 3


def _starts_after_meeting(before: Mention, mention: Mention, text: str) -> bool:
    """Hours of a start that stand below those at which one meets: ``集合 08:00`` and, a line on, ``出发 08:30``."""
    if mention.days or mention.rule or not before.days or not main_hours(mention):
        return False
    if not before.hours or not (before.role == "check-in" or all(h.role == "check-in" for h in before.hours)):
        return False
    between = text[before.stop : mention.start]
    said = mention.role == "start" or any(h.role == "start" for h in mention.hours)
    said = said or bool(_START_LABEL.search(between) or _START_BEHIND.match(text, mention.stop))
    waited = minutes(mention.hours[0].first) - minutes(before.hours[-1].first)
    if not said:
        # "13:00 签到", and the next line of the programme: one signs in for what follows.
        return 0 < waited <= _LONGEST_SIGN_IN and _NEXT_LINE.fullmatch(between) is not None
    return 0 < waited <= _LONGEST_WAIT and len(between) <= 120 and between.count("\n") <= 4


def _split_meeting(mention: Mention, text: str) -> None:
    """``签到时间：12月5日 13:30 开始时间：14:00``: of one mention the first hours are those at which one meets."""
    if len(mention.hours) < 2:
        return
    started = [h for h in mention.hours[1:] if h.role == "start" or _START_LABEL.search(text[: h.start][-24:])]
    for hours in started:
        hours.role = "start"
    if started:
        mention.role = "main"
        mention.hours[0].role = "check-in"


def _with_their_role(mention: Mention) -> list[Hours]:
    """The hours of a mention that is joined to another: what they are for goes with them."""
    for hours in mention.hours:
        if hours.role == "main" and mention.role in {"check-in", "start"}:
            hours.role = mention.role
    return mention.hours


def _start_behind_meeting(before: Mention, mention: Mention, text: str) -> None:
    slot = _NEXT_LINE.fullmatch(text, before.stop, mention.start) is not None
    for hours in before.hours:
        hours.role = "check-in"
    starts = [hours for hours in mention.hours if hours.role in {"main", "start"}]
    for hours in starts:
        hours.role = "start" if hours is starts[0] else "side"  # further hours are those of a programme
        hours.last = None if slot else hours.last  # and the end of its first slot is not that of the event
    before.role = "main" if before.role == "check-in" else before.role
    before.day_stop = before.day_stop or before.stop
    before.hours.extend(mention.hours)
    before.stop = max(before.stop, mention.stop)


def _begins(before: Mention, mention: Mention, text: str) -> bool:
    """A day that is said to be the first of a rule: ``每周日14:00，首场12月6日``."""
    if not before.rule or before.days or not mention.days or mention.hours or mention.rule:
        return False
    between = text[before.stop : mention.start]
    return len(between) <= 24 and _FIRST.search(between) is not None


def _first_of(before: Mention, mention: Mention, text: str) -> bool:
    """``5月6日开课，每周三 19:30``: the day on which it begins, and shortly behind it the rule."""
    if before.rule or before.hours or not mention.rule or mention.days:
        return False
    if len(before.days) != 1 or before.days[0].last is not None or before.days[0].relative:
        return False
    between, ahead = text[before.stop : mention.start], text[max(0, before.start - 12) : before.start]
    said = _OPENS_BEHIND.match(between) or _FIRST.search(ahead.rpartition("\n")[2])
    return len(between) <= _NEAR and said is not None


def _end_of(before: Mention | None, mention: Mention) -> None:
    if before is None or not (before.days or before.hours):
        return
    days = before.days[-1] if before.days else None
    if (
        mention.days
        and days is not None
        and not mention.hours
        and (not before.hours or before.rule)
        and days.last is None
        and mention.days[0].first >= days.first
    ):
        days.last = mention.days[0].first
    elif mention.hours and before.hours and before.hours[-1].last is None:
        hours = before.hours[-1]
        hours.last = mention.hours[0].first
        if mention.days and days is not None:
            hours.next_day = max(0, (mention.days[0].first - days.first).days)

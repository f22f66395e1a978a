"""From the mentions of a text to its occasions: which time is the event's, and where one text tells several events."""

from __future__ import annotations

import re
from datetime import timedelta

from spiders.readers.announcement.occasions import MentionIndex, Occasion, line_of, sentence_of
from spiders.readers.announcement.tentative import is_to_come
from spiders.readers.announcement.titles import enumerated, heading_before, is_set_off, lines_above
from spiders.readers.announcement.vocabulary import says
from spiders.text.when.model import Mention, Session
from spiders.text.when.sessions import main_hours

_MAX = 60  # occasions of one text; a longer list is a table of something else
_STEP = re.compile(
    r"公布|公示|提交|截止|启动|开放|发布|通知|缴费|报到|返程|完成|获|成立|上线|入选|签约|初审|初赛|复赛|。"
)
_NUMBER_AHEAD = re.compile(r"^\W*第[一二三四五六七八九十\d]{1,2}[周次场期讲回]\W*$")
_NOT_A_NAME = re.compile(r"^(?:签到|入场|开始|结束|茶歇|休息|左右|见|准时|\W*$)|报名|截止|https?:|线上|线下|直播")


def occasions_of(chooser: MentionIndex, normalized: str) -> list[Occasion]:
    """The occasions a text announces, in order; none where it names no time that is still to come.

    Where the time is still to be fixed, a day that is not to come is that of the posting.
    """
    found = _told(chooser, normalized)
    sessions = [session for one in found for session in one.sessions]
    posted = all(s.all_day and s.end is None and s.start.date() <= chooser.today for s in sessions)
    return [] if found and posted and is_to_come(normalized, chooser.fields, chooser.today) else found


def _told(chooser: MentionIndex, normalized: str) -> list[Occasion]:
    if departures(chooser):
        return []
    listed = [m for m in chooser.titled() if m.days and main_hours(m) and not chooser.is_over(m)]
    listed = [m for m in listed if is_set_off(chooser.source[: chooser.title_end], m)]
    if listed:
        return _one(chooser, listed[:1])
    labelled = [m for m in chooser.labelled() if not chooser.is_over(m)]
    if labelled:
        return _separate(chooser, _with_lines(chooser, labelled, normalized), normalized, labelled=True)
    lines = _own_lines(chooser, normalized)
    if len(lines) > 1:
        return _separate(chooser, lines, normalized, labelled=False)
    return _one(chooser, _headline_or_prose(chooser))


def _headline_or_prose(chooser: MentionIndex) -> list[Mention]:
    """The title's day, else the best of those that the prose announces, else a bare number of the title."""
    titled = [m for m in chooser.titled() if not chooser.is_over(m)]
    titled = [m for m in titled if not says("over", sentence_of(chooser.text, m.start, m.stop))] or titled
    if titled:
        return titled
    announced = [m for m in chooser.announced() if not chooser.is_over(m)]
    if announced:
        best = announced[0]
        if not main_hours(best):
            same = [
                m for m in announced if main_hours(m) and m.days and best.days and m.days[0].first == best.days[0].first
            ]
            best = same[0] if same else best
        return [best]
    return chooser.title_weak[:1]


def departures(chooser: MentionIndex) -> bool:
    """A tour that leaves again and again: five or more ranges of days in a list. Which one is meant is not said."""
    ranges = [
        m
        for m in chooser.dated
        if m.role == "main"
        and not m.hours
        and len(m.days) == 1
        and m.days[0].last is not None
        and m.start > chooser.title_end
    ]
    return sum(1 for m in ranges if not re.search(r"\w", line_of(chooser.text, m.start, m.stop)[0])) >= 5


def _one(chooser: MentionIndex, mentions: list[Mention]) -> list[Occasion]:
    occasion = chooser.occasion(whole for m in mentions for whole in chooser.days_with_hours(m))
    return [occasion] if occasion is not None else []


def _with_lines(chooser: MentionIndex, labelled: list[Mention], normalized: str) -> list[Mention]:
    """The labelled mentions and those that follow them line by line in the same list."""
    found = list(labelled)
    known = {id(m) for m in found}
    reached = found[-1].stop
    for mention in chooser.dated:
        if mention.start < reached or id(mention) in known or not main_hours(mention):
            continue
        if normalized[reached : mention.start].count("\n") > 1:
            break
        before, _ = line_of(normalized, mention.start, mention.stop)
        if not re.search(r"\w", before):
            found.append(mention)
            reached = mention.stop
    return found


def _own_lines(chooser: MentionIndex, normalized: str) -> list[Mention]:
    """Dated hours that stand alone or first on lines of their own: a programme of several meetings."""
    found = []
    for mention in chooser.dated:
        if mention.start < chooser.title_end or chooser.is_over(mention) or mention.rule:
            continue
        if not main_hours(mention) and not _listed(chooser, mention):
            continue
        if any(d.relative for d in mention.days) and len(normalized) > 400:
            continue
        before, behind = line_of(normalized, mention.start, mention.stop)
        if len(before.strip(" -·*|>1234567890.、:")) <= 12 and len(behind) <= 60 and not re.search("[。;]", before):
            found.append(mention)
    return found


def _listed(chooser: MentionIndex, mention: Mention) -> bool:
    """``12月5日（周六） 龙潭线 12km``: a day at the head of a line and a name behind it, in a programme of days."""
    before, behind = line_of(chooser.source, mention.start, mention.stop)
    if (
        re.search(r"\w", before)
        or mention.days[0].weak
        or mention.role != "main"
        or not says("noun", chooser.text[: chooser.title_end])
    ):
        return False
    return _name_behind(chooser, mention) is not None and not _STEP.search(behind)


def _separate(chooser: MentionIndex, mentions: list[Mention], normalized: str, *, labelled: bool) -> list[Occasion]:
    """Each mention as its own occasion; the same start twice is one."""
    if len(mentions) == 1:
        occasion = chooser.occasion(chooser.days_with_hours(mentions[0]), labelled=labelled)
        return [occasion] if occasion is not None else []
    occasions: list[Occasion] = []
    reached = chooser.title_end
    for mention in mentions[:_MAX]:
        occasion = chooser.occasion(chooser.days_with_hours(mention), labelled=labelled)
        if occasion is None:
            continue
        # Where hours were joined to a date further up, the name stands above the hours.
        at = mention.hours[0].start if mention.day_stop and mention.hours else mention.start
        above = chooser.source[reached:at].split("\n")
        occasion.title = (
            enumerated(above[-40:])
            or heading_before(above[-60:-1], chooser.headings)
            or _name_behind(chooser, mention)
            or lines_above(_before_label(above))
        )
        occasion.rest = _branch(chooser, mention)
        reached = max(mention.stop, at)
        if any(_same(occasion, other) or _inside(occasion, other) for other in occasions):
            continue
        occasions.append(occasion)
    kept = _without_headlines(occasions)
    if says("noun", normalized[: chooser.title_end]):
        for occasion in kept:
            if len(kept) == 1 or _holds_others(occasion, kept):
                occasion.title = None  # the headline names it
    return kept


def _branch(chooser: MentionIndex, mention: Mention) -> str | None:
    """``东校区：11月28日 19:00``: what tells this sitting from the others."""
    before, _ = line_of(chooser.source, mention.start, mention.stop)
    match = re.fullmatch(r"\W*([\u4e00-\u9fffA-Za-z0-9]{2,10})\s?[:：]\s*", before)
    if match is None or re.search(r"时间|日期|活动|报名|when|date|time", match[1], re.IGNORECASE):
        return None
    return match[1]


def _before_label(above: list[str]) -> list[str]:
    """The lines above the label of a time: the label itself is the last one that is not empty."""
    lines = above[-14:]
    while lines and not lines[-1].strip():
        lines.pop()
    return lines[:-1]


def _same(one: Occasion, other: Occasion) -> bool:
    """The same time told again, without a name of its own."""
    starts = {s.start for s in other.sessions}
    whole = len(other.sessions) > len(one.sessions)  # this is a day of it
    return all(s.start in starts for s in one.sessions) and (whole or one.title is None or one.title == other.title)


def _holds_others(one: Occasion, occasions: list[Occasion]) -> bool:
    """Whether the others take place while this one does: it is the whole, they are its parts."""
    if any(s.end is not None and (s.end - s.start).days > 5 for s in one.sessions):
        return False
    starts = [s.start for other in occasions if other is not one for s in other.sessions]
    return all(any(s.end is not None and s.start <= start < s.end for s in one.sessions) for start in starts)


def _inside(one: Occasion, other: Occasion) -> bool:
    """A slot of the programme: hours without a name of their own, within those of an event already told."""
    if one.title is not None:
        return False
    spans = [(s.start, s.end) for s in other.sessions if s.end is not None and not s.all_day]
    return bool(spans) and all(any(low <= s.start < high for low, high in spans) for s in one.sessions)


def _without_headlines(occasions: list[Occasion]) -> list[Occasion]:
    """A bare day falls away where the same day stands with hours."""
    timed: set[object] = {s.start.date() for o in occasions for s in o.sessions if not s.all_day}
    kept = [o for o in occasions if not all(s.all_day and _covers(s.start.date(), s.end, timed) for s in o.sessions)]
    return kept or occasions


def _covers(first: object, end: object, timed: set[object]) -> bool:
    from datetime import date, datetime

    if isinstance(end, datetime) and isinstance(first, date):
        return any(isinstance(day, date) and first <= day < end.date() for day in timed)
    return first in timed


def _name_behind(chooser: MentionIndex, mention: Mention) -> str | None:
    """``10.19 14:00-17:30 精彩游戏节``: what stands behind the hours on their line, if it reads as a name."""
    before, behind = line_of(chooser.source, mention.start, mention.stop)
    name = re.split(r"[,，。;；|@]", behind.strip(" :：-·—|*)）】"))[0].strip(" *")
    quoted = re.search(r"《([^《》]{2,40})》[^《》]{0,12}$", before)
    if quoted is not None:
        return f"《{quoted[1]}》"
    if re.search(r"\w", _NUMBER_AHEAD.sub("", before)) or not re.match(r"[\s:：|)）】·—-]", behind):
        return None
    if (
        (4 <= len(name) <= 40 or (len(name) > 1 and says("noun", name)))
        and not _NOT_A_NAME.search(name)
        and re.search(r"[\u4e00-\u9fff]{2}|[A-Za-z]{4}", name)
    ):
        return name
    return None


def merged_halves(sessions: list[Session], normalized: str) -> list[Session]:
    """Morning and afternoon of one day are one event with a break, unless the text speaks of separate sittings."""
    if re.search(r"[两二三四]场|上午场|下午场|晚上?场|第[一二三]场|场次|各[一两]场|任选|选择.{0,6}场", normalized):
        return sessions
    merged: list[Session] = []
    for session in sessions:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.end is not None
            and session.end is not None
            and last.start.date() == session.start.date()
            and timedelta(0) <= session.start - last.end <= timedelta(hours=3)
            and last.start.hour < 12
        ):
            merged[-1] = Session(
                start=last.start, end=session.end, sure=last.sure, precision=last.precision, words=last.words
            )
        else:
            merged.append(session)
    return merged

"""Texts that call their event off, put it off or move it: which event they name, and of which day they speak."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from spiders.items import Context, Event
from spiders.text.notice import Notice, notice_of_text, notice_of_title
from spiders.text.when import Session, read_when

_BEGINNING = 400  # characters of a text that are looked at for the day of a notice
_POLITE = re.compile(
    r"^(?:(?:非常|很|十分|万分)?(?:抱歉|遗憾|对不起)[^，,]{0,8}[，,]\s*|各位[^，,：:]{0,6}[，,：:]\s*|由于[^，,]{1,20}[，,]\s*"
    r"|(?:重要|紧急)?(?:通知|公告)\s?[:：]\s*|(?:unfortunately|sorry|dear all|we are sorry|update|correction)"
    r"(?: all| everyone| everybody| folks| guys| team)?[,:]?\s+)+",
    re.IGNORECASE,
)
_PLANNED = re.compile(r"^原(?:定|计划)(?:于|在)?")
_DAY_OF = re.compile(r"^(?=[\d本今明周下星])[^的，,《]{2,24}的(?=[^\s]{2})")
_WEEKDAY = re.compile(
    r"(?<![本这])(?:周|星期|礼拜)[一二三四五六日天]|(?<!this )\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
_END = re.compile(r"[。!！?？;；\n]|\.\s")
_WEEK = re.compile(r"\b(this|next) week\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|our|tonight's|this)\s+(?=\S)", re.IGNORECASE)
_NO_NAME = re.compile(
    r"(?:本次|本场|本期|此次|这次|这场|该|今晚|明晚|周[一-日])?(?:的)?(?:活动|讲座|沙龙|会议|演出|课程)?|(?:重要|紧急)?(?:通知|公告)"
    r"|(?:event|meeting|notice|this|it|everything)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A notice with the ``title`` of its event, the words of its day (``when``) and, of one that is moved, those of the
    new time (``anew``); ``sentence`` is the one that says it."""

    notice: Notice
    title: str
    when: str
    anew: str = ""
    sentence: str = ""


def told_in(headline: str, body: str) -> Told | None:
    """The notice that a text is; None for any other text."""
    of_title, of_text = notice_of_title(headline), notice_of_text(body)
    notice = of_title or of_text
    if notice is None:
        return None
    if of_title is not None and not of_title.moved and of_text is not None and of_text.moved:
        notice = of_text  # 【改期】 in the title, the new time in the text
    said_in = headline if notice is of_title else body
    anew = said_in[notice.at :][:100].split("\n")[0] if notice.moved else ""
    when = said_in[: notice.start] if notice.moved else f"{_POLITE.sub('', headline)}\n{body[:_BEGINNING]}"
    names = (of_title.title if of_title is not None else headline, of_text.title if of_text is not None else "")
    title = next((name for each in names if (name := _subject(each))), "")
    return Told(notice, title, when, anew, _sentence(said_in, notice.start, notice.at)) if title else None


def _sentence(text: str, start: int, at: int) -> str:
    """The sentence of a text in which something from ``start`` to ``at`` stands."""
    begin = max((match.end() for match in _END.finditer(text, 0, start)), default=0)
    end = _END.search(text, at)
    return text[begin : end.start() if end else len(text)]


def _subject(words: str) -> str:
    """The event that a sentence says something of, without what leads up to it; empty where it has no name."""
    bare = _POLITE.sub("", words.strip())
    planned = _PLANNED.sub("", bare)
    bare = _ARTICLE.sub("", _DAY_OF.sub("", planned) if planned != bare or planned[:1].isdigit() else bare).strip(
        " ，,：:"
    )
    return "" if len(bare) < 2 or _NO_NAME.fullmatch(bare) else bare


def session_of(words: str, context: Context, *, days: bool = False) -> Session | None:
    """The first day or hour that these words name; a weekend or another stretch of days names none of them, unless
    ``days`` says that an event of several days is meant."""
    sessions = read_when(words, now=context.now, timezone=context.timezone).sessions if words.strip() else ()
    first = sessions[0] if sessions and sessions[0].precision != "time" else None
    if first is not None and first.all_day and first.end is not None and first.end - first.start > timedelta(days=1):
        return first if days else None
    if first is not None and first.all_day and first.start.date() == context.now.astimezone(first.start.tzinfo).date():
        return None if _WEEKDAY.search(words) else first  # this week's or the next one's: its title tells
    return first


def stretch_of(words: str, context: Context) -> tuple[date, date] | None:
    """The first and the last day of the stretch that a sentence names ("next week"); None where it names none."""
    week = _WEEK.search(words)
    if week is not None:
        today = context.now.astimezone(ZoneInfo(context.timezone)).date()
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 if week[1].lower() == "next" else 0)
        return monday, monday + timedelta(days=6)
    periods = read_when(words, now=context.now, timezone=context.timezone).periods
    if not periods or periods[0].start is None or periods[0].end is None:
        return None
    return periods[0].start.date(), (periods[0].end - timedelta(days=1)).date()


def marked(event: Event, told: Told, former: date | None, context: Context) -> Event:
    """The event of a text that is a notice; ``former`` is the day it was to be on, where the text names one."""
    moved = told.notice.moved and event.start is not None
    status = told.notice.status if moved or not told.notice.moved else "postponed"
    title = re.sub(r"\s+(?:on|at|for)$", "", event.title)
    stretch = stretch_of(told.sentence, context) if former is None else None
    first, until = stretch or (former, None)
    kind: Literal["moved", "off"] = "moved" if moved else "off"
    return replace(event, title=title, status=status, notice=kind, former=first, former_until=until)

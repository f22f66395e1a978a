"""Which of the times in an article are the event's: labelled ones, then the title's, then what the prose announces."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from spiders.readers.announcement.fields import Field
from spiders.readers.announcement.vocabulary import says
from spiders.reasons import Reason
from spiders.text.when.dates import WEEKDAY_CODES
from spiders.text.when.model import Days, Mention, Session
from spiders.text.when.reading import distinct
from spiders.text.when.sessions import main_hours, sessions_of

_AGENDA = re.compile(r"议程|流程|日程|安排|时刻表|行程|agenda|schedule|program", re.IGNORECASE)
_SENTENCE = re.compile(r"[。!?！？;；]|(?<![在于、,，和与至的将])\n")


# The label of a time that is one of a sitting; "日出时间" is none.
_OF_A_SITTING = re.compile(
    r"^(?:时\s*间|日\s*期|time|when|date)|[^\u4e00-\u9fff\w]|[场讲期节轮课组次班]|活动|会议|比赛|演出|开始|直播|放映|集合|出发",
    re.IGNORECASE,
)
_FEW_WORDS = 340  # characters


@dataclass(slots=True)
class Occasion:
    """One event to be told: its sessions, its rule, the words, and where in the text its time stands."""

    sessions: list[Session]
    rule: str | None
    words: str
    start: int
    stop: int
    conflicts: tuple[Reason, ...] = ()
    labelled: bool = False
    title: str | None = None
    rest: str | None = None
    mentions: list[Mention] = field(default_factory=list)


def sentence_of(text: str, start: int, stop: int) -> str:
    """The sentence around a place in ``text``, at most 160 characters either way."""
    low = max(0, start - 160)
    begin = max((m.end() for m in _SENTENCE.finditer(text, low, start)), default=low)
    ending = _SENTENCE.search(text, stop, min(len(text), stop + 160))
    return text[begin : ending.start() if ending else stop + 160]


def line_of(text: str, start: int, stop: int) -> tuple[str, str]:
    """What stands before and behind a mention on its line."""
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", stop)
    return text[begin:start], text[stop : end if end >= 0 else len(text)]


def _weekly(chosen: list[Mention], rule: str | None, sessions: list[Session]) -> tuple[str | None, list[Session]]:
    """``周六周天 14:00``: two weekdays without a date or "this" are a habit; the first sitting stands for it."""
    days = [d for m in chosen for d in m.days]
    if rule is None and len(days) > 1 and all(d.relative and d.guessed for d in days):
        codes = ",".join(WEEKDAY_CODES[d.first.weekday()] for d in sorted(days, key=lambda d: d.first.weekday()))
        return f"FREQ=WEEKLY;BYDAY={codes}", sessions[:1]
    return rule, sessions


@dataclass(frozen=True, slots=True)
class Lines:
    """The text normalized and as written (the same positions), where its title ends, and its headings."""

    normalized: str
    source: str
    title_end: int
    headings: frozenset[str]


class MentionIndex:
    """Mentions of one text, sorted into what may be the event's."""

    def __init__(self, lines: Lines, mentions: list[Mention], fields: list[Field], today: date, zone: ZoneInfo) -> None:
        self.text, self.source, self.headings = lines.normalized, lines.source, lines.headings
        self.title_end = title_end = lines.title_end
        self.today, self.zone, self.fields = today, zone, fields
        self.dated = [m for m in mentions if (m.days and not all(d.weak for d in m.days)) or m.rule]
        self.loose = [m for m in mentions if not m.days and not m.rule and main_hours(m)]
        self.title_weak = [
            m for m in mentions if m.start < title_end and m.days and all(d.weak and not d.relative for d in m.days)
        ]

    # -- kinds of mentions ---------------------------------------------------------------------------------------

    def labelled(self) -> list[Mention]:
        """Dated mentions inside a field that is named as a time."""
        spans = [(f.value, f.stop) for f in self.fields if f.kind == "time"]
        labels = [f.label for f in self.fields if f.kind == "time"]
        lows = [low - 2 for low, _ in spans]
        found: list[Mention] = []
        for mention in sorted([*self.dated, *self.loose], key=lambda m: m.start):
            at = bisect_right(lows, mention.start) - 1
            if at < 0 or mention.start > spans[at][1]:
                continue
            if mention.days or mention.rule:
                if not self._vague(mention):
                    found.append(mention)
            elif (
                found
                and found[-1].days
                and mention.role != "check-in"
                and _OF_A_SITTING.search(labels[at])
                and ":" in self.text[mention.start - 4 : mention.start]
            ):
                # One date above, and then only hours for each sitting.
                found.append(replace(mention, days=list(found[-1].days)))
        return found or [
            m for m in self.dated if len(m.label or "") >= 4 and m.start >= self.title_end and not self._vague(m)
        ]

    def _vague(self, mention: Mention) -> bool:
        """ "今天" and "明天" without an hour, in a long text, are hardly ever the day of the event."""
        return (
            bool(mention.days)
            and all(d.relative for d in mention.days)
            and not main_hours(mention)
            and not mention.rule
            and len(self.text) > 400
        )

    def titled(self) -> list[Mention]:
        return [m for m in self.dated if m.start < self.title_end]

    def announced(self) -> list[Mention]:
        """Dated mentions that a sentence announces, the best first."""
        ranked = []
        enough = 2.0 if len(self.text) > _FEW_WORDS else 1.5  # a few lines have no room for more
        for order, mention in enumerate(self.dated):
            if mention.start < self.title_end:
                continue
            points = self._points(mention)
            if points >= enough:
                ranked.append((-points, order, mention))
        ranked.sort(key=lambda entry: entry[:2])
        return [mention for _, _, mention in ranked]

    def _points(self, mention: Mention) -> float:
        around = sentence_of(self.text, mention.start, mention.stop)
        points = 1.0 if main_hours(mention) else 0.0
        points += 0.5 if any(h.last for h in mention.hours) else 0.0
        points += 1.0 if says("announce", around) else 0.0
        points += 1.0 if re.search(r"将[于在]|定于|邀请|邀你|相约|不见不散|来到", around) else 0.0
        points += 1.0 if says("noun", around) else 0.0
        points += 0.5 if mention.rule else 0.0
        points += 1.0 if mention.label else 0.0
        if mention.days and not re.search(r"\w", self.text[self.title_end : mention.start]):
            points += 1.0  # the first words under the title
        points += 0.5 if re.search(r"20\d\d", self.text[mention.start : mention.stop]) else 0.0
        points += 0.5 if mention.days and mention.days[0].first > self.today else 0.0
        before, behind = line_of(self.text, mention.start, mention.stop)
        if not re.search(r"\w", before) and main_hours(mention):
            points += 1.0  # a line of its own, as under a heading
        if not re.search(r"\w", before) and not re.search(r"\w", behind):
            points += 0.5
        if says("over", around) or re.search(
            r"成立|上线|推出|去年|当选|发布|截止|截至|期间(?!限定)|自.{0,12}以来|时隔|曾", around
        ):
            points -= 2.0
        if self.is_over(mention):
            points -= 2.0
        if mention.days and mention.days[0].relative and (mention.day_stop or not main_hours(mention)):
            points -= 1.5  # "今天" in prose is hardly ever the day of an event
        return points

    def in_so_many_words(self, mention: Mention) -> bool:
        """The sentence says that it will be held, or the day and its hours have a line to themselves."""
        around = sentence_of(self.text, mention.start, mention.stop)
        if re.search(r"将[于在]|定[于在]|拟于|邀请|邀[您你]|相约|欢迎.{0,20}参加", around) and re.search(
            r"举[行办]|召开|开[幕讲启赛播演]|时间|地点|分享|进行|到来|采购|亮相|相约|邀", around
        ):
            return True
        before, behind = line_of(self.text, mention.start, mention.stop)
        return (
            bool(main_hours(mention))
            and not re.search(r"\w", before)
            and not re.search(r"\w", behind)
            and not self._vague(mention)
        )

    def is_over(self, mention: Mention) -> bool:
        if mention.rule or not mention.days:
            return False
        last = max(d.last or d.first for d in mention.days)
        return last < self.today - timedelta(days=1)

    # -- occasions -----------------------------------------------------------------------------------------------

    def occasion(self, mentions: Iterable[Mention], *, labelled: bool = False) -> Occasion | None:
        chosen = list(mentions)
        sessions: list[Session] = []
        rule: str | None = None
        for mention in chosen:
            made, said = sessions_of(mention, self.today, self.zone, self.source[mention.start : mention.stop])
            sessions.extend(made)
            rule = rule or said
        sessions = distinct(sessions)
        if not sessions:
            return None
        rule, sessions = _weekly(chosen, rule, sessions)
        return Occasion(
            sessions=sessions,
            rule=rule,
            words=" … ".join(dict.fromkeys(self.source[m.start : m.stop].strip() for m in chosen)),
            start=chosen[0].start,
            stop=chosen[-1].stop,
            conflicts=tuple(dict.fromkeys(c for m in chosen for c in m.conflicts)),
            labelled=labelled,
            mentions=chosen,
        )

    def days_with_hours(self, mention: Mention) -> list[Mention]:
        """A range of days without hours as those of its days for which the text tells hours, if it tells them day by
        day; else the mention itself, with the hours told for it.
        """
        days = mention.days
        if main_hours(mention) or mention.rule or len(days) != 1 or days[0].last is None or self._vague(mention):
            return [self.with_hours(mention)]
        told: dict[date, Mention] = {}
        for other in self.dated:
            single = len(other.days) == 1 and other.days[0].last is None
            if single and other.role == "main" and not other.rule and main_hours(other):
                told.setdefault(other.days[0].first, other)
        told = {day: other for day, other in told.items() if days[0].first <= day <= days[0].last}
        if days[0].first not in told:
            return [self.with_hours(mention)]
        return [replace(mention, days=[Days(day)], hours=list(told[day].hours)) for day in sorted(told)]

    def _first_day(self, mention: Mention) -> date | None:
        if not mention.rule:
            return mention.days[0].first if mention.days else None
        made, _ = sessions_of(mention, self.today, self.zone, "")
        return made[0].start.date() if made else None

    def with_hours(self, mention: Mention) -> Mention:
        """A day without hours takes those the text tells for the same day, or right behind it."""
        if main_hours(mention) or self._vague(mention) or not (mention.days or mention.rule):
            return mention
        first = self._first_day(mention)
        if first is None:
            return mention
        same = [o for o in self.dated if o is not mention and main_hours(o) and self._first_day(o) == first]
        # The hour at which one meets counts where no other is told, though not for each day of a range.
        ranged = any(d.last is not None for d in mention.days)
        for role in ("main",) if ranged else ("main", "check-in"):
            for other in same:
                if other.role == role and (other.days or (mention.rule and other.rule)):
                    mention.hours = list(other.hours)
                    return mention
        if len(mention.days) > 1 or mention.rule:
            return mention
        for loose in self.loose:
            gap = self.text[mention.stop : loose.start]
            if loose.start > mention.stop and len(gap) <= 240 and self._is_start(loose) and loose.role == "main":
                mention.hours = list(loose.hours)
                mention.guessed = True
                return mention
        return mention

    def _is_start(self, loose: Mention) -> bool:
        """Hours far from their day: only a stated start, with the part of the day or with an end."""
        hours = main_hours(loose)
        before = self.text[max(0, loose.start - 200) : loose.start]
        if _AGENDA.search(before) or "营业" in before[-20:] or "星期" in before[-12:]:
            return False
        return any(h.first.part is not None or h.role == "start" or h.last is not None or h.first.half for h in hours)

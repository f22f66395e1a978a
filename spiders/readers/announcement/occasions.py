"""Occasions: what is to be told as one event, with the hours that belong to its day and with its words in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from spiders.readers.announcement.article import Article
from spiders.readers.announcement.vocabulary import says
from spiders.reasons import Reason
from spiders.text.when.dates import WEEKDAY_CODES
from spiders.text.when.hours import minutes
from spiders.text.when.model import Days, Mention, Session
from spiders.text.when.reading import distinct
from spiders.text.when.sessions import main_hours, sessions_of

_SENTENCE = re.compile(r"[。!?！？;；]|(?<![在于、,，和与至的将])\n")
_NEAR = 240  # characters behind a day within which its hours may stand
_LONG_TEXT = 400
_EXHIBITION = 10  # days
_REACH = 400
_MOST = 300  # mentions of one text; what tells more is a table of something else
_BELOW = 24  # characters between a range of days and the rule that holds within it


@dataclass(slots=True)
class Occasion:
    """One event to be told: its sessions, its rule, the words, and where in the text its time stands.

    ``branch`` is what tells a sitting from the others of its list ("南区"); ``day_stop`` ends the words of the day
    where the hours were found further on; ``probability`` is how likely this time is the event's.
    """

    sessions: list[Session]
    rule: str | None
    words: str
    start: int
    stop: int
    day_stop: int
    mentions: Sequence[Mention] = ()
    conflicts: tuple[Reason, ...] = ()
    doubts: tuple[Reason, ...] = ()  # which of the times told is the event's
    labelled: bool = False
    branch: str = ""
    days: tuple[date, ...] = ()  # further days of its programme
    in_passing: bool = False  # its time stands in a sentence, in no field and no list
    stands_alone: bool = False  # its day has a line to itself
    heads_slots: bool = False  # its day has a line to itself, above the slots of a programme
    apart: bool = False  # one of several sittings, though others are held at its hour
    probability: float = 1.0


def sentence_of(text: str, start: int, stop: int) -> str:
    """The sentence around a place in ``text``, at most 160 characters either way."""
    low = max(0, start - 160)
    begin = max((m.end() for m in _SENTENCE.finditer(text, low, start)), default=low)
    ending = _SENTENCE.search(text, stop, min(len(text), stop + 160))
    return text[begin : ending.start() if ending else stop + 160]


def line_of(text: str, start: int, stop: int) -> tuple[str, str]:
    """What stands before and behind a mention on its line, at most 400 characters either way."""
    low, high = max(0, start - _REACH), min(len(text), stop + _REACH)
    begin = text.rfind("\n", low, start) + 1 or low
    end = text.find("\n", stop, high)
    return text[begin:start], text[stop : end if end >= 0 else high]


class Mentions:
    """The settled mentions of one text: dated ones, hours without a day, and bare numbers of the title."""

    def __init__(self, article: Article, mentions: Sequence[Mention], today: date, zone: ZoneInfo) -> None:
        self.article, self.today, self.zone = article, today, zone
        self.dated = [m for m in mentions if (m.days and not all(d.weak for d in m.days)) or m.rule][:_MOST]
        loose = [m for m in mentions if not m.days and not m.rule and main_hours(m)][:_MOST]
        sittings = self._sittings(loose)
        self.sittings = {id(m) for m in sittings.values()}
        self.dated = sorted([*self.dated, *sittings.values()], key=lambda m: m.start)
        self.loose = [m for m in loose if id(m) not in sittings]
        self.dated = self._bounded(self.dated)
        self.weak = [
            m
            for m in mentions
            if m.start < article.title_end and m.days and all(d.weak and not d.relative for d in m.days)
        ]

    def _sittings(self, loose: Sequence[Mention]) -> dict[int, Mention]:
        """Hours in fields of their own, two or more under a day that has none: ``日期：…``, then ``时间：14:00``."""
        found: dict[int, Mention] = {}
        for day, following in pairwise([*self.dated, None]):
            if day is None or day.rule or len(day.days) != 1 or day.days[0].last is not None:
                continue
            if main_hours(day) and not (day.day_stop and day.day_stop < day.hours[0].start):
                continue  # the hours are told with their day, not below it
            until = following.start if following is not None else len(self.article.text)
            if main_hours(day) and all(h.role == "check-in" for h in day.hours):
                continue
            own = [m for m in loose if day.stop < m.start < until and m.role == "main" and self._is_field(m)]
            if len(own) + bool(main_hours(day)) > 1:
                found.update((id(m), replace(m, days=list(day.days))) for m in own)
        return found

    def _bounded(self, dated: list[Mention]) -> list[Mention]:
        """A range of days with a weekly rule on the line below it is the rule within these days."""
        kept: list[Mention] = []
        for mention in dated:
            before = kept[-1] if kept else None
            if mention.rule and not mention.days and before is not None and self._bounds(before, mention):
                kept[-1] = replace(mention, days=list(before.days), start=before.start, day_stop=before.stop)
            else:
                kept.append(mention)
        return kept

    def _bounds(self, before: Mention, rule: Mention) -> bool:
        ranged = (
            len(before.days) == 1 and before.days[0].last is not None and not main_hours(before) and not before.rule
        )
        between = self.article.normalized[before.stop : rule.start]
        return ranged and len(between) <= _BELOW and between.count("\n") <= 2 and not re.search(r"[。!?！？]", between)

    def _is_field(self, loose: Mention) -> bool:
        return any(f.kind == "time" and f.value - 2 <= loose.start <= f.stop for f in self.article.fields)

    def is_over(self, mention: Mention) -> bool:
        """Whether every day of a mention lies before yesterday: a text may be posted the day after it was written."""
        if mention.rule or not mention.days:
            return False
        return max(d.last or d.first for d in mention.days) < self.today - timedelta(days=1)

    # -- occasions -----------------------------------------------------------------------------------------------

    def occasion(self, mention: Mention, until: int) -> Occasion | None:
        """One mention as an occasion; the hours of its day are looked for up to ``until`` (the next time told)."""
        source = self.article.text
        whole = self._with_hours(mention, until)
        made, rule = sessions_of(whole, self.today, self.zone, source[whole.start : whole.stop])
        told = _weekly(whole, rule, distinct(made))
        sessions, rule = told if len(whole.days) > 1 else _folded(told)  # days named one by one are held one by one
        if not sessions:
            return None
        return Occasion(
            sessions=sessions,
            rule=rule,
            words=source[whole.start : whole.stop].strip(),
            start=whole.start,
            stop=whole.stop,
            day_stop=whole.day_stop or whole.stop,
            mentions=(whole,),
            conflicts=tuple(dict.fromkeys(whole.conflicts)),
        )

    def _with_hours(self, mention: Mention, until: int) -> Mention:
        """A day without hours takes those told for the same day, for all days, or right behind it."""
        if main_hours(mention) or self.is_vague(mention) or not (mention.days or mention.rule):
            return mention
        return (
            self._same_day(mention) or self._behind(mention, until) or self._for_all(mention)
            or self._slots(mention, until) or mention
        )  # fmt: skip

    def _same_day(self, mention: Mention) -> Mention | None:
        first = self._first_day(mention)
        if any(d.last is not None and (d.last - d.first).days > _EXHIBITION for d in mention.days):
            return None  # what runs for weeks does not begin with the hour of its opening
        same = [o for o in self.dated if o is not mention and main_hours(o) and self._first_day(o) == first]
        # The hour at which one meets counts where no other is told, though not for each day of a range.
        ranged = any(d.last is not None for d in mention.days)
        for role in ("main",) if ranged else ("main", "check-in"):
            for other in same:
                if other.role == role and (other.days or (mention.rule and other.rule)):
                    return replace(mention, hours=list(other.hours))
        return None

    def _behind(self, mention: Mention, until: int) -> Mention | None:
        """Hours shortly behind their day, that are said to be a start or stand with their part of the day or end."""
        if len(mention.days) > 1 or mention.rule:
            return None
        for loose in self.loose:
            if mention.stop < loose.start < min(until, mention.stop + _NEAR) and self._is_start(loose):
                return replace(mention, hours=list(loose.hours), guessed=True)
        return None

    def _is_start(self, loose: Mention) -> bool:
        if loose.role != "main" or self._in_programme(loose):
            return False
        before = self.article.normalized[max(0, loose.start - 20) : loose.start]
        if says("beside", before.split("\n")[-1]) or says("limit", before.split("\n")[-1]):
            return False
        hours = main_hours(loose)
        return any(h.first.part is not None or h.role == "start" or h.last is not None or h.first.half for h in hours)

    def _in_programme(self, loose: Mention) -> bool:
        """Hours of a part of the programme: on a line under its heading, or with hours on the lines around."""
        article = self.article
        line = article.line_at(loose.start)
        if says("agenda_head", article.head_of(line)) and not any(
            f.kind == "time" and f.value - 2 <= loose.start <= f.stop for f in article.fields
        ):
            return True
        return len(self._run(loose)) > 2

    def _run(self, loose: Mention) -> list[Mention]:
        """The slots that stand with these hours, line by line: at most three lines of words between two of them."""
        at = self.loose.index(loose)
        low = high = at
        while low > 0 and self._follows(self.loose[low - 1], self.loose[low]):
            low -= 1
        while high + 1 < len(self.loose) and self._follows(self.loose[high], self.loose[high + 1]):
            high += 1
        return self.loose[low : high + 1]

    def _follows(self, one: Mention, other: Mention) -> bool:
        between = self.article.normalized[one.stop : other.start]
        if not 1 <= between.count("\n") <= 8 or len(between) > 400:
            return False
        return minutes(main_hours(one)[0].first) <= minutes(main_hours(other)[0].first)

    def _for_all(self, mention: Mention) -> Mention | None:
        """Hours that a field of their own tells for every day of a list: ``时间：每场 19:30``."""
        for loose in self.loose:
            fields = [f for f in self.article.fields if f.kind == "time" and f.value - 2 <= loose.start <= f.stop]
            alone = fields and not any(f.value - 2 <= m.start <= f.stop for f in fields for m in self.dated)
            if alone and loose.role == "main" and not self._in_programme(loose):
                return replace(mention, hours=list(loose.hours), guessed=True)
        return None

    def _slots(self, mention: Mention, until: int) -> Mention | None:
        """The first slot of the programme below a day is its start, the end of the last one its end."""
        if len(mention.days) != 1 or mention.days[0].last is not None or mention.rule:
            return None
        below = [one for one in self.loose if mention.stop < one.start < until]
        run = self._run(below[0]) if below else []
        if len(run) < 3 or run[0] is not below[0] or (len(below) > len(run) and self._run(below[len(run)]) != run):
            return None
        first, last = main_hours(run[0])[0], main_hours(run[-1])[-1]
        return replace(mention, hours=[replace(first, last=last.last, role="main")], guessed=True)

    def _first_day(self, mention: Mention) -> date | None:
        if not mention.rule:
            return mention.days[0].first if mention.days else None
        made, _ = sessions_of(mention, self.today, self.zone, "")
        return made[0].start.date() if made else None

    def is_vague(self, mention: Mention) -> bool:
        """ "今天" and "明天" without an hour, in a long text, are hardly ever the day of the event."""
        return (
            bool(mention.days)
            and all(d.relative for d in mention.days)
            and not main_hours(mention)
            and not mention.rule
            and len(self.article.normalized) > _LONG_TEXT
        )


def _weekly(mention: Mention, rule: str | None, sessions: list[Session]) -> tuple[list[Session], str | None]:
    """``周六周天 14:00``: two weekdays without a date or "this" are a habit; the first sitting stands for it."""
    days: list[Days] = mention.days
    if rule is None and len(days) > 1 and all(d.relative and d.guessed for d in days):
        codes = ",".join(WEEKDAY_CODES[d.first.weekday()] for d in sorted(days, key=lambda d: d.first.weekday()))
        return sessions[:1], f"FREQ=WEEKLY;BYDAY={codes}"
    return sessions, rule


def _folded(told: tuple[list[Session], str | None]) -> tuple[list[Session], str | None]:
    """The same hours on each day of a range are one event that is held daily; its first day stands for it."""
    sessions, rule = told
    days = [session.start.date() for session in sessions]
    clocks = {(session.start.time(), session.end and session.end.time()) for session in sessions}
    in_a_row = all(later - day == timedelta(days=1) for day, later in pairwise(days))
    if rule is not None or len(sessions) < 2 or sessions[0].all_day or len(clocks) != 1 or not in_a_row:
        return sessions, rule
    return sessions[:1], f"FREQ=DAILY;UNTIL={days[-1]:%Y%m%d}"

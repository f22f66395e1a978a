"""The times of an announcement, gathered: mentions of the same day and hour are one time, told once or more often.

A bare day joins the hours that are told for it elsewhere. What remains are the times between which
:mod:`spiders.readers.announcement.select` decides; each knows its like in the same programme.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from spiders.readers.announcement.article import Article
from spiders.text.when.model import Mention
from spiders.text.when.sessions import main_hours, sessions_of

Clock = tuple[int, int]
_Key = tuple[date, Clock | None, str]
_EDGES = " \t:：,，、-·*|>（("
_LONGEST_BRANCH = 10
_EXHIBITION = 10  # days
_SITTING = "#"  # begins the branch of a sitting that has no words for it
_SET_APART = re.compile(r"[:,|(（]\s{0,3}$|[:,|]\s{0,3}(?=[\d周星])")
_NUMBER = re.compile(r"^\W*\(?\d{1,2}\s?[.、)|]\s?")  # of an item or a row
_TIME_LABEL = re.compile(r"时间|日期|期间|期$|活动|报名|\b(?:when|date|time)\b|\d\s?[:：月]", re.IGNORECASE)


@dataclass(slots=True)
class Time:
    """One day (or range, or rule) with its hours, and every mention of it; ``bare`` are mentions of its day alone.

    ``main`` is the mention that stands for it: in a labelled field or with hours rather than in passing.
    """

    day: date
    clock: Clock | None
    branch: str
    last: date
    main: Mention
    mentions: list[Mention]
    bare: list[Mention] = field(default_factory=list)

    @property
    def words(self) -> str:
        """What the text calls this sitting; empty where it stands alone."""
        return "" if self.branch.startswith(_SITTING) else self.branch

    @property
    def all(self) -> list[Mention]:
        return [*self.mentions, *self.bare]


def times_of(
    article: Article, mentions: Sequence[Mention], today: date, zone: ZoneInfo, apart: Collection[int] = ()
) -> list[Time]:
    """The times that the dated ``mentions`` tell, in the order of the text.

    ``apart`` are the ids of mentions each of which is a sitting of its own, though others meet at the same hour.
    """
    branches = _branches(article, mentions) | {each: f"{_SITTING}{each}" for each in apart}
    groups: dict[_Key, list[Mention]] = defaultdict(list)
    lasts: dict[_Key, date] = {}
    for mention in mentions:
        first = _first(mention, today, zone)
        if first is None:
            continue
        key = (first[0], first[1], branches.get(id(mention), ""))
        groups[key].append(mention)
        lasts[key] = max(lasts.get(key, first[2]), first[2])
    timed = {day for day, clock, _ in groups if clock is not None}
    long = {key for key, last in lasts.items() if key[1] is None and (last - key[0]).days > _EXHIBITION}
    bare = {key[0]: told for key, told in groups.items() if key[1] is None and not key[2] and key not in long}
    found = []
    for (day, clock, branch), told in groups.items():
        if clock is None and day in timed and (day, clock, branch) not in long:
            continue  # what runs for weeks is no headline of the evening it opens with
        beside = bare.get(day, []) if clock is not None else []
        alone = sum(1 for other, hour, _ in groups if other == day and hour is not None) == 1
        last = max(lasts[day, clock, branch], lasts.get((day, None, ""), day) if alone and day in bare else day)
        found.append(Time(day, clock, branch, last, _main(article, told), told, list(beside)))
    return sorted(found, key=lambda time: time.main.start)


def _branches(article: Article, mentions: Sequence[Mention]) -> dict[int, str]:
    """What tells sittings at the same time apart: the words before them, on lines of a list that are built alike."""
    listed: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for mention in mentions:
        line = article.line_at(mention.start)
        before = _NUMBER.sub("", article.normalized[line.start : mention.start]).strip(_EDGES)
        if (
            line.kind in {"item", "text", "row"}
            and 2 <= len(before) <= _LONGEST_BRANCH
            and not _TIME_LABEL.search(before)
            and re.search(r"[^\W\d_]", before)
            and _SET_APART.search(article.normalized[line.start : mention.start])
        ):
            listed[line.kind].append((id(mention), before))
    found: dict[int, str] = {}
    for entries in listed.values():
        if len(entries) > 1 and len({before for _, before in entries}) == len(entries):
            found.update(entries)
    return found


def _first(mention: Mention, today: date, zone: ZoneInfo) -> tuple[date, Clock | None, date] | None:
    """Day and hour of the first session of a mention, and the last day of it."""
    made, _ = sessions_of(mention, today, zone, "")
    if not made:
        return None
    start = made[0].start.astimezone(zone)
    end = made[-1].end or made[-1].start
    last = _last_day(end.astimezone(zone), all_day=made[-1].all_day and made[-1].end is not None)
    return start.date(), None if made[0].all_day else (start.hour, start.minute), max(last, start.date())


def _last_day(end: datetime, *, all_day: bool) -> date:
    return (end - timedelta(minutes=1)).date() if all_day else end.date()


def _main(article: Article, told: Sequence[Mention]) -> Mention:
    return max(told, key=lambda m: (in_time_field(article, m), bool(main_hours(m)), m.start < article.title_end,
                                    bool(m.label), -m.start))  # fmt: skip


def in_time_field(article: Article, mention: Mention) -> bool:
    """Whether a mention is the value of a field that is named as a time."""
    return any(f.kind == "time" and f.value - 2 <= mention.start <= f.stop for f in article.fields)


def make_firm(told: Sequence[Mention], article: Article) -> None:
    """Numbers that may be a day (``4/24``) are one where they are given as the time."""
    given = [field for field in article.fields if field.kind == "time" and not field.label]
    for mention in told:
        if any(field.start <= mention.start < field.stop for field in given):
            for days in mention.days:
                days.weak = False

"""Which of the times of a text are those of its events: certain rules first, then judgement, then what is one event."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from spiders.readers.announcement.article import Article
from spiders.readers.announcement.judgement import Model, as_probability
from spiders.readers.announcement.occasions import Mentions, Occasion, line_of
from spiders.readers.announcement.sittings import days_of_one
from spiders.readers.announcement.tentative import is_to_come
from spiders.readers.announcement.time_features import features, list_of, programme_of
from spiders.readers.announcement.times import Time, in_time_field, times_of
from spiders.readers.announcement.titles import is_set_off
from spiders.reasons import Code, Reason
from spiders.text.when.scanner import scan
from spiders.text.when.sessions import main_hours

LIKELY = 0.5
_POSSIBLE = 0.3  # the best time of a text that has none that is likely
CLEAR = 0.8
"""Above this a time is the event's without much doubt; below it an event is *inferred*."""
_CLOSE = 0.3
_LAST_DAY = {"near.until"}  # the last day of something, and no first one told
_ASIDE = {"label.beside", "label.limit", "clause.limit", "near.limit"}
_SET_OUT = {
    "field.time",
    "line.title",
    "line.item",
    "line.row",
    "line.heading",
    "line.alone",
    "line.alone-bare",
    "alike.some",
    "alike.many",
}
_MAX = 60  # occasions of one text; a longer list is a table of something else
_TOURS = 5
_EXHIBITION = 10  # days; a longer range is not the headline of what is held on its days


@dataclass(frozen=True, slots=True)
class Judged:
    """A time, what was seen of it, and how likely it is that of an event."""

    time: Time
    features: dict[str, float]
    probability: float
    list: tuple[object, ...]  # where it stands among others built alike


@dataclass(frozen=True, slots=True)
class Selected:
    """The occasions of a text in order, and every time that was judged."""

    occasions: tuple[Occasion, ...]
    judged: tuple[Judged, ...]


def judged_times(article: Article, mentions: Mentions, model: Model) -> tuple[Judged, ...]:
    """All times of a text, each with its probability; the entries of one list are events together, or none is."""
    told = [*mentions.dated, *mentions.weak]
    times = times_of(article, told, mentions.today, mentions.zone, mentions.sittings)
    programme = programme_of(article, times, mentions.today)
    seen = [features(time, programme) for time in times]
    scores = [model.score(each) for each in seen]
    lists: dict[tuple[object, ...], list[int]] = defaultdict(list)
    keys = [list_of(time, programme) or (number,) for number, time in enumerate(times)]
    for number, key in enumerate(keys):
        lists[key].append(number)
    for numbers in lists.values():
        together = sum(scores[number] for number in numbers) / len(numbers)
        for number in numbers:
            scores[number] = together
    return tuple(
        Judged(time, each, as_probability(score), key)
        for time, each, score, key in zip(times, seen, scores, keys, strict=True)
    )


def select(article: Article, mentions: Mentions, model: Model) -> Selected:
    """The occasions a text announces; none where it names no time that is still to come.

    Where the time is still to be fixed, a day that is not to come is that of the posting.
    """
    judged = judged_times(article, mentions, model)
    chosen = _chosen(article, mentions, judged)
    occasions = occasions_from(article, mentions, chosen)
    for occasion in occasions:
        occasion.doubts = doubts_of(article, occasion, chosen, judged, mentions)
    sessions = [session for one in occasions for session in one.sessions]
    posted = all(s.all_day and s.end is None and s.start.date() <= mentions.today for s in sessions)
    if occasions and posted and is_to_come(article.normalized, list(article.fields), mentions.today):
        occasions = []
    return Selected(tuple(occasions), judged)


def _chosen(article: Article, mentions: Mentions, judged: Sequence[Judged]) -> list[Judged]:
    ahead = [one for one in judged if one.time.main.rule or not all(mentions.is_over(m) for m in one.time.all)]
    if is_tour(article, mentions):
        return []
    listed = [one for one in ahead if _is_listed(article, one.time)]
    if listed:
        return listed[:1]
    ahead = [one for one in ahead if not (one.features.keys() & _LAST_DAY and one.time.last == one.time.day)]
    likely = [one for one in ahead if one.probability >= LIKELY]
    if not likely:
        aside = [one for one in ahead if not one.features.keys() & _ASIDE]
        best = max(aside, key=lambda one: one.probability, default=None)
        if best is not None and best.probability >= _POSSIBLE:
            likely = [one for one in ahead if one.list == best.list and one.probability == best.probability]
    strong = [one for one in likely if not all(d.weak for m in one.time.all for d in m.days) or one.time.main.rule]
    return (strong or likely)[:_MAX]


def _is_listed(article: Article, time: Time) -> bool:
    """``name - day, hour - place`` in the title: as calendars write what they list."""
    return any(
        m.start < article.title_end and m.days and main_hours(m) and is_set_off(article.title, m) for m in time.mentions
    )


def is_tour(article: Article, mentions: Mentions) -> bool:
    """A tour that leaves again and again: five or more ranges of days in a list. Which one is meant is not said."""
    ranges = [
        m
        for m in mentions.dated
        if m.role == "main" and not m.hours and len(m.days) == 1 and m.days[0].last is not None
        and m.start > article.title_end
    ]  # fmt: skip
    return sum(1 for m in ranges if not re.search(r"\w", line_of(article.normalized, m.start, m.stop)[0])) >= _TOURS


def occasions_from(article: Article, mentions: Mentions, chosen: Sequence[Judged]) -> list[Occasion]:
    """Each chosen time as an occasion; the same start twice is one, and the headline of others is none."""
    starts = sorted(one.time.main.start for one in chosen)
    found: list[Occasion] = []
    for one in chosen:
        main = one.time.main
        until = next((start for start in starts if start > main.start), len(article.text))
        occasion = mentions.occasion(main, until)
        if occasion is None:
            continue
        _complete(occasion, one.time, mentions)
        occasion.labelled = any(in_time_field(article, m) for m in one.time.all)
        occasion.in_passing = "before.none" not in one.features and not (one.features.keys() & _SET_OUT)
        occasion.branch = one.time.words
        occasion.apart = bool(one.time.branch)
        occasion.probability = one.probability
        slots = sum(1 for loose in mentions.loose if occasion.start < loose.start < until)
        occasion.stands_alone = not one.time.branch and stands_alone(article, one.time)
        occasion.heads_slots = slots > 1 and occasion.stands_alone
        found.append(occasion)
    return days_of_one(_without_headlines(_once(found)))


def doubts_of(
    article: Article, occasion: Occasion, chosen: Sequence[Judged], judged: Sequence[Judged], mentions: Mentions
) -> tuple[Reason, ...]:
    """What speaks against the time of an occasion: it is not likely, or another of the text is nearly as likely."""
    if occasion.probability < LIKELY:
        return (Reason(Code.TIME_NOT_SURE),)
    if len(chosen) > 1 or occasion.probability >= CLEAR:
        return ()
    rivals = [
        one for one in judged
        if one not in chosen and one.time.last >= mentions.today and occasion.probability - one.probability < _CLOSE
    ]  # fmt: skip
    if not rivals:
        return ()
    rival = max(rivals, key=lambda one: one.probability).time.main
    return (Reason(Code.ANOTHER_TIME_TOLD, words=" ".join(article.text[rival.start : rival.stop].split())),)


def stands_alone(article: Article, time: Time) -> bool:
    """Whether the line of a day holds nothing but the day: the heading of that day of a programme."""
    line = article.line_at(time.main.start)
    words = article.normalized[line.start : line.stop]
    for token in reversed(list(scan(words))):
        words = words[: token.start] + words[token.end :]
    return not re.search(r"[^\W\d_]", words)


def _complete(occasion: Occasion, time: Time, mentions: Mentions) -> None:
    """An end, or the last day, that only another mention of the same time tells."""
    for mention in time.all:
        if mention is time.main or len(occasion.sessions) != 1 or occasion.sessions[0].end is not None:
            continue
        other = mentions.occasion(mention, mention.stop)
        ends = [s.end for s in other.sessions if s.start == occasion.sessions[0].start and s.end] if other else []
        if ends and other is not None and other.sessions[0].all_day == occasion.sessions[0].all_day:
            occasion.sessions = [other.sessions[0]]


def _once(occasions: Sequence[Occasion]) -> list[Occasion]:
    """The same start told again is the same occasion, unless a list sets several sittings of one hour apart."""
    kept: list[Occasion] = []
    for occasion in occasions:
        starts = {s.start for s in occasion.sessions}
        same = [o for o in kept if starts & {s.start for s in o.sessions} and not (o.apart or occasion.apart)]
        if not same:
            kept.append(occasion)
        elif len(occasion.sessions) > len(same[0].sessions):
            kept[kept.index(same[0])] = occasion
    return kept


def _without_headlines(occasions: list[Occasion]) -> list[Occasion]:
    """A few days without hours are dropped where what is held on them is told with its hours."""
    timed = [s.start.date() for o in occasions for s in o.sessions if not s.all_day]
    kept = []
    for occasion in occasions:
        first = occasion.sessions[0]
        days = (first.end - first.start).days if first.end else 1
        covers = first.all_day and any(first.start.date() <= day < (first.end.date() if first.end else day) or
                                       day == first.start.date() for day in timed)  # fmt: skip
        if not (covers and days <= _EXHIBITION):
            kept.append(occasion)
    return kept or occasions

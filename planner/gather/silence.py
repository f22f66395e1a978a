"""Answers that say nothing is wrong and are: what a source's answer lacks, held against what it is like when well.

Decided by form and number, not by words: how many events, entries and letters there are beside the last good answers,
what of the known evenings is still told, where the answer came from, how it ends. Nothing is judged at the first answer
of a source, nor of what passed by itself: an evening that is over is not missed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from planner.gather.habit import Habit
from planner.text import casefold
from planner.types import over_at
from spiders.items import Event, Looks
from spiders.reasons import Code, Reason

FEW = 3
"""Who told fewer events may tell none without anybody wondering."""
SHARE_OF_THE_USUAL = 0.4
SHARE_OF_THE_KNOWN = 0.6
LEAST_TO_COUNT, LEAST_TITLES = 6, 4
"""Of so few, some may be called off or renamed at once."""
SHARE_OF_LETTERS = 0.2
SHARE_OF_ANOTHER_SCRIPT = 0.4
OLDER_BY = timedelta(days=30)
SAME_FOR_LONG = timedelta(days=60)
PROSE = "announcement"
"""The reader that is left where a page has no form that tells of events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A good answer as it is judged: the events with a time that it tells, by key, and the keys that it lists without
    their being read; ``looks`` of its first document; the ``reader`` that read it, and the ``usual_reader`` of the last
    one that was believed. Who ``forgets`` (a feed) drops what is old, or has no room for. ``partial``: it says itself
    that it is cut."""

    told: Mapping[str, Event]
    listed: frozenset[str] = frozenset()
    looks: Looks | None = None
    reader: str | None = None
    usual_reader: str | None = None
    forgets: bool = False
    partial: bool = False
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """What is odd about an answer. ``firm``: it is not believed by being said again, only by the user's word."""

    reason: Reason
    firm: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """An answer beside what was known: of ``known``, what the last good answer told and is not over, these are
    ``gone``; ``ahead`` is told and not over."""

    answer: Answer
    habit: Habit
    known: Mapping[str, Event]
    gone: frozenset[str] = field(default_factory=frozenset)
    ahead: int = 0

    @property
    def is_less(self) -> bool:
        """Whether anything is lacking that was told before."""
        return bool(self.gone) or len(self.answer.told) < min(self.habit.counts, default=0)


def oddity(answer: Answer, habit: Habit | None, known: Mapping[str, Event]) -> Oddity | None:
    """What is odd about an answer, the surest sign first. ``known`` is what the last good answer told and is not over,
    by key."""
    if habit is None or not habit.counts:
        return None
    told = answer.told
    beside = _Beside(
        answer=answer,
        habit=habit,
        known=known,
        gone=frozenset(key for key in known if key not in told and key not in answer.listed),
        ahead=sum((over_at(event) or answer.now) > answer.now for event in told.values()),
    )
    found = (sign(beside) for sign in _SIGNS)
    return next((each for each in found if each is not None), None)


def _of_sign_in(beside: _Beside) -> Oddity | None:
    looks = beside.answer.looks
    asks_now = looks is not None and looks.asks_password and not beside.habit.asks_password
    return Oddity(reason=Reason(Code.REFUSED, why=Reason(Code.PAGE_SIGN_IN))) if asks_now and beside.is_less else None


def _of_elsewhere(beside: _Beside) -> Oddity | None:
    looks, usual = beside.answer.looks, beside.habit.place
    if looks is None or looks.place is None or usual in (None, looks.place):
        return None
    is_poor = len(beside.answer.told) < SHARE_OF_THE_KNOWN * min(beside.habit.counts)
    host = looks.place.partition("/")[0]  # a path may hold keys
    return Oddity(reason=Reason(Code.LED_ELSEWHERE, host=host)) if is_poor else None


def _of_nothing(beside: _Beside) -> Oddity | None:
    usual = min(beside.habit.counts[-FEW:])
    is_expected = bool(beside.known) or beside.answer.forgets
    if beside.answer.told or beside.answer.partial or usual < FEW or not is_expected:
        return None
    return Oddity(reason=Reason(Code.NOTHING_ANY_MORE, usual=beside.habit.counts[-1]))


def _of_the_past(beside: _Beside) -> Oddity | None:
    """All that it tells is over, and so was not all that it told before."""
    if not beside.answer.told or beside.ahead or not beside.gone:
        return None
    last = max(event.start for event in beside.answer.told.values() if event.start is not None)
    return Oddity(reason=Reason(Code.ALL_OVER, day=f"{last:%Y-%m-%d}"))


def _of_an_old_copy(beside: _Beside) -> Oddity | None:
    newest, before = newest_of(beside.answer), beside.habit.newest
    if newest is None or before is None or newest > before - OLDER_BY or not beside.is_less:
        return None
    return Oddity(reason=Reason(Code.OLDER_THAN_BEFORE, day=f"{newest:%Y-%m-%d}"))


def _of_one_title(beside: _Beside) -> Oddity | None:
    titles = {casefold(event.title) for event in beside.answer.told.values()}
    before = {casefold(event.title) for event in beside.known.values()}
    if len(beside.answer.told) < FEW or len(titles) != 1 or len(before) < 2:
        return None
    title = next(event.title for event in beside.answer.told.values())
    return Oddity(reason=Reason(Code.ONE_TITLE, title=title[:60]))


def _of_few_letters(beside: _Beside) -> Oddity | None:
    looks, usual = beside.answer.looks, beside.habit.letters
    if looks is None or looks.entries is not None or not usual or looks.letters >= SHARE_OF_LETTERS * median(usual):
        return None  # of a feed or a calendar its entries are counted
    is_another = looks.title != beside.habit.title
    if not (beside.gone or (is_another and not beside.answer.told)):
        return None
    percent = round(100 * looks.letters / median(usual))
    return Oddity(reason=Reason(Code.FEW_LETTERS, percent=percent), firm=not beside.ahead)


def _of_another_reader(beside: _Beside) -> Oddity | None:
    """Prose was made of what had a form that told of events, and it tells none of those."""
    answer = beside.answer
    is_less_sure = answer.reader == PROSE and answer.usual_reader not in (PROSE, None)
    if not is_less_sure or not answer.told or len(beside.gone) < len(beside.known) or not beside.known:
        return None
    return Oddity(reason=Reason(Code.READ_AS_PROSE))


def _of_another_script(beside: _Beside) -> Oddity | None:
    """No title that is known is told any more, and what is told stands in another script."""
    looks, usual = beside.answer.looks, beside.habit.ideographs
    if looks is None or looks.ideographs is None or usual is None or not beside.answer.told:
        return None
    titles = {casefold(event.title) for event in beside.answer.told.values()}
    is_known = any(casefold(event.title) in titles for event in beside.known.values())
    if abs(looks.ideographs - usual) < SHARE_OF_ANOTHER_SCRIPT or is_known or not beside.known:
        return None
    return Oddity(reason=Reason(Code.ANOTHER_LANGUAGE), firm=False)


def _of_other_titles(beside: _Beside) -> Oddity | None:
    """Evenings are told at the times that are known, and not one under its title."""
    same = [(event, beside.answer.told[key]) for key, event in beside.known.items() if key in beside.answer.told]
    titles = {casefold(one.title) for one, _ in same}
    if len(titles) < LEAST_TITLES or any(casefold(one.title) == casefold(other.title) for one, other in same):
        return None  # a series has one title: that one may change
    return Oddity(reason=Reason(Code.ALL_RENAMED, count=len(same)), firm=False)


def _of_doubts(beside: _Beside) -> Oddity | None:
    """Most of its times are doubted, as those of last year's days are, and so were hardly any before."""
    told = len(beside.answer.told)
    both = (beside.answer.told, beside.known)
    doubtful, before = (sum(event.evidence.sure == "doubtful" for event in events.values()) for events in both)
    if doubtful < FEW or doubtful < SHARE_OF_THE_KNOWN * told or before >= SHARE_OF_LETTERS * len(beside.known):
        return None
    return Oddity(reason=Reason(Code.MANY_DOUBTFUL, count=doubtful, total=told), firm=False)


def _of_fewer(beside: _Beside) -> Oddity | None:
    answer, counts = beside.answer, beside.habit.counts
    if answer.partial:
        return None
    if answer.forgets:
        usual, count = median(counts), len(answer.told)
        is_odd = usual >= FEW and count < SHARE_OF_THE_USUAL * usual and count < min(counts)
    else:
        usual, count = len(beside.known), beside.ahead
        is_odd = usual >= LEAST_TO_COUNT and count < SHARE_OF_THE_KNOWN * usual
    return Oddity(reason=Reason(Code.FEWER_THAN_USUAL, count=count, usual=round(usual)), firm=False) if is_odd else None


def _of_fewer_entries(beside: _Beside) -> Oddity | None:
    looks, usual = beside.answer.looks, min(beside.habit.entries[-2:], default=0)
    if looks is None or looks.entries is None or usual < LEAST_TO_COUNT or beside.answer.partial:
        return None
    if looks.entries >= SHARE_OF_THE_KNOWN * usual or not beside.is_less:
        return None
    return Oddity(reason=Reason(Code.FEWER_THAN_USUAL, count=looks.entries, usual=usual), firm=False)


_SIGNS = (
    *(_of_sign_in, _of_elsewhere, _of_nothing, _of_the_past, _of_an_old_copy, _of_one_title, _of_few_letters),
    *(_of_another_reader, _of_another_script, _of_other_titles, _of_doubts, _of_fewer, _of_fewer_entries),
)


def newest_of(answer: Answer) -> datetime | None:
    """The latest moment at which an answer says that something in it was written; none that is still to come."""
    posted = [event.published for event in answer.told.values() if event.published is not None]
    stamps = [*posted, *([answer.looks.newest] if answer.looks is not None and answer.looks.newest else [])]
    return max((each for each in stamps if each <= answer.now), default=None)


def is_cut(answer: Answer, habit: Habit | None) -> bool:
    """Whether a document ends in the middle that was whole before."""
    looks = answer.looks
    if answer.partial:
        return True
    if habit is None or looks is None or habit.closed is None or looks.closed == habit.closed:
        return False
    return looks.letters < median(habit.letters)


def same_for_long(habit: Habit, now: datetime) -> datetime | None:
    """Since when a source gives the same bytes, where that is long; else None."""
    since = habit.same_since
    return since if since is not None and now - since >= SAME_FOR_LONG else None

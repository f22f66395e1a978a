"""What can be seen of a time in an announcement: its own form, its line, its field, its sentence, its like in the text.

Features are named ``group.value`` and worth 1 each. They are about form: a word counts only by the small families of
``vocabulary.toml`` it belongs to (what is held, a last day, what goes beside, what is over).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from spiders.readers.announcement.article import Article, Line
from spiders.readers.announcement.occasions import line_of, sentence_of
from spiders.readers.announcement.times import Time, in_time_field
from spiders.readers.announcement.vocabulary import says
from spiders.text.when.model import Mention
from spiders.text.when.sessions import main_hours

_LIMIT_BEHIND = re.compile(r"^\s?[)】\]]?\s?(?:以?前|之前|止|截|为限|before\b)|^.{0,8}(?:截止|为止)")
_HELD_BEHIND = re.compile(
    r"^.{0,6}?(?:[在于於假来到]|举[行办]|召开|开[幕始讲播演课赛]|,?\s?at\b|,?\s?in\b|约|相[约聚见]|见)"
)
_WILL = re.compile(r"(?:将|拟|定|计划|预定|谨定|兹定|订)[于於在]?$|\b(?:on|this|at|will be)\s*$", re.IGNORECASE)
_UNTIL = re.compile(r"(?:[^\d日\s-]|^)(?:至|到|截[至止]|until|till|through)\s*$", re.IGNORECASE)
_BARE_DAY = re.compile(r"\s*\d{1,2}\s?[日号]?\s*")  # may be the number of a house
_NUMBER_ONLY = re.compile(r"[\W\d_]*")
_ASIDE = {"label.limit", "label.beside"}
_NEAR = 24  # characters before and behind a time that belong to it


@dataclass(frozen=True, slots=True)
class Programme:
    """The times of one text and what they share."""

    article: Article
    times: Sequence[Time]
    today: date
    shapes: Counter[tuple[str, ...]]
    title_days: frozenset[date]
    fielded: bool  # a labelled time is told
    timed: bool  # hours are told


def programme_of(article: Article, times: Sequence[Time], today: date) -> Programme:
    """What the ``times`` of a text have in common."""
    end = article.title_end
    return Programme(
        article=article,
        times=times,
        today=today,
        shapes=Counter(_shape(article, t.main) for t in times if t.main.start >= end),
        title_days=frozenset(t.day for t in times if any(m.start < end for m in t.all)),
        fielded=any(in_time_field(article, m) for t in times for m in t.all),
        timed=any(t.clock is not None for t in times),
    )


def features(time: Time, told: Programme) -> dict[str, float]:
    """The features of one time, each worth 1."""
    names = [*_own(time, told), *_of_others(time, told)]
    apart: Counter[str] = Counter()
    for mention in time.all:
        line = told.article.line_at(mention.start)
        names += _of_line(mention, line, told.article)
        labels = set(_of_field(told.article, mention, line))
        apart.update(labels & _ASIDE)
        names += labels
        names += _of_sentence(told.article, mention)
        names += _of_head(told.article, line)
    found = dict.fromkeys(names, 1.0)
    for label, count in apart.items():
        if count < len(time.all):  # told without this label too
            found.pop(label)
    if len(found.keys() & {"field.time", "line.title"}):
        found.pop("field.none", None)
    return found


def _own(time: Time, told: Programme) -> Iterator[str]:
    main = time.main
    hours = main_hours(main)
    yield "hours." + ("range" if any(h.last for h in hours) else "start" if hours else "none")
    away = (time.day - told.today).days
    if main.rule:
        yield "day.rule"
    else:
        gone = (time.last - told.today).days
        yield "day." + (
            "over" if gone < -1 else "yesterday" if gone == -1 else "running" if away < 0 else "today" if away == 0 else
            "soon" if away <= 60 else "later" if away <= 240 else "far"
        )  # fmt: skip
        span = (time.last - time.day).days
        yield "range." + ("none" if span == 0 else "days" if span <= 10 else "weeks")
    written = [told.article.normalized[m.start : m.stop] for m in time.all]
    if all(d.relative for m in time.all for d in m.days) and not main.rule:
        yield "written.relative" + ("" if hours else "-bare")
    if all(d.weak for m in time.all for d in m.days) and not main.rule:
        yield "written.weak"
    if any(re.search(r"(?:19|20)\d\d", words) for words in written):
        yield "written.year"
    if any(re.search(r"周|星期|礼拜|day\b|\([一二三四五六日]\)", words) for words in written):
        yield "written.weekday"
    if all(_BARE_DAY.fullmatch(words) for words in written):
        yield "written.bare-day"
    if all(m.role == "check-in" for m in time.all):
        yield "role.check-in"
    yield "told." + ("once" if len(time.all) == 1 else "twice" if len(time.all) == 2 else "often")


def _of_line(mention: Mention, line: Line, article: Article) -> Iterator[str]:
    yield f"line.{line.kind}"
    before, behind = line_of(article.normalized, mention.start, mention.stop)
    if line.kind == "title":
        return
    bare_before, bare_behind = _NUMBER_ONLY.sub("", before), _NUMBER_ONLY.sub("", behind)
    yield "before." + ("none" if not bare_before else "short" if len(before) <= 14 else "long")
    yield "behind." + ("none" if not bare_behind else "short" if len(behind) <= 24 else "long")
    if not bare_before and not bare_behind:
        yield "line.alone" + ("" if main_hours(mention) else "-bare")
    if "。" in before or "。" in behind or len(before) + len(behind) > 120:
        yield "line.prose"
    if not re.search(r"\w", article.normalized[article.title_end : mention.start]):
        yield "place.first"


def _of_field(article: Article, mention: Mention, line: Line) -> Iterator[str]:
    inside = [f for f in article.fields if f.value - 2 <= mention.start <= f.stop]
    for field in inside[:1]:
        yield f"field.{field.kind}"
        if field.kind == "time" and len(field.label) > 2:
            yield "field.time-full"
    if not inside:
        yield "field.none"
    label = article.label_of(mention.start)
    if label:
        yield "label.any"
    label = label or article.normalized[line.start : mention.start]
    if len(label) <= 30:
        yield from (f"label.{family}" for family in ("limit", "beside", "held") if says(family, label))


def _of_sentence(article: Article, mention: Mention) -> Iterator[str]:
    around = sentence_of(article.normalized, mention.start, mention.stop)
    yield from (
        f"sentence.{family}" for family in ("announce", "noun", "over", "limit", "beside") if says(family, around)
    )
    before = article.normalized[max(0, mention.start - _NEAR) : mention.start].split("\n")[-1]
    behind = article.normalized[mention.stop : mention.stop + _NEAR].split("\n")[0]
    if _WILL.search(before):
        yield "near.will"
    if _UNTIL.search(before):
        yield "near.until"
    if _LIMIT_BEHIND.match(behind):
        yield "near.limit"
    elif _HELD_BEHIND.match(behind):
        yield "near.held"
    clause = re.split(r"[,，。;；!]", before)[-1]
    yield from (f"clause.{family}" for family in ("limit", "beside") if says(family, clause))


def _of_head(article: Article, line: Line) -> Iterator[str]:
    head = article.head_of(line)
    if not head:
        yield "head.none"
        return
    families = ("time_head", "agenda_head", "limit", "beside", "recap", "noun")
    said = [family for family in families if says(family, head)]
    yield from (f"head.{family}" for family in said)
    if not said:
        yield "head.other"


def _of_others(time: Time, told: Programme) -> Iterator[str]:
    others = [other for other in told.times if other is not time]
    ahead = [other for other in told.times if other.last >= told.today]
    yield "all." + ("one" if not others else "few" if len(others) <= 2 else "many")
    if ahead == [time]:
        yield "all.only-ahead"
    if ahead and time.day == min(other.day for other in ahead):
        yield "all.first-ahead"
    in_title = any(m.start < told.article.title_end for m in time.all)
    if told.title_days and not in_title:
        yield "title." + ("same" if time.day in told.title_days else "other")
    if told.fielded and not any(in_time_field(told.article, m) for m in time.all):
        yield "all.field-elsewhere"
    if told.timed and time.clock is None:
        yield "all.hours-elsewhere"
    if any(other.day == time.day for other in others):
        yield "day.shared"
    yield from _of_programme(time, others, told)


def _of_programme(time: Time, others: Sequence[Time], told: Programme) -> Iterator[str]:
    """How a time stands to the others: one of many built alike, a part of a longer one, the whole of several."""
    alike = told.shapes[_shape(told.article, time.main)] if time.main.start >= told.article.title_end else 1
    if alike > 1:
        yield "alike." + ("two" if alike == 2 else "some" if alike <= 6 else "many")
        if time.last > time.day:
            yield "alike.ranges"
    longer = [other for other in others if other.day <= time.day and other.last >= time.last and other.last > other.day]
    if longer and time.last == time.day:
        titled = any(in_time_field(told.article, m) or m.start < told.article.title_end for o in longer for m in o.all)
        yield "part." + ("of-titled" if titled else "of-longer")
    inside = [other for other in others if time.day <= other.day and other.last <= time.last and time.last > time.day]
    if inside:
        yield "whole." + ("one" if len(inside) == 1 else "some")
    yield from _of_entry(time, others, told)


def _of_entry(time: Time, others: Sequence[Time], told: Programme) -> Iterator[str]:
    """What stands between a time and the next one: a place or a heading of its own make it an entry."""
    article = told.article
    start = time.main.start
    following = min((o.main.start for o in others if o.main.start > start), default=len(article.text))
    before = max((o.main.stop for o in others if o.main.start < start), default=article.title_end)
    if others and any(f.kind in {"place", "meeting"} and start <= f.start < following for f in article.fields):
        yield "entry.place"
    if others and any(f.kind in {"name", "topic"} and before <= f.start < following for f in article.fields):
        yield "entry.name"
    head = article.line_at(start).head
    if others and head >= 0 and article.lines[head].start >= before:
        yield "entry.head"


def list_of(time: Time, told: Programme) -> tuple[object, ...] | None:
    """The list that a time stands in: lines built alike under one heading; None where it stands alone."""
    if time.main.start < told.article.title_end or time.last < told.today:
        return None
    line = told.article.line_at(time.main.start)
    shape = _shape(told.article, time.main)
    return (line.head if line.kind != "heading" else -line.level, *shape) if told.shapes[shape] > 1 else None


def _shape(article: Article, mention: Mention) -> tuple[str, ...]:
    """How the line of a time is built: times of one programme are built alike."""
    line = article.line_at(mention.start)
    before, behind = line_of(article.normalized, mention.start, mention.stop)
    return (
        line.kind,
        line.label if len(line.label) <= 6 and line.label[-2:] in {"时间", "日期", "时段"} else "",
        "before" if re.search(r"[^\W\d]", before) else "",
        "behind" if re.search(r"[^\W\d]", behind) else "",
        "hours" if main_hours(mention) else "",
        "range" if mention.days and mention.days[0].last else "",
    )

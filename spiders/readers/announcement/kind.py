"""Is it an announcement? Evidence for and against, each point with its words, and the reason where it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spiders.readers.announcement.vocabulary import count, says
from spiders.text.glyphs import fold

THRESHOLD = 4.0
_CITY_STATION = re.compile(r"[\u4e00-\u9fff]{2,3}(?:站|专场)")
_PREVIEW = re.compile(r"预告|报名|招募|邀请|倒计时|即将|将于|诚邀|预约|今晚|明[天晚日]|本周|下周|会议通知|开播")
_QUESTION = re.compile(r"[?？]\s*$|^(?:为什么|如何|怎么|什么是)")


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found in a text, for judging it. Texts are folded."""

    title: str
    body: str
    title_time: bool  # the title names a day that is not over
    title_hour: bool
    field_time: bool  # a labelled time that is not over
    prose_time: bool  # a sentence announces a day that is not over
    over_time: bool  # every time that is told is over
    places: int  # labelled place fields
    labels: int  # other labelled fields


def judge(facts: Facts) -> str | None:
    """None for an announcement, else why not: ``"a recap"``, ``"a job advert"``, ``"an article"`` …"""
    title, head = facts.title, facts.body[:1500]
    short = len(facts.body) <= len(title) + 20
    preview = _PREVIEW.search(title) is not None
    if says("cancelled", title) or (len(facts.body) < 600 and says("cancelled", facts.body) and not facts.field_time):
        return "cancelled"
    if says("recap", title) and not preview and not (facts.field_time and _announced_after_all(facts)):
        return "a recap"
    if says("job", title) and not says("noun", title):
        return "a job advert"
    points = _for(facts, short, preview) - _against(facts, head, short, preview)
    if points >= THRESHOLD:
        return None
    return _reason(facts, head)


def _announced_after_all(facts: Facts) -> bool:
    """A word such as 记录 or 干货 in the title of what is still to come."""
    return not re.search(r"回顾|圆满|落幕|成功举|顺利举|揭晓|名单|公示|实录|花絮|回放|recap", facts.title) and not says("over", facts.body[:600])


def _for(facts: Facts, short: bool, preview: bool) -> float:
    points = 0.0
    points += 2.0 if says("noun", facts.title) else 0.0
    points += 1.0 if says("call", facts.title) or preview else 0.0
    points += 2.5 if facts.title_time else 0.0
    points += 1.0 if facts.title_hour else 0.0
    points += 1.5 if _CITY_STATION.search(facts.title) else 0.0
    points += 4.0 if facts.field_time else 0.0
    points += 2.5 if facts.prose_time else 0.0
    points += 1.5 if facts.places else 0.0
    points += min(2.0, 0.5 * facts.labels)
    if not short:
        points += min(3.0, 0.75 * count("signup", facts.body))
        points += min(1.0, 0.5 * count("noun", facts.body[:2000]))
    return points


def _against(facts: Facts, head: str, short: bool, preview: bool) -> float:
    points = 0.0
    if says("papers", facts.title):
        points += 4.0
    if says("news", facts.title) and not preview:
        points += 2.0 if says("noun", facts.title) else 4.0
    if _QUESTION.search(facts.title) and not preview and not facts.field_time:
        points += 1.0
    if not short:
        points += min(5.0, 1.5 * count("over", head))
        if len(facts.body) > 3500 and not (facts.field_time or facts.title_time):
            points += 3.0
    if facts.over_time:
        points += 4.0
    return points


def _reason(facts: Facts, head: str) -> str:
    title = facts.title
    for name, reason in (("job", "a job advert"), ("papers", "a call for papers or members"), ("news", "an article")):
        if says(name, title):
            return reason
    if facts.over_time:
        return "it is over"
    if says("over", fold(head)):
        return "a recap"
    return "an article"

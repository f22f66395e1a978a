"""Is it an announcement? Evidence for and against, each point with its words, and the reason where it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spiders.readers.announcement.vocabulary import count, says, words
from spiders.reasons import Code

THRESHOLD = 4.0
_CITY_STATION = re.compile(r"[\u4e00-\u9fff]{2,3}(?:站|专场)")
_PREVIEW = re.compile(r"预告|报名|招募|邀请|倒计时|即将|将于|诚邀|预约|今晚|明[天晚日]|本周|下周|会议通知|开播")
_INVITES = re.compile(
    r"预告|报名|邀请函|诚邀|欢迎参会|开放报名|通知\s*$|的通知|即将开始|即将开讲|敬请参加|招募|invitation|register",
    re.IGNORECASE,
)
_SOON = re.compile(
    r"即将(?:开[幕启讲赛演播]|举[行办]|召开|拉开|来袭)|将[于在].{0,20}(?:举[行办]|召开|开[幕启])|[下本]周.{0,10}(?:举[行办]|开[讲讲幕])"
)
_THIS_ONE = re.compile(
    r"(?:本期|本次|本场|这次|这一期|第[一二三四五六七八九十\d]{1,3}[期场次届])(?:的)?(?:线下|线上|主题|专题|读书|观影)?(?:沙龙|活动|工作坊|讲座|分享会?|聚会|会议|论坛|例会|直播|课程|徒步|对局|比赛)"
)
_FOUNDED = re.compile(r"正式成立|成立[啦了]|挂牌|揭牌|签约")
_QUESTION = re.compile(r"[?？]\s*$|^(?:为什么|如何|怎么|什么是)")


@dataclass(frozen=True, slots=True)
class Signals:
    """What was found in a text, for judging it. Texts are normalized."""

    title: str
    body: str
    title_time: bool  # the title names a day that is not over
    title_hour: bool
    title_listed: bool  # day and hour are set off in the title: "name — day, hour — place"
    field_time: bool  # a labelled time that is not over
    prose_time: bool  # a sentence announces a day that is not over
    announced: (
        bool  # it does so in so many words ("将于5月11日在……举行"), or the day and its hours are a line of their own
    )
    ahead: bool  # the first of the times is after the day of publication
    to_come: bool  # the time is still to be fixed ("拟定于12月中旬", "时间：待定")
    images: int
    over_time: bool  # every time that is told is over
    places: int  # labelled place fields
    labels: int  # other labelled fields
    brief: float  # a few lines that tell all one needs to go there


def judge(facts: Signals) -> Code | None:
    """None for an announcement, else why not: a recap, a job advert, an article …"""
    short = len(facts.body) <= len(facts.title) + 20
    preview = _PREVIEW.search(facts.title) is not None
    plain = _by_title(facts, short, preview)
    if plain is not None:
        return plain
    head = facts.body[:1500]
    points = _for(facts, short, preview) - _against(facts, head, short, preview)
    return None if points >= THRESHOLD else _reason(facts, head)


def _by_title(facts: Signals, short: bool, preview: bool) -> Code | None:
    """What the title alone rules out."""
    title = facts.title
    named = says("noun", title)
    recap = says("recap", title) and not preview and not (facts.field_time and _announced_after_all(facts))
    checks = (
        (recap, Code.A_RECAP),
        (says("job", title) and not named, Code.A_JOB_ADVERT),
        (says("notice", title) and (short or not _INVITES.search(title)), Code.A_NOTICE),
        (says("papers", title) and not named, Code.A_CALL_FOR_PAPERS),
    )
    return next((reason for holds, reason in checks if holds), None)


def _announced_after_all(facts: Signals) -> bool:
    """A word such as 记录 or 干货 in the title of what is still to come."""
    return not re.search(r"回顾|圆满|落幕|成功举|顺利举|揭晓|名单|公示|实录|花絮|回放|recap", facts.title) and not says(
        "over", facts.body[:600]
    )


def _for(facts: Signals, short: bool, preview: bool) -> float:
    points = 0.0
    points += 2.0 if says("noun", facts.title) else 0.0
    points += 1.0 if says("call", facts.title) or preview else 0.0
    points += 2.5 if facts.title_time else 0.0
    points += 1.0 if facts.title_hour else 0.0
    points += 1.0 if facts.title_listed and not says("news", facts.title) and not says("service", facts.title) else 0.0
    points += 2.0 if _CITY_STATION.search(facts.title) else 0.0
    points += 4.0 if facts.field_time else 0.0
    points += 4.0 if facts.announced else 2.5 if facts.prose_time else 0.0
    points += 2.5 if facts.to_come else 0.0
    points += 1.5 if _SOON.search(facts.title) else 0.0
    points += 1.5 if facts.places else 0.0
    points += facts.brief
    points += min(2.0, 0.5 * facts.labels)
    if not short:
        subtitle = facts.body.strip().split("\n", 1)[0]
        points += 1.0 if len(subtitle) <= 50 and not says("noun", facts.title) and says("noun", subtitle) else 0.0
        points += min(3.0, 0.75 * count("signup", facts.body))
        points += min(1.0, 0.5 * count("noun", facts.body[:2000]))
        points += 1.5 if _THIS_ONE.search(facts.body[:3000]) else 0.0
    if says("noun", facts.title):
        points += 1.0 if _INVITES.search(facts.title) else 0.0
        points += 1.0 if short and _ends_with_name(facts.title) else 0.0
    if facts.images and len(facts.body.strip()) < 60 and (says("noun", facts.title) or says("call", facts.title)):
        points += 2.0 + (1.0 if "周末" in facts.title else 0.0)  # all the rest stands in the poster
    return points


def _ends_with_name(title: str) -> bool:
    """The title is a name and no sentence: it ends in what the event is called."""
    bare = re.sub(r"[\s\W]+$|[(（].{0,20}[)）]\s*$", "", title)
    return any(match.end() == len(bare) for match in words("noun").finditer(bare))


def _against(facts: Signals, head: str, short: bool, preview: bool) -> float:
    points = 0.0
    if says("papers", facts.title):
        points += 4.0
    if says("news", facts.title) and not preview:
        points += (
            1.0
            if facts.title_hour
            else 1.5
            if facts.announced or (facts.field_time and facts.ahead)
            else 2.0
            if says("noun", facts.title)
            else 4.0
        )
    if _QUESTION.search(facts.title) and not preview and not facts.field_time:
        points += 1.0
    if _FOUNDED.search(facts.title):
        points += 2.0
    if not short and not preview:
        told = 1.5 * count("over", head)
        points += min(1.5 if facts.ahead and (facts.field_time or facts.announced) else 5.0, told)
    if len(facts.body) > 3500 and not (facts.field_time or facts.title_time or facts.announced):
        points += 3.0
    if facts.over_time:
        points += 4.0
    return points


def _reason(facts: Signals, head: str) -> Code:
    title = facts.title
    for name, reason in (("job", Code.A_JOB_ADVERT), ("papers", Code.A_CALL_FOR_PAPERS), ("news", Code.AN_ARTICLE)):
        if says(name, title):
            return reason
    if facts.over_time:
        return Code.IT_IS_OVER
    if says("over", head):
        return Code.A_RECAP
    return Code.AN_ARTICLE

"""Is it an announcement? What is seen of a text, for the judgement, and the reason where it is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from spiders.readers.announcement import short_posts
from spiders.readers.announcement.article import Article
from spiders.readers.announcement.occasions import Occasion
from spiders.readers.announcement.select import Judged
from spiders.readers.announcement.titles import is_generic
from spiders.readers.announcement.vocabulary import count, says, words
from spiders.reasons import Code
from spiders.text.glyphs import normalize

LIKELY = 0.46
"""From here on a text is an announcement: as many are lost as are found where none is."""
_CITY_STATION = re.compile(r"[\u4e00-\u9fff]{2,3}(?:站|专场)")
_THIS_ONE = re.compile(
    r"(?:本期|本次|本场|本届|这次|这一期|第[一二三四五六七八九十\d]{1,3}[期场次届])(?:的)?[\u4e00-\u9fff]{0,6}"
)
_SET_OFF = re.compile(r"[|:【】\[\]]|\s-\s")
_QUESTION = re.compile(r"[?？]\s*$|^(?:为什么|如何|怎么|什么是)")
# What is told as done, and what is asked of the reader: how a text speaks, whatever it is about.
_DONE = re.compile(r"了(?=[^\w]|[\u4e00-\u9fff])|过(?=[^\w])|\b(?:was|were|had|did)\b")
_ASKING = re.compile(r"[你您]|欢迎|邀请?|期待|请|\b(?:you|your|please|join|come)\b", re.IGNORECASE)
_PARTS = ("time_head", "agenda_head", "host", "signup", "limit", "venue")  # what the parts of an announcement are about
_HEAD, _SHORT, _LONG = 1500, 320, 3500


def features(
    article: Article,
    judged: Sequence[Judged],
    occasions: Sequence[Occasion],
    brief: float,
    today: date,
    *,
    to_come: bool,
) -> dict[str, float]:
    """What is seen of a whole text, each worth 1 but counts. ``brief``: evidence of a short post."""
    found: dict[str, float] = {}
    title, body = article.normalized[: article.title_end], article.normalized[article.title_end :]
    for name in (
        *_of_title(title, article),
        *_of_times(judged, occasions, today, to_come=to_come),
        *_of_body(title, body, article),
    ):
        found[name] = 1.0
    if to_come:
        found["time.to-come"] = 1.0
    if brief:
        found["brief.for" if brief > 0 else "brief.against"] = abs(brief) / short_posts.ENOUGH
    return found


def _of_title(title: str, article: Article) -> Iterator[str]:
    families = (
        "noun",
        "call",
        "recap",
        "job",
        "papers",
        "news",
        "notice",
        "invite",
        "service",
        "over",
        "off",
        "founded",
    )
    said = [family for family in families if says(family, title)]
    yield from (f"title.{family}" for family in said)
    if "recap" in said and "invite" in said:
        yield "title.recap-invite"
    if "noun" in said and set(said) & {"news", "notice", "papers", "job"}:
        yield "title.noun-but"
    if "noun" in said and _ends_with_name(title):
        yield "title.name-last"
    if _CITY_STATION.search(title):
        yield "title.station"
    if _QUESTION.search(title):
        yield "title.question"
    if is_generic(article.title):
        yield "title.generic"
    if article.page.images and len(article.text) - len(title) < 60:
        yield "body.poster"


def ruled_out(article: Article) -> Code | None:
    """What the title alone rules out: a recap that says so at its head, a rule that comes into force, a job."""
    title = article.normalized[: article.title_end]
    if _is_headed_as_recap(title):
        return Code.A_RECAP
    if says("noun", title):
        return None
    if says("notice", title) and not says("call", title):
        return Code.A_NOTICE
    return Code.A_JOB_ADVERT if says("job", title) else None


def _is_headed_as_recap(title: str) -> bool:
    """``活动回顾｜…``: the part that is set off at the beginning says so and nothing else."""
    pieces = [piece for piece in _SET_OFF.split(normalize(title)) if piece.strip()]
    bare = words("recap").sub("", pieces[0]) if len(pieces) > 1 else ""
    return len(pieces) > 1 and bare != pieces[0] and (not bare.strip() or is_generic(bare))


def _ends_with_name(title: str) -> bool:
    """The title is a name and no sentence: it ends in what the event is called."""
    bare = re.sub(r"[\s\W]+$|[(（].{0,20}[)）]\s*$", "", title)
    return any(match.end() == len(bare) for match in words("noun").finditer(bare))


def _of_times(judged: Sequence[Judged], occasions: Sequence[Occasion], today: date, *, to_come: bool) -> Iterator[str]:
    best = max((o.probability for o in occasions), default=0.0)
    yield "time." + ("none" if not occasions else "faint" if best < 0.5 else "fair" if best < 0.8 else
                     "good" if best < 0.95 else "sure")  # fmt: skip
    if len(occasions) > 1:
        yield "time.several"
    if judged and not occasions:
        yield "time.told-but-none"
    if judged and not to_come and all(one.time.last < today for one in judged):
        yield "time.all-over"
    for name, holds in (
        ("labelled", any(o.labelled for o in occasions)),
        ("hours", any(not s.all_day for o in occasions for s in o.sessions)),
        ("ahead", bool(occasions) and all(o.sessions[0].start.date() > today for o in occasions)),
        ("titled", any("line.title" in one.features for one in judged if one.probability >= LIKELY)),
        ("willed", any("near.will" in one.features for one in judged if one.probability >= LIKELY)),
        ("daily", any(_is_daily(o.rule or "") for o in occasions)),
    ):
        if holds:
            yield f"time.{name}"


def _is_daily(rule: str) -> bool:
    """Held on nearly every day without an end: the hours of a place."""
    return "UNTIL" not in rule and (rule.startswith("FREQ=DAILY") or rule.count(",") >= 4)


def _of_body(title: str, body: str, article: Article) -> Iterator[str]:
    head = body[:_HEAD]
    length = len(body.strip())
    yield "length." + (
        "none" if length < 20 else "short" if length < _SHORT else "middle" if length < _LONG else "long"
    )
    yield f"signup.{_few(count('signup', body), 1, 2, 4)}"
    yield f"over.{_few(count('over', head), 1, 2, 3)}"
    kinds = {field.kind for field in article.fields}
    yield from (
        f"field.{kind}" for kind in sorted(kinds & {"place", "meeting", "price", "host", "signup", "name", "topic"})
    )
    yield f"fields.{_few(len(article.fields), 1, 3, 6)}"
    heads = [article.normalized[line.start : line.stop] for line in article.lines if line.kind == "heading"]
    parts = sum(1 for head in heads if any(says(family, head) for family in _PARTS))
    yield f"heads.{_few(parts, 1, 2, 4)}"
    told = len(_DONE.findall(body))
    if length >= _SHORT:
        yield f"narrative.{_few(1000 * told // length, 3, 6, 10)}"
        yield f"asks.{_few(1000 * len(_ASKING.findall(body)) // length, 2, 5, 9)}"
    if _THIS_ONE.search(body[:3000]):
        yield "body.this-one"
    first = body.strip().split("\n", 1)[0]
    if not says("noun", title) and len(first) <= 50 and says("noun", first):
        yield "body.noun-first"
    yield from (f"body.{family}" for family in ("noun", "share", "papers") if says(family, head))
    if "xx" in head.lower() and re.search(r"[xX]{2,}\s?[年月日:]", head):
        yield "body.blanks"
    if length < _SHORT and says("service", body):
        yield "body.service"
    if len(article.page.links) > 2 and length < 600:
        yield "body.links"


def _few(number: int, *bounds: int) -> str:
    return ("none", "one", "some", "many")[sum(1 for bound in bounds if number >= bound)]


def reason(article: Article, judged: Sequence[Judged], today: date) -> Code:
    """Why a text is no announcement: a recap, a job advert, over, an article …"""
    title, head = article.normalized[: article.title_end], article.normalized[article.title_end :][:_HEAD]
    for name, told in (
        ("recap", Code.A_RECAP), ("job", Code.A_JOB_ADVERT), ("papers", Code.A_CALL_FOR_PAPERS),
        ("notice", Code.A_NOTICE), ("news", Code.AN_ARTICLE),
    ):  # fmt: skip
        if says(name, title):
            return told
    titled = [one for one in judged if one.features.keys() & {"field.time", "line.title"}]
    if titled and all(one.time.last < today for one in titled):
        return Code.IT_IS_OVER
    return Code.A_RECAP if says("over", head) else Code.AN_ARTICLE

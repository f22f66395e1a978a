"""The title of an announcement without calls and times: ``【今晚7点】快上车！某某分享会即将开播`` -> ``某某分享会``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from spiders.readers.announcement import english
from spiders.readers.announcement.chat_titles import name_in_line, time_spans
from spiders.readers.announcement.vocabulary import says
from spiders.text.glyphs import normalize
from spiders.text.when.model import Mention

_BRACKETS = re.compile(r"^\s*[【\[(（#「〖][^】\])）#」〗\n]{0,24}[】\])）#」〗]\s*")
_TAIL_BRACKETS = re.compile(r"\s*[【\[(（][^】\])）\n]{0,24}[】\])）]\s*[!！。~]*$")
_PURE_CALL = re.compile(
    r"(?:最新|线下|线上|火热|正式|精彩|限时|免费|本周|本月|下周|今日|明日|周末|近期|重磅|倒计时|第?\d+[期天]|仅剩|快来|开放|即日起)*"
    r"(?:学术|线下|线上)?(?:活动|会议|直播|讲座|沙龙|课程|参会|大会|论坛|展会|出海|工作坊|观影会?|演出|赛事|展览)?(?:报名表?|招募|预告|邀请函?|通知|公告|预约|信息|抢先看|开启|进行中|启动|倒计时|(?<!回)来[了啦]|组局|集结|推荐|速递|秘籍公开|火热|中|啦|了|吧|\d+[天日]|诚邀您?参[加会]|"
    r"欢迎[^,。]{0,8}|等你来?(?:参[加与])?|不见不散|快上车|您有一个会议邀请|点这里|戳这里|安排|日程|议程|详情|有礼|福利|[!！~.。…])*",
    re.IGNORECASE,
)
_BAR = re.compile(r"[|丨｜│]")
_STRONG = re.compile(r"\s*[!！。…~～]{1,3}\s*|\s*[👇📣🔥🎉✨]+\s*")
_TRAILING = re.compile(
    r"(?:[,，、\s:：—-]*(?:日程|议程|下月|下周|本月|本周|近日|明日|不要错过|不容错过|抢先看|[将于]{0,2}在[^,，]{2,16}(?:举[办行]|召开|开幕)|来袭|首批讲师来袭|将?\s?(?:盛大|隆重)?开幕|即将(?:开[播始幕启讲]|举[行办]|来袭)|火热(?:报名|招募)中?|报名(?:倒计时|开启|启动|通道开启|进行中|中|啦|了)?|招生中?|倒计时\d*天?|预告|正式启动|(?<!回)来[啦了]|招募(?:中|啦|令|队伍)?|等你(?:来|参[加与])?.{0,6}|不见不散|欢迎.{0,14}报名.{0,4}|开放旁听报名|开启|邀请(?:函)?|开始报名|开放报名|邀您参加|诚邀.{0,8}|通知))+$"
)
_NUMBERED = re.compile(r"^\s*\d{1,2}\s*[.、)）]\s*(?=\D)")


def clean_title(title: str, mentions: Iterable[Mention] = ()) -> str:
    """``title`` without bracketed calls, times (the ``mentions`` of its normalized text) and calls at its end."""
    return with_brackets(_cleaned(title, mentions), title)


def with_brackets(name: str, title: str) -> str:
    """A name with the angle brackets back that stood at its edges and belong to it: ``<Dune>``, not ``Dune>``."""
    at = title.find(name)
    if at < 0 or "<" not in title:
        return name
    stop = at + len(name)
    before, behind = title[at - 1 : at] == "<", title[stop : stop + 1] == ">"
    if before and (behind or name.count(">") > name.count("<")):
        name = f"<{name}"
    return f"{name}>" if behind and name.count("<") > name.count(">") else name


def _cleaned(title: str, mentions: Iterable[Mention]) -> str:
    if english.is_english(title) and (named := english.name_of(title)) is not None:
        return named
    said = _SENTENCE.match(normalize(title))
    if said is not None:  # what will be held is the subject of the sentence
        return re.split(r"[,，]\s?", title[: said.end(1)])[-1].strip(_EDGES)
    bare = _open_brackets(_without_times(title, mentions))
    if (name := name_in_line(bare)) is not None:
        return name
    # A bar sets name and theme side by side; "!" ends a call, and only what names the event is kept of it.
    sides = [_best_of(side) for side in _BAR.split(bare) if re.search(r"\w", side)]
    chosen = [side for side in sides if not is_call(side) and not _SLOGAN.match(normalize(side))] or sides or [bare]
    if len(chosen) == 1 and len(chosen[0]) > 40:
        chosen = [_shorter(chosen[0])]
    chosen = [_OFFICIAL.sub(r"\1", p) for p in chosen]
    chosen = [re.sub(r"(?<=[（(])\s+|\s+(?=[）)])|[（(]\s*[）)]", "", p) for p in chosen]
    result = _TRAILING.sub("", _TAIL_SLOGAN.sub("", "｜".join(chosen))).strip(_EDGES)
    return result if len(result) >= 2 and not _is_fragment(result, title) else title.strip()


# What is left of a title that was a time and a place: no name.
_FRAGMENT = re.compile(r"(?:at|on|in|from|to|by|@)\s|[在于的和与]", re.IGNORECASE)
# Words of which a heading is made that names nothing.
_GENERIC = re.compile(
    r"(?:最新|近期|即将的?|本[会期次周月]|公会|第\s?[一二三四五六七八九十\d]{1,3}\s?[期场次]|活动|会议|讲座|课程|展会|培训|消息|信息|资讯|讯息|通知|公告|预告|简介|介绍|议程|日程|流程|"
    r"安排|亮点|详情|内容|时间|地点|报名|方式|主页|首页|新闻|列表|events?|news|about|schedule|programme?|agenda|info|the|our|\s)+",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"^(.{4,60}?)\s?(?:即?将|拟|兹|谨)(?:定?[于於在]|延期[至到]|改[至到期])(?=.{4,}(?:举[行办]|召开|开[幕讲])).{4,}$"
)
_EDGES = " \t,，、:：—-·｜|~@#"
_OFFICIAL = re.compile(
    r"^(?:关于)?(?:延期|推迟|调整|变更|如期|继续)?(?:召开|举办|举行|组织(?:参加|开展)?|参加)(.{4,60}?)(?:的)?(?:预备)?(?:通知|函|公告|邀请函)?$"
)
_TAIL_SLOGAN = re.compile(r"(?<=[\w）)])\s+(?:教你|带你|让你|等你|一起来|快来|邀你)[^\s]{2,14}$")
_SLOGAN = re.compile(
    r"^\s*(?:共赴|一起|快来|等你|邀你|邀您|约你|带你|让我们|欢迎|期待|相聚|赴|来一场|和我们|我们|来|诚邀|不见不散)"
)


def _is_fragment(result: str, title: str) -> bool:
    """Whether what stood before is gone and the rest begins in the middle of a sentence."""
    return _FRAGMENT.match(result) is not None and not title.strip().startswith(result[:3])


def _best_of(side: str) -> str:
    """Of one side of a title the sentences that name the event, else all that call for nothing."""
    pieces = [p for piece in _STRONG.split(side) if (p := piece.strip(_EDGES)) and re.search(r"\w", p)]
    kept = [p for p in pieces if not is_call(p)] or pieces
    named = [p for p in kept if says("noun", normalize(p)) and not _SLOGAN.match(normalize(p))]
    return " ".join(named or kept)


def _shorter(piece: str) -> str:
    """A long sentence for a title: the part before a comma that names the event, if one does."""
    parts = [p.strip(_EDGES) for p in re.split(r"[，,；;]|\s{2,}", piece)]
    named = [p for p in parts if len(p) >= 6 and says("noun", normalize(p))]
    return named[0] if named and len(parts) > 1 else piece


_MARK_BEFORE = re.compile(r"\s[—–|｜·~-]{1,2}\s*$|[|｜]\s*$")
_MARK_BEHIND = re.compile(r"\s*$|\s*[|｜]|\s*[—–·~-]{1,2}\s")


def is_set_off(title: str, mention: Mention) -> bool:
    """Whether a time stands between marks, or behind one at the end: ``name — Fri Aug 21, 7 PM — place``."""
    stop = mention.stop
    return bool(_MARK_BEFORE.search(title[: mention.start])) and bool(_MARK_BEHIND.match(title, stop))


def _without_times(title: str, mentions: Iterable[Mention]) -> str:
    bare = title
    for mention in sorted(mentions, key=lambda m: -m.start):
        if (
            mention.rule
            or title.startswith("的", mention.stop)  # "周五的鼓圈": the day belongs to the name
            or (
                mention.days
                and (mention.day_stop or not any(mention.start <= h.start < mention.stop for h in mention.hours))
                and all(d.relative and d.guessed for d in mention.days)
            )
        ):
            continue  # "周六桌游局" and "每周三读书会" are names
        spans = time_spans(title, mention)
        for start, stop in reversed(spans[1:]):  # the name stands between the day and the hour
            bare = f"{bare[:start].rstrip()} {bare[stop:].lstrip()}"
        before, after = bare[: mention.start], bare[spans[0][1] :]
        if mention.days and mention.hours and is_set_off(bare, mention) and re.search(r"\w", before):
            bare = before.rstrip(_EDGES + "–")  # what stands behind is the place
            continue
        opened = re.search(r"[【(（\[]\s*$", before)
        closed = re.match(r"\s*[】)）\]]", after)
        if opened and closed:
            before, after = before[: opened.start()], after[closed.end() :]
        after = re.sub(r"^\s*(?:[)）,，:：、]|开始|举行|开播)\s*", "", after)
        before = re.sub(r"(?:就在|将于|于|在)\s*$", "", before)
        if opened and not closed:
            after = after.lstrip(" -~")
        bare = f"{before.rstrip(' ,，、')}{' ' if before.strip() and after.strip() else ''}{after}"
    return bare


def _open_brackets(bare: str) -> str:
    """Leading brackets fall where they hold a call; else they stay part of the name."""
    prefix = re.match(r"^\s*([^:：|｜]{2,8})\s?[:：]\s*(?=\S{4})", bare)
    if prefix is not None and is_call(prefix[1]):
        bare = bare[prefix.end() :]
    bare = re.sub(r"^\s*#[^#\s][^#\n]{0,20}#\s*(?=\S)", "", bare)
    while (match := _BRACKETS.match(bare)) is not None:
        inside = match[0].strip(" 【】[]()（）#「」〖〗")
        rest = bare[match.end() :]
        if len(rest.strip()) < 4 or (inside and not (is_call(inside) or says("call", inside) or len(inside) <= 5)):
            break
        if says("noun", normalize(inside)) and not says("noun", normalize(rest)):
            break  # "【狼人杀】周五夜场": without it nothing says what it is
        bare = rest
    tail = _TAIL_BRACKETS.search(bare)
    if tail is not None and is_call(tail[0].strip(" 【】[]()（）!！。~")):
        bare = bare[: tail.start()]
    return _NUMBERED.sub("", bare)


def is_call(piece: str) -> bool:
    plain = re.sub(r"[\s!！。.,，:：]+", "", normalize(piece))
    return _PURE_CALL.fullmatch(plain) is not None


@lru_cache(maxsize=1024)
def is_generic(name: str) -> bool:
    """A heading or a call that names nothing: ``活动信息``, ``报名通知``."""
    return _GENERIC.fullmatch(normalize(name)) is not None or is_call(name)

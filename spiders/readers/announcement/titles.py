"""The title of an announcement without its calls and times: ``【今晚7点】快上车！某某分享会即将开播`` -> ``某某分享会``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spiders.readers.announcement.vocabulary import says, words
from spiders.text.glyphs import fold
from spiders.text.when.values import Mention

_BRACKETS = re.compile(r"^\s*[【\[(（#「〖][^】\])）#」〗\n]{0,24}[】\])）#」〗]\s*")
_TAIL_BRACKETS = re.compile(r"\s*[【\[(（][^】\])）\n]{0,24}[】\])）]\s*[!！。~]*$")
_PURE_CALL = re.compile(
    r"(?:最新|线下|线上|火热|正式|精彩|限时|免费|本周|本月|下周|今日|明日|周末|近期|重磅|倒计时|第?\d+[期天]|仅剩|快来|开放|即日起)*"
    r"(?:活动|会议|直播|讲座|沙龙|课程|参会|大会|论坛|展会|出海)?(?:报名表?|招募|预告|邀请函?|通知|公告|预约|信息|抢先看|开启|进行中|启动|倒计时|来了|来啦|组局|集结|推荐|速递|秘籍公开|火热|中|啦|了|吧|\d+[天日]|诚邀您?参[加会]|"
    r"欢迎[^,。]{0,8}|等你来?(?:参[加与])?|不见不散|快上车|您有一个会议邀请|点这里|戳这里|安排|日程|议程|详情|有礼|福利|[!！~.。…])*",
    re.IGNORECASE,
)
_STRONG = re.compile(r"\s*[|丨｜│]\s*|[!！。…~～]{1,3}\s*|\s*[👇📣🔥🎉✨]+\s*")
_TRAILING = re.compile(
    r"(?:[,，、\s:：—-]*(?:即将(?:开[播始幕启讲]|举[行办]|来袭)|火热(?:报名|招募)中?|报名(?:倒计时|开启|启动|通道开启|进行中|中|啦|了)?|倒计时\d*天?|预告|正式启动|来[啦了]|招募(?:中|啦|令)?|等你(?:来|参[加与])?.{0,6}|不见不散|欢迎.{0,14}报名.{0,4}|开放旁听报名|开启|邀请函|活动招募|活动预告|活动报名|开始报名|诚邀.{0,8}|通知))+$"
)
_NUMBERED = re.compile(r"^\s*\d{1,2}\s*[.、)）]\s*(?=\D)")


def clean_title(title: str, mentions: Iterable[Mention] = ()) -> str:
    """``title`` without bracketed calls, times (the ``mentions`` of its folded text) and calls at its end."""
    bare = _without_times(title, mentions)
    bare = _open_brackets(bare)
    pieces = [p for p in _STRONG.split(bare) if p and re.search(r"\w", p)]
    kept = [p for p in pieces if not _is_call(p)] or pieces
    named = [p for p in kept if says("noun", fold(p))]
    if named and len(kept) > 1 and len(kept) != len(named):
        first, last = kept.index(named[0]), kept.index(named[-1])
        chosen = kept[first : last + 1]
        bar = "|" in fold(title) and first > 0
        chosen = kept[first - 1 : last + 1] if bar and _is_name(kept[first - 1]) else chosen
    else:
        chosen = kept
    result = _TRAILING.sub("", "｜".join(p.strip(" ,，、:：—-·") for p in chosen)).strip(" \t,，、:：—-·｜|~@")
    return result if len(result) >= 2 else title.strip()


def _is_name(piece: str) -> bool:
    return len(piece) <= 30 and not says("call", fold(piece))


def _without_times(title: str, mentions: Iterable[Mention]) -> str:
    bare = title
    for mention in sorted(mentions, key=lambda m: -m.start):
        before, after = bare[: mention.start], bare[mention.stop :]
        opened = re.search(r"[【(（\[]\s*$", before)
        closed = re.match(r"\s*[】)）\]]", after)
        if opened and closed:
            before, after = before[: opened.start()], after[closed.end() :]
        after = re.sub(r"^\s*(?:[)）,，:：、]|开始|举行|开播)\s*", "", after)
        before = re.sub(r"(?:就在|将于|于|在)\s*$", "", before)
        bare = f"{before.rstrip(' ,，、')}{' ' if before.strip() and after.strip() else ''}{after}"
    return bare


def _open_brackets(bare: str) -> str:
    """Leading brackets fall where they hold a call; else they stay part of the name."""
    while (match := _BRACKETS.match(bare)) is not None:
        inside = match[0].strip(" 【】[]()（）#「」〖〗")
        rest = bare[match.end() :]
        if len(rest.strip()) < 4 or (inside and not (_is_call(inside) or says("call", inside) or len(inside) <= 5)):
            break
        bare = rest
    tail = _TAIL_BRACKETS.search(bare)
    if tail is not None and _is_call(tail[0].strip(" 【】[]()（）!！。~")):
        bare = bare[: tail.start()]
    return _NUMBERED.sub("", bare)


def _is_call(piece: str) -> bool:
    plain = re.sub(r"[\s!！。.,，:：]+", "", fold(piece))
    return _PURE_CALL.fullmatch(plain) is not None


_HEADING = re.compile(
    r"^[\s【「《<#]*(?:第[一二三四五六七八九十\d]{1,3}[场期站讲日天轮]|[一二三四五六七八九十]{1,2}[、.]|场次?[一二三四五\d]|session \d|day ?\d)|对阵\s*[:：]|^\s*[【《「][^\n]{3,50}[】》」]\s*$",
    re.IGNORECASE,
)


def heading_before(lines: list[str]) -> str | None:
    """The heading of a block of an announcement: the last line of ``lines`` that reads as a name."""
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index].strip()
        if not line or len(line) > 60 or not _HEADING.search(fold(line)):
            continue
        name = re.sub(r"^\s*[一二三四五六七八九十]{1,2}[、.]\s*|对阵\s*[:：]\s*", "", line).strip(" 【】:：*")
        if len(name) <= 6 and index + 1 < len(lines):
            following = next((one.strip() for one in lines[index + 1 :] if one.strip()), "")
            if 4 <= len(following) <= 50:
                name = f"{name} {following}"
        if len(name) >= 4:
            return name
    return None


def noun_count(text: str) -> int:
    return len(words("noun").findall(fold(text)))

"""Labelled places: ``活动地点：…``, ``七、服务地址``, ``Venue: …``, whatever stands before the word for a place.

A label that names the place of something else (where one signs up, sleeps or writes to) is none; a name and the address
told right behind or below it belong together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from spiders.readers.announcement.fields import Field
from spiders.readers.announcement.venues import is_venue
from spiders.text.glyphs import normalize

_NUMBER = r"(?:[一二三四五六七八九十]{1,3}\s?[、.)﹑,:]|\d{1,2}\s?[.、)﹑]|[(\[][一二三四五六七八九十\d]{1,3}[)\]])"
_LABEL = re.compile(
    rf"(?m)(?:^\W{{0,6}}{_NUMBER}?\W{{0,4}}|(?<=[\s;。,|】)、])|(?<=\d)(?=地[点址]\s?:))"
    r"(?P<before>[\u4e00-\u9fff]{0,8}?(?:[、及和与][\u4e00-\u9fff]{0,4})??)"
    r"(?P<core>地\s{0,6}[点址]|场地|会场|场馆|场所|位置|\b(?:event\s)?(?:venue|location|where|address|place)\b)"
    r"(?:不变|照旧|同前|\s?\([^()\n]{1,12}\))?"
    r"(?:\s{0,3}[】\])〗」]?\s{0,3}[:|]|\s{0,2}[】〗」]\s?:?|[ \t]*(?=\n|$))",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"报名|住宿|酒店|邮|寄|联[络系]|通[讯信]|讲[师者]|导师|收[件货款]|领取|取[票货]|[购售]票|投稿|公司|单位|办公|注册|网|链接|"
    r"下载|电子|观看|直播|回放|线上|停车|上车|下车|出发|接送|常住|居住|户籍|工作|店铺|参考|原"
)
_WITH_TIME = re.compile(r"时间|日期")
_MEETING = re.compile(r"集合|碰头|集中")
_CONTACT = re.compile(r"电话|手机|传真|邮箱|邮编|e-?mail|联[系络]|微信|官网|\btel\b|\d{7}", re.IGNORECASE)
_REACH = 300
_NEXT_LABEL = re.compile(
    r"[\s;,。|(][\u4e00-\u9fff]{2,6}\s?:|(?:嘉宾|主持|主讲|时间|地址|费用|票价|报名|主办|承办|电话|联系|分享|流程)[\u4e00-\u9fff]{0,3}\s?:"
)
_WORDS_BELOW = re.compile(r"(?:\n[^\w\n]{0,200}){1,3}?\n?([^\n]*\w[^\n]*)")
_BARE_LABEL = re.compile(r"^[\u4e00-\u9fff]{2,6}$")
_NAMED = re.compile(r"^\W{0,4}[\u4e00-\u9fff]{2,4}\s?:\s?(.{2,30})$")
_NUMBER_OF_STREET = re.compile(r"\d\s?[号弄](?!馆|楼|厅|门)")
_IN_BRACKETS = re.compile(r"[(].{4,60}[)]")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A place told under a label: where its label begins and its value ends, the value, the address told with it.

    ``kind``: "own" the event's, "meeting" where one gathers, "contact" an address told among telephone numbers.
    """

    start: int
    stop: int
    kind: str
    value: str
    address: str = ""


@lru_cache(maxsize=4)
def _normalized(text: str) -> str:
    return normalize(text)


@lru_cache(maxsize=4)
def _found(text: str) -> tuple[tuple[Labelled, ...], frozenset[int]]:
    """The labelled places of a text, and where all values of place labels begin, also those of something else."""
    normalized = _normalized(text)
    found: list[Labelled] = []
    begins: set[int] = set()
    address_of: Labelled | None = None
    foreign = -1  # where the last value of something else ended
    for match in _LABEL.finditer(normalized):
        before, core = match["before"], match["core"].replace(" ", "").casefold()
        start = match.start("before")
        if _WITH_TIME.search(before):
            continue
        begin, stop = _value(normalized, match.end())
        begins.add(begin)
        near = address_of is not None and start - address_of.stop < _REACH
        adjacent = near and address_of is not None and not normalized[address_of.stop : start].strip(" \n。;,·*")
        is_address = core in {"地址", "address", "位置"}
        if _ELSEWHERE.search(before) or (
            is_address
            and not before
            and foreign >= 0
            and start - foreign < _REACH
            and not re.search(r"\w", normalized[foreign:start])
        ):
            foreign = stop
            continue
        if stop <= begin:
            continue
        if is_address and adjacent and address_of is not None and address_of is found[-1]:
            found[-1] = Labelled(found[-1].start, stop, found[-1].kind, found[-1].value, text[begin:stop].strip())
            address_of = None
            continue
        is_address = is_address or bool(_NUMBER_OF_STREET.search(normalized[begin:stop]))
        named = _NAMED.match(_line_above(normalized, start)) if is_address and not before else None
        if named is not None and is_venue(named[1]):  # "店铺：旧仓推理馆", then its address
            found.append(Labelled(start, stop, "own", named[1], text[begin:stop].strip()))
            continue
        kind = "meeting" if _MEETING.search(before) else "own"
        if is_address and not before and _CONTACT.search(_line_above(normalized, start)):
            kind = "contact"
        found.append(Labelled(start, stop, kind, text[begin:stop].strip()))
        address_of = None if is_address else found[-1]
    return tuple(found), frozenset(begins)


def labelled(text: str, fields: Sequence[Field]) -> Sequence[Labelled]:
    """All labelled places of a text, in order; ``fields``: what else stands for a place in it (a sign, "线下：")."""
    return _all(text, tuple(field for field in fields if field.kind in {"place", "meeting"}))


@lru_cache(maxsize=4)
def _all(text: str, fields: tuple[Field, ...]) -> tuple[Labelled, ...]:
    found, begins = _found(text)
    normalized = _normalized(text)
    starts = [one.start for one in found]
    rest = []
    for field in fields:
        blank = len(text[field.value : field.stop]) - len(text[field.value : field.stop].lstrip(" *:|\n\t"))
        at = bisect_right(starts, field.start) - 1
        within = at >= 0 and field.start < found[at].stop
        if within or not begins.isdisjoint(range(field.value, field.value + blank + 1)):
            continue
        begin, stop = _value(normalized, field.value)
        if stop > begin:
            kind = "own" if field.kind == "place" else "meeting"
            rest.append(Labelled(field.start, stop, kind, text[begin:stop].strip()))
    return tuple(sorted([*found, *rest], key=lambda one: one.start))


def _value(normalized: str, at: int) -> tuple[int, int]:
    """Where a value begins and ends: at its line's end or the next label; where the line is empty, on the next one.

    Nothing where the label is one of the headings of a table, each on a line of its own.
    """
    begin, end = at, _line_end(normalized, at)
    if not re.search(r"\w", normalized[begin:end]):
        below = _WORDS_BELOW.match(normalized, end)
        if below is None:
            return at, at
        if _BARE_LABEL.match(below[1].strip()) and _BARE_LABEL.match(_line_above(normalized, at)):
            return at, at
        begin, end = below.span(1)
    begin += len(normalized[begin:end]) - len(normalized[begin:end].lstrip(" *:|\t"))
    label = _NEXT_LABEL.search(normalized, begin, end)
    if label is not None:
        end = label.start()
    else:
        bracket = _IN_BRACKETS.fullmatch(normalized[end + 1 : _line_end(normalized, end + 1)].strip())
        end = _line_end(normalized, end + 1) if bracket is not None else end
    return begin, end


def _line_end(normalized: str, at: int) -> int:
    end = normalized.find("\n", at)
    return len(normalized) if end < 0 else end


def _line_above(normalized: str, at: int) -> str:
    """The nearest line with words above the one ``at`` lies in."""
    end = normalized.rfind("\n", 0, at) + 1
    above = normalized[max(0, end - _REACH) : end].rstrip()
    return above[above.rfind("\n") + 1 :].strip()

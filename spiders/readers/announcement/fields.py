"""Labelled fields: ``活动地点：…``, ``【费用】…``, ``📍 /地点/ …``, a label alone on its line, or a row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_LABELS = {
    "time": "(?:活动|会议|讲座|比赛|演出|举办|直播|聚会|沙龙|论坛|展览|展会|课程|观影|开放|出行|集合|分享|培训|行程|具体)?时间(?:地点|与内容|及地点|和地点|与地点|安排)?|(?:活动|会议|比赛|举办)?日期(?:时间)?|时间日期|展期|会期|when|date|date and time|time",
    "place": "(?:活动|会议|讲座|比赛|演出|举办|举行|聚会|沙龙|论坛|展览|展会|课程|观影|分享|培训|具体|详细|线下|上课|训练|签到|游戏|观赛|桌游)?(?:地点|地址|场地|会场|场馆|场所)|活动位置|位置|线下|venue|location|where|address|place",
    "meeting": "集合(?:地点|点|地址|处)|集合|meeting point",
    "price": "(?:活动|参与|参加|报名|入场|参会|会议|注册|培训|课程|演出|场地)?(?:费用|票价|价格|收费|门票|票务)|报名费|参会费|注册费|会务费|团费|学费|人均|price|cost|fee|tickets?|admission",
    "host": "主办单位|主办方|主办|主\\s?办|承办单位|承办方|联合主办|发起人|发起方|举办方|组织者|organi[sz]ers?|hosted by|host|presented by",
    "name": "(?:活动|会议|展会|论坛|讲座|沙龙|项目|赛事|比赛|课程|演出|培训)名称|(?:活动|会议|讲座|沙龙|论坛|分享|直播|课程|本期|本场)(?:主题|题目)|名称|event|title",
    "topic": "主题|题目|话题|topic|theme",
    "form": "(?:活动|会议|参与|举办|直播)?(?:形式|方式|模式|平台)|参与方式|format|platform|线上|直播平台|会议号|腾讯会议|zoom",
    "signup": "(?:报名|参与|参加|参会|预约|购票|加入|注册|签到)(?:方式|链接|地址|通道|入口|网址|渠道|方法|须知|二维码|及咨询|平台|咨询|热线|电话|表)|报名|sign[ -]?up|register|registration|rsvp|link",
    "other": "(?:活动|参与|参加|面向|招募|邀请|适合)?(?:对象|人群|人数|名额|内容|流程|简介|介绍|亮点|详情|须知|规则|嘉宾|安排|议程|背景|目的|奖品|要求|福利|特色|要点|语言|难度|强度|里程|路线|装备|领队|主持人?|讲师|主讲人?|嘉宾|分享人|导师)|联系(?:人|方式|电话)|咨询(?:电话|方式)|电话|微信|备注|注意事项|温馨提示|承办|协办|协办单位|支持单位|合作单位|指导单位|赞助|辩题|奖项|网址|官网|邮箱|详情|报名截止(?:时间|日期)?|报名时间|截止(?:时间|日期)|speakers?|agenda|schedule|contact|language|capacity|notes?|details|host city",
}
_OPEN = r"(?:^|(?<=[\s|*/【\[「『〖<>(,。;!?·•\-—_#、◆■●▶★☆✦~)】]))"
_DECORATION = r"[^\w\n:|\u4e00-\u9fff]{0,6}"


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled field: its kind, where its label begins, and from where to where its value goes."""

    kind: str
    start: int
    value: int
    stop: int
    label: str


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(f"(?P<{kind}>{_spaced(body)})" for kind, body in _LABELS.items())
    close = r"[ \t*_`]{0,4}(?:[】\]」』〗/>|)]{1,2}[ \t*_`]{0,4}:?|[ \t]{0,2}:)|(?=[ \t*]{0,4}(?:\n|$))"
    return re.compile(rf"(?m)(?:^{_DECORATION}(?:\d{{1,2}}[.、)]|[一二三四五六七八九十]{{1,2}}[、.])?{_DECORATION}|{_OPEN})(?:{names})(?:{close})", re.IGNORECASE)


def _spaced(body: str) -> str:
    """Two-character labels may be spaced out: ``时　间``."""
    for word in ("时间", "地点", "费用", "日期", "主题", "地址"):
        body = body.replace(word, f"{word[0]}[ ]{{0,6}}{word[1]}")
    return body


_PREFIX_END = {":", "|", "/", "】", "]", ">", ")", "」", "』", "〗"}


def find_fields(folded: str) -> list[Field]:
    """All labelled fields of a text, in order. A label that stands alone takes the next line that is not empty."""
    found = [_trim(match, folded) for match in _pattern().finditer(folded)]
    fields = []
    for index, (kind, start, value, label) in enumerate(found):
        following = found[index + 1][1] if index + 1 < len(found) else len(folded)
        fields.append(Field(kind, start, value, _value_end(folded, value, following), label))
    return [field for field in fields if field.stop > field.value]


def _trim(match: re.Match[str], folded: str) -> tuple[str, int, int, str]:
    kind = match.lastgroup or "other"
    return kind, match.start(kind), match.end(), folded[match.start(kind) : match.end(kind)]


def _value_end(folded: str, value: int, following: int) -> int:
    """To the end of the line; where that is empty, of the next line with words."""
    at = value
    for _ in range(4):
        end = folded.find("\n", at)
        end = len(folded) if end < 0 else end
        if re.search(r"[\w\u4e00-\u9fff]", folded[at : min(end, following)]):
            return min(end, following)
        if end >= following:
            return following
        at = end + 1
    return value


def values(fields: list[Field], text: str, *kinds: str) -> Iterator[tuple[Field, str]]:
    for field in fields:
        if field.kind in kinds:
            value = text[field.value : field.stop].strip()
            if value:
                yield field, value

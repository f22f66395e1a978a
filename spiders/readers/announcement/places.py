"""Where an occasion is held: its place field, the line under its time, or the words of the announcing sentence."""

from __future__ import annotations

import re

from spiders.items import Place
from spiders.readers.announcement.chat_titles import venue_in_line
from spiders.readers.announcement.english import is_english
from spiders.readers.announcement.english_places import place_values
from spiders.readers.announcement.fields import Field
from spiders.readers.announcement.occasions import Occasion, line_of, sentence_of
from spiders.text.glyphs import normalize
from spiders.text.where import read_where, tidy

_VERB = (
    r"(?:隆重|盛大|正式|共同|联合|线下|现场|率先)*(?:举行|举办|召开|开幕|开讲|开展|开演|进行|启幕|拉开|亮相|见面|"
    r"集合|线下分享|分享|落地|录制|演出|上演|放映|开课|如期|与|和大家|为大家|等[你您]|登场)"
)
_AT = re.compile(
    rf"(?:^|[^现正存所处]|将)(?:在|于|来到|走进|做客|空降|相约|齐聚)\s?([^,。;!?\n，。；！？、|]{{2,40}}?)\s?{_VERB}"
)
_HELD_IN = re.compile(r"(?:地点|地址|场地)(?:位于|设在|定在|在|为|是|:)\s?([^,。;!?\n，。；！？]{2,50})")
_COME_TO = re.compile(
    r"(?:来到|做客|走进|来)\s?([\u4e00-\u9fff·]{4,20}?(?:大学|学院|书店|中心|广场|图书馆|美术馆|博物馆|剧场|咖啡馆?|公园|空间))"
)
_VENUE_LINE = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{2,}.*(?:馆|厅|店|楼|室|剧场|广场|中心|公园|大厦|空间|会议室|教室|酒店|书店|咖啡|校区|大学|学院|路\s?\d+\s?号|弄|座|栋|层|社区|基地|园区|\d+[Ff]\b|号|城|吧|酒馆|茶馆|[停操球农]场|体育场|码头|书[屋院]|工坊|仓库|库房|小院|院子|营地|天台|车站|地铁站|出口|门口|民宿|工作室|俱乐部|草坪|广场|hub\b|hall\b|street\b|road\b|lane\b|avenue\b|centre\b|center\b|library\b|museum\b|cafe\b|building\b|tower\b|campus\b|square\b)",
    re.IGNORECASE,
)
_LEADING_WORDS = re.compile(
    r"^\s*(?:地点|地址)?(?:不变|照旧|同前)\s?[:：]\s*|^\s*(?:每?(?:周|星期)[一二三四五六日天])?(?:凌晨|早上?|上午|中午|下午|晚上?|傍晚)?\s?\d{1,2}(?:[:：]\d\d|点(?:半|\d{1,2}分?)?)(?:\s?[ap]m)?(?=[\s,，])[\s,，]*"
)
_SET_OFF = re.compile(r"\s*[—–|｜·-]{1,2}\s*([^—–|｜·\n]{2,60})$")
_GATHER = re.compile(r"(?:^|[,，。;；])\s?在?([^,，。;；:：]{2,16}?)(?:集合|碰头|见面)")
_AT_ENGLISH = re.compile(r"\bat\s+((?:the\s+)?[A-Z][^.;\n]{2,60})")
_SHORT_ROOM = re.compile(
    r"^[\u4e00-\u9fff]{1,6}\s?[-–]?\s?[A-Z]?-?\d{2,4}室?$|^[\u4e00-\u9fff]{1,4}[A-Z]\d{2,4}$|^[\u4e00-\u9fff]{1,3}[IVX]+-?\d{2,4}$"
)
_OPEN_END = re.compile(r"^\s*(?:-{1,2}|[–—~～]|to|till?|until)\s*(?:late|晚)\b", re.IGNORECASE)
_BESIDE_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_NOT_PLACE = re.compile(
    r"报名|时间|费用|嘉宾|主题|主持|流程|分享|点击|扫码|欢迎|名额|免费|\d{1,2}:\d\d|年|参加|我们|你|http", re.IGNORECASE
)


def place_of(
    text: str, fields: list[Field], occasion: Occasion, until: int, *, alone: bool
) -> tuple[Place | None, str | None]:
    """The place of an occasion and the words it was read from; ``until``: where the next occasion begins."""
    for value in _of_branch(text, occasion) if occasion.branch else ():
        place = read_where(value)
        if place is not None:
            return place, tidy(value)
    for value in _field_values(text, fields, occasion, until, alone=alone):
        value = _LEADING_WORDS.sub("", value)  # noqa: PLW2901 - "集合：早7:00 体育中心西门"
        place = read_where(value)
        if place is not None:
            return place, tidy(value)
    for value in place_values(text, occasion, until) if occasion.sessions and is_english(text) else ():
        place = read_where(value)
        if place is not None:
            return place, tidy(value)
    for value in _near_values(text, occasion):
        value = _LEADING_WORDS.sub("", value)  # noqa: PLW2901 - "地点不变：旧仓咖啡"
        place = read_where(value)
        if place is not None:
            return place, tidy(value)
    return None, None


def _of_branch(text: str, occasion: Occasion) -> list[str]:
    """The place on the line of one of several sittings, or the one a second list tells for it: ``南区：某某路1号``."""
    _, behind = line_of(text, occasion.start, occasion.day_stop)
    found = [value for value in re.split(r"[,，;；|｜。@\u3000]|(?<=[）)])", behind) if _reads_as_place(value)][:1]
    label = re.escape(occasion.branch)
    for match in re.finditer(rf"(?m)^\W*{label}\s?[:：]\s?(.{{4,80}})$", normalize(text)):
        value = text[match.start(1) : match.end(1)]
        if not occasion.start - 40 <= match.start() <= occasion.stop and _reads_as_place(value):
            found.append(value)
    return found


def _field_values(text: str, fields: list[Field], occasion: Occasion, until: int, *, alone: bool) -> list[str]:
    own = [f for f in fields if f.kind == "place"]
    meeting = [f for f in fields if f.kind == "meeting"]
    inside = [f for f in own if occasion.start <= f.start < until]
    before = [f for f in own if f.start < occasion.start]
    # A block's place stands nearest to its time, rather below it than above; one place may hold for all.
    nearest = inside[:2] + before[-1:] + ([f for f in own if f.start >= until][:1] if not inside else [])
    ordered = sorted(
        nearest,
        key=lambda f: (
            f.start - occasion.stop if f.start >= occasion.start else (occasion.start - f.stop) * (1.5 if alone else 6)
        ),
    )
    ordered += [f for f in meeting if alone or occasion.start <= f.start < until][:1]
    return [_value(text, f) for f in ordered]


def _value(text: str, field: Field) -> str:
    """The value with the line below where it is cut in two: a venue, then its address."""
    value = text[field.value : field.stop]
    if len(value.strip(" *:|/·-")) >= 2:
        rest = text[field.stop : field.stop + 120].lstrip("\n *")
        line = rest.split("\n", 1)[0].strip(" *")
        if text[field.stop : field.stop + 1] == "\n" and re.fullmatch(r"[（(].{4,60}[）)]", line):
            return f"{value.strip()}{line}"
    return value


def _near_values(text: str, occasion: Occasion) -> list[str]:
    found: list[str] = []
    stop = min((m.day_stop or m.stop for m in occasion.mentions[:1]), default=occasion.stop)
    before, behind = line_of(text, occasion.start, stop)
    words = text[occasion.start : stop]
    venue = venue_in_line(f"{before}，{words}，{behind}") if len(before) + len(words) + len(behind) <= 160 else None
    found += [venue] if venue else []
    pieces = re.split(r"[,，;；|｜。@\u3000]|\s·\s|\.(?=\s|$)", behind)
    found += [match[1] for match in [_SET_OFF.match(behind)] if match and before.rstrip()[-1:] in set("—–|｜·-")]
    found += [match[1] for match in [re.search(r"@\s?([^@,，。;；\n]{2,30})$", behind.strip())] if match]
    pieces = [piece for piece in pieces if piece.strip(" )）】")][: 3 if len(behind) <= 60 else 1]
    found += [piece for piece in pieces if _reads_as_place(piece)][:1]
    sentence = _after_time(text, occasion)
    found += [
        match[1]
        for pattern in (_HELD_IN, _AT, _COME_TO, _GATHER, _AT_ENGLISH)
        for match in [pattern.search(normalize(sentence))]
        if match
    ]
    found += [match[1] for match in [re.search(r"^在(.{2,30})$", behind.strip(" ,，。"))] if match]
    if not re.search(r"\w", _OPEN_END.sub("", behind)):
        below = _OPEN_END.sub("", text[occasion.stop : occasion.stop + 200])
        following = re.sub(r"^[\s*>]+", "", below).split("\n", 1)[0].strip(" *>")
        venue = following if _reads_as_place(following) else _BESIDE_CHINESE.split(following)[0]
        if venue and len(venue) <= 60 and _reads_as_place(venue):
            found.append(venue)
    found += _meeting_points(text, occasion)
    later = text[occasion.stop : occasion.stop + 400]
    found += [match[1] for match in [_HELD_IN.search(normalize(later))] if match]
    return [value for value in found if not re.search(r"\d{1,2}:\d\d|\d月\d", value)]


def _meeting_points(text: str, occasion: Occasion) -> list[str]:
    """What stands on its line behind the hour at which one meets, where the start is told further down."""
    hours = [h for m in occasion.mentions[:1] for h in m.hours]
    gathered = [h for h in hours if h.role == "check-in" and len(hours) > 1]
    lines = [line_of(text, h.start, h.stop)[1].strip(" ,，。:：@在") for h in gathered]
    return [line for line in lines if _reads_as_place(line)]


def _after_time(text: str, occasion: Occasion) -> str:
    """The sentence from its time on, where the place stands in Chinese; the whole of it where nothing follows."""
    sentence = sentence_of(text, occasion.start, occasion.stop)
    words = text[occasion.start : occasion.stop]
    at = sentence.find(words)
    behind = sentence[at + len(words) :] if at >= 0 else sentence
    return behind if len(behind.strip()) > 6 else sentence


def _reads_as_place(piece: str) -> bool:
    bare = normalize(piece).strip(" ,.()【】*")
    if not 2 <= len(bare) <= 60 or _NOT_PLACE.search(bare):
        return False
    return bool(_VENUE_LINE.search(bare) or _SHORT_ROOM.match(bare))

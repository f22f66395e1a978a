"""Where: a field such as ``上海市徐汇区漕河路8号（某某空间）`` to a place; online or not; the city a text names."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from spiders.items import Mode, Place
from spiders.text.districts import find
from spiders.text.gazetteer import District, latin_names
from spiders.text.glyphs import normalize
from spiders.text.late_pattern import LatePattern
from spiders.text.online import BOTH_IN_PROSE, IN_PERSON, IN_PROSE, is_online
from spiders.text.unknown import PLACE_TO_COME

_STREET = LatePattern(
    r"(?:路|街|大道|巷|弄|胡同|道|里|村|镇|街道|公路|大街|road|street|avenue|lane)[^,。;\n]{0,8}?\d{1,5}"
    r"\s{0,2}(?:号(?![口馆厅楼线场会门院仓库])|[弄栋座幢#-])|\d{1,5}\s{0,2}(?:号(?![口馆厅楼线场会门院仓库])|弄)|"
    r"(?:No\.?\s?)?\d{1,5}[, ]+[A-Z][\w' ]{1,30}(?:Road|Street|Avenue|Rd|St|Ave)\b",
    re.IGNORECASE,
)
_VENUE = LatePattern(
    r"(?:[馆厅店楼室院场城园区寺庙堂吧校厦塔苑府廊坊所站]|基地|中心|空间|咖啡|大学|俱乐部|天台|[门出]口|"
    r"\b(?:hall|centre|center|room|cafe|library|museum|theatre|hub|club|studio|campus|space|park))$",
    re.IGNORECASE,
)
_TAIL = LatePattern(
    r"\s(?:[¥￥£$€]?\s?\d{1,4}\s?(?:元|块)|收费|费用|票价|门票|限\s?\d+\s?人|免费|\d+\s?/\s?[人位]).*$|\.\s+[A-Z£$€].*$|"
    r"(?:隆重|盛大|正式|共同|联合|如期)?(?:举行|举办|召开|开幕|开讲|进行)(?!地)[^,，。]{0,24}$|(?<=[^,，])(?:集合|碰头|见面|签到)$|\s?[⏰⌚📅📆🗓⏱💰🎫🕐-🕧].*$|(?:详细|具体)?(?:地址|位置|导航|路线|交通|地图|乘车|停车|公交|地铁)\s{0,2}[:|].*$|[(\[](?:具体|详细|导航|可导航|交通|乘坐|地铁|报名|扫码|详见|全员|限|建议|公交|免费|停车|点击|地图|近地铁).{0,60}$|[。;；!].*$|,\s?(?:票价|门票|费用|欢迎|请|届时|报名|详情|详见|敬请|期待|具体|我们|不见|名额|可|免费|限|由|与|一起|和你|诚邀|邀|特邀|将|为|带).*$"
)
_HEAD = LatePattern(
    r"^(?:\s|[:|/\-·•*【】\[\]「」『』<>📍🏠🗺️👉️🔸▶️])+|^(?:仍在|仍为|依旧在|位于|设在|就在|来到|在|[于於](?!洪)|假(?![日期山肢])|地点|地址|地方|为|是|:)\s?|^at\s(?:the\s)?(?=[A-Z\d])|"
    r"^\d{1,2}:\d\d(?:\s?[-~]\s?\d{1,2}:\d\d)?[\s,]+",
    re.IGNORECASE,
)
_CITY_STATION = LatePattern(r"([\u4e00-\u9fff]{2,4})(?:站|专场|分会场|分会|社区|见|场(?![地合所景]))")
_ZONE_NAME = LatePattern(r"[\u4e00-\u9fff]{0,4}(?:高新|经开|经济技术开发|开发|保税|自贸|工业园|产业园|新)区")
_MAX = 120


def tidy(value: str) -> str | None:
    """The value of a place field without its marks and without what is said behind the place."""
    line = next((one for one in value.split("\n") if one.strip(" *:|/·-")), "")
    normalized = normalize(line)
    while (cut := _TAIL.search(normalized)) is not None and cut.start() > 1:
        line, normalized = line[: cut.start()], normalized[: cut.start()]
    line = _balanced(line)
    normalized = normalize(line)
    while (head := _HEAD.match(normalized)) is not None and head.end() > 0:
        line, normalized = line[head.end() :], normalized[head.end() :]
    line = line.replace("**", "").replace("`", "").strip(" \t*:：|,，、/;；。.「」【】<>")
    line = _balanced(line)
    if (
        len(line) < 2
        or len(line) > _MAX
        or PLACE_TO_COME.match(normalize(line))
        or not re.search(r"\w", line)
        or "://" in line
    ):
        return None
    return line


def _balanced(line: str) -> str:
    for opening, closing in ("（）", "()", "[]", "【】"):
        if line.count(opening) > line.count(closing):
            line = line[: line.rindex(opening)] if line.rindex(opening) > 3 else line.replace(opening, "")
        elif line.count(closing) > line.count(opening):
            line = line.replace(closing, "", 1) if not line.endswith(closing) else line[:-1]
    return line.strip()


def read_where(value: str) -> Place | None:
    """A place field to its parts; None where it names no place ("待定", "腾讯会议")."""
    line = tidy(value)
    if line is None or (
        is_online(line) and not _STREET.search(normalize(line)) and len(line) < 24 and not BOTH_IN_PROSE.search(line)
    ):
        return None
    name, address = _split(line)
    place = Place(name=name, address=address)
    found = city_and_district(line)
    if found is None:
        return replace(place, city=_english_city(line))
    district = found.district or _zone(line, found.city)
    return replace(place, city=found.city, district=district, latitude=found.latitude, longitude=found.longitude)


def _zone(line: str, city: str) -> str | None:
    match = _ZONE_NAME.search(line)
    if match is None:
        return None
    return re.sub(r"^.*?市", "", match[0].rpartition(city)[2])[-5:] or None


def _split(line: str) -> tuple[str | None, str | None]:
    """Name and address: of two parts the one with a street and a number is the address."""
    bracket = re.fullmatch(r"(.{2,60}?)\s?[（(]([^（）()]{4,80})[）)]", line)
    if bracket is not None and _STREET.search(bracket[2]) and not _STREET.search(bracket[1]):
        return bracket[1].strip(), bracket[2].strip()
    if bracket is not None and _STREET.search(bracket[1]) and not _STREET.search(bracket[2]):
        return bracket[2].strip(), bracket[1].strip()
    parts = [
        p.strip()
        for p in re.split(r"\s?[，,|｜：:]\s?|\s{1,3}(?=[\u4e00-\u9fff])(?![号弄层楼栋座室幢#])", line)
        if p.strip()
    ]
    streets = [bool(_STREET.search(normalize(p))) for p in parts]
    if len(parts) > 1 and streets.count(True) == 1:
        at = streets.index(True)
        name = " ".join(p for i, p in enumerate(parts) if i != at)
        return name, parts[at]
    if streets.count(True):
        tail = re.search(r"(?:号|弄|栋|座|幢)((?:[\u4e00-\u9fffA-Za-z·]){3,30})$", line)
        return (tail[1], line) if tail is not None and _VENUE.search(tail[1]) else (None, line)
    return line, None


def city_and_district(text: str) -> District | None:
    """The most exact place of China that a place field names; bare district names need their city before them."""
    best: District | None = None
    for hit in find(text):
        if hit.kind == "city":
            if hit.whole and best is None:
                best = hit.place
        elif hit.kind == "abroad":
            best = best or hit.place
        elif (best is not None and hit.place.city == best.city and best.district is None) or (
            best is None and (hit.whole or (hit.kind == "town" and hit.apart))
        ):
            best = hit.place
    return best


_HELD_BEHIND = LatePattern(r"站|专场|分会|社区|见|线下|场(?![地合所景])|市|校友")


def city_of_title(title: str) -> str | None:
    """The city a title names ("成都站", "@上海", "【7月2日上海】"); one abroad only where it is told as the place."""
    cities = [hit for hit in find(title) if hit.kind in {"city", "abroad"}]
    for hit in cities:
        before, behind = title[: hit.start].rstrip()[-1:], title[hit.stop : hit.stop + 3]
        if (hit.whole or hit.kind == "abroad") and (_HELD_BEHIND.match(behind) or before in {"@", "·", "-"}):
            return hit.place.city
    hits = [hit for hit in cities if hit.kind == "city" and hit.whole]
    if hits:
        return hits[0].place.city
    if (english := _english_city(title)) is not None:
        return english
    towns = [
        hit
        for hit in find(title)
        if hit.kind == "town" or (hit.kind == "district" and hit.whole and hit.place.district)
    ]
    return towns[0].place.city if towns and towns[0].whole else None


def city_of_words(words: str) -> str | None:
    """The only city that a few words name, as a host's name or the words beside a time do."""
    cities = {hit.place.city for hit in find(words) if hit.kind == "abroad" or (hit.kind == "city" and hit.whole)}
    return cities.pop() if len(cities) == 1 else None


def cities_hinted(words: str) -> set[str]:
    """The cities whose districts or towns a place may name by their bare names at its beginning: ``中牟·某某中心``."""
    return {hit.place.city for hit in find(words) if hit.start == 0}


_ENGLISH = {
    "beijing": "北京", "shanghai": "上海", "guangzhou": "广州", "shenzhen": "深圳", "chengdu": "成都",
    "hangzhou": "杭州", "nanjing": "南京", "wuhan": "武汉", "xi'an": "西安", "xian": "西安", "suzhou": "苏州",
    "chongqing": "重庆", "tianjin": "天津", "qingdao": "青岛", "xiamen": "厦门", "hong kong": "香港", "dalian": "大连",
    "ningbo": "宁波", "changsha": "长沙", "zhuhai": "珠海", "wuxi": "无锡", "hefei": "合肥", "kunming": "昆明",
    "macau": "澳门", "taipei": "台北", "taichung": "台中", "tainan": "台南", "kaohsiung": "高雄", "hsinchu": "新竹",
    "dongguan": "东莞", "foshan": "佛山",
}  # fmt: skip
_ENGLISH_CITY = LatePattern(rf"\b({'|'.join(_ENGLISH)})\b", re.IGNORECASE)


def _english_city(text: str) -> str | None:
    """The Chinese name of a city written in Latin letters, where the text names only one."""
    found = {_ENGLISH[match[1].lower()] for match in _ENGLISH_CITY.finditer(text)}
    return found.pop() if len(found) == 1 else None


def city_abroad(words: str) -> str | None:
    """The Chinese name of a city abroad that a place names in Latin letters: ``Riverside, London`` -> ``伦敦``."""
    plain = f" {re.sub(r'[^a-z]+', ' ', words.casefold())} "
    found = {city for latin, city in latin_names().items() if f" {latin} " in plain}
    return found.pop() if len(found) == 1 else None


def city_of_text(text: str) -> str | None:
    """The city that an article names clearly more often than any other; a short one may name it once.

    Named once it has to stand for itself, not within another word; cities abroad are mostly what a text is about.
    """
    hits = [hit for hit in find(text[:6000]) if hit.kind == "city" and hit.whole]
    counted = Counter(hit.place.city for hit in hits)
    ranked = counted.most_common(2)
    if not ranked or ranked[0][1] < 2:
        return ranked[0][0] if len(counted) == 1 and len(text) < 600 and hits[0].apart else None
    if len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]:
        return None
    return ranked[0][0]


def read_mode(text: str, *, place: bool) -> Mode | None:
    """How one takes part, from a title, fields or the sentences around them; ``place``: a venue was found."""
    normalized = normalize(text)
    online = bool(IN_PROSE.search(normalized))
    if BOTH_IN_PROSE.search(normalized) and (online or place):
        return "hybrid"
    if online:
        return "hybrid" if place else "online"
    return "in-person" if place or IN_PERSON.search(normalized) else None

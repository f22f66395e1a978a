"""Private data out of what is to be public: phone numbers, mail addresses, chat ids, numbers of papers, homes."""

from __future__ import annotations

import re
from collections.abc import Callable

from planner.text import one_line, strip_controls
from spiders.text.late_pattern import LatePattern

# Private data is looked for in a copy of the text with as many signs, of half width, in which each sign that is spoken
# for (links, dates, what was found already) is a NUL. Every repetition below is bounded: the time stays in proportion.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x202F: 0x20}
_SPOKEN_FOR = "\0"
_LONGEST = 256  # more than any of it is long

_CHAT_LINK = LatePattern(
    r"https?://(?:wa\.me|api\.whatsapp\.com/send|line\.me/ti/p)[/?][^\s\0<>\"'()，。；]{1,200}", re.IGNORECASE
)
_NO_NUMBER = LatePattern(
    r"\b(?:https?|webcal)://[^\s<>\"'，。；、！？（）【】《》\u2e80-\u9fff]{1,2000}"
    r"|(?<!\d)(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}(?!\d)(?:\s?[-–—~至到]\s?\d{1,2}[-./]\d{1,2}(?!\d))?"
    r"|(?<!\d)\d{1,2}([-./])\d{1,2}\2(?:19|20)\d\d(?!\d)"
    r"|(?<![\d.])\d{1,2}[.:]\d\d\s?[-–—~至到]\s?\d{1,2}[.:]\d\d(?!\d)"
    r"|\bISBN[-: ]{0,2}[\d-]{10,17}",
    re.IGNORECASE,
)
_MAILS = (
    LatePattern(r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{2,24}){1,4}", re.IGNORECASE),
    LatePattern(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,24}){1,4}"),
    LatePattern(
        r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}\s?[(\[{【]\s?at\s?[)\]}】]\s?[a-z0-9-]{1,63}"
        r"(?:\s?(?:\.|[(\[{【]\s?dot\s?[)\]}】]|\bdot\b)\s?[a-z0-9-]{2,24}){1,4}"
        r"|(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64} at [a-z0-9-]{1,63}(?: dot [a-z0-9-]{2,24}){1,4}",
        re.IGNORECASE,
    ),
)
_ALONE = r"(?<!\d)(?<!\d[.,/-])"
_EXTENSION = r"(?:\s?(?:转|ext\.?|-)\s?\d{1,5}(?!\d))?"
_PROMISED = (
    r"(?:电话|手机号?|座机|热线|致电|拨打|短信|联系方式"
    r"|(?<![a-z])(?:tel|phone|mobile|cell|call|sms|whatsapp|viber)(?![a-z])\.?)"
)
_PHONES = tuple(
    LatePattern(pattern, re.IGNORECASE)
    for pattern in (
        # Chinese mobile numbers.
        rf"{_ALONE}(?:(?:\+|00)?86[-. ]?)?1[3-9]\d[-. ·]?\d{{4}}[-. ·]?\d{{4}}(?!\d)",
        # With the country's code; a zone ("UTC+8 2026") is none.
        r"(?<![a-z0-9])(?:\+|00)\(?[1-9](?:[-. ()]{0,2}\d){6,14}(?!\d)",
        # With the area's code, and an extension: 021-6468 1234, 020 7946 0958; French numbers by pairs.
        rf"{_ALONE}\(?0[1-9]\d{{1,3}}\)?[-. /]{{0,2}}\d{{3,4}}[-. ]?\d{{3,4}}(?!\d){_EXTENSION}",
        rf"{_ALONE}0[1-9]([-. ])\d\d\1\d\d\1\d\d\1\d\d(?![-. ]?\d)",
        rf"{_ALONE}0[1-9]\d{{3,4}} \d{{5,6}}(?! ?\d)",
        # North America: 707-555-0134.
        rf"{_ALONE}(?<!\d )(?:1[-. ])?\(?[2-9]\d\d\)?[-. ]{{1,2}}[2-9]\d\d[-. ]{{1,2}}\d{{4}}(?! ?\d)",
        # Whatever a number is promised by.
        rf"{_PROMISED}(?:号码)?[\s:]{{0,3}}(?P<private>\(?\d{{1,4}}\)?(?:[-. ]?\d{{2,8}}){{1,4}})(?!\d)",
    )
)
_SERVICE = LatePattern(r"1?(?:[48]00|8(?:33|44|55|66|77|88))\d{7}")  # numbers of companies, free of charge or shared
_YEAR = LatePattern(r"(?:19|20)\d\d")
_HOUR = LatePattern(r"(?:[01]\d|2[0-4])[0-5][05]")

# The names of chats. Some are words of a language or single letters: they want more than a colon before an id.
_CHATS = (
    r"(?:(?:企业|企)?微\s?信|微[❤♥💗💚]\ufe0f?|[薇威维]\s?[信❤♥]\ufe0f?|v\s?信|企微|qq\s?群?|钉钉|飞书"
    r"|(?<![a-z0-9])(?:vx|wx)|(?<![a-z0-9])(?:wechat|weixin|whatsapp|kakaotalk|line\s?id)(?![a-z0-9]))"
)
_AMBIGUOUS = r"(?<![a-z0-9])(?:v|tg|telegram|signal|line|skype|discord)"
_ADD = r"(?:(?<![参增更追附倍])加|(?<![a-z])add(?:\smy)?)\s{0,2}"
_ID = r"(?!(?:wechat|weixin|dingtalk|feishu|tencent|telegram|whatsapp)(?![a-z0-9_-]))[a-z0-9_-]{5,64}"
_SURE_ID = r"(?=[a-z_-]{0,63}[0-9_])[a-z0-9_-]{5,64}"  # looks like no word of a language
_CHAT_IDS = tuple(
    LatePattern(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![a-z0-9])wxid_(?P<private>[a-z0-9_-]{5,64})",
        # After a sign that an id follows, any word is one.
        rf"{_ADD}(?:我|小?助[理手])?{_CHATS}\s{{0,2}}(?:(?:id(?![a-z])|号)\s?)?[是为:]?\s{{0,2}}(?P<private>{_ID})",
        rf"{_ADD}v(?![a-z])\s{{0,2}}:?\s{{0,2}}(?P<private>{_ID})",
        rf"{_CHATS}\s{{0,2}}(?:(?:id(?![a-z])|账?号)\s?[是为:]?|:)\s{{0,2}}(?P<private>{_ID})",
        rf"(?:{_CHATS}|{_AMBIGUOUS})\s{{0,2}}:?\s{{0,2}}@(?P<private>{_ID})",
        rf"{_ADD}(?:我\s?)?(?P<private>{_ID})\s{{0,2}}(?:的|\()?\s?{_CHATS}(?<!群)(?!\s?(?:群|小程序|公众号|官方))",
        # After other signs only what looks like an id; a lone V is also followed by a small word after a line's start.
        rf"(?:(?<![a-z0-9])[+➕]\s?v\s{{0,2}}:?|{_AMBIGUOUS}\s?:|{_AMBIGUOUS}\sid:?)\s{{0,2}}(?P<private>{_SURE_ID})",
        r"(?<![a-z0-9])(?<![a-z0-9]\s)v\s?:\s{0,2}(?P<private>(?-i:[a-z]{6,24}))(?![a-z0-9])",
        rf"{_CHATS}\s{{0,2}}[(是为]\s?(?P<private>{_SURE_ID})",
        # Right after the name: no hyphen, since titles speak of COVID-19; numbers alone are those of QQ.
        rf"{_CHATS}\s{{0,2}}(?P<private>(?=[a-z_]{{0,63}}[0-9_])(?=\d{{0,63}}[a-z_])[a-z0-9_]{{5,64}})(?![a-z0-9_-])",
        r"(?<![a-z0-9])qq\s?群?\s{0,2}(?P<private>[1-9]\d{4,10})(?![\da-z_-])(?!\s?(?:[人名位元个年月]|users|people))",
    )
)
# Names of other networks and of groups: an id follows "号" or a colon; 群号召 is a word.
_NETWORK = r"(?:钉钉群?|(?<![a-z0-9])dd|(?:微信|qq|钉钉|飞书|企微)?群|小?红书|抖音|快手)"
_NETWORK_IDS = tuple(
    LatePattern(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NETWORK}\s?(?:(?:账?号码?)(?!召)|id(?![a-z]))\s?[是为:]?\s{{0,2}}(?P<private>[a-z0-9_.-]{{4,64}})",
        rf"(?:钉钉群|(?<![a-z0-9])dd|小?红书|抖音|快手)\s?:\s{{0,2}}(?P<private>{_SURE_ID})",
        r"(?:钉钉群|(?<![a-z0-9])dd)\s{0,2}(?P<private>(?=[a-z_]{0,63}[0-9])[a-z0-9_]{6,64})(?![a-z0-9_-])",
    )
)
# Numbers of papers, by their form or after their word.
_PAPERS = tuple(
    LatePattern(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\da-z])[1-9]\d{5}[- ]?(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[- ]?\d{3}[\dx](?![\da-z])",
        r"(?:护照|通行证|passport)\s?(?:号码?|no\.?|number)?\s?[是为:]?\s{0,2}(?P<private>[a-z]{0,2}\d{6,9})(?![a-z0-9])",
    )
)
_MAIL_END = r"[a-z0-9-]{1,63}(?:\s?(?:\.|点|[(\[{【]\s?dot\s?[)\]}】]|(?<=\s)dot(?=\s))\s?[a-z0-9-]{2,24}){1,4}"
_SPELT_MAILS = tuple(
    LatePattern(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"(?<![a-z0-9._%+-])[a-z0-9._%+-]{{1,64}}\s?(?:[(\[{{【<]?\s?艾特\s?[)\]}}】>]?|[(\[{{【<]\s?a\s?[)\]}}】>]"
            rf"|#at#|@)\s?{_MAIL_END}"
        ),
        rf"(?:邮箱|邮件|(?<![a-z])e?-?mail)\s?:?\s{{0,2}}(?P<private>[a-z0-9._%+-]{{1,64}} at {_MAIL_END})",
    )
)
# Mobile numbers and those with an area's code, sign by sign or in Chinese numerals.
_NUMERAL = "[0-9〇零一二两三四五六七八九幺]"
_SPELT_PHONES = tuple(
    LatePattern(pattern)
    for pattern in (
        r"(?<![\d.,/-])1(?P<sign>[-. ·])[3-9](?:(?P=sign)\d){9}(?!(?P=sign)?\d)",
        (
            rf"(?<!{_NUMERAL})(?<!第)(?=[-. ·0-9]{{0,20}}[〇零一二两三四五六七八九幺])[1一幺][-. ·]?[3-9三四五六七八九]"
            rf"(?:[-. ·]?{_NUMERAL}){{9}}(?!{_NUMERAL})"
        ),
        (
            rf"(?<!{_NUMERAL})(?<!第)[零〇][一二三四五六七八九]{_NUMERAL}{{1,2}}[-. ·]?{_NUMERAL}{{3,4}}"
            rf"[-. ·]?{_NUMERAL}{{4}}(?!{_NUMERAL})"
        ),
    )
)
# Homes: a house of an estate with its room; a room of a stairway (单元), which only dwellings have; "my place".
_ROOM = r"[0-9a-z零〇一二三四五六七八九十百-]{1,6}"
_HOUSE = rf"{_ROOM}\s?(?:号楼|栋|幢|号)"
_HOMES = tuple(
    LatePattern(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"[\u4e00-\u9fff]{{1,10}}(?:小区|新村|家园|花园|苑)\s?(?:[东西南北一二三四五1-9][区期]\s?)?{_HOUSE}[\s,]?"
            rf"(?:{_ROOM}\s?(?:单元|门)[\s,]?)?{_ROOM}\s?(?:室|房|户|号)"
        ),
        (
            rf"[\u4e00-\u9fff]{{1,10}}(?:小区|新村|家园|花园|苑)\s?(?:[东西南北一二三四五1-9][区期]\s?)?{_HOUSE}[\s,]?"
            rf"{_ROOM}\s?单元"
        ),
        rf"{_HOUSE}[\s,]?{_ROOM}\s?单元[\s,]?{_ROOM}\s?(?:室|房|户|号)?",
        (
            rf"(?:我家|家里|(?<![a-z])my (?:place|home|flat|apartment|house))[^\n。;\0]{{0,20}}?"
            rf"(?P<private>{_ROOM}\s?(?:号楼|栋|幢|楼|号)[\s,]?{_ROOM}\s?(?:室|房|号)"
            rf"|(?:building|block|unit|apt|flat|room)\.?\s?#?{_ROOM}"
            rf"(?:[\s,]{{1,3}}(?:building|block|unit|apt|flat|room)\.?\s?#?{_ROOM}){{0,2}})"
        ),
    )
)
_DAY = LatePattern(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:19|20)\d\d-(?:19|20)?\d\d")


def excerpt(text: str, most: int = 200) -> str:
    """What may be public of a description: the beginning, without phone numbers, mail addresses and chat ids."""
    whole = strip_controls(text)
    reach = most * 5
    spans = _private_spans(whole[: reach + _LONGEST])
    end = next((start for start, end in spans if start < reach < end), reach)  # half a number would look like none
    return one_line(_masked(whole[:end], [span for span in spans if span[1] <= end]), most)


def redact(text: str) -> str:
    """``text`` without phone numbers, mail addresses and chat ids; an ellipsis stands for each.

    Links stay whole, but those that are somebody's number in a chat. Service numbers of companies (400, 800) stay.
    """
    return _masked(text, _private_spans(text))


def _masked(text: str, spans: list[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], "…"]
        at = end
    return "".join([*parts, text[at:]])


def _private_spans(text: str) -> list[tuple[int, int]]:
    """Where private data stands, in order and apart."""
    shadow = text.translate(_HALF_WIDTH)
    found: list[tuple[int, int]] = []

    def look(late: LatePattern, *, is_private: Callable[[str], bool] = bool) -> None:
        nonlocal shadow
        pattern = late.compiled
        group = "private" if "private" in pattern.groupindex else 0
        spans = [match.span(group) for match in pattern.finditer(shadow) if is_private(match[group])]
        found.extend(spans)
        shadow = _blanked(shadow, spans)

    look(_CHAT_LINK)
    shadow = _blanked(shadow, [match.span() for match in _NO_NUMBER.finditer(shadow)])
    for pattern in (*_MAILS, *_SPELT_MAILS, *_PAPERS, *_HOMES, *_SPELT_PHONES):
        look(pattern)
    for pattern in _PHONES:
        look(pattern, is_private=_is_phone)
    for pattern in (*_NETWORK_IDS, *_CHAT_IDS[:-3]):
        look(pattern)
    for pattern in _CHAT_IDS[-3:]:
        look(pattern, is_private=lambda name: _DAY.fullmatch(name) is None)
    return sorted(found)


def _blanked(shadow: str, spans: list[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [shadow[at:start], _SPOKEN_FOR * (end - start)]
        at = end
    return "".join([*parts, shadow[at:]])


def _is_phone(written: str) -> bool:
    """Whether what has a number's form is somebody's: no service of a company, no years, no hours, no days in a row."""
    groups = re.findall(r"\d+", written)
    digits = "".join(groups)
    if len(digits) < 7 or _SERVICE.fullmatch(digits) or all(map(_YEAR.fullmatch, groups)):
        return False
    if len(groups) > 1 and all(map(_HOUR.fullmatch, groups[:2])):
        return False
    days = [int(group) for group in groups if len(group) <= 2]
    return not (len(days) == len(groups) and days == sorted(days) and days[-1] <= 31)

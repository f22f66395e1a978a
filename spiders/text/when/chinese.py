"""Rules for what begins with a Chinese character: weekdays, relative days, parts of the day, rules of repetition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spiders.text.numerals import digits, number
from spiders.text.when import zones
from spiders.text.when.clocks import S
from spiders.text.when.model import Clock
from spiders.text.when.months import last_day, real
from spiders.text.when.tokens import Kind, Rule, Token, rule, whole_month

N = "[一二三四五六七八九十两]"
WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6} | {str(i + 1): i for i in range(7)}
_MODIFIER = {"这": "本", "这个": "本", "本": "本", "下个": "下", "下": "下", "下下": "下下", "下下个": "下下",
             "上": "上", "上个": "上", "上上": "上上", "上上个": "上上", "每": "每", "每个": "每", "每逢": "每",
             "逢": "每", "每到": "每"}  # fmt: skip
_BEFORE_HOUR = {
    Kind.PART, Kind.DATE, Kind.DAY, Kind.WEEKDAY, Kind.RELATIVE, Kind.RANGE, Kind.ROLE, Kind.NEXT_DAY, Kind.SAME_DAY,
    Kind.TIME,
}  # fmt: skip
_RELATIVE = {"今": 0, "明": 1, "后": 2, "昨": -1, "前": -2}
_PART_OF = {"晚": "晚", "夜": "晚", "早": "早", "晨": "早"}
PARTS = {
    "凌晨": "night", "半夜": "night", "清晨": "morning", "早上": "morning", "早晨": "morning", "早": "morning",
    "上午": "morning", "早间": "morning", "今早": "morning", "中午": "noon", "午间": "noon", "正午": "noon",
    "下午": "afternoon", "午后": "afternoon", "傍晚": "evening", "晚上": "evening", "晚间": "evening",
    "夜间": "evening", "夜里": "evening", "夜晚": "evening", "深夜": "evening", "晚": "evening", "当晚": "evening",
}  # fmt: skip
_WEEK = "(?:周|星期|礼拜)"
_NOT_DAY_ONE = "(?![次回本篇更个节小年次些起种等直样])"


def _weekdays(match: re.Match[str], _: list[Token]) -> Iterator[Token] | Token | None:
    modifier = _MODIFIER[match[1]] if match[1] else ""
    body = match[2]
    numbers = [WEEKDAYS[c] for c in body if c in WEEKDAYS]
    is_range = bool(re.search("至|到|-|~", body))
    if not numbers or (len(numbers) > 1 and not is_range and numbers != sorted(set(numbers))):
        numbers = numbers[:1]
    if is_range and len(numbers) == 2:
        first, last = numbers
        numbers = list(range(first, last + 1)) if first <= last else [*range(first, 7), *range(last + 1)]
    return Token(Kind.WEEKDAY, match.start(), match.end(), (modifier, tuple(dict.fromkeys(numbers)), is_range))


def _bracketed_weekday(match: re.Match[str], seen: list[Token]) -> Token | None:
    if not seen or seen[-1].kind not in {Kind.DATE, Kind.DAY} or match.start() - seen[-1].end > 2:
        return None
    return Token(Kind.WEEKDAY, match.start(), match.end(), ("", (WEEKDAYS[match[1]],), False))


def _week(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.WEEK, match.start(), match.end(), _MODIFIER[match[1]])


def _weekend(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.WEEKEND, match.start(), match.end(), _MODIFIER[match[1]] if match[1] else "")


def _relative(match: re.Match[str], _: list[Token]) -> Token:
    part = _PART_OF.get(match[2] or match[3] or "")
    offset = 3 if match[1] == "大后" else _RELATIVE[match[1]]
    return Token(Kind.RELATIVE, match.start(), match.end(), (offset, PARTS[part] if part else None))


def _relative_month(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.RELATIVE_MONTH, match.start(), match.end(), 1 if match[1].startswith("下") else 0)


def _next_day(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.NEXT_DAY, match.start(), match.end())


def _same_day(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.SAME_DAY, match.start(), match.end(), "evening" if "晚" in match[0] else None)


def _part(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.PART, match.start(), match.end(), PARTS[match[1]])


def _chinese_year(match: re.Match[str], _: list[Token]) -> Token | None:
    year, month, day = digits(match[1]), number(match[2]), number(match[3])
    if not year or not month or not day or not real(month, day):
        return None
    return Token(Kind.DATE, match.start(), match.end(), (year, month, day, False))


def _chinese_date(match: re.Match[str], _: list[Token]) -> Token | None:
    month, day = number(match[1]), number(match[2])
    if not month or not day or not real(month, day):
        return None
    return Token(Kind.DATE, match.start(), match.end(), (None, month, day, False))


def _chinese_month(match: re.Match[str], _: list[Token]) -> Token | None:
    month = number(match[1])
    return Token(Kind.MONTH, match.start(), match.end(), (None, month)) if month and month <= 12 else None


def _chinese_day(match: re.Match[str], seen: list[Token]) -> Token | None:
    day = number(match[1])
    if (
        not day
        or day > 31
        or not seen
        or match.start() - seen[-1].end > 3
        or seen[-1].kind not in {Kind.DATE, Kind.MONTH, Kind.RANGE, Kind.LIST, Kind.RELATIVE_MONTH}
    ):
        return None
    return Token(Kind.DAY, match.start(), match.end(), (day, None))


def _chinese_hour(match: re.Match[str], seen: list[Token]) -> Token | None:
    """``两点半``: hours in words need a part of the day, a day or a range before them, or "整" or "半" behind."""
    hour = number(match[1])
    if match[0].startswith("零点"):
        return Token(Kind.TIME, match.start(), match.end(), Clock(0, padded=True))
    near = bool(seen) and match.start() - seen[-1].end <= 1
    if hour is None or hour > 24 or not near or seen[-1].kind not in _BEFORE_HOUR:
        return None
    minute = {None: 0, "半": 30, "一刻": 15, "三刻": 45}.get(match[2])
    if minute is None:
        minute = number(match[2].rstrip("分")) or 0
    return Token(Kind.TIME, match.start(), match.end(), Clock(hour, minute))


def _hour_open(match: re.Match[str], seen: list[Token]) -> Token | None:
    """The first hour of ``下午五到六点``, behind a part of the day."""
    hour = number(match[1])
    if hour is None or hour > 24 or not seen or seen[-1].kind != Kind.PART or match.start() - seen[-1].end > 1:
        return None
    return Token(Kind.TIME, match.start(), match.end(), Clock(hour))


def _range(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.RANGE, match.start(), match.end())


def _so_many(match: re.Match[str], _: list[Token]) -> Iterator[Token] | None:
    """``从12月3日起连续四个周四``: a weekly rule and how often it meets."""
    count = number(match[1])
    if not count:
        return None
    return iter(
        (
            Token(Kind.WEEKDAY, match.start(), match.end(), ("每", (WEEKDAYS[match[2]],), False)),
            Token(Kind.COUNT, match.end(), match.end(), count),
        )
    )


def _month_of_series(match: re.Match[str], _: list[Token]) -> list[Token] | None:
    """``12月每周四``."""
    month = number(match[1])
    return whole_month(match, month, last_day(month)) if month and month <= 12 else None


def _dash(match: re.Match[str], seen: list[Token]) -> Token | None:
    """``13:00一17:30``: the numeral that looks like a dash, right behind an hour or a day."""
    ends = bool(seen) and seen[-1].kind in {Kind.TIME, Kind.DATE, Kind.DAY} and match.start() - seen[-1].end <= 1
    return Token(Kind.RANGE, match.start(), match.end()) if ends else None


def _list(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.LIST, match.start(), match.end())


def _every(match: re.Match[str], _: list[Token]) -> Token:
    word = match[1]
    if word in {"每晚", "每天晚上", "每日晚"}:
        return Token(Kind.EVERY, match.start(), match.end(), ("DAILY", "evening"))
    if word in {"每天", "每日"}:
        return Token(Kind.EVERY, match.start(), match.end(), ("DAILY", None))
    if word in {"工作日", "每个工作日", "每工作日"}:
        return Token(Kind.EVERY, match.start(), match.end(), ("WORKDAYS", None))
    if word in {"每两周", "隔周", "双周", "每隔一周", "每隔周"}:
        return Token(Kind.EVERY, match.start(), match.end(), ("FORTNIGHTLY", None))
    return Token(Kind.EVERY, match.start(), match.end(), ("WEEKLY", None))


def _monthly(match: re.Match[str], _: list[Token]) -> Token | None:
    told = [-1 if word.startswith("最后") else number(word) for word in (match[1], match[2]) if word]
    which = tuple(one for one in told if one is not None and one <= 5)
    if len(which) < len(told):
        return None
    return Token(Kind.MONTHLY, match.start(), match.end(), (which, WEEKDAYS.get(match[3][-1], 5)))  # 周末: Saturday


def _nth_of_month(match: re.Match[str], _: list[Token]) -> Token | None:
    month = number(match[1])
    which = -1 if match[2].startswith("最后") else number(match[2])
    if not month or month > 12 or which is None or which > 5:
        return None
    return Token(Kind.NTH, match.start(), match.end(), (month, which, WEEKDAYS[match[3]]))


def _month_days(match: re.Match[str], _: list[Token]) -> Token | None:
    days = tuple(int(d) for d in re.findall(r"\d{1,2}", match[0]))
    return Token(Kind.MONTH_DAYS, match.start(), match.end(), days) if all(1 <= d <= 31 for d in days) else None


def _now(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.NOW, match.start(), match.end())


def _zone(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.ZONE, match.start(), match.end(), match[0])


def _span(match: re.Match[str], _: list[Token]) -> Token | None:
    count = number(match[1])
    return Token(Kind.SPAN_DAYS, match.start(), match.end(), count) if count else None


def _count(match: re.Match[str], _: list[Token]) -> Token | None:
    count = number(match[1])
    return Token(Kind.COUNT, match.start(), match.end(), count) if count else None


def _duration(match: re.Match[str], _: list[Token]) -> Token | None:
    count = number(match[1])
    if not count:
        return None
    return Token(Kind.DURATION, match.start(), match.end(), count * 60 + (30 if match[2] or "半" in match[0] else 0))


def _noise(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.NOISE, match.start(), match.end())


_MODIFIERS = "(每到|每逢|每个|每|逢|本|这个|这|下下个|下下|下个|下|上上个|上上|上个|上)?"
_ONE = f"{_WEEK}{S}[一二三四五六日天]"
# Tried before the rules for digits: "12月第一个周六" is a day, not a month.
AHEAD: tuple[Rule, ...] = (
    rule("连", rf"连续{S}(\d{{1,2}}|{N}{{1,2}})个?{S}{_WEEK}([一二三四五六日天])", _so_many),
    rule(
        "0123456789一二三四五六七八九十",
        rf"(\d{{1,2}}|[一二三四五六七八九十]{{1,2}}){S}月份?(?:的|里|内|间)?(?={S}每个?{_WEEK}[一二三四五六日天])",
        _month_of_series,
    ),
    rule("一", rf"一(?={S}(?:上午|下午|中午|晚上?)?{S}\d)", _dash),
    rule(
        "0123456789一二三四五六七八九十",
        rf"(\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月份?的?第?({N}|最后一)个?{_WEEK}([一二三四五六日天])",
        _nth_of_month,
    ),
)
RULES: tuple[Rule, ...] = (
    rule("一二三四五六七八九十两几第", (
        rf"第?{N}{{1,3}}周年?(?![一二三四五六日末天])|几周|一周|两周(?!一|二)|第[一二三四五六七八九十百\d]"
        rf"{{1,6}}[届期次场讲季章回]"
    ), _noise),
    rule("每", rf"每个?月(?:的)?第?({N}|[1-5]|最后一)个?(?:\s?[、,和及与]\s?第?({N}|[1-5]|最后一)个?)?(?:的)?"
         r"((?:周|星期|礼拜)[一二三四五六日天末])", _monthly),
    rule("每", rf"每个?月(?:的)?{S}\d{{1,2}}{S}[日号](?:{S}[、,和及]{S}\d{{1,2}}{S}[日号])*", _month_days),
    rule("每逢本这下上周星礼", (
        rf"{_MODIFIERS}{S}({_ONE}(?:{S}(?:[、,/及和与&]|至|到|-|~){S}(?:{_ONE}|"
        rf"[一二三四五六日天](?![次回本篇更个节点月])))+|{_ONE}[日天](?![上下前后报常本])|{_WEEK}(?:一三五|二四六|"
        rf"二四|三五|一三|三六|五六日|六日|六周日))"
    ), _weekdays),
    rule("每逢本这下上周星礼", rf"{_MODIFIERS}{S}({_ONE}(?:{S}{_WEEK}[一二三四五六日天])+)", _weekdays),
    rule("每逢本这下上周星礼", rf"{_MODIFIERS}{S}({_WEEK}{S}(?:[二三四五六日天]|一{_NOT_DAY_ONE})(?![年]))", _weekdays),
    rule("每逢", rf"(每到|每逢|每个|每|逢){S}({_WEEK}{S}[1-7](?:{S}[、,/至到~-]{S}[1-7](?!\d|:|点))*)(?!\d|:|天)",
         _weekdays),
    rule("(", r"\(\s?([一二三四五六日])\s?\)", _bracketed_weekday),
    rule("每本这下上周", rf"{_MODIFIERS}{S}周末", _weekend),
    rule("本这下", rf"(本|这个?|下下?个?){_WEEK}(?=[^一二三四五六日天末\d,。;\n]{{0,8}}[停休不无没])", _week),
    rule("大今明后昨前", (
        r"((?:大后|今|明|后|昨|前))(?:儿)?(?:(?:天|日)(?!之|报|头|子|开|星)(?:(晚)(?=上|间|\d| \d))?|(晚|早|夜|"
        r"晨)(?!报|餐|饭|年|期|稻|霜))"
    ), _relative),
    rule("本这当下", r"(本|这个|当|下个?)月(?=[上中下]旬|\s{0,2}[\d一二三四五六七八九十])", _relative_month),
    rule("次翌第隔", r"次日|翌日|第二天|隔天", _next_day),
    rule("当同", r"当天|当日|当晚|同日|同一天", _same_day),
    rule("即现", r"即日起?|现在起", _now),
    rule("每", r"(每天晚上|每日晚|每晚|每天|每日)", _every),
    rule("每隔双工", r"(每两周|每隔一周|每隔周|隔周|双周(?!刊)|每个工作日|每工作日|工作日)", _every),
    rule("每", r"(每周|每星期)(?![一二三四五六日末天\d])", _every),
    rule("凌半清早上中午正下傍晚夜深", (
        rf"(凌晨|半夜|清晨|早上|早晨|上午|早间|中午|午间|正午|下午|午后|傍晚|晚上|晚间|夜间|夜里|夜晚|深夜|"
        rf"早(?={S}\d|{N}{{1,3}}[点时])|晚(?={S}\d|{N}{{1,3}}[点时]|[)\],。;:、]|\s|$))"
    ), _part),
    rule("零〇一二○O",
         r"([零〇○O一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]?",
         _chinese_year),
    rule("一二三四五六七八九十", r"([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]", _chinese_date),
    rule("一二三四五六七八九十", r"([一二三四五六七八九十]{1,2})月(?![饼球])", _chinese_month),
    rule("一二三四五六七八九十", r"([一二三四五六七八九十]{1,3})[日号](?![楼线店])", _chinese_day),
    rule("零一二三四五六七八九十两", rf"({N}{{1,3}}|零)[点时](?:钟|整)?(半|一刻|三刻|{N}{{1,3}}分?)?(?![间代评赞])",
         _chinese_hour),
    rule("一二三四五六七八九十两", rf"({N}{{1,3}})(?=[到至~-]{N}{{1,3}}点)", _hour_open),
    rule("一二三四五六七八九十两", rf"({N}{{1,2}})个?(半)?(?:小时|钟头)半?", _duration),
    rule("连为共历", rf"(?:连续|为期|共|历时){S}({N}{{1,2}}|\d{{1,2}}){S}[天日]", _span),
    rule("-~至到直", r"-{1,3}>?|~{1,3}|直到|至(?![少于今尊上此多])|到(?![场会达位来访期账店家岗底])", _range),
    rule("、,和及与&+/", r"、|,|和|及|与|&|\+|/", _list),
    rule(zones.FIRST_CHARACTERS, zones.IN_CHINESE, _zone),
    rule("共", rf"共{S}({N}{{1,3}}|\d{{1,2}}){S}[讲次场节期课回]", _count),
)  # fmt: skip

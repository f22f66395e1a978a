"""What taking part costs: free, an amount, a range, tiers. Deposits, limits, prizes and old prices are no prices."""

from __future__ import annotations

import re

from spiders.items import Price
from spiders.text.glyphs import normalize

_NUMBER = r"(\d{1,7}(?:,\d{3})*(?:\.\d{1,2})?)"
_UNIT = r"(?:元|块钱?|圆|rmb|cny|人民币|yuan)"
_AMOUNT = re.compile(
    rf"(?:(?P<sign>[¥￥$€£]|rmb|cny|usd|eur|hk\$|人民币)\s{{0,2}}{_NUMBER}\s?(?P<wan1>万|k\b)?"
    rf"(?:\s{{0,2}}(?:-|~|至|到|to)\s{{0,2}}[¥￥$€£]?\s{{0,2}}{_NUMBER}(?P<wan2>万|k\b)?)?"
    rf"|{_NUMBER}\s?(?P<wan3>万)?(?:\s?{_UNIT}?\s{{0,2}}(?:-|~|至|到|/|、)\s{{0,2}}{_NUMBER})?\s{{0,2}}(?P<wan4>万)?\s{{0,2}}(?P<unit>{_UNIT}|usd|eur|dollars?|euros?|港币|美元|欧元|日元))",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:活动|参与|参加|报名|入场|参会|会议|注册|培训|课程|演出|门票|拼车|场地|参展|体验|团队)?(?:费\s{0,3}用|票\s{0,3}价|价\s{0,3}格|收费|门票|注册费|报名费|参会费|会务费|学费|团费|人均|票务|费用说明|票种|入场券|茶位费|cost|price|fee|tickets?|admission|entry)"
    r"(?:标准|说明|详情|信息)?[\s*]{0,4}(?:[:|/】\]〗]|为|是)|(?m:^)[^\w\n]{0,4}(?:费用|票价|价格|门票)"
    r"(?=[ \t]*\n)|(?m:^)[^\w\n]{0,4}(?:费用|票价|门票|tickets?|entry|admission|fee)"
    r"(?=[ \t]?(?:[¥￥$€£]|rmb|cny)?[ \t]?\d)|[💰💴💵🎫🎟]",
    re.IGNORECASE,
)
# Every label holds one of these; to look for them first is ten times as fast.
_IN_LABELS = (*"费票价收💰💴💵🎫🎟", "人均", "入场券", "cost", "price", "fee", "ticket", "admission", "entry")
_FREE = re.compile(
    r"(?:(?:活动|全程|本次活动|讲座|本场|公益|现场|报名|参加|参与|入场|参会|观看|门票|注册|费用|课程)[^。\n]"
    r"{0,8}?(?:免费|不收费|不收取任何费用|无需付费|免票|(?<!\d)0元)|免费(?:参加|参与|报名|入场|活动|体验|开放|观看|听|"
    r"公益|参会|名额|活动|讲座|徒步|课|直播|票)|完全免费|全免费|公益免费|免费公益|free\s+(?:of\s+charge|"
    r"admission|entry|event|to\s+attend)|admission\s+free|it(?:'s| is)\s+free)",
    re.IGNORECASE,
)
_NOT_FREE = re.compile(
    r"免费(?:停车|WiFi|wifi|提供|领取|赠送|试听|咨询|下载|使用|开源|升级|送|午餐|茶歇|接送|寄|获取|试用)|(?:停车|咨询|下载|升级|试用)[^。\n]{0,4}免费"
)
_BARE_FREE = re.compile(
    r"^[\s:|】\]*]{0,6}(?:全程|完全|全部|均)?(?:免费|free\b|0\s?元|无需付费|公益|不收费|无(?:[,。\s]|$))", re.IGNORECASE
)
_NO_PRICE_BEFORE = re.compile(
    r"(?:押金|定金|订金|保证金|诚意金|立减|满|减|返|优惠|省|补贴|红包|奖金|奖励|奖品|价值|市值|总值|原价|市场价|限额|违约|罚|扣|投资|融资|营收|销售额|金额|交易额|成交|产值|估值|薪|工资|月入|年入|赞助|预算|注册资本|达|约合|消费|捐|退还?|补交|超过|高于|低于|破|亿)[^\d\n,，。;；)）]{0,5}$"
)
_NO_PRICE_AFTER = re.compile(
    r"^\s{0,2}(?:押金|定金|订金|保证金|奖金|奖品|红包|优惠券|代金券|抵用|现金|以上|大奖|礼品|礼包|补贴|的(?:奖|礼)|融资|投资|销售|成交|\)?\s?可退)"
)
_CURRENCIES = {"$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "美元": "USD", "€": "EUR", "eur": "EUR",
               "euro": "EUR", "euros": "EUR", "欧元": "EUR", "£": "GBP", "hk$": "HKD", "港币": "HKD",
               "日元": "JPY"}  # fmt: skip
_MAX = 200_000  # no ticket costs more
_FIELD = 160
# Amounts without a currency; the second group is the upper end of a range, which "58/位" never has.
_PER_HEAD = re.compile(r"(?<![\d.:/-])(\d{2,5})()\s?/\s?[人位](?![\d])")
_A_HEAD = re.compile(
    r"人均\s?约?\s?(\d{2,4})(?:\s?[-~]\s?(\d{2,4}))?(?![\d.:%~-]|\s?(?:公里|分钟|小时|平|[万千亿岁米次页天人]))"
)
_SHORT_TEXT = 600  # in a text of this length a clause that is an amount and nothing else is the price
_CLAUSE = re.compile(r"[,，。;；、|\n]|\.(?=\s|$)|\s{2,}")
_AMOUNT_ALONE = re.compile(
    r"(?:材料|场地|茶[水点位]?|餐|物料|耗材|教材|食材|参与|活动|入场)?(?:费用?)?\s?(?:[¥￥£$€]\s?)?\d{1,5}(?:\.\d\d?)?\s?(?:元|块钱?)?(?:[/一每]?[人位])?\s?(?:起|含.*)?"
)
_PAID_BY = (
    r"(?:/|per\b|p/|each\b|a[ ](?:person|head|team|class|session)|pp\b"
    r"|(?:general|adults?|seniors?|students?|youth|kids?|child(?:ren)?|(?:in[ ])?advance|presale|doors?|"
    r"members?|non-?members?|guests?|tickets?|admission|entry|suggested|donation|includes)\b"
    r"|(?:at|for)[ ](?:the[ ])?(?:doors?|members?|non-?members?|adults?|students?|seniors?|youth|general)\b)"
)
_OTHER_MONEY = re.compile(
    r"\b(?:wins?|winners?|prizes?|awards?|raise[sd]?|worth|valued?|saves?|off|deposit|scholarships?|grants?|sponsors?)\b",
    re.IGNORECASE,
)
_SIGNED_AMOUNT = re.compile(
    r"[$€£][ \t]?(\d{1,4}(?:\.\d\d?)?)(?![\d,.]\d)(?:[ ]?(?:-|to)[ ]?[$€£]?(\d{1,4}(?:\.\d\d?)?)(?![\d,.]\d))?"
)
_FOR_WHOM = re.compile(rf"[ \t]*{_PAID_BY}", re.IGNORECASE)
_SIGNED = _SIGNED_AMOUNT.pattern.replace("(\\d{1,4}", "(?:\\d{1,4}")
_OWN_LINE = re.compile(
    rf"^[^\w\n$€£]{{0,4}}{_SIGNED}(?=[ \t]*(?:$|{_PAID_BY}))|(?<=[/|,][ ]){_SIGNED}(?=[ \t]*{_PAID_BY})"
    rf"|\btickets?[ ](?:are|is|cost|from)[ ](?:only[ ]|just[ ])?{_SIGNED}"
    rf"|{_SIGNED}(?=[ ]per[ ](?:person|guest|head|ticket|team|class|session)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_OCCASION = (
    r"(?:event|class|show|lecture|performance|program(?:me)?|workshop|concert|talk|screening|meeting|meetup|tour|session|"
    r"admission|entry|attendance|seminar|hike|walk)(?:e?s)?"
)
_IT_IS_FREE = re.compile(
    rf"\b{_OCCASION}[ ](?:is|are)[ ](?:\w+ly[ ])?free\b"
    rf"(?![ ](?:for|with|to(?![ ](?:attend|the[ ]public|all|join))|of(?![ ]charge))\b)"
    rf"|\bfree[ ](?:and|&)[ ]open[ ]to[ ](?:the[ ]public|all|everyone)\b"
    rf"|\bthis[ ](?:is[ ]a[ ])?free[ ](?:[\w-]+[ ]){{0,2}}{_OCCASION}\b",
    re.IGNORECASE,
)
_MAX_DESCRIPTION = 2_000  # characters; prices stand near its beginning
_SHORT = 48  # a text of this length is itself a field's value


def read_price(text: str) -> Price | None:
    """The price a text states, or None where it states none.

    A field named as a price counts first; without one, an amount per person or the word free in the running text.
    ``min`` and ``max`` span all tiers; where some take part free the range begins at 0.
    """
    normalized = normalize(text)
    found = _labelled(normalized)
    if found is not None:
        return found
    if len(normalized) <= _SHORT and "\n" not in normalized.strip():
        return _of_field(normalized)
    return _of_prose(normalized)


def labelled_price(text: str) -> Price | None:
    """The price that the description of a calendar's or a page's event gives: in a field named as one ("费用：39元/人",
    "Price: £10"), or as free in a phrase or clause of its own ("Free entry", "免费"). Other amounts are left alone."""
    normalized = normalize(text[:_MAX_DESCRIPTION])
    return _labelled(normalized) or _said_to_be_free(normalized) or _of_own_lines(normalized)


def _of_own_lines(normalized: str) -> Price | None:
    """A line that begins with an amount and says for whom ("$20 at the door", "$15-$25"), or "Tickets are $15". Where
    an amount beside them is for something else, nothing: one tier of several is no price."""
    if not any(sign in normalized for sign in "$€£"):
        return None
    amounts: list[float] = []
    currency = None
    clauses = {_clause_around(normalized, match.start()) for match in _OWN_LINE.finditer(normalized)}
    for start, stop in sorted(clauses):
        clause = normalized[start:stop]
        if _OTHER_MONEY.search(clause):
            return None
        told = {match.end() for match in _OWN_LINE.finditer(clause)}
        for match in _SIGNED_AMOUNT.finditer(clause):
            if match.end() not in told and not _FOR_WHOM.match(clause, match.end()):
                return None
            amounts += [float(number) for number in match.groups() if number]
            currency = currency or _CURRENCIES[match[0][0]]
    return Price(min=min(amounts), max=max(amounts), currency=currency) if amounts else None


def _clause_around(text: str, at: int) -> tuple[int, int]:
    """From where to where the line or the sentence goes in which something stands."""
    start = max(text.rfind("\n", 0, at + 1), text.rfind(". ", 0, at)) + 1
    ends = [end for end in (text.find("\n", max(at + 1, start)), text.find(". ", at)) if end >= 0]
    return start, min(ends, default=len(text))


def _said_to_be_free(normalized: str) -> Price | None:
    if "免费" not in normalized and "free" not in normalized.lower():
        return None
    phrase = _FREE.search(normalized)
    alone = any(clause.strip().lower() in {"免费", "free"} for clause in _CLAUSE.split(normalized))
    told = phrase and not _NOT_FREE.search(normalized, phrase.start(), phrase.end() + 4)
    if alone or told or _IT_IS_FREE.search(normalized):
        return Price(min=0, max=0)
    return None


def _labelled(normalized: str) -> Price | None:
    lowered = normalized.lower()
    if not any(word in lowered for word in _IN_LABELS):
        return None
    for label in _LABEL.finditer(normalized):
        found = _of_field(normalized[label.end() : label.end() + _FIELD])
        if found is not None:
            return found
    return None


def _of_field(field: str) -> Price | None:
    lines = [line for line in field.split("\n") if line.strip(" :|*】/")]
    if not lines:
        return None
    own = lines[0] if re.search(r"\d|免费|free|公益|AA", lines[0], re.IGNORECASE) else "\n".join(lines[:2])
    tiers = [line for line in lines[1:5] if re.search(r"[票价员人生鸟]\s?[:：]?.{0,12}\d+\s?元|^\W{0,3}[¥￥]\d", line)]
    own = "\n".join([own, *tiers])
    amounts, currency = _amounts(own)
    free = bool(_BARE_FREE.search(own) or re.search(r"免费(?![停Ww提领赠咨下])|(?<![\d.])0\s?元", own))
    if free:
        return Price(min=0, max=max(amounts, default=0), currency=currency or ("CNY" if amounts else None))
    if amounts:
        return Price(min=min(amounts), max=max(amounts), currency=currency)
    bare = re.match(
        r"[\s:|】*]{0,6}(?:约|人均|每人)?\s?(\d{1,5}(?:\.\d)?)(?:\s?[-~]\s?(\d{1,5}))?\s?/\s?(?:人|位|次|场)", own
    )
    bare = bare or _PER_HEAD.search(own) or _A_HEAD.search(own)
    return _yuan(bare) if bare is not None else None


def _yuan(bare: re.Match[str]) -> Price:
    """A number or a range of numbers that stands without its currency."""
    return Price(min=float(bare[1]), max=float(bare[2] or bare[1]), currency="CNY")


def _of_prose(text: str) -> Price | None:
    for match in _FREE.finditer(text):
        around = text[max(0, match.start() - 6) : match.end() + 6]
        if not _NOT_FREE.search(around) and not re.search(r"不免费|非免费|不是免费", around):
            return Price(min=0, max=0, currency=None)
    bare = _PER_HEAD.search(text) or _A_HEAD.search(text)
    if bare is not None:
        return _yuan(bare)
    if len(text) <= _SHORT_TEXT and (price := _of_clauses(text)) is not None:
        return price
    per_head = re.compile(
        r"\s{0,2}(?:/|每|一)\s{0,2}(?:人|位|次|场|张|组|名|per)|^\s?(?:per\s|at the door|each\b|pp\b)"
    )
    for match in _AMOUNT.finditer(text):
        if per_head.match(text[match.end() : match.end() + 6]) or re.search(
            r"(?:每人|人均|票价?|门票|收费|只需|仅需|AA|单次|每次|每位)[^\d\n。]{0,6}$",
            text[max(0, match.start() - 12) : match.start()],
        ):
            values = _values(match, text)
            if values:
                return Price(min=min(values), max=max(values), currency=_currency(match))
    return None


def _of_clauses(text: str) -> Price | None:
    """A clause that says only what it costs: ``…，材料费80元，…``, ``… Lane. £12, flour included``, ``…，免费，…``."""
    for clause in map(str.strip, _CLAUSE.split(text)):
        if clause in ("免费", "全程免费", "完全免费", "不收费", "Free", "free", "free entry"):
            return Price(min=0, max=0, currency=None)
        if _AMOUNT_ALONE.fullmatch(clause) and (match := _AMOUNT.search(clause)) and (values := _values(match, clause)):
            return Price(min=min(values), max=max(values), currency=_currency(match))
    return None


def _amounts(text: str) -> tuple[list[float], str | None]:
    amounts: list[float] = []
    currency = None
    for match in _AMOUNT.finditer(text):
        values = _values(match, text)
        amounts.extend(values)
        currency = currency or (_currency(match) if values else None)
    return amounts, currency


def _values(match: re.Match[str], text: str) -> list[float]:
    """The amounts of one match; none where the words around say that it is no price."""
    if _NO_PRICE_BEFORE.search(text[max(0, match.start() - 10) : match.start()]) or _NO_PRICE_AFTER.match(
        text[match.end() : match.end() + 8]
    ):
        return []
    wan = any(match[name] for name in ("wan1", "wan2", "wan3", "wan4") if match[name] == "万")
    thousand = any((match[name] or "").lower() == "k" for name in ("wan1", "wan2"))
    scale = 10_000 if wan else 1_000 if thousand else 1
    numbers = [
        float(match[i].replace(",", "")) * scale
        for i in (2, 4, 6, 8)
        if i <= len(match.groups()) and _is_number(match[i])
    ]
    return [n for n in numbers if n <= _MAX]


def _is_number(piece: str | None) -> bool:
    return piece is not None and piece[:1].isdigit()


def _currency(match: re.Match[str]) -> str:
    said = (match["sign"] or match["unit"] or "").lower()
    return _CURRENCIES.get(said, "CNY")

"""Notices: a text that says of its event that it is called off, put off or moved to another time.

Only a mark that leads (or ends) a title counts, and a sentence whose subject is the event: the words in passing
("客户说取消合作怎么办", "Cancelled Stamps Society") say nothing of the event itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from spiders.items import Status
from spiders.text.late_pattern import LatePattern

_LONGEST = 300  # characters of a title, and of a text's beginning, that are looked at
_OFF_ZH = r"取消|停办|停辦|暂停(?:举[办行辦])?|停(?=一[次期场周])"
_LATER_ZH = r"延期|延后|推迟|顺延|順延|改期"
_WHAT_ZH = r"活动|活動|讲座|沙龙|会议|演出|比赛|聚会|课程|本场|本次|本期"
_ADVERB_ZH = r"因故|已经?|临时|紧急|暂时|宣布|决定|遗憾|无限期|再次|将|现|[本这下]周|[今明]天|[今明]晚"
_WORD_ZH = (
    rf"(?:重要)?(?:{_WHAT_ZH}){{0,2}}(?:因[^】）)\]\n]{{1,12}}|{_ADVERB_ZH}){{0,2}}"
    rf"(?:(?P<off>{_OFF_ZH})|{_LATER_ZH})(?:举[办行辦])?(?:一[次期场周])?(?:的?(?:通知|公告))?[啦了]?"
)
_OFF_EN = r"cancel+ed|cancel+ation(?: notice)?|called off"
_LATER_EN = r"postponed|postponement|rescheduled|deferred"
_WORD_EN = (
    rf"(?:(?:event|meeting|class|show|concert|talk)\s)?(?:(?:has been|have been|is|was)\s)?"
    rf"(?:(?P<off_en>{_OFF_EN})|{_LATER_EN})"
)
_WORD = rf"(?:{_WORD_ZH}|{_WORD_EN})"
_BEFORE = r"^[^\w“”\"'‘’「『《〈【（(\[［〖*]{0,6}"
_SPOKEN_OF = r"(?!\s*(?:这|一词|二字|两字|的|or\b|and\b))"  # "【取消】这个词": the mark itself is the theme
_CASE = re.IGNORECASE

_ANY = re.compile(r"取消|停|延|推迟|顺|順|改|cancel|call|postpon|reschedul|defer|moved|is now|will now", _CASE)
_LEADING = (
    LatePattern(rf"{_BEFORE}[【（(\[［〖*]\s*{_WORD}\s*[】）)\]］〗*][\s:：\-—–|｜!！]{{0,4}}{_SPOKEN_OF}", _CASE),
    LatePattern(rf"{_BEFORE}「(?={_ADVERB_ZH}|{_WHAT_ZH}){_WORD}」\s*{_SPOKEN_OF}"),
    LatePattern(rf"{_BEFORE}(?!暂停\s?[:：]){_WORD}(?:\s*[:：|｜!！]\s*|\s[-—–]+\s*|[-—–]+\s|——)(?=\S)", _CASE),
    LatePattern(rf"{_BEFORE}(?:(?P<off_en>CANCELL?ED)|POSTPONED|RESCHEDULED)\s+(?=[^a-z\n]{{0,60}}[a-z])"),
    LatePattern(rf"{_BEFORE}(?:关于)(?:{_ADVERB_ZH})?(?:(?P<off>{_OFF_ZH})|{_LATER_ZH})(?:举[办行辦])?(?=\S)"),
)
_NOTICE_END = LatePattern(r"(?:的)?(?:通知|公告)\s*$")
_IF = LatePattern(
    r"如何|怎么|怎样|为何|为什么|如果|如遇|若|一旦|万一|除非|是否|能否|可否|可能|或许"
    r"|请勿|不会|不能|不得|未|没有|没被|谁|何时"
    r"|报名|截止|征稿|投稿|提交|早鸟|售票|预订|订单|退|"
    r"\b(?:if|unless|may|might|could|can|cannot|not|never|in case|should|why|who|how|when|got|get|getting|deadline"
    r"|registration|tickets?|refund\w*)\b",
    _CASE,
)
_CONDITION = LatePattern(r"如果|如遇|若|一旦|万一|除非|\b(?:if|unless|in case)\b", _CASE)
_CLAUSE_END = LatePattern(r"[，,；;—]|\s-\s")
_TRAILING = (
    LatePattern(rf"\s*[【（(\[［]\s*{_WORD}\s*[】）)\]］]\W*$", _CASE),
    LatePattern(rf"\s*(?:[-–—|｜:：,，*]+\s*|\s){_WORD_EN}\W*$", _CASE),
    LatePattern(
        rf"[\s,，:：—-]*(?:因[^，。,\n]{{1,16}}?[，,]?)?(?:{_ADVERB_ZH}){{1,3}}(?:(?P<off>{_OFF_ZH})|{_LATER_ZH})"
        rf"(?:举[办行辦])?(?:一[次期场周])?[啦了]?(?:的?(?:通知|公告))?(?=\s*(?:[!！。.,，；;、]|$))"
    ),
    LatePattern(
        rf"(?<=[会會局夜场場课賽赛展座龙坊动動班团营演》」』])\s*(?:因[^，。,\n]{{1,16}}?)?(?:(?P<off>{_OFF_ZH})|{_LATER_ZH})"
        rf"(?:举[办行辦])?(?:一[次期场周])?[啦了]?(?:的?(?:通知|公告))?(?=\s*(?:[!！。.,，；;、]|$))"
    ),
    LatePattern(
        rf"\s*\b(?:(?:has|have) (?:now |unfortunately )?been|is|are|was|will be)\s(?:now |unfortunately |sadly )?"
        rf"(?:(?P<off_en>{_OFF_EN})|{_LATER_EN})(?=\s*(?:[.,;:!—–(-]|$)|\s(?:due|because|until|till|owing|as|on|and"
        rf"|this|tonight|indefinitely)\b)",
        _CASE,
    ),
)
_DAY_EN = (
    r"next|this|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|tonight|tomorrow"
    r"|(?:the )?day after"
)
_DATE = rf"(?=\s*(?:\d|[一二三四五六七八九十]{{1,2}}月|[今下本明后][周月天日个年晚早]|大后天|周|星期|{_DAY_EN}))"
_MOVED = LatePattern(
    rf"[\s,，:：—-]*(?:因[^，。,\n]{{1,16}}?[，,]?)?(?:{_ADVERB_ZH}){{0,3}}(?:改期|延期|延后|推迟|顺延|順延|改)(?:举[办行辦])?"
    rf"(?:至|到|为|於|于|在){_DATE}"
    rf"|\s*[-–—:,]?\s*\b(?:is now|will now be)(?: held)?(?: on| at)? (?={_DAY_EN})"
    rf"|\s*[-–—:,]?\s*\b(?:(?:has|have) (?:now )?(?:been )?|is |was |is now )?(?:rescheduled|postponed|moved)"
    rf" (?:to|for|until) {_DATE}",
    _CASE,
)
_SENTENCE_END = LatePattern(r"[。!！?？;；\n]|\.\s")
_ABOUT_ZH = LatePattern(
    rf"{_WHAT_ZH}|读书会|原定|原计划|今[天晚日]|明[天晚日]|本周|周[一二三四五六日]|\d[日号]|此次|这次|这场"
)
_ABOUT_EN = LatePattern(
    r"\b(?:the|this|our|tonight|event|meeting|talk|class|workshop|concert|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    _CASE,
)


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said of an event: ``status`` (of one that is ``moved``: confirmed, the new time begins at ``at``), the
    ``title`` without it, and from where to where in the text it is said."""

    status: Status
    title: str
    start: int
    at: int
    moved: bool = False


@lru_cache(maxsize=4096)
def notice_of_title(title: str) -> Notice | None:
    """What a title says of its own event; None where it says nothing of the kind."""
    text = title[:_LONGEST]
    if not _ANY.search(text):  # of nearly every title: one search in place of a dozen
        return None
    moved = _MOVED.search(text)
    if moved is not None and not _IF.search(text[: moved.start()]):
        head = _without_lead(text[: moved.start()])
        return Notice("confirmed", head, moved.start(), moved.end(), moved=True)
    for pattern in _LEADING:
        match = pattern.match(text)
        if match is not None:
            rest = text[match.end() :]
            if pattern is _LEADING[-1]:
                if not _NOTICE_END.search(rest):
                    continue
                rest = _NOTICE_END.sub("", rest)
            return Notice(_status(match), rest.strip(), 0, match.end())
    for pattern in _TRAILING:
        match = pattern.search(text)
        if match is not None and not _IF.search(text[: match.start()]):
            head = re.sub(r"^关于", "", text[: match.start()].strip())
            return Notice(_status(match), head, match.start(), match.end())
    whole = re.fullmatch(rf"\W*{_WORD}\W*", text, _CASE)
    return Notice(_status(whole), "", 0, len(text)) if whole is not None else None


def may_be_notice(title: str, body: str) -> bool:
    """Whether any word of a notice stands where one would: quick, and rarely true."""
    return bool(_ANY.search(title[:_LONGEST]) or _ANY.search(body[:_LONGEST]))


def notice_of_text(body: str) -> Notice | None:
    """What the beginning of a text says of the event it is about: a mark of its first line, or a sentence."""
    text = body[:_LONGEST]
    at = len(text) - len(text.lstrip())
    ends = [match.end() for match in _SENTENCE_END.finditer(text, at)]
    for number, end in enumerate([*ends, len(body[:_LONGEST])] if len(body) <= _LONGEST else ends):
        sentence = text[at:end].strip("。!！;；\n ")
        found = notice_of_title(sentence) if sentence else None
        leads = found is not None and found.start == 0
        about = _ABOUT_ZH.search(sentence) or _ABOUT_EN.search(sentence)
        if found is not None and not _is_open(sentence, found.at) and (about or (leads and number == 0)):
            lead = text.index(sentence, at)
            return Notice(found.status, found.title, lead + found.start, lead + found.at, found.moved)
        at = end
    return None


def _is_open(sentence: str, at: int) -> bool:
    """Whether a sentence says under what condition, or asks whether, what it says up to ``at`` is so. What follows in
    another part of it (that tickets are refunded) is about something else."""
    clause = _CLAUSE_END.search(sentence, at)
    return bool(_IF.search(sentence[: clause.start() if clause else len(sentence)]) or _CONDITION.search(sentence))


def without_mark(title: str) -> str:
    """A title without the mark that leads it, if one does and something is left."""
    found = notice_of_title(title)
    return found.title if found is not None and found.start == 0 and len(found.title) >= 2 else title


def has_mark(title: str) -> bool:
    """Whether a mark of its status leads the title."""
    return without_mark(title) != title


def _without_lead(text: str) -> str:
    for pattern in _LEADING[:-1]:
        match = pattern.match(text)
        if match is not None and match.end() < len(text):
            return text[match.end() :].strip()
    return text.strip()


def _status(match: re.Match[str]) -> Status:
    groups = match.groupdict()
    return "cancelled" if groups.get("off") or groups.get("off_en") else "postponed"

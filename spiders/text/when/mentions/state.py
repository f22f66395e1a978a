"""What the pass remembers between tokens, and the questions all rules ask: how near, in what role."""

from __future__ import annotations

import re
from datetime import date

from spiders.reasons import Code, Reason
from spiders.text.when import dates
from spiders.text.when.model import Mention, Role
from spiders.text.when.tokens import Kind, Token

_LIGHT = re.compile(r"[\s,.:;()\[\]【】「」『』〔〕|·@/\-~<>《》\"“”'、。#&+_=!⏰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙📅📆🗓️⌚️⌛]+")
_LIGHT_WORDS = re.compile(
    r"(?:的|在|于|从|起|自|为|是|为期|共|和|暨|开始|即|也就是|就在|将于|定于|拟定于|约|大约|左右|准时|整|每场|各|农历|时间|活动|日期|"
    r"[两三四五\d]?场次?|各[一两]场|第[一二三四五六\d]+[场天日]|from|on|at|of|the|and|both|starting|between|around|about|sharp|time|day|全天)+",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[。;!?\n]|\.\s|[，,](?=.*[，,。])")
_SENTENCE_END = re.compile(r"[。!?\n]|\.\s")
_HAN = re.compile("[\u4e00-\u9fff]")
LABEL_GAP = re.compile(r"[\s:|/】\])*_-]*(?:[^\w\s][\s:]*){0,3}")


_LED = 4  # characters between a word and the hour that it leads
_LONGEST_LEAD = 24
_HOUR_LED = re.compile(
    r"\b(?:doors|registration|arrivals?|check[ -]?in|drinks|reception|dinner|lunch|class|support)"
    r"(?: opens?)?(?: at|:)?\s?$",
    re.IGNORECASE,
)
# How many characters behind a role word a time may stand and still be meant.
_REACH = {
    "check-in": 10, "start": 10, "end": 10, "past": 14, "main": 60, "deadline": 22, "except": 8, "skip": 8, "side": 22,
}  # fmt: skip


class State:
    """What the pass remembers between tokens, and the questions all rules ask: how near, in what role."""

    def __init__(self, text: str, today: date, *, day_first: bool = False) -> None:
        self.text = text
        self.today = today
        self.day_first = day_first  # where the reader's zone writes 5/12 for 5 December
        self.latin = _HAN.search(text) is None
        self.slashes = dates.day_stands_first(text)
        self.mentions: list[Mention] = []
        self.current: Mention | None = None
        self.last: Token | None = None  # the last token that was understood
        self.item = ""  # "days" or "hours": what the last token added to
        self.link = ""  # "range" or "list" since then
        self.part: Token | None = None
        self.role: Token | None = None
        self.end_day: date | None = None  # the day of an end that is still to be told
        self.month: tuple[int | None, int] | None = None
        self.year: int | None = None
        self.zone_ahead: Token | None = None
        self.impossible: Token | None = None  # a date such as 31 November
        self.every: Token | None = None  # "every other week", whose weekday is still to be told
        self.weekday: Token | None = None  # the weekday the last days came from

    def _gap(self, token: Token) -> str:
        return self.text[self.last.end : token.start] if self.last else self.text[: token.start]

    def _close(self, token: Token, newlines: int = 0) -> bool:
        """Nothing but punctuation and light words since the last token."""
        if self.last is None or token.start - self.last.end > 60:
            return False
        gap = self._gap(token)
        if gap.count("\n") > newlines:
            return False
        if not gap:
            return True
        return not _LIGHT_WORDS.sub("", _LIGHT.sub("", gap))

    def _near(self, token: Token) -> bool:
        """In the same sentence, a few words on."""
        if self.last is None:
            return False
        gap = self._gap(token)
        return len(gap) <= 40 and not _SENTENCE_END.search(gap) and ";" not in gap

    def _joined(self, token: Token, following: Token) -> bool:
        gap = self.text[token.end : following.start]
        return len(gap) <= 6 and "\n" not in gap and not _LIGHT_WORDS.sub("", _LIGHT.sub("", gap))

    def _alone(self, token: Token) -> bool:
        """The token is all the words of the text, as in a field that holds a date and nothing else."""
        near = self.text[max(0, token.start - 40) : token.start] + self.text[token.end : token.end + 40]
        return len(self.text) < 80 and not any(c.isalnum() for c in near)

    def _role_for(self, token: Token) -> Role:
        role = self.role
        if role is None:
            return "main"
        if token.start - role.end > 80:
            return "main"
        gap = self.text[role.end : token.start]
        label = bool(LABEL_GAP.fullmatch(gap))
        clear = len(gap) <= _REACH[role.data] and not _CLAUSE_END.search(gap)
        said: Role = "skip" if role.data == "except" else role.data
        return said if label or clear else "main"

    def _on_role(self, token: Token, following: Token | None) -> None:
        behind = self.text[token.end : token.end + 3].lstrip(" ")
        adjacent = self.current is not None and self.last is not None and self._touching(token)
        # "18:45 doors / 19:15 talks": behind an hour a slash or bar parts the hours and is no mark of a label.
        marks = {":"} if adjacent and self.item == "hours" else {":", "|", "/"}
        is_label = (behind[:1] in marks and token.data != "deadline") or "时间" in self.text[token.start : token.end]
        adjacent = adjacent or (token.data == "check-in" and self._closes_line(token))
        if adjacent and not is_label and token.data in {"check-in", "start"} and self.item == "days":
            self.last = token  # "12月5日集合-12月8日": the range goes on behind the word
        if adjacent and self._each_before_its_hour(token, following):
            adjacent = False
        if adjacent and not is_label and token.data != "main" and self._give_back(token):
            self.role = token if token.data == "end" and self.link else None
            return
        self.role = token
        if token.data in {"main", "deadline"}:
            self.part = None

    def _each_before_its_hour(self, token: Token, following: Token | None) -> bool:
        """``Doors 7.30pm  Music 8pm``: the hour before this word has its own word before it, and one follows."""
        if (
            following is None
            or following.kind != Kind.TIME
            or self.item != "hours"
            or following.start - token.end > _LED
        ):
            return False
        assert self.current is not None
        return (
            _HOUR_LED.search(self.text, max(0, self.current.start - _LONGEST_LEAD), self.current.hours[-1].start)
            is not None
        )

    def _touching(self, token: Token) -> bool:
        assert self.current is not None
        gap = self.text[self.current.stop : token.start]
        return (
            len(gap) <= 8
            and not re.sub(r"[ )\]】左右正式准时正点整起即可,\-]", "", gap)
            and gap.count(",") + gap.count("-") < 2
        )

    def _closes_line(self, token: Token) -> bool:
        """``08:00 南门集合``: a line that begins with an hour and ends with what is done then."""
        mention = self.current
        if mention is None or self.item != "hours":
            return False
        begin = self.text.rfind("\n", 0, mention.hours[-1].start) + 1
        line = f"{self.text[begin : mention.hours[-1].start]}\0{self.text[mention.stop : token.end + 1]}"
        return re.fullmatch(r"\W*\0[ \w]{1,14}[\n,，。;；]?", line) is not None

    def _give_back(self, token: Token) -> bool:
        """A role word right behind a time is about that time (``19:00签到``)."""
        mention = self.current
        assert mention is not None
        gap = self.text[mention.stop : token.start]
        if "," in gap or "-" in gap:
            return False
        if token.data == "deadline":
            if self.text.startswith("为止", token.start) and self._is_closed(mention):
                return True  # "周六9点至周日16点为止": the word ends a range that is told
            if mention.rule and mention.days:
                mention.days.pop()  # "每周二19:30，12月1日截止报名": the day is apart, the rule stays
            elif not (mention.role == "main" and len(mention.hours) > 1):
                mention.role = "deadline"
            return True
        if self.item == "hours" and mention.hours:
            self._for_hour(mention, token.data)
            return True
        if mention.role == "main" and self.text.startswith(("报到", "报道"), token.start):
            mention.role = "side"  # one arrives the day before
            return True
        if token.data == "end" and mention.role == "main":
            mention.role = "end"
        return bool(token.data == "end")

    def _is_closed(self, mention: Mention) -> bool:
        told = mention.hours[-1].last if mention.hours else mention.days[-1].last if mention.days else None
        return mention.role == "main" and told is not None

    def _for_hour(self, mention: Mention, role: Role) -> None:
        """A word behind an hour is about it, and the one before that about the hour before: ``20:00集合 20:15出发``."""
        last = mention.hours[-1]
        if last.role == "check-in" and role == "start" and len(mention.hours) > 1:
            if mention.hours[-2].role == "main":
                mention.hours[-2].role = "check-in"
            last.role = "start"
        elif last.role == "main":
            last.role = role

    def _new_clause(self, mention: Mention) -> bool:
        """Behind a comma a date no longer belongs to a deadline ("早鸟截止11月30日，活动12月12日")."""
        return mention.role in {"deadline", "end"} and self.link == "comma"

    def _begin(self, token: Token) -> Mention:
        mention = Mention(token.start, token.end)
        mention.role = self._role_for(token)
        if self.role is not None and mention.role == self.role.data and mention.role == "main":
            mention.label = self.text[self.role.start : self.role.end]
        elif mention.role != "main":
            self.role = None  # a word speaks for one time only
        if self.impossible is not None and token.start - self.impossible.end <= 6:
            words = self.text[self.impossible.start : self.impossible.end]
            mention.conflicts.append(Reason(Code.NO_SUCH_DATE, words=words))
        if self.zone_ahead is not None and token.start - self.zone_ahead.end <= 4:
            mention.zone = self.zone_ahead.data
            mention.start = self.zone_ahead.start
        self.mentions.append(mention)
        self.current = mention
        self.end_day = None
        self.weekday = None
        return mention

    def _took(self, token: Token, item: str) -> None:
        assert self.current is not None
        self.current.stop = max(self.current.stop, token.end)
        if item == "days" and self.current.days:
            self.current.days[-1].at = self.current.days[-1].at or token.start
        self.last, self.item, self.link = token, item, ""

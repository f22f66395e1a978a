"""Days that are left out: words such as 停一次 or "no meeting on" make of a day one on which a series does not meet."""

from __future__ import annotations

import re
from datetime import date, timedelta

from spiders.text.when import dates
from spiders.text.when.mentions.state import State
from spiders.text.when.model import Days
from spiders.text.when.tokens import Kind, Token

_REASON = 8  # characters of a reason between the day and its word ("12月24日平安夜停一次")
_OTHER_CLAUSE = re.compile(r"[,，。;；!！?？\n]")
_DAY_KINDS = {Kind.DATE, Kind.DAY, Kind.MONTH, Kind.WEEKDAY, Kind.RELATIVE, Kind.WEEK, Kind.WEEKEND}


class SkipRules(State):
    """Days that are left out, told before the word ("12月1日停一次") or behind it ("no meeting on 1 December")."""

    def _on_role(self, token: Token, following: Token | None) -> None:
        if token.data not in {"except", "skip"}:
            super()._on_role(token, following)
            return
        ahead = following is not None and following.kind in _DAY_KINDS and self._leads_to(token, following)
        if token.data == "except" or ahead:
            self.role, self.current = token, None  # a day left out is a mention of its own
        else:
            self._leave_out(token)

    def _leads_to(self, token: Token, following: Token) -> bool:
        return re.fullmatch(r"\s{0,2}:?\s{0,2}(?:the\s|on\s)?", self.text[token.end : following.start]) is not None

    def _leave_out(self, token: Token) -> None:
        """The day or days right before the word are taken out of their mention."""
        mention = self.current
        if mention is None:
            return
        gap = self.text[mention.stop : token.start]
        if _OTHER_CLAUSE.search(gap) or len(gap) > _REASON:
            return
        behind = [days for days in mention.days if days.at > mention.rule_at] if mention.rule else []
        if behind:
            mention.days = [days for days in mention.days if days.at <= mention.rule_at]
            mention.skipped.extend(_open_ended(behind, gap))
        elif self._touching(token) or (self.item == "days" and not mention.rule):
            mention.role = "skip"
            _open_ended(mention.days, gap)
        else:
            return  # "每周六（法定节假日除外）": which days are meant is not said
        self.current = None

    def _on_week(self, token: Token, following: Token | None) -> None:
        """``本周停一次``, ``no meeting next week``: said of weeks only where they are left out."""
        here = following is not None and following.kind == Kind.ROLE and following.data == "skip"
        if not here and self._role_for(token) != "skip":
            return
        monday = dates.of_weekday(0, token.data, self.today)
        mention = self._begin(token)
        mention.role = "skip"
        mention.days.append(Days(monday, monday + timedelta(days=6), relative=True))
        self.current = None


def _open_ended(days: list[Days], gap: str) -> list[Days]:
    """``12月1日起暂停``: from that day on."""
    if days and "起" in gap:
        days[-1].last = date.max
    return days

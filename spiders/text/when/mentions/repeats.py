"""Rules of repetition: every Thursday, the first Saturday of the month, daily."""

from __future__ import annotations

import re

from spiders.text.when import dates
from spiders.text.when.mentions.days import DayRules
from spiders.text.when.model import Days, Mention
from spiders.text.when.tokens import Kind, Token

_OPENING_HOURS = re.compile(r"营业|门店|店址|自提|取票|办公|客服|咨询|节假日除外|接待|上班|售票")


def _repeat(mention: Mention, token: Token, rule: str) -> None:
    mention.rule, mention.rule_at = rule, token.start


def _is_second(every: Token) -> bool:
    return bool(every.data[0] == "FORTNIGHTLY")


def _interval(every: Token | None) -> str:
    return "INTERVAL=2;" if every is not None and _is_second(every) else ""


def _rule_of(mention: Mention) -> str | None:
    """The weekly rule of a time that is told by a weekday alone."""
    days = mention.days
    if len(days) != 1 or not days[0].relative or days[0].last is not None:
        return None
    return f"FREQ=WEEKLY;BYDAY={dates.WEEKDAY_CODES[days[0].first.weekday()]}"


class RepeatRules(DayRules):
    """Rules of repetition: every Thursday, the first Saturday of the month, daily."""

    def _weekly(self, token: Token, numbers: tuple[int, ...]) -> None:
        mention = self.current
        if not (
            mention is not None
            and mention.role == "main"
            and mention.days
            and self._close(token, 1)
            and self.item == "days"
        ):
            mention = self._begin(token)
        if len(mention.days) > 1:
            self._took(token, "days")  # the days are listed; "(每周六)" only describes them
            return
        codes = ",".join(dates.WEEKDAY_CODES[n] for n in sorted(set(numbers)))
        around = self.text[max(0, token.start - 60) : token.start] + self.text[token.end : token.end + 30]
        if len(numbers) >= 5 and _OPENING_HOURS.search(around):
            mention.role = "side"
        every = self.every
        _repeat(mention, token, f"FREQ=WEEKLY;{_interval(every)}BYDAY={codes}")
        if every is not None:
            mention.guessed = mention.guessed or (_is_second(every) and not mention.days)  # which week is not said
            if self._joined(every, token):
                mention.start = min(mention.start, every.start)
            self.every = None
        self._took(token, "days")

    def _on_every(self, token: Token, following: Token | None) -> None:
        name, part = token.data
        if part is not None:
            self.part = Token(Kind.PART, token.start, token.end, part)
        mention = self.current
        joined = mention is not None and self._close(token, 1)
        if name == "DAILY":
            supported = part or (
                following is not None and following.kind in {Kind.TIME, Kind.PART} and self._joined(token, following)
            )
            if not supported and not joined:
                return
            if joined and mention is not None and (mention.days or mention.rule):
                self._took(token, "days")  # the hours that follow hold for each of the days ("周一至周五每天")
                return
        elif name in {"WEEKLY", "FORTNIGHTLY"}:
            if not (joined and mention is not None and self._told_behind(mention, token)):
                self.every = token
            return
        if not joined or mention is None:
            mention = self._begin(token)
        _repeat(mention, token, "FREQ=DAILY" if name == "DAILY" else "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
        self._took(token, "days")

    def _told_behind(self, mention: Mention, token: Token) -> bool:
        """``Tuesdays 7pm, every other week``: how often, behind the weekday that it is about."""
        rule = mention.rule or _rule_of(mention)
        if rule is None or not rule.startswith("FREQ=WEEKLY;BYDAY="):
            return False
        if mention.rule is None:
            mention.days.clear()
            mention.rule_at = mention.start
        mention.rule = rule.replace("BYDAY", f"{_interval(token)}BYDAY")
        mention.guessed = mention.guessed or _is_second(token)
        self._took(token, self.item)
        return True

    def _on_monthly(self, token: Token, following: Token | None) -> None:
        which, weekday = token.data
        mention = self._begin(token)
        code = dates.WEEKDAY_CODES[weekday]
        _repeat(mention, token, "FREQ=MONTHLY;BYDAY=" + ",".join(f"{number}{code}" for number in which))
        self._took(token, "days")

    def _on_month_days(self, token: Token, following: Token | None) -> None:
        mention = self._begin(token)
        _repeat(mention, token, "FREQ=MONTHLY;BYMONTHDAY=" + ",".join(str(d) for d in token.data))
        self._took(token, "days")

    def _on_fortnightly(self, token: Token, following: Token | None) -> None:
        mention = self._begin(token)
        _repeat(mention, token, f"FREQ=WEEKLY;INTERVAL=2;BYDAY={dates.WEEKDAY_CODES[token.data]}")
        mention.guessed = True
        self._took(token, "days")

    def _on_count(self, token: Token, following: Token | None) -> None:
        mention = self.current
        if (
            mention is not None
            and mention.rule
            and token.start - mention.stop <= 40
            and "COUNT" not in mention.rule
            and "UNTIL" not in mention.rule
        ):
            mention.rule += f";COUNT={token.data}"

    def _on_until(self, token: Token, following: Token | None) -> None:
        if self.current is not None and self._close(token, 0):
            if self.current.rule and not self.current.days and following is not None and following.kind == Kind.DATE:
                self.current.days.append(Days(self.today, relative=True))
            self.link = "range"
            self.item = "days" if self.current.rule else self.item
            self.last = token

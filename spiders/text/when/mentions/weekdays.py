"""Weekdays and relative days: alone they are days, next to a date they check it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from spiders.text.when import dates
from spiders.text.when.mentions.repeats import RepeatRules
from spiders.text.when.model import Days, Mention
from spiders.text.when.tokens import Kind, Token

_CLOSED = re.compile(r"^[\s:]*(?:[)）]?\s*)?(?:闭馆|休息|除外|停|不开|闭店|休馆|店休|closed)")


class WeekdayRules(RepeatRules):
    """Weekdays and relative days: alone they are days, next to a date they check it."""

    def _on_weekday(self, token: Token, following: Token | None) -> None:
        modifier, numbers, is_range = token.data
        if modifier not in {"本", "下", "下下"} and _CLOSED.match(self.text[token.end : token.end + 8]):
            self.link = ""
            return
        mention = self.current
        joined = mention is not None and self._close(token, 0)
        if joined and mention is not None and self._of_the_next(mention, token, following):
            return
        if joined and mention is not None and self._one_more(mention, token, numbers, modifier):
            return
        if (
            modifier == "每"
            or (self.every is not None and (self.every.data[0] == "FORTNIGHTLY" or self._joined(self.every, token)))
            or (is_range and len(numbers) > 2 and not (joined and self.item == "days"))
        ):
            self._weekly(token, numbers)
            return
        if joined and mention is not None and self._weekday_on(mention, token, numbers, modifier):
            return
        found = [dates.of_weekday(n, modifier, self.today) for n in numbers]
        mention = self._begin(token)
        for day in found:
            mention.days.append(
                Days(
                    max(day, found[0]) if day >= found[0] else day + timedelta(days=7),
                    relative=True,
                    guessed=not modifier,
                    at=token.start,
                )
            )
        self.weekday = token
        if modifier in {"上", "上上"}:
            mention.role = "past"
        self._took(token, "days")

    def _of_the_next(self, mention: Mention, token: Token, following: Token | None) -> bool:
        """``Sat 12 & Sun 13 December``: behind a list or range mark a weekday belongs to the date that follows it."""
        dated = bool(mention.days) and not mention.days[-1].relative and self.item == "days"
        if not dated or not self.link or following is None or following.kind not in {Kind.DATE, Kind.DAY}:
            return False
        if following.start - token.end > 2 or "(" in self.text[token.end : following.start]:
            return False
        self.last = token
        return True

    def _one_more(self, mention: Mention, token: Token, numbers: tuple[int, ...], modifier: str) -> bool:
        """``every Wed & Fri``, ``Tuesdays and Thursdays``: another weekday of the rule just begun."""
        rule = mention.rule
        if not rule or mention.hours or self.item != "days" or "WEEKLY;BYDAY=" not in rule:
            return False
        if not (modifier == "每" and self.link == "comma") and not (modifier in {"", "每"} and self.link == "list"):
            return False
        head, _, codes = rule.partition("BYDAY=")
        told = {dates.WEEKDAY_CODES.index(code) for code in codes.split(",")} | set(numbers)
        mention.rule = f"{head}BYDAY={','.join(dates.WEEKDAY_CODES[number] for number in sorted(told))}"
        self._took(token, "days")
        return True

    def _weekday_on(self, mention: Mention, token: Token, numbers: tuple[int, ...], modifier: str) -> bool:
        """A weekday next to a day checks it; next to another weekday it makes a list or a range."""
        if not mention.days:
            return self._weekday_of_hours(mention, token, numbers, modifier)
        last = mention.days[-1]
        if self.item == "hours":
            if self.link != "range":
                return last.first.weekday() == numbers[0] and not modifier
            day = dates.of_weekday(numbers[0], modifier, last.first)
            self.end_day = day if day >= last.first else day + timedelta(days=7)
            self._took(token, "hours")
            self.link = "range"
            return True
        if last.relative and self.link and self.weekday is not None:
            self._next_weekday(mention, token, numbers[0], modifier or self.weekday.data[0])
            return True
        if self.link == "list" and last.relative:
            return False
        if self.link != "range" or len(numbers) > 1 or last.relative:
            if not self._is_one_of(mention, token, numbers):
                self._check_days(mention, numbers)
            self._took(token, "days")
        return True

    def _is_one_of(self, mention: Mention, token: Token, numbers: tuple[int, ...]) -> bool:
        """``6月9、10日 (Sat & Sun)``: English weekdays name the days of a list one after the other."""
        told = {day.weekday() for days in mention.days for day in (days.first, days.last) if day is not None}
        return len(told) > 1 and len(numbers) == 1 and self.text[token.start].isascii() and numbers[0] in told

    def _weekday_of_hours(self, mention: Mention, token: Token, numbers: tuple[int, ...], modifier: str) -> bool:
        """``7pm on Thursday``: the hour stands before its day."""
        if not mention.hours or len(numbers) != 1 or mention.rule or mention.role == "end":
            return False  # "每周二19:30，周六14:00": a sitting of its own beside the rule
        day = dates.of_weekday(numbers[0], modifier, self.today)
        mention.days.append(Days(day, relative=True, guessed=not modifier))
        self.weekday = token  # "7pm, Saturday 5 December": a date behind it counts, and the weekday checks it
        self._took(token, "days")
        return True

    def _next_weekday(self, mention: Mention, token: Token, number: int, modifier: str) -> None:
        last = mention.days[-1]
        day = dates.of_weekday(number, modifier, self.today)
        day = day if day > last.first else day + timedelta(days=7)
        if self.link == "range":
            last.last = day
        else:
            mention.days.append(Days(day, relative=True))
        self._took(token, "days")

    def _check_days(self, mention: Mention, numbers: tuple[int, ...]) -> None:
        """The weekdays said against the days told: ``12月12日-13日（周六、周日）``."""
        last = mention.days[-1]
        told = [d.first for d in mention.days]
        if len(told) == 1 and last.last is not None:
            told = self._each_day(last, numbers)
        elif len(told) > 2 and len(numbers) == 2:
            told = [told[0], told[-1]]
        if len(numbers) == 1 and len(told) > 1 and self.link != "list":
            told = told[-1:]
        for day, number in zip(told, numbers, strict=False):
            self._check(mention, day, number)

    def _each_day(self, days: Days, numbers: tuple[int, ...]) -> list[date]:
        """The days of a range that the weekdays are said of: its ends for two, else one after the other."""
        assert days.last is not None
        length = (days.last - days.first).days + 1
        if len(numbers) in {length, 7}:
            return [days.first + timedelta(days=step) for step in range(min(length, 7))]
        return [days.first, days.last] if len(numbers) <= 2 else []

    def _on_weekend(self, token: Token, following: Token | None) -> None:
        if token.data == "每":
            self._weekly(token, (5, 6))
            return
        if self.current is not None and self._close(token) and self.item == "days":
            return
        saturday = dates.of_weekday(5, token.data or "本", self.today)
        mention = self._begin(token)
        mention.days.append(
            Days(saturday, saturday + timedelta(days=1), relative=True, guessed=not token.data, weak=not token.data)
        )
        self._took(token, "days")

    def _on_relative(self, token: Token, following: Token | None) -> None:
        offset, part = token.data
        day = self.today + timedelta(days=offset)
        self._add_day(token, day)
        mention = self.current
        assert mention is not None
        if offset < 0:
            mention.role = "past"
        if part is not None:
            mention.part = part
            self.part = Token(Kind.PART, token.start, token.end, part)

    def _on_next_day(self, token: Token, following: Token | None) -> None:
        if self.current is not None and self.current.days and self.link == "range":
            base = self.current.days[-1].last or self.current.days[-1].first
            self.end_day = base + timedelta(days=1)
            self.last = token

    def _on_same_day(self, token: Token, following: Token | None) -> None:
        if token.data is not None:
            self.part = Token(Kind.PART, token.start, token.end, token.data)

    def _on_now(self, token: Token, following: Token | None) -> None:
        mention = self._begin(token)
        mention.days.append(Days(self.today, relative=True, open_since_now=True))
        self._took(token, "days")

    def _on_span_days(self, token: Token, following: Token | None) -> None:
        mention = self.current
        before = self.text[max(0, token.start - 4) : token.end]
        if not re.search("连续|为期|历时", before) or not 1 < token.data <= 60:
            return
        if mention is None or not mention.days or token.start - mention.stop > 60:
            if self._alone(token):
                mention = self._begin(token)
                mention.days.append(
                    Days(self.today, self.today + timedelta(days=token.data - 1), relative=True, guessed=True)
                )
                self._took(token, "days")
            return
        if len(mention.days) == 1 and mention.days[0].last is None and not mention.hours:
            mention.days[0].last = mention.days[0].first + timedelta(days=token.data - 1)

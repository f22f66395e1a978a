"""Dates and days: the year left out, ranges and lists, a day told twice."""

from __future__ import annotations

import re
from datetime import date

from spiders.reasons import WEEKDAYS, Code, Reason
from spiders.text.when import dates
from spiders.text.when.mentions.state import LABEL_GAP, State
from spiders.text.when.model import Days, Mention
from spiders.text.when.scanner import scan
from spiders.text.when.tokens import Kind, Token

# "5.28-30长春": the later day of a range without its unit; not "1.5-2小时".
_BARE_LAST = re.compile(
    r"(?:[12]?\d|3[01])(?!\d|[.:%]|\s?(?:小时|分钟|公里|千米|人|元|万|倍|岁|次|天|年|个|米|折|km|h\b|kg|公斤|楼|层|室|栋))"
)
_SUPPORT_BEFORE = {Kind.WEEKDAY, Kind.RELATIVE, Kind.RANGE, Kind.LIST, Kind.DATE, Kind.WEEKEND, Kind.PART}
_SUPPORT_BEHIND = {Kind.WEEKDAY, Kind.PART, Kind.TIME, Kind.RELATIVE, Kind.SAME_DAY}
_DAY_SUPPORT_BEFORE = {
    Kind.WEEKDAY, Kind.MONTH, Kind.RELATIVE_MONTH, Kind.RANGE, Kind.RELATIVE, Kind.DATE, Kind.DAY,
}  # fmt: skip
_DAY_SUPPORT_BEHIND = {Kind.WEEKDAY, Kind.PART, Kind.TIME, Kind.RELATIVE}
_PRODUCT = re.compile(r"[A-Za-z][A-Za-z0-9+#.-]+\s?\Z")
_EVENT_WORD = re.compile(
    r"meet-?up|salon|day|conf|summit|camp|party|night|workshop|session|live|talk|forum|hackathon", re.IGNORECASE
)
_VERSION = re.compile(
    r"版本?\s?\0|[vV]\s?\0|评分|豆瓣|\0\s?(?:新?版|正式版|发布|更新|上线|分\b|release|beta|rc)", re.IGNORECASE
)


class DayRules(State):
    """Dates and days: the year left out, ranges and lists, a day told twice."""

    def _resolve(self, year: int | None, month: int, day: int, weekday: int | None = None) -> date | None:
        if year is not None:
            return dates.safe(year, month, day)
        if self.year is not None and abs(self.year - self.today.year) <= 1:
            found = dates.safe(self.year, month, day)
            if found is not None:
                return found
        return dates.with_year(month, day, self.today, weekday)

    def _on_year(self, token: Token, following: Token | None) -> None:
        # "2026年" directly before its month is that date's year; elsewhere it says nothing about later dates.
        self.year = token.data if following is not None and following.start - token.end <= 3 else None
        if self.year is not None and self.current is None:
            self.last = token

    def _on_month(self, token: Token, following: Token | None) -> None:
        year, month = token.data
        if year is None and self.month is not None and self.month[0] is not None:
            year = None
        self.month = (year, month)

    def _on_relative_month(self, token: Token, following: Token | None) -> None:
        index = self.today.year * 12 + self.today.month - 1 + token.data
        self.month = (index // 12, index % 12 + 1)
        self.last = token

    def _on_date(self, token: Token, following: Token | None) -> None:
        year, month, day, weak, *either = token.data
        weekday = self._weekday_beside(token, following)
        year = dates.full_year(year, self.today) if year is not None else None
        if weak and not self._supported(token, following):
            self._weak_alone(token)
            return
        guessed = False
        if any(either):
            month, day, guessed = self._ordered(year, month, day, weekday)
        if self._range_end(token, year, month, day):
            return
        found = self._resolve(year, month, day, weekday)
        self.year = None
        if found is None:
            self.impossible = token
            return
        self.month = (found.year, found.month)
        self._add_day(token, found, dated=True, guessed=guessed)

    def _ordered(self, year: int | None, month: int, day: int, weekday: int | None) -> tuple[int, int, bool]:
        """Month and day of ``5/12/2026`` or ``5/12``, and whether that is a guess: by weekday, text and zone."""
        if year is None and not self.latin:
            return month, day, False  # Chinese texts put the month first
        if weekday is not None:
            other = self._resolve(year, day, month, weekday)
            fits = other is not None and other.weekday() == weekday
            return (day, month, False) if fits else (month, day, False)
        told = self.slashes
        first = self.day_first and self.latin if told is None else told
        guessed = told is None and (year is not None or self.day_first)
        return (day, month, guessed) if first else (month, day, guessed)

    def _weekday_beside(self, token: Token, following: Token | None) -> int | None:
        """The one weekday that stands right behind the date, or right before it."""
        for near in (following, self.last):
            if near is None or near.kind != Kind.WEEKDAY or len(near.data[1]) != 1:
                continue
            gap = near.start - token.end if near.start >= token.end else token.start - near.end
            if 0 <= gap <= 3:
                return int(near.data[1][0])
        return None

    def _on_nth(self, token: Token, following: Token | None) -> None:
        month, which, weekday = token.data
        near = dates.with_year(month, 15, self.today)
        found = dates.nth_weekday(near.year, month, which, weekday) if near is not None else None
        if found is not None:
            self._add_day(token, found, dated=True)

    def _on_day(self, token: Token, following: Token | None) -> None:
        day, year = token.data
        if self._range_end(token, year, None, day):
            return
        mention = self.current
        if (
            mention
            and mention.days
            and self.item == "days"
            and self._close(token, 1)
            and self.link in {"list", "comma"}
        ):
            last = mention.days[-1].last or mention.days[-1].first
            found = dates.after(last, None, day)
            if found is not None:
                self._append_day(token, found, year)
            return
        in_month = self.month or (None, None)
        near = self.weekday is not None and self.weekday.data[0]  # "this Saturday (23rd)" says which week
        beside = None if near else self._weekday_beside(token, following)
        found = dates.with_month(day, self.today, *in_month, weekday=beside)
        if found is None:
            self.impossible = token if in_month[1] else None
            return
        supported = self._day_supported(token, following)
        self._add_day(token, found, dated=True, weak=not supported, guessed=self.month is None)

    def _append_day(self, token: Token, found: date, year: int | None) -> None:
        assert self.current is not None
        self.current.days.append(Days(found))
        if year:
            self._set_year(self.current, year)
        self._took(token, "days")

    def _set_year(self, mention: Mention, year: int) -> None:
        """``Nov 28-29, 2026``: the year behind the last day is that of all."""
        for days in mention.days:
            days.first = dates.safe(year, days.first.month, days.first.day) or days.first
            if days.last is not None:
                last = dates.safe(year, days.last.month, days.last.day) or days.last
                if last < days.first:
                    days.first = dates.safe(year - 1, days.first.month, days.first.day) or days.first
                days.last = last

    def _day_supported(self, token: Token, following: Token | None) -> bool:
        before = self.last is not None and self._close(token) and self.last.kind in _DAY_SUPPORT_BEFORE
        label = self._role_for(token) == "main" and self._labelled(token)
        behind = following is not None and self._joined(token, following) and following.kind in _DAY_SUPPORT_BEHIND
        ranged = following is not None and following.kind == Kind.RANGE and following.start - token.end <= 2
        whole = self._alone(token)
        return before or behind or ranged or whole or label

    def _supported(self, token: Token, following: Token | None) -> bool:
        """A number such as ``11.28`` is a day where a weekday, an hour, a label or another such day stands by it."""
        behind = following is not None and self._joined(token, following) and self._supports(token, following)
        before = self.last is not None and self.last.kind in _SUPPORT_BEFORE and self._close(token)
        before = before or (self.item == "hours" and self._is_of_that_day(token))
        return behind or (before and self.current is not None) or self._labelled(token) or self._alone(token)

    def _is_of_that_day(self, token: Token) -> bool:
        """``noon on 12/3``: right behind an hour."""
        slashed = self.current is not None and "/" in self.text[token.start : token.end]
        return slashed and self.text[: token.start].endswith(" on ") and self._close(token)

    def _supports(self, token: Token, following: Token) -> bool:
        if following.kind == Kind.RANGE:
            rest = next(iter(scan(self.text[following.end : following.end + 16])), None)
            dated = rest is not None and rest.kind in {Kind.DATE, Kind.DAY} and rest.start <= 2
            return dated or _BARE_LAST.match(self.text, following.end) is not None
        if following.kind == Kind.LIST:  # "12/13, 1-4 PM"
            rest = next(iter(scan(self.text[following.end : following.end + 16])), None)
            return "/" in self.text[token.start : token.end] and rest is not None and rest.kind == Kind.TIME
        if following.kind == Kind.ROLE:
            return following.data in {"deadline", "start", "skip"} and following.start - token.end <= 1
        return following.kind in _SUPPORT_BEHIND

    def _labelled(self, token: Token) -> bool:
        """Right behind a word such as 时间 and its colon."""
        role = self.role
        if role is None or token.start - role.end > 40:
            return False
        return LABEL_GAP.fullmatch(self.text[role.end : token.start]) is not None

    def _weak_alone(self, token: Token) -> None:
        product = _PRODUCT.search(self.text[max(0, token.start - 24) : token.start])
        if product is not None and not _EVENT_WORD.search(product[0]):
            return  # "MapGIS 10.5", "Flink 1.13"
        year, month, day, *_ = token.data
        if year is not None:
            return
        found = dates.with_year(month, day, self.today)
        if found is not None and not _VERSION.search(
            self.text[max(0, token.start - 6) : token.start] + "\0" + self.text[token.end : token.end + 8]
        ):
            mention = self._begin(token)
            mention.days.append(Days(found, weak=True, at=token.start))
            self.current = None

    def _range_end(self, token: Token, year: int | None, month: int | None, day: int) -> bool:
        """The later side of a range of days, or the day of a range's end moment."""
        mention = self.current
        if mention is None or self.link != "range" or not self._close(token, 1) or not mention.days:
            return False
        first = mention.days[-1].first
        if year is not None and month is None:
            last = dates.after(first, None, day)
        else:
            last = (
                dates.safe(year, month, day)
                if year is not None and month is not None
                else dates.after(first, month, day)
            )
        if last is None:
            return False
        if self.item == "hours":
            self.end_day = last
        elif last < first and month is not None:  # "30 Nov - 2 Dec 2026": the year belongs to both
            mention.days[-1].first = dates.safe(last.year, first.month, first.day) or first
            mention.days[-1].last = last
        else:
            mention.days[-1].last = last
            if year is not None and month is not None and first.year != year and not self._year_written(mention):
                back = dates.safe(year, first.month, first.day)
                mention.days[-1].first = back if back is not None and back <= last else first
            if year is not None and month is None:
                self._set_year(mention, year)
        self._took(token, self.item)
        if self.end_day is not None:
            self.link = "range"
        return True

    def _year_written(self, mention: Mention) -> bool:
        return bool(re.search(r"\d{4}", self.text[mention.start : mention.stop]))

    def _add_day(
        self, token: Token, found: date, *, dated: bool = False, weak: bool = False, guessed: bool = False
    ) -> None:
        mention = self.current
        days = Days(found, relative=not dated, weak=weak, guessed=guessed)
        if (
            mention is not None
            and mention.days
            and self.link == "range"
            and self._close(token, 1)
            and found >= mention.days[-1].first
        ):
            if self.item == "hours":
                self.end_day = found
            else:
                mention.days[-1].last = found
            self._took(token, self.item)
            self.link = "range" if self.end_day is not None else ""
            return
        if mention is not None and self._close(token, 1) and mention.role != "past" and not self._new_clause(mention):
            again = mention.days and mention.days[-1].relative and dated and self.link != "list"
            if (
                self.item == "days"
                and self.link in {"list", "comma"}
                and mention.days
                and not again
                and "\n" not in self._gap(token)
            ):
                mention.days.append(days)
                self._took(token, "days")
                return
            in_brackets = dated and len(mention.days) == 1 and self._gap(token).strip() == "("
            if (
                (self.item == "days" or (in_brackets and mention.days[0].relative))
                and mention.days
                and self.link in {"", "comma"}
                and self._same_day_again(mention, found, dated)
            ):
                self._took(token, self.item)
                return
            if mention.hours and not mention.days and mention.role != "end" and "\n" not in self._gap(token):
                mention.days.append(days)
                self._took(token, "days")
                return
            if mention.rule and not mention.days:
                mention.days.append(days)
                self._took(token, "days")
                return
        mention = self._begin(token)
        mention.days.append(days)
        self._took(token, "days")

    def _same_day_again(self, mention: Mention, found: date, dated: bool) -> bool:
        """A day told twice (``周六（11月9日）``, ``6月17日（明天）``): the date counts, the weekday checks it."""
        said = mention.days[-1]
        if said.last is not None or (not said.relative and dated and said.first != found):
            return False
        if said.relative and dated:
            if self.weekday is not None:
                self._check(mention, found, self.weekday.data[1][0])
            elif said.first != found:
                mention.conflicts.append(
                    Reason(Code.DAY_CONTRADICTS_DATE, said=said.first.isoformat(), date=found.isoformat())
                )
            mention.days[-1] = Days(found)
            self.weekday = None
            return True
        return True

    def _check(self, mention: Mention, day: date, weekday: int) -> None:
        if day.weekday() != weekday:
            told, said = Reason(WEEKDAYS[day.weekday()]), Reason(WEEKDAYS[weekday])
            mention.conflicts.append(Reason(Code.WEEKDAY_IS_ANOTHER, day=day.isoformat(), told=told, said=said))

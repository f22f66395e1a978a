"""Tokens to mentions: a fold with state. Dates gather hours, ranges carry over, words give roles."""

from __future__ import annotations

import re
from datetime import date, timedelta

from spiders.text.when import dates
from spiders.text.when.tokens import Token, scan
from spiders.text.when.values import Clock, Days, Hours, Mention

_LIGHT = re.compile(r"[\s,.:;()\[\]【】「」『』〔〕|·@/\-~<>《》\"“”'、。#&+_=!⏰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙📅📆🗓️⌚️⌛]+")
_LIGHT_WORDS = re.compile(
    r"(?:的|在|于|从|起|自|为|是|为期|共|和|暨|开始|即|也就是|就在|将于|定于|拟定于|约|大约|左右|准时|整|每场|各|农历|时间|活动|日期|"
    r"[两三四五\d]?场次?|各[一两]场|第[一二三四五六\d]+[场天日]|from|on|at|of|the|and|both|starting|between|sharp|time|day|全天)+",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[。;!?\n]|\.\s|[，,](?=.*[，,。])")
_SENTENCE_END = re.compile(r"[。!?\n]|\.\s")
_LABEL_GAP = re.compile(r"[\s:|/】\])*_-]*(?:[^\w\s][\s:]*){0,3}")
_VERSION = re.compile(r"版本?\s?\0|[vV]\s?\0|评分|豆瓣|\0\s?(?:新?版|正式版|发布|更新|上线|分\b|release|beta|rc)", re.IGNORECASE)
_OPENING_HOURS = re.compile(r"营业|门店|店址|自提|取票|办公|客服|咨询|节假日除外|开馆|闭馆|接待|上班|售票")
_CLOSED = re.compile(r"^[\s:]*(?:[)）]?\s*)?(?:闭馆|休息|除外|停|不开|闭店|休馆|店休|closed)")


def read_mentions(text: str, today: date) -> list[Mention]:
    """Every place in folded ``text`` that speaks of time, in order. ``today`` is the local day of publication."""
    return _Fold(text, today).run()


class _Fold:
    def __init__(self, text: str, today: date) -> None:
        self.text = text
        self.today = today
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
        self.fortnightly = False
        self.weekday: Token | None = None  # the weekday the last days came from

    def run(self) -> list[Mention]:
        tokens = list(scan(self.text))
        for index, token in enumerate(tokens):
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            handler = getattr(self, "_on_" + token.kind.replace("-", "_"), None)
            if handler is not None:
                handler(token, following)
        return self.mentions

    # -- nearness ------------------------------------------------------------------------------------------------

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

    # -- roles ---------------------------------------------------------------------------------------------------

    def _role_for(self, token: Token) -> str:
        role = self.role
        if role is None:
            return "main"
        gap = self.text[role.end : token.start]
        label = bool(_LABEL_GAP.fullmatch(gap))
        self_limits = {"check-in": 10, "start": 10, "end": 10, "past": 14, "main": 60, "deadline": 22}
        clear = not _CLAUSE_END.search(gap) and len(gap) <= self_limits[role.data]
        return str(role.data) if label or clear else "main"

    def _on_role(self, token: Token, following: Token | None) -> None:
        behind = self.text[token.end : token.end + 3].lstrip(" ")
        is_label = (behind[:1] in {":", "|", "/"} and token.data != "deadline") or "时间" in self.text[
            token.start : token.end
        ]
        adjacent = self.current is not None and self.last is not None and self._touching(token)
        if adjacent and not is_label and token.data in {"check-in", "start"} and self.item == "days":
            self.last = token  # "12月5日集合-12月8日": the range goes on behind the word
        if adjacent and not is_label and token.data != "main" and self._give_back(token):
            self.role = token if token.data in {"end"} and self.link else None
            return
        self.role = token
        if token.data in {"main", "deadline"}:
            self.part = None

    def _touching(self, token: Token) -> bool:
        assert self.current is not None
        gap = self.text[self.current.stop : token.start]
        return (
            len(gap) <= 8
            and not re.sub(r"[ )\]】左右正式准时正点整起即可,\-]", "", gap)
            and gap.count(",") + gap.count("-") < 2
        )

    def _give_back(self, token: Token) -> bool:
        """A role word right behind a time is about that time (``19:00签到``)."""
        mention = self.current
        assert mention is not None
        gap = self.text[mention.stop : token.start]
        if "," in gap or "-" in gap:
            return False
        if token.data == "deadline":
            if not (mention.role == "main" and len(mention.hours) > 1):
                mention.role = "deadline"
            return True
        if self.item == "hours" and mention.hours:
            if mention.hours[-1].role == "main":
                mention.hours[-1].role = token.data
            return True
        if token.data in {"end"} and mention.role == "main":
            mention.role = "end"
        return token.data == "end"

    # -- mentions ------------------------------------------------------------------------------------------------

    def _new_clause(self, mention: Mention) -> bool:
        """Behind a comma a date no longer belongs to a deadline ("早鸟截止11月30日，活动12月12日")."""
        return mention.role in {"deadline", "end"} and self.link == "comma"

    def _begin(self, token: Token) -> Mention:
        mention = Mention(token.start, token.end)
        mention.role = self._role_for(token)  # type: ignore[assignment]
        if self.role is not None and mention.role == self.role.data and mention.role == "main":
            mention.label = self.text[self.role.start : self.role.end]
        elif mention.role != "main":
            self.role = None  # a word speaks for one time only
        if self.zone_ahead is not None and token.start - self.zone_ahead.end <= 4:
            mention.zone = self.zone_ahead.data
        self.mentions.append(mention)
        self.current = mention
        self.end_day = None
        self.weekday = None
        return mention

    def _took(self, token: Token, item: str) -> None:
        assert self.current is not None
        self.current.stop = max(self.current.stop, token.end)
        self.last, self.item, self.link = token, item, ""

    def _resolve(self, year: int | None, month: int, day: int, weekday: int | None = None) -> date | None:
        if year is not None:
            return dates.safe(year, month, day)
        if self.year is not None and abs(self.year - self.today.year) <= 1:
            found = dates.safe(self.year, month, day)
            if found is not None:
                return found
        return dates.with_year(month, day, self.today, weekday)

    # -- dates ---------------------------------------------------------------------------------------------------

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
        year, month, day, weak = token.data
        weekday = (
            following.data[1][0]
            if following
            and following.kind == "weekday"
            and following.start - token.end <= 3
            and len(following.data[1]) == 1
            else None
        )
        if weak and not self._supported(token, following):
            self._weak_alone(token)
            return
        if self._range_end(token, year, month, day):
            return
        found = self._resolve(year, month, day, weekday)
        self.year = None
        if found is not None:
            self.month = (found.year, found.month)
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
        found = dates.with_month(day, self.today, *in_month) if in_month[1] else dates.with_month(day, self.today)
        if found is None:
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
        before = (
            self.last is not None
            and self._close(token)
            and self.last.kind in {"weekday", "month", "relative-month", "range", "relative", "date", "day"}
        )
        label = (
            self.role is not None
            and self._role_for(token) == "main"
            and bool(_LABEL_GAP.fullmatch(self.text[self.role.end : token.start]))
        )
        behind = (
            following is not None
            and self._joined(token, following)
            and following.kind in {"weekday", "part", "time", "relative"}
        )
        ranged = following is not None and following.kind == "range" and following.start - token.end <= 2
        whole = len(self.text.strip()) <= token.end - token.start + 2
        return before or behind or ranged or whole or label

    def _joined(self, token: Token, following: Token) -> bool:
        gap = self.text[token.end : following.start]
        return len(gap) <= 6 and "\n" not in gap and not _LIGHT_WORDS.sub("", _LIGHT.sub("", gap))

    def _supported(self, token: Token, following: Token | None) -> bool:
        """A number such as ``11.28`` is a day where a weekday, an hour, a label or another such day stands by it."""
        if following is not None and self._joined(token, following):
            if following.kind in {"weekday", "part", "time", "relative", "same-day"}:
                return True
            if following.kind == "range":
                rest = next(iter(scan(self.text[following.end : following.end + 16])), None)
                return rest is not None and rest.kind in {"date", "day"} and rest.start <= 2
            if (
                following.kind == "role"
                and following.data in {"deadline", "start"}
                and following.start - token.end <= 1
            ):
                return True
        if (
            self.last is not None
            and self._close(token)
            and self.last.kind in {"weekday", "relative", "range", "list", "date", "weekend", "part"}
            and self.current is not None
        ):
            return True
        if self.role is not None and _LABEL_GAP.fullmatch(self.text[self.role.end : token.start]):
            return True
        return len(self.text.strip()) <= token.end - token.start + 4

    def _weak_alone(self, token: Token) -> None:
        _, month, day, _ = token.data
        found = dates.with_year(month, day, self.today)
        if found is not None and not _VERSION.search(self.text[max(0, token.start - 6) : token.start] + "\0" + self.text[token.end : token.end + 8]):
            mention = self._begin(token)
            mention.days.append(Days(found, weak=True))
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
            if (
                self.item == "days"
                and mention.days
                and self.link in {"", "comma"}
                and self._same_day_again(mention, found, dated)
            ):
                self._took(token, "days")
                return
            if mention.hours and not mention.days and "\n" not in self._gap(token):
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
                    f"the day said contradicts the date: {said.first.isoformat()}, {found.isoformat()}"
                )
            mention.days[-1] = Days(found)
            self.weekday = None
            return True
        return True

    def _check(self, mention: Mention, day: date, weekday: int) -> None:
        if day.weekday() != weekday:
            mention.conflicts.append(
                f"weekday contradicts date: {day.isoformat()} is {_name(day.weekday())}, not {_name(weekday)}"
            )

    # -- weekdays, relative days ---------------------------------------------------------------------------------

    def _on_weekday(self, token: Token, following: Token | None) -> None:
        modifier, numbers, is_range = token.data
        if _CLOSED.match(self.text[token.end : token.end + 8]):
            self.link = ""
            return
        mention = self.current
        joined = mention is not None and self._close(token, 0)
        if (
            modifier == "每"
            or self.fortnightly
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
                )
            )
        self.weekday = token
        if modifier == "上":
            mention.role = "past"
        self._took(token, "days")

    def _weekday_on(self, mention: Mention, token: Token, numbers: tuple[int, ...], modifier: str) -> bool:
        """A weekday next to a day checks it; next to another weekday it makes a list or a range."""
        if not mention.days:
            if mention.hours and len(numbers) == 1:
                mention.days.append(
                    Days(dates.of_weekday(numbers[0], modifier, self.today), relative=True, guessed=not modifier)
                )
                self._took(token, "days")
                return True
            return False
        last = mention.days[-1]
        if self.item == "hours" and self.link == "range":
            day = dates.of_weekday(numbers[0], modifier, last.first)
            self.end_day = day if day >= last.first else day + timedelta(days=7)
            self._took(token, "hours")
            self.link = "range"
            return True
        if self.item == "hours":
            return last.first.weekday() == numbers[0] and not modifier
        if last.relative and self.link and self.weekday is not None:
            day = dates.of_weekday(numbers[0], modifier or self.weekday.data[0], self.today)
            day = day if day > last.first else day + timedelta(days=7)
            if self.link == "range":
                last.last = day
            else:
                mention.days.append(Days(day, relative=True))
            self._took(token, "days")
            return True
        told = (
            [d.first for d in mention.days]
            if len(mention.days) > 1
            else [last.first, *([last.last] if last.last else [])]
        )
        if self.link == "range" and len(numbers) == 1 and not last.relative:
            return True
        if self.link == "list" and last.relative and self.weekday is None:
            return False
        if len(numbers) == 1 and len(told) > 1 and self.link != "list":
            told = told[-1:]
        for day, number in zip(told, numbers, strict=False):
            self._check(mention, day, number)
        self._took(token, "days")
        return True

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
            self.part = Token("part", token.start, token.end, part)

    def _on_next_day(self, token: Token, following: Token | None) -> None:
        if self.current is not None and self.current.days and self.link == "range":
            base = self.current.days[-1].last or self.current.days[-1].first
            self.end_day = base + timedelta(days=1)
            self.last = token

    def _on_same_day(self, token: Token, following: Token | None) -> None:
        if token.data is not None:
            self.part = Token("part", token.start, token.end, token.data)

    def _on_now(self, token: Token, following: Token | None) -> None:
        mention = self._begin(token)
        mention.days.append(Days(self.today, relative=True))
        self._took(token, "days")

    def _on_span_days(self, token: Token, following: Token | None) -> None:
        mention = self.current
        before = self.text[max(0, token.start - 4) : token.end]
        if not re.search("连续|为期|历时", before) or not 1 < token.data <= 60:
            return
        if mention is None or not mention.days or token.start - mention.stop > 60:
            if len(self.text.strip()) <= token.end - token.start + 3:
                mention = self._begin(token)
                mention.days.append(
                    Days(self.today, self.today + timedelta(days=token.data - 1), relative=True, guessed=True)
                )
                self._took(token, "days")
            return
        if len(mention.days) == 1 and mention.days[0].last is None and not mention.hours:
            mention.days[0].last = mention.days[0].first + timedelta(days=token.data - 1)

    # -- rules of repetition -------------------------------------------------------------------------------------

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
        mention.rule = f"FREQ=WEEKLY;{'INTERVAL=2;' if self.fortnightly else ''}BYDAY={codes}"
        self.fortnightly = False
        self._took(token, "days")

    def _on_every(self, token: Token, following: Token | None) -> None:
        name, part = token.data
        if part is not None:
            self.part = Token("part", token.start, token.end, part)
        mention = self.current
        joined = mention is not None and self._close(token, 1)
        if name == "DAILY":
            supported = part or (
                following is not None and following.kind in {"time", "part"} and self._joined(token, following)
            )
            if not supported and not joined:
                return
            if joined and mention is not None and mention.days:
                self._took(token, "days")  # the hours that follow hold for each of the days
                return
        elif name in {"WEEKLY", "FORTNIGHTLY"}:
            self.fortnightly = name == "FORTNIGHTLY"
            return
        if not joined or mention is None:
            mention = self._begin(token)
        mention.rule = "FREQ=DAILY" if name == "DAILY" else "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
        self._took(token, "days")

    def _on_monthly(self, token: Token, following: Token | None) -> None:
        which, weekdays = token.data
        mention = self._begin(token)
        if weekdays:
            mention.rule = f"FREQ=MONTHLY;BYDAY={which}{dates.WEEKDAY_CODES[weekdays[0]]}"
        self._took(token, "days")

    def _on_month_days(self, token: Token, following: Token | None) -> None:
        mention = self._begin(token)
        mention.rule = "FREQ=MONTHLY;BYMONTHDAY=" + ",".join(str(d) for d in token.data)
        self._took(token, "days")

    def _on_fortnightly(self, token: Token, following: Token | None) -> None:
        mention = self._begin(token)
        mention.rule = f"FREQ=WEEKLY;INTERVAL=2;BYDAY={dates.WEEKDAY_CODES[token.data]}"
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
            if self.current.rule and not self.current.days and following is not None and following.kind == "date":
                self.current.days.append(Days(self.today, relative=True))
            self.link = "range"
            self.item = "days" if self.current.rule else self.item
            self.last = token

    # -- hours ---------------------------------------------------------------------------------------------------

    def _on_part(self, token: Token, following: Token | None) -> None:
        self.part = token
        mention = self.current
        if mention is not None and self._close(token, 1) and self.item == "days":
            mention.part = token.data
            mention.stop = token.end
            self.last = token
        elif mention is not None and self._close(token, 1):
            self.last = token
        elif following is None or following.kind != "time" or following.start - token.end > 3:
            self.part = None

    def _on_time(self, token: Token, following: Token | None) -> None:
        clock: Clock = token.data
        if self.part is not None and token.start - self.part.end <= 6 and clock.half is None:
            clock.part = self.part.data
        self.part = None
        mention = self.current
        if (
            mention is not None
            and self.link == "range"
            and self.item == "hours"
            and self._close(token, 1)
            and mention.hours[-1].last is None
        ):
            self._end_hour(mention, token, clock)
            return
        role = self._role_for(token)
        hours = Hours(clock, role=role, start=token.start, stop=token.end)  # type: ignore[arg-type]
        if mention is None or not self._belongs(mention, token):
            mention = self._begin(token)
            hours.role = "main" if mention.role == role else hours.role
        else:
            hours.role = self._role_within(mention, token, role)  # type: ignore[assignment]
            hours.list_of_starts = self.link == "list" and self.item == "hours"
        mention.hours.append(hours)
        self._took(token, "hours")

    def _role_within(self, mention: Mention, token: Token, role: str) -> str:
        """Inside a mention only a role word that stands behind its start counts for one of its hours."""
        if self.role is None or self.role.start < mention.start:
            return "main"
        if role == "deadline":
            return "side"
        return role

    def _belongs(self, mention: Mention, token: Token) -> bool:
        new_label = self.role is not None and self.role.start >= mention.stop and self.role.data == "deadline"
        if new_label or (mention.role == "past" and not self._close(token)):
            return False
        if self._close(token, 2 if mention.hours or mention.days else 0):
            return not (mention.role == "deadline" and "\n" in self._gap(token))
        wanted = (
            bool(mention.days or mention.rule)
            and self.item == "days"
            and mention.days[-1:] != []
            and not mention.days[-1].weak
        )
        if not mention.hours:
            return (wanted or bool(mention.rule)) and self._near(token) and mention.role == "main"
        return self._near(token) and len(self._gap(token)) <= 12 and mention.role == "main" and bool(mention.days)

    def _end_hour(self, mention: Mention, token: Token, clock: Clock) -> None:
        hours = mention.hours[-1]
        hours.last, hours.stop = clock, token.end
        if self.end_day is not None and mention.days:
            base = mention.days[-1].last or mention.days[-1].first
            hours.next_day = max(0, (self.end_day - base).days)
            self.end_day = None
        self._took(token, "hours")

    def _on_duration(self, token: Token, following: Token | None) -> None:
        mention = self.current
        if (
            mention is None
            or not mention.hours
            or mention.hours[-1].last is not None
            or token.start - mention.stop > 24
        ):
            return
        before = self.text[mention.stop : token.start]
        if (
            re.search(r"时长|历时|共|为时|持续|duration|for\b|\($", before, re.IGNORECASE)
            and "\n\n" not in before
            and not re.search("前|提前|后|每", before)
        ):
            mention.minutes = token.data

    def _on_zone(self, token: Token, following: Token | None) -> None:
        if self.current is not None and self.last is not None and token.start - self.last.end <= 12:
            self.current.zone = token.data
            self.current.stop = max(self.current.stop, token.end)
        elif following is not None and following.start - token.end <= 4:
            self.zone_ahead = token
            self.last = None

    def _on_range(self, token: Token, following: Token | None) -> None:
        if self.current is not None and self._close(token, 1):
            self.link = "range"
            self.last = token

    def _on_list(self, token: Token, following: Token | None) -> None:
        if self.current is not None and self.last is not None and self._close(token, 0) and self.link != "range":
            self.link = "list" if self.link == "list" or self.text[token.start] != "," else "comma"
            self.last = token

    def _on_noise(self, token: Token, following: Token | None) -> None:
        self.link = ""
        self.part = None


def _name(weekday: int) -> str:
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]

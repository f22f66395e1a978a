"""Clocks and parts of the day: which day they belong to, starts and ends, lengths and zones."""

from __future__ import annotations

import re

from spiders.reasons import Code, Reason
from spiders.text.when.hours import is_bare, minutes
from spiders.text.when.mentions.state import State
from spiders.text.when.model import Clock, Hours, Mention, Role
from spiders.text.when.tokens import Kind, Token

_MAY_BE_ZONED = {Kind.TIME, Kind.PART, Kind.NEXT_DAY, Kind.DATE, Kind.WEEKDAY, Kind.RELATIVE}
_LASTS = re.compile(r"时长|历时|共|为时|持续|duration|length|lasts?\b|for\b|\($", re.IGNORECASE)
_ABOUT = re.compile(r"约|大概|about\b|around\b|approx|roughly", re.IGNORECASE)
_AN_HOUR = 60  # minutes
_BY_ITSELF = re.compile(r"[\s,、/|·(]*")
_HOURS_IN_CHINESE = re.compile(r"小时|钟头")
_ENDS = re.compile(r"\s*(?:[,。;)\n]|$)")
_SHORTEST = 30  # minutes: what "about" so long is said of is rarely an event
_ON_THE_WAY = re.compile(r"步行|车程|路程|驾车|walk|drive|ride", re.IGNORECASE)
_OF_SOMETHING_ELSE = re.compile(
    r"\W{0,2}(?:车程|步行|路程|前|后|内|walk|drive|ride|from|away|by\b|on\sfoot|before|early|earlier|after|later|ago)",
    re.IGNORECASE,
)
_EVENING = 17 * 60  # minutes of the day from which on it is evening


class HourRules(State):
    """Clocks and parts of the day: which day they belong to, starts and ends, lengths and zones."""

    def _on_part(self, token: Token, following: Token | None) -> None:
        mention = self.current
        alone = following is None or following.kind != Kind.TIME or following.start - token.end > 3
        if mention is not None and alone and token.data == "noon" and self._awaits_end(mention, token):
            self._end_hour(mention, token, Clock(12, padded=True))  # "下午1时至3月16日（中午）"
            return
        self.part = token
        if mention is not None and self._close(token, 1) and self.item == "days":
            mention.part = token.data
            mention.stop = token.end
            self.last = token
        elif mention is not None and self._close(token, 1):
            self.last = token
        elif alone:
            self.part = None

    def _on_time(self, token: Token, following: Token | None) -> None:
        clock: Clock = token.data
        if self.part is not None and token.start - self.part.end <= 6 and clock.half is None:
            clock.part = self.part.data
        self.part = None
        mention = self.current
        if mention is not None and self._awaits_end(mention, token):
            self._end_hour(mention, token, clock)
            return
        if mention is not None and self._is_until(mention, token):
            if mention.hours:  # "开放时间: 9:00-17:00(11日至15:00)": the last day closes earlier
                mention.days.pop()
                self._took(token, "hours")
                return
            mention.role = "end"
        role = self._role_for(token)
        hours = Hours(clock, role=role, start=token.start, stop=token.end)
        if mention is None or not self._belongs(mention, token):
            mention = self._begin(token)
            hours.role = "main" if mention.role == role else hours.role
        else:
            hours.role = self._role_within(mention, token, role)
            self._same_evening(mention, clock)
        mention.hours.append(hours)
        if self.zone_ahead is not None and 0 <= token.start - self.zone_ahead.end <= 8:
            hours.zone, self.zone_ahead = self.zone_ahead.data, None
            mention.zone = mention.zone or hours.zone
        if clock.rough:
            mention.conflicts.append(Reason(Code.HOUR_IS_ROUGH, words=self.text[token.start : token.end]))
        self._took(token, "hours")

    def _awaits_end(self, mention: Mention, token: Token) -> bool:
        waits = self.link == "range" and self.item == "hours" and self._close(token, 1)
        return waits and mention.hours[-1].last is None

    def _same_evening(self, mention: Mention, clock: Clock) -> None:
        """``7pm doors, 7.30 talks``: an hour of no half, behind one of an evening, is of that evening."""
        if not mention.hours or mention.hours[-1].last is not None or not is_bare(clock):
            return
        before = minutes(mention.hours[-1].first)
        later = (clock.hour % 12 + 12) * 60 + clock.minute
        if before >= _EVENING and clock.hour >= 5 and later >= before:
            clock.part = "evening"

    def _is_until(self, mention: Mention, token: Token) -> bool:
        """A day and then only the hour it lasts to, behind a mention that tells hours of its own."""
        earlier = self.mentions[-2] if len(self.mentions) > 1 else None
        told = bool(mention.hours) or (
            earlier is not None and bool(earlier.hours) and mention.start - earlier.stop <= 4
        )
        last_is_day = bool(mention.days) and self.item == "days"
        return told and last_is_day and self.text[mention.stop : token.start].strip() in {"至", "到"}

    def _role_within(self, mention: Mention, token: Token, role: Role) -> Role:
        """Inside a mention only a role word that stands behind its start counts for one of its hours."""
        if self.role is None or self.role.start < mention.start:
            return "main"
        if role == "deadline":
            return "side"
        return role

    def _belongs(self, mention: Mention, token: Token) -> bool:
        new_label = self.role is not None and self.role.start >= mention.stop and self.role.data == "deadline"
        if new_label or mention.role == "skip" or (mention.role == "past" and not self._close(token)):
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
        told = bool(mention.days or mention.rule)
        return told and self._near(token) and len(self._gap(token)) <= 12 and mention.role == "main"

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
        before, behind = self.text[mention.stop : token.start], self.text[token.end : token.end + 16]
        if _ON_THE_WAY.search(before) or _OF_SOMETHING_ELSE.match(behind):
            return
        about = token.data >= _SHORTEST and _ABOUT.search(before)
        if not (_LASTS.search(before) or about or self._stands_alone(token, before, behind)):
            return
        if "\n\n" not in before and not re.search("前|提前|后|每", before):
            mention.minutes = token.data

    def _stands_alone(self, token: Token, before: str, behind: str) -> bool:
        """``14:00，3小时``: hours in Chinese as an item of their own, right behind the start."""
        chinese = _HOURS_IN_CHINESE.search(self.text, token.start, token.end) is not None and token.data >= _AN_HOUR
        return chinese and _BY_ITSELF.fullmatch(before) is not None and _ENDS.match(behind) is not None

    def _on_zone(self, token: Token, following: Token | None) -> None:
        mention = self.current
        near = mention is not None and self.last is not None and token.start - self.last.end <= 12
        if mention is not None and near and self._is_ahead(token, following):
            self.zone_ahead = self.last = token
        elif mention is not None and near:
            if self.item == "hours" and mention.hours:
                mention.hours[-1].zone = mention.hours[-1].zone or token.data
            mention.zone = mention.zone or token.data
            mention.stop = max(mention.stop, token.end)
        elif following is not None and following.start - token.end <= 4:
            self.zone_ahead = token
            self.last = None

    def _is_ahead(self, token: Token, following: Token | None) -> bool:
        """``北京时间19:30，伦敦时间11:30``: a name right before an hour is its own, unless it ends the one before."""
        if following is None or following.kind not in _MAY_BE_ZONED or following.start - token.end > 2:
            return False
        between = self.text[self.mentions[-1].stop : token.start]
        return self.item == "days" or re.search("[,;/(\n]", between) is not None

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

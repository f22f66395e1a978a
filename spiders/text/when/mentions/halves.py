"""Ranges of hours whose half of the day is not said: what their line and the heading call the time tells it."""

from __future__ import annotations

import re

from spiders.reasons import Code, Reason
from spiders.text.when.hours import is_bare
from spiders.text.when.model import Hours, Mention

_EVENING = re.compile(r"晚|夜|evening|night", re.IGNORECASE)
_MORNING = re.compile(r"早|晨|上午|morning|breakfast|sunrise", re.IGNORECASE)
_BESIDE = 100  # characters of a line that count, before and behind
_HALF_A_DAY = 12
_EARLIEST, _LATEST, _UNCLEAR = 5, 11, 7  # hours: a range from 5 to 7 o'clock that ends by 11 fits both halves


def settle_halves(mentions: list[Mention], text: str) -> None:
    """Gives hours such as ``6:30 - 9:00`` the half that is spoken of around them; doubts those at 7 without one.

    No doubt is where the text counts the hours to 24.
    """
    full = any(clock.hour > _HALF_A_DAY for m in mentions for h in m.hours for clock in (h.first, h.last) if clock)
    for mention in mentions:
        for hours in mention.hours:
            if mention.part is None and _fits_both(hours):
                _settle(mention, hours, text, full=full)


def _fits_both(hours: Hours) -> bool:
    first, last = hours.first, hours.last
    if last is None or first.guessed or not is_bare(first) or not is_bare(last):
        return False
    return _EARLIEST <= first.hour <= _UNCLEAR and first.hour <= last.hour <= _LATEST


def _settle(mention: Mention, hours: Hours, text: str, *, full: bool) -> None:
    around = text.partition("\n")[0][:120] + "\n" + _line(text, hours.start)
    evening, morning = _EVENING.search(around), _MORNING.search(around)
    if evening and not morning:
        hours.first.part, hours.first.guessed = "evening", True
    elif morning and not evening:
        hours.first.half = "am"
    elif hours.first.hour == _UNCLEAR and not full:  # a text that counts to 24 means the morning
        words = text[hours.start : hours.stop]
        mention.conflicts.append(Reason(Code.HALF_OF_DAY_UNSAID, words=words))


def _line(text: str, at: int) -> str:
    begin = text.rfind("\n", max(0, at - _BESIDE), at) + 1 or max(0, at - _BESIDE)
    return text[begin : at + _BESIDE].split("\n", 1)[0]

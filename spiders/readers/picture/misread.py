"""Letters that were read where only a digit makes sense: ``OS:3O PM`` is 05:30 PM. What is mended is always doubted."""

from __future__ import annotations

import re

_DIGITS = {"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "i": "1", "|": "1", "Z": "2", "z": "2",
           "S": "5", "s": "5", "G": "6", "b": "6", "B": "8", "g": "9", "q": "9"}  # fmt: skip
_ALIKE = "".join(re.escape(sign) for sign in _DIGITS)
_NUMBER = rf"[\d{_ALIKE}]"
_COLON = ":：;；∵∶"
# A clock: its two numbers, of which at least one sign is a digit or am/pm stands behind them.
_CLOCK = re.compile(
    rf"(?<![^\W_])(?P<hour>{_NUMBER}{{1,2}})(?P<colon>[{_COLON}])(?P<minute>{_NUMBER}{{2}})(?![^\W_apAP])(?P<half>\s?[apAP]\.?[mM])?"
)
_DOTTED = re.compile(rf"(?<![^\W_])(?P<hour>{_NUMBER}{{1,2}})\.(?P<minute>{_NUMBER}{{2}})\s?(?P<half>[apAP]\.?[mM])\b")
# An hour and its half, where nothing but other times stands on the line ("BPM" is a word of music).
_HALF = re.compile(rf"(?<![^\W_])(?<!\d\s)(?P<hour>\d?{_NUMBER})\s?(?P<half>[pP]\.?[mM])(?![^\W_])")
_REST = re.compile(
    r"\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m)?|\b(?:till?|until|to|late|from|at|onwards?)\b|"
    r"\b(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|[^\w]",
    re.IGNORECASE,
)
_YEAR = re.compile(rf"(?<![^\W_])2{_NUMBER}[\d{_ALIKE}]{{2}}(?=\s?[年./-]\s?\d)")
_DAY = re.compile(
    rf"(?P<word>\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s)(?P<day>{_NUMBER}{{1,2}})\b",
    re.IGNORECASE,
)


def repaired(text: str) -> tuple[str, frozenset[int]]:
    """The text with digits for the letters that stand in times, and at which places: its length stays.

    Only what is a real time afterwards is mended; what has no letter in it stays as it is.
    """
    signs = list(text)
    for pattern in (_CLOCK, _DOTTED):
        for match in pattern.finditer(text):
            _mend_clock(signs, match)
    for match in _HALF.finditer(text):
        if not re.search(r"[^\W\d_]", _REST.sub("", text[: match.start()] + text[match.end() :])):
            _mend(signs, match.span("hour"), 12)
    for match in (*_YEAR.finditer(text), *_DAY.finditer(text)):
        span = match.span("day") if "day" in match.groupdict() else match.span()
        if re.search(r"\d", text[slice(*span)]):
            _mend(signs, span, 31 if span[1] - span[0] <= 2 else 2199)
    return "".join(signs), frozenset(at for at, sign in enumerate(signs) if sign != text[at])


def _mend_clock(signs: list[str], match: re.Match[str]) -> None:
    """Both numbers of a clock, where it is one: a digit is in it, or am or pm behind it."""
    if not re.search(r"\d", match[0]) and not match["half"]:
        return
    digits = sum(sign.isdigit() for sign in match["hour"] + match["minute"])
    if not match["half"] and (digits < 2 or (len(match["hour"]) == 1 and not match["hour"].isdigit())):
        return
    before = signs[match.start() : match.end()]
    if not (_mend(signs, match.span("hour"), 24) and _mend(signs, match.span("minute"), 59)):
        signs[match.start() : match.end()] = before
    elif "colon" in match.groupdict() and match["colon"] not in ":：∶":
        signs[match.start("colon")] = ":"


def _mend(signs: list[str], span: tuple[int, int], most: int) -> bool:
    """The number at ``span`` in digits, where that is at most ``most``; False where it is no such number."""
    number = "".join(_DIGITS.get(sign, sign) for sign in signs[slice(*span)])
    if not number.isdecimal() or int(number) > most:
        return False
    signs[slice(*span)] = number
    return True

"""Chinese numerals as announcements write them: small numbers, and years digit by digit."""

from __future__ import annotations

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0, "O": 0}


def number(text: str) -> int | None:
    """``"十一"`` -> 11, ``"二十八"`` -> 28, ``"12"`` -> 12; None where it is no number below a hundred."""
    if text.isdecimal():
        return int(text)
    if "十" not in text:
        return digits(text) if len(text) == 1 else None
    tens, _, ones = text.partition("十")
    if any(part not in DIGITS for part in (tens, ones) if part):
        return None
    return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)


def digits(text: str) -> int | None:
    """``"二〇二六"`` -> 2026; None where a character is no digit."""
    if not text or any(c not in DIGITS for c in text):
        return None
    return int("".join(str(DIGITS[c]) for c in text))


def hundreds(text: str) -> int:
    """``"一百二十三"`` -> 123: a number below a thousand, of characters that are known to be numerals."""
    total, current = 0, 0
    for sign in text:
        if sign in DIGITS:
            current = DIGITS[sign]
        elif sign == "十":
            total, current = total + (current or 1) * 10, 0
        elif sign == "百":
            total, current = total + (current or 1) * 100, 0
    return total + current

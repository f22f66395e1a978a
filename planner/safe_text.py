"""Text from the web made harmless for people and programs: no control signs, no odd links, no private data."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# C0 but tab and newline, DEL and C1, line and paragraph separators, bidi controls, byte order marks, lone surrogates,
# and the two non-characters that XML 1.0 forbids (one of them in a title makes a whole feed unreadable).
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"[ \t]+")
_MANY_LINES = re.compile(r"\n\s*\n\s*\n+")
MOST_OF_A_LINE = 300

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,24}){1,4}")
_PHONE = re.compile(
    r"(?<![\w./-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<![\w./-])0\d{2,3}[- ]?\d{7,8}(?!\d)"
    r"|(?<![\w./-])\+?\(?\d{1,3}\)?[-. ]\(?\d{3}\)?[-. ]\d{3,4}[-. ]?\d{3,4}(?!\d)"
    r"|(?<![\w./-])\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)"
)
_CHAT_NAMES = r"(?:微信|微 信|薇信|v信|vx|wechat|weixin|qq群?|telegram|whatsapp|line id)"
# After a sign that an id follows (加, 号, a colon) any word is one; else only what looks like no word of a language:
# a title may well speak of WeChat developers.
_CHAT = re.compile(
    rf"((?:加|add(?: my)?)\s*{_CHAT_NAMES}\s*(?:id|号)?\s*[:：]?\s*|{_CHAT_NAMES}\s*(?:id|号|[:：])\s*[:：]?\s*"
    rf"|{_CHAT_NAMES}\s*(?=[a-z_-]*[0-9_]))[a-z0-9_-]{{5,24}}",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Several lines of text without control signs; at most one empty line in a row."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _MANY_LINES.sub("\n\n", _CONTROLS.sub("", unified)).strip()


def one_line(text: str, most: int = MOST_OF_A_LINE) -> str:
    """One line of text, shortened with an ellipsis where it is longer than ``most`` characters."""
    flat = _SPACES.sub(" ", plain(text).replace("\n", " ")).strip()
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


def web_link(address: str | None) -> str | None:
    """An http or https address without control signs or spaces, else None."""
    if not address or _CONTROLS.search(address) or any(sign.isspace() for sign in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(sign in address for sign in "<>\"'`\\"):
        return None
    return address


def excerpt(text: str, most: int = 200) -> str:
    """What may be public of a description: the beginning, without phone numbers, mail addresses and chat ids."""
    return one_line(without_private_data(plain(text)[: most * 5]), most)


def without_private_data(text: str) -> str:
    """``text`` without phone numbers, mail addresses and chat ids; an ellipsis stands for each."""
    for pattern, replacement in ((_MAIL, "…"), (_PHONE, "…"), (_CHAT, r"\1…")):
        text = pattern.sub(replacement, text)
    return text

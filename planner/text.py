"""Text from the web made harmless for people and programs: no control signs, no odd links."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

# C0 but tab and newline, DEL and C1, line and paragraph separators, bidi controls, byte order marks, lone surrogates,
# and the two non-characters that XML 1.0 forbids (one of them in a title makes a whole feed unreadable).
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"[ \t]+")
_MANY_LINES = re.compile(r"\n\s*\n\s*\n+")
MAX_LINE = 300


def casefold(text: str) -> str:
    """Full-width and case differences away, length kept close to the original (Unicode NFKC, casefold)."""
    return unicodedata.normalize("NFKC", text).casefold()


def strip_controls(text: str) -> str:
    """Several lines of text without control signs; at most one empty line in a row."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _MANY_LINES.sub("\n\n", _CONTROLS.sub("", unified)).strip()


def one_line(text: str, most: int = MAX_LINE) -> str:
    """One line of text, shortened with an ellipsis where it is longer than ``most`` characters."""
    flat = _SPACES.sub(" ", strip_controls(text).replace("\n", " ")).strip()
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

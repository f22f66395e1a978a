"""What an address tells others: those of private calendars carry keys in their path, query, user or password."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

_KEY_NAMES = re.compile(r"token|key|secret|sig|auth|pass|pwd|session|credential|code\b", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_RUN = re.compile(r"[A-Za-z0-9]+")
_BORDER = re.compile(r"(?<=[a-z])(?=[0-9A-Z])|(?<=[0-9])(?=[A-Za-z])|(?<=[A-Z])(?=[0-9])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_QUOTABLE = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?:[^/?#@\\s\\\\]*@)?(?P<host>[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?P<rest>(?:[/?#].*)?)",
    re.IGNORECASE | re.DOTALL,
)
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,12}")
MIN_KEY = 4  # a shorter value of a query hides nothing that a link could not hold by chance


def hidden_parts(address: str) -> frozenset[str]:
    """The parts of a configured address that open what lies behind it: user, password, segments of the path that no
    person would write, values of the query that are keys by their name or their look. Each also as it is decoded."""
    try:
        parts = urlsplit(address)
        login = (parts.username, parts.password)
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return frozenset()
    found = {word for word in login if word}
    found |= {part for part in parts.path.split("/") if _is_key(unquote(part))}
    found |= {value for name, value in query if len(value) >= MIN_KEY and (_KEY_NAMES.search(name) or _is_key(value))}
    return frozenset(found | {unquote(part) for part in found})


def reveals(text: str, hidden: frozenset[str]) -> bool:
    """Whether a text holds one of these parts, as written or encoded for an address."""
    return bool(hidden) and any(part in text or part in unquote(text) for part in hidden)


def shown(address: str) -> str:
    """An address as a message may quote it: scheme and host alone. Where it is malformed nobody knows which part is a
    password, and nothing of it is quoted but what can only be a host."""
    if _HOST.fullmatch(address):
        return address
    found = _QUOTABLE.fullmatch(address)
    if found is None or "@" in found["rest"]:
        return "…"
    return f"{found['scheme']}://{found['host']}{'/…' if found['rest'].strip('/') else ''}"


def _is_key(word: str) -> bool:
    """Whether a word looks drawn, not written: long, and changing between letters, capitals and digits as no name does;
    or letters and digits of a hexadecimal number. Years and words set apart by hyphens are written."""
    if _UUID.search(word):
        return True
    if word.startswith("private-") and len(word) > len("private-") + MIN_KEY:  # Google's private addresses
        return True
    runs = [run for run in _RUN.findall(_YEAR.sub(" ", word)) if not run.isdigit()]
    changes = [len(_BORDER.findall(run)) for run in runs if len(run) >= 6]
    if any(count >= 3 for count in changes):
        return True
    mixed = [run for run in runs if any(map(str.isdigit, run)) and any(map(str.isalpha, run))]
    return len(word) >= 16 and (bool(mixed) or sum(changes) >= 2)

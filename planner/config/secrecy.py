"""What of a configuration may be quoted: nothing that may hold a password, or an address with a key in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from planner.config.known import is_known
from spiders.addresses import hidden_parts

_SECRET_KEY = re.compile(
    r"pass|pwd|secret|token|credential|auth|bearer|basic\s|headers|webhook|channels|ping|_env\b|_key|key_|api.?key"
    r"|\bkey\b(?!-account)|密码|口令|密钥|授权",
    re.IGNORECASE,
)
_SECRET_KEYS = (
    "password",
    "password_file",
    "password_env",
    "passwd",
    "secret",
    "token",
    "headers_from",
    "channels_file",
    "ping_file",
)
_SECTIONS_OF_SECRETS = frozenset({"mail", "notify", "llm", "output", "inbox", "monitor"})
"""Sections that ask for a secret: what stands there under a key that nobody knows may be it."""
_KEY = re.compile(r"\s*(?:- )?[\"'“]?([\w-]+)[\"'”]?\s*[:：]")
LONGEST = 2_000
"""Of longer lines nothing is shown: nobody knows what is in them."""
_WORD, _COLON = re.compile(r"[a-z_]{4,}"), re.compile("[:：]")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*[:：]{1,2}//[^\s\"'”’，,]*", re.IGNORECASE)
_LOG_IN = re.compile(r"[^\s:：/@]+[:：][^\s/@]*@|//.*@")  # a space in a password parts it, and hides nothing
_QUERY = re.compile(r"//.*[?&].*=|[?&][\w.-]+=|[\w.-]=[^\s=]{6,}")
_AUTHORITY = re.compile(r"//[^/?#]*@")


def may_be_shown(lines: Sequence[str], number: int) -> bool:
    """Whether a line (counted from 0) may stand in a message. What stands below a key of secrets, further in or where
    the key has nothing beside it, is its value; in a section that asks for a secret only known keys are shown."""
    line = lines[number]
    if len(line) > LONGEST or not may_be_quoted(line) or _names_a_secret(line):
        return False
    above = [each for each in lines[:number] if each.strip()]
    if above and _names_a_secret(above[-1]) and above[-1].rstrip().endswith((":", "：", "|", ">")):
        return False
    heading = next((each for each in reversed(above) if _indent(each) < _indent(line)), "")
    if _names_a_secret(heading):
        return False
    section = _section(above)
    may_be_of_secrets = section in _SECTIONS_OF_SECRETS or not (is_known(section) or _indent(line) == 0)
    return not may_be_of_secrets or is_known(_key(line))


def may_be_quoted(text: str) -> bool:
    """Whether a text names no secret, and holds no log-in and no address that opens what lies behind it."""
    if len(text) > LONGEST or _SECRET_KEY.search(text) or _LOG_IN.search(text) or _QUERY.search(text):
        return False
    addresses = [found[0].replace("：", ":") for found in _ADDRESS.finditer(text)]
    return not any(_AUTHORITY.search(address) or hidden_parts(address) for address in addresses)


def _section(above: Sequence[str]) -> str:
    """The section that the next line belongs to, however it is indented."""
    tops = (_key(line) for line in reversed(above) if _indent(line) == 0)
    return next((key for key in tops if key), "")


def _key(line: str) -> str:
    found = _KEY.match(line)
    return found[1] if found else ""


def _names_a_secret(line: str) -> bool:
    """Whether a line has a key of secrets, a mistyped one too."""
    if _SECRET_KEY.search(line):
        return True
    words = _WORD.findall(_COLON.split(line, maxsplit=1)[0].casefold())
    return any(get_close_matches(word, _SECRET_KEYS, n=1, cutoff=0.75) for word in words)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())

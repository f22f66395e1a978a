"""Which lines of a configuration may be quoted: none that may hold a password, or an address with a key in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spiders.addresses import hidden_parts

_SECRET_KEY = re.compile(
    r"pass|pwd|secret|token|credential|auth|bearer|basic\s|headers|webhook|channels|_env\b|_key|key_|api.?key|密码|口令|密钥|授权",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*[:：]{1,2}//[^\s\"'”’，,]*", re.IGNORECASE)
_LOG_IN = re.compile(r"[^\s:：/@]+[:：][^\s/@]*@")
_QUERY = re.compile(r"[?&][\w.-]+=")
_AUTHORITY = re.compile(r"//[^/?#]*@")


def may_be_shown(lines: Sequence[str], number: int) -> bool:
    """Whether a line (counted from 0) may stand in a message. What stands below a key of secrets, further in or where
    the key has nothing beside it, is its value."""
    if _is_secret(lines[number]):
        return False
    above = [line for line in lines[:number] if line.strip()]
    if above and _SECRET_KEY.search(above[-1]) and above[-1].rstrip().endswith((":", "：", "|", ">")):
        return False
    heading = next((line for line in reversed(above) if _indent(line) < _indent(lines[number])), "")
    return not _SECRET_KEY.search(heading)


def _is_secret(line: str) -> bool:
    if _SECRET_KEY.search(line) or _LOG_IN.search(line) or _QUERY.search(line):
        return True
    addresses = [found[0].replace("：", ":") for found in _ADDRESS.finditer(line)]
    return any(_AUTHORITY.search(address) or hidden_parts(address) for address in addresses)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())

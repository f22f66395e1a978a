"""Which codes lead to a page that may be shown as an event's link. All others are text: shown, never stored as a link.

Decided by structure, without asking any name server: the scheme, the host, and what is known of hosts of chats and
payments (`links.toml`). Whoever follows the link passes the guard once more, where names become addresses.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from spiders.guard import AddressGuard

_LONGEST = 2000
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f\\<>\"]")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]*", re.IGNORECASE)
_HOST = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")


def public_link(text: str) -> str | None:
    """The address that a code holds, with scheme and host in small letters; None where it is no page of the public web,
    or leads to a chat, a contact or a payment."""
    text = text.strip()
    if len(text) > _LONGEST or _UNPRINTABLE.search(text):
        return None
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not is_public(host):
        return None
    if _is_for_people(host.removeprefix("www."), parts):
        return None
    return parts._replace(netloc=f"{host}:{port}" if port else parts.netloc.lower()).geturl()


def is_public(host: str) -> bool:
    """Whether a host may be of the public web, by its writing alone: an address that is not private, or a name of
    several parts that is not kept for networks at home."""
    host = host.rstrip(".").lower()
    last = host.rpartition(".")[2]
    if ":" in host or _NUMBER.fullmatch(last):  # the URL standard calls all names that end in a number addresses
        try:
            return AddressGuard().refusal(str(ip_address(host))) is None
        except ValueError:  # 127.1, 0x7f000001, 2130706433: browsers would read them
            return False
    return _HOST.fullmatch(host) is not None and last not in _data()["private_ends"]


def _is_for_people(host: str, parts: SplitResult) -> bool:
    """Whether a link opens a chat, adds a contact, or pays."""
    for known in (*_data()["chats"], *_data()["payments"]):
        name, slash, path = known.partition("/")
        if (host == name or host.endswith(f".{name}")) and (parts.path or "/").lower().startswith(slash + path):
            return True
    return False


@cache
def _data() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("links.toml").read_text("utf-8"))

"""Links that are handed in alone: a shared address, or the small files in which systems keep one."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Callable
from xml.parsers.expat import ExpatError

from spiders.errors import FetchError
from spiders.items import Reading

_IN_WORDS = re.compile(rb"(?:webcal|https?)://[^\s<>\"'\x00-\x1f\x80-\xff]{3,2000}", re.IGNORECASE)
_SHORTCUT = re.compile(rb"^\[InternetShortcut\]\s*$.*?^URL=(\S{5,2000})\s*$", re.MULTILINE | re.DOTALL | re.IGNORECASE)
_LARGEST = 16_384
MOST_BESIDE = 600
"""Bytes: who writes more than this beside a link does not only hand it on."""
_WEB = ("http://", "https://", "webcal://")


def only_address(body: bytes) -> str | None:
    """The one address that a short text hands on ("look at this https://… see you"), that of an Internet shortcut
    (``.url``) or of a location of macOS (``.webloc``); None for all others."""
    if len(body) > _LARGEST:
        return None
    named = set(_IN_WORDS.findall(body)) if b"<plist" not in body else set()
    if len(named) == 1 and len(body) - len(min(named)) <= MOST_BESIDE:
        found = min(named).rstrip(b".,;:!?)")
    elif (shortcut := _SHORTCUT.search(body)) is not None:
        found = shortcut[1]
    else:
        found = _of_location(body)
    address = found.decode("utf-8", "replace")
    return address if address.lower().startswith(_WEB) else None


def _of_location(body: bytes) -> bytes:
    if b"<plist" not in body and not body.startswith(b"bplist"):
        return b""
    try:
        kept = plistlib.loads(body)
    except (plistlib.InvalidFileException, ExpatError, ValueError, IndexError, OverflowError, RecursionError):
        return b""
    address = kept.get("URL") if isinstance(kept, dict) else None
    return address.encode() if isinstance(address, str) else b""


def read(address: str, fetch: Callable[[str], list[Reading]]) -> list[Reading]:
    """What stands behind an address, or the reading that says why nothing came."""
    try:
        return fetch(address)
    except FetchError as exc:
        return [Reading(reader="none", reason=exc.reason, refused=True)]

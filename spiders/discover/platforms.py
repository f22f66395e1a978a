"""What the form of an address, or a mark in a page, tells of where events stand (``platforms.toml``).

No request is made here: a rule proposes, and what comes back decides.
"""

from __future__ import annotations

import base64
import binascii
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any, Literal
from urllib.parse import parse_qs, quote, unquote, urlsplit

from spiders.discover.address import origin_of
from spiders.items import SourceKind

Way = Literal["paste", "recurrence", "picture", "bridge", "article", "club_page", "google_address", "headers"]
"""What else a user can do where an address gives nothing."""

_FIELD = re.compile(r"\{([\w|]+)(?::([\w-]+))?\}")
_LONGEST_SOURCE = 2 << 20  # bytes of a page in which marks are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address to try, what kind of source it would be, what to call it, and whose rule proposes it. ``ways`` is what
    to do where it gives nothing."""

    address: str
    kind: SourceKind
    id: str | None = None
    platform: str
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Why a site is not asked at all (a code of `spiders.reasons`), and what to do instead."""

    reason: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """One entry of the table, its patterns compiled."""

    entry: Mapping[str, Any]
    path: re.Pattern[str] | None
    query: Mapping[str, re.Pattern[str]]
    source: re.Pattern[str] | None


@cache
def _rules(table: str) -> tuple[_Rule, ...]:
    text = files("spiders.discover").joinpath("platforms.toml").read_text(encoding="utf-8")
    return tuple(
        _Rule(
            entry,
            re.compile(entry["path"]) if "path" in entry else None,
            {name: re.compile(pattern) for name, pattern in entry.get("query", {}).items()},
            re.compile(entry["source"]) if "source" in entry else None,
        )
        for entry in tomllib.loads(text)[table]
    )


def direct(address: str, year: int, *, embedded: bool = False) -> tuple[Target, ...]:
    """Where the events of an address stand by its form alone, the best first; empty where no rule knows it.

    ``year`` fills addresses that hold one; ``embedded``: the address stands on a page as a link or a frame.
    """
    return _first("rule", address, {"year": str(year)}, embedded=embedded)


def otherwise(address: str) -> tuple[Target, ...]:
    """Where else the same may stand, if the address itself gives nothing; empty where no rule knows it."""
    return _first("otherwise", address, {"query": urlsplit(address).query})


def _first(table: str, address: str, more: Mapping[str, str], *, embedded: bool = False) -> tuple[Target, ...]:
    for rule in _rules(table):
        found = _matched(rule, address) if rule.entry.get("embed") or not embedded else None
        if found is not None:
            return tuple(_targets(rule, address, {**found, **more}))
    return ()


def closed(address: str) -> Closed | None:
    """Why nothing is asked of an address; None where it may be."""
    for rule in _rules("closed"):
        if _matched(rule, address) is not None:
            return Closed(reason=rule.entry["reason"], ways=tuple(rule.entry["ways"]))
    return None


def marked(source: str, address: str) -> Iterator[Target]:
    """Addresses to try because a page (its ``source`` and address) shows by which software it is made."""
    head = source[:_LONGEST_SOURCE]
    for rule in _rules("mark"):
        found = _matched(rule, address)
        mark = rule.source.search(head) if found is not None and rule.source else None
        if found is not None and mark is not None:
            yield from _targets(rule, address, found | {k: v for k, v in mark.groupdict().items() if v})


def _matched(rule: _Rule, address: str) -> dict[str, str] | None:
    """The values that an address gives a rule; None where it is not of its form."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    hosts = rule.entry.get("hosts", ())
    if hosts and not any(fnmatchcase(host, name) or fnmatchcase(host, f"*.{name}") for name in hosts):
        return None
    values: dict[str, str] = {}
    if rule.path is not None:
        found = rule.path.fullmatch(unquote(parts.path or "/"))
        if found is None:
            return None
        values |= {name: value for name, value in found.groupdict().items() if value}
    given = parse_qs(parts.query)
    if any(name in given for name in rule.entry.get("without_query", ())):
        return None
    for name, pattern in rule.query.items():
        found = pattern.fullmatch(given[name][0]) if name in given else None
        if found is None:
            return None
        values |= {key: value for key, value in found.groupdict().items() if value}
    if rule.entry.get("decode") == "google":
        values["calendar"] = _google_id(values["calendar"])
    return values


def _targets(rule: _Rule, address: str, values: Mapping[str, str]) -> Iterator[Target]:
    parts = urlsplit(address)
    last = [part for part in parts.path.split("/") if part]
    known: dict[str, str] = {
        "origin": origin_of(address),
        "host": parts.netloc,
        "page": address.partition("?")[0].partition("#")[0],
        "slug": last[-1] if last else "",
        "query": parts.query,
        "subdomain": (parts.hostname or "").partition(".")[0],
        "shop": "",
        **values,
    }
    whole = {"origin", "page", "main", "folder", "shop", "host", "key", "rest", "query"}
    for pattern in rule.entry["targets"]:
        filled = _filled(pattern, {k: v if k in whole else quote(v, safe="") for k, v in known.items()})
        yield Target(
            address=_subscribed_to(values.get("calendar", "")) or filled,
            kind=rule.entry["kind"],
            id=_filled(rule.entry["id"], known) if "id" in rule.entry else None,
            platform=rule.entry["name"],
            ways=tuple(rule.entry.get("ways", ())),
        )


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    """A pattern with its fields filled: ``{a|b}`` is the first that has a value, ``{a:word}`` the word without one."""

    def value(field: re.Match[str]) -> str:
        return next((values[name] for name in field[1].split("|") if values.get(name)), field[2] or "")

    return _FIELD.sub(value, pattern)


def _subscribed_to(given: str) -> str | None:
    """The calendar of another site that Google is only asked to subscribe to."""
    found = re.match(r"(?:https?|webcals?):(//.+)", given, re.IGNORECASE)
    if found is None:
        return None
    return given if given.lower().startswith("http") else f"https:{found[1]}"


def _google_id(given: str) -> str:
    """A calendar's id as Google writes it, packed in base64 in some links (without its padding)."""
    if "@" in given:
        return given
    try:
        unpacked = base64.b64decode(given + "=" * (-len(given) % 4), validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return given
    return unpacked if "@" in unpacked else given

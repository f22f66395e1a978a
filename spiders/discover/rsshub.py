"""RSSHub's rules for a site (RSSHub Radar): which of its feeds stand for an address. Asked only of an instance that the
user's configuration names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from spiders.discover.address import site_of

MAX_RULES = 400
_PART = re.compile(r":(\w+)(\?)?")


def rules_address(instance: str, address: str) -> str:
    """Where an instance tells its rules for the site of an address."""
    return f"{instance.rstrip('/')}/api/radar/rules/{quote(site_of(address))}"


def feeds(body: bytes, address: str, instance: str) -> list[str]:
    """The feeds of an instance that its rules (JSON, ``{"_name": …, subdomain: [{source, target}]}``) give for an
    address, in their order, each once. What is no such document gives none."""
    try:
        rules = json.loads(body)
    except (ValueError, RecursionError):
        return []
    if not isinstance(rules, dict):
        return []
    parts = urlsplit(address)
    below = (parts.hostname or "").removesuffix(site_of(address)).rstrip(".") or "."
    names = [below, "www"] if below in {".", "www"} else [below]
    found = (
        f"{instance.rstrip('/')}{target}"
        for name in dict.fromkeys([*names, "."])
        for target in _targets(rules.get(name), parts.path)
    )
    return list(dict.fromkeys(found))


def _targets(rules: Any, path: str) -> Iterator[str]:
    for rule in rules[:MAX_RULES] if isinstance(rules, list) else ():
        if not isinstance(rule, dict) or not isinstance(rule.get("target"), str):
            continue
        sources = rule.get("source")
        for source in sources if isinstance(sources, list) else [sources]:
            values = _matched(source, path) if isinstance(source, str) else None
            target = _filled(rule["target"], values) if values is not None else None
            if target is not None:
                yield target


def _matched(source: str, path: str) -> dict[str, str] | None:
    """The values of a pattern such as ``/group/:name`` in a path; None where it is another path."""
    wanted = [part for part in source.split("/") if part]
    given = [part for part in path.split("/") if part]
    values: dict[str, str] = {}
    for number, part in enumerate(wanted):
        if part.startswith("*"):
            return values
        name = _PART.fullmatch(part)
        if number >= len(given):
            if name is not None and name[2]:
                continue
            return None
        if name is not None:
            values[name[1]] = given[number]
        elif part != given[number]:
            return None
    return values if len(given) <= len(wanted) else None


def _filled(target: str, values: dict[str, str]) -> str | None:
    """The feed's path; None where it needs a value that the address does not hold."""
    filled = []
    for part in target.split("/"):
        name = _PART.match(part)
        if name is None:
            filled.append(part)
        elif name[1] in values:
            filled.append(quote(values[name[1]], safe=""))
        elif not name[2]:
            return None
    path = "/".join(filled)
    return path if path.startswith("/") else f"/{path}"

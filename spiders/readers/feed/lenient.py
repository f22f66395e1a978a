"""Feeds that are no XML, as feedparser reads them; where it stumbles over one entry, or over what stands around them,
the others are read all the same."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

_ENTRY = re.compile(r"<(item|entry)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)\b[^<>]*>", re.IGNORECASE)
_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What the library raises where a feed is odder than it thought; it promises nothing."""


def entries(text: str) -> Iterator[Mapping[str, Any]]:
    """The entries of a feed by feedparser's names, in order. Never raises."""
    try:
        yield from _parsed(text)
        return
    except _FAULTS:
        root = _ROOT.search(text)
    for found in _ENTRY.finditer(text):
        try:
            yield from _parsed(f"{root[0] if root else '<rss>'}{found[0]}")
        except _FAULTS:
            continue


def _parsed(text: str) -> list[Mapping[str, Any]]:
    import feedparser

    parsed = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    return list(parsed.entries)

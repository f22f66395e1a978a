"""An HTML page that several readers look at: decoded and parsed once, its address and its visible words at hand."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from spiders.items import Document
from spiders.readers import normalize
from spiders.text.decode import decode

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_BLANK = "\ufeff \t\r\n"
_LONGEST_VALUE = 400
LARGEST_PAGE = 8 << 20  # characters; fetching stops at 5 MiB
_CLOCK = re.compile(
    r"(?<![\d:/.-])(\d{1,2})(?:[:：.](\d{2}))?\s?([ap])\.?m\b|(?<![\d:])(\d{1,2})[:：](\d{2})(?![:\d])", re.IGNORECASE
)
_ZONE_BEHIND = re.compile(r"\s*\(?(?:UTC|GMT|Z\b|[ECMP][SD]T\b|CES?T\b|BST\b)", re.IGNORECASE)


class Page:
    """``text`` as decoded; ``tree`` is parsed when first asked for; ``url`` is the base of its links.

    ``source`` is the text in UTF-8, ``folded`` the same with ASCII letters in lower case, byte for byte.
    """

    def __init__(self, document: Document) -> None:
        decoded = decode(document.body, document.headers)
        self.text = decoded.text[:LARGEST_PAGE]
        self.doubtful = decoded.doubtful
        self.address = document.url
        # Bytes are folded many times faster than text, and every mark that is looked for is ASCII.
        same = decoded.encoding == "utf-8" and len(document.body) <= LARGEST_PAGE
        self.source = document.body if same else self.text.encode("utf-8")
        self.folded = self.source.lower()

    def holds(self, mark: bytes) -> bool:
        """Whether the page's source holds a mark (ASCII, lower case), whatever the case it is written in."""
        return mark in self.folded

    @cached_property
    def first(self) -> str:
        """The first character that says something, or nothing."""
        return self.text[:1000].lstrip(_BLANK)[:1] or self.text.lstrip(_BLANK)[:1]

    @cached_property
    def is_markup(self) -> bool:
        """Whether the text is a page, or a piece of one, and not plain text."""
        if self.first == "<":
            return True
        head = self.text[:20_000].lower()
        return any(tag in head for tag in ("<html", "<body", "<div", "<p>", "<p ", "<table", "<li", "<br", "<script"))

    def attribute_names(self, attribute: bytes, words: tuple[bytes, ...]) -> bool:
        """Whether some value of an attribute (``itemtype``) holds one of ``words`` (all ASCII, lower case)."""
        folded = self.folded
        at = folded.find(attribute)
        while at >= 0:
            value = folded[at : at + _LONGEST_VALUE].partition(b">")[0]
            if any(word in value for word in words):
                return True
            at = folded.find(attribute, at + 1)
        return False

    @cached_property
    def tree(self) -> LexborHTMLParser:
        from selectolax.lexbor import LexborHTMLParser

        return LexborHTMLParser(self.text)

    @cached_property
    def url(self) -> str | None:
        """The address that relative links start from: ``<base href>``, else the page's own."""
        if self.holds(b"base") and self.holds(b"<base") and (base := self.tree.css_first("base[href]")) is not None:
            return normalize.web_address(base.attributes.get("href"), self.address) or self.address
        return self.address

    @cached_property
    def canonical(self) -> str | None:
        """The address that the page gives itself, else the one it was fetched from."""
        node = self.tree.css_first('link[rel="canonical"]') if self.holds(b"canonical") else None
        named = normalize.web_address(node.attributes.get("href"), self.url) if node is not None else None
        return named or self.address

    @cached_property
    def visible(self) -> str:
        """The words a reader of the page sees, scripts and styles left out, one line."""
        from selectolax.lexbor import LexborHTMLParser

        tree = LexborHTMLParser(self.text)
        tree.strip_tags(["script", "style", "noscript", "template", "svg"])
        body = tree.body
        return " ".join(body.text(separator=" ").split()) if body is not None else ""

    @cached_property
    def title(self) -> str | None:
        node = self.tree.css_first("title")
        return normalize.line(node.text()) if node is not None else None

    @cached_property
    def clocks(self) -> frozenset[tuple[int, int]]:
        """Times of day that stand in the visible words without naming a zone, as (hour, minute)."""
        found = set()
        words = self.visible[:400_000]
        for match in _CLOCK.finditer(words):
            if _ZONE_BEHIND.match(words, match.end()):
                continue
            if match.group(3):
                hour, minute = int(match.group(1)), int(match.group(2) or 0)
                hour = hour % 12 + (12 if match.group(3) in "pP" else 0)
            else:
                hour, minute = int(match.group(4)), int(match.group(5))
            if hour < 24 and minute < 60:
                found.add((hour, minute))
        return frozenset(found)

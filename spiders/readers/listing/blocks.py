"""A page as the lines that a reader sees: block by block, with headings, links and where each stands in the tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spiders.readers import normalize
from spiders.readers.markup.page import Page

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_BLOCKS = 12_000
_MAX_NODES = 120_000
_LONGEST = 1500  # characters of one block: longer ones are prose, which is not this reader's
_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "select", "option", "button", "iframe", "head", "textarea"}
)
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "em", "font", "i", "ins", "kbd"}
    | {"label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var"}
    | {"wbr", "img", "input", "o:p", "nobr", "-text", "-comment"}
)
_BOLD = frozenset({"b", "strong", "u"})
_ROWS = frozenset({"li", "tr"})
_ASIDE_TAGS = frozenset({"nav", "footer"})
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|footer|foot|copyright|cookie|share|social|pagination|pager|skip-link"
    r"|related|recommend|comments?|search-?(?:form|box|bar))(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Block:
    """One line or paragraph: words, heading level (1-6, 7 for a wholly bold line, 0 for none), links, ancestors' ids.

    ``path`` runs from the body down to the element that holds the block, as tree-wide ids; ``row`` is the one among
    them, the innermost, that is made for one of several: a list item, a row of a table.
    """

    text: str
    level: int
    tag: str
    path: tuple[int, ...]
    links: list[tuple[str, str]] = field(default_factory=list)
    aside: bool = False
    struck: bool = False
    row: int | None = None


class _Collector:
    def __init__(self, base: str | None) -> None:
        self.blocks: list[Block] = []
        self.base = base
        self.pieces: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.bold = self.length = 0
        self.struck = 0
        self.rows: set[int] = set()
        self.opened: tuple[tuple[int, ...], str, bool] = ((), "body", False)

    def flush(self) -> None:
        text = normalize.line("".join(self.pieces)[:_LONGEST])
        if text and len(self.blocks) < MAX_BLOCKS:
            path, tag, aside = self.opened
            level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 7 if self.bold >= 0.9 * self.length > 0 else 0
            struck = self.struck >= 0.6 * self.length > 0
            row = next((step for step in reversed(path) if step in self.rows), None)
            self.blocks.append(Block(text, level, tag, path, self.links, aside, struck, row))
            self.links = []
        # A link around blocks is opened before the first of them has words: it waits for those.
        self.pieces, self.bold, self.length, self.struck = [], 0, 0, 0


def blocks_of(page: Page) -> list[Block]:
    """The page's blocks in document order; scripts, menus' own elements and hidden templates are left out."""
    body = page.tree.body
    if body is None:
        return []
    collector = _Collector(page.url)
    whole = len(page.visible)
    # (node, path of block ancestors, tag of the nearest block, aside, bold, struck); no node marks the end of a block.
    stack: list[tuple[LexborNode | None, tuple[int, ...], str, bool, bool, bool]] = [
        (body, (), "body", False, False, False)
    ]
    count = 0
    while stack and count < _MAX_NODES:
        count += 1
        node, path, tag, aside, bold, struck = stack.pop()
        if node is None:
            collector.flush()
            collector.opened = (path, tag, aside)
            continue
        name = node.tag or ""
        if name == "-text":
            _take_text(collector, node.text(deep=False) or "", bold=bold, struck=struck)
            continue
        if name in _SKIPPED or name.startswith("-"):
            continue
        if name == "br":
            collector.flush()
            continue
        if name in _INLINE:
            bold, struck = bold or name in _BOLD, struck or name in ("del", "s", "strike")
            if name == "a":
                _take_link(collector, node)
            stack.extend((child, path, tag, aside, bold, struck) for child in _children(node))
            continue
        aside = aside or _is_aside(node, name, whole)
        stack.append((None, path, tag, aside, False, False))
        collector.flush()
        inner = (*path[-40:], node.mem_id)
        if name in _ROWS:
            collector.rows.add(node.mem_id)
        collector.opened = (inner, name, aside)
        struck = struck or "line-through" in (node.attributes.get("style") or "")
        stack.extend((child, inner, name, aside, bold, struck) for child in _children(node))
    collector.flush()
    return collector.blocks


def _children(node: LexborNode) -> list[LexborNode]:
    found = list(node.iter(include_text=True))
    found.reverse()
    return found


def _take_text(collector: _Collector, text: str, *, bold: bool, struck: bool) -> None:
    if collector.pieces and text[:1].isdigit() and collector.pieces[-1][-1:].isdigit():
        collector.pieces.append(" ")  # a day box: two elements that a style sheet sets apart
    collector.pieces.append(text)
    length = len(text.strip())
    collector.length += length
    if bold:
        collector.bold += length
    if struck:
        collector.struck += length


def _take_link(collector: _Collector, node: LexborNode) -> None:
    address = normalize.web_address(node.attributes.get("href"), collector.base)
    words = normalize.line(node.attributes.get("title")) or normalize.line(node.text(separator=" "))
    if address:
        collector.links.append((address, words or ""))


def _is_aside(node: LexborNode, name: str, whole: int) -> bool:
    """Menus, footers and the like, by tag, role or class; never an element that holds most of the page."""
    attributes = node.attributes
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    marked = bool(named.strip()) and len(named) < 200 and bool(_ASIDE.search(named))
    if not marked and name not in _ASIDE_TAGS and attributes.get("role") not in ("navigation", "search", "contentinfo"):
        return False
    return name not in ("body", "main", "article") and len(node.text(separator=" ")) < 0.5 * whole + 200

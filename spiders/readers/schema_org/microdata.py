"""Microdata and RDFa Lite as the same nodes that JSON-LD gives: nested scopes keep their own values.

Only elements that carry markup are looked at, each finds its scope by walking up: the cost follows the markup, not
the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from spiders.readers.markup.page import Page

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Attributes = Mapping[str, str | None]
# Only pages that name a type of event are parsed for their scopes.
_KINDS = (b"event", b"festival", b"hackathon", b"courseinstance")
_MAX_ELEMENTS = 20_000
_MAX_STEPS = 300  # up from an element to its scope
_LINKS = {"a": "href", "area": "href", "link": "href", "img": "src", "iframe": "src", "audio": "src", "video": "src",
          "source": "src", "embed": "src", "object": "data"}  # fmt: skip
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt"})


def microdata(page: Page) -> list[dict[str, Any]]:
    """The top-level items of a page's microdata, as JSON-LD-like nodes in document order."""
    if not page.holds(b"itemscope") or not page.attribute_names(b"itemtype", _KINDS):
        return []
    elements = page.tree.css("[itemscope], [itemprop]")[:_MAX_ELEMENTS]

    def typed(attributes: Attributes) -> list[str] | None:
        if "itemscope" not in attributes:
            return None
        return (attributes.get("itemtype") or "").split()

    return _collected(elements, "itemprop", typed, _microdata_value)


def rdfa(page: Page) -> list[dict[str, Any]]:
    """The top-level resources of a page's RDFa Lite, where schema.org is their vocabulary."""
    if not page.holds(b"typeof") or not page.attribute_names(b"typeof", _KINDS) or not page.holds(b"schema.org"):
        return []
    elements = page.tree.css("[typeof], [property]")[:_MAX_ELEMENTS]

    def typed(attributes: Attributes) -> list[str] | None:
        return (attributes.get("typeof") or "").split() or None

    return _collected(elements, "property", typed, _rdfa_value)


def _collected(
    elements: list[LexborNode],
    attribute: str,
    typed: Callable[[Attributes], list[str] | None],
    value_of: Callable[[LexborNode], Any],
) -> list[dict[str, Any]]:
    scopes: dict[int, dict[str, Any]] = {}
    referred: dict[str, dict[str, Any]] = {}
    roots: list[dict[str, Any]] = []
    for node in elements:
        attributes = node.attributes  # a new mapping each time it is asked for
        kinds = typed(attributes)
        names = [name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in (attributes.get(attribute) or "").split()]
        value: Any
        if kinds is not None:
            value = {"@type": kinds}
            if (named := attributes.get("itemid") or attributes.get("resource")) is not None:
                value["@id"] = named
            scopes[node.mem_id] = value
            for name in (attributes.get("itemref") or "").split():
                referred.setdefault(name, value)
        elif names:
            value = value_of(node)
        else:
            continue
        holder = _holder(node, scopes, referred)
        if not names or holder is None:
            if kinds is not None:
                roots.append(value)
            continue
        for name in names:
            _add(holder, name, value)
    return roots


def _holder(
    node: LexborNode, scopes: dict[int, dict[str, Any]], referred: dict[str, dict[str, Any]]
) -> dict[str, Any] | None:
    """The scope that a property belongs to: the nearest one above, or the one whose ``itemref`` names its part."""
    above = node if referred and node.attributes.get("id") in referred else node.parent
    if above is node:
        return referred[node.attributes["id"] or ""]
    for _ in range(_MAX_STEPS):
        if above is None:
            return None
        found = scopes.get(above.mem_id)
        if found is not None:
            return found
        if referred and (name := above.attributes.get("id")) in referred:
            return referred[name or ""]
        above = above.parent
    return None


def _add(holder: dict[str, Any], name: str, value: Any) -> None:
    if value in ("", None):
        return
    known = holder.get(name)
    if known is None:
        holder[name] = value
    elif isinstance(known, list):
        known.append(value)
    else:
        holder[name] = [known, value]


def _microdata_value(node: LexborNode) -> str:
    """HTML, 5.2.4: the attribute that an element's kind keeps its value in, else its text."""
    attributes = node.attributes
    if (content := attributes.get("content")) is not None and content.strip():
        return content
    tag = (node.tag or "").lower()
    if tag in _LINKS and (link := attributes.get(_LINKS[tag])):
        return link
    for kept in ("datetime", "value") if tag in ("time", "data", "meter") else ():
        if found := attributes.get(kept):
            return found
    return text_of(node)


def _rdfa_value(node: LexborNode) -> str:
    attributes = node.attributes
    for kept in ("content", "datetime", "resource", "href", "src"):
        if (found := attributes.get(kept)) and not (kept in ("href", "src") and node.text().strip() and _is_name(node)):
            return found
    return text_of(node)


def _is_name(node: LexborNode) -> bool:
    """RDFa says that a link's value is its address; pages that mark a linked title as its name mean the words."""
    return any(name.endswith("name") for name in (node.attributes.get("property") or "").split())


def text_of(node: LexborNode) -> str:
    """An element's words, with breaks only where block elements make them."""
    pieces: list[str] = []
    for child in node.traverse(include_text=True):
        tag = child.tag
        if tag == "-text":
            pieces.append(child.text(deep=False) or "")
        elif tag in _BREAKS:
            pieces.append("\n")
    joined = "".join(pieces)
    return "\n".join(" ".join(line.split()) for line in joined.split("\n") if line.strip())

"""HTML to lines of text: a line for each block element, with the mark of what it was; links and pictures beside it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from spiders.text.glyphs import visible
from spiders.text.marks import Mark, is_sign, sign

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "mp-common-profile",
    ]
)
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "head",
        "iframe",
        "object",
        "canvas",
        "audio",
        "video",
        "select",
        "textarea",
        "button",
    ]
)
_SET_OFF = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "strong", "b"])
_FRAME = frozenset(["nav", "footer", "aside"])
_MARK_OF: dict[str, Mark] = {
    "h1": "h1", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6", "li": "item", "tr": "row",
    "blockquote": "quote",
}  # fmt: skip
# Buttons that put an event into a calendar repeat its times in hidden elements.
_BUTTON = re.compile(r"\b(?:add(?:-?to-?calendar|eventatc)\w*|atc[-_]\w+|atcb\w*)\b", re.IGNORECASE)
_MAIN = (
    "#js_content", "[itemprop=articleBody]", "article .entry-content", ".rich_media_content", ".article-content",
    ".post-content", ".entry-content", ".event-description", "#event-description", "article", "main", "[role=main]",
    "#content", ".content",
)  # fmt: skip
_DOCUMENT = re.compile(r"^\s*(?:<!--[^>]{0,400}-->\s*)?<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_MAX_OPEN = 8_000  # elements left open; pages leave some hundreds (<br>, <p>). A parser's time grows as their square
_MAX_LINKS = 500
_SPACES = re.compile(r"[ \t\u3000\u00a0]+")


@dataclass(slots=True)
class Aside:
    """What is collected beside the running text."""

    links: list[tuple[str, str]] = field(default_factory=list)
    headings: set[str] = field(default_factory=set)
    images: int = 0

    def link(self, words: str, address: str) -> None:
        if address.startswith(("http://", "https://")) and len(self.links) < _MAX_LINKS:
            self.links.append((words.strip()[:80], address[:2000]))


def is_document(text: str) -> bool:
    """Whether ``text`` begins as a page of HTML does."""
    return _DOCUMENT.match(text) is not None


def from_html(text: str, aside: Aside) -> tuple[str | None, str]:
    """The heading of the page, if it has one, and its text: a line for each block, with its sign."""
    if text.count("<") - 2 * text.count("</") > _MAX_OPEN:
        return None, _stripped(text)
    from selectolax.lexbor import LexborHTMLParser

    whole = is_document(text)
    first, rest = ("", text) if whole else _first_line(text)
    tree = LexborHTMLParser(rest)
    root = tree.body or tree.root
    heading = first or None
    if whole:
        heading = _heading(tree)
        for selector in _MAIN:
            node = tree.css_first(selector)
            if node is not None and len(node.text(deep=True)) > 80:
                root = node
                break
    body = _blocks(root, aside)
    if first:
        body = f"{html.unescape(first)}\n\n{body}"
    return heading, body


def _stripped(text: str) -> str:
    """The text of markup that opens thousands of elements and closes none: a tree of it would take too long."""
    return html.unescape(_ANY_TAG.sub("\n", text))


def _first_line(text: str) -> tuple[str, str]:
    """A title in plain text above a body of markup, as feeds and exports give it."""
    first, _, rest = text.lstrip().partition("\n")
    if rest.strip() and len(first) <= 200 and "<" not in first:
        return first.strip(), rest
    return "", text


def _heading(tree: object) -> str | None:
    for selector, attribute in (
        ("#activity-name", ""),
        ("meta[property='og:title']", "content"),
        ("h1", ""),
        ("title", ""),
    ):
        node = tree.css_first(selector)  # type: ignore[attr-defined]
        if node is None:
            continue
        found = node.attributes.get(attribute) if attribute else node.text(deep=True)
        if found and found.strip():
            return _SPACES.sub(" ", visible(found).replace("\n", " ")).strip()[:300]
    return None


def _blocks(root: object, aside: Aside) -> str:
    """The text below ``root`` with line breaks at block elements; without recursion, however deep the nesting."""
    pieces: list[str] = []
    stack: list[tuple[object, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag  # type: ignore[attr-defined]
        if leaving:
            _break(pieces, " | " if tag in {"td", "th"} else "\n")
            continue
        if tag == "-text":
            content = node.text_content or ""  # type: ignore[attr-defined]
            pieces.append(re.sub(r"\s+", " ", content) if "\n" in content else content)
            continue
        if tag in _SILENT or (tag in _FRAME and node is not root) or _is_button(node):
            continue
        if tag == "br":
            pieces.append("\n")
            continue
        _note(node, tag, aside)
        if tag in _BLOCKS:
            if tag not in {"td", "th"}:
                _break(pieces, "\n")
            if tag in _MARK_OF:
                pieces.append(sign(_MARK_OF[tag]))
            stack.append((node, True))
        children = []
        child = node.child  # type: ignore[attr-defined]
        while child is not None:
            children.append((child, False))
            child = child.next
        stack.extend(reversed(children))
    return re.sub(r"\|\s*\n", "\n", "".join(pieces))


def _break(pieces: list[str], mark: str) -> None:
    """Blocks that meet make one line break, not two."""
    if mark != "\n" or (pieces and not pieces[-1].endswith("\n") and not is_sign(pieces[-1])):
        pieces.append(mark)


def _is_button(node: object) -> bool:
    named = node.attributes.get("class")  # type: ignore[attr-defined]
    return bool(named) and _BUTTON.search(named) is not None


def _note(node: object, tag: str, aside: Aside) -> None:
    if tag == "a":
        address = node.attributes.get("href")  # type: ignore[attr-defined]
        aside.link(node.text(deep=True), address or "")  # type: ignore[attr-defined]
    elif tag == "img":
        aside.images += 1
    elif tag in _SET_OFF and len(aside.headings) < _MAX_LINKS:
        words = node.text(deep=True).strip()  # type: ignore[attr-defined]
        if 2 <= len(words) <= 80:
            aside.headings.add(words)

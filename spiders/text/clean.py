"""Markup to lines of plain text: HTML by its blocks, Markdown by its marks; links are kept beside the text.

WeChat's articles hide their body (``visibility: hidden`` on ``#js_content``, undone by a script) and nest spans inside
spans: nothing here looks at style, and lines break at block elements only, so that a label stays with its value.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from spiders.text.glyphs import visible

# The deepest nesting and the longest text that are read; what lies beyond is cut off, and said to be.
LIMIT = 400_000
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
_MAIN = (
    "#js_content", "[itemprop=articleBody]", "article .entry-content", ".rich_media_content", ".article-content",
    ".post-content", ".entry-content", ".event-description", "#event-description", "article", "main", "[role=main]",
    "#content", ".content",
)  # fmt: skip
_ELEMENT = r"(?:[abipu]|br|div|span|section|h[1-6]|[uo]l|li|table|t[rd]|img|strong|em|html|body|article"
_ELEMENT += r"|font|center|fig(?:ure|caption)|blockquote)"
_TAG = re.compile(rf"</?{_ELEMENT}\b[^<>]{{0,2000}}>", re.IGNORECASE)
_OPENING_TAG = re.compile(rf"<{_ELEMENT}\b[^<>]{{0,2000}}>", re.IGNORECASE)
_DOCUMENT = re.compile(r"^\s*(?:<!--[^>]{0,400}-->\s*)?<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_HEADING_MARK = re.compile(r"(?m)^#{1,6}[ \t]")
_COMMENT = re.compile(r"<!--[^\n]{0,200}?-->")
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\]\[\n]{0,300})\]\(\s*<?([^)\s>\n]{1,2000})>?[^)\n]{0,200}\)")
_EMPTY_LINK = re.compile(r"\[([^\]\[\n]{1,300})\]\(\)")
_REFERENCE = re.compile(r"\[([^\]\[\n]{1,300})\]\[[^\]\n]{0,60}\]")
_ANGLE = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_FENCE = re.compile(r"^\s{0,3}(?:```|~~~)")
_MARK = re.compile(r"^[ \t]{0,8}(?:#{1,6}[ \t]+|>[ \t]?|(?:[-*+][ \t]+)(?:\[[ xX]\][ \t]+)?)+")
_RULE = re.compile(r"^[\s|:\-=*_]{3,}$")
_BOLD = re.compile(r"^[ \t>]{0,8}(?:\*\*|__)[^*_]{2,60}(?:\*\*|__)[ \t]*$")
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_MAX_LINKS = 500
_MAX_OPEN = 8_000  # elements left open; real pages leave hundreds. A parser's time grows as the square of them
_SPACES = re.compile(r"[ \t\u3000\u00a0]+")


@dataclass(frozen=True, slots=True)
class Plain:
    """Lines of text, the heading of the page if it has one, and the links as (words, address) in order.

    ``headings`` are the lines that were set off as headings or in bold; ``images`` counts the pictures left out;
    ``cut`` says that the text was longer than :data:`LIMIT`.
    """

    text: str
    heading: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    headings: frozenset[str] = frozenset()
    images: int = 0
    cut: bool = False


@dataclass(slots=True)
class _Aside:
    """What is collected beside the running text."""

    links: list[tuple[str, str]] = field(default_factory=list)
    headings: set[str] = field(default_factory=set)
    images: int = 0

    def link(self, words: str, address: str) -> None:
        if address.startswith(("http://", "https://")) and len(self.links) < _MAX_LINKS:
            self.links.append((words.strip()[:80], address[:2000]))


def looks_like_html(text: str) -> bool:
    """Whether ``text`` is markup rather than prose or Markdown."""
    if _DOCUMENT.match(text):
        return True
    if len(_HEADING_MARK.findall(text[:20_000])) > 1:
        return False  # Markdown with some tags in it
    head = text[:200_000]
    found = enumerate(_OPENING_TAG.finditer(head), 1)
    return any(number > 2 and number * 400 > len(head) for number, _ in found)


def plain(text: str) -> Plain:
    """Text of any markup as plain lines; at most :data:`LIMIT` characters are read."""
    aside = _Aside()
    if looks_like_html(text):
        cut = len(text) > LIMIT * 3
        heading, found = _from_html(text[: LIMIT * 3], aside)
    else:
        cut = len(text) > LIMIT
        heading, found = None, _from_markdown(text[:LIMIT], aside)
    lines = [_SPACES.sub(" ", line).strip() for line in visible(found).split("\n")]
    whole = _joined(lines)
    headings = frozenset(_SPACES.sub(" ", one).strip() for one in aside.headings)
    return Plain(whole[:LIMIT], heading, tuple(aside.links), headings, aside.images, cut or len(whole) > LIMIT)


def _joined(lines: list[str]) -> str:
    """Lines with at most one empty line between them."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


# -- HTML ------------------------------------------------------------------------------------------------------------


def _from_html(text: str, aside: _Aside) -> tuple[str | None, str]:
    if text.count("<") - 2 * text.count("</") > _MAX_OPEN:
        return None, _stripped(text)
    from selectolax.lexbor import LexborHTMLParser

    whole = bool(_DOCUMENT.match(text))
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


def _blocks(root: object, aside: _Aside) -> str:
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
        if tag in _SILENT or (tag in _FRAME and node is not root):
            continue
        if tag == "br":
            pieces.append("\n")
            continue
        _note(node, tag, aside)
        if tag in _BLOCKS:
            if tag not in {"td", "th"}:
                _break(pieces, "\n")
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
    if mark != "\n" or (pieces and not pieces[-1].endswith("\n")):
        pieces.append(mark)


def _note(node: object, tag: str, aside: _Aside) -> None:
    if tag == "a":
        address = node.attributes.get("href")  # type: ignore[attr-defined]
        aside.link(node.text(deep=True), address or "")  # type: ignore[attr-defined]
    elif tag == "img":
        aside.images += 1
    elif tag in _SET_OFF and len(aside.headings) < _MAX_LINKS:
        words = node.text(deep=True).strip()  # type: ignore[attr-defined]
        if 2 <= len(words) <= 80:
            aside.headings.add(words)


# -- Markdown and plain text -----------------------------------------------------------------------------------------


def _from_markdown(text: str, aside: _Aside) -> str:
    lines = []
    fenced = False
    for raw in visible(text).split("\n"):
        if _FENCE.match(raw):
            fenced = not fenced
            continue
        if fenced or (_RULE.match(raw) and raw.strip()):
            continue
        line = _inline(raw, aside)
        bare = _MARK.sub("", line).replace("**", "")
        if _BOLD.match(line) or (line.lstrip().startswith("#") and bare != line):
            aside.headings.add(bare.strip())
        if bare.lstrip().startswith("|"):
            bare = bare.strip().strip("|")
        lines.append(html.unescape(bare) if "&" in bare else bare)
    return "\n".join(lines)


def _inline(line: str, aside: _Aside) -> str:
    """One line without its images, tags and the addresses of its links."""

    def link(match: re.Match[str]) -> str:
        aside.link(match[1], match[2])
        return match[1]

    if "[" in line:
        line, images = _IMAGE.subn("", line)
        aside.images += images
        line = _REFERENCE.sub(r"\1", _EMPTY_LINK.sub(r"\1", _LINK.sub(link, line)))
    if "<" in line:
        line = _TAG.sub("", _COMMENT.sub("", _ANGLE.sub(r" \1 ", line)))
    return line

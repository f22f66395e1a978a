"""Markup to lines of plain text: HTML by its blocks, Markdown by its marks; links are kept beside the text.

WeChat's articles hide their body (``visibility: hidden`` on ``#js_content``, undone by a script) and nest spans inside
spans: nothing here looks at style, and lines break at block elements only, so that a label stays with its value.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from spiders.text.glyphs import visible
from spiders.text.html_text import Aside, from_html, is_document
from spiders.text.marks import NO_MARKS, Mark, sign, unmarked

# The deepest nesting and the longest text that are read; what lies beyond is cut off, and said to be.
LIMIT = 400_000
_ELEMENT = r"(?:[abipu]|br|div|span|section|h[1-6]|[uo]l|li|table|t[rd]|img|strong|em|html|body|article"
_ELEMENT += r"|font|center|fig(?:ure|caption)|blockquote)"
# What stands behind the name has a value: "a<b and b>c" is no tag.
_ATTRIBUTES = r"(?:\s*/?|[\s/][^<>=]{0,200}=[^<>]{0,2000})"
_TAG = re.compile(rf"</?{_ELEMENT}{_ATTRIBUTES}>", re.IGNORECASE)
_OPENING_TAG = re.compile(rf"<{_ELEMENT}{_ATTRIBUTES}>", re.IGNORECASE)
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
_LEVELS: tuple[Mark, ...] = ("h1", "h2", "h3", "h4", "h5", "h6")
_SPACES = re.compile(r"[ \t\u3000\u00a0]+")


@dataclass(frozen=True, slots=True)
class Plain:
    """Lines of text, the heading of the page if it has one, and the links as (words, address) in order.

    ``marks`` says of each line of ``text`` what it was (:mod:`spiders.text.marks`);
    ``headings`` are the lines that were set off as headings or in bold; ``images`` counts the pictures left out;
    ``cut`` says that the text was longer than :data:`LIMIT`.
    """

    text: str
    heading: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    headings: frozenset[str] = frozenset()
    marks: tuple[Mark, ...] = ()
    images: int = 0
    cut: bool = False


def looks_like_html(text: str) -> bool:
    """Whether ``text`` is markup rather than prose or Markdown."""
    if is_document(text):
        return True
    if len(_HEADING_MARK.findall(text[:20_000])) > 1:
        return False  # Markdown with some tags in it
    head = text[:200_000]
    found = enumerate(_OPENING_TAG.finditer(head), 1)
    return any(number > 2 and number * 400 > len(head) for number, _ in found)


def plain(text: str) -> Plain:
    """Text of any markup as plain lines; at most :data:`LIMIT` characters are read."""
    aside = Aside()
    text = NO_MARKS.sub("", text)
    if looks_like_html(text):
        cut = len(text) > LIMIT * 3
        heading, found = from_html(text[: LIMIT * 3], aside)
    else:
        cut = len(text) > LIMIT
        heading, found = None, _from_markdown(text[:LIMIT], aside)
    lines = []
    for line in visible(found).split("\n"):
        bare, mark = unmarked(line)
        lines.append((_SPACES.sub(" ", bare).strip(), mark))
    lines = _joined(lines)
    whole = "\n".join(line for line, _ in lines)
    headings = frozenset(_SPACES.sub(" ", one).strip() for one in aside.headings)
    return Plain(
        text=whole[:LIMIT],
        heading=heading,
        links=tuple(aside.links),
        headings=headings,
        marks=tuple(mark for _, mark in lines)[: whole[:LIMIT].count("\n") + 1],
        images=aside.images,
        cut=cut or len(whole) > LIMIT,
    )


def _joined(lines: list[tuple[str, Mark]]) -> list[tuple[str, Mark]]:
    """Lines with at most one empty line between them, and none at either end."""
    kept: list[tuple[str, Mark]] = []
    for line, mark in lines:
        if line or (kept and kept[-1][0]):
            kept.append((line, mark))
    return kept[:-1] if kept and not kept[-1][0] else kept


# -- Markdown and plain text -----------------------------------------------------------------------------------------


def _from_markdown(text: str, aside: Aside) -> str:
    lines = []
    fenced = False
    for raw in visible(text).split("\n"):
        if _FENCE.match(raw):
            fenced = not fenced
            continue
        if fenced or (_RULE.match(raw) and raw.strip()):
            continue
        line = _inline(raw, aside)
        begin = _MARK.match(line)
        bare = (line[begin.end() :] if begin else line).replace("**", "")
        if _BOLD.match(line) or (line.lstrip().startswith("#") and bare != line):
            aside.headings.add(bare.strip())
        mark = _mark_of(line, begin)
        if bare.lstrip().startswith("|"):
            bare = bare.strip().strip("|")
        bare = html.unescape(bare) if "&" in bare else bare
        lines.append(sign(mark) + bare if mark else bare)
    return "\n".join(lines)


def _mark_of(line: str, begin: re.Match[str] | None) -> Mark:
    """What a line of Markdown is, by the marks it begins with; the last of several tells ("> - item")."""
    if begin is not None:
        last = begin[0].split()[-1] if begin[0].split() else ""
        if last.startswith("#"):
            return _LEVELS[min(len(last), 6) - 1]
        return "quote" if last == ">" else "item"
    if line.lstrip().startswith("|"):
        return "row"
    return "bold" if _BOLD.match(line) else ""


def _inline(line: str, aside: Aside) -> str:
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

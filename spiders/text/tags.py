"""Tags of HTML told from other angle brackets: ``<p>`` goes, ``<Dune>``, ``vector<T>`` and ``a<b and b>c`` stay.

A text is markup where something in it can be nothing else: a closing tag, an attribute with a value, a comment, an
element that nobody writes for anything else. Only then do tags go, and of those only elements of HTML, written as they
are written (in lower case or in capitals), and others that have an attribute or are closed.
"""

from __future__ import annotations

import re
from collections.abc import Set

_TAG = re.compile(r"<(?:(/?)([A-Za-z][A-Za-z0-9:_-]*)([\s/][^<>]*)?|[!?](?:--|[A-Za-z\[])[^<>]*)>")
_VALUE = re.compile(r"[\s/]+[\w:@.-]+\s*=")
_NO_VALUES = re.compile(
    r"(?:\s+(?:hidden|disabled|checked|selected|readonly|required|controls|autoplay|loop|muted|async|defer|nowrap"
    r"|noshade|compact|allowfullscreen|open|reversed))*\s*/?\s*",
    re.IGNORECASE,
)
_SILENT = re.compile(r"<(script|style)\b[^<>]*>", re.IGNORECASE)
_END_OF = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_BLOCKS = frozenset(
    {"br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article"}
    | {"blockquote", "dd", "dt", "dl", "pre", "hr"}
)
# Elements that are also words, or letters: alone they may be anything.
_WORDS = frozenset(
    {"a", "b", "i", "q", "s", "u", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "base"}
    | {"big", "body", "button", "canvas", "caption", "center", "cite", "code", "col", "data", "del", "details", "dfn"}
    | {"dialog", "dir", "figure", "font", "footer", "form", "frame", "head", "header", "ins", "label", "legend", "link"}
    | {"main", "map", "mark", "menu", "meta", "meter", "nav", "object", "option", "output", "param", "picture"}
    | {"progress", "ruby", "samp", "search", "section", "select", "slot", "small", "source", "strike", "sub", "summary"}
    | {"sup", "svg", "table", "template", "time", "title", "track", "var", "video", "math", "image", "text", "path"}
)
_ALONE = _BLOCKS - _WORDS | frozenset(
    {"img", "span", "em", "strong", "th", "td", "tbody", "thead", "tfoot", "colgroup", "iframe", "html", "input"}
    | {"wbr", "nobr", "tt", "embed", "figcaption", "fieldset", "noscript", "kbd", "bdi", "bdo", "rp", "rt", "hgroup"}
    | {"optgroup", "datalist", "textarea", "script", "style", "marquee", "frameset", "noframes"}
)
_ELEMENTS = _WORDS | _ALONE


def without_tags(text: str, *, block: str = "\n", inline: str = "") -> str:
    """``text`` without its tags: ``block`` where an element breaks the line, ``inline`` for others. Texts that are no
    markup stay as they are. Time grows with the length of the text alone."""
    if "<" not in text:
        return text
    if "<s" in text or "<S" in text:
        text = _without_scripts(text)
    found = list(_TAG.finditer(text))
    closed = {tag[2] for tag in found if tag[1]}
    if not closed and not any(_is_certain(tag, text) for tag in found):
        return text
    pieces: list[str] = []
    at = 0
    for tag in found:
        name = tag[2]
        if name is None or tag[1] or _is_element(tag, text, closed):
            pieces += (text[at : tag.start()], block if name is not None and name.lower() in _BLOCKS else inline)
            at = tag.end()
    return "".join((*pieces, text[at:]))


def _is_certain(tag: re.Match[str], text: str) -> bool:
    """Whether an opening tag alone shows that the text is markup."""
    name, attributes = tag[2], tag[3]
    if name is None or (attributes and _VALUE.match(attributes)):
        return True
    return name.lower() in _ALONE and _is_element(tag, text)


def _is_element(tag: re.Match[str], text: str, closed: Set[str] = frozenset()) -> bool:
    """Whether what stands in brackets is written as an opening tag of HTML, or of what is ``closed``."""
    name, attributes = tag[2], tag[3]
    if attributes and _VALUE.match(attributes):
        return True
    if attributes and not _NO_VALUES.fullmatch(attributes):
        return False
    if ":" in name or name in closed:
        return True
    if name.lower() not in _ELEMENTS or not (name.islower() or name.isupper()):
        return False
    if len(name) > 1 or (name.islower() and name != "p"):
        return True
    # A letter in brackets is mostly a type: List<P>.
    behind_word = tag.start() > 0 and text[tag.start() - 1].isalnum()
    return name in "pP" and not behind_word


def _without_scripts(text: str) -> str:
    """Without scripts and styles and what stands in them; one that is not closed takes the rest with it."""
    pieces: list[str] = []
    at = 0
    while found := _SILENT.search(text, at):
        pieces += (text[at : found.start()], " ")
        end = _END_OF[found[1].lower()].search(text, found.end())
        close = text.find(">", end.end()) if end else -1
        if close < 0:
            return "".join(pieces)
        at = close + 1
    return "".join((*pieces, text[at:])) if pieces else text

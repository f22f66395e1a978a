"""The entries of a feed, whichever dialect: RSS 0.9-2.0, RDF, Atom, JSON Feed.

Well-formed XML goes through the parser of the standard library (expat), without its document type, so that no entity
can grow or reach out; what is not well-formed goes to feedparser, which recovers what can be recovered. Both work on
text that is decoded already, and neither cleans HTML: that is done where text enters an event.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from spiders.readers import normalize
from spiders.readers.feed import lenient
from spiders.readers.markup import lenient_json

MAX_ENTRIES = 2000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LONG_AUTHOR = re.compile(
    r"(<(?:author|dc:creator|managingEditor|webMaster|itunes:author)[^<>]*>)[^<]{400,}", re.IGNORECASE
)
_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_BARE_AMPERSAND = re.compile(r"&(?![A-Za-z][A-Za-z0-9]{0,30};|#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_POSTED = (
    "pubdate", "published", "dc_date", "dcterms_issued", "issued", "dcterms_modified", "updated", "created", "modified",
)  # fmt: skip
_PREFIXES = {
    "http://purl.org/rss/1.0/modules/event/": "ev",
    "http://purl.org/rss/1.0/modules/event": "ev",
    "urn:ietf:params:xml:ns:xcal": "xcal",
    "urn:ietf:params:xml:ns:icalendar-2.0": "xcal",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://schemas.google.com/g/2005": "gd",
    "http://webnus.net/rss/mec/": "mec",
    "http://www.livewhale.com/": "livewhale",
    "http://www.livewhale.com/ns/1.0/": "livewhale",
    "http://schemas.trumba.com/rss/x-trumba": "x-trumba",
    "http://schemas.microsoft.com/x-microsoft": "x-microsoft",
    "http://www.georss.org/georss": "georss",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
}
_HTML = ("http://www.w3.org/1999/xhtml", "")
_PICTURE = re.compile(r"<img\s", re.IGNORECASE)
_PLAIN_NAMESPACES = frozenset(
    {
        "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2", "http://purl.org/net/rss1.1#",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of any feed: plain title, plain text, address, posting time as written, all other values by name.
    ``illustrated`` is its text as it came, where that holds pictures, else empty."""

    title: str | None
    text: str | None
    link: str | None
    uid: str | None
    posted: str | None
    categories: tuple[str, ...]
    values: Mapping[str, Any]
    illustrated: str = ""


def entries_of(text: str, base: str | None) -> list[Entry]:
    """The entries of a feed's text, in order, at most ``MAX_ENTRIES``. Never raises."""
    if text.lstrip("\ufeff \t\r\n")[:1] == "{":
        return list(islice(_of_json(text), MAX_ENTRIES))
    bare = _without_doctype(_DECLARATION.sub("", text, count=1)).strip()
    found = _of_sound_xml(bare, base)
    return found if found is not None else list(islice(_of_broken_xml(bare, base), MAX_ENTRIES))


def _of_json(text: str) -> Iterator[Entry]:
    for feed in lenient_json.load(text, largest=8 << 20)[:1]:
        entries = feed.get("items") if isinstance(feed, dict) else None
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict):
                tags = entry.get("tags") if isinstance(entry.get("tags"), list) else []
                posted = entry.get("date_published") or entry.get("date_modified")
                yield Entry(
                    title=normalize.line(entry.get("title")),
                    text=fullest(entry.get("content_html"), entry.get("content_text"), entry.get("summary")),
                    link=normalize.web_address(entry.get("url")) or normalize.web_address(entry.get("external_url")),
                    uid=normalize.identifier(str(entry.get("id") or "")) or None,
                    posted=posted if isinstance(posted, str) else None,
                    categories=tuple(tag for tag in map(normalize.line, tags or ()) if tag),
                    values={key.lower().lstrip("_"): value for key, value in _flat(entry)},
                    illustrated=_with_pictures(entry.get("content_html"), entry.get("summary")),
                )


def _flat(entry: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """A JSON entry's own values and those of its extensions (objects whose name begins with "_")."""
    for key, value in entry.items():
        if key.startswith("_") and isinstance(value, dict):
            yield from value.items()
        else:
            yield key, value


def _of_sound_xml(text: str, base: str | None) -> list[Entry] | None:
    """Entries of well-formed XML, else with entities of HTML and bare ampersands allowed for; None if that fails."""
    found = _parsed(text, base)
    if found is None:
        mended = _FORBIDDEN.sub("", _BARE_AMPERSAND.sub("&amp;", _NAMED_ENTITY.sub(_as_character, text)))
        found = _parsed(mended, base) if mended != text else None
    return found


def _parsed(text: str, base: str | None) -> list[Entry] | None:
    parser: XMLPullParser[Any] = XMLPullParser(("start-ns", "end"))
    prefixes = dict(_PREFIXES)
    found: list[Entry] = []
    try:
        parser.feed(text)
        for step in parser.read_events():
            kind, value = step[0], step[-1]
            if kind == "start-ns" and isinstance(value, tuple):
                prefix, uri = value[0], value[-1]
                prefixes.setdefault(uri, "" if uri in _PLAIN_NAMESPACES else prefix.lower())
            elif isinstance(value, Element) and _local(value.tag) in ("item", "entry") and len(found) < MAX_ENTRIES:
                found.append(_of_element(value, prefixes, base))
                value.clear()
        parser.close()
    except (ParseError, ValueError, RecursionError):
        return None
    return found


def _as_character(found: re.Match[str]) -> str:
    character = html.unescape(found.group())
    return character if character != found.group() else f"&amp;{found.group(1)};"


def _local(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _of_element(item: Element, prefixes: Mapping[str, str], base: str | None) -> Entry:
    values: dict[str, Any] = {}
    bodies: list[str | None] = []
    links: list[tuple[str, str]] = []
    categories: list[str | None] = []
    for child in item:
        name = _key(child.tag, prefixes)
        text = _inner(child)
        if name in ("link", "atom_link"):
            links.append((child.get("rel", "alternate"), child.get("href") or text))
        elif name in ("category", "dc_subject"):
            categories.append(child.get("term") or text)
        elif name in ("description", "summary", "content", "content_encoded", "body", "xhtml_body", "fullitem"):
            bodies.append(text)
        elif name in {"when", "gd_when"}:
            values.setdefault("gd_starttime", child.get("startTime"))
            values.setdefault("gd_endtime", child.get("endTime"))
        if text.strip():
            values.setdefault(name, text.strip())
    link = next((href for rel, href in links if rel == "alternate" and href.strip()), links[0][1] if links else None)
    identity = values.get("guid") or values.get("id") or item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    address = normalize.web_address((link or "").strip(), base) or normalize.web_address(values.get("guid"))
    return Entry(
        title=normalize.line(values.get("title") or values.get("dc_title")),
        text=fullest(*bodies),
        link=address,
        uid=normalize.identifier(str(identity or "")) or None,
        posted=next((values[key] for key in _POSTED if values.get(key)), None),
        categories=tuple(dict.fromkeys(name for name in map(normalize.line, categories) if name)),
        values=values,
        illustrated=_with_pictures(*bodies),
    )


def _key(tag: object, prefixes: Mapping[str, str]) -> str:
    """An element's name as feedparser would call it: prefix and local name, lower case."""
    if not isinstance(tag, str):
        return ""
    uri, _, local = tag.rpartition("}")
    prefix = prefixes.get(uri[1:], "") if uri else ""
    return f"{prefix}_{local.lower()}" if prefix else local.lower()


def _inner(element: Element) -> str:
    """An element's text; of XHTML inside it the words, with breaks where blocks end."""
    if not len(element):
        return element.text or ""
    pieces = [element.text or ""]
    stack = [iter(element)]
    tails: list[str] = []
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            if tails:
                pieces.append(tails.pop())
            continue
        pieces.append(html.escape(child.text or "", quote=False))
        tails.append(("\n" if _breaks(child.tag) else "") + html.escape(child.tail or "", quote=False))
        stack.append(iter(child))
    return "".join(pieces)


def _breaks(tag: object) -> bool:
    """Whether the words of an element stand for themselves: blocks of HTML, and parts of a value such as a place's."""
    is_html = isinstance(tag, str) and tag.rpartition("}")[0].lstrip("{") in _HTML
    return not is_html or _local(tag) in ("p", "div", "li", "br", "tr", "h1", "h2", "h3")


def _of_broken_xml(text: str, base: str | None) -> Iterator[Entry]:
    for entry in lenient.entries(_LONG_AUTHOR.sub(r"\1", text)):
        content = [part.get("value") for part in entry.get("content") or () if isinstance(part, dict)]
        yield Entry(
            title=normalize.line(entry.get("title")),
            text=fullest(*content, entry.get("summary")),
            link=normalize.web_address(entry.get("link"), base),
            uid=normalize.identifier(str(entry.get("id") or "")) or None,
            posted=entry.get("published") or entry.get("updated") or entry.get("created"),
            categories=tuple(
                dict.fromkeys(t for tag in entry.get("tags") or () if (t := normalize.line(tag.get("term"))))
            ),
            values=entry,
            illustrated=_with_pictures(*content, entry.get("summary")),
        )


def _without_doctype(text: str) -> str:
    """Without a document type: entities of a feed's own making are never needed, and bombs live there."""
    head = text[:20_000]
    begin = head.upper().find("<!DOCTYPE")
    root = re.search(r"<[A-Za-z]", head)
    if begin < 0 or (root is not None and root.start() < begin):
        return text
    bracket, close = text.find("[", begin), text.find(">", begin)
    if 0 <= bracket < close or (bracket >= 0 and close < 0):
        end = text.find("]", bracket)
        close = text.find(">", end) if end >= 0 else -1
    return text[:begin] + text[close + 1 :] if close >= 0 else text[:begin]


def fullest(*texts: object) -> str | None:
    """The longest of the texts that an entry carries: the full text wins over the summary."""
    plain = [text for text in map(normalize.plain, texts) if text]
    return max(plain, key=len, default=None)


def _with_pictures(*texts: object) -> str:
    """The longest of the texts that hold pictures."""
    return max((text for text in texts if isinstance(text, str) and _PICTURE.search(text)), key=len, default="")

"""The feed reader: RSS 0.9-2.0, RDF, Atom and JSON Feed -> Events.

An item that says when its event is (event modules, xCal, the fields of city calendars) is read from that; any other
item is an announcement, read by the announcement reader with the item's posting time as its clock. A posting date is
never the date of an event.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from spiders.items import Context, Document, Event, Illustrated, Question, Reading
from spiders.readers import dedupe, normalize
from spiders.readers.event_draft import EventDraft, event_of
from spiders.readers.feed.entries import Entry, entries_of
from spiders.readers.feed.notices import noticed
from spiders.readers.feed.posting import Titled, lies_ahead, start_of, with_plain_day
from spiders.readers.feed.stated import facts_of
from spiders.readers.illustrations import illustrated
from spiders.readers.timestamps import Timestamp, read_moment
from spiders.reasons import Code, Reason
from spiders.text.decode import decode

NAME = "feed"
MOST_QUESTIONS = 200  # for a second reader, of one feed
_ROOTS = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF|channel)[\s>]")
_LONGEST_HEAD = 20_000
_FIRST_ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]|\"items\"\s{0,9}:", re.IGNORECASE)
_TITLE = re.compile(
    r"<title[^<>]{0,200}>\s{0,99}(?:<!\[CDATA\[)?([^<\]]{1,300})|\"title\"\s{0,9}:\s{0,9}\"([^\"\\]{1,300})\"",
    re.IGNORECASE,
)


def accepts(document: Document) -> bool:
    """Whether the bytes begin as a feed does: an XML root of a feed, or a JSON Feed."""
    head = document.body[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"{"):
        return b"jsonfeed.org/version" in head
    if not head.startswith(b"<") or re.match(rb"<!doctype html|<html", head, re.IGNORECASE):
        return False
    return _ROOTS.search(head) is not None


def read(document: Document, context: Context) -> Reading:
    """Events of a feed; items that tell of none are counted by their reason, those without text give their link."""
    if not accepts(document):
        return Reading(reader=NAME, reason=Reason(Code.NOT_A_FEED, kind=Reason(_kind(document.body))), refused=True)
    decoded = decode(document.body, document.headers)
    notes = [Reason(Code.TEXT_DOUBTFUL)] if decoded.doubtful else []
    items = entries_of(decoded.text, document.url)
    events: list[Event] = []
    notices: list[Event] = []
    silent: Counter[Reason] = Counter()
    links: list[str] = []
    questions: list[Question] = []
    articles: list[Illustrated] = []
    for item in items:
        said, why = _events_of(item, context, questions, articles)
        told = [event for event in said if event.start or not event.notice]
        notices.extend(event for event in said if event not in told)
        events.extend(told)
        if not told:
            silent[why or Reason(Code.NO_EVENT_AT_ALL)] += 1
        if item.link and not item.text and not any(event.start for event in told):
            links.append(item.link)
    notes += [Reason(Code.ITEMS, count=silent[why], why=why) for why in sorted(silent, key=str)]
    reason = None if events else _silence(len(items), silent)
    return Reading(
        reader=NAME,
        events=tuple(events),
        notices=tuple(notices),
        reason=reason,
        notes=tuple(notes),
        links=tuple(dict.fromkeys(links)),
        name=_name(decoded.text),
        questions=tuple(questions[:MOST_QUESTIONS]),
        illustrated=tuple(articles),
    )


def _name(text: str) -> str | None:
    """What the feed calls itself: its title, which stands before its first entry."""
    head = text[:_LONGEST_HEAD]
    first = _FIRST_ENTRY.search(head)
    title = _TITLE.search(head, 0, first.start() if first else len(head))
    return normalize.line(title[1] or title[2]) if title else None


def _kind(body: bytes) -> Code:
    head = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head:
        return Code.KIND_NOTHING
    return Code.KIND_HTML if b"<html" in head or b"<!doctype html" in head or b"<body" in head else Code.KIND_OTHER


def _silence(items: int, silent: Counter[Reason]) -> Reason:
    if not items:
        return Reason(Code.EMPTY_FEED)
    most = silent.most_common(1)[0][0] if silent else Reason(Code.NO_EVENT_AT_ALL)
    return Reason(Code.SILENT_ITEMS, count=items, why=most)


def posted(value: object, context: Context) -> datetime | None:
    """When an item was posted. Without a zone the source's holds: most such feeds are written by local software."""
    moment = read_moment(value)
    if moment is None and isinstance(value, str) and value.strip():
        moment = _in_words(value, context)
    return moment.at(ZoneInfo(context.timezone)) if moment else None


def _in_words(text: str, context: Context) -> Timestamp | None:
    from spiders.text.when import read_when

    sessions = read_when(text[:200], now=context.now, timezone=context.timezone).sessions
    if not sessions:
        return None
    return Timestamp(sessions[0].start.replace(tzinfo=None), sessions[0].all_day, sessions[0].start.tzinfo)


def _events_of(
    item: Entry, context: Context, questions: list[Question], articles: list[Illustrated]
) -> tuple[list[Event], Reason | None]:
    """The events of an item, or why there are none; what a second reader may settle is added to ``questions``, and what
    its pictures may tell to ``articles``."""
    if not item.title and not item.text:
        return [], Reason(Code.KIND_NOTHING)
    published = posted(item.posted, context)
    # What lies ahead is no time of posting, and no clock to read the words by.
    published = None if lies_ahead(published, context) else published
    facts = facts_of(item, published, context)
    if facts is not None:
        event = event_of(facts, context)
        if event is not None:
            return [noticed(event, item.title or "", item.text or "", context)], None
    clock = replace(context, now=published) if published else context
    titled = start_of(item.title or "", item.posted, context)
    if titled is not None:
        return [noticed(_by_its_day(item, titled, clock), titled.title, item.text or "", context)], None
    return _as_prose(item, published, clock, questions, articles)


def _as_prose(
    item: Entry, published: datetime | None, clock: Context, questions: list[Question], articles: list[Illustrated]
) -> tuple[list[Event], Reason | None]:
    from spiders.readers import announcement

    title = with_plain_day(item.title) if item.title else None
    text = "\n".join(part for part in (title, item.text) if part)
    reading = announcement.read_text(text, clock, url=item.link, title=title)
    told = [_as_item(event, item, published) for event in (*reading.events, *reading.notices)]
    article = illustrated(reading, item.illustrated, text, clock, title=title, page=item.link)
    if article is not None:
        articles.append(replace(article, event=_as_item(article.event, item, published)))
    if clock.second != "never":
        from spiders.readers.second import question_of

        asked = question_of(reading, text, clock, url=item.link)
        if asked is not None:
            uids = (item.uid,) if item.uid else asked.uids
            questions.append(replace(asked, uids=uids, posted=published, categories=item.categories))
    return told, reading.reason


def _by_its_day(item: Entry, titled: Titled, clock: Context) -> Event:
    """The event of an item that names its day in the title and its hour by a posting date ahead. What else its words
    tell is read from them, the hour as well where only the day is known."""
    from spiders.readers import announcement

    facts = EventDraft(title=titled.title, start=titled.start, end=titled.end, uid=item.uid, url=item.link,
                       description=item.text, categories=item.categories, when=item.posted)  # fmt: skip
    event = event_of(facts, clock)
    assert event is not None
    event = replace(event, evidence=replace(event.evidence, sure="inferred"))
    said = announcement.read_text(f"{item.title}\n{item.text or ''}", clock, url=item.link, title=item.title).events
    other = said[0] if len(said) == 1 else event
    if other is event or other.start is None or event.start is None or other.start.date() != event.start.date():
        return event
    if not event.all_day and (other.all_day or other.start != event.start):
        other = replace(other, end=None)
    return replace(dedupe.filled(event, other), published=None)


def _as_item(event: Event, item: Entry, published: datetime | None) -> Event:
    """An announcement's event with what its item knows: id, posting time, tags."""
    return replace(
        event,
        uid=item.uid or event.uid,
        published=published or event.published,
        categories=event.categories or item.categories,
        url=event.url or item.link,
    )

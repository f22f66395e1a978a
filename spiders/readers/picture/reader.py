"""What is seen in a picture to the events it announces, or to what it seems to be instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from spiders.items import Context, Event, Reading
from spiders.readers.announcement import notices, verdict
from spiders.readers.announcement.article import Article
from spiders.readers.announcement.occasions import Occasion
from spiders.readers.announcement.reader import AnnouncementReader
from spiders.readers.announcement.select import Selected, select
from spiders.readers.announcement.titles import is_generic
from spiders.readers.announcement.uids import distinct, hashed
from spiders.readers.announcement.vocabulary import says
from spiders.readers.picture.document import Written, written
from spiders.readers.picture.doubts import doubts_of, tells_seconds
from spiders.readers.picture.entries import names_of_entries, with_whole_programme
from spiders.readers.picture.layout import Page, messages_of, page_of
from spiders.readers.picture.layout_pieces import is_han
from spiders.readers.picture.layout_places import looks_like_place, stands_near
from spiders.readers.picture.links import public_link
from spiders.readers.picture.prices import price_of
from spiders.readers.picture.seeming import seems
from spiders.readers.picture.seen import Seen
from spiders.readers.picture.signup import link_of, links_of_rows
from spiders.reasons import Code, Reason
from spiders.text.glyphs import visible
from spiders.text.where import tidy

NAME = "picture"
_LIKELY = 0.6  # how likely a time must be the event's where words speak of none
_CODE = 300  # characters of a code that are shown
_IN_BRACKETS = re.compile(r"[【\[「《]([^】\]」》]+)[】\]」》]")
_WORDS = 4  # letters of what is held on a day
_LIST = 3
_SHORT = 40  # characters of a line that says what it is
_LONG = timedelta(days=10)


def read_seen(pages: Sequence[Seen], context: Context, *, url: str | None = None) -> Reading:
    """The events that a picture announces, or the pages of a document; without any the reason says what it seems to be.

    ``url`` is the address of the picture where it has one: evidence names it, and what one signs up at goes before it.
    Times are resolved against ``context.now`` in ``context.timezone``.
    """
    readings = [_read_one(seen, context, url) for seen in pages]
    told = [reading for reading in readings if reading.events or reading.notices]
    if not told:
        return (
            readings[0] if readings else Reading(reader=NAME, reason=Reason(Code.NO_EVENT, why=Reason(Code.NO_WORDS)))
        )
    timed = [event for reading in told for event in reading.events if event.start is not None]
    events = distinct(_once(timed)) if timed else told[0].events
    notices = tuple(event for reading in told for event in reading.notices)
    return Reading(reader=NAME, events=tuple(events), notices=notices, reason=None if events else told[0].reason)


def _once(events: Sequence[Event]) -> list[Event]:
    """Each start once: the sides of a flyer tell of the same event."""
    return list({event.start: event for event in reversed(events)}.values())[::-1] if len(events) > 1 else list(events)


def _read_one(seen: Seen, context: Context, url: str | None) -> Reading:
    page = page_of(seen)
    for message in messages_of(page):
        reading = _read_page(message, context, url)
        if any(event.start is not None for event in reading.events):
            return reading
    return _read_page(page, context, url)


def _read_page(page: Page, context: Context, url: str | None) -> Reading:
    document = written(page)
    headline, body = document.article.title, document.article.text[document.article.title_end :]
    reader = AnnouncementReader.over(document.article, context)
    told = notices.told_in(headline, body)
    if told is not None:
        return replace(reader.notice_reading(told, url), reader=NAME)
    selected = select(document.article, reader.mentions, reader.judgement.time)
    selected = replace(selected, occasions=tuple(_shown(selected.occasions, document)))
    why = _refusal(reader, selected, page, document)
    if why is not None:
        return Reading(reader=NAME, reason=Reason(Code.NO_EVENT, why=Reason(seems(page, selected, why))))
    if not selected.occasions:
        events = [reader.without_time(url)]
    else:
        if len(selected.occasions) == 1:
            with_whole_programme(selected.occasions[0], reader.mentions.loose, document)
        for occasion in selected.occasions:
            occasion.doubts = (*occasion.doubts, *doubts_of(occasion, document))
        events = _events(reader, selected.occasions, page, document, url)
    linked = [_completed(event, page, document) for event in _with_links(distinct(events), page, document)]
    return Reading(reader=NAME, events=tuple(_in_picture(event, url) for event in linked))


def _in_picture(event: Event, url: str | None) -> Event:
    return replace(event, evidence=replace(event.evidence, picture=url)) if url is not None else event


def _events(
    reader: AnnouncementReader, occasions: Sequence[Occasion], page: Page, document: Written, url: str | None
) -> list[Event]:
    """The events of all occasions; a single one is called what the largest words say, one of several what stands with
    its time."""
    if len(occasions) == 1 and page.title and not page.message and not is_generic(reader.title):
        whole = _IN_BRACKETS.fullmatch(reader.title)
        return reader.events_of(occasions, url, whole[1] if whole is not None else reader.title)
    events = reader.events_of(occasions, url)
    names = names_of_entries(occasions, page, document) if len(occasions) > 1 else {}
    return [_called(event, names.get(event.start), url) for event in events]


def _called(event: Event, name: str | None, url: str | None) -> Event:
    """An event under the name that stands with its time."""
    if name is None or name == event.title:
        return event
    start = event.start.isoformat() if event.start is not None else ""
    return replace(event, title=name, uid=url or hashed(event.source, name, start))


def _completed(event: Event, page: Page, document: Written) -> Event:
    """An event without a place that is none, with its price, and with what its codes say."""
    where = event.evidence.where
    if event.place is not None and where is not None and not _is_told(where, page, document):
        city = replace(event.place, name=None, address=None) if event.place.city is not None else None
        event = replace(event, place=city, evidence=replace(event.evidence, where=None))
    if event.price is None:
        event = replace(event, price=price_of(page))
    return _with_code_texts(event, page)


def _is_told(where: str, page: Page, document: Written) -> bool:
    """Whether a place stands under a label or on a line of its own near a time, or reads as one: what is guessed from
    capitals in a sentence is none."""
    fields = [field for field in document.article.fields if field.kind in {"place", "meeting"}]
    values = [tidy(document.article.text[field.value : field.stop]) or "" for field in fields]
    labelled = any((tidy(where) or where) in value for value in values)
    said = re.search(rf"\b(?:at|in|@)\s(?:the\s)?{re.escape(where)}", document.article.text) is not None
    return said or labelled or looks_like_place(where) or is_han(where) or stands_near(where, page.times, page.blocks)


def _with_code_texts(event: Event, page: Page) -> Event:
    """The event with what codes say that are no link of a page, as text below its description."""
    texts = [code.text.strip()[:_CODE] for code in page.codes if public_link(code.text) is None and code.text.strip()]
    said = "\n".join(dict.fromkeys(visible(text) for text in texts))
    return replace(event, description=f"{event.description or ''}\n\n{said}".strip()) if said else event


def _with_links(events: Sequence[Event], page: Page, document: Written) -> tuple[Event, ...]:
    """The events with the link of the code that belongs to each."""
    links = [replace(code, text=link) for code in page.codes if (link := public_link(code.text)) is not None]
    if len({event.title for event in events}) == 1:
        link = link_of(page, links)
        return tuple(replace(event, url=link or event.url) for event in events)
    at = [document.article.text.find(event.evidence.when or "\0") for event in events]
    rows = links_of_rows(links, [document.piece_at(position) for position in at])
    return tuple(replace(event, url=link or event.url) for event, link in zip(events, rows, strict=True))


def _shown(told: Sequence[Occasion], document: Written) -> list[Occasion]:
    """Where a time has a line or a label of its own, what is told in passing is none of the event's times; nor is what
    runs already where hours are told. A habit without an hour ("every Sunday") says when nobody is to come."""
    occasions = [one for one in told if not tells_seconds(one, document) and not _is_bare_habit(one)]
    shown = [one for one in occasions if one.labelled]
    kept = [one for one in occasions if one.labelled or _begins_line(document.article, one)] if shown else occasions
    timed = any(not one.sessions[0].all_day for one in kept)
    return [
        one for one in kept if not (timed and one.sessions[0].all_day and (_is_long(one) or _is_signed(one, document)))
    ] or kept


def _is_bare_habit(occasion: Occasion) -> bool:
    return occasion.rule is not None and all(each.all_day for each in occasion.sessions)


def _begins_line(article: Article, occasion: Occasion) -> bool:
    line = article.line_at(occasion.start)
    return not re.search(r"\w", article.normalized[line.start : occasion.start])


def _is_signed(occasion: Occasion, document: Written) -> bool:
    """Whether a day stands alone in the last line: when a sheet was written."""
    return occasion.sessions[0].end is None and not re.search(r"\w", document.article.text[occasion.stop :])


def _is_long(occasion: Occasion) -> bool:
    session = occasion.sessions[0]
    return session.end is not None and session.end - session.start > _LONG


def _refusal(reader: AnnouncementReader, selected: Selected, page: Page, document: Written) -> Code | None:
    """What a picture is instead of an announcement; None where it is one.

    Few words are no sign against a poster: where a likely time is told and large words name a kind of event, it is one.
    """
    why = reader.refusal(selected)
    if why is None and not _is_backed(selected, page, document):
        return Code.AN_ARTICLE
    if why is None or verdict.ruled_out(document.article) is not None:
        return why
    likely = any(one.probability >= _LIKELY for one in selected.occasions)
    return None if likely and _names_event(page) else why


def _is_backed(selected: Selected, page: Page, document: Written) -> bool:
    """Whether more than days without hours speaks for an event: what it is called, its place, its host, a way to sign
    up, a list of days."""
    occasions = selected.occasions
    if not occasions:
        return _names_event(page)
    if not all(session.all_day for one in occasions for session in one.sessions):
        return True
    told = {field.kind for field in document.article.fields}
    told |= {"signup"} if says("signup", document.article.normalized) else set()
    listed = len(occasions) >= _LIST and all(_is_entry(one, document) for one in occasions)
    return (
        bool(told & {"place", "meeting", "host", "signup", "name"}) or bool(page.codes) or listed or _names_event(page)
    )


def _is_entry(occasion: Occasion, document: Written) -> bool:
    """Whether a day of a list is likely an event's, with words of its own beside it."""
    line = document.article.line_at(occasion.start)
    words = document.article.text[occasion.stop : line.stop]
    return occasion.probability >= _LIKELY and len(re.findall(r"[^\W\d_]", words)) >= _WORDS


def _names_event(page: Page) -> bool:
    """Whether the title or another short line says what kind of event it is."""
    lines = [] if page.screen else [piece for block in page.blocks for piece in block if len(piece.text) <= _SHORT]
    return any(
        says("noun", piece.normalized) or says("agenda_head", piece.normalized) for piece in (*page.title, *lines)
    )

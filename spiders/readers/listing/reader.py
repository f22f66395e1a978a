"""The list reader: a page that lists dated entries without any markup for programs.

Pages give the year in a heading, the hour and the place once for a whole list, the title once above it; entries inherit
them. Lists of papers (minutes, news, reports) are no events: a posting date is never an event's date.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from spiders.items import Context, Document, Event, Evidence, Reading
from spiders.readers import dedupe, normalize
from spiders.readers.listing import entries
from spiders.readers.listing.blocks import Block, blocks_of
from spiders.readers.listing.dates import mentioned, month_in, without_dates, year_in
from spiders.readers.listing.inherited import Inherited, inherited_from
from spiders.readers.listing.items import Item, Line, items_of, tells_end_alone
from spiders.readers.listing.labels import apart
from spiders.readers.listing.rows import rows_of
from spiders.readers.listing.vocabulary import pattern, whole
from spiders.readers.markup.page import Page
from spiders.reasons import Code, Reason
from spiders.text.status import NEW_DATE, is_status

NAME = "listing"
MARKUPS: tuple[str, ...] = ()
_NO_LIST = Reason(Code.NO_EVENT, why=Reason(Code.NO_DATED_LIST))
MIN_ENTRIES = 2  # entries that make a list; a page with one date is an announcement, unless it is known for a list
_MAX_EVENTS = 1000
_MAX_LINKS = 40
_HAN = re.compile("[\u4e00-\u9fff]")


def accepts(document: Document) -> bool:
    """Whether the document is a page."""
    return Page(document).is_markup


def read(document: Document, context: Context) -> Reading:
    """Events of a page that lists dated entries. Never raises."""
    return read_page(Page(document), context)


def read_page(page: Page, context: Context) -> Reading:
    """The same for a page that is parsed already. ``links`` are the details of entries that promise an event."""
    blocks = apart(blocks_of(page))
    lines = _lines(blocks, context)
    items = items_of(lines)
    if not items:
        return _ending(lines)
    papers = _papers(items, context)
    kept = [item for item in items if id(item) not in papers]
    least = MIN_ENTRIES
    if kept and len({session.start.date() for item in kept for session in item.anchor.parsed.dated}) < MIN_ENTRIES:
        rows = rows_of(kept) if context.is_list else []
        if not rows:
            return _single(kept, lines, page, context)
        kept, least = rows, 1
    inherited = inherited_from(kept, lines, page)
    events: list[Event] = []
    given_up = {id(one) for one, other in pairwise(kept) if NEW_DATE.match(other.anchor.block.text)}
    for item in kept:
        told = _events(item, inherited, page, context)
        events.extend(replace(event, status="postponed") if id(item) in given_up else event for event in told)
        if len(events) >= _MAX_EVENTS:
            break
    promising = _promising([item for item in items if id(item) in papers] or ([] if events else items))
    links = tuple(dict.fromkeys(_unfinished(events, page, context) + promising))[:_MAX_LINKS]
    if len(events) < least and not links:
        return Reading(reader=NAME, reason=_NO_LIST)
    reason = None if events else Reason(Code.NO_EVENT, why=Reason(Code.POSTING_DATES))
    notes = (Reason(Code.ENTRIES_LEFT_OUT, count=len(papers)),) if papers else ()
    own = _own(events, page, context) if context.is_list else tuple(events)
    return Reading(reader=NAME, events=own, reason=reason, notes=notes, links=links)


def _own(events: list[Event], page: Page, context: Context) -> tuple[Event, ...]:
    """What stands on a page that lists others next month: none of them bears the page's uid alone."""
    return dedupe.with_own_uids(
        dedupe.without_repeats(tuple(events)), shared=frozenset({page.canonical or context.source})
    )


def _unfinished(events: list[Event], page: Page, context: Context) -> tuple[str, ...]:
    """The own pages of entries to come that may tell what the list does not, the nearest first: the hour, and where
    all hours are told the place."""
    own = [event for event in events if event.url and event.url != page.canonical]
    coming = [event for event in own if event.start and (event.end or event.start) >= context.window_start]
    coming.sort(key=lambda event: event.start or context.now)
    hourless = [event.url for event in coming if event.all_day]
    placeless = [event.url for event in coming if not event.all_day and event.place is None and event.mode != "online"]
    return tuple(url for url in (*hourless, *placeless) if url)


def _ending(lines: list[Line]) -> Reading:
    """A list that tells the last days alone: its entries' own pages may tell the first."""
    items = items_of(lines, tells_end_alone)
    links = [next((address for line in item.lines for address, _ in line.block.links), None) for item in items]
    found = tuple(dict.fromkeys(address for address in links if address))[:_MAX_LINKS]
    reason = Reason(Code.NO_EVENT, why=Reason(Code.ENDS_ALONE)) if found else _NO_LIST
    return Reading(reader=NAME, reason=reason, links=found)


def _single(items: list[Item], lines: list[Line], page: Page, context: Context) -> Reading:
    """The page of one event: its day may stand in several lines, its hour in one, its name in the heading above."""
    inherited = inherited_from(items, lines, page)
    found = [event for item in items for event in _events(item, inherited, page, context)]
    timed = [event for event in found if not event.all_day]
    named = next(
        (block for item in items for block in item.anchor.headings[::-1] if entries.is_title(block.text)), None
    )
    title = entries.tidy(named.text) if named else None
    if not timed or title is None or not pattern("event_noun").search(title):
        return Reading(reader=NAME, reason=_NO_LIST)
    first = min(timed, key=lambda event: event.start or context.now)
    last = max(timed, key=lambda event: event.start or context.now)
    end = first.end or (last.start if last.start != first.start else None)
    place = first.place or next((event.place for event in found if event.place), None)
    event = replace(first, title=normalize.line(title) or title, end=end, place=place, url=page.canonical)
    return Reading(reader=NAME, events=(replace(event, uid=page.canonical or event.uid),))


def _lines(blocks: list[Block], context: Context) -> list[Line]:
    """Blocks with their dates, read under the year of the heading above them."""
    sample = "".join(block.text for block in blocks[:400])
    chinese = len(_HAN.findall(sample)) > 0.1 * max(1, len(sample))
    lines: list[Line] = []
    headings: list[Block] = []
    year: int | None = None
    for block in _joined(blocks):
        text = block.text
        named = year_in(text) if len(text) < 120 else None
        said = mentioned(text, context.now, context.timezone, year=None if named else year, chinese=chinese)
        month = month_in(text)
        if _is_heading(block, month=month is not None) and not said.dated:
            if named is not None or (month and month[0]):
                year = named or (month[0] if month else None)
            elif 0 < block.level <= 2:
                year = None
            while headings and 0 < block.level <= headings[-1].level:
                headings.pop()
            headings.append(block)
        lines.append(Line(block, said, tuple(headings[-6:]), year))
    return lines


def _is_heading(block: Block, *, month: bool) -> bool:
    """A heading, or a line that is a month or a year alone; bold words in a cell belong to their row."""
    if block.aside or len(block.text) > 160:
        return False
    if month or re.fullmatch(r"\W*(?:19|20)\d\d\W*年?", block.text):
        return True
    return 0 < block.level <= 6 or (block.level == 7 and block.tag not in ("td", "th") and not is_status(block.text))


def _joined(blocks: list[Block]) -> list[Block]:
    """Date boxes put together: a day in one element, its month (and year) in the one beside it."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if last is not None and last.path[:-1] == block.path[:-1] and not block.aside:
            day_first = re.fullmatch(r"\d{1,2}日?", last.text) and _is_month(block.text)
            month_first = re.fullmatch(r"\d{1,2}日?", block.text) and _is_month(last.text)
            if day_first or month_first:
                day, month = (last.text, block.text) if day_first else (block.text, last.text)
                out[-1] = replace(last, text=_boxed(day.rstrip("日"), month))
                continue
        out.append(block)
    return out


def _is_month(text: str) -> bool:
    return len(text) < 20 and (month_in(text) is not None or re.fullmatch(r"\d{4}[-./]\d{1,2}", text) is not None)


def _boxed(day: str, month: str) -> str:
    found = month_in(month)
    if found is None:
        return f"{month}-{day}"
    year, number = found
    if _HAN.search(month) or re.search(r"\d", month.replace(str(year), "") if year else month):
        return f"{year}年{number}月{day}日" if year else f"{number}月{day}日"
    return f"{month.split(maxsplit=1)[0].strip(',.')} {day}" + (f", {year}" if year else "")


def _papers(items: list[Item], context: Context) -> set[int]:
    """Entries that are papers or postings, by the id of the item."""
    found = {id(item) for item in items if _is_paper(item)}
    rest = [item for item in items if id(item) not in found]
    if rest and _are_postings(rest, context):
        found |= {id(item) for item in rest}
    return found


def _is_paper(item: Item) -> bool:
    """An entry under "Minutes", or one that speaks of nothing but papers, without a place of its own."""
    own = [line.block.text for line in item.lines]
    if any(pattern("place_label").match(text) or pattern("time_label").match(text) for text in own):
        return False
    heading = next((block.text for block in reversed(item.anchor.headings) if len(block.text) < 120), "")
    says_papers = bool(heading) and bool(pattern("papers").search(heading)) and not pattern("schedule").search(heading)
    if says_papers:
        has_cells = entries.clock_of(item) is not None and len(item.lines) > 2
        return not has_cells
    anchor = item.anchor.block.text
    bare = entries.tidy(pattern("papers").sub(" ", without_dates(anchor, item.anchor.parsed.dated)))
    return bool(
        re.search(r"\b(?:audited|statement|financials?|report|adopted|rfp|annual)\b", anchor, re.IGNORECASE)
    ) and not pattern("event_noun").search(bare)


def _are_postings(items: list[Item], context: Context) -> bool:
    """A news list: bare dates, each beside a linked title, no hour anywhere, and none of them still to come."""
    today = (context.now + timedelta(days=1)).date()
    bare = [item for item in items if _is_bare_posting(item)]
    if len(bare) < 0.8 * len(items):
        return False
    late = sum(item.anchor.parsed.dated[0].start.date() > today for item in bare)
    heading = " ".join(block.text for block in items[0].anchor.headings[-2:])
    if pattern("schedule").search(heading) and late:
        return False
    return late == 0


def _is_bare_posting(item: Item) -> bool:
    session = item.anchor.parsed.dated[0]
    text = item.anchor.block.text
    links = [words for line in item.lines for _, words in line.block.links if words and entries.is_title(words)]
    rest = entries.tidy(without_dates(text, item.anchor.parsed.dated))
    bare = len(rest) < 25 or any(words in rest or rest in words for words in links)
    labelled = any(pattern("time_label").match(line.block.text) for line in item.lines)
    return bool(links) and bare and session.all_day and not labelled and entries.clock_of(item) is None


def _events(item: Item, inherited: Inherited, page: Page, context: Context) -> list[Event]:
    own = [found for block in reversed(item.anchor.headings) if (found := entries.heading_title(block.text))]
    telling = next((found for found in own if " " in found or _HAN.search(found)), None)
    title = entries.title_of(item, telling or inherited.title or next(iter(own), None))
    if title is None:
        return []
    place, where = entries.place_of(item, inherited.place)
    clock = entries.clock_of(item)
    url = entries.address_of(item, title)
    base = Event(
        source=context.source,
        uid=url or page.canonical or context.source,
        title=normalize.line(title) or title,
        start=None,
        timezone=context.timezone,
        place=place,
        mode=entries.mode_of(where, title),
        url=url or page.canonical,
        organizer=entries.organizer_of(item),
        status=entries.status_of(item, context.now),
        evidence=Evidence(where=where),
    )
    out: list[Event] = []
    for session in item.anchor.parsed.dated[:31]:
        start, end, all_day = entries.timed(session, clock or inherited.clock)
        if context.timezone_overrides:
            zone = ZoneInfo(context.timezone)
            start, end = start.replace(tzinfo=zone), end and end.replace(tzinfo=zone)
        inferred = session.sure != "stated" or (session.all_day and not all_day and clock is None)
        doubts = (Reason(Code.WEEKDAY_CONTRADICTS),) if session.sure == "doubtful" and _weekday_written(item) else ()
        out.append(
            entries.event_at(base, start, end, all_day=all_day, inferred=inferred, words=session.words, doubts=doubts)
        )
    return out


def _weekday_written(item: Item) -> bool:
    return bool(
        re.search(
            r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|周[一二三四五六日]|星期", item.anchor.block.text, re.IGNORECASE
        )
    )


def _promising(items: list[Item]) -> tuple[str, ...]:
    """Links of posted entries whose titles promise an event, newest first as the page has them."""
    found = [
        address
        for item in items
        for line in item.lines
        for address, words in line.block.links
        if words and pattern("promising").search(words) and not whole("generic").fullmatch(words)
    ]
    return tuple(dict.fromkeys(found))[:_MAX_LINKS]

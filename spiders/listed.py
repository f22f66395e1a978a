"""A list and its entries' own pages, told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spiders.items import Event, Reading
from spiders.readers.dedupe import filled
from spiders.reasons import Code, Reason


def of_entry(reading: Reading, address: str) -> Reading:
    """The reading of an entry's own page, whose one event stands under the ``address`` that the list gave: sites link
    to the same page in several ways."""
    if len(reading.events) + len(reading.notices) != 1:
        return reading
    events, notices = (tuple(replace(each, url=address) for each in some) for some in (reading.events, reading.notices))
    return replace(reading, events=events, notices=notices)


def with_own_pages(listed: Sequence[Event], told: Sequence[Event]) -> list[Event]:
    """The events of a list beside those that the pages of its entries ``told``.

    Where the list tells no hour, its entry's own page speaks for it. Where it does, the page fills what lacks (place,
    price, end) if it speaks of that day; its word on another day counts for less than the list's. A page that calls
    its event off or moves it speaks for it.
    """
    pages: dict[str | None, list[Event]] = {}
    for event in told:
        pages.setdefault(event.url, []).append(event)
    pages.pop(None, None)
    notices = {event.url for event in told if event.notice}
    timed = ({event.url for event in listed if _tells_hour(event)} & pages.keys()) - notices
    return [
        *(_completed(each, pages.get(each.url, ())) for each in listed if each.url in timed or each.url not in pages),
        *(event for event in told if event.url not in timed),
    ]


def _tells_hour(event: Event) -> bool:
    return event.start is not None and not event.all_day and event.notice is None


def _completed(event: Event, pages: Sequence[Event]) -> Event:
    same_day = [page for page in pages if _day(page) == _day(event)]
    page = next((page for page in same_day if page.all_day or page.start == event.start), None)
    if page is not None:
        return filled(event, page)
    return _doubted(event, same_day[0]) if len(same_day) == 1 else event


def _doubted(event: Event, page: Event) -> Event:
    """Two hours of one day: the list's stands, and both are told."""
    told = filled(event, page)
    doubt = Reason(Code.MARKUPS_CONTRADICT, one=f"{event.start:%H:%M}", other=f"{page.start:%H:%M}")
    evidence = replace(told.evidence, sure="inferred", doubts=(*told.evidence.doubts, doubt))
    return replace(told, evidence=evidence)


def _day(event: Event) -> object:
    return event.start.date() if event.start else None

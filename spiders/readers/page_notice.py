"""Pages about one event that is off, beside a list of others: what their heading says is told as well.

The list, or the markup, speaks for such a page; neither says that the event of its heading does not take place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spiders.items import Context, Document, Event, Reading
from spiders.readers.markup.page import Page
from spiders.text.notice import may_be_notice

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BEHIND = 400  # characters behind a heading among which a notice would stand
_MORE = 40  # characters that a heading alone does not say


def with_notice(reading: Reading, page: Page, document: Document, context: Context) -> Reading:
    """The reading with the notice that the page is, if its one heading and what follows it make one."""
    headings = page.tree.css("h1")
    if len(headings) != 1 or not (heading := headings[0].text().strip()):
        return reading
    if not may_be_notice(heading, _behind(headings[0], heading)):
        return reading
    from spiders.readers import announcement

    prose = announcement.read(document, context)
    told = [_with_own_day(event, reading) for event in (*prose.events, *prose.notices) if event.notice]
    known = {(event.title, event.status) for event in reading.events}
    told = [replace(event, uid=f"{event.uid}#notice") for event in told if (event.title, event.status) not in known]
    dated = tuple(event for event in told if event.start is not None)
    undated = tuple(event for event in told if event.start is None)
    return replace(reading, events=(*reading.events, *dated), notices=(*reading.notices, *undated))


def _behind(node: LexborNode, heading: str) -> str:
    """What follows a heading: the rest of the first element around it that says more."""
    text = heading
    while node.parent is not None and len(text) < len(heading) + _MORE:
        node = node.parent
        text = node.text(separator=" ")
    return text.partition(heading)[2][:_BEHIND]


def _with_own_day(notice: Event, reading: Reading) -> Event:
    """A notice without the day that it has from another event of its page: the first date of a text is then theirs."""
    if notice.notice != "off" or notice.start is None:
        return notice
    there = [each for each in reading.events if each.start and each.start.date() == notice.start.date()]
    if not there or any(each.title == notice.title for each in there):
        return notice
    return replace(notice, start=None, end=None, all_day=False, former=None, place=None)

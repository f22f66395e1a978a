"""Items that state their event's start in a field, and whose words say that the event is off or has moved."""

from __future__ import annotations

from dataclasses import replace

from spiders.items import Context, Event
from spiders.text.notice import may_be_notice


def noticed(event: Event, title: str, text: str, context: Context) -> Event:
    """The event of such an item with what its words say of it. A new time in words stands against a field that was not
    edited; the field is then the day that the event was to be on."""
    if event.start is None or not may_be_notice(title, text):
        return event
    from spiders.readers.announcement import notices

    told = notices.told_in(title, text)
    if told is None:
        return event
    clock = replace(context, now=event.published or context.now)
    known, day = replace(event, title=told.title), event.start.date()
    anew = notices.session_of(told.anew, clock)
    if anew is None:
        return notices.marked(known, told, day, clock)
    if anew.start == event.start or (anew.all_day and anew.start.date() == day):  # the field was edited as well
        return replace(notices.marked(known, told, None, clock), former=None, former_until=None)
    start = anew.start
    if anew.all_day and not event.all_day:  # the hour stays
        start = start.replace(hour=event.start.hour, minute=event.start.minute, tzinfo=event.start.tzinfo)
    end = start + (event.end - event.start) if event.end is not None else None
    return notices.marked(replace(known, start=start, end=end), told, day, clock)

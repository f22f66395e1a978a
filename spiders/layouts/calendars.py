"""A calendar file (RFC 5545), known by its events and their starts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spiders.items import Context, Document, Reading
from spiders.layouts.layout import changed
from spiders.reasons import Code

_TITLE = re.compile(rb"^SUMMARY[:;]", re.MULTILINE | re.IGNORECASE)
_EVENT = re.compile(rb"^BEGIN:VEVENT\s*$", re.MULTILINE | re.IGNORECASE)
_START = re.compile(rb"^DTSTART[:;]", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The answers are calendars. One without any title in it is empty; one with titles and no event is none."""

    def read(self, document: Document, context: Context) -> Reading:
        from spiders.readers import dispatch

        reading = dispatch.read(document, context, "ical")
        in_order = reading.refused or reading.events or not _TITLE.search(document.body)
        if in_order or (reading.reason is not None and reading.reason.code is Code.NONE_IN_WINDOW):
            return reading
        missing = [name for name, mark in (("VEVENT", _EVENT), ("DTSTART", _START)) if not mark.search(document.body)]
        return changed(missing[0]) if missing else reading

"""What ``ical`` finds in calendars. Each line of input is a calendar as a JSON string; each of output its events."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime

from ical.calendar_stream import IcsCalendarStream


def when(moment: date) -> str:
    return moment.astimezone(UTC).isoformat() if isinstance(moment, datetime) else moment.isoformat()


for line in sys.stdin:
    calendar = IcsCalendarStream.calendar_from_ics(json.loads(line))
    found = [
        {
            "uid": event.uid,
            "title": event.summary,
            "start": when(event.dtstart),
            "end": when(event.end),
            "status": event.status,
            "transp": event.transparency,
            "sequence": event.sequence,
        }
        for event in calendar.events
    ]
    print(json.dumps(found), flush=True)

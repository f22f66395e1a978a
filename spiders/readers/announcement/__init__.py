"""Announcements to events: an article, a pasted text, a feed item. Text in, events out, or the reason why not.

The order of work: markup to lines (:mod:`spiders.text.clean`), every mention of a time (:mod:`spiders.text.when`), the
labelled fields (:mod:`.fields`), which mentions are the event's (:mod:`.occasions`), whether it is an announcement at
all (:mod:`.verdict`), and then title, place, price and the rest of each event.
"""

from spiders.readers.announcement.reader import NAME, accepts, explain, read, read_text
from spiders.text.clean import LIMIT

__all__ = ["LIMIT", "NAME", "accepts", "explain", "read", "read_text"]

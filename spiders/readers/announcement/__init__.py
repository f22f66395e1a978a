"""Announcements to events: an article, a pasted text, a feed item. Text in, events out, or the reason why not.

The order of work: markup to lines with their marks (:mod:`spiders.text.clean`, :mod:`spiders.text.marks`), the document
model with its headings and labelled fields (:mod:`.article`, :mod:`.fields`), every mention of a time
(:mod:`spiders.text.when`), the same day and hour as one time (:mod:`.times`), which of the times are events
(:mod:`.select`, over :mod:`.time_features`) and what is one event (:mod:`.occasions`, :mod:`.sittings`), whether it is
an announcement at all (:mod:`.verdict`), and then the name (:mod:`.names`), place (:mod:`.places`), price and the rest
(:mod:`.details`) of each event. A text that calls its event off, puts it off or moves it goes by :mod:`.notices`.

Form decides first; where rules compete, learnt weights do (:mod:`.judgement`), and how likely a time is becomes how
sure its event is.
"""

from spiders.readers.announcement.reader import NAME, accepts, explain, read, read_text
from spiders.text.clean import LIMIT

__all__ = ["LIMIT", "NAME", "accepts", "explain", "read", "read_text"]

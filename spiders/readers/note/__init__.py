"""Notes to events: a line, a chat, a few lines that somebody keeps and says to be of an event. Text in, events out.

A text is cut into its notes (:mod:`.parts`). A long one is read as an announcement, whose verdict is not asked for; a
brief one tells name, hour, place and price side by side, and is read piece by piece (:mod:`.pieces`, :mod:`.reader`).
"""

from spiders.readers.note.parts import parts_of
from spiders.readers.note.reader import NAME, deadline_of, read, weeks_on

__all__ = ["NAME", "deadline_of", "parts_of", "read", "weeks_on"]

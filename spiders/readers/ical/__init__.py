"""iCalendar (RFC 5545), in the many forms in which it is served."""

from spiders.readers.ical.reader import NAME, accepts, read

__all__ = ["NAME", "accepts", "read"]

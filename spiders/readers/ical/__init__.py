"""iCalendar (RFC 5545), in the many forms in which it is served."""

from spiders.readers.ical.reader import NAME, looks_like, read

__all__ = ["NAME", "looks_like", "read"]

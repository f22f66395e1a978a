"""Pages that list events for people only: repeated blocks of dates, titles and links."""

from spiders.readers.listing.reader import NAME, read, read_page

__all__ = ["NAME", "read", "read_page"]

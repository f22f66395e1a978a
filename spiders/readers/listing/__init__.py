"""Pages that list events for people only: repeated blocks of dates, titles and links."""

from spiders.readers.listing.reader import MARKUPS, NAME, accepts, read, read_page

__all__ = ["MARKUPS", "NAME", "accepts", "read", "read_page"]

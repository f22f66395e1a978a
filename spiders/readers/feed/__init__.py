"""RSS, Atom, RDF and JSON feeds: items that are events, and items that announce some."""

from spiders.readers.feed.reader import NAME, accepts, read

__all__ = ["NAME", "accepts", "read"]

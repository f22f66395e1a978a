"""Events in the state that a page ships for its own scripts."""

from spiders.readers.app_state.reader import MARKUPS, NAME, accepts, read, read_page

__all__ = ["MARKUPS", "NAME", "accepts", "read", "read_page"]

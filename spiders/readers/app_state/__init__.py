"""Events in the state that a page ships for its own scripts."""

from spiders.readers.app_state.reader import NAME, read, read_page

__all__ = ["NAME", "read", "read_page"]

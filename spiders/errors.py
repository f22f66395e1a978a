"""What can go wrong with one source.

    SourceError                 the source costs itself, never the run
    ├── FetchError              no answer worth reading: network, status, robots, limits
    │   └── ForbiddenAddressError    a private or otherwise refused address
    └── ReadError               an answer that cannot be read
        └── ReaderKilledError       the reader passed its limits of time or memory and was ended

Messages are lower case: "subject: what is wrong (what to do)".
"""

from __future__ import annotations


class SourceError(Exception):
    """Something is wrong with one source."""

    def __init__(self, message: str, *, source: str | None = None) -> None:
        super().__init__(message)
        self.source = source


class FetchError(SourceError):
    """No answer that is worth reading."""


class ForbiddenAddressError(FetchError):
    """The address is private, or of a kind that is never fetched."""


class ReadError(SourceError):
    """The answer cannot be read."""


class ReaderKilledError(ReadError):
    """The reader passed its limits and was ended."""

"""What can go wrong with one source.

    SourceError                 the source costs itself, never the run
    ├── FetchError              no answer worth reading: network, status, robots, limits
    │   └── ForbiddenAddressError    a private or otherwise refused address
    └── ReadError               an answer that cannot be read
        └── ReaderKilledError       the reader passed its limits of time or memory and was ended

What is wrong is a `Reason`; the words for it are the reader's language's.
"""

from __future__ import annotations

from spiders.reasons import Reason


class SourceError(Exception):
    """Something is wrong with one source."""

    def __init__(self, reason: Reason, *, source: str | None = None) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.source = source


class FetchError(SourceError):
    """No answer that is worth reading."""


class ForbiddenAddressError(FetchError):
    """The address is private, or of a kind that is never fetched."""


class ReadError(SourceError):
    """The answer cannot be read."""


class ReaderKilledError(ReadError):
    """The reader passed its limits and was ended."""

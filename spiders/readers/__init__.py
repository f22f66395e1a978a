"""Readers: bytes of one document to events. Pure functions: no network, no clock, no Scrapy.

A reader is a module, or the face of a package, that fits one of these protocols; `dispatch` decides which one speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from spiders.items import Context, Document, Reading

if TYPE_CHECKING:  # what parses pages is imported by those who do
    from spiders.readers.markup.page import Page


class Reader(Protocol):
    """Reads one kind of document. ``NAME`` is what its readings call it."""

    NAME: str

    def accepts(self, document: Document) -> bool:
        """Whether the document looks like one that this reader reads, by its bytes alone. Never raises."""

    def read(self, document: Document, context: Context) -> Reading:
        """Its events, or the reason why there are none. Never raises, whatever the bytes."""


class PageReader(Reader, Protocol):
    """Reads something of HTML pages. Where it reads several markups, a reading with events names the one it read:
    one of ``MARKUPS``."""

    MARKUPS: tuple[str, ...]

    def read_page(self, page: Page, context: Context) -> Reading:
        """The same for a page that is decoded already."""

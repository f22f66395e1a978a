"""A page that tells its events to programs (JSON-LD, microdata, state of scripts), and nothing else of it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spiders.items import Context, Document, Reading
from spiders.layouts.layout import changed, nothing_listed, refused, settled
from spiders.readers import app_state, schema_org
from spiders.readers.markup.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """``frame`` is a mark in the page's source that stands before its events, ``each`` what every one of them has
    there. ``empty`` is a pattern of the source of a page without events.
    """

    frame: str
    each: str
    empty: str | None = None

    def read(self, document: Document, context: Context) -> Reading:
        page = Page(document)
        found = schema_org.read_page(page, context)
        if not found.events:
            state = app_state.read_page(page, context)
            found = state if state.events else found
        if self.frame in page.text and self.each in page.text and found.events:
            return settled(found, context)
        if self.empty is not None and re.search(self.empty, page.text):
            return nothing_listed()
        missing = self.frame if self.frame not in page.text else self.each
        return refused(page) or changed(missing)

"""A page that tells its events to programs (schema.org, or the state of scripts), and nothing else of it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spiders.items import Context, Document, Reading
from spiders.layouts.layout import changed, nothing_listed, refused, settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """``frame`` is a mark in the page's source that stands before its events, ``each`` what every one of them has
    there. With ``is_state`` they stand in the state of its scripts. ``empty`` is a pattern of the source of a page
    without events.
    """

    frame: str
    each: str
    empty: str | None = None
    is_state: bool = False

    def read(self, document: Document, context: Context) -> Reading:
        from spiders.readers import app_state, schema_org
        from spiders.readers.markup.page import Page

        page = Page(document)
        found = (app_state if self.is_state else schema_org).read_page(page, context)
        if self.frame in page.text and self.each in page.text and found.events:
            return settled(found, context)
        if self.empty is not None and re.search(self.empty, page.text):
            return nothing_listed()
        missing = self.frame if self.frame not in page.text else self.each
        return refused(page) or changed(missing)

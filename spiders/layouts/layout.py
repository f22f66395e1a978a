"""What every layout is, and the readings that all of them give where there is nothing to read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from spiders.items import Context, Document, Reading
from spiders.reasons import Code, Reason

if TYPE_CHECKING:  # whoever asks only what a site is called needs no reader
    from spiders.readers.markup.page import Page


class Layout(Protocol):
    """Reads the answers of one site."""

    def read(self, document: Document, context: Context) -> Reading:
        """The events; or why there are none: a refusal where a key element is missing. Never raises on bytes."""


def changed(missing: str, *, reader: str = "site") -> Reading:
    """The reading of an answer that lacks a key element."""
    return Reading(reader=reader, reason=Reason(Code.LAYOUT_CHANGED, missing=missing), refused=True)


def nothing_listed(reader: str = "site") -> Reading:
    """The reading of a list that is in order and empty."""
    return Reading(reader=reader, reason=Reason(Code.NO_EVENT_AT_ALL))


def refused(page: Page) -> Reading | None:
    """The reading of a page that came in place of what was asked for (a sign-in, a challenge); None where it did not.
    Ask only about pages that lack what they are known by."""
    from spiders.readers.markup.refusal import filled_by_script, refusal_of

    what = refusal_of(page) if page.is_markup else None
    if what is None and page.is_markup and filled_by_script(page):
        what = Code.PAGE_FILLED_BY_SCRIPT
    return (
        None if what is None else Reading(reader="refusal", reason=Reason(Code.REFUSED, why=Reason(what)), refused=True)
    )


def settled(reading: Reading, context: Context) -> Reading:
    """Repeats told once, every event with a uid of its own, gaps filled from its prose: as after any other reader."""
    from spiders.readers import dedupe, prose

    events = dedupe.with_own_uids(dedupe.without_repeats(reading.events))
    return prose.completed(replace(reading, events=events), context)

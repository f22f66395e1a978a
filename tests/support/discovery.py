"""A search for a source over a web that is a mapping: no crawl, no process."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from spiders.discover.inspection import inspect_document
from spiders.discover.model import Answer, Discovery
from spiders.discover.search import search
from spiders.items import Context, Document
from spiders.reasons import Code, Reason
from spiders.sites import READING_OF_KIND

NOT_FOUND = Reason(Code.STATUS_NOT_FOUND, status=404)
Web = Mapping[str, bytes | Reason]
"""What stands at an address, or why there is no answer; anything else is not found."""


def searched(web: Web, asked: str, now: datetime, context: Context, **options: object) -> tuple[Discovery, list[str]]:
    """The end of a search, and the addresses it asked for in their order."""
    steps = search(asked, now, **options)  # type: ignore[arg-type]
    requested: list[str] = []
    answer: Answer | None = None
    while True:  # bounded by the budget of a search
        try:
            probe = next(steps) if answer is None else steps.send(answer)
        except StopIteration as end:
            return end.value, requested
        requested.append(probe.address)
        body = web.get(probe.address, NOT_FOUND)
        if isinstance(body, Reason):
            answer = Answer(address=probe.address, failure=body)
            continue
        document = Document(body=body, url=probe.address)
        seen = inspect_document(document, context, READING_OF_KIND[probe.kind])
        answer = Answer(address=probe.address, document=document, inspection=seen)

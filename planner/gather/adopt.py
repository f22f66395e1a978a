"""A source's first answer kept as it was seen when the source was looked for: nobody is asked twice."""

from __future__ import annotations

import hashlib
from datetime import datetime

from planner.config import Config
from planner.gather import sources_of
from planner.gather.fetch import context_of
from planner.gather.keep import keep
from planner.store import Store
from spiders.errors import ReadError
from spiders.items import Document, FetchResult, Validators
from spiders.pool import ReaderPool
from spiders.sites import kind_of_reading


def adopt(config: Config, store: Store, name: str, document: Document, now: datetime) -> bool:
    """Read the document that was fetched for the source of this id, and keep its events.

    -> False where that is not the whole answer: it points to details, leaves a question to a second reader, or cannot
    be read. The source is then gathered as any other.
    """
    source = next(each for each in sources_of(config) if each.id == name)
    with ReaderPool(size=1) as pool:
        try:
            reading = pool.read(document, context_of(source, now), kind_of_reading(source))
        except ReadError:
            return False
    if reading.links or reading.questions or reading.refused or reading.more:
        return False
    headers = document.headers
    known = Validators(
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        digest=hashlib.sha256(document.body).hexdigest(),
    )
    keep(source, FetchResult(source=name, readings=(reading,), known=known), store, store.sources(), now)
    return True


def adopt_answer(config: Config, store: Store, answer: FetchResult, now: datetime) -> None:
    """Keep the whole answer of a source, as it was crawled under its id."""
    source = next(each for each in sources_of(config) if each.id == answer.source)
    keep(source, answer, store, store.sources(), now)

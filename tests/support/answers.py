"""A web without a network: what the crawl would give of each source, and who was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from spiders.hosts import HostFacts
from spiders.items import Context, Document, FetchResult, Source, Validators
from spiders.pool import read_document
from spiders.reasons import Code, Reason

Answer = bytes | Code | FetchResult


class Answers:
    """Stands for `spiders.crawl.crawl`. ``of`` maps ids to a document, the code of a failure, or a whole result;
    ``asked`` lists the ids of each crawl, ``facts`` and ``known`` what the last one was told."""

    def __init__(self) -> None:
        self.of: dict[str, Answer] = {}
        self.asked: list[list[str]] = []
        self.facts = HostFacts()
        self.known: Mapping[str, Validators] = {}
        self.news: list[Any] = []

    def crawl(
        self,
        visits: list[tuple[Source, Context]],
        known: Mapping[str, Validators],
        manners: object,
        *,
        secrets: object = None,
        facts: HostFacts,
        on_news: Callable[[Any], None],
    ) -> Iterator[FetchResult]:
        self.asked.append([source.id for source, _ in visits])
        self.facts, self.known = facts, known
        for each in self.news:
            on_news(each)
        for source, context in visits:
            yield self._result(source, context)

    def _result(self, source: Source, context: Context) -> FetchResult:
        answer = self.of[source.id]
        if isinstance(answer, FetchResult):
            return answer
        if isinstance(answer, Code):
            return FetchResult(source=source.id, failure=Reason(answer))
        reading = read_document(Document(body=answer), context, "auto")
        return FetchResult(source=source.id, readings=(reading,), known=Validators(digest=str(hash(answer))))

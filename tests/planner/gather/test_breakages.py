"""Sources of the sample city break without failing, and live on without breaking (all of it:
``benchmarks/silent_failures.py``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest

from planner.config import parse
from planner.demo.city import Page
from planner.gather import gather, sources_of
from planner.gather.fetch import context_of
from planner.i18n.catalog import Catalog
from planner.store import Store
from spiders.items import Document, FetchResult
from spiders.pool import read_document
from tests.support.breakages import BREAKAGES, MONDAY, Living, sources

BROKEN_ON = MONDAY + timedelta(days=1)
SHORT = ("empty list", "sign-in, German", "truncated", "old copy", "one item")
KINDS = {"html": "page"}
SOURCES = [
    each for each in sources("zh") if each.host.split(".")[0] in {"harbour", "dice", "hub", "institute", "library"}
]


class Followed:
    """One source, read day by day without a network; what is told of it each day."""

    def __init__(self, living: Living, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.living, self.store, self.patch = living, store, monkeypatch
        kind = KINDS.get(living.kind, living.kind)
        text = f"timezone: {living.zone}\nsources: [{{id: a, kind: {kind}, url: 'http://{living.host}{living.path}'}}]"
        self.config = parse(text.encode(), "c", Catalog("en"))

    def answers(self, page: Page, day: date) -> bool:
        """Whether trouble is told that begins."""
        now = datetime.combine(day, time(8), self.living.zone)
        (source,) = sources_of(self.config)
        headers = {name.lower(): value for name, value in page.headers.items()}
        document = Document(body=page.body, url=source.url, headers=headers)
        reading = read_document(document, context_of(source, now), self.living.kind)

        def crawl(*_: object, **__: object) -> Iterator[FetchResult]:
            yield FetchResult(source="a", readings=(reading,))

        self.patch.setattr("spiders.crawl.crawl", crawl)
        return bool(gather(self.config, self.store, now).news.begun)

    def is_well(self, day: date) -> bool:
        return not self.answers(self.living.page(self.living.on(day), day), day)


@pytest.mark.parametrize("living", SOURCES, ids=lambda living: living.host)
def test_breakages_are_noticed_at_the_first_run(living, tmp_path, monkeypatch):
    days = [BROKEN_ON - timedelta(days=number) for number in (3, 2, 1)]
    missed = []
    for name in SHORT:
        with Store(":memory:") as store:
            followed = Followed(living, store, monkeypatch)
            assert all(followed.is_well(day) for day in days)
            if not followed.answers(BREAKAGES[name](living, living.on(BROKEN_ON), BROKEN_ON), BROKEN_ON):
                missed.append(name)
            records = store.records(datetime(2026, 1, 1, tzinfo=living.zone), datetime(2028, 1, 1, tzinfo=living.zone))
            assert {record.missed for record in records} <= {0}, name
    assert not missed


@pytest.mark.parametrize("living", SOURCES, ids=lambda living: living.host)
def test_a_week_without_trouble(living, monkeypatch):
    with Store(":memory:") as store:
        followed = Followed(living, store, monkeypatch)
        assert all(followed.is_well(MONDAY + timedelta(days=number)) for number in range(8))

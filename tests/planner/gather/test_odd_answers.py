"""Sources that answer and are broken: noticed at the first run, told once, and no event is lost by it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.config import parse
from planner.gather import gather
from planner.i18n.catalog import Catalog
from planner.store import Store
from spiders.items import FetchResult, Validators
from spiders.reasons import Code, Reason
from tests.support.answers import Answers
from tests.support.documents import calendar
from tests.support.events import NOW

DAY = timedelta(days=1)
EVENINGS = [(f"Evening {day}", f"202612{day:02d}T113000Z") for day in range(1, 9)]
PAGE = "<html><head><title>{title}</title></head><body><ul>{rows}</ul>{more}</body></html>"


def page(count: int = 8, title: str = "Evenings", more: str = "") -> bytes:
    rows = "".join(f"<li>{day} December 2026, 19:00 Salon no {day}, Linden Hall</li>" for day in range(1, count + 1))
    return PAGE.format(title=title, rows=rows, more=more).encode()


class Days:
    """One source asked once a day; ``says`` -> the outcome, and what is told of trouble."""

    def __init__(self, store: Store, answers: Answers, kind: str = "ical") -> None:
        text = f"sources: [{{id: a, kind: {kind}, url: 'https://a.example/x'}}]"
        self.store, self.answers, self.now = store, answers, NOW
        self.config = parse(text.encode(), "c", Catalog("en"))

    def says(self, answer, **more):
        self.now += DAY
        self.answers.of["a"] = answer
        gathered = gather(self.config, self.store, self.now, **more)
        (report,) = gathered.reports
        told = "".join(name[0] for name in ("begun", "lasting", "ended") if getattr(gathered.news, name))
        return report.outcome, told

    @property
    def reason(self) -> Reason | None:
        return self.store.sources()["a"].reason

    def missed(self) -> set[int]:
        records = self.store.records(NOW - 400 * DAY, NOW + 400 * DAY)
        assert records
        return {record.missed for record in records}


@pytest.fixture
def days(tmp_path, monkeypatch):
    answers = Answers()
    monkeypatch.setattr("spiders.crawl.crawl", answers.crawl)
    with Store(tmp_path / "q.db") as store:
        yield lambda kind="ical": Days(store, answers, kind)


def test_an_empty_list_is_told_once_and_weekly_and_cancels_nothing(days):
    run = days()
    assert run.says(calendar(*EVENINGS)) == ("ok", "")
    good = run.now
    assert [run.says(calendar())[1] for _ in range(9)] == ["b", *[""] * 6, "l", ""]
    assert run.reason == Reason(Code.NOTHING_ANY_MORE, usual=8)
    assert run.missed() == {0}
    assert run.store.sources()["a"].good == good, "its age is that of the last good answer"
    assert run.says(calendar(*EVENINGS)) == ("ok", "e")


def test_the_user_may_say_that_it_is_true(days):
    run = days()
    run.says(calendar(*EVENINGS))
    run.says(calendar())
    assert run.says(calendar(), accept_losses=True) == ("quiet", "e")
    assert run.missed() == {3}
    assert run.says(calendar()) == ("quiet", "")


def test_a_clock_that_was_set_back_judges_nobody(days):
    run = days()
    run.says(calendar(*EVENINGS))
    run.now -= 3 * DAY
    run.says(calendar())
    assert run.missed() == {0}


@pytest.mark.parametrize(("broken", "code"), [
    (page(3), Code.FEWER_THAN_USUAL),
    (page(0, more="<form><input type=password></form>"), Code.REFUSED),
    (PAGE.format(title="Back soon", rows="", more="").encode(), Code.NOTHING_ANY_MORE),
    (page().replace(b"2026", b"2025"), Code.NOTHING_ANY_MORE),
])  # fmt: skip
def test_pages(days, broken, code):
    run = days("page")
    assert run.says(page()) == ("ok", "")
    assert run.says(broken) == ("failed", "b")
    assert run.reason is not None
    assert run.reason.code is code
    assert run.missed() == {0}
    assert run.says(page() + b"\n") == ("ok", "e")


def test_half_a_list_is_believed_on_another_day(days):
    run = days("page")
    run.says(page())
    assert run.says(page(4)) == ("failed", "b")
    assert run.reason == Reason(Code.FEWER_THAN_USUAL, count=4, usual=8)
    assert run.says(page(4) + b" ") == ("ok", "e")


def test_a_page_that_ends_in_the_middle_is_read_and_nothing_counts_as_gone(days):
    run = days("page")
    run.says(page())
    cut = page()[: len(page()) * 3 // 4]
    for number, told in enumerate(["b", "", "", ""]):
        assert run.says(cut + b" " * number) == ("ok", told)
    assert run.missed() == {0}
    (note,) = run.store.sources()["a"].notes
    assert note.code is Code.CUT_SHORT
    assert run.says(page()) == ("ok", "e")


def test_a_source_that_never_changes_is_told_of_after_sixty_days(days):
    run = days()
    run.says(calendar(*EVENINGS))
    same = FetchResult(source="a", unchanged=True, known=Validators(etag="x"))
    told = [run.says(same) for _ in range(75)]
    assert {outcome for outcome, _ in told} == {"ok"}
    assert [day for day, (_, said) in enumerate(told, 1) if said] == [60, 67, 74]
    assert run.says(calendar(*EVENINGS, ("New", "20270301T113000Z"))) == ("ok", "e")


def test_other_words_of_the_configuration_and_another_address_are_no_trouble(days):
    run = days()
    run.says(calendar(*EVENINGS))
    entry = run.config.sources[0].model_copy(update={"without": ("Evening",)})
    run.config = run.config.model_copy(update={"sources": (entry,)})
    assert run.says(calendar(*EVENINGS)) == ("quiet", "")
    entry = entry.model_copy(update={"url": "https://b.example/", "without": ()})
    run.config = run.config.model_copy(update={"sources": (entry,)})
    assert run.says(calendar("One"))[0] == "ok"


def test_a_riddle_is_a_failure(days):
    run = days()
    run.says(calendar(*EVENINGS))
    riddle = FetchResult(source="a", failure=Reason(Code.REFUSED, why=Reason(Code.PAGE_CHALLENGE)))
    assert run.says(riddle) == ("failed", "b")
    assert run.missed() == {0}

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
def days(place, monkeypatch):
    answers = Answers()
    monkeypatch.setattr("spiders.crawl.crawl", answers.crawl)
    with Store(place) as store:
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


FRILLS = f"<p>{'Come as you are, bring whom you like. ' * 9}</p>"


def table(*days: int) -> bytes:
    rows = "".join(
        f"<tr><td><a href='https://a.example/{day}'>Salon no {day}</a></td><td>{day} December 2026, 19:00</td>"
        "<td>Linden Hall, 3 Elm Road</td></tr>"
        for day in days
    )
    return PAGE.format(title="Sample Club", rows=f"</ul><table>{rows}</table><ul>", more=FRILLS).encode()


def flat(*days: int) -> bytes:
    rows = "".join(f"<h4>Salon no {day}</h4><p>{day} December 2026, 19:00</p><p>Linden Hall</p>" for day in days)
    return PAGE.format(title="Sample Club", rows=f"</ul>{rows}<ul>", more="").encode()


def titles(run: Days) -> dict[str, int]:
    return {each.event.title: each.missed for each in run.store.records(NOW - 400 * DAY, NOW + 400 * DAY)}


@pytest.mark.parametrize("kind", ["listing", "page", "auto"])
def test_a_list_is_one_down_to_its_last_entry(days, kind):
    run = days(kind)
    run.says(table(5, 12))
    before = run.store.keys("a")
    assert run.says(table(12)) == ("ok", "")
    assert titles(run) == {"Salon no 5": 1, "Salon no 12": 0}, "one is no more told, and none is told in its place"
    assert run.store.keys("a") == before
    assert run.says(table()) == ("quiet", "")
    assert run.says(table(19)) == ("ok", "")
    assert titles(run).keys() == {"Salon no 5", "Salon no 12", "Salon no 19"}


def test_the_last_entry_without_an_address_is_not_the_one_before_moved(days):
    run = days("listing")
    rows = [f"<tr><td>{day} December 2026, 19:00</td><td>Lecture no {day}</td></tr>" for day in (1, 8, 15)]
    for row in (rows[0] + rows[1], rows[1], rows[2]):
        run.says(PAGE.format(title="Sample Club", rows=f"</ul><table>{row}</table><ul>", more="").encode())
    assert titles(run).keys() == {"Lecture no 1", "Lecture no 8", "Lecture no 15"}


def test_a_list_that_reads_as_prose_tells_nothing_new(days):
    run = days("page")
    run.says(flat(5, 12, 19))
    known = titles(run)
    assert len(known) == 3
    page = PAGE.format(title="Sample Club", rows="", more="<p>Linden Hall, 20 December 2026, 19:00</p>").encode()
    told = [run.says(page) for _ in range(4)]
    assert told == [("failed", "b"), *[("failed", "")] * 3]
    assert run.reason == Reason(Code.READ_AS_PROSE)
    assert titles(run) == known
    assert run.says(flat(5, 12, 19)) == ("ok", "e")
    assert titles(run) == known


def test_what_prose_gave_a_wrong_name_keeps_its_place(days):
    run = days("page")
    run.says(table(5))
    (wrong,) = titles(run)
    assert wrong == "Sample Club", "one row is no list, as long as nothing else is known of the page"
    run.says(table(5, 12))
    assert titles(run) == {"Salon no 5": 0, "Salon no 12": 0}

"""Our pages as a real browser draws them: at every width, by day and by night, and with all styles taken away.

The browser is driven by what the folder of QUANZI_OTHERS holds; ``.ci/others`` fills it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.browser import ADDRESS, LANGUAGES, OWN_FILES, PAGES, TITLES, WEEKS, Ask, made

pytestmark = pytest.mark.long
DRAWN = [{"width": width, "scheme": scheme} for width in (320, 600, 1280) for scheme in ("light", "dark")]
BARE = {"width": 660, "bare": True}  # the last one: it takes the styles out of the page
JUDGED = {(600, "light"), (1280, "light"), (1280, "dark")}  # by axe
MIN_HEIGHT = 44  # of what a finger should find


@dataclass(frozen=True, slots=True)
class Look:
    """One page and what was seen of it, view by view."""

    page: str
    week: str
    language: str
    asked: list[str]
    said: list[str]
    views: list[tuple[str, dict[str, Any]]]

    def all(self, name: str) -> dict[str, Any]:
        """What each view says under a name, where it says anything."""
        return {view: found[name] for view, found in self.views if found.get(name)}


@pytest.fixture(scope="module")
def looked(browser: Ask) -> Callable[[str, str, str], Look]:
    """Each page is looked at once, for all tests."""
    known: dict[tuple[str, str, str], Look] = {}

    def look(page: str, week: str, language: str) -> Look:
        key = (page, week, language)
        if key not in known:
            views = [{**view, "axe": (view["width"], view["scheme"]) in JUDGED} for view in DRAWN] + [BARE]
            seen = browser(made(week, language).pages[page], views)
            names = [f"{view['width']} {view['scheme']}" for view in DRAWN] + ["bare"]
            known[key] = Look(*key, seen["asked"], seen["said"], list(zip(names, seen["views"], strict=True)))
        return known[key]

    return look


@pytest.fixture(
    scope="module",
    params=[(page, week, language) for page in PAGES for week in WEEKS for language in LANGUAGES],
    ids=" ".join,
)
def look(request: pytest.FixtureRequest, looked: Callable[[str, str, str], Look]) -> Look:
    return looked(*request.param)


@pytest.fixture(scope="module", params=[(week, language) for week in WEEKS for language in LANGUAGES], ids=" ".join)
def mail(request: pytest.FixtureRequest, looked: Callable[[str, str, str], Look]) -> Look:
    return looked("digest.html", *request.param)


def test_nothing_is_asked_of_the_network_and_no_image_is_needed(look):
    assert {address.rpartition("/")[2] for address in look.asked} <= OWN_FILES.get(look.page, set())
    assert look.all("images") == {}


def test_the_policy_of_the_page_is_kept(look):
    assert [line for line in look.said if look.page != "desk" or "Failed to load resource" not in line] == []


def test_there_is_nothing_to_scroll_sideways(look):
    views = look.views if look.page == "digest.html" else look.views[:-1]  # no browser takes the styles of a page away
    assert {view: found["overflow"] for view, found in views if found["overflow"] > 0} == {}


def test_no_text_is_cut(look):
    views = look.views if look.page == "digest.html" else look.views[:-1]
    assert {view: found["cut"] for view, found in views if found["cut"]} == {}


def test_no_text_lies_on_another(look):
    assert look.all("overlapping") == {}


def test_texts_stand_out_from_their_ground(look):
    """4.5:1, large texts 3:1 (WCAG 2.2, AA)."""
    assert {view: faint["plain"] for view, faint in look.all("faint").items() if faint["plain"]} == {}


def test_texts_stand_out_where_a_mail_program_turns_the_colours_over(mail):
    drawn = [found["faint"] for view, found in mail.views if view.endswith("light")]
    assert len(drawn) == 3
    assert [text for faint in drawn for text in faint["inverted"] + faint["turned"]] == []


def test_a_finger_finds_the_links(look):
    low = {
        (view, link["text"], link["height"])
        for view, links in look.all("links").items()
        if view != "bare"
        for link in links
        if link["height"] < MIN_HEIGHT and not link["running"] and (look.page == "digest.html" or link["button"])
    }
    assert low == set()


def test_axe_finds_nothing(look):
    assert look.all("axe") == {}
    assert sum("axe" in found for _, found in look.views) == len(JUDGED)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_all_facts_are_there_in_every_view(look):
    if look.page == "subscribe":  # it tells of calendars
        assert {link["href"] for _, found in look.views for link in found["links"]} >= {f"{ADDRESS}all.ics"}
        return
    """Without styles too, and so without anything that only styles would say."""
    week = made(look.week, look.language)
    told = week.view
    cards = week.coming if look.page.startswith("public/") else told.cards
    assert bool(cards) == (look.week != "empty")
    facts, links = [], set()
    for card in cards:
        facts += [card.title, card.when if look.page == "desk" else card.hours, card.place, card.price]
        if look.page != "desk":
            links.add(card.link)
        if look.page not in {"index.html", "desk"}:  # there the day stands above its events
            facts.append(card.day)
        if look.page == "digest.html":
            facts += card.reasons
            facts += [fact for fact in (card.advice, card.about, card.deadline) if fact]
            facts += [card.backup.title, card.backup.facts] if card.backup else []
            links.add(card.backup and card.backup.link)
    if look.page == "digest.html":
        for card in told.also_good:
            facts += [card.title, card.day, card.hours, card.place, card.price]
            links.add(card.link)
        facts += [told.week, told.dates, told.summary, *told.changes, *told.failures, *told.notes, *told.for_clients]
        facts += [*told.streaks, *told.newcomers, *told.settings]
    for view, found in look.views:
        text = flat(found["text"])
        assert [fact for fact in facts if flat(fact) not in text] == [], view
        assert links - {None} <= {link["href"] for link in found["links"]}, view


def test_the_full_week_has_something_of_everything():
    told = made("full", "en").view
    kinds = (told.cards, told.also_good, told.changes, told.failures, told.notes, told.streaks, told.newcomers)
    assert all((*kinds, told.for_clients, told.settings))
    assert len(told.cards) + len(told.also_good) == 20


def test_the_language_of_the_page_and_of_each_title_is_said(look):
    titles = {flat(title): language for title, language in TITLES.items()}
    for view, found in look.views:
        page = {"zh": "zh-CN", "en": "en"}[look.language]
        assert found["language"] == page
        named = [each for each in found["languages"] if each["text"] in titles]
        assert [each for each in named if each["language"] != (titles[each["text"]] or page)] == [], view
        assert [each for each in named if not each["isolated"]] == [], view
        if look.week == "full" and look.page != "subscribe":
            assert {each["text"] for each in named} == {title for title in titles if len(title) <= 120}, view


def test_a_title_from_the_right_turns_no_hours_over(look):
    assert look.all("reordered") == {}


def test_the_preheader_comes_first_and_is_not_seen(mail):
    days = {"zh": "11月23日 周一 – 11月29日 周日", "en": "Mon 23 Nov – Sun 29 Nov"}[mail.language]
    for view, found in mail.views:
        assert found["first"].startswith(days), view
        assert found["shownFirst"].startswith(days) == (view == "bare")

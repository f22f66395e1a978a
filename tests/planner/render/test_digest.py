"""A digest of many picks: it says less of each, both forms alike, and stays below what mail programs cut off."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from planner.deliver.mail import MAX_ENCODED, encoded_size
from planner.i18n.catalog import Catalog
from planner.plan.candidates import candidate_of
from planner.plan.week import Pick
from planner.render import pages
from planner.render.digest import DigestBuilder
from planner.types import Term
from spiders.items import Place, Price
from tests.support.events import SHANGHAI, make_event
from tests.support.planning import at, plan
from tests.support.planning import rated as scored
from tests.support.weeks import WEEK, rated, small_week


def full_week(language: str, picks: int):
    """So many picks with long words in every field, each with a backup."""
    config, planned, _ = small_week(language)
    title = (
        "长三角新能源供应链对接沙龙暨出海渠道闭门会（第十二期）"
        if language == "zh"
        else "Energy storage and supply chain salon no. 12"
    )
    place = Place(name="云栖创意园三号楼二层报告厅", address="上海市浦东新区示例路八十八号", city="上海")
    each_hour = [WEEK.start + timedelta(days=number % 7, hours=8 + number // 7) for number in range(2 * picks)]
    names = ("interest", "chain_up", "novelty", "chain_down")
    terms = tuple(Term(name=name, points=2.0, about=f"新能源供应链{number}") for number, name in enumerate(names))
    events = [
        rated(
            make_event(
                f"{title} {number}",
                uid=f"{number:04x}",
                start=start,
                end=start + timedelta(hours=2),
                place=place,
                url=f"https://hub.example/events/2026/11/{number}/details?from=list",
                price=Price(min=99, max=199, currency="CNY"),
                description="电芯、逆变器、集成商，三方坐到一张桌子旁，只谈一件事：明年的交付。" * 4,
            ),
            "industry" if number % 2 else "practice",
            *terms,
        )
        for number, start in enumerate(each_hour)
    ]
    candidates = [candidate_of(each, SHANGHAI) for each in events]
    chosen = [
        Pick(candidate=one, runner_up=other, margin=1.5)
        for one, other in zip(candidates[:picks], candidates[picks:], strict=True)
    ]
    plan = replace(planned.plan, picks=tuple(chosen), left_out=tuple(candidates[picks:]))
    return config, replace(planned, plan=plan, rated=tuple(events))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("picks", "most"), [(20, 45_000), (40, 80_000), (60, 80_000)])
def test_a_full_digest_stays_below_what_mail_programs_cut_off(language, picks, most):
    config, planned = full_week(language, picks)
    view = DigestBuilder(config, Catalog(language)).view(planned, ())
    page = pages.digest_html(view, Catalog(language), sample=False)
    assert len(page) < most
    # More than forty cannot be configured; Chinese grows by a third in transit, and such a page would be attached.
    assert picks > 40 or encoded_size(page) < MAX_ENCODED
    text = page.decode()
    for card in view.cards:
        assert card.title in text.replace("<wbr>", "")
        assert card.link in text
        assert card.hours in text


def test_with_many_picks_each_says_less_but_never_where_and_when():
    said = {}
    for picks in (10, 11, 21, 41):
        config, planned = full_week("zh", picks)
        said[picks] = DigestBuilder(config, Catalog("zh")).view(planned, ()).cards
    assert all(card.about and card.advice and card.backup and len(card.reasons) == 4 for card in said[10])
    assert all(not card.about and not card.advice and card.backup and len(card.reasons) == 2 for card in said[11])
    assert all(not card.backup and len(card.reasons) == 1 for card in said[21])
    assert all(not card.reasons for card in said[41])
    for cards in said.values():
        assert all(card.title and card.day and card.hours and card.place and card.price and card.link for card in cards)


@pytest.mark.parametrize("picks", [3, 10, 15, 30])
def test_both_forms_lead_to_the_same_addresses_and_name_the_same_hours(picks):
    config, planned = full_week("en", picks)
    view = DigestBuilder(config, Catalog("en")).view(planned, ())
    page = pages.digest_html(view, Catalog("en"), sample=False).decode()
    text = pages.digest_text(view, Catalog("en"), sample=False).decode()
    linked = set(re.findall(r'href="([^"]+)"', page))
    assert linked == set(re.findall(r"https?://\S+", text))
    assert len(linked) >= picks
    hours = re.compile(r"\b\d\d:\d\d–\d\d:\d\d\b")
    assert set(hours.findall(page)) == set(hours.findall(text))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_week_that_is_little_worth_says_so_and_proposes_something_of_ones_own(language):
    poor = [scored(make_event(f"夜谈 {day}", uid=f"p{day}", start=at(day, 19), end=at(day, 21)), 0.2) for day in (2, 3)]
    good = scored(make_event("沙龙", uid="good", start=at(1, 19), end=at(1, 21)), 2.0)
    config, planned, _ = small_week(language)
    words = Catalog(language)
    quiet = words("digest.quiet", slot="", initiative="")[:8]
    for events, expected in (([good, *poor], quiet), ([good], None)):
        view = DigestBuilder(config, words).view(replace(planned, plan=plan(events), undated=()), ())
        assert (view.initiative or "").startswith(expected) if expected else view.initiative is None
        assert any(words("note.poor", about="2") == note for note in view.notes) == bool(expected)

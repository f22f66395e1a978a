"""What an event is worth: every term is seen, sums are exact, words behave as docs/interests.md says."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.config import Config, parse
from planner.errors import ConfigError
from planner.i18n.catalog import Catalog
from planner.rating.evidence import evidence_of
from planner.rating.feedback import Learnt
from planner.rating.hosts import USUAL
from planner.rating.people import KnownPeople, regulars
from planner.rating.score import Scorer
from planner.rating.terms import NAMES
from planner.render.cards import CardFormatter
from planner.types import Label, Score, Travel
from spiders.items import Event, Evidence, Place, Price
from tests.support.events import NOW, SHANGHAI, make_event

HERE = Travel(0, True)


def config(text: str = "") -> Config:
    return parse(text.encode(), "config.yaml", Catalog("en"))


def score(event: Event, text: str = "", travel: Travel = HERE, label: Label | None = None, **known: object) -> Score:
    evidence = evidence_of(event)
    scorer = Scorer(config(text), **known)  # type: ignore[arg-type]
    return scorer.score(event, label or evidence.label, travel, evidence, {})


def points(of: Score) -> dict[str, float]:
    return {term.name: term.points for term in of.terms}


def about(of: Score, name: str) -> list[str]:
    return [term.about for term in of.terms if term.name == name]


def test_every_term_and_every_sign_of_a_host_has_words_in_both_languages():
    for language in ("zh", "en"):
        words = Catalog(language)
        assert [name for name in NAMES if not words.has(f"term.{name}")] == []
        assert [sign for sign in USUAL if not words.has(f"sign.{sign.replace('.', '_')}")] == []
    used = set()
    for file in (Path(__file__).parents[3] / "planner/rating").glob("*.py"):
        used |= set(re.findall(r'Term\(\s*(?:name=)?"(\w+)"', file.read_text("utf-8")))
    assert used <= set(NAMES)


def test_a_word_of_the_user_in_a_title_is_worth_leaving_home_for():
    found = score(make_event("蓝莓交流"), "interests: {industry: [蓝莓]}")
    assert points(found)["interest"] >= 1.2
    assert found.total >= 1.0
    assert found.track == "industry"


def test_a_word_in_a_title_counts_more_than_in_category_organiser_or_text():
    settings = "interests: {practice: [蓝莓]}"
    title, *others = (
        points(score(event, settings))["interest"]
        for event in (
            make_event("蓝莓"),
            make_event("周五", organizer="蓝莓"),
            make_event("周五", description="谈谈蓝莓"),
            make_event("周五", categories=("蓝莓",)),
        )
    )
    assert all(0 < other < title for other in others)


def test_a_word_far_down_in_a_text_says_nothing_of_the_evening():
    boilerplate = "关于我们的一段话。" * 60 + "蓝莓"
    assert not about(score(make_event("周五", description=boilerplate), "interests: {practice: [蓝莓]}"), "interest")


def test_the_longest_word_counts_alone():
    once = points(score(make_event("蓝莓果酱节"), "interests: {industry: [蓝莓果酱]}"))["interest"]
    found = score(make_event("蓝莓果酱节"), "interests: {industry: [蓝莓, {蓝莓果酱: 3}]}")
    assert about(found, "interest") == ["蓝莓果酱"]
    assert points(found)["interest"] == pytest.approx(3 * once, abs=0.002)


def test_a_synonym_counts_nearly_as_much_and_is_named():
    own = points(score(make_event("剧本杀 之夜"), "interests: {practice: [剧本杀]}"))["interest"]
    found = score(make_event("Murder Mystery Evening"), "interests: {practice: [剧本杀]}")
    assert about(found, "interest") == ["剧本杀 = murder mystery"]
    assert points(found)["interest"] == pytest.approx(0.9 * own, abs=0.002)


def test_a_word_of_the_same_topic_counts_a_little_and_is_called_near():
    found = score(make_event("血染钟楼 周日场"), "interests: {practice: [狼人杀]}")
    (topic,) = (term for term in found.terms if term.name == "topic")
    assert (topic.about, topic.near) == ("狼人杀", True)
    assert 0 < topic.points < 0.5
    assert not about(found, "interest")


def test_what_is_told_of_a_word_stands_in_the_event_unless_it_is_near():
    event = make_event("桌游夜", description="欢迎新朋友，一起练习演讲", organizer="木桥俱乐部")
    said = f"{event.title} {event.description} {event.organizer}"
    found = score(event, "interests: {practice: [桌游, 辩论, 演讲], industry: [储能]}")
    told = [term for term in found.terms if term.about and not term.near and term.name not in {"travel", "usual"}]
    assert told
    assert [term for term in told if term.about.split(" = ")[-1] not in said] == []


def test_further_interests_fade():
    found = score(make_event("蓝莓 橘子 杏子"), "interests: {industry: [蓝莓, 橘子, 杏子]}")
    first, second, third = (term.points for term in found.terms if term.name == "interest")
    assert second == pytest.approx(first / 2, abs=0.002)
    assert third == pytest.approx(first / 4, abs=0.002)


def test_what_is_avoided_costs_much_and_is_marked():
    found = score(make_event("八分钟相亲"), "interests: {avoid: [相亲]}")
    assert found.avoided
    assert points(found)["avoid"] <= -3.0
    assert score(make_event("Speed Dating"), "interests: {avoid: [相亲]}").avoided


def test_a_longer_wanted_word_hides_an_avoided_one():
    assert not score(make_event("相亲角见闻读书会"), "interests: {practice: [相亲角见闻], avoid: [相亲]}").avoided


def test_the_chain_of_the_user_and_the_chain_that_is_proposed():
    settings = "{interests: {industry: [储能]}, chain: {down: [园区], peers: [甲乙科技]}}"
    found = score(make_event("电芯与园区沙龙", organizer="甲乙科技"), settings)
    assert about(found, "chain_down") == ["园区"]
    assert about(found, "chain_peers") == ["甲乙科技"]
    assert about(found, "chain_near_up") == ["电芯 · 储能"]
    assert points(found)["chain_near_up"] < points(found)["chain_down"]
    assert not about(score(make_event("电芯与园区沙龙")), "chain_near_up")


def test_a_proposed_word_that_the_user_wrote_is_the_users():
    settings = "{interests: {industry: [储能]}, chain: {up: [电芯]}}"
    found = score(make_event("电芯沙龙"), settings)
    assert about(found, "chain_up") == ["电芯"]
    assert not about(found, "chain_near_up")


def test_a_word_in_the_title_of_what_is_watched_is_likely_another_word():
    wanted = "interests: {practice: [dance]}"
    played = score(make_event("Dance Night", description="Come and dance with us, no partner needed"), wanted)
    watched = score(
        make_event("Spring Dance Concert", description="Doors open at 7, tickets at the box office"), wanted
    )
    assert about(watched, "crossed")
    assert watched.total < played.total


def test_who_sells_courses_is_worth_less_than_who_founds():
    good = score(make_event("创业者早餐", description="采购经理和创始人都来"))
    bad = score(make_event("财富课", description="扫码领课，名额仅剩 3 个"))
    assert good.total > bad.total


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ({"mode": "online"}, "online"),
        ({"price": Price(min=0, max=0, currency="CNY")}, "free"),
        ({"price": Price(min=80, max=80, currency="CNY")}, "price"),
        ({"evidence": Evidence(sure="inferred")}, "inferred"),
        ({"evidence": Evidence(sure="doubtful")}, "doubtful"),
        ({"status": "tentative"}, "tentative"),
        ({"description": "名额已满"}, "sold_out"),
        ({"description": "限 12 人"}, "size_small"),
        ({"title": "千人大会"}, "size_large"),
        ({"start": datetime(2026, 11, 24, 7, 30, tzinfo=SHANGHAI)}, "early"),
        ({"end": datetime(2026, 11, 24, 23, 0, tzinfo=SHANGHAI)}, "late"),
    ],
)
def test_circumstances(known, name):
    event = make_event(**{"title": "例会", **known})
    assert name in points(score(event))
    plain = make_event("例会", place=Place(name="梧桐里"), end=datetime(2026, 11, 24, 21, 30, tzinfo=SHANGHAI))
    assert name not in points(score(plain))


def test_a_place_that_is_not_given_costs_nothing():
    """Groups often name it in the text alone."""
    assert score(make_event("例会")).total == score(make_event("例会", place=Place(name="梧桐里"))).total


def test_the_longer_way_costs_more_and_an_unknown_one_is_named():
    event = make_event(place=Place(name="梧桐里"))
    near, far = (score(event, travel=Travel(minutes, True)) for minutes in (20, 60))
    assert far.total <= near.total - 0.9
    assert points(near)["travel"] > -0.1
    unknown = score(event, travel=Travel(40, False))
    assert points(unknown)["travel_unknown"] == pytest.approx(-0.1)


def test_organisers_that_meet_again_and_new_ones():
    events = [make_event(f"夜谈 {day}", organizer="木桥", start=NOW + timedelta(days=day)) for day in (1, 8, 15)]
    assert regulars(events) == {"木桥"}
    assert regulars(events[:2]) == frozenset()
    history = KnownPeople(regulars=regulars(events), met=frozenset({"木桥"}))
    one = score(make_event("读书会", organizer="木桥"), history=history)
    other = score(make_event("读书会", organizer="石桥"), history=history)
    assert about(one, "community") == ["木桥"]
    assert not about(one, "novelty")
    assert about(other, "novelty") == ["石桥"]


def test_what_was_learnt_is_seen_as_terms():
    learnt = Learnt({
        ("organiser", "木桥"): 0.8, ("word", "读书会"): -0.4, ("form", "salon"): 0.3,
        ("sign", "practice.reading_and_talk"): 0.2,
    })  # fmt: skip
    found = score(make_event("读书会沙龙", organizer="木桥"), learnt=learnt)
    assert points(found)["learnt_organiser"] == 0.8
    assert points(found)["learnt_word"] == -0.4
    assert points(found)["learnt_form"] == 0.3
    assert points(found)["learnt_sign"] == 0.2
    for language in ("zh", "en"):
        formatter = CardFormatter(config(f"language: {language}"), Catalog(language))
        assert all(formatter.term(term) for term in found.terms)


def test_the_digest_tells_words_and_no_numbers():
    found = score(make_event("头马演讲俱乐部例会", description="欢迎新朋友"), "interests: {practice: [头马]}")
    lines = CardFormatter(config("language: zh"), Catalog("zh")).reasons(found.terms)
    assert lines
    assert not [line for line in lines if re.search(r"[+-]\d", line)]


def test_the_users_words_sort_what_the_vocabulary_could_not():
    assert score(make_event("蓝色的下午"), "interests: {practice: [蓝色]}").track == "practice"
    assert score(make_event("蓝色的下午")).track is None


def test_who_wants_what_is_called_other_may_have_it_but_not_for_children():
    wanted = "interests: {practice: [瑜伽, 桌游]}"
    assert score(make_event("周三瑜伽")).track == "other"
    assert score(make_event("周三瑜伽"), wanted).track == "practice"
    assert score(make_event("亲子桌游"), wanted).track == "other"
    ruled = Label(track="other", words=("瑜伽",), ruled=True)
    assert score(make_event("周三瑜伽"), wanted, label=ruled).track == "other"


def test_what_is_for_others_by_its_host_alone_is_no_practice_for_any_word():
    label = Label(track="other", unfit=("partisan", ""))
    assert score(make_event("读书会"), "interests: {practice: [读书会]}", label=label).track == "other"


def test_what_is_other_for_no_word_at_all_is_sorted_by_the_users_words():
    event = make_event("演讲与生活", place=Place(name="样板图书馆"))
    label = evidence_of(event).label
    assert (label.track, label.words) == ("other", ()), "the place alone spoke"
    assert score(event, "interests: {practice: [演讲]}").track == "practice"
    assert score(event, "interests: {practice: [桌游]}").track == "other"


def test_wanted_and_avoided_is_an_error_whatever_the_width_or_case():
    with pytest.raises(ConfigError, match="both wanted and avoided"):
        config("interests: {industry: [ＳａａＳ], avoid: [saas]}")


WORDS = st.text(st.sampled_from("蓝莓ab(*+.🎲Ａ "), min_size=1, max_size=5).filter(str.strip)


@given(st.lists(WORDS, max_size=6, unique=True), st.text(st.sampled_from("蓝莓ab(*+.🎲Ａ \n"), max_size=30))
def test_the_total_is_the_sum_of_its_terms_for_any_words(words, title):
    scorer = Scorer(Config.model_validate({"interests": {"industry": words}}))
    event = make_event(title)
    evidence = evidence_of(event)
    found = scorer.score(event, evidence.label, HERE, evidence, {})
    assert found == scorer.score(event, evidence.label, HERE, evidence, {})
    assert found.total == round(sum(term.points for term in found.terms), 3)
    assert all(term.points == round(term.points, 3) for term in found.terms)

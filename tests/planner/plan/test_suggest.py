"""Sources are chosen by city, words, chain, language and where one lives."""

from __future__ import annotations

from itertools import pairwise

import pytest

from planner.config.source import SourceEntry
from planner.plan.suggest import AT_START, Wishes, choose, searches, starters, unfollowed, wishes_about, wishes_of
from spiders.catalogue import cities, city_named
from tests.support.planning import config

SHANGHAI, TORONTO, TAIPEI = city_named("上海"), city_named("Toronto"), city_named("台北")
STORAGE = Wishes(language="zh", industry=("储能",), practice=("桌游",))
FIRST_AND_SECOND_TIER = [city for city in cities() if city.is_mainland]
ELSEWHERE = [city for city in cities() if not city.is_mainland]


def ids(suggestions) -> list[str]:
    return [each.id for each in suggestions]


def test_what_is_about_the_users_trade_comes_before_what_is_about_everything_and_that_before_another_trade():
    order = ids(choose(SHANGHAI, STORAGE))
    assert order.index("electric-power-university") < order.index("huodongxing") < order.index("opengauss")
    assert order.index("douban-boardgames") < order.index("douban-languages")


def test_the_chain_counts_less_than_the_own_words():
    by_chain = {each.id: each for each in choose(SHANGHAI, Wishes(language="zh", chain=("储能",)))}
    own = {each.id: each for each in choose(SHANGHAI, STORAGE)}
    name = "electric-power-university"
    assert by_chain[name].about == ("储能",)
    assert by_chain["huodongxing"].points < by_chain[name].points < own[name].points


def test_who_lives_in_the_mainland_is_told_what_may_not_open():
    told = {each.id: each.may_not_open for each in choose(SHANGHAI, STORAGE)}
    assert told["meetup-shanghai-ai"]
    assert not told["huodongxing"]
    assert not any(each.may_not_open for each in choose(TORONTO, STORAGE))


def test_one_topic_leaves_out_what_is_about_another():
    found = choose(SHANGHAI, wishes_about("储能", "zh"))
    assert {"electric-power-university", "huodongxing-储能", "huodongxing"} <= set(ids(found))
    assert not {"shanghai-ai-lab", "douban-boardgames"} & set(ids(found))


@pytest.mark.parametrize(("word", "track"), [("桌游", "practice"), ("board games", "practice"), ("储能", "industry")])
def test_a_single_word_is_taken_for_what_it_is(word, track):
    assert getattr(wishes_about(word, "zh"), track) == (word,)


def test_words_are_filled_in_as_people_of_the_place_write_them():
    english = Wishes(language="en", industry=("energy storage",))
    assert "huodongxing-储能" in ids(choose(SHANGHAI, english))
    assert "meetup-find-energy-storage" in ids(choose(TORONTO, STORAGE))
    assert "kktix-储能" in ids(choose(TAIPEI, english))


def test_a_new_configuration_begins_with_few_of_many_kinds():
    begun = starters(SHANGHAI, STORAGE)
    assert 6 <= len(begun) <= AT_START
    assert {"practice", "industry"} <= {each.source.track for each in begun}
    assert all(each.source.proof.confidence != "C" for each in begun)
    universities = [each for each in begun if ".edu.cn" in each.source.url]
    assert len(universities) <= 4


def test_what_is_followed_is_not_suggested_again_by_id_or_by_address():
    everything = choose(SHANGHAI, STORAGE)
    followed = [
        SourceEntry(id="mine", url="https://library.sh.cn/activity/"),
        SourceEntry(id="huodong", url="https://elsewhere.example/"),
    ]
    left = set(ids(unfollowed(everything, followed)))
    assert set(ids(everything)) - left == {"shanghai-library", "huodong"}


@pytest.mark.parametrize("city", [*FIRST_AND_SECOND_TIER, *ELSEWHERE], ids=lambda city: city.name)
def test_every_city_has_six_sources_that_are_worth_their_requests(city):
    nobody = Wishes(language=city.language)
    fitting = [each for each in choose(city, nobody) if not each.may_not_open and each.points > 0]
    assert len(fitting) >= 6
    assert len(starters(city, STORAGE)) >= 5
    assert all(one.points >= other.points for one, other in pairwise(choose(city, nobody)))


def test_what_to_type_stands_in_the_language_of_the_place():
    phrases = {search.place: search.phrases for search in searches(SHANGHAI, STORAGE)}
    assert "上海 储能 沙龙" in phrases["xiaohongshu"]
    assert phrases["game_shops"] == ("上海 桌游 店 拼场",)
    english = searches(SHANGHAI, Wishes(language="en", industry=("energy storage",)))
    assert "上海 储能 沙龙" in english[0].phrases
    abroad = {search.place: search.phrases for search in searches(TORONTO, STORAGE)}
    assert "energy storage Toronto" in abroad["facebook"]
    assert "xiaohongshu" not in abroad


def test_without_words_there_is_nothing_to_type():
    assert searches(SHANGHAI, Wishes(language="zh")) == ()


def test_wishes_are_the_words_of_a_configuration_the_weightiest_first():
    wishes = wishes_of(
        config("interests: {industry: [物流, {储能: 3}], practice: [桌游]}\nchain: {up: [电芯], peers: [竞品]}\n")
    )

    assert wishes.industry == ("储能", "物流")
    assert wishes.practice == ("桌游",)
    assert set(wishes.chain) == {"电芯", "竞品"}

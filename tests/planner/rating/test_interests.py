"""The user's words, compiled: what they catch, and that many of them cost as much as their number."""

from __future__ import annotations

import pytest

from planner.config.model import Config
from planner.rating.interests import NEAR, InterestMatcher, catches, lists_of, synonyms_of
from tests.support.timing import takes_less


def config(words):
    return Config.model_validate({"interests": {"industry": words}})


def test_of_a_word_written_twice_the_last_entry_counts():
    (word,) = lists_of(config(["储能", {"储能": 3}]))["industry"]
    assert (word.word, word.weight) == ("储能", 3)


def test_a_trade_proposes_no_word_that_holds_one_of_the_users():
    of_storage = {
        key[1] for key in InterestMatcher(config(["储能"])).found([("title", "电芯 逆变器 电池")]) if key[0] in NEAR
    }
    assert of_storage
    named = [each.partition(" · ")[0] for each in of_storage]
    wanted = InterestMatcher(config(["储能", named[0][:2]]))
    assert not [key for key in wanted.found([("title", named[0])]) if key[0] in NEAR]


@pytest.mark.parametrize("title", ["Friday board game night", "Board games", "桌游之夜", "Boardgame evening"])
def test_a_word_written_in_the_plural_means_what_its_singular_means(title):
    assert catches("board games").hits(title)
    assert synonyms_of("board games") == ("board game", *synonyms_of("board game"))


def test_a_word_that_only_ends_like_a_plural_has_no_singular():
    assert synonyms_of("boss") == ()


def test_many_words_cost_as_much_as_their_number():
    repeated, different = config(["储能"] * 5000), config([f"储能{number}" for number in range(5000)])
    assert takes_less(3, lambda: InterestMatcher(repeated))
    assert takes_less(6, lambda: InterestMatcher(different))

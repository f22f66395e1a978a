"""Words of the net: three questions, three patterns, and where they differ on purpose."""

from __future__ import annotations

import pytest

from spiders.text.online import BOTH_IN_FIELD, BOTH_IN_PROSE, IN_PERSON, IN_TITLE, IN_VENUE, is_online, is_online_place


@pytest.mark.parametrize("text", ["腾讯会议", "Zoom", "线上", "钉钉直播", "online"])
def test_what_all_three_know(text: str) -> None:
    assert is_online(text)
    assert is_online_place(text)


@pytest.mark.parametrize("text", ["线上报名", "线上缴费", "B站账号"])
def test_signing_up_over_the_net_is_no_event_over_the_net(text: str) -> None:
    assert not is_online(text)


def test_a_place_field_begins_with_what_it_is() -> None:
    assert is_online_place("Online event")
    assert is_online_place("https://zoom.us/j/1")
    assert not is_online_place("The Online Cafe, Mill Road 3")
    assert is_online("The Online Cafe, Mill Road 3")
    assert not is_online_place(None)
    assert not is_online_place("")


def test_a_venue_with_any_word_of_the_net_is_not_compared() -> None:
    assert IN_VENUE.search("room 3 and zoom")
    assert IN_VENUE.search("discord")
    assert not is_online_place("Discord Bar, Mill Road 3")


def test_both_at_once() -> None:
    assert BOTH_IN_PROSE.search("线下活动，同时线上直播")
    assert BOTH_IN_FIELD.search("线上+线下")
    assert not BOTH_IN_FIELD.search("线下活动，同时线上直播")


def test_titles_and_rooms() -> None:
    assert IN_TITLE.search("[Online] Poetry night")
    assert not IN_TITLE.search("Poetry night goes online")
    assert IN_PERSON.search("现场签到")
    assert not IN_PERSON.search("现场直播")

"""Ids that are made of addresses: short, the same each time, nobody's twice, and never a key."""

from __future__ import annotations

import pytest

from planner.config.source_ids import id_of, with_ids


@pytest.mark.parametrize(
    ("address", "made"),
    [
        ("https://www.Club.example/events", "club.example"),
        ("lu.ma/board-games", "lu.ma"),
        ("webcal://cal.club.example:8443/all.ics", "cal.club.example"),
        ("https://xn--fiqs8s.example/", "中国.example"),
        ("http://[::1]:8000/a.ics", "1"),
        ("http://127.0.0.1:8000/a.ics", "127.0.0.1"),
        ("https://" + "x" * 63 + "." + "y" * 60 + ".example/", "x" * 60),
        ("http://[", "source"),
        ("", "source"),
    ],
)
def test_the_first_of_a_host_has_the_hosts_name(address, made):
    assert id_of(address, ()) == made


@pytest.mark.parametrize(
    ("address", "made"),
    [
        ("https://hub.example/salons/2026/talks.ics", "hub.example-salons-2026-talks-ics"),
        ("https://hub.example/%E6%B4%BB%E5%8A%A8/", "hub.example-活动"),
        ("https://hub.example/ical/private-0123456789abcdef0123/basic.ics", "hub.example-ical-basic-ics"),
        ("https://hub.example/?list=3", "hub.example-2"),
        ("https://me:plum-kettle@hub.example/", "hub.example-2"),
    ],
)  # fmt: skip
def test_the_second_of_a_host_tells_its_path_and_no_key(address, made):
    assert id_of(address, {"hub.example"}) == made


def test_entries_get_ids_in_order_and_given_ones_are_never_taken():
    told = with_ids(["hub.example/a", {"url": "https://www.hub.example/a"}, "hub.example/a", {"id": "hub.example"}, 5])
    assert [each if each == 5 else each["id"] for each in told] == [
        "hub.example-a", "hub.example-a-2", "hub.example-a-3", "hub.example", 5,
    ]  # fmt: skip
    assert with_ids(
        [{"file": "my/Club Nights.ics"}, {"text": "x", "title": "周四 辩论"}, {"text": "x"}, {"text": "y"}]
    ) == [
        {"file": "my/Club Nights.ics", "id": "club-nights"},
        {"text": "x", "title": "周四 辩论", "id": "周四-辩论"},
        {"text": "x", "id": "source"},
        {"text": "y", "id": "source-2"},
    ]
    assert with_ids([{"title": "own", "text": "x"}, {"title": "busy 1", "text": "x"}])[0]["id"] == "own-2"

"""Rules of an RSSHub instance."""

from __future__ import annotations

import json

import pytest

from spiders.discover.rsshub import feeds, rules_address

RULES = {
    "_name": "Sample",
    ".": [
        {"title": "Group", "source": ["/group/:name", "/group/:name/events"], "target": "/sample/group/:name"},
        {"title": "City", "source": "/:city/:kind?", "target": "/sample/:city/:kind?"},
        {"title": "Function", "source": ["/x"], "target": "(params) => `/x`"},
        {"title": "Hidden", "source": ["/group/:name"], "target": "/sample/:uid/:name"},
    ],
    "m": [{"source": ["/g/*"], "target": "/sample/mobile"}],
}
BODY = json.dumps(RULES).encode()
HUB = "https://hub.example/"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.sample.example/group/storage", ["/sample/group/storage", "/sample/group/storage"]),
        ("https://sample.example/group/储能/events", ["/sample/group/%E5%82%A8%E8%83%BD"]),
        ("https://sample.example/shanghai", ["/sample/shanghai"]),
        ("https://m.sample.example/g/1/2", ["/sample/mobile"]),
        ("https://sample.example/", []),
    ],
)
def test_rules_are_filled_from_the_address(address, expected):
    found = feeds(BODY, address, HUB)
    assert [each.removeprefix("https://hub.example") for each in found][:1] == expected[:1]
    assert all(each.startswith("https://hub.example/") and ":" not in each[8:] for each in found)


def test_the_rules_are_those_of_the_site():
    assert rules_address(HUB, "https://m.club.co.uk/x") == "https://hub.example/api/radar/rules/club.co.uk"


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[1, 2]", b'{".": 3}', b'{".": [3, {"source": 4, "target": 5}]}', b"[" * 9000]
)
def test_other_documents_give_nothing(body):
    assert feeds(body, "https://sample.example/x", HUB) == []

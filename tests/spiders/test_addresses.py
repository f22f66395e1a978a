"""Which parts of an address are keys, and what of an address a message may quote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.addresses import hidden_parts, reveals, shown


@pytest.mark.parametrize(
    ("address", "hidden"),
    [
        ("https://cal.example/ical/pond%40group.example/private-0a1b2c3d4e5f60/basic.ics", {"private-0a1b2c3d4e5f60"}),
        ("https://h.example/k3ttle-Plum_42-orchard-99/feed.xml", {"k3ttle-Plum_42-orchard-99"}),
        ("https://frog:pond77@h.example/x", {"frog", "pond77"}),
        ("https://h.example/cal?token=abcd&city=shanghai", {"abcd"}),
        ("https://h.example/cal?k=0f1e2d3c4b5a69788796", {"0f1e2d3c4b5a69788796"}),
        ("https://h.example/6ba7b810-9dad-11d1-80b4-00c04fd430c8/c.ics", {"6ba7b810-9dad-11d1-80b4-00c04fd430c8"}),
        ("https://h.example/events/2026/storage-salon-2026-11", set()),
        ("https://www.meetup.com/shanghai-python-user-group/events/ical/", set()),
        ("https://h.example/index.php?id=12345&cat=8", set()),
        ("https://h.example/whatson.php?month=november&page=2", set()),
        ("https://[not/an/address?token=1", set()),
    ],
)
def test_the_parts_that_open_what_lies_behind(address, hidden):
    assert hidden_parts(address) == hidden


def test_a_key_is_known_again_however_it_is_written():
    hidden = hidden_parts("https://h.example/k%33ttle-Plum_42-orchard/feed")
    assert reveals("https://h.example/k3ttle-Plum_42-orchard/e/1", hidden)
    assert reveals("https://h.example/k%33ttle-Plum_42-orchard/e/1", hidden)
    assert not reveals("https://h.example/e/1", hidden)


@pytest.mark.parametrize(
    ("address", "quoted"),
    [
        ("https://h.example/a/b?token=1", "https://h.example/…"),
        ("https://h.example", "https://h.example"),
        ("https://frog:pond77@h.example/x", "https://h.example/…"),
        ("https://frog:p@ss w@h.example:99999/x", "…"),
        ("https://frog:p/w@h.example", "…"),
        ("http//frog:pond77@h.example", "…"),
        ("https://[h.example/x?token=1", "…"),
    ],
)
def test_a_message_quotes_scheme_and_host_alone(address, quoted):
    assert shown(address) == quoted


@given(st.text(max_size=200))
def test_any_text_is_an_address_that_can_be_shown(text):
    assert len(shown(text)) <= len(text) + 2
    assert all(hidden_parts(text))


@given(st.from_regex(r"[!-~]{6,20}", fullmatch=True), st.text(max_size=5), st.text(max_size=5))
def test_no_password_is_ever_quoted(password, before, after):
    told = shown(f"https://{before}frog:Zq{password}@h.example/{after}")
    assert f"Zq{password}" not in told

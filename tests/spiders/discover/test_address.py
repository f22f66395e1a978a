"""What people give as an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.discover.address import is_address, same_place, site_of, typed
from spiders.errors import SourceError
from spiders.reasons import Code


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://club.example/events?page=2#top", "https://club.example/events?page=2"),
        ("club.example", "https://club.example/"),
        ("  <https://club.example/x>  ", "https://club.example/x"),
        ("webcal://club.example/x.ics", "https://club.example/x.ics"),
        ("webcals://club.example/x.ics", "https://club.example/x.ics"),
        ("feed://club.example/rss", "https://club.example/rss"),
        ("feed:https://club.example/rss", "https://club.example/rss"),
        ("HTTP://Club.Example/A", "http://club.example/A"),
        ("https://club.example/x?utm_source=chat&id=3&spm=a.1", "https://club.example/x?id=3"),
        ("https://club.example/x?src=a%40b.example&ctz=Asia/Shanghai", None),
        ("周末去这个吧 https://club.example/a/1，还有座位", "https://club.example/a/1"),
        ("https://俱乐部.example/活动", "https://xn--fjq92bt21k.example/%E6%B4%BB%E5%8A%A8"),
        ("club.example:8080/x", "https://club.example:8080/x"),
        ("192.168.1.7/x", "https://192.168.1.7/x"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("https://club.example/a b", "https://club.example/a"),
    ],
)
def test_it_is_understood_as_people_write_it(given, address):
    found = typed(given)
    assert found == (address or given)
    assert typed(found) == found


@pytest.mark.parametrize(
    "given",
    ["", "头马俱乐部", "me@mail.example", "javascript:alert(1)", "file:///etc/passwd", "https://", "http://a..b/",
     "C:\\x", "https://one.example 和 https://two.example", "https://" + "a" * 3000, "ftp://club.example/x",
     "hello world"],
)  # fmt: skip
def test_what_is_no_address_is_said_to_be_none(given):
    with pytest.raises(SourceError) as error:
        typed(given)
    assert error.value.reason.code is Code.NOT_AN_ADDRESS


def test_a_password_is_refused_and_not_repeated():
    with pytest.raises(SourceError) as error:
        typed("https://me:hunter2@club.example/x")
    assert error.value.reason.code is Code.ADDRESS_WITH_PASSWORD
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.club.example/x/", "http://club.example/x", True),
        ("webcal://club.example/x.ics", "https://club.example/x.ics", True),
        ("https://club.example/x?b=2&a=1", "https://club.example/x?a=1&b=2", True),
        ("https://club.example/x?a=1", "https://club.example/x?a=2", False),
        ("https://club.example/x", "https://club.example/y", False),
    ],
)
def test_two_addresses_of_one_thing(one, other, same):
    assert same_place(one, other) is same


def test_a_site_is_what_one_owner_registered():
    assert site_of("https://events.club.co.uk/x") == "club.co.uk"
    assert site_of("https://www.uni.edu.cn/") == "uni.edu.cn"
    assert site_of("http://127.0.0.1:8000/") == "127.0.0.1"


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    try:
        address = typed(text)
    except SourceError:
        return
    assert is_address(text)
    assert address.startswith(("http://", "https://"))
    assert address.isascii()

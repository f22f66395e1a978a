"""Buckets of hosts: what one owner registered is in one, on every machine and in every run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.buckets import bucket_of
from spiders.domains import registered_of

LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
REGISTERED = st.sampled_from(
    ["club.example", "example.co.uk", "uni.edu.cn", "github.io", "blogspot.com", "xn--fhqz97e.xn--fiqs8s"]
)


@pytest.mark.parametrize(
    ("host", "bucket"),
    [("club.example", 25), ("a.github.io", 4), ("127.0.0.1", 20), ("localhost", 40), ("::1", 62), ("", 20)],
)
def test_a_bucket_is_the_same_for_ever(host, bucket):
    """Machines of one organisation run side by side: a number that changed would let two of them ask one host."""
    assert bucket_of(host, 64) == bucket


@given(REGISTERED, st.lists(LABEL, max_size=3), st.integers(1, 5_000))
def test_names_of_one_owner_share_a_bucket(registered, labels, count):
    host = ".".join([*labels, registered])
    assert bucket_of(host, count) == bucket_of(registered, count) == bucket_of(host.upper() + ".", count)
    assert 0 <= bucket_of(host, count) < count


@given(st.text(max_size=80), st.integers(1, 5_000))
def test_whatever_is_called_a_host_has_a_bucket(host, count):
    assert 0 <= bucket_of(host, count) < count


def test_owners_are_spread():
    filled = {bucket_of(f"club-{number}.example", 32) for number in range(500)}
    assert filled == set(range(32))


@pytest.mark.parametrize("count", [0, -3])
def test_without_buckets_there_is_none(count):
    with pytest.raises(ValueError, match="give at least 1"):
        bucket_of("club.example", count)


@pytest.mark.parametrize(
    ("host", "registered"),
    [
        ("a.b.club.co.uk", "club.co.uk"),
        ("WWW.Club.Example.", "club.example"),
        ("one.github.io", "github.io"),  # a platform's names are the platform's
        ("shanghai.gov.cn", "shanghai.gov.cn"),
        ("活动.上海.中国", "xn--fhqz97e.xn--fiqs8s"),
        ("xn--fhqz97e.xn--fiqs8s", "xn--fhqz97e.xn--fiqs8s"),
        ("192.168.1.7", "192.168.1.7"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("localhost", "localhost"),
    ],
)
def test_what_one_owner_registered(host, registered):
    assert registered_of(host) == registered


def test_no_list_is_asked_for_or_kept(monkeypatch, tmp_path):
    """In a process of its own, since the list is read once: with a home that is empty, and no network."""
    import subprocess
    import sys

    code = """
import socket
def never(*_, **__): raise AssertionError("asked")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = never
from spiders.domains import registered_of
print(registered_of("a.club.co.uk"))
"""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("TLDEXTRACT_CACHE", str(tmp_path / "list"))
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "club.co.uk"
    assert list(tmp_path.iterdir()) == []

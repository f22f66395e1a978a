"""Links that are handed on."""

from __future__ import annotations

import plistlib

import pytest

from planner.inbox.links import only_address, read
from spiders.errors import FetchError
from spiders.reasons import Code, Reason

ADDRESS = "https://club.example/e?a=1"


@pytest.mark.parametrize(
    "body",
    [
        ADDRESS.encode(),
        f"  {ADDRESS}\n".encode(),
        f"\ufeff{ADDRESS}".encode(),
        f"看看这个 {ADDRESS} 周末见".encode(),
        f"Salon night\n{ADDRESS}.".encode(),
        f"{ADDRESS}\n{ADDRESS}".encode(),
        f"[InternetShortcut]\r\nURL={ADDRESS}\r\n".encode(),
        plistlib.dumps({"URL": ADDRESS}),
        plistlib.dumps({"URL": ADDRESS}, fmt=plistlib.FMT_BINARY),
    ],
)
def test_one_address_is_handed_on(body):
    assert only_address(body) == ADDRESS


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no link",
        b"https://a.example/1 https://b.example/2",
        ADDRESS.encode() + b" x" * 400,
        b"file:///etc/passwd",
        b"[InternetShortcut]\nURL=file:///etc/passwd",
        b"[InternetShortcut]\nURL=javascript:alert(1)",
        plistlib.dumps({"URL": "file:///etc/passwd"}),
        plistlib.dumps(["x"]),
        b"bplist00\xff\xff",
        b"<plist><dict><key>URL</key>",
        b'<!DOCTYPE plist [<!ENTITY a "aaaa">]><plist><dict><key>URL</key><string>&a;</string></dict></plist>',
        ADDRESS.encode() + b" " * 20_000,
    ],
)
def test_anything_else_is_none(body):
    assert only_address(body) is None


def test_why_nothing_came_is_a_reading():
    def fetch(address):
        raise FetchError(Reason(Code.NO_NETWORK))

    (reading,) = read(ADDRESS, fetch)
    assert (reading.events, reading.reason, reading.refused) == ((), Reason(Code.NO_NETWORK), True)

"""Which addresses may be connected to."""

from __future__ import annotations

import pytest

from planner.i18n.reasons import translate
from spiders.guard import AddressGuard

REFUSED = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254
    172.16.0.1 172.31.255.255 192.0.0.8 192.168.0.1 198.18.0.5 198.19.255.255 224.0.0.1 239.255.255.250 240.0.0.1
    255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1
    2002:7f00:1:: fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1
""".split()  # noqa: SIM905 - a table is easier to read without quotes
ADMITTED = """
    1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 198.17.0.1 2606:4700::1111 2400:3200::1
""".split()  # noqa: SIM905


@pytest.mark.parametrize("address", REFUSED)
def test_refuses_every_private_or_special_range(address: str) -> None:
    assert AddressGuard().refusal(address)


@pytest.mark.parametrize("address", ADMITTED)
def test_admits_public_addresses(address: str) -> None:
    assert AddressGuard().refusal(address) is None


def test_names_the_setting_that_would_allow_it() -> None:
    assert "network: allow" in translate(AddressGuard().refusal("198.18.0.7"), "en")


def test_allows_only_what_the_configuration_names() -> None:
    guard = AddressGuard.allowing(["127.0.0.1", "192.168.1.0/24", "fd00::/8"])
    assert guard.refusal("127.0.0.1") is None
    assert guard.refusal("192.168.1.77") is None
    assert guard.refusal("fd00::5") is None
    assert guard.refusal("127.0.0.2")
    assert guard.refusal("192.168.2.1")


def test_own_hosts_are_those_named_by_address() -> None:
    guard = AddressGuard.allowing(["127.0.0.1"])
    assert guard.allows_by_name("127.0.0.1")
    assert guard.allows_by_name("localhost")
    assert not guard.allows_by_name("forum.example")
    assert not guard.allows_by_name("192.168.1.1")


def test_what_is_no_address_is_refused() -> None:
    assert AddressGuard().refusal("not-an-address")

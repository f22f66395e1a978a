"""A machine that just woke up has no network yet: a run by itself waits for it a little while."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable

from spiders.guard import AddressGuard
from spiders.hosts import host_of

AT_MOST, STEP = 60.0, 5.0
"""Seconds to wait, and between two looks."""
_FAR = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses of documents (RFC 5737, RFC 3849): nothing is sent to them, only the way there is asked for."""


def is_needed(addresses: Iterable[str], allow: Iterable[str]) -> bool:
    """Whether a network is needed to reach these: not where some stand on machines of one's own."""
    guard = AddressGuard.allowing(tuple(allow))
    hosts = [host_of(address) for address in addresses]
    return bool(hosts) and not any(guard.allows_by_name(host) for host in hosts)


def has_way() -> bool:
    """Whether the system knows a way out; nothing is sent."""
    for family, address in _FAR:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((address, 9))
                return True
        except OSError:
            continue
    return False


def wait_for_it(
    look: Callable[[], bool] = has_way,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> bool:
    """Wait until ``look`` sees a network, for `AT_MOST` seconds; -> whether there is one."""
    until = clock() + AT_MOST
    while not look():
        if clock() >= until:
            return False
        sleep(STEP)
    return True

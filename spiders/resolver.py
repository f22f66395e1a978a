"""The name resolver of the crawler: every address it hands out has passed the guard.

The connection is made to the very address that was checked, so a name that answers differently the second time
(DNS rebinding) gains nothing, and redirects and robots.txt pass through here like everything else.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping, Sequence
from typing import Any, Self

from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from spiders.guard import AddressGuard
from spiders.reasons import Reason


@implementer(IResolutionReceiver)
class _GuardedReceiver:
    """Passes on the addresses that the guard admits and remembers why others were refused."""

    def __init__(self, receiver: Any, host: str, guard: AddressGuard, refused: dict[str, Reason]) -> None:
        self._receiver, self._host, self._guard, self._refused = receiver, host, guard, refused

    def resolutionBegan(self, resolution: Any) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        reason = self._guard.refusal(address.host)
        if reason is None:
            self._receiver.addressResolved(address)
        else:
            self._refused[self._host] = reason

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """Scrapy's TWISTED_DNS_RESOLVER. ``QUANZI_ALLOW`` names networks, ``QUANZI_HOSTS`` maps host patterns to a
    loopback port (the built-in sample city serves its ``.example`` names that way)."""

    #: host -> why no address of it was admitted; read by the spider to name the reason
    refused: dict[str, Reason] = {}  # noqa: RUF012 - one resolver per process, as Twisted has one reactor

    def __init__(self, reactor: Any, guard: AddressGuard, hosts: Mapping[str, int]) -> None:
        self._reactor, self._guard, self._hosts = reactor, guard, hosts
        self._inner = reactor.nameResolver

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Self:
        guard = AddressGuard.allowing(crawler.settings.getlist("QUANZI_ALLOW"))
        return cls(reactor, guard, crawler.settings.getdict("QUANZI_HOSTS"))

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[Any]] | None = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        for pattern, port in self._hosts.items():
            if fnmatch.fnmatch(hostName, pattern):
                return _answer(resolutionReceiver, hostName, IPv4Address("TCP", "127.0.0.1", port))
        receiver = _GuardedReceiver(resolutionReceiver, hostName, self._guard, self.refused)
        return self._inner.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


class _Answered:
    """A resolution that is already over."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing is under way."""


def _answer(receiver: Any, host: str, address: Any) -> _Answered:
    resolution = _Answered(host)
    receiver.resolutionBegan(resolution)
    receiver.addressResolved(address)
    receiver.resolutionComplete()
    return resolution

"""A bound for the headers of an answer: Twisted has one for each line and none for their number, and Scrapy's limit
counts the body alone. Headers without end would fill the memory of the one process in which all sources are asked."""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, HTTP11ClientProtocol

KIBIBYTES = 256
"""What browsers take at most; ordinary answers have one or two."""


class HeadersTooLargeError(Exception):
    """An answer whose status and headers are longer than any that means well."""


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's own protocol, which gives up behind `KIBIBYTES` before a body."""

    _before_body = 0

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is None or self._parser.state not in {STATUS, HEADER}:
            self._before_body = 0
            return
        self._before_body += len(data)
        if self._before_body > KIBIBYTES * 1024:
            self._giveUp(Failure(HeadersTooLargeError()))  # type: ignore[no-untyped-call]


class BoundedFactory(_LenientHTTP11ClientFactory):
    """What a connection of Scrapy's is made by."""

    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:  # noqa: N802 - Twisted's name
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]

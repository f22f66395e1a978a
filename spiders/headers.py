"""A bound for the headers of an answer: Twisted has one for each line and none for their number, and Scrapy's limit
counts the body alone. Headers without end would fill the memory of the one process in which all sources are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from twisted.internet.interfaces import IAddress, IHandshakeListener
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, HTTP11ClientProtocol
from zope.interface import implementer

Sent = Callable[[bytes], None]
"""Is told the address of a request once that has left this machine."""

KIBIBYTES = 256
"""What browsers take at most; ordinary answers have one or two."""


class HeadersTooLargeError(Exception):
    """An answer whose status and headers are longer than any that means well."""


@implementer(IHandshakeListener)
class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's own protocol, which gives up behind `KIBIBYTES` before a body, and tells when a request is sent."""

    _before_body = 0

    def __init__(self, quiescent: Callable[[Any], None], sent: Sent) -> None:
        super().__init__(quiescent)  # type: ignore[no-untyped-call]
        self._sent = sent
        self._address: bytes = b""

    def request(self, request: Any) -> Any:
        self._address = request.absoluteURI or b""
        self._tell()
        return super().request(request)

    def handshakeCompleted(self) -> None:  # noqa: N802 - Twisted's name
        """Over TLS nothing was sent before."""
        self._tell()

    def _tell(self) -> None:
        """What is written now leaves in the next turn of the reactor, before what is called then."""
        from twisted.internet import reactor

        reactor.callLater(0, self._sent, self._address)  # type: ignore[arg-type]

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is None or self._parser.state not in {STATUS, HEADER}:
            self._before_body = 0
            return
        self._before_body += len(data)
        if self._before_body > KIBIBYTES * 1024:
            self._giveUp(Failure(HeadersTooLargeError()))  # type: ignore[no-untyped-call]


class BoundedFactory(_LenientHTTP11ClientFactory):
    """What a connection of Scrapy's is made by. ``sent`` is called for each request."""

    def __init__(self, sent: Sent, quiescent: Callable[[Any], None], metadata: Any) -> None:
        super().__init__(quiescent, metadata)  # type: ignore[no-untyped-call]
        self._sent = sent

    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:  # noqa: N802 - Twisted's name
        return _BoundedProtocol(self._quiescentCallback, self._sent)

"""What stands on a connection: when a request has left is told, once it has."""

from __future__ import annotations

from twisted.internet.task import Clock
from twisted.internet.testing import StringTransport
from twisted.web.client import URI, Request
from twisted.web.http_headers import Headers

from spiders.headers import BoundedFactory

ADDRESS = b"http://club.example/a.ics"


def test_a_request_is_told_of_in_the_turn_after_it_was_written(monkeypatch):
    """Over a connection that is kept each of them, also before anybody answers."""
    clock, told = Clock(), []
    monkeypatch.setattr("twisted.internet.reactor", clock, raising=False)
    protocol = BoundedFactory(told.append, lambda _: None, "club").buildProtocol(None)
    transport = StringTransport()
    protocol.makeConnection(transport)
    assert told == []
    for number in (1, 2):
        protocol.request(
            Request._construct(
                b"GET", b"/a.ics", Headers({b"host": [b"club.example"]}), None, True, URI.fromBytes(ADDRESS)
            )
        )
        assert transport.value().startswith(b"GET /a.ics")
        assert len(told) == number - 1, "it is written, and has not left yet"
        clock.advance(0)
        assert told == [ADDRESS] * number
        protocol.dataReceived(b"HTTP/1.1 304 None\r\n\r\n")
        transport.clear()

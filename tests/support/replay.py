"""The small web of a case on one loopback port: every host of it, over http and over https.

Who connects is asked by its first byte: a TLS record begins with 0x16. Certificates are made as names are asked for and
signed by an authority of the tests' own, which the crawler trusts because SSL_CERT_FILE names it (OpenSSL's own way to
say so): the program has no switch for it.
"""

from __future__ import annotations

import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest import mock
from urllib.parse import urljoin

from spiders.settings import TIMEOUT
from tests.support.certificates import Authority
from tests.support.discovery_cases import REFUSING, Case, Page
from tests.support.discovery_score import Sent

CHUNK = bytes(64 * 1024)
HOSTS = "*.[a-z]*"
"""Which names lead here: all that look like one of the web, so that nothing ever leaves this machine; addresses in
digits and localhost are left to the guard."""


@dataclass
class Replay:
    """What is served, and each request that came: ``sent`` without headers, ``headers`` and ``times`` beside it."""

    port: int
    authority: Authority
    case: Case
    sent: list[Sent] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def hosts(self) -> dict[str, int]:
        """For `CrawlPolicy.hosts`."""
        return {HOSTS: self.port}

    def took(self, address: str, headers: dict[str, str], page: Page | None) -> None:
        """Remember one request."""
        with self.lock:
            hop = any(before.redirected_to == address for before in self.sent[-1:])
            self.sent.append(
                Sent(
                    address=address,
                    status=page.status if page and page.wait < TIMEOUT else None,
                    refuses=page is not None and (page.refuses or page.status in REFUSING),
                    hop=hop,
                    redirected_to=urljoin(address, page.to) if page and page.to else None,
                )
            )
            self.headers.append(headers)
            self.times.append(time.monotonic())


@contextmanager
def replaying(case: Case, authority: Authority) -> Iterator[Replay]:
    """Serve a case, and trust what it is served with."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        state = Replay(server.server_address[1], authority, case)
        server.state = state
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            with mock.patch.dict(os.environ, {"SSL_CERT_FILE": str(authority.file), "SSL_CERT_DIR": os.devnull}):
                yield state
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    state: Replay

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Both languages on one port; who wants https where there is none is left without an answer."""
        with suppress(OSError):
            request.settimeout(60.0)
            hello = request.recv(4096, socket.MSG_PEEK)
            if hello[:1] != b"\x16":
                self._handle(request, client_address, "http")
            elif not any(host.encode() in hello for host in self.state.case.http_only):  # its name is in clear there
                with self._context().wrap_socket(request, server_side=True) as secure:
                    self._handle(secure, client_address, "https")

    def _handle(self, request: Any, client_address: Any, scheme: str) -> None:
        class Handler(_Handler):
            spoken = scheme

        Handler(request, client_address, self)

    def _context(self) -> ssl.SSLContext:
        case, authority = self.state.case, self.state.authority
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*authority.of_nobody)

        def answer(connection: ssl.SSLSocket | ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
            if name and name not in case.self_signed:
                connection.context = authority.context_for(name)

        context.sni_callback = answer
        return context

    def handle_error(self, request: object, client_address: object) -> None:
        """Silent: clients may leave when they like."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    spoken = "http"
    server: _Server

    def do_GET(self) -> None:
        address = f"{self.spoken}://{self.headers.get('Host', '')}{self.path}"
        page = self.server.state.case.page(address)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.state.took(address, headers, page)
        if page is None:  # a host that does not exist
            self.close_connection = True
            return
        self.send_response(page.status)
        for name, value in page.headers.items():
            self.send_header(name, value.encode("utf-8").decode("latin-1"))
        self.send_header("Content-Length", str(page.length))
        self.end_headers()
        time.sleep(page.wait)
        self.wfile.write(page.body)
        for _ in range(page.size // len(CHUNK)):
            self.wfile.write(CHUNK)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Silent."""

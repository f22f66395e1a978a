"""One web server of the user's: requests one after another, each answered or given up in bounded time.

The certificate is checked, no redirect is followed and no proxy asked: the log-in reaches the named server or nobody.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlsplit

import httpx

from planner.deliver import faults
from planner.deliver.codes import Code
from planner.deliver.outcome import DeliveryError
from planner.deliver.secrets import hushed, masked
from planner.deliver.upload.resource import Answer
from planner.text import one_line
from spiders.reasons import Reason, Value

TIMEOUT = 30.0  # for a connection, and for each piece of an answer
SECONDS_IN_ALL = 180.0
MAX_ANSWER = 1_000_000
_OPENED = {"connection.connect_tcp.complete", "connection.start_tls.complete"}
_CLOSED = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)


class Server:
    """What stands at the address ``to``. ``user`` and ``password`` log in; ``trust`` replaces the system's
    certificates. A context manager: outside of it nothing is open."""

    def __init__(
        self, to: str, trust: ssl.SSLContext | None, *, user: str | None = None, password: str | None = None
    ) -> None:
        self.host = urlsplit(to).hostname or ""
        self._to = to
        self._secrets = () if password is None else (password, f"{user}:{password}")
        self._client = httpx.Client(
            auth=None if password is None else httpx.BasicAuth(user or "", password),
            # Nothing compressed: what an answer may grow to is bounded below.
            headers={"User-Agent": "quanzi", "Accept": "*/*", "Accept-Encoding": "identity"},
            verify=trust or ssl.create_default_context(),
            trust_env=False,
            follow_redirects=False,
            timeout=TIMEOUT,
        )
        self._open: socket.socket | None = None
        self._asked_before = self._late = False
        self._watch = threading.Timer(SECONDS_IN_ALL, self._give_up)
        self._watch.daemon = True
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.enter_context(hushed("httpx", "httpcore"))
        self._stack.enter_context(self._client)
        self._stack.callback(self._watch.cancel)
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def ask(self, method: str, name: str, content: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """One request for what is called ``name`` below the place (empty: the place itself).

        Raises DeliveryError where the server cannot be reached, does not let us in, points elsewhere or wants us to
        wait.
        """
        try:
            response, body = self._exchange(method, self._to + quote(name, safe="/@"), content, headers or {})
        except (httpx.HTTPError, httpx.InvalidURL) as exc:
            raise self._failed(exc) from None
        if self._late:
            raise self._failure(Code.UPLOAD_SLOW)
        code = response.status_code
        if 300 <= code < 400:
            raise self._failure(Code.UPLOAD_MOVED, number=code, where=self._shown(response.headers.get("Location")))
        if code == 401:
            raise self._failure(self._why_not_in(response), number=code)
        if code == 507:  # RFC 4918, 11.5
            raise self._failure(Code.UPLOAD_FULL, number=code)
        if code == 429 or code >= 500:
            raise self._failure(Code.UPLOAD_LATER, number=code, why=faults.status(code))
        etag = response.headers.get("ETag", "")
        return Answer(code, etag if etag.startswith('"') else None, body)

    def _exchange(
        self, method: str, address: str, content: bytes, headers: Mapping[str, str]
    ) -> tuple[httpx.Response, bytes]:
        """Over the open connection; anew, once, where the server had closed it meanwhile: all we ask may be asked
        twice (RFC 9110, 9.2.2)."""
        if self._asked_before:
            try:
                return self._once(method, address, content, headers)
            except _CLOSED:
                if self._late:
                    raise
        self._asked_before = True
        return self._once(method, address, content, headers)

    def _once(
        self, method: str, address: str, content: bytes, headers: Mapping[str, str]
    ) -> tuple[httpx.Response, bytes]:
        sent = {"content": content} if content else {}
        traced = {"trace": self._note}
        with self._client.stream(method, address, headers=dict(headers), extensions=traced, **sent) as response:  # type: ignore[arg-type]
            return response, _body(response)

    def _note(self, event: str, about: Mapping[str, Any]) -> None:
        """Told by the library what it does: which socket is open is what the watch has to know."""
        if event in _OPENED:
            self._open = about["return_value"].get_extra_info("socket")

    def _give_up(self) -> None:
        """Called by the watch when time is up: whoever waits for the server stops waiting."""
        self._late = True
        if self._open is not None:
            with suppress(OSError):  # closed already
                socket.socket.shutdown(self._open, socket.SHUT_RDWR)

    def _why_not_in(self, response: httpx.Response) -> Code:
        """Which of the reasons a 401 is. We speak Basic alone (RFC 7617), which TLS keeps secret."""
        if not self._secrets:
            return Code.UPLOAD_NO_LOGIN
        asked = response.headers.get("WWW-Authenticate", "Basic")
        return Code.UPLOAD_LOGIN if "basic" in asked.lower() else Code.UPLOAD_OTHER_LOGIN

    def _failed(self, exc: Exception) -> DeliveryError:
        """What the library raised, by what is beneath it."""
        if self._late or isinstance(exc, httpx.TimeoutException):
            return self._failure(Code.UPLOAD_SLOW)
        for cause in _causes(exc):
            if isinstance(cause, ssl.SSLCertVerificationError):
                return self._failure(Code.UPLOAD_UNTRUSTED, why=faults.certificate(cause, self.host))
            if isinstance(cause, ssl.SSLError):
                return self._failure(Code.UPLOAD_INSECURE, why=faults.handshake(cause))
            if isinstance(cause, OSError | UnicodeError) and not isinstance(exc, _CLOSED):
                return self._failure(Code.UNREACHABLE, why=faults.system(cause))
        if isinstance(exc, httpx.InvalidURL):
            return self._failure(Code.UNREACHABLE, why=Reason(Code.HOST_UNKNOWN))
        # One name for two things: what was said is no HTTP (found by the parser below), and nothing was said.
        parsed = isinstance(exc, httpx.RemoteProtocolError) and len(list(_causes(exc))) > 2
        return self._failure(Code.DROPPED, why=Reason(Code.NO_HTTP if parsed else Code.CONNECTION_CLOSED))

    def _failure(self, code: Code, **values: Value | Reason) -> DeliveryError:
        return DeliveryError(Reason(code, server=self.host, **values))

    def _shown(self, address: str | None) -> str:
        """Where a redirect points, without what may be a secret there."""
        try:
            parts = urlsplit(address or "")
            scheme = parts.scheme or urlsplit(self._to).scheme
            host, port = parts.hostname or self.host, parts.port
        except ValueError:
            return "?"
        where = f"{scheme}://{host}{'' if port is None else f':{port}'}{parts.path}"
        return masked(one_line(where, 160), *self._secrets)


def _body(response: httpx.Response) -> bytes:
    """The body, or its beginning where it is longer than anything we ask for. Raises httpx.ReadError."""
    body = b""
    try:
        for piece in response.iter_raw():
            body += piece
            if len(body) >= MAX_ANSWER:
                break
    except httpx.RemoteProtocolError as exc:
        raise httpx.ReadError("the answer ends too early", request=exc.request) from None
    return body[:MAX_ANSWER]


def _causes(exc: BaseException) -> Iterator[BaseException]:
    """An exception and what led to it, the nearest first."""
    found: BaseException | None = exc
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__  # the library hides some causes ("from None")

"""One server that takes uploads: requests one after another, each answered or given up in bounded time.

The certificate is checked, no redirect is followed and no proxy asked: the log-in reaches the named server or nobody.
"""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlsplit

from planner.config.put import Put
from planner.deliver.secrets import masked
from planner.text import one_line

TIMEOUT = 30.0  # for a connection, and for each piece of an answer
SECONDS_IN_ALL = 180.0
MAX_ANSWER = 1_000_000
_NO_HTTP = (http.client.BadStatusLine, http.client.UnknownProtocol, http.client.LineTooLong)
_CLOSED = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError, ConnectionAbortedError)


class Stopped(Exception):  # noqa: N818 - says what is the case
    """Nothing more can be put there now: a key below ``put.reason`` and its values, free of secrets."""

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values
        super().__init__(key)


class Refused(Stopped):
    """One resource was refused; the others may still be taken."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, the strong validator (RFC 9110, 8.8.3) if there was one, and the body."""

    code: int
    etag: str | None
    body: bytes

    @property
    def good(self) -> bool:
        """Whether the server did as asked."""
        return 200 <= self.code < 300


class Server:
    """Where ``put.to`` points. A context manager: outside of it nothing is open."""

    def __init__(self, put: Put, password: str | None, trust: ssl.SSLContext | None) -> None:
        parts = urlsplit(put.to)
        self.host, self.path = parts.hostname or "", parts.path
        self._put, self._port, self._trust = put, parts.port, trust
        self._headers = {"User-Agent": "quanzi", "Accept": "*/*"}
        self._secrets: tuple[str, ...] = ()
        if password is not None:
            pair = f"{put.user}:{password}"
            self._headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
            self._secrets = (password, pair)
        self._line: http.client.HTTPConnection | None = None
        self._late = False
        self._watch = threading.Timer(SECONDS_IN_ALL, self._give_up)
        self._watch.daemon = True

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watch.cancel()
        self._close()

    def ask(self, method: str, name: str, content: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """One request for what is called ``name`` below the place (empty: the place itself).

        Raises Stopped where the server cannot be reached, does not let us in, points elsewhere or wants us to wait.
        """
        path = self.path + quote(name, safe="/@")
        try:
            response, body = self._exchange(method, path, content, {**self._headers, **(headers or {})})
        except ssl.SSLCertVerificationError as exc:
            raise self._stopped("untrusted", exc.verify_message) from None
        except ssl.SSLError as exc:
            raise self._stopped("insecure", (exc.reason or str(exc)).replace("_", " ")) from None
        except TimeoutError as exc:
            raise self._stopped("slow", exc) from None
        except (*_CLOSED, http.client.HTTPException) as exc:
            raise self._stopped("dropped", "no HTTP" if isinstance(exc, _NO_HTTP) else "connection closed") from None
        except OSError as exc:
            raise self._stopped("connect", exc.strerror or exc) from None
        if self._late:
            raise self._stopped("slow", "")
        code = response.status
        if 300 <= code < 400:
            raise Stopped("moved", server=self.host, code=code, where=self._shown(response.getheader("Location")))
        if code == 401:
            raise Stopped(self._why_not_in(response), server=self.host, code=code)
        if code == 507:  # RFC 4918, 11.5
            raise Stopped("full", server=self.host, code=code)
        if code == 429 or code >= 500:
            raise Stopped("later", server=self.host, code=code, why=_phrase(code))
        etag = response.getheader("ETag") or ""
        return Answer(code, etag if etag.startswith('"') else None, body)

    def _exchange(
        self, method: str, path: str, content: bytes, headers: Mapping[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Over the open connection; anew, once, where the server had closed it meanwhile: all we ask may be asked
        twice (RFC 9110, 9.2.2)."""
        if self._line is not None:
            try:
                return self._once(self._line, method, path, content, headers)
            except _CLOSED:
                self._close()
                if self._late:
                    raise
        self._line = self._connected()
        return self._once(self._line, method, path, content, headers)

    def _once(
        self, line: http.client.HTTPConnection, method: str, path: str, content: bytes, headers: Mapping[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        with suppress(BrokenPipeError, ConnectionResetError):  # a server that takes no more may have said why
            line.request(method, path, content or None, dict(headers))
        response = line.getresponse()
        body = response.read(MAX_ANSWER)
        if not response.isclosed():
            self._close()
        return response, body

    def _why_not_in(self, response: http.client.HTTPResponse) -> str:
        """Which of the reasons a 401 is. We speak Basic alone (RFC 7617), which TLS keeps secret."""
        if not self._secrets:
            return "no_log_in"
        asked = response.getheader("WWW-Authenticate") or "Basic"
        return "log_in" if "basic" in asked.lower() else "other_log_in"

    def _connected(self) -> http.client.HTTPConnection:
        if self._put.is_encrypted:
            context = self._trust or ssl.create_default_context()
            return http.client.HTTPSConnection(self.host, self._port, timeout=TIMEOUT, context=context)
        return http.client.HTTPConnection(self.host, self._port, timeout=TIMEOUT)

    def _close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _give_up(self) -> None:
        """Called by the watch when time is up: whoever waits for the server stops waiting."""
        self._late = True
        opened = self._line.sock if self._line is not None else None
        if opened is not None:
            with suppress(OSError):  # closed already
                socket.socket.shutdown(opened, socket.SHUT_RDWR)

    def _stopped(self, key: str, why: object) -> Stopped:
        if self._late or key == "slow":
            return Stopped("slow", server=self.host)
        return Stopped(key, server=self.host, why=masked(one_line(str(why), 120).lower(), *self._secrets))

    def _shown(self, address: str | None) -> str:
        """Where a redirect points, without what may be a secret there."""
        try:
            parts = urlsplit(address or "")
            scheme = parts.scheme or urlsplit(self._put.to).scheme
            host, port = parts.hostname or self.host, parts.port
        except ValueError:
            return "?"
        where = f"{scheme}://{host}{'' if port is None else f':{port}'}{parts.path}"
        return masked(one_line(where, 160), *self._secrets)


def _phrase(code: int) -> str:
    """What a status means, in the words of the standard: the server's own may repeat what it was sent."""
    return http.client.responses.get(code, "").lower()


def refusal(server: Server, name: str, answer: Answer) -> Refused:
    """What an answer that is no success says of one resource."""
    values = {"server": server.host, "name": name, "code": answer.code}
    known = {403: "forbidden", 409: "conflict", 412: "changed", 413: "too_large"}
    key = known.get(answer.code, "refused")
    return Refused(key, **values, why=_phrase(answer.code))

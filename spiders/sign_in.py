"""Headers that open one source: from a file of the user's, sent to the very origin of that source and nowhere else.

A redirect copies the headers of its request; here they are taken off again before anything leaves for another scheme,
host or port, and they are never sent without encryption but to machines that the configuration names by their number.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from spiders.errors import SourceError
from spiders.guard import AddressGuard
from spiders.reasons import Code, Reason

MAX_BYTES = 16_384
SIGN_IN = "sign_in"
"""Where a request carries its `SignIn`."""
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}):[ \t]*([\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?)")
_LOG_IN = re.compile(r"[^:\x00-\x1f\x7f]{1,254}:[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*")
_OURS = frozenset({
    "host", "connection", "content-length", "content-type", "transfer-encoding", "te", "trailer", "upgrade", "range",
    "expect", "user-agent", "accept-encoding", "if-none-match", "if-modified-since", "proxy-authorization",
})  # fmt: skip
"""What the crawl itself says of a request: no file may change it."""
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class SecretHeaders:
    """Names and values of headers. Its text tells neither."""

    headers: tuple[tuple[str, str], ...] = field(repr=False)


def parse_headers(content: bytes) -> SecretHeaders:
    """The headers that a file holds: ``Name: value`` a line, ``#`` before a comment. One line alone of the form
    ``user:password``, without a space behind the colon, is a log-in (RFC 7617).

    Raises SourceError where it is empty or says anything else; the reason names the line and never what stands there.
    """
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise SourceError(Reason(Code.HEADERS_GARBLED, line=content[:MAX_BYTES].count(b"\n") + 1)) from None
    told = [(number, line.strip()) for number, line in enumerate(lines, 1)]
    told = [(number, line) for number, line in told if line and not line.startswith("#")]
    if not told:
        raise SourceError(Reason(Code.HEADERS_EMPTY))
    if len(told) == 1 and _LOG_IN.fullmatch(told[0][1]):
        return SecretHeaders((("Authorization", "Basic " + base64.b64encode(told[0][1].encode()).decode()),))
    headers = {}
    for number, line in told:
        found = _HEADER.fullmatch(line)
        if found is None:
            raise SourceError(Reason(Code.HEADERS_GARBLED, line=number))
        if found[1].lower() in _OURS:
            raise SourceError(Reason(Code.HEADERS_OURS, line=number))
        headers[found[1].lower()] = (found[1], found[2])
    return SecretHeaders(tuple(headers.values()))


@dataclass(frozen=True, slots=True)
class SignIn:
    """The secret of one source and the only origin that may see it."""

    secret: SecretHeaders
    origin: tuple[str, str, int]
    in_the_clear: bool = False

    @classmethod
    def of(cls, address: str, secret: SecretHeaders, guard: AddressGuard) -> SignIn:
        """For the source at ``address``; ``guard`` knows to which machines a secret may go without encryption."""
        origin = origin_of(address)
        return cls(secret, origin, guard.allows_by_name(origin[1]))

    def may_go_to(self, address: str) -> bool:
        """Whether a request to ``address`` may carry the secret."""
        origin = origin_of(address)
        return origin == self.origin and (origin[0] == "https" or self.in_the_clear)


def origin_of(address: str) -> tuple[str, str, int]:
    """Scheme, host and port (RFC 6454); ``webcal:`` is https under another name. Raises ValueError."""
    parts = urlsplit(address)
    scheme = "https" if parts.scheme == "webcal" else parts.scheme
    return scheme, (parts.hostname or "").rstrip("."), parts.port or _PORTS.get(scheme, 0)


class SignInMiddleware:
    """The last thing before a request leaves: the secret of its source goes on, or comes off."""

    @classmethod
    def from_crawler(cls, _crawler: Any) -> Self:
        return cls()

    def process_request(self, request: Any) -> None:
        sign_in: SignIn | None = request.meta.get(SIGN_IN)
        if sign_in is None:
            return
        for name, _ in sign_in.secret.headers:
            request.headers.pop(name, None)
        if sign_in.may_go_to(request.url):
            for name, value in sign_in.secret.headers:
                request.headers[name] = value

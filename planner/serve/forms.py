"""Forms from a browser: only from our own page, bounded in bytes, parts and time, and at a pace that a person has."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

MOST_BYTES = 24 << 20
MOST_FILES, MOST_FIELDS = 10, 300
LARGEST_FIELD = 256 << 10
SECONDS = 60.0
TOKEN_DAYS = 2


class RefusedError(Exception):
    """A request that is not answered as asked: its ``status``, the ``key`` of what is said (``desk.``), and after how
    many seconds to come again."""

    def __init__(self, status: HTTPStatus, key: str, retry_after: int | None = None) -> None:
        super().__init__(key)
        self.status, self.key, self.retry_after = status, key, retry_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a form held: texts by name, in their order; files with their names."""

    texts: Mapping[str, Sequence[str]]
    files: Sequence[tuple[str, bytes]] = ()

    def text(self, name: str) -> str:
        """The first text of that name; empty where there is none."""
        return next(iter(self.texts.get(name, ())), "")


@dataclass
class Pace:
    """So many requests at once, then so many a second; what is beyond is told when to come again."""

    burst: float
    a_second: float
    _left: float = field(default=-1.0)
    _at: float = 0.0

    def take(self, now: float) -> None:
        """One request at a moment of a steady clock, in seconds. Raises RefusedError."""
        passed = max(0.0, now - self._at) if self._left >= 0 else 0.0
        self._left = min(self.burst, (self.burst if self._left < 0 else self._left) + passed * self.a_second)
        self._at = now
        if self._left < 1:
            wait = int((1 - self._left) / self.a_second) + 1
            raise RefusedError(HTTPStatus.TOO_MANY_REQUESTS, "desk.too_often", wait)
        self._left -= 1


def token(secret: str, now: datetime) -> str:
    """What a form of ours carries, so that no page of others can send it."""
    return _token(secret, f"{now:%Y-%m-%d}")


def _token(secret: str, day: str) -> str:
    return hmac.new(secret.encode(), f"form {day}".encode(), hashlib.sha256).hexdigest()


def sealed(secret: str, text: str) -> str:
    """A text that goes out and comes back with a form, with a seal that only we can make."""
    return f"{hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()} {text}"


def unsealed(secret: str, text: str) -> str:
    """The text again. Raises RefusedError where the seal is not ours."""
    _, _, inner = text.partition(" ")
    if not hmac.compare_digest(sealed(secret, inner).encode(), text.encode()):
        raise RefusedError(HTTPStatus.FORBIDDEN, "desk.forged")
    return inner


def check_origin(request: Request) -> None:
    """Raises RefusedError for what another site's page sends (Fetch Metadata; Origin, RFC 6454)."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if (site is not None and site not in {"same-origin", "none"}) or foreign:
        raise RefusedError(HTTPStatus.FORBIDDEN, "desk.other_site")


def check_token(form: Form, secret: str, now: datetime) -> None:
    """Raises RefusedError where the form's token is none of the last days."""
    given = form.text("token").encode("utf-8", "replace")
    days = (f"{now - timedelta(days=number):%Y-%m-%d}" for number in range(TOKEN_DAYS))
    if not any(hmac.compare_digest(_token(secret, day).encode(), given) for day in days):
        raise RefusedError(HTTPStatus.FORBIDDEN, "desk.stale")


async def read_form(request: Request) -> Form:
    """The form of a request. Raises RefusedError where it is too large, too slow or broken."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > MOST_BYTES:
        raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "desk.too_large")
    bounded = Request(request.scope, _bounded(request))
    try:
        async with asyncio.timeout(SECONDS):
            read = await bounded.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD)
            try:
                texts: dict[str, list[str]] = {}
                files = []
                for name, value in read.multi_items():
                    if isinstance(value, UploadFile):
                        files.append((value.filename or "", await value.read()))
                    else:
                        texts.setdefault(name, []).append(value)
            finally:
                await read.close()
    except TimeoutError:
        raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, "desk.too_slow") from None
    except (HTTPException, ClientDisconnect, UnicodeError, ValueError, KeyError):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "desk.broken") from None
    return Form(texts=texts, files=tuple((name, body) for name, body in files if body))


def _bounded(request: Request) -> Receive:
    """The request's messages, of no more than `MOST_BYTES` in all."""
    received = 0

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > MOST_BYTES:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "desk.too_large")
        return message

    return receive

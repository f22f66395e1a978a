"""What was published for members, answered out of the store: by a digest of the secret part of an address.

Most requests are calendars that ask whether anything is new: these read one small row and no file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path, PurePosixPath
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from planner.errors import QuanziError
from planner.members.register import hashed
from planner.publish import KINDS
from planner.store import Store
from planner.store.members import PublishedFile

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,200}")


class Shelf(Protocol):
    """Finds the file of a name for a hashed token; the body is left out where its etag is known."""

    def __call__(self, token: str, name: str, known: tuple[str, ...]) -> PublishedFile | None: ...


class StoreShelf:
    """A shelf on a store, which is opened when it is first asked, and anew where it was replaced or went away."""

    def __init__(self, opened: Callable[[], Store], file: Path | None) -> None:
        """``file`` is where the store is, None on a server."""
        self._opened, self._file = opened, file
        self._stack = ExitStack()
        self._store: Store | None = None
        self._version: tuple[int, int] | None = None

    def __call__(self, token: str, name: str, known: tuple[str, ...]) -> PublishedFile | None:
        """Raises QuanziError where the store cannot be read."""
        version = self._seen()
        if self._file is not None and version is None:  # before the first week there is none
            return None
        if self._store is not None and version == self._version:
            with suppress(*self._store.errors):
                return self._store.published_at(token, name, known)
        self.close()
        store = self._store = self._stack.enter_context(self._opened())
        self._version = self._seen()
        return store.published_at(token, name, known)

    def close(self) -> None:
        """Until it is asked again."""
        stack, self._stack, self._store = self._stack, ExitStack(), None
        with suppress(QuanziError):
            stack.close()

    def _seen(self) -> tuple[int, int] | None:
        if self._file is None:
            return None
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def is_token(text: str) -> bool:
    """Whether it may be the secret part of a member's address."""
    return _TOKEN.fullmatch(text) is not None


def answer(shelf: Shelf, token: str, name: str, request: Request) -> Response | None:
    """The file of this name for the member with this token; None where there is none (RFC 9110, 13)."""
    name = name or "index.html"
    kind = KINDS.get(PurePosixPath(name).suffix)
    if kind is None:
        return None
    known = tuple(tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(","))
    found = shelf(hashed(token), name, known)
    if found is None:
        return None
    headers = {"ETag": found.etag, "Last-Modified": format_datetime(found.changed.astimezone(UTC), usegmt=True)}
    if found.body is None or ("if-none-match" not in request.headers and _is_known_since(request, found.changed)):
        return Response(status_code=304, headers=headers)
    return Response(found.body, headers={"Content-Type": kind, **headers})


def _is_known_since(request: Request, changed: datetime) -> bool:
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return since.tzinfo is not None and changed <= since

"""The output folder over HTTP, for subscribing: what may be public at ``/``, the plan below a secret path.

Files are small and are replaced whole, so each answer is made from bytes read at once: its ETag is theirs, and no
answer mixes two versions. Only known kinds of files are shown, no folder is ever listed, the secret is never logged.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import socket
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.errors import OutputError, UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate_text as translate

if TYPE_CHECKING:  # an extra: only `quanzi serve` needs it
    from starlette.applications import Starlette

SECRET_BYTES = 24  # 192 bits; the least that is accepted is 128
_SECRET = re.compile(r"[A-Za-z0-9_-]{22,200}")
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
KINDS = {
    ".ics": "text/calendar; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/atom+xml; charset=utf-8",
}
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # else a link out of the private page would tell its secret address
    "Cache-Control": "no-cache",  # keep, but ask each time: the validators make asking cheap
}


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was read at once; ``changed`` has whole seconds, as HTTP's dates do."""

    content: bytes
    kind: str
    changed: datetime

    @property
    def etag(self) -> str:
        """A strong validator: of the bytes alone (RFC 9110, 8.8.3)."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


class MissingExtraError(UsageError):
    """The libraries of serving are not installed."""


def secret_of(store: Path, words: Catalog) -> str:
    """The secret part of private addresses, kept in a file of mode 600 beside the store; made on first use.

    Raises UsageError where the file is open to others or no secret, OutputError where it cannot be made.
    """
    path = store.with_name(store.name + ".secret")
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _kept_secret(path, words)
    except OSError as exc:
        raise OutputError(words("serve.secret_unwritable", path=path, why=_system(exc, words))) from exc
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret + "\n")
    return secret


def _kept_secret(path: Path, words: Catalog) -> str:
    try:
        with path.open(encoding="ascii", errors="replace") as file:
            if os.name != "nt" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise UsageError(words("serve.secret_open", path=path))
            secret = file.read(1000).strip()
    except OSError as exc:
        raise UsageError(words("serve.secret_unreadable", path=path, why=_system(exc, words))) from exc
    if not _SECRET.fullmatch(secret):
        raise UsageError(words("serve.secret_bad", path=path))
    return secret


def _system(exc: OSError, words: Catalog) -> str:
    """What the system says, without what Python adds in brackets."""
    return translate((exc.strerror or str(exc)).partition(" (while ")[0].lower(), words.language)


def application(folder: Path, secret: str) -> Starlette:
    """The web application: ``folder/public`` at ``/``, ``folder`` below the secret. Raises MissingExtraError."""
    try:
        from starlette.applications import Starlette
        from starlette.requests import Request
        from starlette.responses import Response
        from starlette.routing import Route
    except ImportError as exc:
        raise MissingExtraError("serve: its libraries are not installed") from exc

    def answer(request: Request) -> Response:
        first, slash, rest = request.path_params["path"].partition("/")
        private = secrets.compare_digest(first.encode(), secret.encode())
        if private and not slash:
            return Response(status_code=308, headers={"Location": f"/{secret}/", **_ALWAYS})
        wanted = rest if private else request.path_params["path"]
        file = read(folder if private else folder / "public", wanted)
        if file is None:
            return Response("not found\n", 404, media_type="text/plain", headers=_ALWAYS)
        status, headers, content = reply(file, request.headers)
        if private:
            headers["X-Robots-Tag"] = "noindex, nofollow"
        return Response(content, status, headers={**_ALWAYS, **headers})

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET"])])  # GET brings HEAD along


def read(root: Path, name: str) -> File | None:
    """A file below ``root``, an empty name being its index; None for whatever may not be shown."""
    steps = (name or "index.html").split("/")
    if any(not step or step.startswith(".") or re.search(r"[\\:\x00-\x1f]", step) for step in steps):
        return None
    path = root.joinpath(*steps)
    kind = KINDS.get(path.suffix)
    try:
        if kind is None or not path.resolve().is_relative_to(root.resolve()):  # a link must not lead out
            return None
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                return None
            return File(file.read(), kind, datetime.fromtimestamp(int(state.st_mtime), UTC))
    except (OSError, ValueError):
        return None


def reply(file: File, asked: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and content for a request's headers (RFC 9110, 13.2.2 and 14.2)."""
    headers = {
        "ETag": file.etag,
        "Last-Modified": format_datetime(file.changed, usegmt=True),
        "Accept-Ranges": "bytes",
        "Content-Type": file.kind,
    }
    if _unchanged(file, asked):
        del headers["Content-Type"]
        return 304, headers, b""
    span = _span(file, asked)
    if span is None:
        return 200, headers, file.content
    first, end = span
    size = len(file.content)
    if first >= end:
        return 416, {"Content-Range": f"bytes */{size}", "Content-Type": "text/plain"}, b""
    headers["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
    return 206, headers, file.content[first:end]


def _unchanged(file: File, asked: Mapping[str, str]) -> bool:
    """If-None-Match decides alone where it is given; weak comparison."""
    tags = asked.get("if-none-match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return tags.strip() == "*" or file.etag in known
    since = _date(asked.get("if-modified-since"))
    return since is not None and file.changed <= since


def _span(file: File, asked: Mapping[str, str]) -> tuple[int, int] | None:
    """The asked part, [first, end); empty where it cannot be had; None for the whole. Several parts: the whole."""
    match = _RANGE.fullmatch(asked.get("range", "").replace(" ", ""))
    if match is None or match[0] == "bytes=-":
        return None
    condition = asked.get("if-range")
    if condition is not None and condition != file.etag and _date(condition) != file.changed:
        return None
    size = len(file.content)
    if not match[1]:
        return max(0, size - int(match[2])), size
    first, last = int(match[1]), int(match[2]) if match[2] else size - 1
    if match[2] and last < first:
        return None  # not a range at all: ignored
    return first, min(last + 1, size)


def _date(text: str | None) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(text or "")
    except (ValueError, TypeError, OverflowError):
        return None
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed


def listening(host: str, port: int, words: Catalog) -> socket.socket:
    """A socket that listens; port 0 takes a free one. Raises UsageError."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as exc:
        raise UsageError(words("serve.no_listening", host=host, port=port, why=_system(exc, words))) from exc


def reached_at(host: str) -> str:
    """The address others reach ``host`` by: for "all addresses" this machine's own in its network, as it routes."""
    if host not in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not listened on
        return host
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: nobody's address; a datagram socket sends nothing yet
            return str(probe.getsockname()[0])
    except OSError:
        return host


def run(app: Any, at: socket.socket) -> None:
    """Answer until interrupted. No access log: it would hold the secret. Raises MissingExtraError."""
    try:
        import uvicorn
    except ImportError as exc:
        raise MissingExtraError("serve: its libraries are not installed") from exc
    settings = uvicorn.Config(
        app, access_log=False, log_level="warning", http="h11", ws="none", lifespan="off",
        server_header=False, proxy_headers=False, timeout_graceful_shutdown=2,
    )  # fmt: skip
    uvicorn.Server(settings).run(sockets=[at])

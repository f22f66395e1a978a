"""The output folder over HTTP, for subscribing: what may be public at ``/``, the plan below a secret path.

Starlette answers conditional requests and ranges. Ours is which files are shown: known kinds alone, no folder is ever
listed, the secret is never logged. Needs the extra ``serve``.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import socket
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from planner.deliver.codes import Code, in_words
from planner.deliver.faults import system
from planner.deliver.outcome import DeliveryError
from planner.deliver.secrets import read_private
from planner.errors import OutputError, UsageError
from planner.i18n.catalog import Catalog
from planner.publish import KINDS
from spiders.reasons import Reason

SUBSCRIBE = "subscribe"
"""Below the secret: the page that a phone subscribes from."""
SECRET_BYTES = 24  # 192 bits; the least that is accepted is 128
_SECRET = re.compile(r"[A-Za-z0-9_-]{22,200}")
_ODD = re.compile(r"[\\:\x00-\x1f]")
_UNSEEN = "noindex, nofollow"
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # else a link out of the private page would tell its secret address
    "Cache-Control": "no-cache",  # keep, but ask each time: the validators make asking cheap
}


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
        raise OutputError(words("serve.secret_unwritable", path=path, why=in_words(system(exc), words))) from exc
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret + "\n")
    return secret


def _kept_secret(path: Path, words: Catalog) -> str:
    try:
        secret = read_private(path).strip()
    except DeliveryError as exc:
        if exc.reason.code is Code.SECRET_OPEN:
            raise UsageError(words("serve.secret_open", path=path)) from exc
        why = exc.reason["why"]
        told = in_words(why, words) if isinstance(why, Reason) else ""
        raise UsageError(words("serve.secret_unreadable", path=path, why=told)) from exc
    if not _SECRET.fullmatch(secret):
        raise UsageError(words("serve.secret_bad", path=path))
    return secret


def application(folder: Path, secret: str, subscribing: bytes | None = None) -> Starlette:
    """The web application: ``folder/public`` at ``/``, ``folder`` below the secret, and there ``subscribing``, the page
    that a phone subscribes from, as `SUBSCRIBE`."""
    public, whole = Outputs(folder / "public"), Outputs(folder)

    async def answer(request: Request) -> Response:
        asked = str(request.path_params["path"])
        first, slash, rest = asked.partition("/")
        private = secrets.compare_digest(first.encode(), secret.encode())
        if private and not slash:
            return Response(status_code=308, headers={"Location": f"/{secret}/", **_ALWAYS})
        if private and rest == SUBSCRIBE and subscribing is not None:
            return Response(subscribing, media_type="text/html", headers={"X-Robots-Tag": _UNSEEN, **_ALWAYS})
        try:
            response = await (whole if private else public).get_response(rest if private else asked, request.scope)
        except (HTTPException, OSError):
            return Response("not found\n", 404, media_type="text/plain", headers=_ALWAYS)
        response.headers.update(_ALWAYS)
        if private:
            response.headers["X-Robots-Tag"] = _UNSEEN
        return response

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET"])])  # GET brings HEAD along


class Outputs(StaticFiles):
    """The files of one folder that may be shown."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False)  # before the first week there is none

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """A file by its name, an empty one being the index; ("", None) for whatever may not be shown."""
        steps = (path or "index.html").split("/")
        if any(not step or step.startswith(".") or _ODD.search(step) for step in steps):
            return "", None
        if Path(steps[-1]).suffix not in KINDS:
            return "", None
        try:
            return super().lookup_path("/".join(steps))
        except (OSError, ValueError):
            return "", None

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, the part of it that is asked for, or that it did not change. Raises OSError."""
        response = FileResponse(
            full_path,
            status_code=status_code,
            media_type=KINDS.get(Path(full_path).suffix),  # a link may lead to a file of another name
            stat_result=stat_result,
            headers={"ETag": _etag(Path(full_path))},
        )
        asked = Headers(scope=scope)
        if self.is_not_modified(response.headers, asked):
            return NotModifiedResponse(response.headers)
        if not asked.get("range", "bytes=").startswith("bytes="):  # RFC 9110, 14.2: an unknown unit is ignored
            scope["headers"] = [(name, value) for name, value in scope["headers"] if name != b"range"]
        return response


def _etag(file: Path) -> str:
    """A strong validator of the bytes alone (RFC 9110, 8.8.3): copies of a folder on several hosts agree on it, and so
    do files that a backup brought back; starlette's own tells time and size."""
    return f'"{hashlib.sha256(file.read_bytes()).hexdigest()[:32]}"'


def listening(host: str, port: int, words: Catalog) -> socket.socket:
    """A socket that listens; port 0 takes a free one. Raises UsageError."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as exc:
        why = in_words(system(exc), words)
        raise UsageError(words("serve.no_listening", host=host, port=port, why=why)) from exc


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


def run(app: Starlette, at: socket.socket) -> None:
    """Answer until interrupted. No access log: it would hold the secret."""
    settings = uvicorn.Config(
        app, access_log=False, log_level="warning", http="h11", ws="none", lifespan="off",
        server_header=False, proxy_headers=False, timeout_graceful_shutdown=2,
    )  # fmt: skip
    uvicorn.Server(settings).run(sockets=[at])

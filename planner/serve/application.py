"""The web application: what may be public at ``/``, the plan, and what answers, below a secret path.

Starlette answers conditional requests and ranges. Ours is which files are shown; the secret is never logged.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from planner.errors import QuanziError
from planner.serve import shelf
from planner.serve.outputs import Outputs
from planner.serve.pages import FOLDER, DeskPages
from planner.serve.shelf import Shelf, is_token

SUBSCRIBE = "subscribe"
"""Below the secret: the page that a phone subscribes from."""
PUBLIC = "public/"
_UNSEEN = "noindex, nofollow"
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # else a link out of the private page would tell its secret address
    "Cache-Control": "no-cache",  # keep, but ask each time: the validators make asking cheap
}


def application(
    folder: Path,
    secret: str,
    subscribing: bytes | None = None,
    desk: DeskPages | None = None,
    members: Shelf | None = None,
) -> Starlette:
    """The web application: ``folder/public`` at ``/``, ``folder`` below the secret, and there ``subscribing``, the page
    that a phone subscribes from, as `SUBSCRIBE`, and ``desk``, the page that answers, in a folder of its own; below
    each member's own secret what ``members`` has for them."""
    public, whole = Outputs(folder / "public"), Outputs(folder)

    async def answer(request: Request) -> Response:
        asked = str(request.path_params["path"])
        first, slash, rest = asked.partition("/")
        if not secrets.compare_digest(first.encode(), secret.encode()):
            found = _of_member(members, first, rest, request) if members and slash and is_token(first) else None
            return found or await _of(public, asked, request)
        response = await private(request, rest) if slash else _moved(f"/{secret}/")
        response.headers["X-Robots-Tag"] = _UNSEEN
        return response

    async def private(request: Request, asked: str) -> Response:
        if asked == SUBSCRIBE and subscribing is not None:
            return Response(subscribing, media_type="text/html", headers=_ALWAYS)
        if desk is None or asked.partition("/")[0] != FOLDER:
            return await _of(whole, asked, request)
        if "/" not in asked:
            return _moved(f"/{secret}/{FOLDER}/")
        response = await desk.answer(request, asked.partition("/")[2])
        # Within the page its forms must say where they come from; a link out of it still tells nothing.
        response.headers.update({**_ALWAYS, "Cache-Control": "no-store", "Referrer-Policy": "same-origin"})
        return response

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])])  # GET brings HEAD along


def _of_member(members: Shelf, token: str, name: str, request: Request) -> Response | None:
    if request.method == "POST":
        return None
    if name.startswith(PUBLIC):  # pages of a plan link to what all share
        return _moved(f"/{name.removeprefix(PUBLIC)}")
    try:
        response = shelf.answer(members, token, name, request)
    except QuanziError:
        response = Response("not now\n", 503, media_type="text/plain", headers={"Retry-After": "60"})
    if response is not None:
        response.headers.update({**_ALWAYS, "X-Robots-Tag": _UNSEEN})
    return response


async def _of(outputs: Outputs, asked: str, request: Request) -> Response:
    """A file of a folder; nothing is ever sent to one."""
    if request.method == "POST":
        return Response("method not allowed\n", 405, media_type="text/plain", headers={"Allow": "GET", **_ALWAYS})
    try:
        response = await outputs.get_response(asked, request.scope)
    except (HTTPException, OSError):
        return Response("not found\n", 404, media_type="text/plain", headers=_ALWAYS)
    response.headers.update(_ALWAYS)
    return response


def _moved(address: str) -> Response:
    return Response(status_code=308, headers={"Location": address, **_ALWAYS})

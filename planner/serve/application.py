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

from planner.serve.outputs import Outputs

SUBSCRIBE = "subscribe"
"""Below the secret: the page that a phone subscribes from."""
_UNSEEN = "noindex, nofollow"
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # else a link out of the private page would tell its secret address
    "Cache-Control": "no-cache",  # keep, but ask each time: the validators make asking cheap
}


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

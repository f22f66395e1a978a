"""A folder server on loopback, what is uploaded to it and how."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler

from planner.config.put import Put
from planner.deliver.upload import upload
from planner.i18n.catalog import Catalog
from planner.render.calendar import write
from planner.store import Store
from tests.support.calendars import entry
from tests.support.events import make_event

EN = Catalog("en")
AT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
SECRET = "plum-kettle-42"
LOG_IN = "Basic " + base64.b64encode(f"me:{SECRET}".encode()).decode()


def plan(*titles: str) -> bytes:
    return write("x", [entry(make_event(title, uid=title)) for title in titles], "Asia/Shanghai", EN)


FILES = {
    "plan.ics": plan("读书会", "沙龙"),
    "digest.html": b"<p>week</p>",
    "public/all.ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    "public/index.html": b"<p>all</p>",
}


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Dav:
    """A folder server: keeps what is put, wants folders made first, and answers as told in ``say``."""

    port: int = 0
    there: dict[str, bytes] = field(default_factory=dict)
    folders: set[str] = field(default_factory=lambda: {"/"})
    asked: list[Request] = field(default_factory=list)
    say: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    before: Callable[[BaseHTTPRequestHandler], bool] = lambda handler: True

    def did(self, method: str) -> list[str]:
        return [each.path for each in self.asked if each.method == method]

    def answer(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        told = self.say.get(request.path, self.say.get("*"))
        if told is not None:
            return *told, b"you said " + request.headers.get("authorization", "").encode()
        parent = request.path.rstrip("/").rpartition("/")[0] + "/"
        if request.method == "MKCOL":
            if request.path in self.folders:
                return 405, {}, b""
            if parent not in self.folders:
                return 409, {}, b""
            self.folders.add(request.path)
            return 201, {}, b""
        if request.method == "PUT":
            if parent not in self.folders:
                return 409, {}, b""
            self.there[request.path] = request.body
            return 201, {}, b""
        if request.method == "DELETE":
            return (204 if self.there.pop(request.path, None) is not None else 404), {}, b""
        return 405, {}, b""


def settings(server: Dav, path: str = "/me/", scheme: str = "http", **wanted: object) -> Put:
    given = {"to": f"{scheme}://127.0.0.1:{server.port}{path}", "user": "me", "password_env": "SECRET", **wanted}
    return Put.model_validate({name: value for name, value in given.items() if value is not None})


def put(server: Dav, store: Store, files: dict[str, bytes] = FILES, *, trust: ssl.SSLContext | None = None, **wanted):
    return upload(settings(server, **wanted), files, store, AT, trust=trust, environment={"SECRET": SECRET})

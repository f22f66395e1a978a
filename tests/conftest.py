"""What all tests share: a moment, a context, a web server on loopback, the folder of labelled cases."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from spiders.items import Context, Event, Evidence

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 20, 0, tzinfo=SHANGHAI)  # a Friday evening: the coming week is 2026-W48


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def context() -> Context:
    return Context(
        source="test", now=NOW, timezone="Asia/Shanghai", window_start=NOW, window_end=NOW + timedelta(days=120)
    )


@pytest.fixture(scope="session")
def cases() -> Path:
    """The folder of labelled cases and captures, which is kept outside the project."""
    folder = os.environ.get("QUANZI_CASES")
    if not folder:
        pytest.skip("QUANZI_CASES is not set: the labelled cases are not at hand")
    return Path(folder)


def make_event(title: str = "桌游夜", *, start: datetime | None = None, **known: object) -> Event:
    """An event with plausible values; ``start`` defaults to the Tuesday of the coming week, 19:30."""
    values: dict[str, object] = {
        "source": "club",
        "uid": title,
        "title": title,
        "start": start or datetime(2026, 11, 24, 19, 30, tzinfo=SHANGHAI),
        "timezone": "Asia/Shanghai",
        "evidence": Evidence(),
    }
    return Event(**{**values, **known})  # type: ignore[arg-type]


@dataclass
class Asked:
    """One request that reached the server, and when."""

    host: str
    path: str
    headers: dict[str, str]
    at: float


Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Web:
    """A server on loopback. ``pages`` maps ``path`` or ``host/path`` to an answer or to a function that makes one."""

    port: int = 0
    pages: dict[str, Answer | Callable[[Asked], Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [each.path for each in self.asked]

    def answer(self, asked: Asked) -> Answer:
        found = self.pages.get(f"{asked.host}{asked.path}", self.pages.get(asked.path))
        if found is None:
            return 404, {}, b"not found"
        return found(asked) if callable(found) else found


@pytest.fixture
def web() -> Iterator[Web]:
    import time

    state = Web()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = (self.headers.get("Host") or "").partition(":")[0]
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(host, self.path, headers, time.monotonic())
            state.asked.append(asked)
            status, extra, body = state.answer(asked)
            self.send_response(status)
            for name, value in extra.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()
    thread.join()

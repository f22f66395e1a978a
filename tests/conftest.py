"""What all tests share: a moment, a context, a web server on loopback, the folder of labelled cases."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from spiders.items import Context
from tests.support.events import NOW
from tests.support.processes import readers
from tests.support.servers import Asked, Web

# The same examples in each run, and no clock: a machine that is busy must not decide whether a change is good. Anew
# each time: pytest --hypothesis-profile=search.
settings.register_profile("same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, max_examples=1_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")


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


@pytest.fixture(scope="session", autouse=True)
def _readers_end_with_the_tests() -> Iterator[None]:
    yield
    readers().close()


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

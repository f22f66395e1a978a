"""A web application of ours behind a real socket, and what a client gets of it."""

from __future__ import annotations

import contextlib
import http.client
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import uvicorn

from planner import serve
from planner.i18n.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Told:
    """An answer; names of ``headers`` in small letters."""

    status: int
    content: bytes
    headers: dict[str, str]


Ask = Callable[..., Told]
"""Called with a path, a method and headers (``if_none_match=…``)."""


@contextlib.contextmanager
def answering(app: Any) -> Iterator[Ask]:
    """Serve an application for the duration."""
    at = serve.listening("127.0.0.1", 0, Catalog("en"))
    server = uvicorn.Server(
        uvicorn.Config(app, access_log=False, log_level="error", lifespan="off", ws="none", http="h11")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [at]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)

    def ask(path: str, method: str = "GET", **headers: str) -> Told:
        connection = http.client.HTTPConnection("127.0.0.1", at.getsockname()[1], timeout=10)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): each for name, each in headers.items()})
            response = connection.getresponse()
            return Told(
                response.status, response.read(), {name.lower(): each for name, each in response.headers.items()}
            )
        finally:
            connection.close()

    try:
        yield ask
    finally:
        server.should_exit = True
        thread.join(10)
        at.close()

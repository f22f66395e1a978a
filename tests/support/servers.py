"""A server of pages on loopback, and a port for a server of one's own."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_RANGE = range(20_000, 32_000)  # below those that Linux (32768) and others (49152) give out
_PORTS = itertools.islice(itertools.cycle(_RANGE), random.Random(os.getpid()).randrange(len(_RANGE)), 2 * len(_RANGE))


@dataclass
class Asked:
    """One request that reached the server, when, and when its answer was sent."""

    host: str
    path: str
    headers: dict[str, str]
    at: float
    done: float | None = None


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


@contextlib.contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Web]:
    """A server of pages for the duration. Headers without a value are left out: ``{"Date": ""}`` sends none."""
    state = Web()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = (self.headers.get("Host") or "").partition(":")[0]
            headers = {key.lower(): value for key, value in self.headers.items()}
            asked = Asked(name, self.path, headers, time.monotonic())
            state.asked.append(asked)
            status, extra, body = state.answer(asked)
            (self.send_response_only if "Date" in extra else self.send_response)(status)
            for key, value in extra.items():
                if value:
                    self.send_header(key, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            asked.done = time.monotonic()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Silent."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128  # as many hosts as a test has may come at once

    server = Server((host, 0), Handler)
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def free_port() -> int:
    """A port that nobody has now, nor gets by chance: systems give out others, and each process begins elsewhere."""
    for port in _PORTS:
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")

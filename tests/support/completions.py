"""A server on loopback that completes chats as a test wants."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Model:
    """``replies`` are given one after another, the last for ever; ``asked`` are the requests as they came."""

    port: int = 0
    replies: list[Reply | Callable[[dict[str, Any]], Reply]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    seconds: float = 0.0  # before each reply
    drip: float = 0.0  # between two bytes of one

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def texts(self) -> list[str]:
        """The texts that were shown to it."""
        return [json.loads(each["messages"][-1]["content"])["text"] for each in self.asked]

    def says(self, *events: Mapping[str, str], is_event: bool | None = None) -> None:
        """From now on it claims these events."""
        told = {"is_event": bool(events) if is_event is None else is_event, "events": list(events)}
        self.replies = [completion(json.dumps(told, ensure_ascii=False))]


def completion(words: str, finish: str = "stop") -> Reply:
    body = {"choices": [{"message": {"role": "assistant", "content": words}, "finish_reason": finish}]}
    return 200, {}, json.dumps(body, ensure_ascii=False).encode()


@contextmanager
def answering() -> Iterator[Model]:
    model = Model()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            model.bodies.append(body)
            model.asked.append(json.loads(body))
            model.headers.append({name.lower(): value for name, value in self.headers.items()})
            reply = model.replies[min(len(model.asked), len(model.replies)) - 1]
            status, extra, content = reply(model.asked[-1]) if callable(reply) else reply
            time.sleep(model.seconds)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **extra}.items():
                self.send_header(name, value)
            self.end_headers()
            for at in range(len(content) if model.drip else 0):
                self.wfile.write(content[at : at + 1])
                time.sleep(model.drip)
            if not model.drip:
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Silent."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Silent: clients may leave when they like."""

    with Server(("127.0.0.1", 0), Handler) as server:
        model.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield model
        server.shutdown()
        thread.join()

"""A chat of our own, and the services themselves caught on their way."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from planner.deliver.chat import channels
from tests.support.chats import Chat


@pytest.fixture
def chat() -> Iterator[Chat]:
    state = Chat()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            state.heard.append((self.path, json.loads(content)))
            self.send_response(state.code)
            if state.where:
                self.send_header("Location", state.where)
            self.send_header("Content-Length", str(len(state.answer)))
            self.end_headers()
            self.wfile.write(state.answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture
def services(monkeypatch) -> Chat:
    """What would go to the services themselves, caught where requests sends it."""
    import requests

    state = Chat()

    def caught(session, request, **options):
        content = request.body if isinstance(request.body, str) else request.body.decode()
        state.heard.append((request.url, json.loads(content)))
        assert options["verify"], "a certificate is checked"
        assert options["timeout"] == (channels.TIMEOUT, channels.TIMEOUT)
        assert options["allow_redirects"] is False
        response = requests.Response()
        response.status_code, response._content, response.url = state.code, state.answer, request.url
        return response

    monkeypatch.setattr(requests.Session, "send", caught)
    return state

"""A server on loopback that answers with any bytes, whole or cut off, and knows no protocol."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

NO_ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@contextmanager
def serving(answers: Mapping[str, bytes]) -> Iterator[int]:
    """Answer each path with its bytes, any other with 404, and close; -> the port."""

    class Handler(socketserver.StreamRequestHandler):
        timeout = 5.0

        def handle(self) -> None:
            words = self.rfile.readline(2000).split()
            while self.rfile.readline(2000).strip():
                """The headers of the request."""
            path = words[1].decode() if len(words) > 1 else ""
            self.wfile.write(answers.get(path, NO_ROBOTS))

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Silent: clients may leave when they like."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()

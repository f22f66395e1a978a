"""The sample city's web: one HTTP server on loopback that answers for all its hosts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from planner.demo.city import City, Page


@contextmanager
def serve(city: City) -> Iterator[int]:
    """Serve ``city`` for the duration; -> the port on 127.0.0.1, chosen by the system."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = (self.headers.get("Host") or "").partition(":")[0]
            page = city.page(host, urlsplit(self.path).path)
            if page.status == 200 and self.headers.get("If-None-Match") == page.headers.get("ETag"):
                page = Page(status=304, body=b"", headers={"ETag": page.headers["ETag"]})
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
            """The spiders' report speaks; the server is silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

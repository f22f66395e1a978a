"""The last gate before hosts, where many are asked at once: each as politely as if it were alone."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest

from spiders import limits
from spiders.crawl import crawl
from spiders.items import Source
from spiders.settings import CrawlPolicy
from tests.support.certificates import Authority
from tests.support.cli import CALENDAR, ROOT

HOSTS, FULL, SOURCES_OF_A_FULL_ONE = 60, 6, 4
DELAY = 0.6
TOGETHER = 40


def crawled(addresses, context, policy):
    visits = [(Source(id=each, kind="ical", url=each, timezone="Asia/Shanghai"), context) for each in addresses]
    return list(crawl(visits, {}, policy))


def test_sixty_hosts_at_once_are_asked_one_request_at_a_time_with_the_delay(web, context):
    many = threading.Barrier(TOGETHER)
    met = []

    def rules(_):
        """Nobody is answered before forty hosts are asked, which sixteen at once would wait for in vain."""
        try:
            many.wait(20)
            met.append(True)
        except threading.BrokenBarrierError:
            pass
        return 404, {}, b""

    def calendar(asked):
        """Some answers take longer than the delay, others are there at once."""
        time.sleep(1.0 if asked.path in {"/0.ics", "/2.ics"} else 0.0)
        return 200, {}, CALENDAR.encode()

    web.pages = {f"/{number}.ics": calendar for number in range(SOURCES_OF_A_FULL_ONE)} | {"/robots.txt": rules}
    addresses = [
        f"http://h{host}.example/{number}.ics"
        for host in range(HOSTS)
        for number in range(SOURCES_OF_A_FULL_ONE if host < FULL else 1)
    ]
    threading.Timer(4.0, many.abort).start()  # those that come last are fewer than forty
    results = crawled(addresses, context, CrawlPolicy(delay=DELAY, hosts={"*.example": web.port}))
    assert all(each.readings for each in results)
    assert len(results) == len(addresses)
    assert len(met) >= TOGETHER
    of_host = defaultdict(list)
    for asked in sorted(web.asked, key=lambda each: each.at):
        of_host[asked.host].append(asked)
    assert sorted(map(len, of_host.values())) == [2] * (HOSTS - FULL) + [1 + SOURCES_OF_A_FULL_ONE] * FULL
    for requests in of_host.values():
        for one, other in pairwise(requests):
            assert one.done < other.at
            assert other.at - one.at >= DELAY * 0.7  # what a busy machine adds to one, the next lacks


FEW_FILES = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (200, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
from datetime import UTC, datetime, timedelta
from spiders.crawl import crawl
from spiders.items import Context, Source
from spiders.settings import CrawlPolicy
if __name__ == "__main__":
    now = datetime(2026, 11, 20, tzinfo=UTC)
    context = Context(source="s", now=now, timezone="UTC", window_start=now, window_end=now + timedelta(days=30))
    addresses = [f"http://h{number}.example/a.ics" for number in range(300)]
    visits = [(Source(id=each, kind="ical", url=each, timezone="UTC"), context) for each in addresses]
    found = crawl(visits, {}, CrawlPolicy(delay=0.5, hosts={"*.example": int(sys.argv[1])}))
    print(sum(bool(each.readings) for each in found))
"""


@pytest.mark.long
@pytest.mark.skipif(limits.resource is None, reason="this system has no limit of open files")
def test_more_hosts_than_files_that_may_be_open(web, tmp_path):
    """A connection that is kept for minutes for each host that was asked would be more than a process may have."""
    web.pages = {"/a.ics": (200, {}, CALENDAR.encode())}
    script = tmp_path / "few_files.py"
    script.write_text(FEW_FILES)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, str(script), str(web.port)], check=True, capture_output=True, text=True, env=environment
    )
    assert told.stdout.strip() == "300", told.stderr


def test_the_delay_counts_from_when_a_request_was_sent_not_from_when_its_turn_came(context, tmp_path, monkeypatch):
    """A host with which a connection takes longer than the delay."""
    authority = Authority.founded(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    monkeypatch.setenv("SSL_CERT_DIR", os.devnull)
    asked = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            asked.append((self.path, time.monotonic()))
            body = b"" if self.path == "/robots.txt" else CALENDAR.encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Silent."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def finish_request(self, request, client_address):
            time.sleep(1.2)
            super().finish_request(
                authority.context_for("slow.example").wrap_socket(request, server_side=True), client_address
            )

        def handle_error(self, request, client_address):
            """Silent: the crawler leaves when it is done."""

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        policy = CrawlPolicy(delay=1.0, hosts={"slow.example": server.server_address[1]})
        (result,) = crawled(["https://slow.example/a.ics"], context, policy)
        server.shutdown()
    assert result.readings
    (first, begun), (then, later) = asked
    assert (first, then) == ("/robots.txt", "/a.ics")
    assert later - begun >= 0.9


def test_large_answers_of_many_hosts_do_not_come_at_once(web, context):
    """Forty hosts with two megabytes each: that many would be all at once, and in memory several times."""
    begun, lock = 0, threading.Lock()
    most = []

    def large(_):
        nonlocal begun
        with lock:
            begun += 1
            most.append(begun)
        time.sleep(0.3)
        with lock:
            begun -= 1
        return 200, {}, b"x" * 2_200_000

    web.pages = {"/a.ics": large}
    addresses = [f"http://h{host}.example/a.ics" for host in range(40)]
    results = crawled(addresses, context, CrawlPolicy(delay=0.0, hosts={"*.example": web.port}))
    assert len(results) == len(most) == 40
    assert 2 <= max(most) <= 16

"""Whatever goes wrong with a source, a Chinese reader is told in Chinese."""

from __future__ import annotations

import gzip
import re
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from planner.config import parse
from planner.gather import gather
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.store import Store
from spiders.errors import SourceError
from spiders.items import Document
from spiders.limits import Limits
from spiders.pool import ReaderPool
from tests.support import faulty_readings, raw_server
from tests.support.certificates import self_signed
from tests.support.events import NOW

NAMES = "robots.txt network: headers_from allow https www.meetup.com GROUP http TLS HTTP MiB JSON XML meetup".split()  # noqa: SIM905
STATUSES = (400, 401, 403, 404, 405, 410, 429, 451, 500, 502, 503, 507)
PAGES = {
    "login": (b"<html><title>Sign in</title><body>Sign in</body></html>", "不是日历：登录页"),
    "challenge": (b"<html><title>Just a moment...</title><body>Wait</body></html>", "不是日历：验证页，访问被拦"),
    "consent": (b"<html><title>Before you continue</title><body>We use cookies</body></html>", "不是日历：同意条款页"),
    "queue": (b"<html><title>Waiting room</title><body>You are in line</body></html>", "不是日历：排队页"),
    "lost": (b"<html><title>404 Not Found</title><body>Oops</body></html>", "不是日历：网页不存在"),
    "page": (b"<html><body>" + b"<p>A long page about nothing at all.</p>" * 100 + b"</body></html>", "不是日历：网页"),
    "json": (b'{"error": "gone"}', "不是日历：JSON"),
    "words": (b"hello", "不是日历：纯文字"),
    "empty": (b"", "不是日历：空白"),
}
RAW = {
    "/silent": b"",
    "/garble": b"\x00\x01\x02 no protocol at all\r\n\r\n",
    "/cut": b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nBEGIN:VCAL",
    "/halves": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nBEGIN",
}


def english_words(text: str, *own: str) -> list[str]:
    """Words of Latin letters that are neither names nor what the user wrote."""
    for name in sorted((*own, *NAMES), key=len, reverse=True):
        text = text.replace(name, "")
    return re.findall(r"[A-Za-z]{2,}", text)


@pytest.fixture
def secure(tmp_path):
    """A server that speaks TLS under a certificate that nobody signed; -> its port."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*self_signed(tmp_path))

    class Server(ThreadingHTTPServer):
        def handle_error(self, request, client_address):
            """Silent: that it fails is wanted."""

    server = Server(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def faults(web, raw: int, secure: int, folder) -> dict[str, tuple[str, str]]:
    """id -> (the source's entry, what is said of it in Chinese, or its beginning)."""
    near, far = f"http://127.0.0.1:{web.port}", f"http://127.0.0.1:{raw}"
    web.pages = {f"/s{status}": (status, {}, b"") for status in STATUSES}
    web.pages |= {f"/{name}": (200, {"Content-Type": "text/html"}, body) for name, (body, _) in PAGES.items()}
    web.pages |= {
        "/script": (
            200,
            {},
            b"<html><title>App</title><body><div id=app></div><script src=/a.js></script></body></html>",
        ),
        "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
        "/to-lan": (302, {"Location": "http://10.1.2.3/"}, b""),
        "/bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"A" * 12_000_000)),
        "/large": (200, {}, b"x" * 10_600_000),
        "/torn": (200, {"Content-Encoding": "gzip"}, b"\x1f\x8b\x08\x00no gzip at all"),
        "shut.example/robots.txt": (200, {}, b"User-agent: *\nDisallow: /\n"),
        "dark.example/robots.txt": (503, {}, b""),
        "/robots.txt": (404, {}, b""),
    }
    for number in range(8):
        web.pages["/loop" + "x" * number] = (302, {"Location": "/loop" + "x" * (number + 1)}, b"")
    (folder / "folder").mkdir()
    addresses = {
        "script": (f"{near}/script", "不能读：页面靠脚本填写"),
        "to-file": (f"{near}/to-file", "被转到不能读取的地址"),
        "to-lan": (f"{near}/to-lan", "地址不允许访问：10.1.2.3：内网"),
        "loop": (f"{near}/loop", "转来转去，次数太多"),
        "bomb": (f"{near}/bomb", "超过 10 MiB"),
        "large": (f"{near}/large", "超过 10 MiB"),
        "torn": (f"{near}/torn", "回应解不开压缩"),
        "shut": ("http://shut.example/a.ics", "robots.txt 不允许读取"),
        "dark": ("http://dark.example/a.ics", "robots.txt 返回 503，按规矩不读"),
        "refused": (f"http://127.0.0.1:{closed_port()}/", "连接被拒绝"),
        "nowhere": ("http://no-such-host.invalid/", "打不开这个网址"),
        "lan": ("http://192.168.1.1/", "地址不允许访问：192.168.1.1：内网"),
        "plain": (f"https://127.0.0.1:{web.port}/", "对方说的不是 TLS"),
        "untrusted": (f"https://127.0.0.1:{secure}/", "证书不可信"),
        "silent": (f"{far}/silent", "连接被对方关闭"),
        "garble": (f"{far}/garble", "对方说的不是 HTTP"),
        "cut": (f"{far}/cut", "回应不完整，中途断了"),
        "halves": (f"{far}/halves", "回应不完整，中途断了"),
    }
    entries = {name: (f"kind: auto, url: '{address}'", said) for name, (address, said) in addresses.items()}
    entries |= {f"s{status}": (f"kind: page, url: '{near}/s{status}'", "") for status in STATUSES}
    entries |= {name: (f"kind: ical, url: '{near}/{name}'", said) for name, (_, said) in PAGES.items()}
    return entries | {
        "no-feed": (f"kind: feed, url: '{near}/page'", "不是订阅源：网页"),
        "missing": ("kind: ical, file: missing.ics", f"{folder}/missing.ics：没有这个文件"),
        "folder": ("kind: ical, file: folder", f"{folder}/folder：是文件夹"),
        "no-group": ("kind: site, site: meetup, url: 'https://www.meetup.com/find/'", "https://www.meetup.com/…："),
        "no-rule": ("kind: recurrence, text: 'now and then'", "看不出规律"),
    }


def test_forty_kinds_of_failure_in_chinese(tmp_path, web, secure):
    with raw_server.serving(RAW) as raw, Store(":memory:") as store:
        entries = faults(web, raw, secure, tmp_path)
        lines = "".join(f"  - {{id: {name}, {entry}}}\n" for name, (entry, _) in entries.items())
        text = f"network: {{allow: [127.0.0.1]}}\nsources:\n{lines}"
        config = parse(text.encode(), "config.yaml", Catalog("zh")).resolved(tmp_path)
        hosts = {"shut.example": web.port, "dark.example": web.port}
        gathered = gather(config, store, NOW, hosts=hosts)
    told = {report.source: translate(report.reason, "zh") for report in gathered.reports}
    assert len(told) == len(entries) >= 40
    assert {name: said for name, said in told.items() if not said.startswith(entries[name][1]) or not said} == {}
    own = (str(tmp_path), "missing.ics", "folder", "find")
    assert {name: words for name, said in told.items() if (words := english_words(said, *own))} == {}


@pytest.mark.parametrize(
    ("kind", "said"), [("sleep", "0.5 秒内没读完"), ("raise", "读取时出错"), ("spin", "读取超过 1 秒")]
)
def test_a_reader_that_fails_is_told_in_chinese(context, kind, said):
    wall = 0.5 if kind == "sleep" else 10.0
    with (
        ReaderPool(1, Limits(cpu=1, wall=wall), reading=faulty_readings.read) as pool,
        pytest.raises(SourceError) as error,
    ):
        pool.read(Document(body=b"x"), context, kind)
    assert translate(error.value.reason, "zh").startswith(said)

"""The private page, running: a home with a published week, and a client that fills in its forms as a browser does."""

from __future__ import annotations

import html
import http.client
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

import uvicorn

from planner import serve
from planner.config import parse
from planner.i18n.catalog import Catalog
from planner.inbox.understanding import Fetch
from spiders.errors import FetchError
from spiders.items import Reading
from spiders.reasons import Code, Reason
from tests.support.cli import CALENDAR, NOW, run

SECRET = "desk-" + "k" * 25
CONFIG = """city: 上海
timezone: Asia/Shanghai
language: {language}
# my words
interests:
  industry: [储能, {{供应链: 2}}]  # trade
  practice:
    - 头马    # speaking
sources: [{{id: club, kind: ical, file: club.ics}}]
serve: {{interactive: true}}
"""
_BOUNDARY = "----sample"


def home_with_a_week(folder: Path, language: str = "zh", *, publish: bool = True) -> Path:
    """A configuration with a club's calendar, and its published week."""
    (folder / "club.ics").write_bytes(CALENDAR.encode())
    (folder / "config.yaml").write_text(CONFIG.format(language=language), "utf-8")
    if publish:
        done = run(folder, "week", "--now", NOW, "--quiet")
        assert done.returncode == 0, done.stderr
    return folder


def no_links(address: str) -> list[Reading]:
    raise FetchError(Reason(Code.NO_NETWORK))


@dataclass
class Steady:
    """A steady clock that a test moves."""

    at: float = 1000.0

    def __call__(self) -> float:
        return self.at


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: str

    def field(self, name: str) -> str:
        """The value of a field of its forms."""
        found = re.search(
            rf'name="{re.escape(name)}"(?: rows="\d")? ?(?:value="([^"]*)"|>([^<]*)</textarea)', self.body
        )
        assert found, f"no field {name}"
        return html.unescape(found[1] if found[1] is not None else found[2])

    @property
    def text(self) -> str:
        """What a reader sees of it."""
        return html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", self.body, flags=re.DOTALL)))


@dataclass
class Client:
    """Asks the page as a browser on a phone would."""

    port: int
    path: str
    steady: Steady = field(default_factory=Steady)

    def get(self, asked: str = "", **headers: str) -> Answer:
        return self.send("GET", asked, headers=headers)

    def post(self, action: str, fields: Mapping[str, str] | Sequence[tuple[str, str]], **headers: str) -> Answer:
        """A form; where it leads elsewhere, that is followed."""
        kind = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self._followed(self.send("POST", action, urlencode(fields).encode(), headers=kind))

    def upload(self, action: str, fields: Mapping[str, str], files: Mapping[str, bytes], **headers: str) -> Answer:
        """A form with files."""
        parts = [f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                 for name, value in fields.items()]  # fmt: skip
        for name, body in files.items():
            head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
            parts.append(head.encode() + body + b"\r\n")
        kind = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}", **headers}
        body = b"".join([*parts, f"--{_BOUNDARY}--\r\n".encode()])
        return self._followed(self.send("POST", action, body, headers=kind))

    def _followed(self, answer: Answer) -> Answer:
        if answer.status != http.client.SEE_OTHER:
            return answer
        place = urlsplit(urljoin(self.path, answer.headers["location"]))
        return self.send("GET", f"{place.path.removeprefix(self.path)}?{place.query}", headers={})

    def send(self, method: str, asked: str, body: bytes = b"", *, headers: Mapping[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, self.path + asked, body or None, named)
            response = connection.getresponse()
            known = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, known, response.read().decode())
        finally:
            connection.close()

    @property
    def token(self) -> str:
        return self.get().field("token")


@contextmanager
def serving(folder: Path, fetch: Fetch = no_links, now: str = NOW) -> Iterator[Client]:
    """The page of that home until the end of the block."""
    words = Catalog("zh")
    config = parse((folder / "config.yaml").read_bytes(), "config.yaml", words).resolved(folder)
    moment, steady = datetime.fromisoformat(now), Steady()
    desk = serve.Desk(folder / "config.yaml", words, lambda: moment, fetch)
    pages = serve.DeskPages(desk, SECRET, serve.Clocks(moment=lambda: moment, steady=steady))
    app = serve.application(Path(config.output.folder), SECRET, None, pages)
    with serve.listening("127.0.0.1", 0, words) as at:
        settings = uvicorn.Config(app, access_log=False, log_level="error", lifespan="off", ws="none", http="h11")
        server = uvicorn.Server(settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [at]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield Client(at.getsockname()[1], f"/{SECRET}/{serve.FOLDER}/", steady)
        server.should_exit = True
        thread.join(10)

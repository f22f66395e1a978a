"""A run that hangs ends itself: one line, exit code 1, nobody left behind, what was read is kept."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from planner.cli import _limit
from planner.cli._job import RunOptions, alone
from planner.config import load
from planner.gather import second, sources_of
from planner.gather.policy import longer
from planner.i18n.catalog import Catalog
from spiders.crawl import SECONDS_TO_CLOSE
from spiders.settings import SECONDS
from tests.support.cli import CALENDAR, NOW, ROOT, outputs, run
from tests.support.servers import Asked, Web

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and process groups of POSIX")

TOLD = "the run took more than 0.05 minutes and was ended"
SHORT = "from planner.cli import _limit, main; _limit.SECONDS = 3.0; _limit.GRACE = {grace}; {more}; main()"
HANGING = """
import pathlib, re, signal, time
from spiders.readers import dispatch
real = dispatch.read
def read(document, *more):
    if b"NEVER" not in document.body:
        return real(document, *more)
    for number in set(signal.Signals) - {{signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD, signal.SIGXCPU}}:
        signal.signal(number, signal.SIG_IGN)
    (pathlib.Path({folder!r}) / "is read").touch()
    {hang}
dispatch.read = read
"""
"""What every process of a run does when it begins: some documents are read for ever."""


def start(folder: Path, *, grace: float = 30.0, more: str = "pass") -> subprocess.Popen[str]:
    """A weekly run that may take three seconds, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", SHORT.format(grace=grace, more=more), "week", "--now", NOW, "--quiet"],
        cwd=folder, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": f"{folder}:{ROOT}"}, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def members(group: int) -> list[str]:
    """The processes of a group that still run."""
    listed = subprocess.run(["ps", "-eo", "pgid,stat,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(maxsplit=2) for line in listed.splitlines()[1:]]
    return [args for group_of, state, args in rows if int(group_of) == group and not state.startswith("Z")]


def ended(process: subprocess.Popen[str]) -> str:
    """What the run says at its end, once nobody of its group is left."""
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    until = time.monotonic() + 20
    while members(process.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not members(process.pid)
    return said


def configured(folder: Path, *sources: str) -> None:
    lines = "".join(f"  - {{{each}}}\n" for each in ("id: club, kind: ical, file: club.ics", *sources))
    text = "city: 上海\nlanguage: en\ninterests: {practice: [头马]}\nnetwork: {allow: [127.0.0.1], delay: 0}\n"
    text += f"sources:\n{lines}"
    (folder / "config.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def home(tmp_path):
    """A folder with a week that was published; then the calendar tells of one more evening."""
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    configured(tmp_path)
    assert run(tmp_path, "week", "--now", NOW, "--quiet").returncode == 0
    text = CALENDAR.replace("UID:speech", "UID:more").replace("20261124", "20261125").replace("例会", "加场")
    (tmp_path / "club.ics").write_text(text, encoding="utf-8")
    return tmp_path


def titles(folder: Path) -> str:
    database = sqlite3.connect(folder / "quanzi.db")
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    told = "".join(body for (body,) in database.execute("SELECT body FROM records"))
    database.close()
    return told


def test_a_source_on_the_web_that_never_answers(home, web: Web):
    released = threading.Event()

    def hang(_: Asked) -> tuple[int, dict[str, str], bytes]:
        released.wait(60)
        return 404, {}, b""

    web.pages = {"/robots.txt": hang, "/slow.ics": hang}
    configured(home, f"id: slow, kind: ical, url: 'http://127.0.0.1:{web.port}/slow.ics'")
    before = outputs(home)
    try:
        said = ended(start(home))
    finally:
        released.set()
    assert said.splitlines()[-1].startswith(TOLD)
    assert len(said.splitlines()) == 1
    assert "加场" in titles(home), "what was read until then is kept"
    assert outputs(home) == before
    configured(home)
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0, "nobody holds the lock"
    assert "加场".encode() in outputs(home)["out/plan.ics"]


def test_a_file_that_never_ends(home):
    os.mkfifo(home / "pipe.ics")
    configured(home, "id: pipe, kind: ical, file: pipe.ics")
    before = outputs(home)
    assert ended(start(home)).startswith(TOLD)
    assert outputs(home) == before


def test_who_does_not_hear_the_alarm_is_ended_from_outside(home):
    os.mkfifo(home / "pipe.ics")
    configured(home, "id: pipe, kind: ical, file: pipe.ics")
    deaf = "import signal; signal.setitimer = lambda *_: None"
    assert ended(start(home, grace=1.0, more=deaf)).startswith(TOLD)


@pytest.mark.parametrize("where", ["file: endless.ics", "url: 'http://127.0.0.1:{port}/endless.ics'"])
@pytest.mark.parametrize(
    "hang",
    [
        "time.sleep(60)",
        pytest.param('re.match("(a+)+$", 60 * "a" + "b")', marks=pytest.mark.long),  # C that lets no thread run
    ],
)
def test_a_reader_that_never_ends(home, web: Web, where: str, hang: str):
    endless = "BEGIN:VCALENDAR\r\nX-NEVER:ends\r\nEND:VCALENDAR\r\n"
    web.pages = {"/endless.ics": (200, {"Content-Type": "text/calendar"}, endless.encode())}
    (home / "endless.ics").write_text(endless, encoding="utf-8")
    configured(home, f"id: endless, kind: ical, {where.format(port=web.port)}")
    (home / "sitecustomize.py").write_text(HANGING.format(folder=str(home), hang=hang), encoding="utf-8")
    before = outputs(home)
    process = start(home, more="_limit.SECONDS = 60.0")
    until = time.monotonic() + 50
    while not (home / "is read").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert (home / "is read").exists()
    os.kill(process.pid, signal.SIGALRM)  # the time is over while the reader is at it
    rung = time.monotonic()
    assert ended(process).splitlines()[-1].startswith(TOLD.replace("0.05 minutes", "1 minutes"))
    assert time.monotonic() - rung < 18, "the reader's own limit of 20 seconds was not waited for"
    assert outputs(home) == before
    (home / "sitecustomize.py").unlink()
    configured(home)
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0, "nobody holds the lock"
    assert "加场".encode() in outputs(home)["out/plan.ics"]


def seconds_left(folder: Path) -> float:
    """How long a run with the configuration in ``folder`` may take."""
    asked = RunOptions(
        config=folder / "config.yaml", week=None, now=NOW, offline=True, quiet=True, as_json=False, verbose=False
    )
    with alone(asked):
        return signal.getitimer(signal.ITIMER_REAL)[0]


def test_the_limits_stand_one_above_the_other():
    """What a crawl gives up is told by a run that goes on; the second reader and planning have their time behind it."""
    assert SECONDS + SECONDS_TO_CLOSE < second.SECONDS_IN_ALL < _limit.SECONDS - 60


def test_a_run_is_longer_where_its_crawl_is(home):
    usual = seconds_left(home)
    assert _limit.SECONDS - 30 < usual <= _limit.SECONDS
    configured(home, *(f"id: s{number}, kind: ical, url: 'https://hub.example/{number}'" for number in range(1_000)))
    config = load(home / "config.yaml", Catalog("en"))
    more = longer(sources_of(config), config)
    assert more > 300
    assert seconds_left(home) - usual == pytest.approx(more, abs=30)

"""Uploads as a channel, and the whole way from each command."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from planner.deliver import http
from planner.deliver.upload import upload
from planner.store import Store
from tests.planner.deliver.contract import AnyChannel, ChannelTests
from tests.support.cli import CALENDAR, CONFIG, NOW, run
from tests.support.dav import AT, FILES, SECRET, put, settings


@pytest.fixture
def store(any_store) -> Store:
    return any_store


class TestUploadAsAChannel(ChannelTests):
    """The contract of all channels."""

    KNOWS_EMPTY_WEEKS = False

    @pytest.fixture
    def channel(self, dav) -> AnyChannel:
        server = dav()
        names = ("public/all.ics", "public/index.html")
        kept = {name: {"digest": sha256(FILES[name]).hexdigest(), "etag": None, "gone": False} for name in names}
        place = sha256(f"http://127.0.0.1:{server.port}/me/".encode()).hexdigest()[:16]

        def send(store, environment, file):
            where = {"password_env": None, "password_file": file} if file else {"password_env": "CHANNEL_SECRET"}
            return upload(settings(server, **where), FILES, store, AT, environment=environment)

        def refuse(wanted: bool) -> None:
            server.say = {"*": (403, {"X-Echo": SECRET})} if wanted else {}

        return AnyChannel(
            secret=SECRET, kept=SECRET, send=send, received=lambda: len(server.did("PUT")), refuse=refuse,
            sent_before=(f"put files {place}", json.dumps({"kept": kept, "at": "2026-11-22T18:00:00+00:00"})),
        )  # fmt: skip

    def test_a_run_killed_between_sends_again(self, dav, store, monkeypatch):
        """Other than the others it keeps how far it came, so that only the rest travels again."""
        server = dav()

        really = http.Server.ask

        def ask(self, method, name, *more):
            if name.endswith("index.html"):
                raise KeyboardInterrupt
            return really(self, method, name, *more)

        monkeypatch.setattr(http.Server, "ask", ask)
        with pytest.raises(KeyboardInterrupt):
            put(server, store)
        monkeypatch.setattr(http.Server, "ask", really)
        assert put(server, store).sent == ("public/index.html",)


def test_every_publishing_uploads_and_a_failure_costs_nothing_else(tmp_path, dav):
    server = dav()
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "put.secret").write_text(SECRET + "\n")
    (tmp_path / "put.secret").chmod(0o600)
    to = f"http://127.0.0.1:{server.port}/me/"
    section = f"output: {{put: {{to: '{to}', what: all, user: me, password_file: put.secret}}}}\n"
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en") + section, encoding="utf-8")
    server.say["*"] = (507, {})
    failing = run(tmp_path, "week", "--now", NOW, "--quiet")
    assert (failing.returncode, failing.stdout) == (0, "")
    assert failing.stderr.count("upload incomplete: 127.0.0.1 has no room left (507)") == 1
    server.say.clear()
    refreshed = run(tmp_path, "refresh", "--now", NOW, "--json")
    said = json.loads(refreshed.stdout)["put"]
    assert (said["state"], said["server"], said["reason"]) == ("sent", "127.0.0.1", None)
    names = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    names -= {"quarter.html"}  # what became of the quarter stays here, and so does the link to it
    assert set(said["put"]) == names
    assert b"quarter.html" not in server.there.pop("/me/index.html")
    assert server.there == {f"/me/{name}": (tmp_path / "out" / name).read_bytes() for name in names - {"index.html"}}
    server.asked.clear()
    again = run(tmp_path, "publish", "--now", NOW, "--json")
    assert json.loads(again.stdout)["put"]["state"] == "already"
    assert not server.asked
    assert json.loads(run(tmp_path, "plan", "--now", NOW, "--json").stdout)["put"] is None
    assert SECRET not in failing.stderr + refreshed.stderr + refreshed.stdout + again.stdout
    assert SECRET.encode() not in (tmp_path / "quanzi.db").read_bytes()

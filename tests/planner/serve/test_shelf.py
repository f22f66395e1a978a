"""A member's files by their secret address: validators, what stays hidden, and a store that comes and goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="the extra 'serve' is not installed")

from planner import serve
from planner.errors import StoreError
from planner.members.register import Entry, member_named, remove, rotate, take_in
from planner.members.weekly import etag_of
from planner.store import Store
from tests.support.web_clients import Ask, Told, answering

KEEPER = "s3cret-" + "k" * 25
NOW = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
FILES = {"plan.ics": b"BEGIN:VCALENDAR\r\n", "index.html": b"<p>mine</p>", "report.json": b"{}"}


class Organisation:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "q.db"
        (folder / "out/public").mkdir(parents=True)
        (folder / "out/plan.ics").write_bytes(b"keeper's")
        (folder / "out/public/all.ics").write_bytes(b"all")
        with Store(self.path) as store:
            entries = [Entry(name=name, wishes={}, where=name) for name in ("Ana", "Lin")]
            self.tokens = dict(take_in(store, entries, NOW).new)
            for name in self.tokens:
                self.publish(store, name, {key: body + name.encode() for key, body in FILES.items()})
        shelf = serve.StoreShelf(lambda: Store(self.path), self.path)
        self.app = serve.application(folder / "out", KEEPER, members=shelf)
        self.ask: Ask

    def publish(self, store: Store, name: str, files: dict[str, bytes], now: datetime = NOW) -> None:
        own = store.of(member_named(store, name).number)
        with store.transaction():
            own.put_published({key: (etag_of(body), body) for key, body in files.items()}, now)

    def get(self, name: str, file: str, **headers: str) -> Told:
        return self.ask(f"/{self.tokens.get(name, name)}/{file}", **headers)


@pytest.fixture
def those(tmp_path) -> Iterator[Organisation]:
    found = Organisation(tmp_path)
    with answering(found.app) as found.ask:
        yield found


def test_each_has_their_own(those):
    for name in ("Ana", "Lin"):
        for file, body in FILES.items():
            told = those.get(name, file)
            assert (told.status, told.content) == (200, body + name.encode())
            assert told.headers["etag"] == etag_of(told.content)
        assert those.get(name, "").content == b"<p>mine</p>" + name.encode()
        assert those.get(name, "plan.ics").headers["content-type"] == "text/calendar; charset=utf-8"
        assert those.get(name, "plan.ics").headers["x-robots-tag"] == "noindex, nofollow"
        assert those.get(name, "plan.ics").headers["cache-control"] == "no-cache"


def test_what_is_known_is_not_sent_again(those):
    told = those.get("Ana", "plan.ics")
    etag, changed = told.headers["etag"], told.headers["last-modified"]
    for headers in ({"if_none_match": etag}, {"if_none_match": f'"x", W/{etag}'}, {"if_modified_since": changed}):
        again = those.get("Ana", "plan.ics", **headers)
        assert (again.status, again.content, again.headers["etag"]) == (304, b"", etag), headers
    for headers in (
        {"if_none_match": '"x"'},
        {"if_none_match": '"x"', "if_modified_since": changed},
        {"if_modified_since": "Thu, 26 Nov 2026 10:00:00 GMT"},
        {"if_modified_since": "nonsense"},
        {"if_none_match": those.get("Lin", "plan.ics").headers["etag"]},
    ):
        assert those.get("Ana", "plan.ics", **headers).status == 200, headers
    head = those.ask(f"/{those.tokens['Ana']}/plan.ics", "HEAD")
    assert (head.status, head.headers["etag"]) == (200, etag)


def test_the_same_bytes_again_keep_their_validators(those):
    before = those.get("Ana", "plan.ics").headers
    later = datetime(2026, 11, 28, tzinfo=UTC)
    with Store(those.path) as store:
        those.publish(store, "Ana", {"plan.ics": FILES["plan.ics"] + b"Ana", "index.html": b"new"}, later)
    after = those.get("Ana", "plan.ics").headers
    assert (after["etag"], after["last-modified"]) == (before["etag"], before["last-modified"])
    assert those.get("Ana", "index.html").content == b"new"
    assert those.get("Ana", "report.json").status == 404, "it is published no more"


@pytest.mark.parametrize("path", [
    "plan.ics", "../plan.ics", "plan.ics/", "config.yaml", "plan", "x.ics", "%2e%2e/plan.ics",
])  # fmt: skip
def test_what_stays_hidden(those, path):
    if path != "plan.ics":
        assert those.get("Ana", path).status == 404
    assert those.get("k" * 32, path).status == 404
    assert those.get("short", path).status == 404
    assert those.ask(f"/{those.tokens['Ana']}/{path}", "POST").status in {404, 405}


def test_what_all_share_is_one_link_away(those):
    """The pages of a plan link to the public ones beside it."""
    told = those.get("Ana", "public/all.ics")
    assert (told.status, told.headers["location"]) == (308, "/all.ics")
    assert those.ask(told.headers["location"]).content == b"all"


def test_the_keeper_s_address_and_the_public_ones_stay(those):
    assert those.get(KEEPER, "plan.ics").content == b"keeper's"
    assert those.ask("/all.ics").content == b"all"
    assert those.ask(f"/{those.tokens['Ana']}").status == 404


def test_a_new_address_ends_the_old_and_leaving_ends_both(those):
    with Store(those.path) as store:
        those.tokens["new"] = rotate(store, member_named(store, "Ana"))
    assert those.get("Ana", "plan.ics").status == 404
    assert those.get("new", "plan.ics").status == 200
    with Store(those.path) as store:
        remove(store, member_named(store, "Ana"))
    assert those.get("new", "plan.ics").status == 404
    assert those.get("Lin", "plan.ics").status == 200


def test_a_store_that_was_replaced_or_is_not_there_yet(those):
    assert those.get("Ana", "plan.ics").status == 200
    aside = those.path.with_name("aside.db")
    those.path.rename(aside)
    assert those.get("Ana", "plan.ics").status == 404
    with Store(those.path):
        pass
    assert those.get("Ana", "plan.ics").status == 404
    those.path.unlink()
    aside.rename(those.path)
    assert those.get("Ana", "plan.ics").status == 200


def test_a_store_that_cannot_be_read_is_asked_for_again_later(tmp_path):
    def gone() -> Store:
        raise StoreError("store: does not answer")

    (tmp_path / "public").mkdir()
    with answering(serve.application(tmp_path, KEEPER, members=serve.StoreShelf(gone, None))) as ask:
        told = ask(f"/{'k' * 32}/plan.ics")
    assert (told.status, told.headers["retry-after"]) == (503, "60")

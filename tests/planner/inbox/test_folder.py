"""A folder that things are dropped into: what is whole is taken, what is not waits, and nothing is overwritten."""

from __future__ import annotations

import os
import time

import pytest

from planner.cli._inbox import take_in
from planner.config import parse
from planner.i18n.catalog import Catalog
from planner.inbox import arrivals, deliveries, folder
from planner.inbox.folder import Dropped, put_away, waiting
from tests.support.inboxes import Deadly, is_killed, session_of, titles_of
from tests.support.white import PNG_OF_NOTHING

CONFIG = b"city: Sample\ntimezone: Asia/Shanghai\nlanguage: en\nsources: []\ninbox: {folder: in}\n"
NOTE = "周五晚7点 样板饭局 南馆"


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    """A folder in which everything counts as whole at once."""
    monkeypatch.setattr(folder, "QUIET_SECONDS", 0.0)
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def session(inbox):
    return session_of(parse(CONFIG, "config.yaml", Catalog("en")).resolved(inbox.parent), inbox.parent)


def names(found) -> list[str]:
    return [each.path.name for each in found]


def taken(session):
    with session.store() as store:
        found = take_in(session, store, offline=True)
        return found, titles_of(store)


def test_what_is_being_written_waits_until_nobody_has_written_for_a_while(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "QUIET_SECONDS", 0.3)
    file = tmp_path / "poster.jpg"
    file.write_bytes(b"half")
    os.utime(file, (1, 1))  # what is copied may keep the time at which it was first written
    assert waiting(tmp_path) == []
    time.sleep(0.4)
    assert names(waiting(tmp_path)) == ["poster.jpg"]


@pytest.mark.parametrize(
    "name",
    [".hidden", "~$letter.docx", "a.jpg.part", "a.crdownload", "a.icloud", ".syncthing.a.jpg.tmp", "a.jpg.filepart"],
)
def test_what_programs_call_unfinished_waits(inbox, name):
    (inbox / name).write_bytes(b"x")
    (inbox / "whole.txt").write_bytes(b"x")
    assert names(waiting(inbox)) == ["whole.txt"]


def test_links_folders_and_pipes_are_nobodys_drop(inbox):
    secret = inbox.parent / "secret.txt"
    secret.write_text("周五19:00 不该读的")
    (inbox / "link.txt").symlink_to(secret)
    (inbox / "sub").mkdir()
    (inbox / "sub" / "a.txt").write_text(NOTE)
    os.mkfifo(inbox / "pipe.txt")
    assert waiting(inbox) == []
    assert secret.exists()


def test_so_many_at_once_and_the_rest_later(inbox, monkeypatch):
    monkeypatch.setattr(folder, "MOST_AT_ONCE", 3)
    for number in range(5):
        (inbox / f"{number}.txt").write_text("x")
    assert names(waiting(inbox)) == ["0.txt", "1.txt", "2.txt"]


def test_nothing_is_overwritten(inbox):
    for body in (b"one", b"two", b"three"):
        (inbox / "a.txt").write_bytes(body)
        put_away(Dropped(path=inbox / "a.txt", size=3), None)
    assert sorted(path.name for path in (inbox / "done").iterdir()) == ["a-2.txt", "a-3.txt", "a.txt"]
    assert (inbox / "done" / "a.txt").read_bytes() == b"one"
    (inbox / "asked").mkdir()
    (inbox / "asked" / "b.txt.txt").write_bytes(b"mine")
    (inbox / "b.txt").write_bytes(b"x")
    put_away(Dropped(path=inbox / "b.txt", size=1), "why\n")
    assert (inbox / "asked" / "b.txt.txt").read_bytes() == b"mine"
    assert (inbox / "asked" / "b-2.txt.txt").read_bytes() == b"why\n"


def test_what_became_an_event_is_done_and_what_did_not_is_asked_about(inbox, session):
    (inbox / "note.txt").write_text(NOTE)
    (inbox / "chat.txt").write_text("哈哈哈，好的好的")
    (inbox / "data.zip").write_bytes(b"PK\x03\x04" + b"x" * 100)
    (inbox / "empty.txt").write_bytes(b"")
    (inbox / "broken.png").write_bytes(PNG_OF_NOTHING[:40])
    found, titles = taken(session)
    assert titles == ["样板饭局"]
    assert len(found.arrivals) == 5
    assert [path.name for path in (inbox / "done").iterdir()] == ["note.txt"]
    asked = {path.name for path in (inbox / "asked").iterdir()}
    assert asked == {
        f"{name}{end}" for name in ("chat.txt", "data.zip", "empty.txt", "broken.png") for end in ("", ".txt")
    }
    assert "neither text nor picture" in (inbox / "asked" / "data.zip.txt").read_text()
    assert waiting(inbox) == []


def test_the_same_file_again_is_no_second_event(inbox, session):
    for name in ("a.txt", "b.txt"):
        (inbox / name).write_text(NOTE)
        taken(session)
    found, titles = taken(session)
    assert (found.arrivals, titles) == ((), ["样板饭局"])
    assert sorted(path.name for path in (inbox / "done").iterdir()) == ["a.txt", "b.txt"]


def test_a_pasted_cancellation_calls_the_known_evening_off_and_an_unknown_one_is_asked_about(inbox, session):
    (inbox / "a.txt").write_text("样板读书会\n时间：11月28日 19:00\n地点：南馆")
    taken(session)
    (inbox / "b.txt").write_text("【取消】11月28日的样板读书会取消了，抱歉。")
    (inbox / "c.txt").write_text("【取消】11月29日的无名音乐会取消了，抱歉。")
    found, _ = taken(session)
    assert [bool(each.titles) for each in found.arrivals] == [True, False]
    assert (inbox / "asked" / "c.txt").exists()


@pytest.mark.parametrize(
    ("where", "name"),
    [(arrivals.Inbox, "_all_told"), (arrivals, "keep"), (deliveries.dropping, "put_away"), (folder, "replace_file")],
)
def test_killed_at_each_point_nothing_is_lost_and_nothing_comes_twice(inbox, session, monkeypatch, where, name):
    for number, what in enumerate(("读书会", "不清楚的事", "桌游夜", "即兴课")):
        when = "" if what == "不清楚的事" else f"\n时间：11月{24 + number}日 19:00"
        (inbox / f"{number}.txt").write_text(f"样板{what}{when}")
    with monkeypatch.context() as broken:
        broken.setattr(where, name, Deadly(getattr(where, name), at=1 if name == "replace_file" else 2))
        assert is_killed(lambda: taken(session))
    _, titles = taken(session)
    assert titles == ["样板即兴课", "样板桌游夜", "样板读书会"]
    assert len(list((inbox / "done").iterdir())) == 3
    assert len(list((inbox / "asked").iterdir())) == 2
    assert [path for path in inbox.iterdir() if path.is_file()] == []


def test_a_folder_that_cannot_be_had_is_one_line(tmp_path):
    (tmp_path / "in").write_text("a file")
    session = session_of(parse(CONFIG, "config.yaml", Catalog("en")).resolved(tmp_path), tmp_path)
    with session.store() as store:
        found = take_in(session, store)
    assert found.arrivals == ()
    assert len(found.problems) == 1
    assert "inbox" in found.problems[0]

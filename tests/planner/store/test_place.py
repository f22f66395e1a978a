"""On a network drive, or in a folder that a cloud copies, there is no log beside the store, and one warning."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from planner.store import Store, place
from planner.store.place import shared_place
from tests.support.cli import CALENDAR, CONFIG, NOW, run

MOUNTS = """/dev/sda1 / ext4 rw 0 0
nas:/volume1 /home/a/nas nfs4 rw 0 0
//nas/share /mnt/my\\040share cifs rw 0 0
C:\\134 /mnt/c 9p rw 0 0
a@b:/ /home/a/far fuse.sshfs rw 0 0
/dev/sdb1 /home/a/nas/disk ext4 rw 0 0
"""
PLACES = {
    "/home/a/q.db": None,
    "/home/a/nas/q.db": "network",
    "/home/a/nasty/q.db": None,
    "/home/a/nas/disk/q.db": None,
    "/mnt/my share/deep/q.db": "network",
    "/mnt/c/q.db": "network",
    "/home/a/far/q.db": "network",
    "/home/a/Dropbox/q.db": "cloud",
    "/home/a/Dropbox (Own)/x/q.db": "cloud",
    "/home/a/OneDrive - Firm/q.db": "cloud",
    "/Users/a/Library/Mobile Documents/com~apple~CloudDocs/q.db": "cloud",
    "/Users/a/Library/CloudStorage/GoogleDrive-a/q.db": "cloud",
    "/home/a/坚果云/q.db": "cloud",
    "/home/a/dropbox.db": None,
    "/home/a/my dropbox notes/q.db": None,
}


@pytest.fixture
def mounts(tmp_path, monkeypatch) -> Path:
    (tmp_path / "mounts").write_text(MOUNTS, encoding="utf-8")
    monkeypatch.setattr(place, "_MOUNTS", tmp_path / "mounts")
    return tmp_path / "mounts"


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize(("path", "found"), PLACES.items())
def test_where_a_store_lies(path, found):
    assert shared_place(Path(path)) == found


def test_where_the_system_does_not_tell_nothing_is_known(monkeypatch, tmp_path):
    monkeypatch.setattr(place, "_MOUNTS", tmp_path / "none")
    assert shared_place(tmp_path / "q.db") is None


def mode(path: Path) -> str:
    with closing(sqlite3.connect(path)) as database:
        return str(database.execute("PRAGMA journal_mode").fetchone()[0])


def test_a_store_that_is_moved_there_and_back(tmp_path, mounts):
    with Store(tmp_path / "q.db"):
        pass
    assert mode(tmp_path / "q.db") == "wal"
    mounts.write_text(f"nas:/ {tmp_path} nfs rw 0 0\n", encoding="utf-8")
    with Store(tmp_path / "q.db") as store, store.transaction():
        store.put_fact("a", "b")
        assert not (tmp_path / "q.db-wal").exists()
    assert mode(tmp_path / "q.db") == "delete"
    mounts.write_text("", encoding="utf-8")
    with Store(tmp_path / "q.db") as store:
        assert store.fact("a") == "b"
    assert mode(tmp_path / "q.db") == "wal"


@pytest.mark.parametrize(("language", "word"), [("en", "synchronised to a cloud"), ("zh", "同步到云端")])
def test_it_is_said_once(tmp_path, language, word):
    home = tmp_path / "Dropbox"
    home.mkdir()
    (home / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (home / "config.yaml").write_text(CONFIG.format(language=language), encoding="utf-8")
    told = [run(home, "week", "--now", NOW, "--quiet") for _ in range(2)]
    assert [each.returncode for each in told] == [0, 0]
    assert [each.stderr.count(word) for each in told] == [1, 0]

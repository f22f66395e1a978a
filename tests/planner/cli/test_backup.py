"""A backup holds all that is the user's; on another machine, at another place, the same plan stands."""

from __future__ import annotations

import gzip
import io
import json
import random
import shutil
import sqlite3
import tarfile
from pathlib import Path

import pytest

from planner.store import Store
from planner.store.archive import LIST
from tests.support.cli import run, run_apart
from tests.support.damages import LATER, STORE, held, lived, overwritten_pages

FILE = "quanzi-backup-2026-09-10.tar.gz"
AT = ("--now", LATER)


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("lived")
    lived(folder)
    with (folder / "config.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "mail: {to: a@mail.example, from: a@mail.example, host: 127.0.0.1, port: 1, password_file: m.secret}\n"
        )
    for name in ("m.secret", f"{STORE}.secret", "people.yaml"):
        (folder / name).write_text(f"{name} {'x' * 32}\n", encoding="utf-8")
        (folder / name).chmod(0o600)
    return folder


@pytest.fixture
def home(lived_in, tmp_path) -> Path:
    shutil.copytree(lived_in, tmp_path / "home")
    return tmp_path / "home"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_another_machine_shows_the_same_plan(home, tmp_path):
    told = run(home, "backup", *AT)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith(f"{FILE}: written and read back, 0.1 MB: the configuration, ")
    assert (home / FILE).stat().st_mode & 0o777 == 0o600
    other, own = tmp_path / "other", {"HOME": str(tmp_path / "other")}
    other.mkdir()
    shutil.move(home / FILE, other / FILE)
    shown = [run(home, *command).stdout for command in ((), ("events", "--json", *AT), ("sources", "list", *AT))]
    before = held(home)
    shutil.rmtree(home)
    told = run(other, "restore", FILE, extra=own)
    assert (told.returncode, told.stderr) == (0, "")
    place = other / ".local/share/quanzi"
    assert f"{place}: restored as of 2026-09-10 09:00: the configuration, " in told.stdout
    again = [
        run(other, *command, extra=own).stdout for command in ((), ("events", "--json", *AT), ("sources", "list", *AT))
    ]
    assert [each.replace(str(place), str(home)) for each in again] == shown
    assert {path.name for path in place.iterdir() if path.stat().st_mode & 0o777 == 0o600} >= {
        *("config.yaml", STORE, f"{STORE}.secret", "m.secret", "people.yaml"),
    }
    assert run(other, "refresh", *AT, "--quiet", extra=own).returncode == 0
    assert held(place) == before


def test_the_same_files_give_the_same_archive_and_older_ones_go(home):
    (home / "quanzi-backup-notes.tar.gz").write_text("not ours")
    names = [FILE, *(FILE.replace(".tar", f"-{number}.tar") for number in (2, 3))]
    for name in names:
        told = run(home, "backup", "--json", "--keep", "2", *AT)
        assert json.loads(told.stdout)["file"] == name
    assert sorted(path.name for path in home.glob("quanzi-backup-*")) == [
        *sorted(names[1:]),
        "quanzi-backup-notes.tar.gz",
    ]
    assert (home / names[1]).read_bytes() == (home / names[2]).read_bytes()
    assert not [path for path in home.iterdir() if path.name.startswith(".quanzi-")]


def test_a_run_at_work_is_not_disturbed_and_not_half_kept(home):
    with sqlite3.connect(home / STORE, isolation_level=None) as database:
        known = database.execute("SELECT count(*) FROM records").fetchone()
        database.execute("BEGIN IMMEDIATE")
        database.execute("DELETE FROM records")
        assert run_apart(home, "backup", *AT).returncode == 0
        database.execute("ROLLBACK")
    database.close()
    assert run(home, "restore", FILE, "--to", "back").returncode == 0
    with sqlite3.connect(home / "back" / STORE) as database:
        assert database.execute("SELECT count(*) FROM records").fetchone() == known
    database.close()


def test_without_secrets_there_are_none(home):
    assert run(home, "backup", "--without-secrets", *AT).returncode == 0
    told = run(home, "restore", FILE, "--to", "back")
    assert "The backup holds no secrets" in told.stdout
    assert not list((home / "back").rglob("*.secret"))


def test_nothing_is_written_over(home):
    assert run(home, "backup", *AT).returncode == 0
    before = contents(home)
    told = run(home, "restore", FILE)
    assert (told.returncode, told.stdout) == (2, "")
    assert "is there already (quanzi restore --force" in told.stderr
    assert contents(home) == before
    assert run(home, "backup", FILE, *AT).returncode == 2
    (home / STORE).write_bytes(b"damaged")
    before = contents(home)
    told = run(home, "restore", FILE, "--force", *AT)
    assert told.returncode == 0, told.stderr
    assert "What stood there is now in" in told.stdout
    kept = contents(home / "before-restore-2026-09-10")
    assert kept[STORE] == b"damaged"
    assert all(before[name] == content for name, content in kept.items())
    assert run(home, "events", *AT).returncode == 0


def test_what_lies_elsewhere_is_told(home, tmp_path):
    (tmp_path / "far").mkdir()
    shutil.move(home / "m.secret", tmp_path / "far/m.secret")
    text = (home / "config.yaml").read_text("utf-8").replace("m.secret", f"{tmp_path}/far/m.secret")
    (home / "config.yaml").write_text(text, encoding="utf-8")
    assert run(home, "backup", *AT).returncode == 0
    told = run(home, "restore", FILE, "--to", "back")
    assert (home / "back/elsewhere/secret-m.secret").read_text().startswith("m.secret")
    assert f"back/elsewhere/secret-m.secret: stood at {tmp_path}/far/m.secret; move it to where" in told.stdout


def test_a_damaged_store_is_not_kept_as_a_backup(home):
    overwritten_pages(home / STORE, random.Random(1))
    told = run(home, "backup", *AT)
    assert (told.returncode, len(told.stderr.splitlines())) == (1, 1)
    assert "the store is damaged" in told.stderr
    assert not [path for path in home.iterdir() if "backup" in path.name]


def test_a_damaged_store_is_not_restored(home):
    (home / "copy").mkdir()
    shutil.copy(home / STORE, home / "copy" / STORE)
    overwritten_pages(home / "copy" / STORE, random.Random(1))
    assert run(home, "backup", *AT).returncode == 0
    changed = _with(
        home / FILE, home / "bad.tar.gz", {f"home/{STORE}": (home / "copy" / STORE).read_bytes()}, honest=True
    )
    told = run(home, "restore", changed.name, "--to", "back")
    assert (told.returncode, told.stderr.count("the store in it is damaged")) == (2, 1)
    assert not list((home / "back").iterdir())


def _with(archive: Path, target: Path, changed: dict[str, bytes | tarfile.TarInfo], *, honest: bool = False) -> Path:
    """The same archive with other, or more, entries; an ``honest`` one lists them with their digests."""
    import hashlib

    entries: dict[str, bytes | tarfile.TarInfo] = {}
    with tarfile.open(archive) as tar:
        for entry in tar.getmembers():
            file = tar.extractfile(entry)
            assert file is not None
            entries[entry.name] = file.read()
    entries |= changed
    if honest:
        head = entries[LIST]
        assert isinstance(head, bytes)
        listed = json.loads(head)
        known = {each["name"]: each for each in listed["files"]}
        for name, content in changed.items():
            body = content if isinstance(content, bytes) else b""
            known[name] = {
                "name": name, "part": "file", "origin": name, **known.get(name, {}), "size": len(body),
                "digest": hashlib.sha256(body).hexdigest(),
            }  # fmt: skip
        entries[LIST] = json.dumps({**listed, "files": list(known.values())}).encode()
    with tarfile.open(target, "w:gz") as tar:
        for name, content in entries.items():
            if isinstance(content, tarfile.TarInfo):
                tar.addfile(content)
            else:
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                tar.addfile(entry, io.BytesIO(content))
    return target


def link(name: str, kind: bytes, to: str) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, to
    return entry


HOSTILE: dict[str, dict[str, bytes | tarfile.TarInfo]] = {
    "above": {"home/../../evil": b"x"},
    "above at once": {"../evil": b"x"},
    "absolute": {"/tmp/evil": b"x"},
    "absolute inside": {"home//etc/evil": b"x"},
    "backslashes": {"home/..\\..\\evil": b"x"},
    "a drive": {"home/C:evil": b"x"},
    "no name": {"home/": b"x"},
    "outside of both": {"evil": b"x"},
    "symbolic link": {"home/link": link("home/link", tarfile.SYMTYPE, "/etc/passwd")},
    "hard link": {"home/link": link("home/link", tarfile.LNKTYPE, "/etc/passwd")},
    "device": {"home/null": link("home/null", tarfile.CHRTYPE, "")},
    "pipe": {"home/pipe": link("home/pipe", tarfile.FIFOTYPE, "")},
    "folder": {"home/folder": link("home/folder", tarfile.DIRTYPE, "")},
}


@pytest.fixture(scope="module")
def kept(lived_in) -> Path:
    assert run(lived_in, "backup", *AT).returncode == 0
    return shutil.move(lived_in / FILE, lived_in.parent / FILE)


@pytest.mark.parametrize("honest", [True, False], ids=["listed", "not listed"])
@pytest.mark.parametrize("entries", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_archive_writes_nothing(kept, tmp_path, entries, honest):
    _with(kept, tmp_path / "bad.tar.gz", entries, honest=honest)
    told = run(tmp_path, "restore", "bad.tar.gz", "--to", "in/here")
    assert (told.returncode, told.stdout, len(told.stderr.splitlines())) == (2, "", 1), told
    assert sorted(contents(tmp_path)) == ["bad.tar.gz"]


def test_a_changed_byte_and_every_cut_are_noticed(kept, tmp_path):
    whole = kept.read_bytes()
    cuts = [whole[:size] for size in (0, 1, 10, 100, *range(1000, len(whole) - 1, len(whole) // 12))]
    unpacked = bytearray(gzip.decompress(whole))
    at = unpacked.index(b"BEGIN:VCALENDAR")
    unpacked[at] ^= 1
    for content in (*cuts, gzip.compress(unpacked), b"PK\x03\x04" + bytes(100), gzip.compress(b"diary")):
        (tmp_path / "bad.tar.gz").write_bytes(content)
        told = run(tmp_path, "restore", "bad.tar.gz", "--to", "here")
        assert (told.returncode, told.stdout, len(told.stderr.splitlines())) == (2, "", 1), told
        assert sorted(contents(tmp_path)) == ["bad.tar.gz"]


def test_a_bomb_is_refused_by_its_list(kept, tmp_path):
    with tarfile.open(kept) as tar:
        file = tar.extractfile(LIST)
        assert file is not None
        listed = json.load(file)
    listed["files"][0]["size"] = 10**13
    _with(kept, tmp_path / "bad.tar.gz", {LIST: json.dumps(listed).encode()})
    told = run(tmp_path, "restore", "bad.tar.gz", "--to", "here")
    assert (told.returncode, told.stderr.count("larger than any backup")) == (2, 1)


def test_a_restored_older_store_lowers_no_sequence(home):
    assert run(home, "backup", *AT).returncode == 0
    feed = home / "hall.ics"
    feed.write_text(feed.read_text("utf-8").replace("salon no 11", "salon no 11, moved inside"), encoding="utf-8")
    assert run(home, "refresh", "--now", "2026-09-10T11:00:00+08:00", "--quiet").returncode == 0
    before, published = held(home), contents(home / "out")
    assert run(home, "restore", FILE, "--force", *AT).returncode == 0
    for name, content in published.items():  # what subscribers hold is newer than the backup
        (home / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (home / "out" / name).write_bytes(content)
    feed.write_text(feed.read_text("utf-8").replace("salon no 11", "salon no 11, moved inside"), encoding="utf-8")
    told = run(home, "refresh", "--now", "2026-09-10T12:00:00+08:00", "--quiet")
    assert "was older than the published calendars" in told.stderr
    assert held(home) == before
    with Store(home / STORE) as store:
        assert store.feedback()


def test_a_backup_that_was_killed_leaves_nothing_for_long(home):
    (home / ".quanzi-backup-dead").mkdir()
    (home / ".quanzi-backup-dead/store").write_text("x")
    assert run(home, "backup", "--now", "2036-09-10T12:00:00+08:00").returncode == 0
    assert not list(home.glob(".quanzi-backup-*"))

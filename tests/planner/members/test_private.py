"""Planted words: a member's name, wishes, appointments and address are looked for in every byte that others read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from planner.store.members import PERSONAL
from tests.support.cli import run, run_apart
from tests.support.histories import calendar, vevent
from tests.support.organisations import NOW, addresses, joined, organisation, published, store_of
from tests.support.servers import serving

NAME, HOME, WORD, ACCOUNT, APPOINTMENT = "Quillfeather", "marzipan-lane", "ferretology", "owl-account", "plum-dentist"
PLANTED = (NAME, HOME, WORD, ACCOUNT, APPOINTMENT)


@pytest.fixture
def home(tmp_path):
    """Members, one of whom has a word in every place that takes one, planned once, while the web answered."""
    with serving() as web:
        dentist = vevent("own", "20261201T180000", APPOINTMENT)
        web.pages[f"/{ACCOUNT}.ics"] = (200, {"Content-Type": "text/calendar"}, calendar(dentist).encode())
        wishes = (
            f"home: {HOME}\ninterests: {{industry: [{WORD}, storage]}}\n"
            f"week: {{busy: ['http://127.0.0.1:{web.port}/{ACCOUNT}.ics']}}\n"
        )
        folder = organisation(tmp_path, "network: {allow: [127.0.0.1]}\n", {NAME: wishes, "Ana": ""})
        joined(folder)
        (folder / "members" / f"{NAME}.yaml").unlink()
        done = run_apart(folder, "week", "--everyone", "--json", "--now", NOW, "--log-file", "run.log", "-v")
        assert done.returncode == 0, done.stderr
        (folder / "stdout").write_text(done.stdout + done.stderr, "utf-8")
        assert web.paths().count(f"/{ACCOUNT}.ics") == 1
    return folder


def holding(found: dict[str, bytes], words: tuple[str, ...] = PLANTED) -> set[tuple[str, str]]:
    return {
        (name, word)
        for name, body in found.items()
        for word in words
        if word in body.decode("utf-8", "replace").replace("\r\n ", "").replace("<wbr>", "")
    }


def tables(folder: Path) -> dict[str, bytes]:
    with closing(sqlite3.connect(folder / "quanzi.db")) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: repr(database.execute(f"SELECT * FROM {name}").fetchall()).encode() for name in names}


def test_nothing_of_a_member_stands_among_the_facts_in_logs_or_in_what_others_get(home):
    found = {str(path.relative_to(home)): path.read_bytes() for path in (home / "out").rglob("*") if path.is_file()}
    found |= {name: (home / name).read_bytes() for name in ("run.log", "stdout")}
    found |= {f"Ana's {name}": body for name, body in published(home, "Ana").items()}
    found |= {name: body for name, body in tables(home).items() if name not in {*PERSONAL, "members"}}
    for command in (("members", "list", "--json"), ("doctor", "--json"), ("events", "--json"), ("plan", "--json")):
        done = run(home, *command) if command[0] == "members" else run(home, *command, "--now", NOW)
        found[" ".join(command)] = (done.stdout + done.stderr).encode()
    listed = found.pop("members list --json")
    assert holding({"list": listed}) == {("list", NAME)}
    assert holding(found) == set()


def test_of_appointments_the_hours_alone_are_kept_and_count(home):
    assert not holding(tables(home), (APPOINTMENT,))
    assert holding(tables(home), (ACCOUNT,)) == {("diaries", ACCOUNT), ("members", ACCOUNT)}
    with store_of(home) as store:
        numbers = {each.name: each.number for each in store.members()}
        assert len(store.of(numbers[NAME]).taken_hours(["busy-1"])) == 1
        assert store.of(numbers["Ana"]).taken_hours(["busy-1"]) == ()


def test_a_secret_is_nowhere_but_where_it_was_told(home):
    secrets = tuple(address.split("/")[1] for address in addresses(home).values())
    assert all(len(secret) >= 32 for secret in secrets)
    found = {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert {name for name, _ in holding(found, secrets)} == {"addresses.csv"}
    assert (home / "addresses.csv").stat().st_mode & 0o077 == 0


def test_who_is_removed_is_forgotten_to_the_last_byte(home):
    assert run(home, "members", "remove", NAME, "--yes").returncode == 0
    with closing(sqlite3.connect(home / "quanzi.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for path in home.glob("quanzi.db*"):
        assert not holding({path.name: path.read_bytes()})
    done = run(home, "week", "--everyone", "--now", NOW, "--json")
    assert done.returncode == 0
    assert not holding({"after": (done.stdout + done.stderr).encode()})

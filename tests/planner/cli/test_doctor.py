"""The doctor looks at everything that an unattended run needs, and finds what is wrong with it."""

from __future__ import annotations

import json
import os
import sqlite3
from datetime import datetime

import pytest

from planner.store.lock import only_run
from planner.store.rows import LATEST
from tests.support.cli import CALENDAR, CONFIG, NOW, run
from tests.support.older_stores import made_older

LATER = "2026-12-20T20:00:00+08:00"


@pytest.fixture
def home(tmp_path):
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en"), encoding="utf-8")
    assert run(tmp_path, "week", "--now", NOW, "--quiet").returncode == 0
    assert run(tmp_path, "refresh", "--now", NOW, "--quiet").returncode == 0
    return tmp_path


def examined(folder, *more, now=NOW):
    done = run(folder, "doctor", "--now", now, "--json", *more)
    said = json.loads(done.stdout)
    assert said["sound"] == (done.returncode == 0)
    return {state: [each["what"] for each in said["findings"] if each["state"] == state] for state in ("wrong", "note")}


def test_a_sound_installation(home):
    assert examined(home)["wrong"] == []
    table = run(home, "doctor", "--now", NOW)
    assert table.returncode == 0
    assert "1 of 2 are well" in table.stdout
    assert "plan.ics: " in table.stdout
    assert "gone: fails; last well: it never was well" in table.stdout
    assert table.stdout.rstrip().endswith("all is well")
    quiet = run(home, "doctor", "--now", NOW, "--quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


def test_before_the_first_run_nothing_is_wrong(tmp_path):
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en"), encoding="utf-8")
    assert examined(tmp_path)["wrong"] == []
    assert {each.name for each in tmp_path.iterdir()} - {"config.yaml"} <= {"quanzi.db.lock"}, "nothing is made"


def test_jobs_that_stopped(home):
    found = examined(home, now=LATER)
    assert any("week: last done 2026-11-20 20:00, 30 days ago" in each for each in found["wrong"])
    assert any("refresh: last done" in each for each in found["note"])


def test_a_clock_that_went_back(home):
    assert any("is before the last run" in each for each in examined(home, now="2026-11-18T20:00:00+08:00")["wrong"])
    assert any("cannot be" in each for each in examined(home, now="1970-01-01T00:00:00Z")["wrong"])


def test_a_damaged_store_and_a_cut_calendar(home):
    path = home / "quanzi.db"
    damaged = bytes(100) + path.read_bytes()[100:]
    path.write_bytes(damaged)
    plan = home / "out" / "plan.ics"
    plan.write_bytes(plan.read_bytes()[:-40])
    wrong = examined(home)["wrong"]
    assert any("quanzi.db: its header is damaged" in each for each in wrong)
    assert any("plan.ics: is " in each for each in wrong)
    assert path.read_bytes() == damaged, "the doctor mends nothing"
    quiet = run(home, "doctor", "--now", NOW, "--quiet")
    assert quiet.returncode == 1
    assert quiet.stderr.startswith("store: ")


def test_a_damaged_store_that_was_mended(home):
    path = home / "quanzi.db"
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    assert run(home, "refresh", "--now", NOW, "--quiet").returncode == 0
    found = examined(home)
    assert found["wrong"] == []
    assert any("kept aside, damaged: quanzi.db.damaged-2026-11-20" in each for each in found["note"])


def test_a_store_of_another_version_is_left_as_it_is(home):
    path = home / "quanzi.db"
    for version, state, said in ((999, "wrong", "made by a newer quanzi"), (13, "note", "the next run brings it up")):
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.execute(f"PRAGMA user_version = {max(version, LATEST)}")
        database.close()
        if version < LATEST:
            made_older(path, version)
        before = path.read_bytes()
        assert any(said in each for each in examined(home)[state]), version
        assert path.read_bytes() == before


def test_a_run_that_hangs(home):
    with only_run(home / "quanzi.db", "en"):
        lock = home / "quanzi.db.lock"
        at = datetime.fromisoformat(NOW).timestamp()
        os.utime(lock, (at, at - 60))
        assert not any("under way" in each for each in examined(home)["wrong"])
        os.utime(lock, (at, at - 3600))
        assert any("under way for 60 minutes" in each for each in examined(home)["wrong"])


def test_secrets_that_others_can_read(home):
    secret = home / "ping.secret"
    secret.write_text("http://127.0.0.1:1/x\n", encoding="utf-8")
    secret.chmod(0o644)
    with (home / "config.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "monitor: {ping_file: ping.secret}\nmail: {to: a@b.example, from: a@b.example, host: smtp.b.example,"
        )
        file.write(" password_env: QUANZI_NONE}\n")
    found = examined(home, "--offline")
    assert any("monitor.ping_file: " in each and "chmod 600" in each for each in found["wrong"])
    assert any(each.startswith("mail.password_env: the variable is not set") for each in found["note"])
    secret.unlink()
    assert any("holds nothing that can be read" in each for each in examined(home, "--offline")["wrong"])


def test_servers_are_asked_unless_offline(home):
    with (home / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("mail: {to: a@b.example, from: a@b.example, host: 127.0.0.1, port: 1}\n")
    assert any(each.startswith("mail: ") for each in examined(home)["wrong"])
    assert not any(each.startswith("mail: ") for each in examined(home, "--offline")["wrong"])


def test_the_monitor_is_called_when_all_is_well_and_by_the_jobs(home, web):
    web.pages["/p/1"] = (200, {}, b"OK")
    secret = home / "ping.secret"
    secret.write_text(f"http://127.0.0.1:{web.port}/p/1\n", encoding="utf-8")
    secret.chmod(0o600)
    with (home / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("monitor: {ping_file: ping.secret}\n")
    assert examined(home)["wrong"] == []
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0
    assert run(home, "refresh", "--now", NOW, "--quiet").returncode == 0
    assert web.paths() == ["/p/1"] * 3
    assert examined(home, now=LATER)["wrong"]
    assert len(web.asked) == 3, "what is not well is not told as well"
    web.pages["/p/1"] = (500, {}, b"")
    failed = run(home, "refresh", "--now", NOW, "--quiet")
    assert failed.returncode == 0, "the monitor costs nothing else"
    assert failed.stderr.startswith("monitor: 127.0.0.1")
    assert "/p/1" not in failed.stderr


def test_a_wrong_configuration_is_told_as_everywhere(home):
    (home / "config.yaml").write_text("interests: 7\n", encoding="utf-8")
    done = run(home, "doctor")
    assert done.returncode == 2
    assert "config.yaml:1" in done.stderr

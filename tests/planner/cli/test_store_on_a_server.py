"""The program with its store in PostgreSQL: the same weeks, one run at a time, what the doctor and a backup say."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from planner.store import connecting
from planner.store.lock import only_run
from tests.support import organisations
from tests.support.cli import CALENDAR, CONFIG, NOW, run, run_apart
from tests.support.organisations import joined, organisation
from tests.support.postgres import free_port, programs, rows, serving


@pytest.fixture
def home(tmp_path, database) -> Path:
    return folder_with(tmp_path / "home", f"store: {database}\n")


def folder_with(folder: Path, more: str) -> Path:
    folder.mkdir()
    (folder / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (folder / "config.yaml").write_text(CONFIG.format(language="en") + more, encoding="utf-8")
    return folder


def outputs(folder: Path) -> dict[str, bytes]:
    files = (path for path in (folder / "out").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_week_is_that_of_a_file_to_the_byte(tmp_path, database):
    """Of the same store: the ids of a new one are drawn."""
    home = folder_with(tmp_path / "home", "")
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0
    copied = run(home, "store", "copy", "quanzi.db", str(database))
    assert copied.returncode == 0, copied.stderr
    assert "read back and the same" in copied.stdout
    assert f"write into config.yaml: store: {database}" in copied.stdout
    shutil.copytree(home / "out", tmp_path / "before")
    of_file = {command: told(home, command) for command in LATER}
    for file in (*home.glob("quanzi.db*"), home / "config.yaml"):
        file.unlink()
    shutil.rmtree(home / "out")
    shutil.copytree(tmp_path / "before", home / "out")
    (home / "config.yaml").write_text(CONFIG.format(language="en") + f"store: {database}\n", encoding="utf-8")
    assert {command: told(home, command) for command in LATER} == of_file
    assert not list(home.glob("*.db*")), "no file of a store beside it"


LATER = ("week", "refresh", "publish")


def told(folder: Path, command: str) -> tuple[str, dict[str, bytes]]:
    """What a command prints on the next day, and all that is published then."""
    done = run(folder, command, "--now", "2026-11-21T20:00:00+08:00", "--json")
    assert done.returncode == 0, done.stderr
    return done.stdout, outputs(folder)


def test_everybodys_weeks_are_those_of_a_file_to_the_byte(tmp_path, database):
    home = joined(organisation(tmp_path))
    assert run(home, "gather", "--now", organisations.NOW).returncode == 0
    assert run(home, "store", "copy", "quanzi.db", str(database)).returncode == 0
    of_file = everybody(home)
    assert all(of_file.values())
    for file in home.glob("quanzi.db*"):
        file.unlink()
    with (home / "config.yaml").open("a", encoding="utf-8") as file:
        file.write(f"store: {database}\n")
    assert everybody(home) == of_file
    assert run(home, "members", "remove", "Otto", "--yes").returncode == 0
    assert len(rows(database, "SELECT DISTINCT person FROM published")) == len(of_file) - 1


def everybody(home: Path) -> dict[str, dict[str, bytes]]:
    """What is published for each member after a week and a refresh."""
    for command, now in (("week", organisations.NOW), ("refresh", organisations.LATER)):
        done = run(home, command, "--everyone", "--now", now, "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["members"]["failed"] == []
    return {name: organisations.published(home, name) for name in organisations.WISHES}


def test_what_a_person_says_is_kept_and_taken_back(home, database):
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0
    for command, event in (("like", "头马"), ("remove", "储能")):
        done = run(home, command, event, "--now", NOW)
        assert done.returncode == 0, done.stderr
    assert rows(database, "SELECT verdict, person FROM feedback") == [("like", 0)]
    assert len(rows(database, "SELECT event FROM own_words")) == 1
    assert run(home, "undo", "--now", NOW).returncode == 0
    assert run(home, "like", "--reset", "--now", NOW).returncode == 0
    assert rows(database, "SELECT verdict FROM feedback") == rows(database, "SELECT event FROM own_words") == []


def test_a_second_run_is_busy(home, database):
    with only_run(database, "en"):
        told = run(home, "week", "--now", NOW)
    assert (told.returncode, told.stderr) == (75, f"{database}: another run is under way (wait for it to end)\n")


def test_the_doctor_looks_and_makes_nothing(home, database):
    def found(now: str = NOW) -> dict[str, str]:
        done = run(home, "doctor", "--now", now, "--json", "--offline")
        return {each["check"]: f"{each['state']}: {each['what']}" for each in json.loads(done.stdout)["findings"]}

    assert found()["store"] == f"note: {database}: none yet (the first run makes one)"
    assert rows(database, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'") == []
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0
    assert found()["store"].startswith(f"ok: {database}: PostgreSQL 1")
    assert found()["lock"] == "ok: free"
    with only_run(database, "en"):
        assert found()["lock"] == "ok: a run is under way"
        long_after = (datetime.now(UTC) + timedelta(hours=2, minutes=1)).isoformat()
        assert "under way for 12" in found(long_after)["lock"]
    rows(database, "UPDATE quanzi_schema SET version = version + 1")
    assert "made by a newer quanzi" in found()["store"]


@pytest.mark.parametrize(
    "command", [["week"], ["events"], ["doctor", "--offline"], []], ids=["week", "events", "doctor", "look"]
)
def test_without_its_server_every_command_says_so_in_a_line(tmp_path, monkeypatch, command):
    monkeypatch.setattr(connecting, "WAITS", (0.01,))
    home = folder_with(tmp_path / "home", f"store: postgresql://quanzi@127.0.0.1:{free_port()}/quanzi\n")
    (home / "out").mkdir()
    done = run(home, *command, *(["--now", NOW] if command else []))
    told = done.stdout if command[:1] == ["doctor"] else done.stderr
    assert done.returncode == 1
    assert told.count("the database does not answer") == 1
    assert "Traceback" not in done.stderr


def test_a_server_that_goes_away_in_the_middle_costs_one_run(tmp_path, web, monkeypatch):
    """While a source is asked: a line, nothing published anew; the next run does all of it."""
    monkeypatch.setattr(connecting, "WAITS", (0.01,))
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL is not installed here (.ci/others)")
    with serving(where) as server:
        server.run("CREATE DATABASE quanzi")
        home = folder_with(tmp_path / "home", f"store: {server.place('quanzi')}\n")
        text = (home / "config.yaml").read_text("utf-8")
        address = f"http://127.0.0.1:{web.port}/club.ics"
        entry = f"{{id: club, kind: ical, url: '{address}', every: 1h}}"
        text = text.replace("{id: club, kind: ical, file: club.ics}", entry)
        (home / "config.yaml").write_text(text + "network: {allow: [127.0.0.1]}\n", encoding="utf-8")
        web.pages = {"/club.ics": (200, {}, CALENDAR.encode())}
        first = run(home, "week", "--now", NOW, "--quiet")
        assert first.returncode == 0, first.stderr
        before = outputs(home)

        def gone(_: object) -> tuple[int, dict[str, str], bytes]:
            server.stop()
            return 200, {}, CALENDAR.replace("三叶会客厅", "四叶会客厅").encode()

        web.pages = {"/club.ics": gone}
        later = "2026-11-21T20:00:00+08:00"
        failed = run(home, "week", "--now", later, "--quiet")
        assert failed.returncode == 1
        assert failed.stderr.count("the database does not answer") == 1, failed.stderr
        assert "Traceback" not in failed.stderr
        assert {name: body for name, body in outputs(home).items() if name != "out/report.json"} == {
            name: body for name, body in before.items() if name != "out/report.json"
        }
        server.start()
        web.pages = {"/club.ics": (200, {}, CALENDAR.replace("三叶会客厅", "四叶会客厅").encode())}
        again = run(home, "week", "--now", later, "--quiet")
        assert again.returncode == 0, again.stderr
        assert "四叶会客厅" in (home / "out/plan.ics").read_text("utf-8").replace("\r\n ", "")


def test_a_backup_says_that_the_store_is_elsewhere_and_holds_the_rest(home, database):
    (home / "store.secret").write_text("plum-kettle\n")
    (home / "store.secret").chmod(0o600)
    with (home / "config.yaml").open("a") as file:
        file.write("store_password_file: store.secret\n")
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0
    done = run(home, "backup", "kept.tar.gz", "--now", NOW)
    assert done.returncode == 0, done.stderr
    assert f"pg_dump --format=custom --file=quanzi.dump {database}" in done.stdout
    with tarfile.open(home / "kept.tar.gz") as archive:
        names = set(archive.getnames())
    assert names >= {"home/config.yaml", "home/club.ics", "home/store.secret", "home/out/plan.ics"}
    assert not {name for name in names if name.endswith(".db")}
    quiet = run(home, "backup", "again.tar.gz", "--quiet", "--now", NOW)
    assert (quiet.stdout, "pg_dump" in quiet.stderr) == ("", True)
    as_json = json.loads(run(home, "backup", "third.tar.gz", "--json", "--now", NOW).stdout)
    assert as_json["without_store"] == str(database)
    (home / "elsewhere").mkdir()
    back = run(home, "restore", "kept.tar.gz", "--to", "elsewhere/new", "--now", NOW)
    assert back.returncode == 0, back.stderr
    assert (home / "elsewhere/new/config.yaml").read_bytes() == (home / "config.yaml").read_bytes()


def test_copies_in_both_directions(home, database):
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0
    there = run(home, "store", "copy", str(database), "kept.db", "--json")
    told = json.loads(there.stdout)
    assert (told["from"], told["to"]) == (str(database), str(home / "kept.db"))
    assert told["rows"]["records"] == 2
    again = run(home, "store", "copy", str(database), "kept.db")
    assert (again.returncode, again.stdout) == (2, "")
    assert "holds something already" in again.stderr
    chinese = run(home, "store", "copy", "none.db", str(database), "--config", "config.yaml")
    assert (chinese.returncode, "no store stands there" in chinese.stderr) == (2, True)


def test_an_address_with_a_password_is_refused_and_not_repeated(tmp_path):
    done = run(tmp_path, "store", "copy", "a.db", "postgresql://quanzi:hunter2@db.example/quanzi")
    assert done.returncode == 2
    assert "no password in the address" in done.stderr
    assert "hunter2" not in done.stderr + done.stdout


IMPORTS = (
    "import sys; from planner.store import Store; Store(':memory:'); print([n for n in sys.modules if 'psycopg' in n])"
)


def test_a_store_in_a_file_costs_nothing_of_a_server(home):
    done = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    helped = run_apart(home, "store", "copy", "--help")
    assert helped.returncode == 0
    assert "FROM TO" in helped.stdout

"""The workflow for GitHub: what its shell steps do, run here. GitHub itself is out of reach of these tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.support.cli import CALENDAR, CONFIG, NOW, run
from tests.support.servers import Web

ROOT = Path(__file__).resolve().parent.parent
SECRET = "k3ttle-Plum_42-orchard-99"
PUBLIC = {"all.ics", "industry.ics", "practice.ics", "index.html", "atom.xml"}
PRIVATE = {"plan.ics", "digest.html", "index.html"}
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")


@pytest.fixture(scope="module")
def workflow() -> dict[str, Any]:
    content: dict[str, Any] = YAML(typ="safe", pure=True).load((ROOT / ".github/workflows/week.yml").read_text("utf-8"))
    return content


@pytest.fixture
def checkout(tmp_path) -> Path:
    """The scripts, a configuration and its outputs, as a run has them before it builds the site."""
    shutil.copytree(ROOT / ".github/week", tmp_path / ".github/week")
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en"), encoding="utf-8")
    assert run(tmp_path, "week", "--now", NOW, "--quiet").returncode == 0
    return tmp_path


def step(workflow: dict[str, Any], folder: Path, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one shell step as it is written. Expressions stand in ``env`` alone, where we set their values."""
    (found,) = (each for each in workflow["jobs"]["week"]["steps"] if each.get("name") == name)
    assert "${{" not in found["run"], "an expression in a script could run what a secret says"
    assert set(environment) <= set(found.get("env", {}))
    return subprocess.run(
        ["bash", "-e", "-c", found["run"]],
        cwd=folder, env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_it_is_off_until_switched_on_and_may_do_no_more_than_it_must(workflow):
    assert workflow["permissions"] == {}
    assert workflow["concurrency"] == {"group": "quanzi-week", "cancel-in-progress": False}
    jobs = workflow["jobs"]
    assert jobs["week"]["if"] == "vars.QUANZI_WEEK == 'on'"
    assert jobs["pages"]["needs"] == "week"
    assert jobs["week"]["permissions"] == {"contents": "read", "pages": "read"}
    assert jobs["pages"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert all("timeout-minutes" in job for job in jobs.values())
    used = [each["uses"] for job in jobs.values() for each in job["steps"] if "uses" in each]
    assert len(used) >= 6
    assert all(re.fullmatch(r"actions/[a-z/-]+@v\d+", each) for each in used), used
    (checked_out,) = (each for each in jobs["week"]["steps"] if each.get("uses", "").startswith("actions/checkout@"))
    assert checked_out["with"]["persist-credentials"] is False


def test_it_runs_weekly_and_daily(workflow):
    crons = [each["cron"] for each in workflow["on"]["schedule"]]
    assert crons == ["12 10 * * 0", "12 23 * * *"]
    (week,) = (each for each in workflow["jobs"]["week"]["steps"] if each.get("name") == "Week")
    assert f"github.event.schedule == '{crons[0]}' && 'week'" in week["env"]["JOB"]


def test_without_the_secret_no_private_file_is_published(workflow, checkout):
    (checkout / "out/public/.hidden.html").write_text("x")
    (checkout / "out/public/quanzi.db").write_text("x")
    done = step(workflow, checkout, "Site", QUANZI_PLAN_PATH="", PRIVATE_REPOSITORY="true")
    assert done.returncode == 0, done.stderr
    assert files(checkout / "site") == PUBLIC
    for name in PUBLIC:
        assert (checkout / "site" / name).read_bytes() == (checkout / "out/public" / name).read_bytes()


def test_with_the_secret_the_plan_stands_below_it_alone(workflow, checkout):
    done = step(workflow, checkout, "Site", QUANZI_PLAN_PATH=SECRET, PRIVATE_REPOSITORY="true")
    assert done.returncode == 0, done.stderr
    below = {f"{SECRET}/{name}" for name in PRIVATE} | {f"{SECRET}/public/{name}" for name in PUBLIC}
    assert files(checkout / "site") == PUBLIC | below
    for name in PRIVATE:
        assert (checkout / "site" / SECRET / name).read_bytes() == (checkout / "out" / name).read_bytes()
    for name in PUBLIC:
        assert SECRET.encode() not in (checkout / "site" / name).read_bytes()
    assert SECRET not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("secret", "private", "accepted", "words"),
    [
        (SECRET[:21], "true", "", "22 or more characters"),
        ("../../etc/passwd-and-more-of-it", "true", "", "22 or more characters"),
        ("a b" * 10, "true", "", "22 or more characters"),
        (SECRET + "\n", "true", "", "22 or more characters"),
        (SECRET, "false", "", "this repository is public"),
        (SECRET, "", "", "this repository is public"),
    ],
)
def test_a_secret_that_is_none_stops_the_site(workflow, checkout, secret, private, accepted, words):
    (checkout / "site").mkdir()
    (checkout / "site/old.html").write_text("x")
    settings = {"QUANZI_PLAN_PATH": secret, "PRIVATE_REPOSITORY": private, "QUANZI_PLAN_IN_THE_OPEN": accepted}
    done = step(workflow, checkout, "Site", **settings)
    assert done.returncode == 1
    assert words in done.stderr
    assert not (checkout / "site").exists()
    assert secret.strip() not in done.stdout + done.stderr


def test_a_public_repository_shows_the_plan_only_to_who_accepts_it(workflow, checkout):
    settings = {"QUANZI_PLAN_PATH": SECRET, "PRIVATE_REPOSITORY": "false", "QUANZI_PLAN_IN_THE_OPEN": "yes"}
    assert step(workflow, checkout, "Site", **settings).returncode == 0
    assert (checkout / "site" / SECRET / "plan.ics").is_file()


def test_the_store_is_kept_encrypted_and_opens_again(workflow, checkout):
    before = (checkout / "quanzi.db").read_bytes()
    assert step(workflow, checkout, "Keep the store", QUANZI_STORE_KEY=SECRET).returncode == 0
    sealed = (checkout / "quanzi.db.sealed").read_bytes()
    assert b"SQLite format" not in sealed
    assert "样板头马".encode() not in sealed
    (checkout / "quanzi.db").unlink()
    assert step(workflow, checkout, "Store", QUANZI_STORE_KEY=SECRET).returncode == 0
    assert (checkout / "quanzi.db").read_bytes() == before
    assert (checkout / "quanzi.db").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("key", "kept"), [("", False), ("wrong-" + SECRET, True)])
def test_without_its_key_the_store_begins_anew_from_what_is_published(workflow, checkout, web: Web, key, kept):
    assert step(workflow, checkout, "Keep the store", QUANZI_STORE_KEY=SECRET).returncode == 0
    calendars = {f"/{name}": (checkout / "out/public" / name).read_bytes() for name in PUBLIC if name.endswith(".ics")}
    calendars[f"/{SECRET}/plan.ics"] = (checkout / "out/plan.ics").read_bytes()
    del calendars["/practice.ics"]
    web.pages.update({path: (200, {}, content) for path, content in calendars.items()})
    shutil.rmtree(checkout / "out")
    (checkout / "quanzi.db").unlink()
    site = f"http://127.0.0.1:{web.port}"
    done = step(workflow, checkout, "Store", QUANZI_STORE_KEY=key, QUANZI_PLAN_PATH=SECRET, SITE=site)
    assert done.returncode == 0, done.stderr
    assert not (checkout / "quanzi.db").exists()
    assert (checkout / "quanzi.db.sealed").exists() == kept
    assert files(checkout / "out") == {"plan.ics", "public/all.ics", "public/industry.ics"}
    uids = re.findall(rb"UID:\S+", calendars["/all.ics"])
    assert run(checkout, "week", "--now", NOW, "--quiet").returncode == 0
    assert re.findall(rb"UID:\S+", (checkout / "out/public/all.ics").read_bytes()) == uids


def test_a_key_that_is_too_short_stops_the_run(workflow, checkout):
    done = step(workflow, checkout, "Keep the store", QUANZI_STORE_KEY="short")
    assert done.returncode == 1
    assert "shorter than 22" in done.stderr
    assert not (checkout / "quanzi.db.sealed").exists()


def test_without_a_key_the_run_goes_on_and_nothing_is_kept(workflow, checkout):
    done = step(workflow, checkout, "Keep the store", QUANZI_STORE_KEY="")
    assert done.returncode == 0, done.stderr
    assert not (checkout / "quanzi.db.sealed").exists()


def test_the_configuration_of_the_secret_replaces_the_file(workflow, checkout):
    before = (checkout / "config.yaml").read_bytes()
    assert step(workflow, checkout, "Configuration", QUANZI_CONFIG="").returncode == 0
    assert (checkout / "config.yaml").read_bytes() == before
    text = "city: 样板 $(touch bad) `touch bad`\n"
    assert step(workflow, checkout, "Configuration", QUANZI_CONFIG=text).returncode == 0
    assert (checkout / "config.yaml").read_text("utf-8") == text + "\n"
    assert (checkout / "config.yaml").stat().st_mode & 0o077 == 0
    assert not (checkout / "bad").exists()


@pytest.mark.parametrize(
    ("job", "stored", "commands"),
    [
        ("week", True, ["week"]),
        ("week", False, ["week"]),
        ("refresh", True, ["refresh"]),
        ("refresh", False, ["gather", "plan", "publish"]),
    ],
)
def test_the_job_says_nothing_of_the_plan_and_never_sends_twice(workflow, tmp_path, job, stored, commands):
    shutil.copytree(ROOT / ".github/week", tmp_path / ".github/week")
    program = tmp_path / ".venv/bin/quanzi"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$1 $2" >> ran\necho my plan\necho "source failed" >&2\n')
    program.chmod(0o755)
    if stored:
        (tmp_path / "quanzi.db").write_text("x")
    done = step(workflow, tmp_path, "Week", JOB=job)
    assert (done.returncode, done.stdout) == (0, "")
    assert "source failed" in done.stderr
    assert (tmp_path / "ran").read_text().splitlines() == [f"{command} --quiet" for command in commands]

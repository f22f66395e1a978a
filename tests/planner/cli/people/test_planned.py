"""Whom the user entered moves the plan; who they are is told on the terminal alone."""

from __future__ import annotations

import json

import pytest

from planner.deliver import Outcome
from tests.support.acquaintances import CLUB, ran
from tests.support.cli import CONFIG, NOW, outputs, run

LANGUAGES = {
    "en": "2 people whom you met lately may be there: Quillfeather, Zoë Bell",
    "zh": "最近认识的 2 个人可能在：Quillfeather、Zoë Bell",
}


@pytest.fixture(params=LANGUAGES)
def told(request, tmp_path):
    """A folder where two people of the club were entered, and what is said of them."""
    (tmp_path / "config.yaml").write_text(CONFIG.format(language=request.param), "utf-8")
    (tmp_path / "club.ics").write_bytes(CLUB.encode())
    ran(tmp_path, "gather", now=NOW)
    for name in ("Quillfeather", "Zoë Bell"):
        ran(tmp_path, "met", name, "at", "Sample speakers", now="2026-11-17T22:00:00+08:00")
    return tmp_path, LANGUAGES[request.param]


def test_why_names_who_may_be_there_and_nothing_kept_does(told):
    folder, line = told
    assert line in run(folder, "why", "头马", "--now", NOW).stdout, "before anything is published"
    ran(folder, "week", "--quiet", now=NOW)
    shown = run(folder, "why", "头马", "--now", NOW)
    assert line in shown.stdout
    body = json.loads(run(folder, "why", "头马", "--now", NOW, "--json").stdout)
    (term,) = [each for each in body["terms"] if each["name"] == "acquaintances"]
    assert term["about"] == "2"
    assert body["score"] == pytest.approx(sum(each["points"] for each in body["terms"]), abs=0.01)
    number = line.partition(":")[0].partition("：")[0]
    found = {name: content.decode("utf-8", "replace").replace("\r\n ", "") for name, content in outputs(folder).items()}
    assert number in found["out/digest.txt"]
    assert number not in "".join(text for name, text in found.items() if name.startswith("out/public/"))
    private = {"out/digest.txt", "out/digest.html", "out/index.html"}
    assert not [name for name, text in found.items() if name not in private and "Quillfeather" in text]
    assert b"Quillfeather" not in (folder / "quanzi.db").read_bytes()


def test_what_leaves_does_not_even_tell_how_many(told, monkeypatch):
    folder, line = told
    left: dict[str, bytes] = {}

    def upload(put, files, store, now):
        left.update(files)
        return Outcome(state="sent")

    monkeypatch.setattr("planner.deliver.upload.upload", upload)
    with (folder / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("output: {put: {to: 'https://dav.example/me/', what: all, user: me, password_env: SECRET}}\n")
    ran(folder, "week", "--quiet", now=NOW)
    number = line.partition(":")[0].partition("：")[0]
    assert number in (folder / "out/plan.ics").read_bytes().decode().replace("\r\n ", "")
    assert {"plan.ics", "digest.html", "digest.txt", "index.html"} <= left.keys()
    assert not [name for name, body in left.items() if number in body.decode("utf-8", "replace").replace("\r\n ", "")]


def test_the_same_facts_give_the_same_plan_and_a_refresh_keeps_it(told):
    folder, line = told
    ran(folder, "week", "--quiet", now=NOW)
    before = outputs(folder)
    for command in (("publish",), ("refresh",), ("week", "--quiet")):
        ran(folder, *command, now=NOW)
        assert outputs(folder) == before, command
    assert line in run(folder, "why", "头马", "--now", NOW).stdout


def test_whoever_is_forgotten_is_named_no_more(told):
    folder, _ = told
    ran(folder, "week", "--quiet", now=NOW)
    ran(folder, "forget", "Quillfeather", "--yes", now=NOW)
    shown = run(folder, "why", "头马", "--now", NOW).stdout
    assert "Quillfeather" not in shown
    assert "Zoë Bell" in shown

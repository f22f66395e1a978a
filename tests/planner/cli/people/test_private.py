"""Names and notes stay on this machine: planted words are looked for in every byte that may leave it, and in none is
anything left of who was forgotten."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from planner.deliver import Outcome
from tests.support.acquaintances import AFTER, CLUB, ran
from tests.support.cli import NOW, outputs, run, run_apart

NAME, NOTE, WHAT, PROMISE, CARES = "Quillfeather", "marzipan-ledger", "ferret-favour", "owl-promise", "kumquat-care"
PLANTED = (NAME, NOTE, WHAT, PROMISE, CARES)
CONFIG = """city: 上海
language: {language}
interests: {{industry: [储能], practice: [头马]}}
sources:
  - {{id: club, kind: ical, file: club.ics}}
  - {{id: gone, kind: ical, file: gone.ics}}
"""


def home(folder: Path, language: str = "en", more: str = "") -> Path:
    (folder / "config.yaml").write_text(CONFIG.format(language=language) + more, "utf-8")
    (folder / "club.ics").write_bytes(CLUB.encode())
    return folder


def planted(folder: Path) -> Path:
    """One person with a word in every place that takes one, who is suggested in the next week."""
    ran(folder, "week", "--quiet", now=NOW)
    more = ("--role", "expert", "--note", NOTE, "--cares", CARES, "--promised", PROMISE, "--by", "tomorrow")
    ran(folder, "met", f"{NAME} Zoë", "at", "头马", *more)
    ran(folder, "received", NAME, WHAT)
    ran(folder, "after", "储能", "--who", NAME, "--skill", "trust", "--how", NOTE)
    return folder


def holding(found: dict[str, bytes]) -> set[str]:
    return {
        name
        for name, body in found.items()
        for word in PLANTED
        if word in body.decode("utf-8", "replace").replace("\r\n ", "")
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_private_pages_alone_name_anybody(tmp_path, language):
    folder = planted(home(tmp_path, language))
    told = run_apart(folder, "week", "--now", "2026-11-27T19:00:00+08:00", "--log-file", "run.log", "-v")
    assert told.returncode == 0
    found = outputs(folder)
    assert holding(found) == {"out/digest.html", "out/digest.txt", "out/index.html"}
    left = {name: (folder / name).read_bytes() for name in ("run.log", "quanzi.db")}
    left |= {"stdout": told.stdout.encode(), "stderr": told.stderr.encode()}
    left |= {path.name: path.read_bytes() for path in folder.glob("quanzi.db-*")}
    assert holding(left) == set()
    for command in (
        ("plan", "--json"),
        ("refresh",),
        ("week", "--json"),
        ("events", "--json"),
        ("doctor",),
        ("communities",),
    ):
        told = run(folder, *command, "--now", "2026-11-27T19:30:00+08:00")
        assert holding({"stdout": told.stdout.encode(), "stderr": told.stderr.encode()}) == set(), command


def test_an_error_names_nobody(tmp_path):
    folder = planted(home(tmp_path))
    path = folder / "people.yaml"
    ran(folder, "met", f"{NAME} Zoë", "--new")
    for change in (
        (f"name: {NAME}", f"nome: {NAME}"),
        ("role: expert", f"role: {NOTE}"),
        ("met:", f"met: {NOTE}"),
        ("    role", "   role"),
    ):
        before = path.read_text("utf-8")
        path.write_text(before.replace(*change), "utf-8")
        assert path.read_text("utf-8") != before
        for command in (("people", "Nobody"), ("week", "--quiet"), ("asked", "Zoë", "x"), ("doctor",)):
            told = run(folder, *command, "--now", AFTER)
            assert holding({"stderr": told.stderr.encode()}) == set(), (change, command)
        path.write_text(before, "utf-8")


@pytest.mark.parametrize("in_mail", [False, True])
def test_mail_and_uploads_name_people_only_where_the_user_wants_it(tmp_path, monkeypatch, in_mail):
    import planner.deliver.chat
    import planner.deliver.mail
    import planner.deliver.upload

    left: dict[str, bytes] = {}

    def letter(mail, message, store, now, words):
        left.update({"text": message.text, "html": message.html, "calendar": message.calendar})
        return Outcome(state="sent")

    def upload(put, files, store, now):
        left.update({f"put/{name}": body for name, body in files.items()})
        return Outcome(state="sent")

    def chat(notify, message, store, now, words):
        said.append(repr(message).encode())
        return Outcome(state="sent")

    said: list[bytes] = []
    monkeypatch.setattr(planner.deliver.chat, "notify", chat)
    monkeypatch.setattr(planner.deliver.mail, "deliver", letter)
    monkeypatch.setattr(planner.deliver.upload, "upload", upload)
    more = (
        "mail: {to: you@mail.example, from: you@mail.example, host: smtp.mail.example, password_env: SECRET}\n"
        "notify: {channels_file: chats.secret}\n"
        f"output: {{put: {{to: 'https://dav.example/me/', what: all, user: me, password_env: SECRET}}}}\n"
        f"people: {{in_mail: {str(in_mail).lower()}}}\n"
    )
    folder = planted(home(tmp_path, more=more))
    left.clear()
    ran(folder, "week", "--quiet", now="2026-11-27T19:00:00+08:00")
    named = {"text", "html", "put/digest.html", "put/digest.txt", "put/index.html"}
    assert holding(left) == (named if in_mail else set())
    assert named <= left.keys()
    assert holding({"chat": said[-1]}) == set(), "others read a team's chat"
    assert holding(outputs(folder)) == {"out/digest.html", "out/digest.txt", "out/index.html"}


def test_whoever_is_forgotten_is_gone_from_everywhere(tmp_path):
    folder = planted(home(tmp_path))
    ran(folder, "met", "Ana Bell", "at", "头马")
    ran(folder, "week", "--quiet", now="2026-11-27T19:00:00+08:00")
    for name in ("all.vcf", "all.csv"):
        ran(folder, "people", "--export", name)
    ran(folder, "backup", "kept.tar.gz", now="2026-11-27T19:05:00+08:00")
    told = ran(folder, "forget", NAME, "--yes", now="2026-11-27T19:10:00+08:00")
    assert "the private pages were written anew" in told.casefold()
    left = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with tarfile.open(folder / "kept.tar.gz") as tar:
        for member in tar.getmembers():
            content = tar.extractfile(member)
            left[f"kept/{member.name}"] = content.read() if content else b""
    assert not [name for name, body in left.items() if NAME in body.decode("utf-8", "replace")]
    assert "Ana Bell" in (folder / "people.yaml").read_text("utf-8")
    assert "Ana Bell" in (folder / "all.vcf").read_text("utf-8")
    told = run(folder, "restore", "kept.tar.gz", "--to", str(tmp_path / "elsewhere"))
    assert told.returncode == 0, told.stderr
    assert "Ana Bell" in (tmp_path / "elsewhere/people.yaml").read_text("utf-8")


def test_what_a_restore_moved_aside_forgets_too(tmp_path):
    folder = home(tmp_path)
    ran(folder, "met", f"{NAME} Zoë")
    ran(folder, "met", "Ana Bell")
    ran(folder, "backup", "kept.tar.gz")
    told = run(folder, "restore", "kept.tar.gz", "--to", str(folder), "--force", "--now", AFTER)
    assert told.returncode == 0, told.stderr
    aside = [path for path in folder.rglob("people.yaml") if path.parent != folder]
    assert len(aside) == 1
    ran(folder, "forget", NAME, "--yes")
    assert NAME not in aside[0].read_text("utf-8")
    assert "Ana Bell" in aside[0].read_text("utf-8")

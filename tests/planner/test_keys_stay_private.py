"""No key of a configured address reaches the public files, a message, or the digest of a failing source."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import NOW, outputs, run, run_apart
from tests.support.servers import Web

KEY = "k3ttle-Plum_42-orchard-99"
PAGE = f"""<html><head><title>Pond club</title></head><body><script type="application/ld+json">
[{{"@type": "Event", "name": "Board games at the pond", "startDate": "2026-11-26T19:30+08:00", "url": "e/1",
 "description": "See /{KEY}/map for the way."}}]
</script></body></html>"""


def home(folder: Path, web: Web, more: str = "") -> Path:
    web.pages = {f"/{KEY}/list": (200, {"Content-Type": "text/html"}, PAGE.encode())}
    (folder / "config.yaml").write_text(
        "language: en\nnetwork: {allow: [127.0.0.1], delay: 0}\ninterests: {practice: [board games]}\nsources:\n"
        f"  - {{id: pond, kind: page, title: Pond club, url: 'http://127.0.0.1:{web.port}/{KEY}/list'{more}}}\n",
        encoding="utf-8",
    )
    return folder


def public(folder: Path) -> str:
    files = {name: body for name, body in outputs(folder).items() if name.startswith("out/public")}
    return "\n".join(body.decode().replace("\r\n ", "") for body in files.values())


def test_a_relative_link_below_a_secret_address_is_left_out_and_the_source_named(tmp_path, web):
    assert run(home(tmp_path, web), "week", "--now", NOW).returncode == 0
    assert "Board games at the pond" in public(tmp_path)
    assert KEY not in public(tmp_path)
    assert public(tmp_path).count("Source: Pond club.") >= 3
    assert KEY in (tmp_path / "out/plan.ics").read_text("utf-8").replace("\n ", ""), "one's own calendar has the link"


def test_the_keys_of_a_source_that_was_taken_out_stay_hidden(tmp_path, web):
    run(home(tmp_path, web), "week", "--now", NOW)
    assert run(tmp_path, "sources", "remove", "pond", "--yes", "--now", NOW).returncode == 0
    assert run(tmp_path, "refresh", "--now", NOW).returncode == 0
    assert "Board games at the pond" in public(tmp_path)
    assert "not confirmed since" in public(tmp_path)
    assert KEY not in public(tmp_path)


def test_who_says_that_a_source_is_public_opens_its_links(tmp_path, web):
    assert run(home(tmp_path, web, ", public: true"), "week", "--now", NOW).returncode == 0
    assert f"/{KEY}/e/1" in public(tmp_path)


@pytest.mark.parametrize("command", ["gather", "week"])
def test_a_source_that_fails_is_named_without_its_key(tmp_path, web, command):
    folder = home(tmp_path, web)
    web.pages = {}
    told = run_apart(folder, command, "--now", NOW, "-v")  # which prints where it failed
    assert told.returncode == 1
    assert KEY not in told.stdout + told.stderr


@pytest.mark.parametrize(
    "address",
    ["https://frog:Pond77x@h.example/c.ics", "https://frog:Pond 77x@h.example:9999999/c.ics", "http//frog:Pond77x@h"],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_address_with_a_password_is_refused_and_not_quoted(tmp_path, address, language):
    text = f"language: {language}\nsources: [{{id: a, url: '{address}'}}]\nweek: {{busy: ['{address}']}}\n"
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    told = run(tmp_path, "gather", "--now", NOW)
    assert told.returncode == 2
    assert "sources[1].url" in told.stderr
    assert "77x" not in told.stderr


def test_a_name_of_a_variable_is_never_printed_it_may_be_the_secret_itself(tmp_path, web):
    folder = home(tmp_path, web)
    with (folder / "config.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "mail: {host: mail.example, to: [a@mail.example], from: a@mail.example, user: a, password_env: hunter2x}\n"
        )
    told = run(folder, "week", "--now", NOW)
    assert "password_env" in told.stderr
    assert "hunter2x" not in told.stdout + told.stderr

"""A network that is down, and faults that many sources share, are told in a line, not in one for each source."""

from __future__ import annotations

import json
import socket

import pytest

from planner.cli._progress import report_lines
from planner.i18n.catalog import Catalog
from spiders.items import SourceReport
from spiders.reasons import Code, Reason
from tests.support.cli import NOW, run

LATER = "2026-11-21T20:00:00+08:00"


def sources(*lines: str) -> str:
    return "\n".join(["language: en", "network: {allow: [127.0.0.1], delay: 0}", "sources:", *lines, ""])


def port_of_nobody() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def offline(home, web):
    """A folder whose three sources were read on 20 November and cannot be reached now."""
    web.pages = {f"/{name}.ics": (200, {}, (home / "club.ics").read_bytes()) for name in "abc"}

    def configured(port: int) -> None:
        lines = [f"  - {{id: {name}, kind: ical, url: 'http://127.0.0.1:{port}/{name}.ics'}}" for name in "abc"]
        (home / "config.yaml").write_text(sources(*lines))

    configured(web.port)
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0
    configured(port_of_nobody())
    return home


def test_offline_is_one_line_at_the_terminal_and_in_the_digest(offline):
    result = run(offline, "week", "--now", LATER)
    assert result.returncode == 0
    assert result.stderr.splitlines() == [
        "you seem to be offline: 3 sources could not be reached; still using what was read on 20 Nov 2026"
    ]
    digest = (offline / "out" / "digest.txt").read_text("utf-8")
    told = "you seem to have been offline: 3 sources could not be reached; still using what was read on Fri 20 Nov"
    assert told in " ".join(digest.split())
    assert "connection refused" not in digest
    assert "sources failed: 3" in digest
    assert "silent" not in digest.split("At a glance")[0]
    listed = [
        json.loads(line) for line in run(offline, "sources", "list", "--now", LATER, "--json").stdout.splitlines()
    ]
    assert {row["reason"] for row in listed} == {"no network (connection refused)"}
    assert {row["failures"] for row in listed} == {0}
    assert run(offline, "publish", "--now", LATER, "--week", "next").returncode == 0
    assert told in " ".join((offline / "out" / "digest.txt").read_text("utf-8").split())


def test_offline_from_the_first_run_on_is_one_line_and_the_error(home):
    port = port_of_nobody()
    lines = [f"  - {{id: {name}, kind: ical, url: 'http://127.0.0.1:{port}/{name}.ics'}}" for name in "abcd"]
    (home / "config.yaml").write_text(sources(*lines))
    for more in ((), ("--quiet",)):
        result = run(home, "week", "--now", NOW, *more)
        assert result.returncode == 1
        offline, error = result.stderr.splitlines()
        assert offline == "you seem to be offline: 4 sources could not be reached"
        assert error.startswith("no source has ever succeeded")


def test_one_source_that_cannot_be_reached_says_so_itself(home):
    (home / "config.yaml").write_text(
        sources(
            "  - {id: club, kind: ical, file: club.ics}",
            f"  - {{id: a, kind: ical, url: 'http://127.0.0.1:{port_of_nobody()}/'}}",
        )
    )
    told = run(home, "week", "--now", NOW).stderr.splitlines()
    assert told == ["a: failed: connection refused", "club: ok 2"]


def test_many_failures_of_one_kind_are_one_line():
    def failed(name: str, status: int) -> SourceReport:
        return SourceReport(source=name, outcome="failed", reason=Reason(Code.STATUS_ERROR, status=status))

    few = [failed("b", 500), failed("a", 500), SourceReport(source="c", outcome="ok", count=2)]
    assert [line.split(":")[0] for line in report_lines(few, Catalog("en"))] == ["a", "b", "c"]
    many = [*few, failed("d", 502), failed("e", 500)]
    assert report_lines(many, Catalog("en")) == [
        "c: ok 2",
        "4 sources failed: the server answers with an error (500), the server answers with an error (502): a, b, d, e",
    ]

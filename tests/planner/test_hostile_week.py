"""Hostile documents through the whole program: fetched, read, kept, planned, published. Whatever they hold, the run
ends well, the outputs are sound, nothing stands where it should not, and a good source among them has its evening."""

from __future__ import annotations

import html
import json
import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest

from planner.upkeep.calendar_form import events_and_faults
from tests.support.cli import CALENDAR, NOW, outputs, run
from tests.support.hostile import OWN
from tests.support.servers import serving

CANARY = "plum-kettle-canary-42"
ALIVE = {"script", "iframe", "object", "embed", "form", "base", "svg", "math", "link", "meta", "style"}
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _text(word: str) -> str:
    """As a calendar writes it, but for what would be no hostile text any more: controls stay."""
    return word.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def calendar_of(word: str) -> bytes:
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//EN", f"X-WR-CALNAME:{_text(word)}", "BEGIN:VEVENT",
        f"UID:{word[:60]}", "DTSTAMP:20261101T000000Z", "DTSTART:20261125T113000Z", "DTEND:20261125T133000Z",
        f"SUMMARY:{_text(word)}", f"LOCATION:{_text(word)}", f"DESCRIPTION:{_text(word)}", f"URL:{word}",
        f"ORGANIZER;CN=\"{word}\":mailto:x@mail.example", f"CATEGORIES:{_text(word)}", "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    return ("\r\n".join(lines) + "\r\n").encode("utf-8", "surrogatepass")


def feed_of(word: str) -> bytes:
    safe = html.escape(CONTROLS.sub("", word))
    return (
        f'<rss version="2.0"><channel><title>{safe}</title><item><title>{safe} 11月25日19:30</title><link>{safe}</link>'
        f"<guid>{safe}</guid><description>{safe} 时间：2026年11月25日 19:30，地点：{safe}</description></item>"
        "</channel></rss>"
    ).encode()


def page_of(word: str) -> bytes:
    event = {
        "@context": "https://schema.org", "@type": "Event", "name": word, "startDate": "2026-11-25T19:30:00+08:00",
        "description": word, "url": word, "location": {"@type": "Place", "name": word, "address": word},
        "organizer": {"name": word}, "offers": {"price": word, "priceCurrency": word, "url": word},
    }  # fmt: skip
    told = json.dumps(event).replace("</", "<\\/")
    body = (
        f'<html><head><script type="application/ld+json">{told}</script></head><body>{html.escape(word)}</body></html>'
    )
    return body.encode("utf-8", "surrogatepass")


def own_documents() -> dict[str, bytes]:
    return {
        f"own{number}.{name}": make(word)
        for number, word in enumerate(OWN)
        for name, make in (("ics", calendar_of), ("rss", feed_of), ("html", page_of))
    }


def entities(secret: Path) -> dict[str, bytes]:
    """Documents that name a file of this machine as part of their own text (XXE)."""
    doctype = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY % y SYSTEM "file://{secret}">%y;]>'
    item = "<item><title>&x; 11月25日19:30</title><description>&x;</description></item>"
    included = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{secret}" parse="text"/>'
    return {
        "xxe.rss": f"<?xml version='1.0'?>{doctype}<rss><channel><title>&x;</title>{item}</channel></rss>".encode(),
        "xxe.atom": f"{doctype}<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>&x;</title></entry></feed>".encode(),
        "xxe.html": f"{doctype}<html><body>&x; {included} 时间：2026年11月25日 19:30</body></html>".encode(),
        "xi.rss": f"<rss><channel><item><title>{included}</title></item></channel></rss>".encode(),
        "attach.ics": CALENDAR.replace("SUMMARY", f"ATTACH:file://{secret}\r\nSUMMARY").encode(),
    }


def public_documents(cases: Path, every: int) -> dict[str, bytes]:
    files = [path for path in sorted((cases / "corpus/hostile").rglob("*")) if path.is_file() and path.suffix != ".tsv"]
    return {f"case{number}{path.suffix}": path.read_bytes() for number, path in enumerate(files[::every])}


def check_outputs(folder: Path) -> None:
    written = outputs(folder)
    for name, content in written.items():
        if name.endswith(".ics"):
            assert events_and_faults(content)[1] == (), name
        if name.endswith((".html", ".txt", ".ics", ".xml")):
            assert not CONTROLS.search(content.decode()), name
            assert CANARY.encode() not in content, name
        if name.endswith(".html"):
            check_page(content, name)
    json.loads(written["out/report.json"])


def check_page(content: bytes, name: str) -> None:
    """What only we write stands in the head and once in the body; nothing from outside is alive."""
    tree = html5lib.parse(content, treebuilder="etree", namespaceHTMLElements=False, transport_encoding="utf-8")
    for element in tree.find("body").iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in ALIVE - {"svg", "form"}, f"{name}: <{element.tag}>"
        for attribute, value in element.attrib.items():
            assert not attribute.startswith("on"), f"{name}: {attribute}={value!r}"
            if attribute in {"href", "src", "action"}:
                scheme = urlsplit(value).scheme
                assert scheme in {"", "http", "https", "webcal"}, f"{name}: {value!r}"


def week_over(folder: Path, documents: Mapping[str, bytes]) -> None:
    """A week that plans over all of these, each a source of its own on a server."""
    (folder / "club.ics").write_text(CALENDAR, encoding="utf-8")
    before = {path.name for path in folder.parent.iterdir()}
    with serving() as web:
        web.pages = {f"/{name}": (200, {}, body) for name, body in documents.items()}
        entries = "".join(
            f"  - {{id: h{number}, url: 'http://127.0.0.1:{web.port}/{name}'}}\n"
            for number, name in enumerate(documents)
        )
        (folder / "config.yaml").write_text(
            "city: 上海\nlanguage: en\ninterests: {industry: [储能], practice: [头马]}\n"
            "network: {allow: [127.0.0.1], delay: 0}\nsources:\n  - {id: club, kind: ical, file: club.ics}\n" + entries,
            encoding="utf-8",
        )
        done = run(folder, "week", "--now", NOW, "--json")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    said = json.loads(done.stdout)
    sources = {each["source"]: each for each in said["sources"]}
    assert sources["club"]["outcome"] == "ok"
    assert len(sources) >= len(documents)
    assert b"SUMMARY:\xe6\xa0\xb7\xe6\x9d\xbf\xe5\xa4\xb4\xe9\xa9\xac" in (folder / "out/public/all.ics").read_bytes()
    check_outputs(folder)
    assert {path.name for path in folder.parent.iterdir()} == before, "nothing is written elsewhere"
    with sqlite3.connect(folder / "quanzi.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for (body,) in database.execute("SELECT body FROM records"):
            assert CANARY not in body
            assert not CONTROLS.search(" ".join(_strings(json.loads(body))))


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    return home


@pytest.mark.parametrize("share", [5, pytest.param(1, marks=pytest.mark.long)])
def test_words_of_our_own_in_every_field_of_every_format(folder, share):
    week_over(folder, dict(list(own_documents().items())[::share]))


def test_no_document_reads_a_file_of_this_machine(folder, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(f"{CANARY}\n", encoding="utf-8")
    week_over(folder, entities(secret))
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert CANARY.encode() not in everything


@pytest.mark.parametrize("every", [60, pytest.param(1, marks=pytest.mark.long)])
def test_documents_that_broke_other_programs(folder, cases, every):
    week_over(folder, public_documents(cases, every))

"""Hostile words in every field of every output: nothing becomes markup, a property, a header or a command.

A week of harmless words shows which elements, properties and headers an output has; a week of hostile words, read by
independent parsers, may have no others. The project carries payloads of its own; the large public sets are read
through QUANZI_CASES.
"""

from __future__ import annotations

import email
import email.policy
import functools
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import html5lib
import pytest
from icalendar import Calendar, Component

from planner.cli._table import print_plan
from planner.config import parse
from planner.i18n.catalog import Catalog
from planner.privacy import redact
from planner.text import one_line
from planner.types import Rated
from tests.support.calendars import events as lines_of_events
from tests.support.hostile import OWN, Produced, produce

EN = Catalog("en")
PAGES = ("digest.html", "index.html", "public/index.html")
CALENDARS = ("plan.ics", "public/all.ics", "public/practice.ics")
AT_ONCE = 60  # events of one week
SHARES = [17, pytest.param(1, marks=pytest.mark.long)]  # each 17th payload in the quick tests
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.fixture(scope="module")
def harmless() -> Produced:
    words = ("Games", "https://ok.example/a", "Игры", "桌游夜", "ゲーム", "משחקים", "العاب", "게임", "a" * 200)
    return produce([words[number % 9] for number in range(18)])


@functools.lru_cache(maxsize=8)
def parsed(page: bytes) -> tuple[list[tuple[str, dict[str, str]]], str]:
    """-> (elements with their attributes, all text) as a browser would find them."""
    tree = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False, transport_encoding="utf-8")
    found = [
        (element.tag, {str(name): value for name, value in element.attrib.items()})
        for element in tree.iter()
        if isinstance(element.tag, str)
    ]
    return found, "".join(tree.itertext())


def check_page(page: bytes, model: bytes, name: str) -> None:
    """No element, attribute or style that the harmless page has not; links lead to the web or to our own files."""
    harmless = parsed(model)[0]
    known = {(tag, attribute) for tag, attributes in harmless for attribute in ["", *attributes]}
    own = {attributes["href"] for _, attributes in harmless if "href" in attributes}
    once = Counter(tag for tag, _ in harmless if tag in {"style", "meta", "link", "title", "base"})
    seen: Counter[str] = Counter()
    styles = {attributes.get("style") for _, attributes in harmless}
    for tag, attributes in parsed(page)[0]:
        seen[tag] += 1
        for attribute, value in attributes.items():
            assert (tag, attribute) in known, f"{name}: <{tag} {attribute}={value!r}>"
            if attribute in {"href", "src", "action"} and value not in own:
                assert re.fullmatch(r"https?://[^\s<>\"']+|#[\w-]+", value), f"{name}: {value!r}"
                assert not value.startswith("http") or urlsplit(value).hostname, f"{name}: {value!r}"
            if attribute == "style":
                assert value in styles, f"{name}: {value!r}"
        assert (tag, "") in known, f"{name}: <{tag}>"
    assert all(seen[tag] == count for tag, count in once.items()), f"{name}: {seen}"
    assert not CONTROLS.search(page.decode()), name


@functools.lru_cache(maxsize=8)
def components(content: bytes) -> list[Component]:
    return list(Calendar.from_ical(content).walk())


def check_calendar(content: bytes, model: bytes, events: Sequence[Rated], name: str) -> None:
    """As many events as were written, with their titles, and no property that the harmless calendar has not."""
    known = {property_ for each in components(model) if each.name == "VEVENT" for property_ in each}
    found = {str(each.get("UID")): each for each in components(content) if each.name == "VEVENT"}
    assert len(found) == len(events), name
    assert {each.name for each in components(content)} == {
        "VCALENDAR", "VTIMEZONE", "STANDARD", "VEVENT",
    }  # fmt: skip
    for each in events:
        event = found[each.event.uid]
        assert set(event) <= known, f"{name}: {set(event) - known}"
        title = redact(each.event.title) if name.startswith("public/") else each.event.title
        assert str(event["SUMMARY"]) == one_line(title)
    # The second reader knows nothing of iCalendar but lines: what it finds is what a careless client finds.
    second = lines_of_events(content)
    assert len(second) == len(events)
    assert {property_.partition(";")[0] for each in second for property_ in each} <= known
    for line in content.split(b"\r\n"):
        assert len(line) <= 75, name
        assert b"\n" not in line, name
        assert b"\r" not in line, name
    assert not CONTROLS.search(content.decode()), name


def check_letter(letter: bytes, model: bytes) -> None:
    """The same headers as the harmless letter, each on lines of its own, and the same parts."""
    message, harmless = (email.message_from_bytes(each, policy=email.policy.default) for each in (letter, model))
    assert message.keys() == harmless.keys()
    assert [part.get_content_type() for part in message.walk() if part.get_content_type() != "text/html"] == [
        part.get_content_type() for part in harmless.walk() if part.get_content_type() != "text/html"
    ]
    for name in ("To", "From", "Message-ID", "List-Id", "List-Unsubscribe"):
        assert message[name] == harmless[name]
    assert not CONTROLS.search(str(message["Subject"]))
    assert b"\x00" not in letter


@functools.lru_cache(maxsize=1)
def produced_of(texts: tuple[str, ...]) -> Produced:
    return produce(texts)


def check(texts: Sequence[str], harmless: Produced, capsys: pytest.CaptureFixture[str]) -> None:
    produced = produced_of(tuple(texts))
    for name in PAGES:
        check_page(produced.files[name], harmless.files[name], name)
    for name in CALENDARS:
        check_calendar(produced.files[name], harmless.files[name], produced.events, name)
    assert not CONTROLS.search(produced.files["digest.txt"].decode())
    assert len(json.loads(produced.files["report.json"])["picks"]) == len(produced.events)
    tree = ElementTree.fromstring(produced.files["public/atom.xml"])
    assert len(tree.findall("{*}entry")) == len(produced.events)
    assert {element.tag for element in tree.iter()} <= {
        element.tag for element in ElementTree.fromstring(harmless.files["public/atom.xml"]).iter()
    }
    feed = feedparser.parse(produced.files["public/atom.xml"], sanitize_html=False)
    assert not feed.bozo
    assert all(re.match(r"https?://|[\w.]+$", link.get("href", "")) for link in tree.iter("{*}link"))
    check_letter(produced.letter, harmless.letter)
    capsys.readouterr()
    print_plan(produced.planned, parse(b"language: en", "config.yaml", EN), EN)
    printed = capsys.readouterr().out
    assert not CONTROLS.search(printed)
    shown = parsed(produced.files["digest.html"])[1]
    for text in texts:
        word = one_line(text or "?", 120)
        assert word in shown or not word, f"{text!r} is not shown literally"
        assert word in produced.files["digest.txt"].decode()


def check_all(texts: Sequence[str], harmless: Produced, capsys: pytest.CaptureFixture[str]) -> None:
    for start in range(0, len(texts), AT_ONCE):
        check(texts[start : start + AT_ONCE], harmless, capsys)


def test_payloads_of_our_own_stay_words(harmless, capsys):
    check(OWN, harmless, capsys)


def test_the_check_itself_finds_what_is_alive(harmless):
    page = harmless.files["digest.html"]
    for alive in (
        b"<script>x</script>",
        b"<p onclick=x>",
        b'<a href="javascript:x">',
        b'<p style="background:url(//x)">',
        b"<style>x</style>",
        b"<base href='//x'>",
        b'<a href="file:///x">',
    ):
        with pytest.raises(AssertionError):
            check_page(page.replace(b"</h1>", b"</h1>" + alive, 1), page, "digest.html")
    calendar, events = harmless.files["plan.ics"], harmless.events
    for alive in (b"ATTENDEE:mailto:a@mail.example\r\n", b"END:VEVENT\r\nBEGIN:VEVENT\r\n"):
        with pytest.raises(AssertionError):
            check_calendar(calendar.replace(b"STATUS:", alive + b"STATUS:", 1), calendar, events, "plan.ics")
    with pytest.raises(AssertionError):
        check_letter(b"Bcc: victim@mail.example\r\n" + harmless.letter, harmless.letter)


def test_nothing_is_injected_either_when_asserts_are_switched_off():
    """Parts of the calendar library's guard are asserts, which ``python -O`` leaves out."""
    program = "\n".join(
        (
            "import sys",
            "from tests.support.hostile import OWN, produce",
            "sys.stdout.buffer.write(produce(OWN).files['plan.ics'])",
        )
    )
    run = subprocess.run(
        [sys.executable, "-O", "-c", program],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert run.stdout == produced_of(OWN).files["plan.ics"]


def blns(cases: Path) -> list[str]:
    return [str(text) for text in json.loads((cases / "corpus/hostile/blns/blns.json").read_text("utf-8"))]


@pytest.mark.parametrize("every", SHARES)
def test_naughty_strings_stay_words(cases, harmless, capsys, every):
    texts = blns(cases)
    assert len(texts) > 500
    check_all(texts[::every], harmless, capsys)


@pytest.mark.parametrize("every", SHARES)
def test_payloads_against_feed_readers_stay_words(cases, harmless, capsys, every):
    """What a reader finds in those feeds, and the feeds themselves as words."""
    paths = sorted((cases / "corpus/hostile/feedparser-sanitize").glob("*.xml"))
    assert len(paths) > 700
    texts = set()
    for path in paths[::every]:
        content = path.read_bytes()
        texts.add(content.decode("utf-8", "replace"))
        for entry in feedparser.parse(content, sanitize_html=False).entries:
            texts |= {entry.get("title", ""), entry.get("summary", ""), entry.get("link", "")}
            texts |= {part.get("value", "") for part in entry.get("content", ())}
    texts.discard("")
    assert len(texts) > 1_000 / every
    check_all(sorted(texts), harmless, capsys)

"""What the public page subscribe_links: a file that always works, and buttons where the page's own address is known."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree

import pytest

from planner.config import parse
from planner.errors import ConfigError
from planner.i18n.catalog import Catalog
from planner.render.files import OutputFiles
from planner.render.subscribe import addresses, subscribe_links
from tests.support.events import NOW
from tests.support.weeks import small_week

CALENDARS = ("all.ics", "industry.ics", "practice.ics")


def public_files(language: str, address: str | None) -> dict[str, str]:
    config, planned, reports = small_week(language)
    config = config.model_copy(update={"output": config.output.model_copy(update={"address": address})})
    files = OutputFiles(config=config, words=Catalog(language), now=NOW).files(planned, reports)
    return {name: content.decode() for name, content in files.items()}


def links(page: str) -> list[str]:
    return re.findall(r'<a [^>]*href="([^"]+)"', page.partition("</section>")[0])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_with_an_address_each_calendar_has_three_buttons(language):
    page = public_files(language, "https://events.example/quanzi/")["public/index.html"]
    for name in CALENDARS:
        direct = f"https://events.example/quanzi/{name}"
        webcal = f"webcal://events.example/quanzi/{name}"
        google = "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fevents.example%2Fquanzi%2F" + name
        assert {direct, webcal, google} <= set(links(page))
    words = Catalog(language)
    assert words("page.subscribe_note") in html.unescape(page)
    assert "https://events.example/quanzi/all.ics</code>" in page
    assert ("安卓" in page and "一天" in page) or ("Android" in page and "a day" in page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_an_address_the_files_and_one_sentence_say_how(language):
    page = public_files(language, None)["public/index.html"]
    assert links(page) == [*CALENDARS, "atom.xml"]
    assert Catalog(language)("page.subscribe_copy") in html.unescape(page)
    assert "webcal:" not in page


def test_google_is_not_offered_where_it_cannot_come():
    page = public_files("en", "http://192.168.1.5:8765/")["public/index.html"]
    assert "webcal://192.168.1.5:8765/all.ics" in links(page)
    assert "calendar.google.com" not in page


def test_the_feed_names_itself_where_it_knows_its_address():
    atom = "{http://www.w3.org/2005/Atom}"

    def relations(text: str) -> dict[str, str]:
        found = ElementTree.fromstring(text).findall(f"{atom}link")
        return {link.attrib["rel"]: link.attrib["href"] for link in found}

    known = public_files("en", "https://events.example/quanzi/")["public/atom.xml"]
    assert relations(known)["self"] == "https://events.example/quanzi/atom.xml"
    assert relations(public_files("en", None)["public/atom.xml"]) == {}


def test_only_the_public_part_knows_the_address():
    files = public_files("en", "https://events.example/quanzi/")
    assert [name for name, text in files.items() if "events.example" in text] == [
        "public/index.html", "public/atom.xml",
    ]  # fmt: skip


@pytest.mark.parametrize("given", ["https://events.example/quanzi", "https://events.example/quanzi/"])
def test_the_address_may_end_with_a_slash_or_not(given):
    config = parse(f"output: {{address: '{given}'}}".encode(), "config.yaml", Catalog("en"))
    assert config.output.address == "https://events.example/quanzi/"


@pytest.mark.parametrize(
    "given",
    ["events.example", "ftp://events.example/", "webcal://events.example/", "https:///x", "https://e.example/?a=b",
     "https://me:secret@e.example/", "https://[e", 'https://e.example/"onclick=x', "https://e.example/#x"],
)  # fmt: skip
def test_what_is_no_address_is_named_with_its_line(given):
    with pytest.raises(ConfigError, match=r"config.yaml:2: output.address: (?:not a web|an) address") as caught:
        parse(f"language: en\noutput: {{address: '{given}'}}".encode(), "config.yaml", Catalog("en"))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("https://a.example/q/", ("https://a.example/q/all.ics", "webcal://a.example/q/all.ics",
                                  "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fa.example%2Fq%2Fall.ics")),
        ("https://a.example/q", None),
        ("http://127.0.0.1:8000", ("http://127.0.0.1:8000/all.ics", "webcal://127.0.0.1:8000/all.ics")),
    ],
)  # fmt: skip
def test_the_addresses_of_a_calendar(base, expected):
    assert addresses(base, "all.ics") == (expected or addresses(base + "/", "all.ics"))


def test_where_nobody_knows_the_address_the_file_is_all():
    (one,) = subscribe_links([("All", "all.ics")], None)
    assert (one.title, one.file, one.direct, one.webcal, one.google) == ("All", "all.ics", None, None, None)
    (one,) = subscribe_links([("All", "all.ics")], "http://127.0.0.1/")
    assert (one.direct, one.google) == ("http://127.0.0.1/all.ics", None)

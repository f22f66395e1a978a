"""The pages on sources about modules: the worked example works, and the table names those that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from spiders import sites
from spiders.reasons import Code, Reason
from tests.support import site_cases
from tests.support.cli import ROOT
from tests.support.site_driver import fetched

each = pytest.mark.parametrize("page", ["sources.md", "sources.zh-CN.md"])
FILE = re.compile(r"`((?:spiders|tests)/[\w./]+)`[:：]\n\n```\w+\n(.*?)```", re.DOTALL)
ROW = re.compile(r"^\| `(\w+)` \| `([^`]+)` \| (.+) \|$", re.MULTILINE)


@pytest.fixture
def example(page, tmp_path, monkeypatch):
    """The files of a page's example where they belong, in a clone that has nothing else; -> its case."""
    files = dict(FILE.findall((ROOT / "docs" / page).read_text("utf-8")))
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.setattr(sites, "__path__", [*sites.__path__, str(tmp_path / "spiders/sites")])
    sites.site.cache_clear()
    monkeypatch.setattr(site_cases, "FOLDER", tmp_path / "tests/cases/sites")
    site_cases.all_cases.cache_clear()
    (case,) = site_cases.all_cases()
    yield case
    sites.site.cache_clear()
    site_cases.all_cases.cache_clear()


@each
def test_the_example_reads_what_its_case_expects(example, page):
    (reading,) = fetched(example, example.files).readings
    told = [site_cases.told(event) for event in reading.events]
    assert len(told) == example.expect["count"]
    for wanted in example.expect["events"]:
        assert any(wanted.items() <= event.items() for event in told), wanted
    assert sites.named_for(example.start) == "kite_hall"


@each
def test_its_bad_answers_fare_as_the_page_says(example, page):
    (changed,) = fetched(example, example.laid_out_anew(0)).readings
    assert (changed.refused, changed.events) == (True, ())
    assert changed.reason == Reason(Code.LAYOUT_CHANGED, missing=".day")
    (empty,) = fetched(example, {**example.files, **example.empty}).readings
    assert (empty.refused, empty.events) == (False, ())
    (half,) = fetched(example, example.halved()).readings
    assert len(half.events) == example.half["count"]
    assert list(half.listed) == example.half["listed"]


@each
def test_its_entry_names_the_module(page):
    text = (ROOT / "docs" / page).read_text("utf-8")
    block = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[-1]
    (entry,) = YAML(typ="safe").load(block)["sources"]
    assert (entry["kind"], entry["site"]) == ("site", "kite_hall")


@each
def test_the_table_names_every_module_and_what_is_unconfirmed(page):
    word = "*unconfirmed*" if page == "sources.md" else "*未证实*"
    rows = {name: (address, words) for name, address, words in ROW.findall((ROOT / "docs" / page).read_text("utf-8"))}
    known = {name: row for name, row in rows.items() if sites.site(name) is not None}
    assert list(known) == sites.names()
    for name, (address, words) in known.items():
        site = sites.site(name)
        assert (word in words) == site.proof.is_unconfirmed, name
        assert site.answers_to(address), name


def test_both_pages_show_the_same_example():
    english, chinese = (dict(FILE.findall((ROOT / "docs" / page).read_text("utf-8"))) for page in
                        ("sources.md", "sources.zh-CN.md"))  # fmt: skip
    assert english == chinese
    assert {Path(name).name for name in english} == {"kite_hall.py", "programme.html", "case.toml"}

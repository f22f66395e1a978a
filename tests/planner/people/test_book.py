"""What stands in people.yaml is read as it is meant; what is wrong costs itself alone and is told with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.errors import ConfigError
from planner.i18n.catalog import Catalog
from planner.people.book import Book, book_of, open_book
from planner.people.person import Favour, Meeting, Promise

EN = Catalog("en")


def book(text: str | bytes) -> Book:
    return book_of(Path("people.yaml"), text if isinstance(text, bytes) else text.encode(), EN)


WHOLE = """\
# mine
people:

  # first of all
  - name: 林小溪
    role: client
    content: true
    language: zh
    cares: [茶, hikes]
    notes: a note alone
    contact: 2026-11-22
    met:
      - {day: 2026-11-19, at: "Salon: storage", circle: Sample circle}
      - day: 2026-11-03
    favours:
      - {day: 2026-11-20, way: asked, kind: introduction, what: a buyer, state: open}
    promises:
      - what: the sample
        by: 2026-11-30
  - name: Ana Bell   # the one from the choir
practised:
  - {day: 2026-11-19, skill: speaking, how: fine}
"""


def test_everything_that_is_known_of_somebody_is_read():
    found = book(WHOLE)
    assert found.problems() == []
    lin, ana = found.people.people
    assert (lin.name, lin.role, lin.content, lin.language, lin.cares) == (
        "林小溪",
        "client",
        True,
        "zh",
        ("茶", "hikes"),
    )
    assert lin.notes == ("a note alone",)
    assert [each.on for each in lin.met] == [date(2026, 11, 19), date(2026, 11, 3)], "in the order of the file"
    assert lin.met[0] == Meeting(on=date(2026, 11, 19), at="Salon: storage", circle="Sample circle")
    favour = Favour(on=date(2026, 11, 20), way="asked", kind="introduction", what="a buyer", state="open")
    assert lin.favours == (favour,)
    assert lin.promises == (Promise(what="the sample", by=date(2026, 11, 30)),)
    assert (lin.last_met, lin.last_contact, lin.days_met) == (date(2026, 11, 19), date(2026, 11, 22), 2)
    assert ana.name == "Ana Bell"
    assert found.people.practised[0].how == "fine"


@pytest.mark.parametrize(
    "text",
    [
        "{people: [{name: Ana}, {name: Bo, role: peer}]}\n",
        'people: [{name: Ana}, {"name": Bo, role: peer}]\n',
        '"people":\n- name: Ana\n- {name: Bo, role: peer}\n',
        "---\npeople:\n- name: Ana\n- name: Bo\n  role: peer\n",
        "people:\r\n  - name: Ana\r\n  - name: Bo\r\n    role: peer\r\n",
        "\ufeffpeople:\n  - name: Ana\n  - name: >-\n      Bo\n    role: peer\n",
        "practised: []\npeople: # all of them\n  - name: Ana\n\n\n  - role: peer\n    name: Bo\n",
    ],
)
def test_the_same_people_however_they_are_written(text):
    found = book(text)
    assert found.problems() == []
    assert [(each.name, each.role) for each in found.people.people] == [("Ana", None), ("Bo", "peer")]


@pytest.mark.parametrize(
    ("name", "text"), [("nothing", ""), ("comments", "# nobody yet\n\n"), ("keys", "people:\npractised: []\n")]
)
def test_a_file_without_anybody_is_fine(name, text):
    assert book(text).problems() == []
    assert book(text).people.people == ()


LENT = "      - day: 2026-11-01\n        way: lent\n        what: Zebra\n"
WRONG = [
    ("  - name: Zebra\n    rol: client\n", 3, "people.1.rol", "not a known key"),
    ("  - name: Zebra\n    role: boss\n", 3, "people.1.role", "must be one of client"),
    ("  - name: Zebra\n    met:\n      - {at: Zebra hall}\n", 4, "people.1.met.1.day", "missing"),
    ("  - name: Zebra\n    met:\n      - day: yesterday\n", 4, "people.1.met.1.day", "such as 2026-11-19"),
    ("  - name: Zebra\n    met:\n      - day: 2026-02-30\n", 4, "people.1.met.1.day", "such as 2026-11-19"),
    ("  - name: Zebra\n    met: yesterday\n", 3, "people.1.met", "list of entries"),
    (f"  - name: Zebra\n    favours:\n{LENT}", 5, "people.1.favours.1.way", "must be one of asked"),
    ("  - name: Zebra\n    content: maybe\n", 3, "people.1.content", "true, false"),
    ("  - name: Zebra\n    cares: {a: b}\n", 3, "people.1.cares", "list of texts"),
    ("  - name: [Zebra]\n", 2, "people.1.name", "text of one piece"),
    ("  - role: client\n", 2, "people.1.name", "missing"),
    ("  - Zebra\n", 2, "people.1", "list of entries"),
    ("  - name: Zebra\n    note: \"unended\n", 3, "people.1", "not YAML"),
    ("  - name: Zebra\n    name: Zebra\n", 3, "people.1", "not YAML"),
    ("  - name: Zebra\n   role: client\n", 3, "people.1", "not YAML"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "line", "key", "said"), WRONG)
def test_what_is_wrong_is_told_with_line_and_key_and_nothing_of_it_quoted(entry, line, key, said):
    found = book(f"people:\n{entry}  - name: Bo\n    role: peer\n")
    problems = found.problems()
    assert [(each.line, each.key) for each in problems[:1]] == [(line, key)], problems
    assert said in problems[0].message
    assert not any("zebra" in (each.message + each.key).casefold() for each in problems), "names stay where they are"
    assert "Bo" in [each.name for each in found.people.people], "one that is wrong costs itself alone"


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"people:\n- name: \xff\xfe\n", 2),
        (b"people: [", 1),
        (b"just words\n", 1),
        (b"- name: Ana\n", 1),
        (b"mine: []\n", 1),
    ],
)
def test_a_file_that_is_none_is_an_error_with_its_line(raw, line):
    with pytest.raises(ConfigError) as told:
        book(raw).problems()
    assert told.value.problems[0].line == line


def test_a_file_that_is_not_there_holds_nobody(tmp_path):
    assert open_book(tmp_path / "people.yaml", EN).people.people == ()


def test_one_in_thousands_is_found_without_reading_the_others(monkeypatch):
    from planner.people import book as module

    read: list[int] = []
    plain = module.read_plain
    monkeypatch.setattr(module, "read_plain", lambda text: read.append(1) or plain(text))
    found = book("people:\n" + "".join(f"  - name: Person {number}\n    role: peer\n" for number in range(5000)))
    assert [each.person.name for each in found.called("Person 4711")] == ["Person 4711"]
    assert len(read) == 1

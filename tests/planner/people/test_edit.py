"""A change touches its own lines and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.config.layout import LayoutError
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.people import edit
from planner.people.book import Book, book_of
from planner.people.forgetting import without_person, without_person_in
from planner.people.keeping import keep, written_person
from planner.people.noting import Draft, note_favour, note_person
from planner.people.person import Favour, Meeting, Person, Practice, Promise
from tests.support.acquaintances import PEOPLE, TEXTS

EN = Catalog("en")
HAND = """\
# My people. Do not sort!

people:
  # --- the choir ---
  - name: Ana Bell   # alto
    # she lent me her score
    cares: [tea]
    notes: a, b and "c"


  # Bo came with Ana
  - role: peer
    name: Bo
    favours:
    - {day: 2026-11-01, way: received, what: "a, lift", state: open}   # heavy!
    # above the next

  - {name: Cleo, role: friend}
# end of the choir
practised: []
"""


def book(text: str) -> Book:
    return book_of(Path("people.yaml"), text.encode(), EN)


def changed(text: str, step: Callable[[Draft], object], newline: str = "\n") -> str:
    draft = Draft(book(text), newline)
    step(draft)
    return draft.text


def lines_lost(before: str, after: str) -> list[str]:
    left = after.splitlines()
    lost = []
    for line in before.splitlines():
        if line in left:
            left.remove(line)
        else:
            lost.append(line)
    return lost


def named(text: str, name: str) -> Person:
    return next(each for each in book(text).people.people if each.name == name)


def known(draft: Draft, name: str):
    return next(each for each in draft.book.known if each.person.name == name)


def test_a_new_person_stands_last_and_everything_else_as_it_was():
    after = changed(HAND, lambda draft: draft.new(Person(name="Dora: née Flint", role="expert")))
    assert lines_lost(HAND, after) == []
    assert [each.name for each in book(after).people.people] == ["Ana Bell", "Bo", "Cleo", "Dora: née Flint"]


def test_a_meeting_joins_whatever_form_the_entry_has():
    met = (Meeting(on=date(2026, 11, 19), at="Salon, with tea", circle="Sample circle"),)
    text = HAND
    for name in ("Ana Bell", "Bo", "Cleo"):
        text = changed(
            text, lambda draft, name=name: note_person(draft, Person(name=name, met=met), known(draft, name))
        )
        assert named(text, name).met == met, name
    assert lines_lost(HAND, text) == ["  - {name: Cleo, role: friend}"], "what is in braces is one line"
    assert book(text).problems() == []


def test_a_note_alone_becomes_the_first_of_two():
    after = changed(
        HAND, lambda draft: note_person(draft, Person(name="Ana Bell", notes=("new",)), known(draft, "Ana Bell"))
    )
    assert named(after, "Ana Bell").notes == ('a, b and "c"', "new")
    assert lines_lost(HAND, after) == ['    notes: a, b and "c"']


def test_a_favour_that_is_returned_closes_the_one_received_and_keeps_its_comment():
    favour = Favour(on=date(2026, 11, 5), way="returned", what="a lift")
    after = changed(HAND, lambda draft: note_favour(draft, "Bo", favour))
    assert [(each.way, each.state) for each in named(after, "Bo").favours] == [
        ("received", "done"),
        ("returned", "done"),
    ]
    assert "# heavy!" in after
    assert len(lines_lost(HAND, after)) == 1


def test_what_is_asked_for_is_answered_by_what_is_received():
    text = changed("", lambda draft: draft.new(Person(name="Bo")))
    ask = [
        Favour(on=date(2026, 11, day), way="asked", what=what, state="open")
        for day, what in ((1, "a buyer"), (2, "advice"))
    ]
    for each in ask:
        text = changed(text, lambda draft, each=each: note_favour(draft, "Bo", each))
    got = Favour(on=date(2026, 11, 3), way="received", what="advice on rates", state="open")
    text = changed(text, lambda draft: note_favour(draft, "Bo", got))
    assert [(each.what, each.state) for each in named(text, "Bo").favours] == [
        ("a buyer", "open"), ("advice", "done"), ("advice on rates", "open"),
    ]  # fmt: skip
    no = Favour(on=date(2026, 11, 4), way="asked", what="a buyer", state="declined")
    text = changed(text, lambda draft: note_favour(draft, "Bo", no))
    assert [each.state for each in named(text, "Bo").favours] == ["declined", "done", "open"], "no second one is made"


def test_a_promise_is_kept_by_giving():
    promise = (Promise(what="the sample", by=date(2026, 11, 30)),)
    text = changed("", lambda draft: draft.new(Person(name="Bo", promises=promise)))
    text = changed(
        text, lambda draft: note_favour(draft, "Bo", Favour(on=date(2026, 11, 9), way="given", what="The sample"))
    )
    assert named(text, "Bo").promises[0].is_kept


def test_whoever_is_forgotten_goes_with_the_comments_of_their_own():
    after = without_person(book(HAND), "Bo")
    assert "Bo" not in after
    assert "heavy" not in after
    assert "# --- the choir ---" in after
    assert "# end of the choir" in after
    assert [each.name for each in book(after).people.people] == ["Ana Bell", "Cleo"]
    for name in ("Ana Bell", "Cleo"):
        after = without_person(book(after), name)
    assert book(after).people.people == ()
    assert book(after).problems() == []
    assert named(changed(after, lambda draft: draft.new(Person(name="Eve"))), "Eve").name == "Eve"


NAMESAKES = """\
people:
  - name: 王伟
    met: [{day: 2026-10-01, at: 储能沙龙}]
  - name: 王伟
    role: peer
  - name: 王伟
    met: [{day: 2026-11-01, at: Sample speakers}]
"""


def test_a_namesake_stays(tmp_path):
    path = tmp_path / "people.yaml"
    path.write_text(NAMESAKES, "utf-8")
    after = keep(path, lambda found, _: without_person(found, "王伟 @ 储能"), EN)
    assert [len(each.met) for each in after.people.people] == [0, 1]
    with pytest.raises(UsageError):
        without_person(book(NAMESAKES), "王伟")
    first, without_meeting, _ = book(NAMESAKES).people.people
    assert book(without_person_in(NAMESAKES.encode(), first, EN).decode()).people.people[0].role == "peer"
    copy = b"people:\n  - name: \xe7\x8e\x8b\xe4\xbc\x9f\n  - name: Ana\n"
    assert without_person_in(copy, first, EN) == b"people:\n  - name: Ana\n", "the only one of that name"
    assert without_person_in(copy, replace(first, name="Bo"), EN) == copy
    two = NAMESAKES.replace("    role: peer\n", "").encode()
    with pytest.raises(LayoutError):
        without_person_in(two, replace(without_meeting, met=(Meeting(on=date(2026, 5, 5)),)), EN)


def test_line_ends_stay():
    text = HAND.replace("\n", "\r\n")
    after = changed(text, lambda draft: draft.new(Person(name="Dora", met=(Meeting(on=date(2026, 1, 2)),))), "\r\n")
    assert "\n" not in after.replace("\r\n", "")
    assert named(after, "Dora").days_met == 1


def test_a_file_in_another_form_is_left_alone(tmp_path):
    path = tmp_path / "people.yaml"
    path.write_text("people: [{name: Ana}]\n", "utf-8")
    with pytest.raises(UsageError, match="nothing was changed"):
        keep(path, lambda found, newline: edit.with_entries(found.text, "people", [{"name": "Bo"}], newline), EN)
    assert path.read_text("utf-8") == "people: [{name: Ana}]\n"


def test_what_would_lose_several_people_is_not_written(tmp_path):
    path = tmp_path / "people.yaml"
    path.write_text(HAND, "utf-8")
    with pytest.raises(UsageError):
        keep(path, lambda found, _: "people:\n  - name: Ana Bell\n", EN)
    assert path.read_text("utf-8") == HAND


@given(st.lists(PEOPLE, max_size=4), TEXTS)
def test_what_is_written_is_read_back(people, how):
    draft = Draft(book(""), "\n")
    if people:
        draft.new(*people[:2])
    for each in people[2:]:
        draft.new(each)
    draft.practised(Practice(on=date(2026, 11, 1), skill="trust", how=how))
    found = book(draft.text)
    assert found.problems() == []
    assert found.people.people == tuple(people)
    assert found.people.practised[0].how == how
    assert all(written_person(each)["name"] == each.name for each in people)

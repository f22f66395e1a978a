"""What keywords do to plans."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.plan.codes import Note
from planner.plan.keyword_effect import MAX_SILENT, PATIENCE, effect, silent_notes
from planner.types import Keyword
from spiders.reasons import Reason
from tests.support.events import NOW, make_event
from tests.support.planning import at, plan, rated

LONG_AGO = NOW - PATIENCE


def keyword(word: str, **known: object) -> Keyword:
    return Keyword(**{"list": "practice", "word": word, "weight": 1.0, "since": LONG_AGO, **known})  # type: ignore[arg-type]


def test_an_edit_tells_what_came_and_what_went():
    salon = rated(make_event("Salon", uid="a", start=at(1, 19), end=at(1, 21)))
    games = rated(make_event("Games", uid="b", start=at(2, 19), end=at(2, 21)))
    done = effect(("+games",), plan([salon]), plan([games]))
    assert (done.words, done.came, done.went) == (("+games",), ("Games",), ("Salon",))
    same = effect((), plan([salon, games]), plan([games, salon]))
    assert (same.came, same.went) == ((), ())


@pytest.mark.parametrize(
    ("known", "is_told"),
    [
        ({}, True),
        ({"since": LONG_AGO + timedelta(seconds=1)}, False),
        ({"caught": LONG_AGO}, True),
        ({"caught": NOW - timedelta(days=1)}, False),
        ({"since": NOW, "caught": LONG_AGO}, False),  # taken out and put back
        ({"list": "avoid"}, False),
    ],
)
def test_patience_with_a_word(known, is_told):
    assert len(silent_notes([keyword("zzyzx", **known)], [], NOW)) == is_told


def test_only_so_many_are_told_the_longest_silent_first():
    words = [keyword(f"zzyzx{number}", since=LONG_AGO - timedelta(days=number)) for number in range(5)]
    notes = silent_notes(words, [], NOW)
    assert [note.about for note in notes] == ["zzyzx4", "zzyzx3", "zzyzx2"]
    assert len(notes) == MAX_SILENT


def test_a_related_word_that_would_catch_something_is_suggested():
    coming = [rated(make_event("Murder mystery evening", uid=name, start=NOW + timedelta(days=1))) for name in "ab"]
    over = rated(make_event("Murder mystery evening", start=NOW - timedelta(days=1)))
    (note,) = silent_notes([keyword("剧本杀")], coming, NOW)
    assert note == Reason(Note.KEYWORD_SILENT, about="剧本杀 → murder mystery")
    assert silent_notes([keyword("剧本杀")], [over], NOW) == (Reason(Note.KEYWORD_SILENT_ALONE, about="剧本杀"),)

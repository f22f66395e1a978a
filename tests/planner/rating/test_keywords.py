"""Editing keywords: which picks came and went because of it, and which words have caught nothing for long."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest
from click.testing import CliRunner

from planner.cli import quanzi
from planner.config import parse
from planner.i18n.catalog import Catalog
from planner.plan.codes import Note
from planner.plan.keyword_effect import PATIENCE, silent_notes
from planner.rating import keywords
from planner.types import Keyword
from spiders.reasons import Reason
from tests.support.events import NOW

CONFIG = """
language: en
store: q.db
interests: {practice: [WORD]}
week: {at_most: {per_week: 1}}
sources:
  - {id: frogs, kind: recurrence, title: Frog Pond Toastmasters, text: "every Tuesday 19:30", organizer: Frog Pond}
  - {id: mice, kind: recurrence, title: Dormouse Board Games, text: "every Wednesday 19:30", organizer: Dormouse}
"""


@pytest.fixture
def home(tmp_path, monkeypatch, processes_stay):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(home, word: str) -> None:
    (home / "config.yaml").write_text(CONFIG.replace("WORD", word), encoding="utf-8")


def run(*arguments: str, days: int = 0) -> str:
    now = (NOW + timedelta(days=days)).isoformat()
    result = CliRunner().invoke(quanzi, [*arguments, "--now", now], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_an_edit_names_what_came_and_went_because_of_it(home):
    write(home, "{toastmasters: 5}")
    run("gather", "--quiet")
    assert json.loads(run("plan", "--json"))["edit"] is None
    write(home, "{board game: 5}")
    began = time.perf_counter()
    edit = json.loads(run("plan", "--json"))["edit"]
    assert time.perf_counter() - began < 6
    assert edit == {
        "words": ["+board game", "-toastmasters"],
        "came": ["Dormouse Board Games"],
        "went": ["Frog Pond Toastmasters"],
    }
    assert json.loads(run("plan", "--json"))["edit"] is None


def test_an_edit_without_effect_says_so(home):
    write(home, "{toastmasters: 5}")
    run("gather", "--quiet")
    run("plan", "--quiet")
    write(home, "{toastmasters: 5}, zither")
    assert "no pick came or went" in run("plan")


def test_a_word_shows_what_it_would_catch_before_it_is_added(home):
    write(home, "zither")
    run("gather", "--quiet")
    assert "Dormouse" in run("events", "--topic", "桌游")
    assert run("events", "--topic", "zither") == ""


def test_a_word_without_a_catch_for_four_weeks_is_mentioned_in_the_digest(home):
    write(home, "zither, toastmasters")
    run("gather", "--quiet")
    assert "zither" not in run("week")
    output = run("week", days=29)
    assert "“zither” has caught nothing for four weeks" in output
    assert "zither" in (home / "out/digest.txt").read_text("utf-8")
    assert "“toastmasters”" not in output


def test_a_silent_word_comes_with_a_word_that_would_catch(home):
    write(home, "jubensha, 跑团")
    run("gather", "--quiet")
    run("plan", "--quiet")
    run("gather", "--quiet", days=29)
    notes = json.loads(run("plan", "--json", days=29))["notes"]
    assert not any("跑团" in note for note in notes)  # its topic, board games, is met
    assert any(note.startswith("keyword_silent_alone: jubensha") for note in notes)


def config(text: str):
    return parse(text.encode(), "config.yaml", Catalog("en"))


def keyword(name: str, word: str, weight: float = 1.0, **known: object) -> Keyword:
    return Keyword(list=name, word=word, weight=weight, since=NOW, **known)  # type: ignore[arg-type]


def test_edits_are_named_by_kind():
    loaded = config("{interests: {industry: [a, {b: 3}]}, chain: {up: [c]}}")
    known = [keyword("industry", "b"), keyword("practice", "d")]
    assert keywords.edits(loaded, known) == ("+a", "+c", "-d", "*b")
    assert keywords.edits(loaded, []) == ()


def test_the_configuration_before_an_edit_has_the_old_words_alone():
    before = keywords.before_edit(
        config("interests: {industry: [a]}"), [keyword("avoid", "d", 2.0), keyword("up", "e")]
    )
    assert before.interests.industry == ()
    assert [(word.word, word.weight) for word in before.interests.avoid] == [("d", 2.0)]
    assert [word.word for word in before.chain.up] == ["e"]


def test_silence_is_counted_from_the_last_catch_and_words_to_avoid_may_be_silent():
    late = NOW + PATIENCE
    known = [
        keyword("industry", "a"),
        keyword("industry", "b", caught=NOW + timedelta(days=1)),
        keyword("avoid", "c"),
    ]
    assert silent_notes(known, [], late) == (Reason(Note.KEYWORD_SILENT_ALONE, about="a"),)
    assert silent_notes(known, [], late - timedelta(seconds=1)) == ()

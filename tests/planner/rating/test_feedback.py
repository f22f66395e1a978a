"""Feedback: plain arithmetic, kept and forgotten in the store, seen on the command line."""

from __future__ import annotations

import json
import random
from datetime import timedelta

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from planner.cli import quanzi
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.rating.evidence import entries_of_evidence, evidence_of
from planner.rating.feedback import KINDS_OF_EVENINGS, SHARE, VALUE, features, learn
from planner.rating.vocabulary import entries
from planner.store import Store
from planner.types import Feedback
from spiders.items import Place
from tests.support.events import NOW, make_event

CONFIG = """
language: en
store: q.db
sources:
  - {id: frogs, kind: recurrence, title: Frog Pond Toastmasters, text: "every Tuesday 19:30", organizer: Frog Pond}
  - {id: mice, kind: recurrence, title: Dormouse Board Games, text: "every Wednesday 19:30", organizer: Dormouse}
"""


def given_on(
    title: str, verdict: str, organizer: str | None = "木桥", days: int = 0, expected: float | None = None
) -> Feedback:
    event = make_event(title, organizer=organizer)
    evidence = evidence_of(event)
    found = features(event, evidence.label, evidence)
    at = NOW + timedelta(days=days)
    return Feedback(event=title, verdict=verdict, at=at, title=title, features=found, expected=expected)  # type: ignore[arg-type]


def test_a_verdict_speaks_for_words_organiser_and_form():
    found = given_on("读书会沙龙", "like").features
    assert ("organiser", "木桥") in found
    assert ("form", "salon") in found
    assert ("word", "读书会") in found
    assert ("sign", "practice.reading_and_talk") in found


def test_every_kind_of_evening_that_a_verdict_speaks_for_has_a_name():
    groups = {f"{each.family}.{each.group}" for each in (*entries(), *entries_of_evidence())}
    spoken_for = {group for group in groups if group.startswith(KINDS_OF_EVENINGS)}
    for language in ("en", "zh"):
        words = Catalog(language)
        assert [group for group in spoken_for if not words.has(f"kind.{group.replace('.', '_')}")] == []


def test_without_an_organiser_the_place_is_the_host():
    event = make_event("读书会", place=Place(name="梧桐里"))
    evidence = evidence_of(event)
    assert ("organiser", "梧桐里") in features(event, evidence.label, evidence)


def test_one_verdict_counts_half_and_many_come_near_the_whole():
    once = learn([given_on("读书会", "like")]).points["organiser", "木桥"]
    often = learn([given_on(f"读书会 {number}", "like") for number in range(9)]).points["organiser", "木桥"]
    assert once == SHARE["organiser"] * VALUE["like"] / 2
    assert often == round(SHARE["organiser"] * VALUE["like"] * 0.9, 3)


def test_blame_says_how_far_an_evening_was_overrated():
    """Who dislikes what was never proposed says little about what is."""
    points = [
        learn([given_on("读书会", "dislike", expected=expected)]).points["organiser", "木桥"]
        for expected in (-2.0, 0.5, 1.0, 9.0)
    ]
    assert points == sorted(points, reverse=True)
    assert -0.3 < points[0] < 0
    assert points[3] == pytest.approx(-SHARE["organiser"] * 3 / 2)


def test_contradicting_verdicts_cancel_out():
    verdicts = [given_on("a", "like"), given_on("b", "like"), given_on("c", "dislike")]
    assert learn(verdicts).points["organiser", "木桥"] == 0


def test_skipping_costs_less_than_disliking():
    values = {verdict: learn([given_on("读书会", verdict)]).points["organiser", "木桥"] for verdict in VALUE}
    assert values["dislike"] < values["skip"] < 0 < values["went"] < values["like"]


@given(st.lists(st.sampled_from(sorted(VALUE)), max_size=12), st.randoms())
def test_the_order_does_not_matter_and_points_stay_within_bounds(verdicts, chance: random.Random):
    all_given = [given_on(f"读书会 {number}", verdict) for number, verdict in enumerate(verdicts)]
    learnt = learn(all_given)
    chance.shuffle(all_given)
    assert learn(all_given) == learnt
    assert all(abs(points) < SHARE[kind] for (kind, _), points in learnt.points.items())


def test_the_store_keeps_one_verdict_of_a_kind_and_forgets(place):
    with Store(place) as store:
        for verdict in ("went", "like", "dislike"):
            store.put_feedback(given_on("读书会", verdict, days=1))
        store.put_feedback(given_on("桌游", "skip"))
        assert [each.verdict for each in store.feedback()] == ["skip", "went", "dislike"]
        assert store.feedback()[0] == given_on("桌游", "skip")
        assert store.forget_feedback("读书会") == 2
        assert store.forget_feedback(None) == 1
        assert store.feedback() == []


@pytest.fixture
def home(tmp_path, monkeypatch, processes_stay):
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(quanzi, [*arguments, "--now", NOW.isoformat()], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def score_of(title: str) -> float:
    lines = run("events", "--json", "--week", "2026-W48").splitlines()
    return next(json.loads(line)["score"] for line in lines if title in line)


def test_feedback_changes_scores_and_a_reset_takes_it_back(home):
    run("gather", "--quiet")
    before = score_of("Frog Pond")
    assert "Frog Pond Toastmasters" in run("dislike", "frog pond")
    assert score_of("Frog Pond") < before
    listed = run("like", "--list")
    assert "frog pond" in listed
    assert "disliked" in listed
    body = json.loads(run("like", "--list", "--json"))
    assert body["feedback"][0]["verdict"] == "dislike"
    blamed = min(each["points"] for each in body["learnt"] if each["name"] == "frog pond")
    assert blamed < -0.8
    assert {"kind": "organiser", "name": "frog pond", "points": blamed} in body["learnt"]
    run("like", "--reset", "frog")
    assert score_of("Frog Pond") == before
    assert "no feedback" in run("went", "--list")


def test_feedback_on_a_series_means_the_nearest_and_the_why_names_it(home):
    run("gather", "--quiet")
    run("like", "dormouse")
    explained = run("why", "dormouse", "--week", "2026-W48")
    assert "feedback" in explained


@pytest.mark.parametrize(
    "arguments", [["like"], ["like", "no such evening"], ["skip", "--reset", "nothing of the kind"]]
)
def test_feedback_on_nothing_is_wrong_usage(home, arguments):
    run("gather", "--quiet")
    with pytest.raises(UsageError):
        CliRunner().invoke(quanzi, [*arguments, "--now", NOW.isoformat()], catch_exceptions=False)

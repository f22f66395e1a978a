"""The learnt judgement: its sums, its shipped weights, and how a decision is explained."""

from __future__ import annotations

import json
import math
import re
from importlib.resources import files

import pytest

from spiders.items import Document
from spiders.readers import announcement
from spiders.readers.announcement.judgement import Judgement, Model, as_probability, learnt
from spiders.readers.announcement.select import judged_times
from tests.support.announcements import CONTEXT, events_of, reader_of

TEXT = "纸灯读书会\n\n时间：12月5日 19:30\n地点：旧仓\n报名截止12月1日，欢迎报名"
MODEL = Model(-1.0, {"a.x": 2.0, "b.y": -0.5, "c.z": 0.01})
QUESTIONS = ("time", "announcement", "name")


def test_a_score_is_a_sum() -> None:
    assert MODEL.score({}) == -1.0
    assert MODEL.score({"a.x": 1.0, "b.y": 2.0, "unknown.one": 9.0}) == 0.0
    assert MODEL.probability({"a.x": 1.0, "b.y": 2.0}) == 0.5


@pytest.mark.parametrize(("score", "expected"), [(0.0, 0.5), (2.0, 0.8808), (-2.0, 0.1192), (1e9, 1.0), (-1e9, 0.0)])
def test_log_odds_are_probabilities(score: float, expected: float) -> None:
    assert math.isclose(as_probability(score), expected, abs_tol=1e-4)


def test_reasons_tell_what_moved_most_first_and_nothing_of_no_weight() -> None:
    assert MODEL.reasons({"c.z": 1.0, "b.y": 1.0, "a.x": 1.0, "unknown.one": 1.0}) == (("a.x", 2.0), ("b.y", -0.5))
    many = Model(0.0, {f"a.{number}": float(number) for number in range(1, 20)})
    assert [value for _, value in many.reasons(dict.fromkeys(many.weights, 1.0))] == [19, 18, 17, 16, 15, 14]


def test_a_judgement_is_read_from_json() -> None:
    table = {"time": {"": 0.5, "a.x": 1.0}, "announcement": {}, "name": {"b.y": -1.0}}
    judgement = Judgement.from_json(table)
    assert judgement.time == Model(0.5, {"a.x": 1.0})
    assert judgement.announcement == Model(0.0, {})
    assert judgement.name == Model(0.0, {"b.y": -1.0})


def test_the_shipped_weights_are_small_finite_and_readable() -> None:
    text = files("spiders.readers.announcement").joinpath("weights.json").read_text("utf-8")
    assert len(text.encode()) < 1_000_000
    table = json.loads(text)
    assert set(table) == set(QUESTIONS)
    for weights in table.values():
        assert "" in weights
        assert all(isinstance(value, float | int) and math.isfinite(value) for value in weights.values())
        assert not [name for name in weights if name and not re.fullmatch(r"[a-z][\w-]*(?:\.[\w-]+)+", name)]
    assert Judgement.from_json(table) == learnt()


@pytest.mark.parametrize(
    ("question", "name", "sign"),
    [
        ("time", "field.time", 1),
        ("time", "label.limit", -1),
        ("time", "near.until", -1),
        ("time", "near.limit", -1),
        ("time", "day.over", -1),
        ("announcement", "title.noun", 1),
        ("announcement", "title.recap", -1),
        ("name", "from.title.alone", 1),
    ],
)
def test_the_shipped_weights_point_the_right_way(question: str, name: str, sign: int) -> None:
    assert getattr(learnt(), question).weights[name] * sign > 0.3


def test_an_explanation_names_features_that_were_seen_and_have_weights() -> None:
    told = announcement.explain(Document(body=TEXT.encode()), CONTEXT)
    assert [decision.question for decision in told] == ["time", "announcement", "name"]
    for decision in told:
        weights = getattr(learnt(), decision.question).weights
        assert 0 < len(decision.features) <= 6
        assert all(name in weights and added for name, added in decision.features)
        assert 0.0 <= decision.likely <= 1.0
    assert [told[0].about, told[2].about] == ["12月5日 19:30", "纸灯读书会"]


def test_an_explanation_tells_of_every_time_that_was_judged() -> None:
    text = "纸灯读书会\n\n时间：12月5日 19:30\n我们12月12日在旧仓见，欢迎报名。"
    told = [one for one in announcement.explain(Document(body=text.encode()), CONTEXT) if one.question == "time"]
    reader = reader_of(text)
    judged = judged_times(reader.article, reader.mentions, reader.judgement.time)
    assert [one.about for one in told] == ["12月5日 19:30", "12月12日"]
    assert [one.likely for one in told] == [one.probability for one in judged]


def test_of_nothing_there_is_nothing_to_explain() -> None:
    assert announcement.explain(Document(body=b" \n"), CONTEXT) == ()


def test_another_judgement_decides_otherwise() -> None:
    never = Judgement(Model(9.0, {}), Model(-9.0, {}), Model(0.0, {}))
    assert announcement.read_text(TEXT, CONTEXT, judgement=never).events == ()
    second = Judgement(learnt().time, learnt().announcement, Model(0.0, {"from.field-place": -1.0, "from.title": -9.0}))
    (event,) = announcement.read_text(f"{TEXT}\n活动主题：旧城与灯", CONTEXT, judgement=second).events
    assert event.title == "旧城与灯"


def test_the_same_text_is_judged_the_same() -> None:
    assert events_of(TEXT) == events_of(TEXT)
    document = Document(body=TEXT.encode())
    assert announcement.explain(document, CONTEXT) == announcement.explain(document, CONTEXT)

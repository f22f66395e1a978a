"""How the judgement is learnt: fits of a few made-up rows, and what a source may weigh."""

from __future__ import annotations

import pytest

from benchmarks.announcement_texts import MOST_OF_ALL, source_weights
from benchmarks.learn_announcements import HELD, fit, fit_names, priors, to_json
from spiders.readers.announcement.judgement import Judgement, Model, learnt

ROWS = [
    *[({"field.time": 1.0, "line.text": 1.0}, 1.0, 1.0)] * 20,
    *[({"label.limit": 1.0, "line.text": 1.0}, 0.0, 1.0)] * 20,
]
GROUPS = [(({"from.title": 1.0}, {"from.below": 1.0}, {"from.above": 1.0}), (True, False, False), 1.0)] * 20


def test_a_fit_finds_what_speaks_for_and_against() -> None:
    model = fit(ROWS, {}, 1.0)
    assert model.weights["field.time"] > 1.0
    assert model.weights["label.limit"] < -1.0
    assert abs(model.weights["line.text"]) < 0.1
    assert model.probability({"field.time": 1.0}) > 0.8 > 0.2 > model.probability({"label.limit": 1.0})


def test_without_evidence_a_weight_stays_what_is_believed() -> None:
    prior = {"near.until": -2.0, "": 0.7}
    model = fit(ROWS, prior, 1.0)
    assert model.weights["near.until"] == pytest.approx(-2.0)
    assert fit([], prior, 1.0) == Model(0.7, {"near.until": -2.0})


def test_evidence_overrules_what_is_believed_the_weaker_the_penalty() -> None:
    prior = {"field.time": -1.0}
    weights = [fit(ROWS, prior, strength).weights["field.time"] for strength in (100.0, 10.0, 1.0, HELD)]
    assert -1.0 < weights[0] < weights[1] < weights[2]
    assert weights[2] > 0.0
    assert weights[3] == pytest.approx(-1.0, abs=1e-3)


def test_the_weight_of_a_row_counts() -> None:
    light = [(features, target, 0.1) for features, target, _ in ROWS]
    assert 0.0 < fit(light, {}, 1.0).weights["field.time"] < fit(ROWS, {}, 1.0).weights["field.time"]


def test_a_fit_of_some_features_leaves_the_others() -> None:
    rows = [
        ({**features, "english.will": features.get("field.time", 0.0)}, target, 1.0) for features, target, _ in ROWS
    ]
    model = fit(rows, {"label.limit": 0.5, "": 0.25}, 1.0, "english.")
    assert model.weights["english.will"] > 1.0
    assert model.weights["label.limit"] == pytest.approx(0.5, abs=1e-3)
    assert model.weights["field.time"] == pytest.approx(0.0, abs=1e-3)
    assert model.base == pytest.approx(0.25, abs=1e-3)


def test_a_fit_of_names_prefers_the_right_candidate() -> None:
    model = fit_names(GROUPS, {}, 1.0)
    assert model.base == 0.0
    assert model.weights["from.title"] > 0.5
    assert model.weights["from.below"] < 0.0
    assert model.weights["from.below"] == pytest.approx(model.weights["from.above"])


def test_a_fit_of_names_draws_to_what_is_believed() -> None:
    prior = {"from.head": 1.5, "from.below": 0.5}
    model = fit_names(GROUPS, prior, 1.0)
    assert model.weights["from.head"] == pytest.approx(1.5)
    assert model.weights["from.below"] > model.weights["from.above"]


def test_two_right_candidates_share_what_is_learnt() -> None:
    groups = [(({"from.title": 1.0}, {"from.head": 1.0}, {"from.below": 1.0}), (True, True, False), 1.0)] * 20
    weights = fit_names(groups, {}, 1.0).weights
    assert weights["from.title"] == pytest.approx(weights["from.head"])
    assert weights["from.title"] > 0.3 > 0.0 > weights["from.below"]


def test_a_fit_is_the_same_each_time() -> None:
    assert fit(ROWS, {"near.until": -2.0}, 4.0) == fit(ROWS, {"near.until": -2.0}, 4.0)
    assert fit_names(GROUPS, {}, 4.0) == fit_names(GROUPS, {}, 4.0)


def test_the_order_of_the_texts_does_not_matter() -> None:
    one, other = fit(ROWS, {}, 4.0), fit(ROWS[::-1], {}, 4.0)
    assert one.weights == pytest.approx(other.weights)


def test_no_source_weighs_more_than_a_tenth() -> None:
    sources = ["many"] * 60 + ["some"] * 10 + [f"one {number}" for number in range(30)]
    weights = source_weights(sources)
    assert weights["many"] * 60 == pytest.approx(MOST_OF_ALL * 100)
    assert weights["some"] == weights["one 0"] == 1.0
    assert source_weights([]) == {}


def test_what_is_believed_is_named_as_features_are() -> None:
    assert set(priors()) == {"time", "announcement", "name"}
    assert not [name for table in priors().values() for name in table if name and "." not in name]


def test_what_is_written_is_read_again() -> None:
    model = Model(0.12345, {"a.b": 1.23456, "a.tiny": 0.001})
    table = to_json(Judgement(model, Model(0.0, {}), Model(0.0, {})))
    assert table["time"] == {"": 0.123, "a.b": 1.235}
    assert Judgement.from_json(table).time == Model(0.123, {"a.b": 1.235})
    assert Judgement.from_json(to_json(learnt())) == learnt()

"""Learn the judgement of the announcement reader from labelled texts; write spiders/readers/announcement/weights.json.

    QUANZI_CASES=... python -m benchmarks.learn_announcements [--write] [--faults] [--weights]

Three linear models by penalised logistic regression, drawn towards what is believed beforehand
(announcement_priors.toml): is a time an event's, is a text an announcement, which candidate is the name. Prints the
figures with each source left out of the learning, beside the fit; ``--write`` keeps the weights of all texts.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.announcement_examples import Example, Features, example
from benchmarks.announcement_figures import score, show
from benchmarks.announcement_texts import OURS, labelled, short_posts, source_weights, titles
from benchmarks.gold import scorer
from spiders.readers.announcement.judgement import Judgement, Model
from spiders.readers.announcement.select import select

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parent / "spiders" / "readers" / "announcement" / "weights.json"
STRENGTH = {"time": 16.0, "announcement": 8.0, "name": 4.0}
ROUNDS = 25
STEPS, RATE = 300, 0.05
INNER = 8
"""Groups of sources in which the times are judged for the learning of what rests on them."""
BORDERLINE = 0.5
ENGLISH = "english."
HELD = 1e6
"""The penalty that keeps a weight where it is believed."""

# -- learning ----------------------------------------------------------------------------------------------------


def priors() -> dict[str, dict[str, float]]:
    """What is believed of features before any label."""
    with (HERE / "announcement_priors.toml").open("rb") as file:
        return tomllib.load(file)


def fit(
    rows: Sequence[tuple[Features, float, float]], prior: Mapping[str, float], strength: float, only: str = ""
) -> Model:
    """Rows of (features, label, weight) -> weights, by Newton's method on the penalised likelihood; with ``only``, of
    the features whose names begin so: the others stay as they are believed."""
    known = sorted({name for features, _, _ in rows for name in features} | set(prior) - {""})
    place = {name: number for number, name in enumerate(known)}
    matrix = np.zeros((len(rows), len(known) + 1))
    matrix[:, -1] = 1.0
    for number, (features, _, _) in enumerate(rows):
        for name, value in features.items():
            matrix[number, place[name]] = value
    target = np.array([value for _, value, _ in rows])
    weight = np.array([value for _, _, value in rows])
    believed = np.array([prior.get(name, 0.0) for name in known] + [prior.get("", 0.0)])
    penalty = np.full(len(known) + 1, strength)
    penalty[-1] = strength / 4
    penalty[[not name.startswith(only) for name in (*known, "")]] = HELD
    found = believed.copy()
    for _ in range(ROUNDS):
        likely = 1.0 / (1.0 + np.exp(-np.clip(matrix @ found, -30, 30)))
        slope = matrix.T @ (weight * (likely - target)) + penalty * (found - believed)
        bend = (matrix * (weight * likely * (1 - likely))[:, None]).T @ matrix + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        found -= step
        if np.abs(step).max() < 1e-6:
            break
    return Model(float(found[-1]), {name: float(found[place[name]]) for name in known})


def fit_names(
    groups: Sequence[tuple[Sequence[Features], Sequence[bool], float]], prior: Mapping[str, float], strength: float
) -> Model:
    """Groups of candidates with the right ones and a weight -> weights, by gradient on the conditional likelihood."""
    known = sorted({name for features, _, _ in groups for each in features for name in each} | set(prior) - {""})
    place = {name: number for number, name in enumerate(known)}
    table = np.zeros((sum(len(features) for features, _, _ in groups), len(known)))
    for number, each in enumerate(each for features, _, _ in groups for each in features):
        for name, value in each.items():
            table[number, place[name]] = value
    right = np.array([is_right for _, rights, _ in groups for is_right in rights])
    sizes = np.array([len(features) for features, _, _ in groups])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    weight = np.repeat([value for _, _, value in groups], sizes)
    believed = np.array([prior.get(name, 0.0) for name in known])
    found = believed.copy()
    moment, square = np.zeros_like(found), np.zeros_like(found)
    for number in range(1, STEPS + 1):
        scores = np.exp(np.clip(table @ found, -30, 30))
        share = scores / np.repeat(np.add.reduceat(scores, starts), sizes)
        wanted = np.where(right, scores, 0.0)
        wanted /= np.repeat(np.add.reduceat(wanted, starts), sizes)
        slope = strength * (found - believed) + table.T @ (weight * (share - wanted))
        moment = 0.9 * moment + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        found = found - RATE * (moment / (1 - 0.9**number)) / (np.sqrt(square / (1 - 0.99**number)) + 1e-8)
    return Model(0.0, {name: float(found[place[name]]) for name in known})


def learn(examples: Sequence[Example], known: Mapping[str, Mapping[str, float]]) -> Judgement:
    """The three models from these texts. Our own English ones move only the signs of English texts: a few dozen of one
    hand are no measure for what Chinese announcements share with them."""
    english = [one for one in examples if one.reader.article.english]
    examples = [one for one in examples if one.case.set != "written-en"]
    weights = source_weights([one.case.source for one in examples])

    def weight(one: Example) -> float:
        return weights[one.case.source] * (BORDERLINE if one.case.borderline else 1.0)

    def times(some: Sequence[Example]) -> Model:
        return fit(
            [
                (judged.features, is_one, weight(one) / max(1.0, len(one.times) / 6))
                for one in some
                if one.case.set not in {"titles", "short"}
                for judged, is_one in zip(one.times, one.labels, strict=True)
                if is_one is not None
            ],
            known["time"],
            STRENGTH["time"],
        )

    rows = []
    sources = sorted(weights)
    for group in range(INNER):
        left_out = set(sources[group::INNER])
        model = times([one for one in examples if one.case.source not in left_out])
        for one in examples:
            if one.case.source in left_out and one.told is None:
                seen = one.reader.seen(select(one.reader.article, one.reader.mentions, model))
                rows.append((seen, float(bool(one.case.gold["is_event"])), weight(one)))
    model = times(examples)
    told = fit(rows, known["announcement"], STRENGTH["announcement"])
    signs = [
        (one.reader.seen(select(one.reader.article, one.reader.mentions, model)), float(one.case.gold["is_event"]), 1.0)
        for one in english
        if one.told is None and one.case.set != "titles"
    ]
    if signs:
        believed = {**known["announcement"], **told.weights, "": told.base}
        told = fit(signs, believed, STRENGTH["announcement"], ENGLISH)
    groups = [
        (features, right, weight(one) / max(1, len(one.names)) ** 0.5)
        for one in examples
        for features, right in one.names
    ]
    return Judgement(
        model,
        told,
        fit_names(groups, known["name"], STRENGTH["name"]),
    )


def to_json(judgement: Judgement) -> dict[str, dict[str, float]]:
    """As weights.json has it: only weights that count."""
    table = {}
    for key in ("time", "announcement", "name"):
        model: Model = getattr(judgement, key)
        table[key] = {"": round(model.base, 3)} | {
            name: round(value, 3) for name, value in sorted(model.weights.items()) if abs(value) >= 0.005
        }
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ("--write", "--faults", "--weights", "--fit"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--folds", type=int, default=0, help="so many groups of sources instead of each for itself")
    asked = parser.parse_args()
    gold = scorer("score_extract")
    real = [one for case in labelled() if (one := example(case, gold)) is not None]
    written = [
        one
        for case in [*labelled("written", "written-en"), *titles(), *short_posts()]
        if (one := example(case, gold)) is not None
    ]
    known = priors()
    sources = sorted({one.case.source for one in real})
    folds = min(asked.folds or len(sources), len(sources))
    left_out: dict[str, Judgement] = {}
    for fold in range(folds):
        without = set(sources[fold::folds])
        judgement = learn([one for one in (*written, *real) if one.case.source not in without], known)
        left_out |= dict.fromkeys(without, judgement)
    show("left out", score(real, left_out.__getitem__, gold, faults=asked.faults))
    whole = learn([*written, *real], known)
    show("fit", score(real, lambda _: whole, gold))
    ours = [one for one in written if one.case.set in OURS]
    show("fit", {key: value for key, value in score(ours, lambda _: whole, gold).items() if key != "all"})
    without = learn([one for one in (*written, *real) if one.case.set != "written-en"], known)
    english = [one for one in ours if one.case.set == "written-en"]
    show("left out", {"written-en": score(english, lambda _: without, gold, faults=asked.faults)["all"]})
    if asked.weights:
        json.dump(to_json(whole), sys.stdout, indent=1)
    if asked.write:
        WEIGHTS.write_text(json.dumps(to_json(whole), ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

"""What is wrong with a configuration that cannot be used: its mistakes, then what is refused besides them."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

from planner.config.known import is_known
from planner.config.mistakes.draft import Draft
from planner.config.mistakes.search import Found, search
from planner.config.mistakes.verdict import Verdict
from planner.config.model import Config
from planner.config.problems import Speaker
from planner.config.tree import Location, NotYamlError, Place, Tree, read
from planner.errors import Problem
from planner.i18n.catalog import Catalog

NOT_A_MAPPING = "not a mapping"
_OURS, _THEIRS = re.compile(r"^<<<<<<< ", re.MULTILINE), re.compile(r"^>>>>>>> ", re.MULTILINE)


def problems_of(text: str, words: Catalog, *, surely: bool = True) -> list[Problem]:
    """Everything that is wrong with a text, in the order of its lines. Unless ``surely`` something is, only mistakes
    are looked for: there may be none."""
    speaker = Speaker(Draft.of(text).lines, words)
    if (ours := _OURS.search(text)) and _THEIRS.search(text):
        place = Place(text.count("\n", 0, ours.start()) + 1, 1)
        return [speaker.problem(place, "", words("config.mistake.merge"))]
    found = search(text, _verdict, is_known)
    tree = found.verdict.tree
    tree = tree and tree.moved(lambda place: found.draft.place(place.line - 1, place.column - 1))
    problems = list(speaker.mistakes(found.mistakes, found.draft.lines, tree))
    if surely:
        # What is refused at the place of a mistake is of the same cause.
        told = {(problem.line, problem.column) for problem in problems}
        problems += [each for each in _refusals(found, tree, speaker) if (each.line, each.column) not in told]
    problems.sort(key=lambda problem: (problem.line or 0, problem.column or 0, problem.key))
    return problems


def _refusals(found: Found, tree: Tree | None, speaker: Speaker) -> list[Problem]:
    """What is still wrong with the text once its mistakes are mended. Of what stands around lines that nobody could
    read nothing is said: what it lacks may stand there."""
    verdict = found.verdict
    if verdict.fault is not None and found.lost:  # told already; what more the parser says would only follow from it
        return []
    if verdict.fault is not None:
        if verdict.fault.problem == NOT_A_MAPPING:
            return [speaker.problem(Place(1, 1), "", speaker.words("config.not_a_mapping"))]
        return [speaker.problem(verdict.fault.place, "", speaker.unread(verdict.fault.problem))]
    assert tree is not None
    odd = [speaker.odd(each) for each in tree.oddities]
    return odd + [
        speaker.refused(error, tree)
        for error in verdict.errors
        if not any(first <= line <= last for line in found.lost for first, last in [_span(error["loc"], tree)])
    ]


def _verdict(text: str) -> Verdict:
    """How far a text can be read."""
    try:
        tree = read(text)
    except NotYamlError as exc:
        return Verdict(exc)
    if not isinstance(tree.value, dict) and not tree.oddities:
        return Verdict(NotYamlError(NOT_A_MAPPING, None))
    refused = {(odd.code, odd.at): (odd.place.line, odd.place.line) for odd in tree.oddities}
    told: list[Any] = []
    try:
        if isinstance(tree.value, dict):
            Config.model_validate(tree.value)
    except ValidationError as exc:
        errors = exc.errors()
        places = {tuple(error["loc"])[:-1] for error in errors}  # a list whose entries are wrong is not too short
        told = [error for error in errors if error["type"] != "too_short" or tuple(error["loc"]) not in places]
        refused |= {(str(error["type"]), tuple(error["loc"])): _span(error["loc"], tree) for error in told}
    return Verdict(None, tree, refused, told)


def _span(at: Location, tree: Tree) -> tuple[int, int]:
    """The first and the last line of what stands at a place of the configuration; none of the whole file."""
    for length in range(len(at), 0, -1):
        place = tree.keys.get(tuple(at[:length]))
        if place is not None:
            return place.line, tree.lasts.get(tuple(at[:length]), place.line)
    return 1, 0

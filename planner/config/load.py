"""Reading config.yaml: all problems at once, each with its place. What cannot be read is looked at more closely only
then; a right configuration pays nothing for it."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationError

from planner.config.known import is_known
from planner.config.languages import language_named
from planner.config.mistakes.draft import Draft
from planner.config.mistakes.search import Found, Verdict, search
from planner.config.model import Config
from planner.config.problems import Speaker
from planner.config.tree import Location, NotYamlError, Place, Tree, read
from planner.errors import ConfigError, Problem, UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from spiders.failures import os_reason

MAX_BYTES = 1_000_000
# A line of its own at the top level: found also in what is no YAML.
_LANGUAGE = re.compile(r"^language[ \t]*[:：]\s*[\"'“]?([^\s\"'”#]+)", re.MULTILINE)
_OURS, _THEIRS = re.compile(r"^<<<<<<< ", re.MULTILINE), re.compile(r"^>>>>>>> ", re.MULTILINE)
NOT_A_MAPPING = "not a mapping"


def load(path: Path, words: Catalog) -> Config:
    """Read a configuration file. Raises ConfigError with every problem, UsageError where the file cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError as exc:
        raise UsageError(words("config.unreadable", file=path, why=translate(os_reason(exc), words.language))) from exc
    return parse(raw, str(path), words).resolved(path.resolve().parent)


def parse(raw: bytes, name: str, words: Catalog) -> Config:
    """Bytes of a configuration -> Config, paths as written. Raises ConfigError, in the language that the file asks
    for, else in that of ``words``."""
    words = Catalog(language_of(raw) or words.language)
    if len(raw) > MAX_BYTES:
        raise ConfigError(name, [Problem(None, "", words("config.too_large", bytes=MAX_BYTES))])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = raw[: exc.start].count(b"\n") + 1
        raise ConfigError(name, [Problem(line, "", words("config.not_utf8"))]) from exc
    tree: Tree | None = None
    try:
        tree = read(text)
        if isinstance(tree.value, dict) and not tree.oddities:
            config = Config.model_validate(tree.value)
            if not tree.folded or not (problems := _problems(text, words, only_mistakes=True)):
                return config
            raise ConfigError(name, problems)
    except (NotYamlError, ValidationError) as exc:
        raise ConfigError(name, _problems(text, words)) from exc
    raise ConfigError(name, _problems(text, words))


def language_of(raw: bytes) -> str | None:
    """What ``language:`` says in a configuration, however wrong the rest is; None where it says nothing we speak."""
    said = _LANGUAGE.search(raw.decode("utf-8-sig", "replace"))
    return language_named(said[1]) if said else None


def _problems(text: str, words: Catalog, *, only_mistakes: bool = False) -> list[Problem]:
    """Everything that is wrong with a text, in the order of its lines."""
    speaker = Speaker(Draft.of(text).lines, words)
    if (ours := _OURS.search(text)) and _THEIRS.search(text):
        place = Place(text.count("\n", 0, ours.start()) + 1, 1)
        return [speaker.problem(place, "", words("config.mistake.merge"))]
    found = search(text, _verdict, is_known)
    problems = [speaker.mistake(mend, place, found.draft.lines) for mend, place in found.mistakes]
    if not only_mistakes:
        problems += _refusals(found, speaker)
    problems.sort(key=lambda problem: (problem.line or 0, problem.column or 0, problem.key))
    return problems


def _refusals(found: Found, speaker: Speaker) -> list[Problem]:
    """What is still wrong with the text once its mistakes are mended. Of what stands around lines that nobody could
    read nothing is said: what it lacks may stand there."""
    verdict, draft = found.verdict, found.draft
    if verdict.fault is not None:
        if verdict.fault.problem == NOT_A_MAPPING:
            return [speaker.problem(Place(1, 1), "", speaker.words("config.not_a_mapping"))]
        return [speaker.problem(verdict.fault.place, "", speaker.unread(verdict.fault.problem))]
    assert verdict.tree is not None
    tree = verdict.tree.moved(lambda place: draft.place(place.line - 1, place.column - 1))
    if tree.oddities:
        return [speaker.odd(each) for each in tree.oddities]
    return [
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
    if tree.oddities:
        return Verdict(None, tree, {(odd.code, odd.at): (odd.place.line, odd.place.line) for odd in tree.oddities})
    try:
        Config.model_validate(tree.value)
    except ValidationError as exc:
        errors = exc.errors()
        places = {tuple(error["loc"])[:-1] for error in errors}  # a list whose entries are wrong is not too short
        told = [error for error in errors if error["type"] != "too_short" or tuple(error["loc"]) not in places]
        refused = {(str(error["type"]), tuple(error["loc"])): _span(error["loc"], tree) for error in told}
        return Verdict(None, tree, refused, told)
    return Verdict(None, tree)


def _span(at: Location, tree: Tree) -> tuple[int, int]:
    """The first and the last line of what stands at a place of the configuration; none of the whole file."""
    for length in range(len(at), 0, -1):
        place = tree.keys.get(tuple(at[:length]))
        if place is not None:
            return place.line, tree.lasts.get(tuple(at[:length]), place.line)
    return 1, 0

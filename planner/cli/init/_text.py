"""The text of a configuration, out of the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.cli.init._questions import Answers
from planner.cli.init._sources import sources_at_start
from planner.i18n.catalog import Catalog


def render(answers: Answers, words: Catalog) -> str:
    """The configuration of these answers; it was read once and is right."""
    from importlib.resources import files

    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from planner.config import parse
    from planner.config.extras import pip_install
    from planner.config.free_words import as_config
    from planner.config.sample import manual
    from planner.i18n.catalog import templates_folder

    environment = Environment(  # noqa: S701 - YAML, not HTML: every value is quoted by the filters below
        loader=FileSystemLoader(templates_folder()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["yaml"] = _quoted
    environment.filters["yaml_list"] = _list
    free = {day: hours[0] if len(hours) == 1 else hours for day, hours in as_config(answers.free).items()}
    text = environment.get_template("config.yaml.j2").render(
        a=answers,
        place=answers.place,
        free={day: _quoted(hours) if isinstance(hours, str) else _list(hours) for day, hours in free.items()},
        starters=[_mapping(each.source.entry) for each in sources_at_start(answers)],
        apprise=pip_install("apprise"),
        manual=manual(),
        schema=files("planner.config").joinpath("schema.json"),
        w=words,
    )
    parse(text.encode(), "config.yaml", words)
    return text


def _mapping(entry: Mapping[str, object]) -> str:
    told = ((key, _list(value) if isinstance(value, list) else _quoted(value)) for key, value in entry.items())
    return "{" + ", ".join(f"{key}: {value}" for key, value in told) + "}"


def _list(values: Sequence[str]) -> str:
    return "[" + ", ".join(map(_quoted, values)) + "]"


def _quoted(value: object) -> str:
    """A YAML double-quoted scalar (YAML 1.2, 7.3.1): JSON strings are a subset of it."""
    import json

    return json.dumps(str(value), ensure_ascii=False)

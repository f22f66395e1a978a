"""``quanzi sources suggest``: what the shipped catalogue has for a city and a user, and what to type where no program
may read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from planner.cli._columns import lines_of
from planner.cli._language import say, words_of_reader
from planner.cli._long_list import Extent, long_list
from planner.cli._own import config_in_sight
from planner.cli._session import open_session, options
from planner.config.source import SourceEntry
from planner.i18n.catalog import Catalog
from planner.plan.suggest import (
    Search,
    Suggestion,
    Wishes,
    choose,
    place,
    searches,
    unfollowed,
    wishes_about,
    wishes_of,
)
from spiders.catalogue import City, city_named

SHOWN = 15


@click.command("suggest", help=say("help.sources_suggest"))
@click.option("--city", metavar="C", help=say("help.sources_suggest_city"))
@click.option("--topic", metavar="W", help=say("help.sources_suggest_topic"))
@long_list()
@options("config", "json", "verbose")
def command(
    *, city: str | None, topic: str | None, extent: Extent, config: Path | None, as_json: bool, verbose: bool
) -> None:
    """The sources that suit, the best first, then phrases to type."""
    asker = _asker(config, city, topic)
    found = unfollowed(choose(asker.city, asker.wishes), asker.followed)
    shown = found if extent.everything else found[: extent.limit or SHOWN]
    typed = searches(asker.city, asker.wishes)
    if as_json:
        body = {
            "city": asker.city.name,
            "sources": [_body(each) for each in shown],
            "searches": [{"place": each.place, "phrases": list(each.phrases)} for each in typed],
        }
        click.echo(json.dumps(body, ensure_ascii=False))
        return
    extent.show(list(_lines(asker, shown, typed)), asker.words, left_out=len(found) - len(shown))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asker:
    """For whom sources are chosen."""

    city: City
    wishes: Wishes
    words: Catalog
    followed: Sequence[SourceEntry] = ()


def _asker(path: Path | None, city: str | None, topic: str | None) -> _Asker:
    """The user of the configuration; where there is none yet, whoever lives in the city that is named."""
    if city and config_in_sight(path) is None:
        words = words_of_reader()
        wishes = wishes_about(topic, words.language) if topic else Wishes(language=words.language)
        return _Asker(city=city_named(city), wishes=wishes, words=words)
    session = open_session(path, None)
    own = session.config
    return _Asker(
        city=city_named(city) if city else place(own.city, own.timezone),
        wishes=wishes_about(topic, own.language) if topic else wishes_of(own),
        words=session.words,
        followed=own.sources,
    )


def _body(suggestion: Suggestion) -> dict[str, Any]:
    source = suggestion.source
    return {
        **source.entry,
        "language": source.language,
        "about": list(suggestion.about),
        "unconfirmed": source.proof.is_unconfirmed,
        "proof": {"kind": source.proof.kind, "month": source.proof.month, "confidence": source.proof.confidence},
        "robots": source.host.robots,
        "log_in": source.host.log_in,
        "data_centre": source.host.data_centre,
        "reach": source.host.reach,
    }


def _lines(asker: _Asker, suggestions: Sequence[Suggestion], typed: Sequence[Search]) -> Iterator[str]:
    words, city = asker.words, asker.city
    name = city.fills.get("city" if words.language == "zh" else "citylatin", city.name)
    if suggestions:
        yield words("suggest.sources", city=name)
        rows = [(each.id, words(f"source_kind.{_kind(each)}"), each.source.url) for each in suggestions]
        yield from lines_of(rows, below=[[words("config.comma").join(_notes(each, words))] for each in suggestions])
        yield words("suggest.follow", city=name)
    else:
        yield words("suggest.nothing", city=name)
    if typed:
        yield ""
        yield words("suggest.type")
        for search in typed:
            told = words("config.comma").join(words("suggest.phrase", phrase=phrase) for phrase in search.phrases)
            yield f"  {words(f'closed.{search.place}')}{words('suggest.colon')}{told}"
        yield words("suggest.paste")


def _kind(suggestion: Suggestion) -> str:
    return str(suggestion.source.entry.get("kind", "auto"))


def _notes(suggestion: Suggestion, words: Catalog) -> Iterator[str]:
    """What is to be known of a source, in words."""
    source = suggestion.source
    if suggestion.about:
        phrases = (words("suggest.phrase", phrase=word) for word in suggestion.about)
        yield words("suggest.about", words=words("config.comma").join(phrases))
    if source.proof.is_unconfirmed:
        yield words("suggest.unconfirmed", proof=words(f"proof.{source.proof.kind}"), month=source.proof.month)
    else:
        yield words("suggest.recorded", month=source.proof.month)
    if source.host.log_in != "none":
        yield words("suggest.log_in")
    if source.host.data_centre == "no":
        yield words("suggest.no_data_centre")
    if suggestion.may_not_open:
        yield words("suggest.abroad")

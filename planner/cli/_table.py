"""The plan as a table of a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

import click

from planner.cli._columns import INDENT_OF_NOTES, cut, print_rows
from planner.config import Config
from planner.i18n.catalog import Catalog
from planner.pipeline import PlanResult
from planner.plan.communities import NO_COMMUNITIES
from planner.render.cards import Card
from planner.render.digest import DigestBuilder

MAX_TITLE = 40  # columns; --json tells the whole
COLOUR_OF_TRACK = {"industry": "cyan", "practice": "yellow", "client": "magenta"}


def print_plan(planned: PlanResult, config: Config, words: Catalog) -> None:
    """The week as a table; before it, what is still to come of the week that runs."""
    told = replace(planned, tell_communities=lambda: NO_COMMUNITIES)  # the table tells of none
    view = DigestBuilder(config, words).view(told, ())
    if view.rest is not None:
        click.echo(words("digest.rest"))
        _print_cards(view.rest.cards)
        for note in view.rest.changes:
            click.echo(f"  {note}")
        click.echo()
    click.echo(f"{view.week} · {view.dates}")
    click.echo(view.summary)
    if view.initiative:
        click.echo(view.initiative)
    _print_cards(view.cards)
    for note in (*view.changes, *view.notes):
        click.echo(f"  {note}")
    for each in view.people if sys.stdout.isatty() else ():  # names belong into no log
        click.echo(f"  {each.reason}\n{INDENT_OF_NOTES}{words('people.message')} {each.message}")


def _print_cards(cards: Sequence[Card]) -> None:
    rows = [
        (card.day, card.hours, card.track_name, cut(card.title, MAX_TITLE), card.place, card.price) for card in cards
    ]
    print_rows(rows, [COLOUR_OF_TRACK.get(card.track) for card in cards])

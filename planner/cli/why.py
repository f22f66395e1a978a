"""``quanzi why``: why an event is, or is not, in the plan, and what would have to change."""

from __future__ import annotations

import json
from pathlib import Path

import click

from planner.cli._find import find_event
from planner.cli._language import say
from planner.cli._session import open_session, options
from planner.pipeline import Run
from planner.plan.lookup import is_about, is_meant
from planner.render.cards import CardFormatter
from planner.render.report import term_entry
from planner.render.why import answer, as_planned, terms
from planner.weeks import week_of


@click.command(help=say("help.why"))
@click.argument("event")
@options("config", "week", "now", "json", "verbose")
def why(*, event: str, config: Path | None, week: str | None, now: str | None, as_json: bool, verbose: bool) -> None:
    """Why an event is, or is not, in the plan."""
    session = open_session(config, now)
    wanted = week_of(week, session.now, session.config.zone)
    with session.store() as store:
        run = Run(config=session.config, store=store, now=session.now)
        among = run.rated if any(is_meant(each, event) or is_about(each, event) for each in run.rated) else run.undated
        picked = run.picked_ids()
        found = find_event(among, event, wanted, session.words, picked=picked, now=session.now)
        span = wanted if week else run.week_with(found) or wanted
        published = run.published(span)
        plan = published.plan if published is not None else run.solve(span)
        formatter = CardFormatter(session.config, session.words)
        answered = answer(found, plan, formatter, run, is_published=published is not None)
        found, people = as_planned(found, plan), run.people
    if as_json:
        entries = [term_entry(term) for term in found.score.terms]
        body = {"uid": found.event.uid, "title": found.event.title, "answer": answered, "score": found.score.total}
        click.echo(json.dumps({**body, "terms": entries, "words": list(found.label.words)}, ensure_ascii=False))
        return
    card = formatter.card(found)
    click.echo(f"{card.title}\n  {card.when} · {card.place} · {card.price}\n  {card.sources}")
    for line in answered:
        click.echo(line)
    for line in terms(found, formatter, plan, people):
        click.echo(f"  {line}")

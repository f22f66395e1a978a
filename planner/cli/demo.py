"""``quanzi demo``: the main job on the sample city, with real spiders, real HTTP and a store of its own."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from planner.cli._language import say, words_of_reader
from planner.cli._program import program
from planner.cli._progress import Progress
from planner.cli._session import moment, options
from planner.cli._table import print_plan
from planner.i18n.catalog import Catalog

FOLDER = Path("out-demo")


@click.command(help=say("help.demo"))
@click.option("--language", type=click.Choice(["zh", "en"]), help=say("help.language"))
@options("now", "quiet", "verbose")
def demo(*, language: str | None, now: str | None, quiet: bool, verbose: bool) -> None:
    """A whole week of an invented city: the coming one, from Monday noon on."""
    from planner.config import load
    from planner.demo.city import City
    from planner.demo.server import serve
    from planner.pipeline import Run, gather_step
    from planner.publish import publish, replace_file
    from planner.render.files import OutputFiles
    from planner.render.public import public_ids
    from planner.store import Store
    from planner.store.healing import heal
    from planner.store.lock import only_run
    from planner.weeks import week_of

    language = language or words_of_reader().language
    words = Catalog(language)
    folder = FOLDER.resolve()
    config = load(City.folder_of(language) / "config.yaml", words)
    config = config.model_copy(
        update={
            "output": config.output.model_copy(update={"folder": str(folder)}),
            "store": str(folder / f"demo-{language}.db"),
            "people": config.people.model_copy(update={"file": str(folder / f"people-{language}.yaml")}),
        }
    )
    at = moment(now, config.timezone)
    on_monday_morning = at.weekday() == 0 and at.hour < 12
    span = week_of("this" if on_monday_morning else "next", at, config.zone)
    city = City(language=language, monday=span.monday, zone=config.zone)
    store_path = Path(config.store)
    with ExitStack() as stack:
        stack.enter_context(only_run(store_path, language))
        replace_file(Path(config.people.file), city.people(), mode=0o600)
        heal(store_path, words, at, lambda _: None)
        store, port = stack.enter_context(Store(store_path, language)), stack.enter_context(serve(city))
        with Progress(words, quiet=quiet) as progress:
            gathered = gather_step(config, store, at, offline=False, hosts={"*.example": port}, progress=progress)
        run = Run(config=config, store=store, now=at)
        planned = run.plan(span)
        writer = OutputFiles(config=config, words=words, now=at, sample=True)
        publish(folder, writer.files(planned, gathered.reports))
        run.keep_published(planned, public_ids(planned, config, at))
    if not quiet:
        print_plan(planned, config, words)
        click.echo(words("cli.demo_open", path=folder / "index.html", program=program()))

"""``quanzi serve``: the output folder over HTTP, and the addresses to subscribe to."""

from __future__ import annotations

import ipaddress
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli._language import say
from planner.cli._on_time import keep_time
from planner.cli._program import this_program
from planner.cli._qr import qr_lines
from planner.cli._session import AppContext, open_session, options
from planner.config.extras import pip_install
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.render.pages import subscribe_page
from planner.render.subscribe import addresses, public_calendars, subscribe_links
from planner.text import web_link
from planner.upkeep.schedule import jobs

if TYPE_CHECKING:
    from planner.serve import DeskPages
    from spiders.items import Reading


@click.command(help=say("help.serve"))
@click.option("--host", default="127.0.0.1", show_default=True, metavar="H", help=say("help.serve_host"))
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(0, 65535), metavar="N", help=say("help.serve_port")
)
@click.option("--address", metavar="URL", envvar="QUANZI_ADDRESS", help=say("help.serve_address"))
@click.option("--jobs", "with_jobs", is_flag=True, help=say("help.serve_jobs"))
@options("config", "quiet", "verbose")
def serve(
    *, host: str, port: int, address: str | None, with_jobs: bool, config: Path | None, quiet: bool, verbose: bool
) -> None:
    """Show the outputs until interrupted."""
    session = open_session(config, None)
    words = session.words
    if address is not None and web_link(address) is None:
        raise UsageError(words("serve.not_an_address", address=address))
    folder = Path(session.config.output.folder)
    try:
        from planner import serve as serving
    except ImportError:
        raise UsageError(words("serve.no_extra", command=pip_install("starlette", "uvicorn"))) from None
    secret = serving.secret_of(session.config.beside_store, words)
    with serving.listening(host, port, words) as at:
        base = (address or f"http://{_bracketed(serving.reached_at(host))}:{at.getsockname()[1]}").rstrip("/")
        own = f"{base}/{secret}"
        if not quiet:
            _tell(words, base, own)
            _tell_phones(words, f"{own}/{serving.SUBSCRIBE}", reached=address is not None or not _is_loopback(host))
        if not (folder / "public").is_dir():
            click.echo(words("serve.nothing_yet", folder=folder), err=True)
        if address is None and not _is_loopback(host) and not quiet:
            click.echo(words("serve.open", host=host), err=True)
        with _jobs_on_time(session) if with_jobs else nullcontext():
            desk = _desk(session, secret) if session.config.serve.interactive else None
            if desk is not None and not quiet:
                click.echo(words("serve.desk", address=f"{own}/{serving.FOLDER}/"))
            place = session.config.kept_in
            members = serving.StoreShelf(session.store, place if isinstance(place, Path) else None)
            serving.run(serving.application(folder, secret, _subscribing(words, base, own), desk, members), at)


@contextmanager
def _jobs_on_time(session: AppContext) -> Iterator[None]:
    """The weekly and the daily job run at their hours meanwhile."""
    zone, path = session.config.zone, session.path.absolute()
    sends = session.config.mail is not None or session.config.notify is not None
    wanted = jobs(this_program(), path, session.now, zone, session.words, mail=sends)
    stop = threading.Event()
    keeper = threading.Thread(target=keep_time, args=(wanted, lambda: datetime.now(zone), stop), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()


def _desk(session: AppContext, secret: str) -> DeskPages:
    """The page that answers, by the configuration as it stands at each request."""
    from planner.cli._input import fetched
    from planner.inbox.reading import context_of
    from planner.serve import Clocks, Desk, DeskPages

    def fetch(address: str) -> list[Reading]:
        context = context_of(session.config, datetime.now(session.config.zone))
        return fetched(address, context, session.path)

    def now() -> datetime:
        return datetime.now(UTC)

    return DeskPages(Desk(session.path, session.words, now, fetch), secret, Clocks(moment=now, steady=time.monotonic))


def _subscribing(words: Catalog, base: str, own: str) -> bytes:
    """The page that a phone subscribes from."""
    private = subscribe_links([(words("calendar.plan_name"), "plan.ics")], own)
    return subscribe_page(private, subscribe_links(public_calendars(words), base), words)


def _tell(words: Catalog, base: str, own: str) -> None:
    click.echo(words("serve.pages", address=f"{base}/"))
    for key, at, name in (("public", base, "all.ics"), ("private", own, "plan.ics")):
        click.echo(words(f"serve.{key}"))
        for line in addresses(at, name):
            click.echo(f"  {line}")
    click.echo(words("serve.page_private", address=f"{own}/"))


def _tell_phones(words: Catalog, page: str, *, reached: bool) -> None:
    """How a phone gets there: a code for its camera where a terminal can show one and the machine can be reached."""
    click.echo(words("serve.late"))
    if not reached:
        click.echo(words("serve.loopback"))
        return
    lines = qr_lines(page) if sys.stdout.isatty() else []
    click.echo(words("serve.scan" if lines else "serve.phone", address=page))
    for line in lines:
        click.echo(line)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

"""``quanzi serve``: the output folder over HTTP, and the addresses to subscribe to."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import click

from planner.cli._language import say
from planner.cli._session import open_session, options
from planner.config.extras import pip_install
from planner.errors import UsageError
from planner.render.subscribe import addresses
from planner.text import web_link


@click.command(help=say("help.serve"))
@click.option("--host", default="127.0.0.1", show_default=True, metavar="H", help=say("help.serve_host"))
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(0, 65535), metavar="N", help=say("help.serve_port")
)
@click.option("--address", metavar="URL", help=say("help.serve_address"))
@options("config", "quiet", "verbose")
def serve(*, host: str, port: int, address: str | None, config: Path | None, quiet: bool, verbose: bool) -> None:
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
    secret = serving.secret_of(Path(session.config.store), words)
    app = serving.application(folder, secret)
    with serving.listening(host, port, words) as at:
        base = address or f"http://{_bracketed(serving.reached_at(host))}:{at.getsockname()[1]}"
        if not quiet:
            click.echo(words("serve.pages", address=base.rstrip("/") + "/"))
            for key, name in (("public", "all.ics"), ("private", f"{secret}/plan.ics")):
                click.echo(words(f"serve.{key}"))
                for line in addresses(base, name):
                    click.echo(f"  {line}")
            click.echo(words("serve.page_private", address=f"{base.rstrip('/')}/{secret}/"))
            click.echo(words("serve.late"))
        if not (folder / "public").is_dir():
            click.echo(words("serve.nothing_yet", folder=folder), err=True)
        if address is None and not _is_loopback(host):
            click.echo(words("serve.open", host=host), err=True)
        serving.run(app, at)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

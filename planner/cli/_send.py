"""What leaves the machine after publishing: files to a server, the letter, the message to team chats.

Each failure is one line and costs nothing else: the outputs are in place, and the next run tries again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli._session import AppContext
from planner.i18n.catalog import Catalog
from planner.pipeline import PlanResult
from planner.render.digest import Digest, DigestBuilder
from planner.store import Store
from planner.text import one_line
from spiders.items import SourceReport

if TYPE_CHECKING:  # a week that sends nothing starts without the libraries of sending
    from planner.deliver.chat import Notice
    from planner.deliver.mail import Delivery
    from planner.deliver.upload import Upload


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """What was written, and what became of all that was to leave; None where nothing was configured."""

    written: list[str]
    put: Upload | None = None
    mail: Delivery | None = None
    notify: Notice | None = None

    def body(self) -> dict[str, Any]:
        """The entries of ``--json``."""
        put, mail, notify = self.put, self.mail, self.notify
        return {
            "written": self.written,
            "put": put
            and {
                "state": put.state,
                "server": put.server,
                "put": list(put.put),
                "deleted": list(put.deleted),
                "reason": put.reason,
            },
            "mail": mail and {"state": mail.state, "to": list(mail.to), "reason": mail.reason},
            "notify": notify
            and {
                "state": notify.state,
                "channels": [
                    {"kind": each.kind, "state": each.state, "reason": each.reason} for each in notify.channels
                ],
                "reason": notify.reason,
            },
        }


def publish(session: AppContext, store: Store, planned: PlanResult, reports: tuple[SourceReport, ...]) -> Deliveries:
    """Write the outputs, then upload them where that is configured. Raises OutputError."""
    from planner.publish import publish as put_in_place
    from planner.render.files import OutputFiles

    files = OutputFiles(config=session.config, words=session.words, now=session.now).files(planned, reports)
    written = put_in_place(Path(session.config.output.folder), files)
    return Deliveries(written=written, put=_upload(session, store, files))


def _upload(session: AppContext, store: Store, files: Mapping[str, bytes]) -> Upload | None:
    if session.config.output.put is None:
        return None
    from planner.deliver.upload import upload

    done = upload(session.config.output.put, files, store, session.now, session.words)
    if done.state == "failed":
        click.echo(session.words("put.failed", reason=done.reason), err=True)
    return done


def send(
    session: AppContext, store: Store, planned: PlanResult, reports: tuple[SourceReport, ...], gone: Deliveries
) -> Deliveries:
    """Send the week's letter and message, unless the week is over."""
    if planned.plan.week.end <= session.now or (session.config.mail is None and session.config.notify is None):
        return gone
    view = DigestBuilder(session.config, session.words).view(planned, reports)
    return replace(gone, mail=_mail(session, store, planned, view), notify=_notify(session, store, planned, view))


def _mail(session: AppContext, store: Store, planned: PlanResult, view: Digest) -> Delivery | None:
    if session.config.mail is None:
        return None
    from planner.deliver.mail import Letter, deliver

    folder = Path(session.config.output.folder)
    letter = Letter(
        week=planned.plan.week.name,
        subject=session.words("mail.subject", dates=view.dates, summary=view.summary),
        text=(folder / "digest.txt").read_bytes(),
        html=(folder / "digest.html").read_bytes(),
        calendar=(folder / "plan.ics").read_bytes(),
        empty=not planned.plan.picks,
    )
    sent = deliver(session.config.mail, letter, store, session.now, session.words)
    if sent.state == "failed":
        key = "mail.partly" if sent.to else "mail.failed"
        click.echo(session.words(key, to=", ".join(sent.to), reason=sent.reason), err=True)
    return sent


def _notify(session: AppContext, store: Store, planned: PlanResult, view: Digest) -> Notice | None:
    if session.config.notify is None:
        return None
    from planner.deliver.chat import notify
    from planner.deliver.chat.message import compose

    words = session.words
    message = compose(view, planned.plan.week.name, words)
    notice = notify(session.config.notify, message, store, session.now, words)
    if notice.reason is not None:
        click.echo(words("notify.failed_all", reason=notice.reason), err=True)
    for told in notice.channels:
        if told.state == "failed":
            click.echo(words("notify.failed", channel=told.channel, reason=told.reason), err=True)
    return notice


def show(session: AppContext, gone: Deliveries) -> None:
    """Say what was written and what left."""
    words, put = session.words, gone.put
    key = "cli.written" if gone.written else "cli.unchanged"
    click.echo(words(key, folder=session.config.output.folder, names=", ".join(gone.written)))
    if put is not None:
        show_put(put, words)
    if gone.mail is not None and gone.mail.state == "sent":
        click.echo(words("mail.sent", to=", ".join(gone.mail.to)))
    for each in gone.notify.channels if gone.notify else ():
        if each.state == "sent":
            click.echo(words("notify.sent", channel=each.channel))


def show_put(put: Upload, words: Catalog) -> None:
    """Files by their names; events, whose names are ids, by number and titles."""
    if put.titles is None:
        for key, names in (("put.sent", put.put), ("put.deleted", put.deleted)):
            if names:
                click.echo(words(key, server=put.server, names=", ".join(names)))
        return
    if put.titles:
        key = "put.sent_event" if len(put.titles) == 1 else "put.sent_events"
        titles = words("digest.comma").join(one_line(title, 60) for title in put.titles)
        click.echo(words(key, server=put.server, count=len(put.titles), titles=titles))
    if put.deleted:
        key = "put.deleted_event" if len(put.deleted) == 1 else "put.deleted_events"
        click.echo(words(key, server=put.server, count=len(put.deleted)))

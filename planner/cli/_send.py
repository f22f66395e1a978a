"""What leaves the machine after publishing: files to a server, the letter, the message to team chats.

Each failure is one line and costs nothing else: the outputs are in place, and the next run tries again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli._session import AppContext
from planner.deliver import ChannelOutcome, Outcome, in_words
from planner.i18n.catalog import Catalog
from planner.pipeline import PlanResult
from planner.store import Store
from planner.store.shown import FilesWritten, files_written, keep_files_written
from planner.text import one_line
from spiders.items import SourceReport

if TYPE_CHECKING:
    from planner.render.digest import Digest
    from planner.render.public_files import PublicFiles
    from spiders.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """What was written, and what became of all that was to leave; None where nothing was configured.
    ``outward`` are the files as they may leave, ``public_ids`` the ids of the events that everybody may see,
    ``left_out`` how many events found no room in each public calendar."""

    words: Catalog
    written: list[str]
    outward: Mapping[str, bytes] = field(repr=False)
    public_ids: frozenset[str] = field(repr=False)
    left_out: Mapping[str, int] = field(default_factory=dict)
    put: Outcome | None = None
    mail: Outcome | None = None
    notify: Outcome | None = None

    def body(self) -> dict[str, Any]:
        """The entries of ``--json``."""
        put, mail, notify = self.put, self.mail, self.notify
        return {
            "written": self.written,
            "put": put
            and {"state": put.state, "server": put.server, "put": list(put.sent), "deleted": list(put.deleted)}
            | self._why(put.reason),
            "mail": mail and {"state": mail.state, "to": list(mail.sent)} | self._why(mail.reason),
            "notify": notify
            and {"state": notify.state, "channels": [self._channel(each) for each in notify.channels]}
            | self._why(notify.reason),
        }

    def _channel(self, each: ChannelOutcome) -> dict[str, Any]:
        return {"kind": _kind(each, self.words), "state": each.state} | self._why(each.reason)

    def _why(self, reason: Reason | None) -> dict[str, str | None]:
        return {"reason": None if reason is None else in_words(reason, self.words)}


def publish(session: AppContext, store: Store, planned: PlanResult, reports: tuple[SourceReport, ...]) -> Deliveries:
    """Write the outputs, then upload them where that is configured. Raises OutputError."""
    from planner.publish import digest_of
    from planner.publish import publish as put_in_place
    from planner.render.files import OutputFiles

    folder = Path(session.config.output.folder)
    writer = OutputFiles(config=session.config, words=session.words, now=session.now)
    made = writer.outputs(planned, reports, _kept_public(store, folder))
    written = put_in_place(folder, made.files)
    digests = {name: digest_of(content) for name, content in made.public.files.items()}
    known = FilesWritten(made_of=made.public.made_of, digests=digests, left_out=made.public.left_out)
    if known != files_written(store):
        with store.transaction():
            keep_files_written(store, known)
    put = _upload(session, store, made.outward)
    return Deliveries(
        words=session.words,
        written=written,
        outward=made.outward,
        public_ids=made.public_ids,
        left_out=made.public.left_out,
        put=put,
    )


def _kept_public(store: Store, folder: Path) -> PublicFiles | None:
    """The public files as they were last written, where all of them still stand."""
    from planner.publish import standing
    from planner.render.public_files import PublicFiles

    written = files_written(store)
    files = None if written is None else standing(folder, written.digests)
    if written is None or files is None:
        return None
    return PublicFiles(made_of=written.made_of, files=files, left_out=written.left_out)


def _upload(session: AppContext, store: Store, files: Mapping[str, bytes]) -> Outcome | None:
    if session.config.output.put is None:
        return None
    from planner.deliver.upload import upload

    done = upload(session.config.output.put, files, store, session.now)
    _complain("put.failed", done.reason, session.words)
    return done


def send(
    session: AppContext, store: Store, planned: PlanResult, reports: tuple[SourceReport, ...], gone: Deliveries
) -> Deliveries:
    """Send the week's letter and message, unless the week is over."""
    if planned.plan.week.end <= session.now or (session.config.mail is None and session.config.notify is None):
        return gone
    from planner.render.digest import DigestBuilder

    # Of a letter the view gives the subject; a team's chat is read by others.
    view = DigestBuilder(session.config, session.words, for_others=True).view(planned, reports)
    return replace(
        gone, mail=_mail(session, store, planned, view, gone.outward), notify=_notify(session, store, planned, view)
    )


def _mail(
    session: AppContext, store: Store, planned: PlanResult, view: Digest, files: Mapping[str, bytes]
) -> Outcome | None:
    if session.config.mail is None:
        return None
    from planner.deliver.mail import MailMessage, deliver

    letter = MailMessage(
        week=planned.plan.week.name,
        subject=session.words("mail.subject", dates=view.dates, summary=view.summary),
        text=files["digest.txt"],
        html=files["digest.html"],
        calendar=files["plan.ics"],
        empty=not planned.plan.picks,
    )
    sent = deliver(session.config.mail, letter, store, session.now, session.words)
    _complain("mail.partly" if sent.sent else "mail.failed", sent.reason, session.words, to=", ".join(sent.sent))
    return sent


def _notify(session: AppContext, store: Store, planned: PlanResult, view: Digest) -> Outcome | None:
    if session.config.notify is None:
        return None
    from planner.deliver.chat import notify
    from planner.deliver.chat.message import compose

    words = session.words
    message = compose(view, planned.plan.week.name, words)
    told = notify(session.config.notify, message, store, session.now, words)
    _complain("notify.failed_all", told.reason, words)
    for each in told.channels:
        _complain("notify.failed", each.reason, words, channel=_name(each, words))
    return told


def call_monitor(session: AppContext) -> None:
    """A job has come to its end: tell the monitor, where there is one."""
    if session.config.monitor is None:
        return
    from planner.deliver.ping import ping

    _complain("monitor.failed", ping(session.config.monitor), session.words)


def _complain(key: str, reason: Reason | None, words: Catalog, **values: str) -> None:
    """One line for what failed, which has a reason."""
    if reason is not None:
        click.echo(words(key, reason=in_words(reason, words), **values), err=True)


def show(session: AppContext, gone: Deliveries) -> None:
    """Say what was written and what left."""
    words, put = session.words, gone.put
    key = "cli.written" if gone.written else "cli.unchanged"
    click.echo(words(key, folder=session.config.output.folder, names=", ".join(gone.written)))
    if put is not None:
        show_put(put, words)
    if gone.mail is not None and gone.mail.state == "sent":
        click.echo(words("mail.sent", to=", ".join(gone.mail.sent)))
    for each in gone.notify.channels if gone.notify else ():
        if each.state == "sent":
            click.echo(words("notify.sent", channel=_name(each, words)))


def _name(each: ChannelOutcome, words: Catalog) -> str:
    return words("notify.kind", number=each.number, kind=_kind(each, words))


def _kind(each: ChannelOutcome, words: Catalog) -> str:
    return each.kind or words("notify.unknown_kind")


def show_put(put: Outcome, words: Catalog) -> None:
    """Files by their names; events, whose names are ids, by number and titles."""
    if put.titles is None:
        for key, names in (("put.sent", put.sent), ("put.deleted", put.deleted)):
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

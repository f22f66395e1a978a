"""What waits in the folder and in the mailbox, as deliveries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from imapclient import IMAPClient

from planner.config.inbox import Mailbox
from planner.inbox import folder as dropping
from planner.inbox import mailbox
from planner.inbox.arrivals import Delivery, digest_of
from planner.inbox.folder import Dropped
from planner.inbox.letter import Letter
from planner.inbox.mailbox import Mail
from planner.inbox.packed import is_packed
from planner.store import Store
from planner.types import Arrival, Asked
from spiders.errors import ReadError
from spiders.failures import os_reason
from spiders.items import Context, Document
from spiders.pool import ReaderPool
from spiders.reasons import Reason

NO_TEXT = Reason(Asked.NO_TEXT)
TOO_LARGE = Reason(Asked.TOO_LARGE, mebibytes=dropping.MOST_BYTES >> 20)


def of_folder(folder: Path, note: Callable[[Arrival, str], str | None]) -> Iterator[Delivery]:
    """The files that wait; ``note`` writes the word that is laid beside one of which nothing was kept. Raises OSError
    where the folder is none, or where a file cannot be put away."""
    for dropped in dropping.waiting(folder):
        try:
            body = dropped.body()
        except FileNotFoundError:  # taken away meanwhile
            continue
        except OSError as exc:
            yield _file(dropped, dropped.path.name.encode(), note, refused=os_reason(exc))
            continue
        too_large = len(body) > dropping.MOST_BYTES
        yield _file(dropped, body, note, refused=TOO_LARGE if too_large else NO_TEXT if is_packed(body) else None)


def _file(
    dropped: Dropped, body: bytes, note: Callable[[Arrival, str], str | None], *, refused: Reason | None
) -> Delivery:
    def put_away(arrival: Arrival) -> None:
        dropping.put_away(dropped, note(arrival, dropped.path.name))

    return Delivery(
        digest=digest_of(body),
        origin="folder",
        name=dropped.path.name,
        documents=() if refused else (Document(body=body),),
        refused=(refused,) if refused else (),
        put_away=put_away,
    )


def of_mailbox(
    client: IMAPClient, box: Mailbox, store: Store, context: Context, letters: ReaderPool[Letter]
) -> Iterator[Delivery]:
    """The new mails of those whom the user named; others are left alone. Raises what the mailbox raises."""
    for mail in mailbox.new_mails(client, box, store, context.now):
        if mail.standing != "other":
            yield _mail(mail, box, context, letters)


def _mail(mail: Mail, box: Mailbox, context: Context, letters: ReaderPool[Letter]) -> Delivery:
    def seen(arrival: Arrival) -> None:
        mail.seen()

    if mail.standing == "unproven" or mail.size > dropping.MOST_BYTES:
        reason = Reason(Asked.UNPROVEN) if mail.standing == "unproven" else TOO_LARGE
        digest = digest_of(f"{box.user} {box.mailbox} {mail.uid} {mail.subject} {mail.size}".encode())
        return Delivery(digest=digest, origin="mail", name=mail.subject, refused=(reason,), put_away=seen)
    body = mail.body()
    try:
        letter = letters.read(Document(body=body), context, box.word or "")
    except ReadError as exc:
        return Delivery(digest=digest_of(body), origin="mail", name=mail.subject, refused=(exc.reason,), put_away=seen)
    return Delivery(
        digest=digest_of(body),
        origin="mail",
        name=letter.subject,
        documents=letter.documents,
        otherwise=letter.otherwise,
        refused=letter.refused,
        put_away=seen,
    )

"""A mailbox of the user's own, read by IMAP (RFC 9051) over TLS: every new mail once, nothing in it changed but that it
was seen."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from planner.config.inbox import Mailbox
from planner.deliver import faults
from planner.deliver.codes import Code
from planner.deliver.outcome import DeliveryError
from planner.deliver.secrets import read_password
from planner.inbox.senders import Standing, standing, subject_of
from planner.store import Store
from spiders.reasons import Reason

TIMEOUT = 30.0
MOST_AT_ONCE = 200
LOOKS_BACK = timedelta(days=30)
"""How old mails may be that are read when a mailbox is looked at for the first time."""
LARGEST_HEAD = 256 << 10
POSITION = "inbox position"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail: its number in the mailbox, ``size`` in bytes, and what its head says; ``body`` fetches the whole."""

    uid: int
    size: int
    subject: str
    standing: Standing
    body: Callable[[], bytes]
    seen: Callable[[], None]


@contextmanager
def opened(
    box: Mailbox, environment: Mapping[str, str] | None = None, trust: ssl.SSLContext | None = None
) -> Iterator[IMAPClient]:
    """The mailbox, chosen. ``trust`` replaces the system's certificates. Raises DeliveryError for what a server or
    network does, until the end of the block."""
    password = read_password(box.password_env, box.password_file, environment) or ""
    host, port = box.server
    server = f"{host}:{port}"
    try:
        with IMAPClient(
            host, port, ssl=box.security == "tls", timeout=TIMEOUT,
            ssl_context=trust or ssl.create_default_context() if box.security == "tls" else None,
        ) as client:  # fmt: skip
            if box.security == "starttls":
                client.starttls(trust or ssl.create_default_context())
            client.login(box.user, password)
            if client.has_capability("ID"):  # RFC 2971; some servers let nobody in who does not say it
                client.id_({"name": "quanzi"})
            yield client
    except ssl.SSLCertVerificationError as exc:
        raise DeliveryError(Reason(Code.MAIL_UNTRUSTED, server=server, why=faults.certificate(exc, host))) from exc
    except ssl.SSLError as exc:
        raise DeliveryError(Reason(Code.MAIL_INSECURE, server=server, why=faults.handshake(exc))) from exc
    except LoginError as exc:
        raise DeliveryError(Reason(Code.INBOX_LOGIN, server=server)) from exc
    except IMAPClientError as exc:
        raise DeliveryError(Reason(Code.INBOX_REFUSED, server=server, mailbox=box.mailbox)) from exc
    except (OSError, UnicodeError) as exc:
        raise DeliveryError(Reason(Code.UNREACHABLE, server=server, why=faults.system(exc))) from exc


def new_mails(client: IMAPClient, box: Mailbox, store: Store, now: datetime) -> Iterator[Mail]:
    """The mails since the last time, the oldest first, at most `MOST_AT_ONCE`. Behind each that was dealt with the
    position is kept. Raises what the client raises, and StoreError."""
    status = client.select_folder(box.mailbox)
    validity = int(status[b"UIDVALIDITY"])
    name = f"{box.user}@{box.server[0]}/{box.mailbox}"
    last = _position(store, name, validity)
    uids = client.search(["UID", f"{last + 1}:*", "SINCE", (now - LOOKS_BACK).date()])
    for uid in sorted(each for each in uids if each > last)[:MOST_AT_ONCE]:  # "n:*" is never empty (RFC 9051, 6.4.4)
        known = client.fetch([uid], ["RFC822.SIZE", f"BODY.PEEK[HEADER]<0.{LARGEST_HEAD}>"]).get(uid)
        if known is not None:
            head = _head(known)
            yield Mail(
                uid=uid,
                size=int(known.get(b"RFC822.SIZE", 0)),
                subject=subject_of(head),
                standing=standing(head, box),
                body=partial(_whole, client, uid),
                seen=partial(_mark, client, uid),
            )
        with store.transaction():
            store.put_own_fact(POSITION, json.dumps({**_positions(store), name: [validity, uid]}))


def _head(known: Mapping[bytes, Any]) -> EmailMessage:
    raw = next((value for key, value in known.items() if key.startswith(b"BODY[HEADER]")), b"")
    return message_from_bytes(raw or b"", policy=policy.default)


def _whole(client: IMAPClient, uid: int) -> bytes:
    found = client.fetch([uid], ["BODY.PEEK[]"]).get(uid, {})
    return bytes(found.get(b"BODY[]") or b"")


def _mark(client: IMAPClient, uid: int) -> None:
    with suppress(IMAPClientError):  # a mailbox that may only be read is read all the same
        client.add_flags([uid], [rb"\Seen"])


def _positions(store: Store) -> dict[str, list[int]]:
    kept: dict[str, list[int]] = json.loads(store.own_fact(POSITION) or "{}")
    return kept


def _position(store: Store, name: str, validity: int) -> int:
    """The last number that was dealt with; 0 where the server numbers its mails anew (RFC 9051, 2.3.1.1)."""
    known = _positions(store).get(name, [0, 0])
    return known[1] if known[0] == validity else 0

"""Whether what is delivered gets out: servers are greeted and logged in to, and nothing is sent."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator

from planner.config import Config
from planner.deliver import in_words, mail
from planner.deliver.http import Server
from planner.deliver.outcome import DeliveryError
from planner.deliver.secrets import read_password, read_text
from planner.i18n.catalog import Catalog
from planner.upkeep.findings import Finding, note, ok, wrong


def deliveries(config: Config, words: Catalog, trust: ssl.SSLContext | None = None) -> Iterator[Finding]:
    """Mail, upload, chats, mailbox, each where the configuration has it. ``trust`` replaces the system's
    certificates."""
    looks: list[tuple[str, Callable[[], str]]] = []
    if config.mail is not None:
        looks.append(("mail", lambda: _mail(config, trust)))
    if config.output.put is not None:
        looks.append(("put", lambda: _put(config, trust)))
    if config.inbox is not None and config.inbox.imap is not None:
        looks.append(("inbox", lambda: _mailbox(config, trust)))
    for name, look in looks:
        try:
            yield ok("delivery", "reached", name=name, server=look())
        except DeliveryError as exc:
            yield wrong("delivery", "unreached", name=name, why=in_words(exc.reason, words))
    if config.notify is not None:
        try:
            read_text(config.notify.channels_env, config.notify.channels_file, key="channels_env")
            yield note("delivery", "chats")
        except DeliveryError as exc:
            yield wrong("delivery", "unreached", name="notify", why=in_words(exc.reason, words))
    if not looks and config.notify is None:
        yield ok("delivery", "no_delivery")


def _mail(config: Config, trust: ssl.SSLContext | None) -> str:
    assert config.mail is not None
    return mail.greet(config.mail, trust=trust)


def _put(config: Config, trust: ssl.SSLContext | None) -> str:
    put = config.output.put
    assert put is not None
    password = read_password(put.password_env, put.password_file)
    with Server(put.to, trust, user=put.user, password=password) as server:
        server.ask("OPTIONS", "")  # RFC 9110, 9.3.7: changes nothing; whatever it answers, it is there and lets us in
        return server.host


def _mailbox(config: Config, trust: ssl.SSLContext | None) -> str:
    assert config.inbox is not None
    assert config.inbox.imap is not None
    from planner.inbox.mailbox import opened

    box = config.inbox.imap
    with opened(box, trust=trust) as client:
        client.select_folder(box.mailbox, readonly=True)
    return box.server[0]

"""A mail server on loopback that answers as told, and the letter sent to it."""

from __future__ import annotations

import ssl

from planner.deliver.mail import MailMessage, deliver
from planner.i18n.catalog import Catalog
from planner.store import Store
from tests.support.letters import AT, LETTER, settings

EN = Catalog("en")
SECRET = "plum-kettle-42"


class Inbox:
    """Keeps what arrives; answers as told."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], bytes]] = []
        self.data_answers: list[str] = []
        self.refused: dict[str, str] = {}
        self.hang_up_in_data = 0
        self.tls: list[bool] = []

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server, session, envelope):
        if self.hang_up_in_data:
            self.hang_up_in_data -= 1
            server.transport.abort()
            return "250 never heard"
        if self.data_answers:
            return self.data_answers.pop(0)
        self.tls.append(session.ssl is not None or server.transport.get_extra_info("cipher") is not None)
        self.letters.append((list(envelope.rcpt_tos), envelope.content))
        return "250 taken"


def send(store: Store, trust: ssl.SSLContext | None, *, secret: str = SECRET, letter: MailMessage = LETTER, **wanted):
    return deliver(settings(**wanted), letter, store, AT, EN, trust=trust, environment={"SECRET": secret})

"""The digest by mail: one letter a week, sent once, over an encrypted connection or not at all.

Its receipts stand under ``mail 2026-W48``. A letter that has to be sent again keeps its Message-ID.
"""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from functools import reduce

from planner.config.mail import Mail, Server
from planner.deliver import faults
from planner.deliver.codes import Code
from planner.deliver.outcome import DeliveryError, Outcome, is_skipped
from planner.deliver.receipts import Receipts
from planner.deliver.secrets import masked, read_password
from planner.i18n.catalog import Catalog
from planner.store import Store
from planner.text import one_line
from spiders.reasons import Reason, Value

MAX_SUBJECT = 60  # more is cut off by mail programs
MAX_ENCODED = 100_000  # bytes of the HTML part in transit; Gmail clips what is a little larger
TIMEOUT = 30.0
_BASE64_GROWTH = 0.37


@dataclass(frozen=True, slots=True, kw_only=True)
class MailMessage:
    """What a week's mail says: the published files, and the ISO week (``2026-W48``) they are for."""

    week: str
    subject: str
    text: bytes
    html: bytes
    calendar: bytes
    empty: bool = False


class _Unfolded(UnstructuredHeader, BaseHeader):
    """A header of one long word. The library would cut it into encoded words, which no program reads as an address."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


def compose(mail: Mail, letter: MailMessage, now: datetime, words: Catalog) -> EmailMessage:
    """A letter as a message: text, then HTML (RFC 2046, 5.1.4), with the calendar attached. ``now`` becomes its Date.

    HTML that mail programs would cut off is attached whole, and the text says so.
    """
    headers = HeaderRegistry()
    headers.map_to_type("list-unsubscribe", _Unfolded)
    message = EmailMessage(policy=SMTP.clone(header_factory=headers))
    message["Subject"] = one_line(letter.subject, MAX_SUBJECT)
    message["From"] = Address(words("mail.name"), addr_spec=mail.sender)
    message["To"] = ", ".join(mail.to)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(mail, letter.week)
    message["List-Id"] = f"<week.{_digest(mail.sender)}.localhost>"  # RFC 2919, 3: a list without a domain of its own
    message["List-Unsubscribe"] = f"<mailto:{mail.sender}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    text, html = letter.text.decode(), letter.html.decode()
    fits = encoded_size(letter.html) <= MAX_ENCODED
    if not fits:
        text = f"{words('mail.too_large')}\n\n{text}"
    message.set_content(text, charset="utf-8", cte=_encoding(text.encode()))
    if fits:
        message.add_alternative(html, subtype="html", charset="utf-8", cte=_encoding(letter.html))
    else:
        message.add_attachment(letter.html, maintype="text", subtype="html", filename=f"quanzi-{letter.week}.html")
    message.add_attachment(
        letter.calendar.decode(),
        subtype="calendar",
        charset="utf-8",
        cte="base64",
        filename=f"quanzi-{letter.week}.ics",
    )
    return message


def message_id(mail: Mail, week: str) -> str:
    """The same for the same week, sender and readers (RFC 5322, 3.6.4): mail programs show such a letter once."""
    domain = mail.sender.rpartition("@")[2]
    return f"<quanzi.{week}.{_digest(mail.sender, *sorted(mail.to))}@{domain}>"


def deliver(
    mail: Mail,
    letter: MailMessage,
    store: Store,
    now: datetime,
    words: Catalog,
    *,
    trust: ssl.SSLContext | None = None,
    environment: Mapping[str, str] | None = None,
) -> Outcome:
    """Send a week's mail to those who have not got it yet. ``trust`` replaces the system's certificates.

    Never raises for what a server or a network does: that is ``failed`` with its reason, and the next run tries again.
    """
    if is_skipped(mail.when_empty, empty=letter.empty):
        return Outcome(state="skipped")
    receipts = Receipts(store=store, name=f"mail {letter.week}", now=now)
    taken = set(receipts.read().get("taken", ()))
    pending = [address for address in mail.to if address not in taken]
    if not pending:
        return Outcome(state="already")
    message = compose(mail, letter, now, words)

    def send() -> Outcome:
        secret = read_password(mail.password_env, mail.password_file, environment)
        refused = _send(mail, message, pending, secret, trust)
        got = tuple(address for address in pending if address not in refused)
        taken.update(got)
        return Outcome(state="failed" if refused else "sent", sent=got, reason=_all_of(refused))

    return receipts.record(send, lambda: {"message": message["Message-ID"], "taken": sorted(taken)})


def greet(mail: Mail, *, trust: ssl.SSLContext | None = None, environment: Mapping[str, str] | None = None) -> str:
    """Reach the server and log in, and send nothing; -> its host. Raises DeliveryError."""
    secret = read_password(mail.password_env, mail.password_file, environment)
    with _told_apart(mail.server, secret):
        client = _connected(mail, trust or ssl.create_default_context())
        try:
            if secret is not None:
                _log_in(client, mail, secret)
            client.noop()
        finally:
            client.close()
    return mail.server.host


def _all_of(refused: Mapping[str, tuple[int, str]]) -> Reason | None:
    """Why some readers did not get it; None where all did."""
    reasons = [
        Reason(Code.MAIL_RECIPIENT, address=address, number=number, why=why)
        for address, (number, why) in sorted(refused.items())
    ]
    return reduce(lambda first, second: Reason(Code.AND, first=first, second=second), reasons) if reasons else None


def _send(
    mail: Mail, message: EmailMessage, to: list[str], secret: str | None, trust: ssl.SSLContext | None
) -> dict[str, tuple[int, str]]:
    """Hand the message in; -> the addresses that were refused although others were taken, with the answers.
    Raises DeliveryError."""
    with _told_apart(mail.server, secret):
        client = _connected(mail, trust or ssl.create_default_context())
        try:
            if secret is not None:
                _log_in(client, mail, secret)
            refused = client.sendmail(mail.sender, to, message.as_bytes())
        except BaseException:
            client.close()
            raise
    try:
        client.quit()
    except (smtplib.SMTPException, OSError):
        client.close()  # the server has taken the letter: how it says good-bye changes nothing
    return {address: (code, _shown(said, secret)) for address, (code, said) in refused.items()}


def _connected(mail: Mail, trust: ssl.SSLContext) -> smtplib.SMTP:
    """An encrypted connection. The name of this machine is nobody's business: an address literal stands for it."""
    host, port, security = mail.server
    own = "[127.0.0.1]"
    if security == "tls":
        try:
            return smtplib.SMTP_SSL(host, port, local_hostname=own, timeout=TIMEOUT, context=trust)
        except ssl.SSLError as exc:
            if exc.reason in faults.NO_TLS_THERE:
                raise _failure(Code.MAIL_WANTS_STARTTLS, mail.server, port=port) from exc
            raise
    try:
        client = smtplib.SMTP(host, port, local_hostname=own, timeout=TIMEOUT)
    except smtplib.SMTPServerDisconnected as exc:  # no greeting: it waits for ours, or hung up on what is no TLS
        raise _failure(Code.MAIL_WANTS_TLS, mail.server, port=port) from exc
    try:
        client.starttls(context=trust)
    except smtplib.SMTPNotSupportedError as exc:
        client.close()
        raise _failure(Code.MAIL_INSECURE, mail.server, why=Reason(Code.NO_STARTTLS)) from exc
    except BaseException:
        client.close()
        raise
    return client


def _log_in(client: smtplib.SMTP, mail: Mail, secret: str) -> None:
    try:
        client.login(mail.login, secret)
    except smtplib.SMTPAuthenticationError as exc:
        if exc.smtp_code // 100 == 4:
            raise
        # The server's words are left out: some repeat what they were sent.
        raise _failure(Code.MAIL_LOGIN, mail.server, number=exc.smtp_code) from None
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException):
        raise
    except smtplib.SMTPException:
        raise _failure(Code.MAIL_NO_LOGIN, mail.server) from None


@contextmanager
def _told_apart(server: Server, secret: str | None) -> Iterator[None]:
    """What servers and networks do, as `DeliveryError` that holds no secret."""

    def answered(number: int, said: object) -> DeliveryError:
        kind = Code.MAIL_LATER if number // 100 == 4 else Code.MAIL_REFUSED
        return _failure(kind, server, number=number, why=_shown(said, secret))

    try:
        yield
    except smtplib.SMTPRecipientsRefused as exc:
        # One that may come back later makes the whole a matter of time; the next run tries all of them anyway.
        raise answered(*min(exc.recipients.values(), key=lambda answer: answer[0])) from None
    except smtplib.SMTPResponseException as exc:
        raise answered(exc.smtp_code, exc.smtp_error) from None
    except smtplib.SMTPException as exc:
        raise _failure(Code.DROPPED, server, why=_how_dropped(exc)) from None
    except ssl.SSLCertVerificationError as exc:
        raise _failure(Code.MAIL_UNTRUSTED, server, why=faults.certificate(exc, server.host)) from None
    except ssl.SSLError as exc:
        raise _failure(Code.MAIL_INSECURE, server, why=faults.handshake(exc)) from None
    except (ConnectionResetError, BrokenPipeError) as exc:
        raise _failure(Code.DROPPED, server, why=faults.system(exc)) from None
    except (OSError, UnicodeError) as exc:
        raise _failure(Code.UNREACHABLE, server, why=faults.system(exc)) from None


def _how_dropped(exc: smtplib.SMTPException) -> Reason:
    if not isinstance(exc, smtplib.SMTPServerDisconnected):
        return Reason(Code.NO_SMTP)
    # The library says the same of a server that hung up and of one that fell silent.
    silent = isinstance(exc.__context__, TimeoutError)
    return Reason(Code.TIMED_OUT if silent else Code.CONNECTION_CLOSED)


def _failure(code: Code, server: Server, **values: Value | Reason) -> DeliveryError:
    host = f"[{server.host}]" if ":" in server.host else server.host
    return DeliveryError(Reason(code, server=f"{host}:{server.port}", **values))


def _shown(said: object, secret: str | None) -> str:
    """Somebody else's words on one line, without the secret."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return one_line(masked(text, secret), 160)


def _digest(*words: str) -> str:
    return hashlib.sha256("\n".join(words).lower().encode()).hexdigest()[:16]


def _encoding(body: bytes) -> str:
    """The shorter of the two ways through servers of seven bits: Chinese as base64, Latin text readable."""
    return "base64" if 2 * _costly(body) > _BASE64_GROWTH * len(body) else "quoted-printable"


def encoded_size(body: bytes) -> int:
    """About how many bytes a body takes in transit."""
    return len(body) + int(min(2 * _costly(body), _BASE64_GROWTH * len(body)))


def _costly(body: bytes) -> int:
    """Bytes that quoted-printable writes as three."""
    return sum(byte > 126 or byte == 0x3D for byte in body)

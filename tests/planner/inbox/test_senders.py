"""Who sent a mail: a name that anybody can write is believed only with proof."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from planner.config.inbox import Mailbox
from planner.inbox.senders import standing
from tests.support.mails import ME, PROVED, SERVER, WORD, mail

BOX = Mailbox.model_validate(
    {
        "host": "imap.mail.example",
        "user": ME,
        "password_env": "X",
        "from": [ME, "Mate@Mail.example"],
        "verified_by": SERVER,
    }
)
BY_WORD = BOX.model_copy(update={"verified_by": None, "word": WORD})


def told(raw: bytes, box: Mailbox = BOX) -> str:
    return standing(message_from_bytes(raw, policy=policy.default), box)


@pytest.mark.parametrize(
    "proved",
    [
        PROVED,
        f"{SERVER}; dkim=pass header.d=mail.example header.s=a",
        f"{SERVER}; dkim=fail header.d=mail.example; dkim=pass header.i=@mail.example",
        f"{SERVER}; spf=pass (ok; it is; fine) smtp.mailfrom=me@mail.example",
        f"{SERVER} 1; dmarc=pass header.from=mail.example",
    ],
)
def test_what_the_own_server_has_proved_is_believed(proved):
    assert told(mail(proved=proved)) == "named"
    assert told(mail(proved=proved, sender="Me <ME@mail.example>")) == "named"


@pytest.mark.parametrize(
    "proved",
    [
        None,
        f"{SERVER}; dmarc=fail header.from=mail.example",
        f"{SERVER}; dkim=pass header.d=evil.example",
        f"{SERVER}; dkim=pass header.d=notmail.example; spf=pass smtp.mailfrom=a@evilmail.example",
        f"{SERVER}; spf=pass",
        f"{SERVER}; x-reason=(dmarc=pass header.from=mail.example)",
        "mx.evil.example; dmarc=pass header.from=mail.example",
        f"mx.evil.example {SERVER}; dmarc=pass header.from=mail.example",
        f"{SERVER}.evil.example; dmarc=pass header.from=mail.example",
        "",
    ],
)
def test_what_it_has_not_proved_is_not(proved):
    assert told(mail(proved=proved)) == "unproven"


def test_only_the_first_word_about_a_sender_is_the_servers_own():
    forged = f"Authentication-Results: {PROVED}\r\n".encode()
    head = f"Authentication-Results: {SERVER}; dmarc=fail header.from=mail.example\r\n".encode()
    assert told(head + forged + f"From: {ME}\r\n\r\nx".encode()) == "unproven"


@pytest.mark.parametrize(
    "sender",
    [
        "other@mail.example",
        "me@mail.example.evil.example",
        f"{ME}, other@mail.example",
        '"me@mail.example" <x@evil.example>',
        "",
    ],
)
def test_others_are_others_whatever_is_proved(sender):
    raw = f"Authentication-Results: {PROVED}\r\nFrom: {sender}\r\n\r\nx".encode()
    assert told(raw) == "other"


def test_two_senders_are_none():
    raw = f"Authentication-Results: {PROVED}\r\nFrom: {ME}\r\nFrom: other@evil.example\r\n\r\nx".encode()
    assert told(raw) == "other"


def test_a_word_that_only_the_user_knows_is_proof():
    assert told(mail(subject=f"Fwd: salon {WORD}", proved=None), BY_WORD) == "named"
    assert told(mail(subject="Fwd: salon", proved=PROVED), BY_WORD) == "unproven"
    assert told(mail(subject=f"{WORD}", sender="other@mail.example"), BY_WORD) == "other"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 100,
        b"From",
        b"From: =?utf-8?b?////?=\r\nSubject: =?x?q?=\r\n\r\n",
        b"From: <" * 5000,
        b"A: " + b"(" * 50_000,
    ],
)
def test_broken_heads_are_others(raw):
    assert told(raw) == "other"

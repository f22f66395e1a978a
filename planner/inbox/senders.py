"""Who sent a mail, and whether that is proved: a name in ``From`` is written by whoever likes.

The user's own mail server says what it has checked in ``Authentication-Results`` (RFC 8601) at the top of what it
delivers; what a sender wrote there stands further down. A word in the subject that only the user knows will do as well.
"""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Literal

from planner.config.inbox import Mailbox

Standing = Literal["named", "unproven", "other"]
"""One whom the user named; one who claims to be; somebody else."""
_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"\s*(dmarc|dkim|spf)\s*=\s*pass\b(.*)", re.IGNORECASE | re.DOTALL)
_DOMAIN = re.compile(
    r"\b(?:header\.from|header\.d|header\.i|smtp\.mailfrom)\s*=\s*\"?(?:[^\s;\"]*@)?([A-Za-z0-9.-]+)", re.IGNORECASE
)
_LONGEST = 20_000


def standing(message: EmailMessage, box: Mailbox) -> Standing:
    """What the head of a mail says of its sender. Never raises."""
    sender = _sender(message)
    if sender is None or sender.casefold() not in {each.casefold() for each in box.senders}:
        return "other"
    if box.word is not None and box.word in subject_of(message):
        return "named"
    domain = sender.rpartition("@")[2].casefold()
    return "named" if box.verified_by is not None and _is_verified(message, box.verified_by, domain) else "unproven"


def subject_of(message: EmailMessage) -> str:
    """The subject on one line; empty where there is none, or none that can be read."""
    return " ".join(_header(message, "Subject").split())


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))[:_LONGEST]
    except (ValueError, IndexError, AttributeError, TypeError):  # what the library makes of broken headers
        return ""


def _sender(message: EmailMessage) -> str | None:
    """The address that it claims to be from: of one header, with one address."""
    heads = message.get_all("From", [])
    addresses = getaddresses([str(each)[:_LONGEST] for each in heads])
    return addresses[0][1] if len(heads) == 1 and len(addresses) == 1 and addresses[0][1] else None


def _is_verified(message: EmailMessage, server: str, domain: str) -> bool:
    """Whether the first word about the sender is the server's own, and says that this domain sent it."""
    heads = message.get_all("Authentication-Results", [])
    if not heads:
        return False
    told = str(heads[0])[:_LONGEST]
    while (without := _COMMENT.sub(" ", told)) != told:
        told = without
    name, _, results = told.partition(";")
    if name.split()[:1] != [server] and name.split()[:1] != [server.casefold()]:
        return False
    return any(_passes(result, domain) for result in results.split(";"))


def _passes(result: str, domain: str) -> bool:
    found = _RESULT.match(result)
    named = _DOMAIN.search(found[2]) if found else None
    if named is None:
        return False
    proved = named[1].casefold().rstrip(".")
    return domain == proved or domain.endswith("." + proved)

"""What travels in an upload, what came back, and how it is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from planner.deliver import faults
from planner.deliver.codes import Code
from planner.deliver.outcome import DeliveryError
from spiders.reasons import Reason


class ResourceRefused(DeliveryError):  # noqa: N818 - HTTP's word; the rest of the upload goes on
    """One resource was refused; the others may still be taken."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource as it should be; ``digest`` tells when it differs."""

    content: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """One resource as we put it. ``gone``: somebody took it away there, and it stays away."""

    digest: str
    etag: str | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, the strong validator (RFC 9110, 8.8.3) if there was one, and the body."""

    code: int
    etag: str | None
    body: bytes

    @property
    def good(self) -> bool:
        """Whether the server did as asked."""
        return 200 <= self.code < 300


class Asked(Protocol):
    """The server that an upload speaks to (`http.Server`)."""

    host: str

    def ask(self, method: str, name: str, content: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """One request. Raises DeliveryError."""


class Place(Protocol):
    """What resources are put into: a folder of files or a collection of events."""

    def send(self, name: str, resource: Resource, receipt: Receipt | None) -> Receipt:
        """Put one resource. Raises ResourceRefused, DeliveryError."""

    def remove(self, name: str, receipt: Receipt) -> bool:
        """Take one of ours away; -> whether it was there. Raises ResourceRefused, DeliveryError."""


def from_fact(fact: Mapping[str, Any]) -> dict[str, Receipt]:
    """The receipts of a place, by name."""
    return {name: Receipt(**values) for name, values in fact.get("kept", {}).items()}


def to_fact(receipts: Mapping[str, Receipt]) -> dict[str, Any]:
    """The same as the store keeps them."""
    return {"kept": {name: asdict(receipt) for name, receipt in sorted(receipts.items())}}


def refusal(server: str, name: str, answer: Answer) -> ResourceRefused:
    """What an answer that is no success says of one resource."""
    known = {
        403: Code.UPLOAD_FORBIDDEN,
        409: Code.UPLOAD_CONFLICT,
        412: Code.UPLOAD_CHANGED,
        413: Code.UPLOAD_TOO_LARGE,
    }
    if answer.code in known:
        return ResourceRefused(Reason(known[answer.code], server=server, name=name, number=answer.code))
    why = faults.status(answer.code)
    return ResourceRefused(Reason(Code.UPLOAD_REFUSED, server=server, name=name, number=answer.code, why=why))

"""What systems, certificates and web servers report, as reasons: by their numbers, never by their sentences."""

from __future__ import annotations

import errno
import socket
import ssl

from planner.deliver.codes import Code
from spiders.reasons import Reason

_SYSTEM = {
    errno.ENOENT: Code.NO_FILE,
    errno.EACCES: Code.NO_PERMISSION,
    errno.EPERM: Code.NO_PERMISSION,
    errno.EISDIR: Code.IS_FOLDER,
    errno.ENOTDIR: Code.NO_FOLDER,
    errno.EEXIST: Code.EXISTS,
    errno.EROFS: Code.READ_ONLY,
    errno.ENOSPC: Code.DISK_FULL,
    errno.EADDRINUSE: Code.ADDRESS_TAKEN,
    errno.EADDRNOTAVAIL: Code.ADDRESS_ELSEWHERE,
    errno.ECONNREFUSED: Code.CONNECTION_REFUSED,
    errno.ECONNRESET: Code.CONNECTION_CLOSED,
    errno.ECONNABORTED: Code.CONNECTION_CLOSED,
    errno.EPIPE: Code.CONNECTION_CLOSED,
    errno.ETIMEDOUT: Code.TIMED_OUT,
    errno.ENETUNREACH: Code.NO_ROUTE,
    errno.EHOSTUNREACH: Code.NO_ROUTE,
}
# RFC 5280 as OpenSSL numbers it (x509_vfy.h).
_CERTIFICATE = {
    9: Code.NOT_YET_VALID,
    10: Code.EXPIRED,
    18: Code.SELF_SIGNED,
    19: Code.SELF_SIGNED_IN_CHAIN,
    20: Code.ISSUER_UNKNOWN,
    21: Code.ISSUER_UNKNOWN,
}
_MADE_OUT_TO_ANOTHER = {62, 64}
NO_TLS_THERE = {"WRONG_VERSION_NUMBER", "UNKNOWN_PROTOCOL", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG"}
"""What OpenSSL names an answer that is no TLS."""


def system(exc: OSError | UnicodeError) -> Reason:
    """What the system reports."""
    if isinstance(exc, UnicodeError):  # no name that a resolver could be asked for
        return Reason(Code.HOST_UNKNOWN)
    if isinstance(exc, socket.gaierror):
        return Reason(Code.HOST_UNKNOWN_NOW if exc.errno == socket.EAI_AGAIN else Code.HOST_UNKNOWN)
    if isinstance(exc, TimeoutError):  # those of sockets have no number
        return Reason(Code.TIMED_OUT)
    code = _SYSTEM.get(exc.errno or 0)
    return Reason(code) if code is not None else Reason(Code.SYSTEM_FAULT, number=exc.errno or 0)


def certificate(exc: ssl.SSLCertVerificationError, host: str) -> Reason:
    """Why the certificate of ``host`` is not trusted."""
    if exc.verify_code in _MADE_OUT_TO_ANOTHER:
        return Reason(Code.OTHER_HOST, name=host)
    code = _CERTIFICATE.get(exc.verify_code)
    return Reason(code) if code is not None else Reason(Code.CERTIFICATE_FAULT, number=exc.verify_code)


def handshake(exc: ssl.SSLError) -> Reason:
    """Why there is no encryption, where it is not the certificate."""
    return Reason(Code.NO_TLS if exc.reason in NO_TLS_THERE else Code.TLS_FAILED)


def status(code: int) -> Reason:
    """What a status of HTTP means, in the standard's words: the server's own may repeat what it was sent."""
    known = f"http_{code}"
    return Reason(Code(known) if known in set(Code) else Code.HTTP_OTHER)

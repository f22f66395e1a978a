"""What systems, networks and the crawler's libraries raise, as reasons: told apart by type and number, never by words.

What cannot be told apart gets a general reason; the name of its class is for the log alone.
"""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Iterator

from spiders.reasons import Code, Reason
from spiders.settings import MAX_MEBIBYTES, TIMEOUT

MAX_CAUSES = 12

_log = logging.getLogger(__name__)

_OF_ERRNO = {
    errno.ENOENT: Code.NO_SUCH_FILE,
    errno.EACCES: Code.NO_PERMISSION,
    errno.EPERM: Code.NO_PERMISSION,
    errno.EISDIR: Code.IS_A_FOLDER,
    errno.ENOTDIR: Code.NOT_A_FOLDER,
    errno.EEXIST: Code.FILE_EXISTS,
    errno.EROFS: Code.READ_ONLY,
    errno.ENOSPC: Code.DISK_FULL,
    errno.EADDRINUSE: Code.ADDRESS_IN_USE,
    errno.EADDRNOTAVAIL: Code.ADDRESS_NOT_HERE,
    errno.ETIMEDOUT: Code.TIMED_OUT,
    errno.ECONNREFUSED: Code.CONNECTION_REFUSED,
    errno.ECONNRESET: Code.CONNECTION_CLOSED,
    errno.ECONNABORTED: Code.CONNECTION_CLOSED,
    errno.EPIPE: Code.CONNECTION_CLOSED,
    errno.ENETUNREACH: Code.NETWORK_UNREACHABLE,
    errno.EHOSTUNREACH: Code.NETWORK_UNREACHABLE,
}
_OF_NAME = {
    socket.EAI_NONAME: Code.NAME_UNKNOWN,
    socket.EAI_AGAIN: Code.NAME_LATER,
    getattr(socket, "EAI_NODATA", None): Code.NAME_WITHOUT_ADDRESS,  # not on every system
}
_OF_CERTIFICATE = {  # X509_V_ERR_* of OpenSSL
    9: Code.CERTIFICATE_TOO_EARLY,
    10: Code.CERTIFICATE_EXPIRED,
    18: Code.CERTIFICATE_SELF_SIGNED,
    19: Code.CERTIFICATE_CHAIN_SELF_SIGNED,
    20: Code.CERTIFICATE_ISSUER_UNKNOWN,
    62: Code.CERTIFICATE_OF_ANOTHER,
    64: Code.CERTIFICATE_OF_ANOTHER,
}
_TOO_LARGE = Reason(Code.TOO_LARGE, mebibytes=MAX_MEBIBYTES)
_TOO_LATE = Reason(Code.NO_ANSWER_WITHIN, seconds=TIMEOUT)
NO_TLS = frozenset({
    Code.CONNECTION_REFUSED, Code.CONNECTION_CLOSED, Code.NETWORK_UNREACHABLE, Code.TIMED_OUT, Code.NO_ANSWER_WITHIN,
    Code.NOT_TLS, Code.TLS_FAILED, Code.CERTIFICATE_NOT_TRUSTED, Code.CERTIFICATE_SELF_SIGNED,
    Code.CERTIFICATE_CHAIN_SELF_SIGNED, Code.CERTIFICATE_EXPIRED, Code.CERTIFICATE_TOO_EARLY,
    Code.CERTIFICATE_ISSUER_UNKNOWN, Code.CERTIFICATE_OF_ANOTHER,
})  # fmt: skip
"""Failures of https that say nothing of http on the same host."""
_PLAIN_ANSWERS = {"wrong version number", "packet length too long", "http request"}  # OpenSSL's names for no TLS at all


def os_reason(error: OSError) -> Reason:
    """What the system says of a file, a name or a connection, by the number of the error."""
    verified = getattr(error, "verify_code", None)  # ssl.SSLCertVerificationError
    if verified is not None:
        return Reason(_OF_CERTIFICATE.get(verified, Code.CERTIFICATE_NOT_TRUSTED))
    if isinstance(error, socket.gaierror):
        return Reason(_OF_NAME.get(error.errno, Code.NAME_UNKNOWN))
    if isinstance(error, TimeoutError):
        return Reason(Code.TIMED_OUT)
    if isinstance(getattr(error, "library", None), str):  # ssl.SSLError
        return _of_tls(str(getattr(error, "reason", "")))
    if error.errno in _OF_ERRNO:
        return Reason(_OF_ERRNO[error.errno])
    _log.info("%r", error)
    return Reason(Code.SYSTEM_ERROR, name=errno.errorcode.get(error.errno or 0, str(error.errno or "?")))


def fetch_reason(error: BaseException, refused: Reason | None = None) -> Reason:
    """Why the crawler has no answer. ``refused``: why no address of the host was admitted."""
    if refused is not None:
        return Reason(Code.ADDRESS_REFUSED, why=refused)
    for cause in _causes(error):
        reason = _of_crawler(cause) or _of_connection(cause)
        if reason is not None:
            return reason
    _log.info("no answer: %r", error)
    return Reason(Code.NO_ANSWER)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it, the innermost first: a wrapper tells less than what it wraps."""
    found: list[BaseException] = [error]
    for each in found:  # grows on the way
        inner = [failure.value for failure in getattr(each, "reasons", ())]  # of Twisted's wrappers
        found += [cause for cause in (each.__cause__, *inner) if cause is not None and cause not in found]
        if len(found) > MAX_CAUSES:
            break
    return reversed(found)


def _of_crawler(error: BaseException) -> Reason | None:
    """What Scrapy and our own part of it raise."""
    from scrapy import exceptions
    from scrapy.spidermiddlewares.httperror import HttpError

    from spiders.handler import HostWantsToWait
    from spiders.headers import KIBIBYTES, HeadersTooLargeError
    from spiders.robots import RobotsForbid, RobotsUnreachable

    if isinstance(error, RobotsUnreachable):
        if isinstance(error.cause, int):
            return Reason(Code.ROBOTS_UNREACHABLE, status=error.cause)
        return fetch_reason(error.cause)
    table: dict[type[Exception], Reason] = {
        RobotsForbid: Reason(Code.ROBOTS_FORBID),
        HttpError: Reason(Code.REDIRECTED_NOWHERE),
        HostWantsToWait: Reason(Code.STATUS_WAIT, status=429),
        HeadersTooLargeError: Reason(Code.HEADERS_TOO_LARGE, kibibytes=KIBIBYTES),
        # Scrapy raises it for two things: what grows too large when unpacked has a cause.
        exceptions.IgnoreRequest: _TOO_LARGE if error.__cause__ else Reason(Code.REDIRECTED_TOO_OFTEN),
        exceptions.DownloadCancelledError: _TOO_LARGE,
        exceptions.DownloadTimeoutError: _TOO_LATE,
        exceptions.CannotResolveHostError: Reason(Code.HOST_NOT_FOUND),
        exceptions.DownloadConnectionRefusedError: Reason(Code.CONNECTION_REFUSED),
        exceptions.UnsupportedURLSchemeError: Reason(Code.ONLY_HTTP),
        exceptions.ResponseDataLossError: Reason(Code.CUT_OFF),
    }
    return next((reason for kind, reason in table.items() if isinstance(error, kind)), None)


def _of_connection(error: BaseException) -> Reason | None:
    """What Twisted, OpenSSL and the system raise."""
    import zlib

    from OpenSSL import SSL
    from service_identity import VerificationError
    from twisted.internet import error as network
    from twisted.web._newclient import ParseError  # has no public name
    from twisted.web.http import PotentialDataLoss, _DataLoss

    if isinstance(error, SSL.Error):
        match error.args:
            case ([(*_, str() as said), *_],):
                return _of_tls(said)
        return Reason(Code.TLS_FAILED)
    table: dict[type[Exception], Reason] = {
        VerificationError: Reason(Code.CERTIFICATE_NOT_TRUSTED),
        network.VerifyError: Reason(Code.CERTIFICATE_NOT_TRUSTED),
        network.DNSLookupError: Reason(Code.HOST_NOT_FOUND),
        network.ConnectionRefusedError: Reason(Code.CONNECTION_REFUSED),
        network.TimeoutError: _TOO_LATE,
        network.TCPTimedOutError: _TOO_LATE,
        TimeoutError: _TOO_LATE,
        network.ConnectionLost: Reason(Code.CONNECTION_CLOSED),
        network.ConnectionDone: Reason(Code.CONNECTION_CLOSED),
        network.ConnectionAborted: Reason(Code.CONNECTION_CLOSED),
        ParseError: Reason(Code.NOT_HTTP),
        _DataLoss: Reason(Code.CUT_OFF),
        PotentialDataLoss: Reason(Code.CUT_OFF),
        zlib.error: Reason(Code.GARBLED_ANSWER),
    }
    found = next((reason for kind, reason in table.items() if isinstance(error, kind)), None)
    if found is None and isinstance(error, network.ConnectError) and error.osError:
        return os_reason(OSError(error.osError, ""))
    return os_reason(error) if found is None and isinstance(error, OSError) else found


def _of_tls(said: str) -> Reason:
    """An error of OpenSSL by the name that OpenSSL gives it."""
    name = said.replace("_", " ").lower()
    if name == "certificate verify failed":
        return Reason(Code.CERTIFICATE_NOT_TRUSTED)
    return Reason(Code.NOT_TLS if name in _PLAIN_ANSWERS else Code.TLS_FAILED)

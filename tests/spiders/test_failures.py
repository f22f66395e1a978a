"""What systems and libraries raise is told apart by type and number, and no class is named to people."""

from __future__ import annotations

import errno
import socket
import ssl

import pytest
from scrapy import exceptions
from twisted.internet import error as network
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from planner.i18n.catalog import LANGUAGES
from planner.i18n.reasons import translate
from spiders.failures import fetch_reason, os_reason
from spiders.reasons import Code, Reason
from spiders.robots import RobotsForbid, RobotsUnreachable


def certificate_error(number: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = number
    return error


def tls_error(reason: str) -> ssl.SSLError:
    error = ssl.SSLError(1, "of TLS")
    error.library, error.reason = "SSL", reason
    return error


SYSTEM = [
    (FileNotFoundError(errno.ENOENT, "x"), Code.NO_SUCH_FILE),
    (PermissionError(errno.EACCES, "x"), Code.NO_PERMISSION),
    (IsADirectoryError(errno.EISDIR, "x"), Code.IS_A_FOLDER),
    (OSError(errno.ENOSPC, "x"), Code.DISK_FULL),
    (OSError(errno.EADDRINUSE, "x"), Code.ADDRESS_IN_USE),
    (ConnectionResetError(errno.ECONNRESET, "x"), Code.CONNECTION_CLOSED),
    (TimeoutError("timed out"), Code.TIMED_OUT),
    (OSError(errno.EHOSTUNREACH, "x"), Code.NETWORK_UNREACHABLE),
    (socket.gaierror(socket.EAI_NONAME, "x"), Code.NAME_UNKNOWN),
    (socket.gaierror(socket.EAI_AGAIN, "x"), Code.NAME_LATER),
    (certificate_error(10), Code.CERTIFICATE_EXPIRED),
    (certificate_error(18), Code.CERTIFICATE_SELF_SIGNED),
    (certificate_error(62), Code.CERTIFICATE_OF_ANOTHER),
    (certificate_error(99), Code.CERTIFICATE_NOT_TRUSTED),
    (tls_error("WRONG_VERSION_NUMBER"), Code.NOT_TLS),
    (tls_error("TLSV1_ALERT_INTERNAL_ERROR"), Code.TLS_FAILED),
]


@pytest.mark.parametrize(("error", "code"), SYSTEM, ids=[code for _, code in SYSTEM])
def test_what_a_system_says(error: OSError, code: Code) -> None:
    assert os_reason(error) == Reason(code)


@pytest.mark.parametrize("error", [OSError(errno.EMFILE, "too many"), OSError("no number"), OSError(99_999, "?")])
def test_what_nobody_knows_of_a_system_has_a_general_reason(error: OSError) -> None:
    assert os_reason(error).code is Code.SYSTEM_ERROR


def chained(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


CRAWL = [
    (RobotsForbid(), Code.ROBOTS_FORBID),
    (RobotsUnreachable(503), Code.ROBOTS_UNREACHABLE),
    (RobotsUnreachable(exceptions.CannotResolveHostError("x")), Code.HOST_NOT_FOUND),
    (exceptions.DownloadTimeoutError("x"), Code.NO_ANSWER_WITHIN),
    (exceptions.DownloadCancelledError("x"), Code.TOO_LARGE),
    (exceptions.IgnoreRequest("x"), Code.REDIRECTED_TOO_OFTEN),
    (chained(exceptions.IgnoreRequest("x"), ValueError("x")), Code.TOO_LARGE),
    (exceptions.UnsupportedURLSchemeError("x"), Code.ONLY_HTTP),
    (exceptions.ResponseDataLossError("x"), Code.CUT_OFF),
    (ResponseFailed([Failure(network.ConnectionLost())]), Code.CONNECTION_CLOSED),
    (network.NoRouteError(osError=errno.EHOSTUNREACH), Code.NETWORK_UNREACHABLE),
    (chained(exceptions.DownloadFailedError("x"), OSError(errno.ENETUNREACH, "x")), Code.NETWORK_UNREACHABLE),
    (exceptions.DownloadFailedError("of something"), Code.NO_ANSWER),
    (RuntimeError("robots.txt certificate SSL"), Code.NO_ANSWER),
]


@pytest.mark.parametrize(("error", "code"), CRAWL)
def test_why_the_crawler_has_no_answer(error: Exception, code: Code) -> None:
    assert fetch_reason(error).code is code


@pytest.mark.parametrize("error", [error for error, _ in (*SYSTEM, *CRAWL)])
def test_no_class_is_named_to_people(error: Exception) -> None:
    for language in LANGUAGES:
        assert type(error).__name__ not in translate(fetch_reason(error), language)


def test_failures_that_lead_to_each_other_without_end_are_bounded() -> None:
    error = RuntimeError()
    for _ in range(200):
        error = chained(RuntimeError(), error)  # type: ignore[assignment]
    looped = chained(RuntimeError(), error)
    error.__cause__ = looped
    assert fetch_reason(looped) == Reason(Code.NO_ANSWER)

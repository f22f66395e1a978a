"""Every reason has words in both languages; what systems and certificates report is told by its number."""

from __future__ import annotations

import errno
import os
import re
import socket
import ssl
import string

import pytest

from planner.deliver import Code, faults, in_words
from planner.i18n.catalog import Catalog, texts
from spiders.reasons import Reason

EN, ZH = Catalog("en"), Catalog("zh")


@pytest.mark.parametrize("code", Code)
def test_every_code_has_words_in_both_languages(code):
    both = [texts(language, "words")[f"delivery.{code}"] for language in ("en", "zh")]
    names = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in both]
    assert names[0] == names[1]
    assert "code" not in names[0], "a reason kept as JSON has its own code under that name"
    assert not re.search(r"[，；：（]", both[0])
    assert not re.search(r"[,;()]|: (?!starttls|tls)", both[1]), "full-width punctuation"


def test_no_words_stand_there_for_what_is_never_said():
    there = {key.removeprefix("delivery.") for key in texts("en", "words") if key.startswith("delivery.")}
    assert there == {str(code) for code in Code}


def test_a_reason_within_a_reason_is_put_into_words_in_turn():
    inner = Reason(Code.CONNECTION_REFUSED)
    first, second = (Reason(Code.UNREACHABLE, server=server, why=inner) for server in ("a:1", "b:2"))
    both = Reason(Code.AND, first=first, second=second)
    assert in_words(both, EN) == "a:1 cannot be reached: connection refused; b:2 cannot be reached: connection refused"
    assert in_words(both, ZH) == "连不上 a:1：连接被拒绝；连不上 b:2：连接被拒绝"


def test_braces_in_a_name_are_a_name():
    assert in_words(Reason(Code.SECRET_EMPTY, name="{server}"), EN) == "{server} holds no secret"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (FileNotFoundError(errno.ENOENT, "x"), Code.NO_FILE),
        (PermissionError(errno.EACCES, "x"), Code.NO_PERMISSION),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), Code.CONNECTION_REFUSED),
        (ConnectionResetError(errno.ECONNRESET, "x"), Code.CONNECTION_CLOSED),
        (TimeoutError("timed out"), Code.TIMED_OUT),
        (OSError(errno.EHOSTUNREACH, "x"), Code.NO_ROUTE),
        (socket.gaierror(socket.EAI_NONAME, "x"), Code.HOST_UNKNOWN),
        (socket.gaierror(socket.EAI_AGAIN, "x"), Code.HOST_UNKNOWN_NOW),
        (UnicodeError("label too long"), Code.HOST_UNKNOWN),
        (OSError(errno.EXDEV, os.strerror(errno.EXDEV)), Code.SYSTEM_FAULT),
        (OSError("no number"), Code.SYSTEM_FAULT),
    ],
)
def test_what_systems_report(fault, code):
    reason = faults.system(fault)
    assert reason.code is code
    assert "link" not in in_words(reason, ZH)


@pytest.mark.parametrize(
    ("number", "told"),
    [(18, "self-signed"), (10, "expired"), (62, "not made out to mail.example"), (99, "fault 99")],
)
def test_what_is_wrong_with_a_certificate(number, told):
    fault = ssl.SSLCertVerificationError()
    fault.verify_code = number
    assert in_words(faults.certificate(fault, "mail.example"), EN) == told


def test_what_a_status_means():
    assert [faults.status(code).code for code in (503, 402)] == [Code.HTTP_503, Code.HTTP_OTHER]

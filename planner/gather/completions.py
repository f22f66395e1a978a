"""One server that completes chats: a request at a time, each answered or given up in bounded time.

The certificate is checked, no redirect is followed and no proxy asked: texts and key reach the named server or nobody.
Nothing that is raised holds the key, the address or a word of the answer.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from planner.config.llm import Llm
from planner.config.private_file import OpenToOthersError, private_bytes
from planner.gather.no_answer import NoAnswerError
from spiders.failures import os_reason
from spiders.reasons import Code, Reason

MAX_ANSWER = 1 << 20
MAX_KEY = 4096
MAX_TRIES = 3
_FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
_OF_STATUS = {404: Code.STATUS_NOT_FOUND, 410: Code.STATUS_GONE, 429: Code.STATUS_WAIT, 503: Code.STATUS_OUT_OF_SERVICE}
_NOT_THIS_TEXT = {400, 413, 422}  # too long for it, or words that it does not take


def read_key(file: str | None) -> str | None:
    """The key that a file of mode 600 holds; None where none is named. Raises NoAnswerError."""
    if file is None:
        return None
    try:
        content = private_bytes(Path(file), MAX_KEY)
    except OSError as exc:
        raise _no_key(Reason(Code.OF_FILE, file=file, why=os_reason(exc))) from None
    except OpenToOthersError:
        raise _no_key(Reason(Code.FILE_OPEN_TO_OTHERS, file=file)) from None
    key = content.removeprefix(b"\xef\xbb\xbf").strip()
    if not key or len(content) > MAX_KEY or any(not 0x21 <= sign <= 0x7E for sign in key):
        raise _no_key(Reason(Code.NO_KEY_IN_FILE, file=file))
    return key.decode("ascii")


def _no_key(why: Reason) -> NoAnswerError:
    return NoAnswerError(Reason(Code.SECOND_READER_KEY, why=why), for_all=True)


class Completions:
    """Where ``llm.url`` points. A context manager: outside of it nothing is open.

    ``wait`` is how to let seconds pass; ``trust`` replaces the system's certificates.
    """

    def __init__(
        self, llm: Llm, *, wait: Callable[[float], None] = time.sleep, trust: ssl.SSLContext | None = None
    ) -> None:
        """Raises NoAnswerError where the key cannot be read."""
        key = read_key(llm.key_file)
        self._llm, self._wait = llm, wait
        self._client = httpx.Client(
            # Nothing compressed: what an answer may grow to is bounded below.
            headers={
                "User-Agent": "quanzi",
                "Content-Type": "application/json",
                "Accept-Encoding": "identity",
                **({"Authorization": f"Bearer {key}"} if key is not None else {}),
            },
            verify=trust or ssl.create_default_context(),
            trust_env=False,
            follow_redirects=False,
            timeout=llm.timeout,
        )

    def __enter__(self) -> Self:
        self._client.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.__exit__(kind, error, trace)

    def ask(self, body: bytes, may_send: Callable[[], bool]) -> str:
        """The words that answer a request. ``may_send`` is asked, and counts, before each time it is sent;
        what fails in passing (429, 5xx) is tried again, as long after as the server wants. Raises NoAnswerError."""
        pause = _FIRST_WAIT
        for left in range(MAX_TRIES - 1, -1, -1):
            if not may_send():
                raise NoAnswerError(Reason(Code.SECOND_READER_BUDGET, most=self._llm.calls_a_day), for_all=True)
            status, headers, content = self._once(body)
            if status == 200:
                return _words(content, self._llm)
            if status != 429 and status < 500:
                raise self._refusal(status)
            wanted = _seconds_to_wait(headers)
            if not left or (wanted or 0) > LONGEST_WAIT:
                break
            self._wait(max(pause, wanted or 0))
            pause *= 2
        raise NoAnswerError(Reason(_OF_STATUS.get(status, Code.STATUS_ERROR), status=status), for_all=status == 429)

    def _refusal(self, status: int) -> NoAnswerError:
        if 300 <= status < 400:
            return NoAnswerError(Reason(Code.REDIRECTED_NOWHERE), for_all=True)
        if status in {401, 402, 403}:
            reason = Reason(Code.SECOND_READER_KEY_REFUSED, server=self._llm.server, status=status)
            return NoAnswerError(reason, for_all=True)
        reason = Reason(_OF_STATUS.get(status, Code.STATUS_ERROR), status=status)
        return NoAnswerError(reason, for_all=status not in _NOT_THIS_TEXT, later=status not in _NOT_THIS_TEXT)

    def _once(self, body: bytes) -> tuple[int, httpx.Headers, bytes]:
        until = time.monotonic() + self._llm.timeout
        try:
            with self._client.stream("POST", self._llm.url, content=body) as response:
                content = b""
                for piece in response.iter_raw():
                    content += piece
                    if len(content) > MAX_ANSWER:
                        raise NoAnswerError(Reason(Code.TOO_LARGE, mebibytes=MAX_ANSWER >> 20), later=False)
                    if time.monotonic() > until:  # a drop at a time is no answer either
                        raise httpx.ReadTimeout("late")
                return response.status_code, response.headers, content
        except (httpx.HTTPError, httpx.InvalidURL) as exc:
            raise NoAnswerError(self._why(exc)) from None

    def _why(self, exc: Exception) -> Reason:
        """What the library raised, by what is beneath it."""
        if isinstance(exc, httpx.TimeoutException):
            return Reason(Code.NO_ANSWER_WITHIN, seconds=f"{self._llm.timeout:g}")
        for cause in _causes(exc):
            if isinstance(cause, OSError):
                return os_reason(cause)
        return Reason(Code.CONNECTION_CLOSED if isinstance(exc, httpx.TransportError) else Code.NO_ANSWER)


def _words(content: bytes, llm: Llm) -> str:
    """The words of the first choice of a completion that came to its own end. Raises NoAnswerError."""
    try:
        choice: Any = json.loads(content)["choices"][0]
        words = choice["message"]["content"]
        if isinstance(words, str) and choice.get("finish_reason") in {None, "stop"}:
            return words
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pass
    raise NoAnswerError(Reason(Code.SECOND_READER_UNUSABLE, server=llm.server), later=False)


def _seconds_to_wait(headers: httpx.Headers) -> float | None:
    """Retry-After in seconds (RFC 9110, 10.2.3); its date form is not taken for anything."""
    text = headers.get("Retry-After", "").strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _causes(exc: BaseException) -> Iterator[BaseException]:
    """An exception and what led to it, the nearest first."""
    found: BaseException | None = exc
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__  # the library hides some causes ("from None")

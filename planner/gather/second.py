"""Asking the second reader about what the first left open. Whatever becomes of it is a note beside the reading.

An answer is asked for once: it is kept by a digest of the whole request. Requests are counted by the day.
"""

from __future__ import annotations

import hashlib
import logging
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from planner.config import Config
from planner.config.llm import Llm
from planner.config.source import SourceEntry
from planner.errors import QuanziError
from planner.gather.no_answer import NoAnswerError
from planner.store import Store
from spiders.addresses import hidden_parts
from spiders.items import FetchResult, Question, Reading, Second, Validators
from spiders.reasons import Code, Reason

if TYPE_CHECKING:  # where all is kept already, no HTTP is needed
    from planner.gather.completions import Completions
    from spiders.readers.second import Answer

SECONDS_IN_ALL = 720.0
"""What is not asked within this time of a gathering is left to the next: planning has its time within the limit of the
whole run. It begins later by what a crawl may take above the usual."""
MAX_FAILURES = 3
_log = logging.getLogger(__name__)


def wanted(entry: SourceEntry, config: Config) -> Second:
    """Which announcements of a source may be shown: of what is the user's own (texts, files, what is marked private, an
    address that holds a key) none without ``own_notes``."""
    if config.llm is None:
        return "never"
    is_own = entry.url is None or entry.public is False or (entry.public is None and bool(hidden_parts(entry.url)))
    return config.llm.when if config.llm.own_notes or not is_own else "never"


class SecondReader:
    """The second reader of one run, which opens a connection when it first has something to ask."""

    def __init__(self, llm: Llm, store: Store, now: datetime, *, wait: Callable[[float], None] = time.sleep) -> None:
        self._llm, self._store, self._now, self._wait = llm, store, now, wait
        self._day = now.date().isoformat()
        self._until = time.monotonic() + SECONDS_IN_ALL
        self._stack = ExitStack()
        self._server: Completions | None = None
        self._given_up: NoAnswerError | None = None
        self._failures = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def count_from(self, begun: float) -> None:
        """Its time counts from when gathering began, by the monotonic clock."""
        self._until = begun + SECONDS_IN_ALL

    def settled(self, crawled: FetchResult) -> FetchResult:
        """The answer of a source with its open questions settled as far as may be. Where some could not be asked today,
        the source is read anew next time. Raises StoreError alone."""
        readings, later = [], False
        for reading in crawled.readings:
            told, waits = self.settled_reading(reading)
            readings.append(told)
            later = later or waits
        return replace(crawled, readings=tuple(readings), known=Validators() if later else crawled.known)

    def settled_reading(self, reading: Reading) -> tuple[Reading, bool]:
        """One reading with its questions settled, and whether some are better asked another day."""
        from spiders.readers.second import joined, judge

        thrown, later = 0, False
        unasked: Counter[Reason] = Counter()
        for question in reading.questions:
            try:
                verdict = judge(self._answer(question), question)
                reading = joined(reading, question, verdict)
                thrown += verdict.thrown_away
            except NoAnswerError as exc:
                unasked[exc.reason] += 1
                later = later or exc.later
            except QuanziError:  # the store's
                raise
            except Exception:  # noqa: BLE001 - the border of one text: a fault of ours costs its second reading
                _log.info("second reader: %s", traceback.format_exc())
                unasked[Reason(Code.READER_FAILED)] += 1
        notes = [Reason(Code.SECOND_READER_UNASKED, count=unasked[why], why=why) for why in sorted(unasked, key=str)]
        if thrown:
            notes.append(Reason(Code.SECOND_READER_THROWN_AWAY, count=thrown))
        return replace(reading, notes=(*reading.notes, *notes), questions=()), later

    def _answer(self, question: Question) -> Answer:
        """An answer from before or from the server. Raises NoAnswerError. What is no answer is not kept."""
        from spiders.readers.second import parse, request

        body = request(question.text, self._llm.model)
        digest = hashlib.sha256(self._llm.url.encode() + b"\n" + body).hexdigest()
        words = self._store.second_answer(digest) or self._asked(body)
        answer = parse(words)
        if answer is None:
            raise NoAnswerError(Reason(Code.SECOND_READER_UNUSABLE, server=self._llm.server), later=False)
        with self._store.transaction():
            self._store.put_second_answer(digest, words, self._now)
        return answer

    def _asked(self, body: bytes) -> str:
        from planner.gather.completions import Completions

        if self._given_up is None and time.monotonic() > self._until:
            self._given_up = NoAnswerError(Reason(Code.SECOND_READER_LATE, seconds=f"{SECONDS_IN_ALL:g}"))
        if self._given_up is not None:
            raise self._given_up
        try:
            if self._server is None:
                self._server = self._stack.enter_context(Completions(self._llm, wait=self._wait))
            words = self._server.ask(body, self._may_send)
        except NoAnswerError as exc:
            _log.info("second reader: %s", exc.reason.code)
            self._failures += 1
            if exc.for_all or self._failures >= MAX_FAILURES:
                self._given_up = exc
            raise
        self._failures = 0
        return words

    def _may_send(self) -> bool:
        """Counts a request; False where the day's are used up."""
        if self._store.second_calls(self._day) >= self._llm.calls_a_day:
            return False
        with self._store.transaction():
            self._store.count_second_call(self._day)
        return True

"""What every channel must do. A channel is tested by a subclass of `ChannelTests` that says how to use it.

It gives the fixture ``channel``: the channel as an `AnyChannel`, with a real server on loopback at its other end.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from planner.deliver import ChannelOutcome, Code, Outcome, in_words
from planner.i18n.catalog import Catalog
from planner.store import Store
from spiders.reasons import Reason

NAMES = {"TLS", "STARTTLS", "SMTP", "HTTP", "QQ", "Basic", "CHANNEL_SECRET", "user", "put", "apprise", "chmod"}
"""What a Chinese sentence may call by a name of Latin letters."""


@dataclass(frozen=True, kw_only=True)
class AnyChannel:
    """One channel as the tests use it.

    ``send(store, environment, file)`` sends the same thing each time, its secret in the variable ``CHANNEL_SECRET`` or
    in ``file``; ``received()`` counts what arrived; ``refuse(True)`` makes the other end refuse all that comes.
    ``sent_before`` is the fact, name and value, by which an earlier version kept that it has sent.
    """

    secret: str
    kept: str
    send: Callable[..., Outcome]
    received: Callable[[], int]
    refuse: Callable[[bool], None]
    sent_before: tuple[str, str]

    def usual(self, store: Store, **more: object) -> Outcome:
        """As it should be: the secret stands in the variable."""
        return self.send(store, {"CHANNEL_SECRET": self.kept}, None, **more)


def reasons(outcome: Outcome | ChannelOutcome) -> Iterator[Reason]:
    """Why it, or a part of it, failed."""
    if outcome.reason is not None:
        yield outcome.reason
    for each in getattr(outcome, "channels", ()):
        yield from reasons(each)


def told(outcome: Outcome, language: str) -> str:
    """The same in words."""
    return "\n".join(in_words(reason, Catalog(language)) for reason in reasons(outcome))


class ChannelTests:
    """The contract."""

    EXTRA: ClassVar[str | None] = None
    """The library that may be missing."""
    KNOWS_EMPTY_WEEKS: ClassVar[bool] = True

    def test_it_sends_once_and_not_again(self, channel, store):
        assert channel.usual(store).state == "sent"
        arrived = channel.received()
        assert arrived > 0
        assert channel.usual(store).state == "already"
        assert channel.received() == arrived

    def test_what_is_sent_is_recorded_before_and_after(self, channel, store, monkeypatch):
        states = self.states(monkeypatch)
        channel.usual(store)
        channel.usual(store)
        assert states == ["sending", "sent"]

    def test_a_failure_is_recorded_too(self, channel, store, monkeypatch):
        states = self.states(monkeypatch)
        channel.refuse(True)
        channel.usual(store)
        assert states == ["sending", "failed"]

    def test_a_run_killed_between_sends_again(self, channel, store, monkeypatch):
        really = Store.put_own_fact

        def killed(store, name, value):
            if json.loads(value)["state"] != "sending":
                raise KeyboardInterrupt
            really(store, name, value)

        monkeypatch.setattr(Store, "put_own_fact", killed)
        with pytest.raises(KeyboardInterrupt):
            channel.usual(store)
        monkeypatch.setattr(Store, "put_own_fact", really)
        arrived = channel.received()
        assert channel.usual(store).state == "sent"
        assert channel.received() == 2 * arrived

    def test_what_an_earlier_version_sent_is_not_sent_again(self, channel, store):
        with store.transaction():
            store.put_own_fact(*channel.sent_before)
        assert channel.usual(store).state == "already"
        assert channel.received() == 0

    def test_a_failure_is_an_outcome_with_its_reason_in_both_languages(self, channel, store):
        channel.refuse(True)
        outcome = channel.usual(store)
        assert outcome.state == "failed"
        assert list(reasons(outcome))
        self.is_plain(outcome)
        channel.refuse(False)
        assert channel.usual(store).state == "sent"

    def test_a_secret_that_is_missing(self, channel, store):
        outcome = channel.send(store, {}, None)
        assert [each.code for each in reasons(outcome)] == [Code.SECRET_MISSING]
        assert "_env" in told(outcome, "en")
        assert "CHANNEL_SECRET" not in told(outcome, "en"), "it may be the secret itself"
        self.is_plain(outcome)
        assert channel.received() == 0

    @pytest.mark.skipif(os.name == "nt", reason="Windows keeps no modes")
    def test_a_secret_that_others_can_read(self, channel, store, tmp_path):
        file = self.secret_file(tmp_path, channel.kept, 0o644)
        outcome = channel.send(store, {}, file)
        assert [each.code for each in reasons(outcome)] == [Code.SECRET_OPEN]
        assert "chmod 600" in told(outcome, "en")
        self.is_plain(outcome)
        assert channel.received() == 0

    def test_a_secret_in_a_file_of_ones_own(self, channel, store, tmp_path):
        assert channel.send(store, {}, self.secret_file(tmp_path, channel.kept, 0o600)).state == "sent"

    def test_a_missing_extra_is_told_with_the_cure(self, channel, store, monkeypatch):
        if self.EXTRA is None:
            pytest.skip("needs no extra")
        monkeypatch.setitem(__import__("sys").modules, self.EXTRA, None)
        outcome = channel.usual(store)
        assert [each.code for each in reasons(outcome)] == [Code.MISSING_EXTRA]
        assert f"pip install {self.EXTRA}" in told(outcome, "en")
        assert outcome.state == "failed"

    def test_an_empty_week_is_told_or_not_as_wished(self, channel, store):
        if not self.KNOWS_EMPTY_WEEKS:
            pytest.skip("what it sends is there in any week")
        assert channel.usual(store, empty=True, when_empty="skip").state == "skipped"
        assert channel.received() == 0
        assert channel.usual(store, empty=True).state == "sent"

    def test_no_secret_is_ever_shown_or_kept(self, channel, store, tmp_path, caplog, capfd):
        caplog.set_level(logging.DEBUG)
        outcomes = []
        for refuses in (True, False):
            channel.refuse(refuses)
            outcomes.append(channel.usual(store))
        assert [each.state for each in outcomes] == ["failed", "sent"]
        shown = repr(outcomes) + "".join(told(each, language) for each in outcomes for language in ("en", "zh"))
        shown += caplog.text + "".join(capfd.readouterr())
        assert channel.secret not in shown
        assert channel.secret.encode() not in b"".join(file.read_bytes() for file in tmp_path.glob("quanzi.db*"))

    @staticmethod
    def states(monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """The states that are recorded from now on."""
        found: list[str] = []
        really = Store.put_own_fact

        def heard(store: Store, name: str, value: str) -> None:
            found.append(json.loads(value)["state"])
            really(store, name, value)

        monkeypatch.setattr(Store, "put_own_fact", heard)
        return found

    @staticmethod
    def secret_file(folder: Path, content: str, mode: int) -> str:
        file = folder / "channel.secret"
        file.write_text(content + "\n", encoding="utf-8")
        file.chmod(mode)
        return str(file)

    @staticmethod
    def is_plain(outcome: Outcome) -> None:
        """No name of a class, no number of the system's, no English within the Chinese."""
        english, chinese = told(outcome, "en"), told(outcome, "zh")
        assert not re.search(r"Error|Exception|Errno|Traceback", english + chinese)
        said = re.sub(r"https?://[^\s；，（）]+", "", chinese)  # an address is a name
        words = set(re.findall(r"(?<![\w./@-])[A-Za-z]{2,}(?:_[A-Z]+)?(?![\w./@-])", said))
        assert words <= NAMES, chinese

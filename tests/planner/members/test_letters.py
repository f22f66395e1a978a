"""Each member's letter goes to that member alone, once a week, by the organisation's server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from planner.deliver import Outcome
from planner.deliver.mail import MailMessage
from planner.members import letters
from planner.members.letters import send_letters
from tests.support.cli import run
from tests.support.organisations import NOW, WISHES, config_of, joined, organisation, store_of

MAIL = "mail: {to: keeper@mail.example, from: keeper@mail.example, host: smtp.mail.example}\n"
AT = datetime.fromisoformat(NOW)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr("planner.deliver.mail.deliver", lambda *_, **__: Outcome(state="sent", sent=("keeper",)))
    mails = {"Ana Bell": "mail: {to: ana@mail.example}\n", "林一": "mail: {to: [lin@mail.example]}\n"}
    wishes = {name: text + mails.get(name, "") for name, text in WISHES.items()}
    return joined(organisation(tmp_path, MAIL, wishes))


@pytest.fixture
def sent(monkeypatch) -> list[tuple[tuple[str, ...], MailMessage]]:
    found: list[tuple[tuple[str, ...], MailMessage]] = []

    def deliver(mail, letter, store, now, words):
        found.append((mail.to, letter))
        return Outcome(state="failed" if "lin@mail.example" in mail.to else "sent", sent=mail.to)

    monkeypatch.setattr(letters, "deliver", deliver)
    return found


def test_a_week_sends_each_the_letter_of_their_own_week(home, sent):
    done = run(home, "week", "--everyone", "--now", NOW)
    assert done.returncode == 0, done.stderr
    assert "1 letters sent" in done.stdout
    assert "1 letters could not be sent" in done.stderr
    by_address = dict(sent)
    assert set(by_address) == {("ana@mail.example",), ("lin@mail.example",)}
    ana, lin = by_address["ana@mail.example",], by_address["lin@mail.example",]
    assert ana.week == lin.week == "2026-W49"
    assert ana.calendar != lin.calendar
    assert ana.subject != lin.subject
    assert b"X-WR-CALNAME" in ana.calendar


def test_a_refresh_sends_none_and_a_week_that_is_over_none(home, sent):
    run(home, "week", "--everyone", "--now", NOW)
    sent.clear()
    assert run(home, "refresh", "--everyone", "--now", "2026-11-29T08:00:00+08:00").returncode == 0
    assert sent == []
    with store_of(home) as store:
        assert len(list(send_letters(config_of(home), store, store.members(), AT))) == 2
        late = datetime(2026, 12, 7, tzinfo=UTC)
        assert list(send_letters(config_of(home), store, store.members(), late)) == []
        assert not list(send_letters(config_of(home), store, [], AT + timedelta(hours=1)))

"""The weekly letter on its way: what a real server on loopback may do to it, and to its secret."""

from __future__ import annotations

import email
import email.policy
import json
import os
import smtplib
from dataclasses import replace

import pytest

from planner.deliver.mail import deliver
from planner.i18n.catalog import Catalog
from tests.planner.deliver.contract import AnyChannel, ChannelTests
from tests.support.cli import CALENDAR, CONFIG, NOW, run
from tests.support.letters import AT, LETTER, parts, settings
from tests.support.outcomes import why
from tests.support.smtp import SECRET, send

EN = Catalog("en")
# The server of the tests thinks its TLS is none, where TLS runs from the first byte on.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_letter_arrives_once_and_encrypted(post, store, trust, security):
    inbox, port = post(security)
    assert send(store, trust, port=port, security=security).state == "sent"
    assert send(store, trust, port=port, security=security).state == "already"
    assert len(inbox.letters) == 1
    assert inbox.tls == [True]
    to, raw = inbox.letters[0]
    assert to == ["a@mail.example"]
    assert parts(raw)[2].get_payload(decode=True) == LETTER.calendar


def test_another_week_is_another_letter_and_a_new_reader_gets_this_one(post, store, trust):
    inbox, port = post("tls")
    send(store, trust, port=port)
    later = replace(LETTER, week="2026-W49")
    assert send(store, trust, port=port, letter=later).state == "sent"
    assert send(store, trust, port=port, to=["a@mail.example", "b@mail.example"]).sent == ("b@mail.example",)
    assert [to for to, _ in inbox.letters] == [["a@mail.example"], ["a@mail.example"], ["b@mail.example"]]


def test_a_run_killed_between_is_recorded_and_sends_again_under_the_same_id(post, store, trust, monkeypatch):
    inbox, port = post("tls")
    really = smtplib.SMTP.sendmail

    def killed(*arguments, **named):
        really(*arguments, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(smtplib.SMTP, "sendmail", killed)
    with pytest.raises(KeyboardInterrupt):
        send(store, trust, port=port)
    assert json.loads(store.own_fact("mail 2026-W48") or "")["state"] == "sending"
    monkeypatch.setattr(smtplib.SMTP, "sendmail", really)
    assert send(store, trust, port=port).state == "sent"
    assert send(store, trust, port=port).state == "already"
    ids = {email.message_from_bytes(raw, policy=email.policy.default)["Message-ID"] for _, raw in inbox.letters}
    assert (len(inbox.letters), len(ids)) == (2, 1)


@pytest.mark.parametrize(
    ("mode", "content", "words"),
    [
        (0o644, SECRET, "chmod 600"),
        (0o600, "\n", "holds no secret"),
        (0o600, "密码", "not ASCII"),
        (None, "", "no such file"),
    ],
)
def test_a_secret_file_that_is_open_empty_or_gone_stops_the_letter(store, tmp_path, mode, content, words):
    file = tmp_path / "mail.secret"
    if mode is not None:
        file.write_text(content, encoding="utf-8")
        file.chmod(mode)
    if mode == 0o644 and os.name == "nt":
        pytest.skip("Windows keeps no modes")
    outcome = send(store, None, password_env=None, password_file=str(file))
    assert words in why(outcome)
    assert (
        store.own_fact("mail 2026-W48") is None
        or json.loads(store.own_fact("mail 2026-W48") or "")["state"] == "failed"
    )


class TestMailAsAChannel(ChannelTests):
    """The contract of all channels."""

    @pytest.fixture
    def channel(self, post, trust) -> AnyChannel:
        inbox, port = post("tls")

        def send(store, environment, file, *, empty=False, when_empty="send"):
            where = {"password_env": None, "password_file": file} if file else {"password_env": "CHANNEL_SECRET"}
            mail = settings(port=port, when_empty=when_empty, **where)
            return deliver(mail, replace(LETTER, empty=empty), store, AT, EN, trust=trust, environment=environment)

        def refuse(wanted: bool) -> None:
            inbox.data_answers = ["550 5.7.1"] if wanted else []

        before = {"message": "<x@y>", "state": "sent", "taken": ["a@mail.example"], "at": "2026-11-22T18:00:00+00:00"}
        return AnyChannel(
            secret=SECRET, kept=SECRET, send=send, received=lambda: len(inbox.letters), refuse=refuse,
            sent_before=("mail 2026-W48", json.dumps(before)),
        )  # fmt: skip


def test_who_got_the_letter_is_said_though_another_was_refused(tmp_path, post, certificate):
    inbox, port = post("tls")
    inbox.refused = {"b@mail.example": "550 no such user here"}
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "mail.secret").write_text(SECRET + "\n")
    (tmp_path / "mail.secret").chmod(0o600)
    mail = f"mail: {{to: [a@mail.example, b@mail.example], from: me@mail.example, host: 127.0.0.1, port: {port},"
    mail += " password_file: mail.secret}\n"
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en") + mail, encoding="utf-8")
    told = run(tmp_path, "week", "--now", NOW, "--quiet", extra={"SSL_CERT_FILE": str(certificate[0])})
    assert "sent to a@mail.example; b@mail.example was refused (550: no such user here)" in told.stderr
    assert "not sent" not in told.stderr


def test_the_weekly_job_sends_once_and_a_failing_mail_costs_nothing_else(tmp_path, post, certificate, monkeypatch):
    inbox, port = post("tls")
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "mail.secret").write_text(SECRET + "\n")
    (tmp_path / "mail.secret").chmod(0o600)
    mail = f"mail: {{to: a@mail.example, from: me@mail.example, host: 127.0.0.1, port: {port},"
    mail += " password_file: mail.secret}\n"
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en") + mail, encoding="utf-8")

    failing = run(tmp_path, "week", "--now", NOW, "--quiet")
    assert (failing.returncode, failing.stdout) == (0, "")
    assert failing.stderr.count("mail: not sent: ") == 1, "the system does not know our certificate"
    assert (tmp_path / "out/plan.ics").exists()
    assert not inbox.letters

    trusted = {"SSL_CERT_FILE": str(certificate[0])}
    assert run(tmp_path, "refresh", "--now", NOW, "--quiet", extra=trusted).returncode == 0
    assert not inbox.letters, "the daily job sends nothing"
    result = run(tmp_path, "week", "--now", NOW, extra=trusted)
    assert "digest sent to a@mail.example" in result.stdout, result.stderr
    again = run(tmp_path, "week", "--now", NOW, "--json", extra=trusted)
    assert json.loads(again.stdout)["mail"] == {"state": "already", "to": [], "reason": None}
    ((_, raw),) = inbox.letters
    text, html, calendar = parts(raw)
    assert "样板头马俱乐部例会" in text.get_content()
    assert "样板头马俱乐部例会" in html.get_content()
    assert calendar.get_payload(decode=True) == (tmp_path / "out/plan.ics").read_bytes()
    assert EN("digest.count", count=2) in email.message_from_bytes(raw, policy=email.policy.default)["Subject"]
    for result in (failing, again):
        assert SECRET not in result.stdout + result.stderr
    assert SECRET.encode() not in (tmp_path / "quanzi.db").read_bytes()

"""A mailbox on a real IMAP server: each mail once, from those whom the user named, whatever happens in between."""

from __future__ import annotations

import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from planner.cli._inbox import take_in
from planner.config import parse
from planner.i18n.catalog import Catalog
from planner.inbox import arrivals, deliveries, mailbox
from tests.support import certificates
from tests.support.imap import PASSWORD, USER, MailServer, mail_server
from tests.support.inboxes import Deadly, is_killed, session_of, titles_of
from tests.support.mails import SERVER, WORD, mail, salon, salon_name

CONFIG = """city: 上海
timezone: Asia/Shanghai
language: zh
sources: []
inbox:
  imap: {{host: 127.0.0.1, port: {port}, security: {security}, user: {user}, password_file: imap.secret,
          from: me@mail.example, {proof}}}
"""


@pytest.fixture(scope="module")
def signed() -> Iterator[tuple[Path, Path]]:
    with open_to_the_server() as folder:
        yield certificates.self_signed(folder)


@pytest.fixture
def server(signed):
    with open_to_the_server() as folder, mail_server(folder, *signed) as running:
        yield running


@contextmanager
def open_to_the_server() -> Iterator[Path]:
    """A folder to which the server's own user gets: pytest closes its own to all others, each time one is started."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def trusted(signed, monkeypatch):
    """The server's certificate is one that this machine trusts."""
    monkeypatch.setattr(mailbox.ssl, "create_default_context", lambda: ssl_context(signed[0]))


_create = ssl.create_default_context


def ssl_context(file: Path) -> ssl.SSLContext:
    return _create(cafile=str(file))


def home(
    tmp_path: Path, server: MailServer, *, proof: str = f"verified_by: {SERVER}", security: str = "tls",
    password: str = PASSWORD,
):  # fmt: skip
    """A session of somebody who reads this mailbox."""
    port = server.tls if security == "tls" else server.starttls
    (tmp_path / "imap.secret").write_text(password)
    (tmp_path / "imap.secret").chmod(0o600)
    raw = CONFIG.format(port=port, security=security, user=USER, proof=proof)
    return session_of(parse(raw.encode(), "config.yaml", Catalog("zh")).resolved(tmp_path), tmp_path)


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_what_the_user_forwards_becomes_events_and_is_seen(tmp_path, server, security):
    server.put("1", salon(1))
    server.put("2", mail("看看这周的公众号文章，没有日子。", subject="随手转"))
    session = home(tmp_path, server, security=security)
    with session.store() as store:
        taken = take_in(session, store)
        assert (titles_of(store), taken.problems) == ([salon_name(1)], ())
        assert [bool(each.titles) for each in taken.arrivals] == [True, False]
        assert take_in(session, store).arrivals == ()
    assert server.flags() == {"1": "S", "2": "S"}


@pytest.mark.usefixtures("trusted")
def test_only_those_whom_the_user_named_and_only_where_it_is_proved(tmp_path, server):
    server.put("1", mail("周五19:00 饭局", subject="陌生人", sender="other@mail.example"))
    server.put("2", mail("周五19:00 饭局", subject="冒充的", proved=None))
    server.put(
        "3",
        mail("周五19:00 饭局", subject="自己证明自己", proved="mx.evil.example; dmarc=pass header.from=mail.example"),
    )
    server.put("4", mail("周五19:00 饭局", subject=f"知道词 {WORD}", proved=None))
    session = home(tmp_path, server, proof=f"word: {WORD}")
    with session.store() as store:
        taken = take_in(session, store)
        assert titles_of(store) == ["知道词"]
    assert [(each.name, [str(reason.code) for reason in each.reasons]) for each in taken.arrivals] == [
        ("冒充的", ["unproven"]), ("自己证明自己", ["unproven"]), ("知道词", []),
    ]  # fmt: skip
    assert server.flags()["1"] == "", "a stranger's mail is left alone"


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"password": "wrong"}, "不让登录"),
        ({"proof": f"verified_by: {SERVER}, mailbox: Nowhere"}, "Nowhere"),
    ],
)
def test_what_the_server_refuses_is_one_line_and_no_event_is_lost(tmp_path, server, changed, told):
    session = home(tmp_path, server, **changed)
    with session.store() as store:
        taken = take_in(session, store)
    assert taken.arrivals == ()
    assert len(taken.problems) == 1
    assert told in taken.problems[0]
    assert PASSWORD not in taken.problems[0]


def test_no_log_in_without_a_certificate_that_is_trusted(tmp_path, server):
    for security in ("tls", "starttls"):
        session = home(tmp_path, server, security=security)
        with session.store() as store:
            taken = take_in(session, store)
        assert "证书" in taken.problems[0]
    assert "Login:" not in (server.mail.parent / "log").read_text()


POINTS = {
    "before its bytes came": (mailbox, "_whole"),
    "before it was read": (arrivals.Inbox, "_all_told"),
    "before it was kept": (arrivals, "keep"),
    "before it was put away": (mailbox, "_mark"),
    "before the place was noted": (mailbox, "_positions"),
}


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_each_point_nothing_is_lost_and_nothing_comes_twice(tmp_path, server, monkeypatch, point):
    for number in range(4):
        server.put(str(number), salon(number))
    session = home(tmp_path, server)
    where, name = POINTS[point]

    def read() -> None:
        with session.store() as store:
            take_in(session, store)

    with monkeypatch.context() as broken:
        broken.setattr(where, name, Deadly(getattr(where, name), at=3))
        assert is_killed(read)
    with session.store() as store:
        take_in(session, store)
        assert titles_of(store) == sorted(salon_name(number) for number in range(4))
        assert len(store.arrivals_since(session.now)) == 4
        assert take_in(session, store).arrivals == ()


@pytest.mark.usefixtures("trusted")
def test_a_mailbox_that_numbers_anew_tells_nothing_twice(tmp_path, server):
    server.put("1", salon(1))
    session = home(tmp_path, server)
    with session.store() as store:
        take_in(session, store)
        with store.transaction():
            store.put_own_fact(mailbox.POSITION, "{}")
        again = take_in(session, store)
        assert titles_of(store) == [salon_name(1)]
        assert [each.titles for each in again.arrivals] == [(salon_name(1),)]


@pytest.mark.long
@pytest.mark.usefixtures("trusted")
def test_two_hundred_mails_each_once(tmp_path, server):
    for number in range(200):
        server.put(f"{number:03}", salon(number))
    session = home(tmp_path, server)
    with session.store() as store:
        assert len(take_in(session, store).arrivals) == 200
        assert titles_of(store) == sorted(salon_name(number) for number in range(200))
        assert take_in(session, store).arrivals == ()


@pytest.mark.usefixtures("trusted")
def test_a_large_mail_is_not_fetched(tmp_path, server, monkeypatch):
    monkeypatch.setattr(deliveries.dropping, "MOST_BYTES", 20_000)
    server.put("1", mail("周五19:00 饭局" + "很长" * 10_000, subject="很大"))
    session = home(tmp_path, server)
    with session.store() as store:
        (arrival,) = take_in(session, store).arrivals
    assert [str(reason.code) for reason in arrival.reasons] == ["too_large"]

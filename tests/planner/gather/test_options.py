"""What the configuration says of one source: its secret headers, its words, its zone."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from planner.config import parse
from planner.gather import gather, sources_of
from planner.gather.fingerprint import fingerprint
from planner.gather.policy import longer, policy_of
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.store import Store
from spiders.extent import LONGEST
from spiders.reasons import Code
from spiders.settings import SECONDS
from tests.support.documents import calendar
from tests.support.events import NOW

pytestmark = pytest.mark.usefixtures("processes_stay")
SECRET = "plum-kettle-42"
LATER = "20261201T113000Z"


@pytest.fixture
def store(any_store) -> Store:
    return any_store


def configured(folder, *lines: str):
    text = "network: {allow: [127.0.0.1], delay: 0}\nsources:\n" + "".join(f"  - {line}\n" for line in lines)
    return parse(text.encode(), "config.yaml", Catalog("en")).resolved(folder)


def titles(store: Store) -> set[str]:
    return {record.event.title for record in store.records(NOW - timedelta(days=9), NOW + timedelta(days=99))}


def secret_file(folder, content: str, mode: int = 0o600):
    file = folder / "club.secret"
    file.write_text(content)
    file.chmod(mode)
    return file


def locked(asked):
    opened = asked.headers.get("authorization") == f"Bearer {SECRET}"
    return (200, {}, calendar("Debate")) if opened else (401, {}, b"")


def test_a_calendar_behind_a_token_is_read_and_the_token_stands_nowhere(tmp_path, web, caplog):
    with Store(tmp_path / "q.db") as store:
        _read_behind_a_token(tmp_path, store, web, caplog)
    assert SECRET.encode() not in b"".join(file.read_bytes() for file in tmp_path.glob("q.db*"))


def _read_behind_a_token(tmp_path, store, web, caplog):
    caplog.set_level(logging.DEBUG)
    web.pages = {"/a.ics": locked}
    address = f"http://127.0.0.1:{web.port}/a.ics"
    (without,) = gather(configured(tmp_path, f"{{id: a, kind: ical, url: '{address}'}}"), store, NOW).reports
    assert "headers_from" in translate(without.reason, "en")
    assert "headers_from" in translate(without.reason, "zh")
    secret_file(tmp_path, f"Authorization: Bearer {SECRET}\n")
    config = configured(tmp_path, f"{{id: a, kind: ical, url: '{address}', headers_from: club.secret}}")
    gathered = gather(config, store, NOW + timedelta(hours=2))
    assert [report.outcome for report in gathered.reports] == ["ok"]
    (source,) = sources_of(config)
    said = (repr(config), repr(source), fingerprint(source), repr(store.sources()), caplog.text, repr(gathered))
    assert SECRET not in "\n".join(said)


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        (None, 0, "no such file"),
        ("me:plum", 0o644, "chmod 600"),
        ("", 0o600, "empty"),
        ("plum", 0o600, "line 1 is no header"),
        ("x" * 20_000, 0o600, "longer than"),
    ],
)
def test_a_file_that_is_no_good_costs_its_source_alone(tmp_path, store, web, content, mode, said):
    if content is not None:
        secret_file(tmp_path, content, mode)
    (tmp_path / "b.ics").write_bytes(calendar("Salon"))
    address = f"http://127.0.0.1:{web.port}/a.ics"
    config = configured(tmp_path, f"{{id: a, url: '{address}', headers_from: club.secret}}", "{id: b, file: b.ics}")
    bad, good = gather(config, store, NOW).reports
    assert (bad.outcome, good.outcome) == ("failed", "ok")
    assert said in translate(bad.reason, "en")
    assert "plum" not in translate(bad.reason, "en")
    assert not web.asked


def test_words_are_kept_or_left_out_and_the_report_says_how_many(tmp_path, store):
    (tmp_path / "a.ics").write_bytes(calendar("AI salon", "新能源沙龙", "Raffle", "AI raffle"))
    config = configured(tmp_path, "{id: a, file: a.ics, only: [AI, 能源], without: raffle}")
    (report,) = gather(config, store, NOW).reports
    assert titles(store) == {"AI salon", "新能源沙龙"}
    assert report.count == 2
    assert [translate(note, "en") for note in report.notes] == ["2 events left out by your words (only, without)"]
    assert gather(config, store, NOW + timedelta(days=1)).reports == (report,)


def test_where_all_is_left_out_the_source_is_quiet_and_says_why(tmp_path, store):
    (tmp_path / "a.ics").write_bytes(calendar("Raffle"))
    (report,) = gather(configured(tmp_path, "{id: a, file: a.ics, without: raffle}"), store, NOW).reports
    assert (report.outcome, report.reason.code) == ("quiet", Code.LEFT_OUT_BY_WORDS)


def test_new_words_hold_at_once_and_call_nothing_off(tmp_path, store):
    """Ten events, then words that want one of them: nine go without being cancelled, and the source is no collapse."""
    (tmp_path / "a.ics").write_bytes(calendar(*(f"Evening {number}" for number in range(9)), "Tea"))
    (tmp_path / "b.ics").write_bytes(calendar("Evening 3"))
    lines = ("{id: a, file: a.ics}", "{id: b, file: b.ics}")
    gather(configured(tmp_path, *lines), store, NOW)
    store.assign([("one", "a", "Evening 3"), ("one", "b", "Evening 3")])
    store.mark_resolved(each for each in store.records(NOW, NOW + timedelta(days=30)) if each.event.title != "Tea")
    worded = configured(tmp_path, "{id: a, file: a.ics, only: tea}", lines[1])
    for day in range(1, 5):
        first, _ = gather(worded, store, NOW + timedelta(days=day)).reports
        assert (first.outcome, first.count) == ("ok", 1)
        records = store.records(NOW, NOW + timedelta(days=30))
        assert {(each.source, each.event.title, each.missed) for each in records} == {
            ("a", "Tea", 0),
            ("b", "Evening 3", 0),
        }
    assert NOW + timedelta(days=4) >= min(store.unresolved()) > NOW, "whose copy went is looked at anew"
    gather(configured(tmp_path, *lines), store, NOW + timedelta(days=5))
    assert len(titles(store)) == 10


def test_what_words_keep_still_vanishes(tmp_path, store):
    (tmp_path / "a.ics").write_bytes(calendar("Tea one", "Tea two", "Raffle", ("Other", LATER)))
    config = configured(tmp_path, "{id: a, file: a.ics, only: tea}")
    gather(config, store, NOW)
    (tmp_path / "a.ics").write_bytes(calendar("Tea one", "Raffle", ("Other", LATER)))
    gather(config, store, NOW + timedelta(days=1))
    assert {each.event.title: each.missed for each in store.records(NOW, NOW + timedelta(days=30))} == {
        "Tea one": 0,
        "Tea two": 1,
    }


def test_the_configured_zone_is_believed_where_it_is_said_so(tmp_path, store):
    (tmp_path / "a.ics").write_bytes(calendar("Debate", start="20261124T193000Z"))
    for overrides, hour in (("false", 19 + 8 - 24), ("true", 19), ("false", 19 + 8 - 24)):
        config = configured(
            tmp_path, f"{{id: a, file: a.ics, timezone: Asia/Shanghai, timezone_overrides: {overrides}}}"
        )
        gather(config, store, NOW)
        (record,) = store.records(NOW, NOW + timedelta(days=30))
        assert record.event.start.hour == hour


def test_nobodys_site_is_asked_more_than_once_a_second(tmp_path):
    for written, others, own in ((0, 1.0, 0.0), (0.5, 1.0, 0.5), (3, 3.0, 3.0)):
        text = f"network: {{allow: [127.0.0.1], delay: {written}}}"
        manners = policy_of(parse(text.encode(), "config.yaml", Catalog("en")))
        assert (manners.delay, manners.own_delay) == (others, own)
    assert policy_of(parse(b"", "config.yaml", Catalog("en"))).delay == 2.0


def test_a_run_may_take_longer_by_what_its_fullest_host_needs():
    def of(count: int) -> float:
        entries = "".join(
            f"  - {{id: s{number}, kind: ical, url: 'https://hub.example/{number}'}}\n" for number in range(count)
        )
        config = parse(f"sources:\n{entries}".encode(), "config.yaml", Catalog("en"))
        return longer(sources_of(config), config)

    assert of(100) == 0.0
    assert 500 * 2.0 < of(500) + SECONDS < LONGEST
    assert of(4_000) == LONGEST - SECONDS

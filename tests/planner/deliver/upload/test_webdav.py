"""What goes where, and what a folder server may answer."""

from __future__ import annotations

import pytest

from planner.cli._send import show_put
from planner.deliver import Outcome
from planner.i18n.catalog import Catalog
from planner.store import Store
from tests.support.dav import FILES, LOG_IN, SECRET, put
from tests.support.outcomes import why

EN = Catalog("en")


@pytest.fixture
def store(any_store) -> Store:
    return any_store


def test_folders_are_made_and_only_what_differs_travels(dav, store):
    server = dav()
    first = put(server, store, what="all")
    assert first.state == "sent", first.reason
    assert server.there == {f"/me/{name}": content for name, content in FILES.items()}
    assert server.did("MKCOL") == ["/me/", "/me/public/"]
    kinds = {each.path: each.headers["content-type"] for each in server.asked if each.method == "PUT"}
    assert kinds["/me/plan.ics"] == "text/calendar; charset=utf-8"
    assert kinds["/me/public/index.html"] == "text/html; charset=utf-8"
    assert {each.headers["authorization"] for each in server.asked} == {LOG_IN}
    server.asked.clear()
    assert put(server, store, what="all").state == "already"
    assert not server.asked
    changed = put(server, store, {**FILES, "digest.html": b"<p>new</p>"}, what="all")
    assert (changed.sent, server.did("PUT")) == (("digest.html",), ["/me/digest.html"])


@pytest.mark.parametrize(
    ("what", "names"),
    [
        (None, {"public/all.ics", "public/index.html"}),
        ("public", {"public/all.ics", "public/index.html"}),
        ("calendars", {"plan.ics", "public/all.ics"}),
        ("all", set(FILES)),
    ],
)
def test_what_goes_is_what_was_asked_for(dav, store, what, names):
    server = dav()
    assert set(put(server, store, what=what).sent) == names
    assert set(server.there) == {f"/me/{name}" for name in names}


def test_an_address_that_names_a_calendar_takes_that_one(dav, store):
    server = dav()
    server.folders.add("/me/")
    assert put(server, store, path="/me/plan.ics").sent == ("plan.ics",)
    assert put(server, store, path="/me/all.ics").sent == ("public/all.ics",)
    assert server.there == {"/me/plan.ics": FILES["plan.ics"], "/me/all.ics": FILES["public/all.ics"]}


def test_what_is_no_longer_wanted_there_is_taken_away_and_nothing_else(dav, store):
    server = dav()
    put(server, store, what="all")
    server.there["/me/own.txt"] = b"the user's"
    narrowed = put(server, store, what="public")
    assert narrowed.deleted == ("digest.html", "plan.ics")
    assert set(server.there) == {"/me/own.txt", "/me/public/all.ics", "/me/public/index.html"}
    server.asked.clear()
    assert put(server, store, what="public").state == "already"
    assert not server.asked


def test_each_place_has_its_own_record(dav, store):
    one, other = dav(), dav()
    assert put(one, store).state == put(other, store).state == "sent"
    assert one.there == other.there


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (401, "refuses the log-in (401)"),
        (403, "does not allow public/all.ics (403)"),
        (409, "no folder for public/all.ics and lets none be made (409)"),
        (412, "holds another public/all.ics"),
        (413, "too large"),
        (415, "refuses public/all.ics (415 unsupported media type)"),
        (507, "no room left"),
        (503, "later (503 service unavailable)"),
        (429, "later (429"),
    ],
)
def test_an_answer_that_is_no_success_is_one_reason_and_tried_again(dav, store, code, words):
    server = dav()
    server.say["*"] = (code, {"X-Echo": SECRET})
    outcome = put(server, store)
    assert outcome.state == "failed"
    assert words in why(outcome)
    assert len(server.asked) <= 5
    assert SECRET not in repr(outcome)
    assert LOG_IN.removeprefix("Basic ") not in repr(outcome)
    server.say.clear()
    assert put(server, store).state == "sent"


@pytest.mark.parametrize("code", [403, 405, 409])
def test_a_server_that_takes_no_folder_is_told_with_the_cure(dav, store, code):
    server = dav()
    server.say["*"] = (code, {})
    assert f"http://127.0.0.1:{server.port}/me/plan.ics" in why(put(server, store))
    single = why(put(server, store, path="/me/plan.ics"))
    assert f"({code}" in single
    assert "http://" not in single


def test_events_are_told_by_number_and_titles_not_by_ids(dav, store, capsys):
    server = dav()
    server.folders.add("/me/")
    server.say["/me/%E6%B2%99%E9%BE%99@quanzi.ics"] = (403, {})
    done = put(server, store, **{"as": "events"})
    assert (done.titles, len(done.sent)) == (("读书会",), 1)
    assert "“沙龙”" in why(done)
    assert "@quanzi" not in why(done)
    show_put(done, EN)
    show_put(Outcome(state="sent", server="h", sent=("a", "b"), titles=("甲", "乙"), deleted=("c",)), EN)
    show_put(Outcome(state="sent", server="h", sent=("plan.ics",)), EN)
    assert capsys.readouterr().out.splitlines() == [
        "put to 127.0.0.1: 1 event (读书会)",
        "put to h: 2 events (甲, 乙)",
        "taken away from h: 1 event",
        "put to h: plan.ics",
    ]


def test_what_kind_of_log_in_is_missing_is_said(dav, store):
    server = dav()
    server.say["*"] = (401, {"WWW-Authenticate": 'Digest realm="x", nonce="y"'})
    assert "another kind of log-in" in why(put(server, store))
    server.say["*"] = (401, {"WWW-Authenticate": 'Basic realm="x"'})
    assert "asks for a log-in (401); write user" in why(put(server, store, user=None, password_env=None))


def test_a_refused_file_costs_only_itself(dav, store):
    server = dav()
    server.say["/me/public/all.ics"] = (403, {})
    outcome = put(server, store)
    assert (outcome.state, outcome.sent) == ("failed", ("public/index.html",))
    server.say.clear()
    assert put(server, store).sent == ("public/all.ics",)

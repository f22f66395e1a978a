"""The section of the configuration about uploads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.config import parse
from planner.config.put import Put
from planner.errors import ConfigError
from planner.i18n.catalog import Catalog

EN = Catalog("en")


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("ftp://h.example/", "output.put.to", "not a web address"),
        ("'https://me:hunter2@h.example/'", "output.put.to", "no user or password in the address"),
        ("https://h.example/?key=hunter2", "output.put.to", "without ? and #"),
        ("https://h.example/week.ics", "output.put.to", "plan.ics, all.ics"),
        ("https://h.example:port/", "output.put.to", "not a web address"),
        ("https://h.example/plan.ics", "output.put", "your plan is private"),
        ("{to: 'https://h.example/', what: all}", "output.put", "your plan is private"),
        ("{to: 'https://h.example/', what: calendars}", "output.put", "your plan is private"),
        ("{to: 'https://h.example/', as: events}", "output.put", "your plan is private"),
        ("{to: 'http://h.example/', user: me, password_env: X}", "output.put", "no password without encryption"),
        ("{to: 'https://h.example/', user: me}", "output.put", "user goes together"),
        ("{to: 'https://h.example/', password_env: X}", "output.put", "user goes together"),
        ("{to: 'https://h.example/', user: me, password_env: X, password_file: y}", "output.put", "only one of"),
        ("{to: 'https://h.example/', user: me, password_env: hunter2!}", "output.put.password_env", "does not belong"),
        ("{to: 'https://h.example/', user: me, password: hunter2}", "output.put.password", "not a known key"),
        ("{to: 'https://h.example/', as: events, what: all, user: me, password_env: X}", "output.put", "what is only"),
        ("{to: 'https://h.example/plan.ics', as: events, user: me, password_env: X}", "output.put", "ends in /"),
        ("{to: 'https://h.example/', ass: events}", "output.put.ass", "did you mean as?"),
    ],
)
def test_what_is_wrong_is_named_and_no_secret_repeated(text, key, words):
    with pytest.raises(ConfigError) as caught:
        parse(f"output: {{put: {text}}}\n".encode(), "config.yaml", EN)
    assert any(problem.key == key and words in problem.message for problem in caught.value.problems), str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_an_address_alone_takes_what_is_public():
    target = parse(b"output: {put: 'https://h.example/a b/c'}\n".replace(b" b", b""), "c", EN).output.put
    assert target is not None
    assert (target.to, target.is_private) == ("https://h.example/a/c/", False)
    assert not Put(to="http://127.0.0.1/").is_private
    assert Put(to="http://127.0.0.1/plan.ics").is_private, "loopback may hold the plan without a log-in"
    assert Put(to="https://例子.example/圈子/").to == "https://xn--fsqu00a.example/%E5%9C%88%E5%AD%90/"


@given(st.sampled_from(["files", "events"]), st.sampled_from([None, "public", "calendars", "all"]),
       st.sampled_from(["http://h.example/", "https://h.example/", "https://h.example/plan.ics",
                        "https://h.example/all.ics"]), st.booleans())  # fmt: skip
def test_no_configuration_sends_the_plan_unencrypted_or_without_a_log_in(form, what, to, log_in):
    secret = {"user": "me", "password_env": "X"} if log_in else {}
    try:
        target = Put.model_validate({"to": to, "as": form, "what": what, **secret})
    except ValueError:
        return
    assert not target.is_private or (target.is_encrypted and log_in)

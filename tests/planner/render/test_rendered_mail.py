"""The digest as mail programs treat it, by what caniemail knows of each. What they may do without is listed, with why.

``.ci/others`` fetches caniemail at one version: its data decide what passes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.browser import HERE, LANGUAGES, WEEKS, answering, made, node_program

ACCEPTED = tomllib.loads((HERE / "accepted_degradations.toml").read_text("utf-8"))
Found = set[tuple[str, str, str]]  # feature, client, how it is supported
MAX_BYTES = 80_000  # Gmail cuts a mail near 102 kB


@pytest.fixture(scope="module")
def judge() -> Iterator[Any]:
    with answering(node_program("mail_clients.mjs", "caniemail")) as ask:

        def found(page: str) -> Found:
            answer = ask(page)
            return {(feature, *each) for feature, clients in answer.items() for each in clients.items()}

        yield found


def accepted() -> Found:
    return {
        (feature, client, support)
        for feature, entry in ACCEPTED.items()
        for support in ("none", "partial")
        for client in entry.get(support, ())
    }


@pytest.mark.long
def test_what_mail_programs_do_without_is_known_and_only_that(judge):
    found = {
        each for week in WEEKS for language in LANGUAGES for each in judge(made(week, language).pages["digest.html"])
    }
    assert sorted(found - accepted()) == [], "new: write better markup, or say why the mail still reads well"
    assert sorted(accepted() - found) == [], "no longer so: take it out of the list"


def test_each_has_a_reason():
    assert all(len(entry["why"]) > 20 for entry in ACCEPTED.values())


@pytest.mark.long
@pytest.mark.parametrize(
    ("bad", "feature"),
    [
        ('<div style="display: flex">x</div>', "display:flex"),
        ('<img src="data:image/png;base64,AAAA" alt="">', "<img> element"),
        ('<p style="position: absolute">x</p>', "position"),
        ("<p><bdi>x</bdi></p>", "<bdi> element"),
    ],
)
def test_what_mail_programs_cannot_draw_is_found(judge, bad, feature):
    page = made("small", "en").pages["digest.html"].replace("</h1>", f"</h1>{bad}")
    assert feature in {each[0] for each in judge(page) - accepted()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_week_is_not_cut_off(language):
    assert len(made("full", language).pages["digest.html"].encode()) < MAX_BYTES

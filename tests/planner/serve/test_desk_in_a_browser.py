"""The private page in a real browser: with scripts and without, narrow and wide, by day and by night."""

from __future__ import annotations

import json
import shutil

import pytest

pytest.importorskip("uvicorn", reason="the extra 'serve' is not installed")

from tests.support.browser import answering, node_program
from tests.support.cli import NOW, run
from tests.support.desks import home_with_a_week, serving

pytestmark = pytest.mark.long
NOTES = 40
PLACES = ("南馆", "三叶会客厅", "云杉中心", "老仓库咖啡")
SIGNS = "梅兰竹菊松柏桃李杏桂荷莲葵萍芦苇枫桐槐柳杨桑棠榕樟楠枣栗橘柚柿榴藤萝蕉蒲茶稻麦禾粟黍豆"
VIEWS = [(320, "light", False), (320, "dark", True), (1280, "light", True), (1280, "dark", False)]


@pytest.fixture(scope="module")
def act():
    chromium = shutil.which("chromium") or pytest.skip("chromium is not installed: .ci/others could not install it")
    with answering([*node_program("act.mjs", "playwright-core", "axe-core"), chromium]) as ask:
        yield ask


@pytest.fixture
def home(tmp_path):
    return home_with_a_week(tmp_path)


def seen(act, client, steps, *, width=320, scheme="light", scripts=False, bypass=False):
    address = f"http://127.0.0.1:{client.port}{client.path}"
    answer = act(
        {"address": address, "width": width, "scheme": scheme, "scripts": scripts, "steps": steps, "bypass": bypass}
    )
    assert answer["said"] == []
    return answer["found"]


def events(home) -> dict[str, dict]:
    rows = run(home, "events", "--now", NOW, "--json", "--from", "2026-11-20", "--to", "2027-02-20").stdout.splitlines()
    return {row["title"]: row for row in map(json.loads, rows)}


@pytest.mark.parametrize(("width", "scheme", "scripts"), VIEWS)
def test_pasted_notes_are_corrected_and_saved(act, home, width, scheme, scripts):
    part = VIEWS.index((width, scheme, scripts))
    with serving(home) as client:
        for number in range(part, NOTES, len(VIEWS)):
            client.steady.at += 60
            name = f"样板{SIGNS[number]}会"
            day, place = number % 28 + 1, PLACES[number % len(PLACES)]
            told = seen(
                act,
                client,
                [
                    {"fill": {"#text": f"{name} 12月{day}日19:00 {place} {10 + number}元"}},
                    {"click": 'form[action="read"] button'},
                    {"value": "#when-0"},
                    {"width": True},
                    {"fill": {"#title-0": f"{name}（改）", "#when-0": f"12月{day}日 20:15"}},
                    {"fill": {"#price-0": f"{number + 1}元"}},
                    {"click": 'form[action="keep"] button'},
                    {"text": True},
                ],
                width=width, scheme=scheme, scripts=scripts,
            )  # fmt: skip
            assert told[0].startswith(f"2026-12-{day:02} 19:00")
            assert told[1] <= 0, "nothing to scroll sideways"
            assert f"{name}（改）" in told[2]
    known = events(home)
    for number in range(part, NOTES, len(VIEWS)):
        event = known[f"样板{SIGNS[number]}会（改）"]
        assert event["start"] == f"2026-12-{number % 28 + 1:02}T20:15:00+08:00"
        assert event["price"]["min"] == number + 1
        assert event["location"]["name"] == PLACES[number % len(PLACES)]


@pytest.mark.parametrize("verdict", ["went", "skip", "like", "dislike"])
def test_each_button_is_seen_in_the_next_plan(act, home, verdict):
    before = json.loads(run(home, "plan", "--now", NOW, "--json").stdout)
    with serving(home) as client:
        (text,) = seen(act, client, [{"click": f'article button[value="{verdict}"]'}, {"text": True}], scripts=True)
    assert "记下了" in text or "去" in text
    listed = run(home, verdict, "--list", "--json").stdout
    assert json.loads(listed)["feedback"][0]["verdict"] == verdict
    after = json.loads(run(home, "plan", "--now", NOW, "--json").stdout)
    first = before["picks"][0]["uid"]
    assert (first in {pick["uid"] for pick in after["picks"]}) == (verdict in {"went", "like"})


@pytest.mark.parametrize(("width", "scheme", "scripts"), [(320, "light", True), (1280, "dark", True)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(act, home, width, scheme, scripts):
    with serving(home) as client:
        questions = [{"axe": True}, {"width": True}]
        read = [
            {"fill": {"#text": "周六14:00 样板读书会\n---\n老地方桌游局，都来啊"}},
            {"click": 'form[action="read"] button'},
        ]
        why = [{"go": f"http://127.0.0.1:{client.port}{client.path}"}, {"click": 'article a[href^="why"]'}]
        told = seen(
            act, client, [*questions, *read, *questions, *why, *questions],
            width=width, scheme=scheme, scripts=scripts, bypass=True,
        )  # fmt: skip
    assert told[0::2] == [[], [], []]
    assert all(width <= 0 for width in told[1::2])


def test_words_are_changed_and_a_file_is_taken(act, home, tmp_path):
    (tmp_path / "note.txt").write_text("周六14:00 样板读书会 南馆", "utf-8")
    with serving(home) as client:
        seen(act, client, [{"fill": {"#practice": "头马\n辩论: 2"}}, {"click": 'form[action="words"] button'}])
        chosen = [{"files": {"#file": [str(tmp_path / "note.txt")]}}, {"click": 'form[action="read"] button'}]
        (value,) = seen(act, client, [*chosen, {"value": "#title-0"}])
    assert value == "样板读书会"
    assert "辩论: 2" in (home / "config.yaml").read_text("utf-8")

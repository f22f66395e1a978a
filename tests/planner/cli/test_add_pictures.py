"""``quanzi add`` of pictures: one, several, a folder of many; what tells of nothing is named, and nothing is lost."""

from __future__ import annotations

import json

import pytest

from tests.support.cli import run
from tests.support.pictures import png_of_size, poster, saved
from tests.support.white import PNG_OF_NOTHING

NOW = ("--now", "2027-04-10T10:00+08:00")
SECOND = ("Harbour Chess Circle", "Chess Evening", "Saturday 17 April 2027", "14:00 - 17:00", "Harbour Room 1")
CONFIG = "city: 上海\nlanguage: en\ninterests: {practice: [board games]}\nsources: []\n"


@pytest.fixture
def home(tmp_path):
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    return tmp_path


def starts(home) -> list[str]:
    rows = run(home, "events", "--json", *NOW, "--from", "2027-04-10", "--to", "2027-05-10").stdout.splitlines()
    return sorted(json.loads(row)["start"] for row in rows)


def test_a_poster_becomes_an_event(home):
    (home / "poster.jpg").write_bytes(saved(poster(), "JPEG"))
    done = run(home, "add", "poster.jpg", "--yes", *NOW)
    assert done.returncode == 0, done.stderr
    assert "2027-04-16 19:30" in done.stdout
    assert starts(home) == ["2027-04-16T19:30:00+08:00"]


def test_several_files_are_told_apart_and_one_that_cannot_be_read_costs_itself(home):
    (home / "first.png").write_bytes(saved(poster()))
    (home / "second.png").write_bytes(saved(poster(SECOND)))
    (home / "note.txt").write_text("Sun 18 April 2027 10:00 hike at North Gate", "utf-8")
    done = run(home, "add", "first.png", "second.png", "note.txt", "gone.png", "--yes", *NOW)
    assert done.returncode == 0
    for name in ("first.png:", "second.png:", "note.txt:"):
        assert name in done.stdout
    assert "gone.png: cannot be read" in done.stderr
    assert len(starts(home)) == 3


def test_a_picture_that_tells_of_nothing_says_so_and_nothing_is_kept(home):
    (home / "white.png").write_bytes(PNG_OF_NOTHING)
    done = run(home, "add", "white.png", "--yes", *NOW)
    assert done.returncode == 2
    assert "nothing added" in done.stderr
    assert starts(home) == []


@pytest.mark.long
def test_fifty_at_once(home):
    (home / "many").mkdir()
    for number in range(50):
        body = PNG_OF_NOTHING + bytes([number])
        if number % 5 == 1:
            body = body[: 20 + number]
        elif number % 5 == 2:
            body = png_of_size(60_000, 60_000 + number)
        (home / "many" / f"{number:02}.png").write_bytes(body)
    (home / "many" / "07.png").write_bytes(saved(poster()))
    (home / "many" / "33.jpg").write_bytes(saved(poster(SECOND), "JPEG"))
    done = run(home, "add", "many", "--yes", *NOW)
    assert done.returncode == 0, done.stderr
    assert starts(home) == ["2027-04-16T19:30:00+08:00", "2027-04-17T14:00:00+08:00"]
    told = done.stderr.splitlines()
    assert len(told) == 49, "each of the others is named"
    assert any("more than 40 million pixels" in line for line in told)
    assert len(list((home / "many").iterdir())) == 51, "they stay where they are"

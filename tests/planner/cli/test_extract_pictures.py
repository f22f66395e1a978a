"""``quanzi extract`` of pictures, as it is called."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime

import pytest

from planner.cli._input import shown
from planner.i18n.catalog import Catalog
from spiders.items import Event, Evidence
from tests.support.cli import ROOT, run
from tests.support.pictures import png_of_size, poster, saved

AT = ("--now", "2027-04-10T10:00+01:00", "--timezone", "Europe/London")


@pytest.mark.parametrize("kind", ["auto", "picture"])
def test_a_poster_is_an_event(tmp_path, kind):
    (tmp_path / "poster.txt").write_bytes(saved(poster(), "JPEG"))
    result = run(tmp_path, "extract", "poster.txt", "--kind", kind, "--json", *AT)
    event = json.loads(result.stdout)
    assert event["start"] == "2027-04-16T19:30:00+01:00"
    assert (result.returncode, result.stderr) == (0, "")


def test_a_picture_is_no_text(tmp_path):
    (tmp_path / "poster.png").write_bytes(saved(poster()))
    result = run(tmp_path, "extract", "poster.png", "--kind", "text", *AT)
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr.startswith("poster.png: a picture")


def test_a_text_is_no_picture(tmp_path):
    (tmp_path / "note.txt").write_text("Friday 16 April 2027, 19:30")
    result = run(tmp_path, "extract", "note.txt", "--kind", "picture", *AT)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "refused: not a picture of a known form\n")


def test_what_is_not_read_is_said(tmp_path):
    (tmp_path / "huge.png").write_bytes(png_of_size(60_000, 60_000))
    result = run(tmp_path, "extract", "huge.png", *AT)
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == "refused: a picture of more than 40 million pixels (save it smaller)\n"


def test_without_the_extra(tmp_path):
    (tmp_path / "poster.png").write_bytes(saved(poster()))
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "zxingcpp.py").write_text("raise ImportError('not installed')")
    path = os.pathsep.join((str(tmp_path / "without"), str(ROOT)))
    result = run(tmp_path, "extract", "poster.png", *AT, extra={"PYTHONPATH": path})
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == "refused: reading pictures needs quanzi[pictures]\n"


def test_the_picture_in_which_words_stand_is_named():
    event = Event(
        source="extract",
        uid="u",
        title="Evening",
        start=datetime(2027, 4, 16, 19, 30, tzinfo=UTC),
        timezone="UTC",
        evidence=Evidence(when="16 April", picture="https://club.example/a.png"),
    )
    assert "“16 April” (stated; in the picture https://club.example/a.png)" in shown(event, Catalog("en"))
    assert "“16 April” (写明的；见图片 https://club.example/a.png)" in shown(event, Catalog("zh"))

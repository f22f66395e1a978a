"""``quanzi sources suggest``: also for somebody who has no configuration yet."""

from __future__ import annotations

import json

from tests.support.cli import run


def asked(folder, *arguments):
    """What somebody is told who has nothing of ours on the machine."""
    return run(folder, "sources", "suggest", *arguments, extra={"HOME": str(folder)})


def test_a_city_is_enough(tmp_path):
    done = asked(tmp_path, "--city", "Toronto", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["city"]) == (0, "多伦多")
    assert len(told["sources"]) >= 6
    assert told["searches"] == []  # nothing is known of what this person likes


def test_a_word_is_taken_as_theirs(tmp_path):
    done = asked(tmp_path, "--city", "上海", "--topic", "桌游", "--json")
    told = json.loads(done.stdout)
    assert "douban-boardgames" in [each["id"] for each in told["sources"]]
    assert any("桌游" in phrase for each in told["searches"] for phrase in each["phrases"])


def test_without_a_city_one_is_asked_for_a_configuration(tmp_path):
    done = asked(tmp_path)
    assert done.returncode == 2
    assert "quanzi init" in done.stderr

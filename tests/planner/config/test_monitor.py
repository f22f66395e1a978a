"""The section of the configuration about a monitor."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.config import parse
from planner.errors import ConfigError
from planner.i18n.catalog import Catalog

EN = Catalog("en")


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("{}", "monitor", "exactly one of ping_file"),
        ("{ping_file: a, ping_env: B}", "monitor", "exactly one of ping_file"),
        ("{ping: 'https://ping.example/hunter2'}", "monitor.ping", "not a known key"),
        ("{ping_env: 'https://ping.example/hunter2'}", "monitor.ping_env", "does not belong here"),
    ],
)
def test_a_wrong_section_is_named_and_no_address_repeated(text, key, words):
    with pytest.raises(ConfigError) as caught:
        parse(f"monitor: {text}\n".encode(), "config.yaml", EN)
    assert any(problem.key == key and words in problem.message for problem in caught.value.problems), str(caught.value)
    assert "hunter2" not in caught.value.shown


def test_the_file_stands_beside_the_configuration():
    config = parse(b"monitor: {ping_file: ping.secret}\n", "config.yaml", EN).resolved(Path("/home/you"))
    assert config.monitor is not None
    assert config.monitor.ping_file == "/home/you/ping.secret"
    assert parse(b"monitor:\n", "config.yaml", EN).monitor is None, "as it ships: all commented out"

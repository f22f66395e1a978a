"""What a configuration tells at a glance: its language, its zone; that it is the sample of a clone, by its digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.glance import DIGEST, digest_of, is_shipped_sample, language_of, timezone_of

ROOT = Path(__file__).resolve().parents[2]


def test_the_digest_is_that_of_the_shipped_sample():
    assert is_shipped_sample(ROOT / "config.yaml"), "config.yaml was edited: python -m planner.config.sample"


def test_it_is_the_sample_in_a_clone_alone_and_unedited(tmp_path):
    sample = tmp_path / "config.yaml"
    sample.write_bytes(b"city: a\nlanguage: en\n")
    assert not is_shipped_sample(sample)  # no clone: this is somebody's own
    (tmp_path / DIGEST).parent.mkdir(parents=True)
    (tmp_path / DIGEST).write_text(digest_of(sample.read_bytes()) + "\n")
    assert is_shipped_sample(sample)
    sample.write_bytes(b"city: a\r\nlanguage: en\r\n")
    assert is_shipped_sample(sample)
    sample.write_bytes(b"city: b\n")
    assert not is_shipped_sample(sample)
    assert not is_shipped_sample(tmp_path / "other.yaml")


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("city: Toronto\ntimezone: America/Toronto\n", "America/Toronto"),
        ("timezone: 'America/Toronto'  # mine\r\n", "America/Toronto"),
        ('\ufeff"timezone" : "America/Toronto"', "America/Toronto"),
        ("timezone: America/Toronto# not mine", "America/Toronto"),
        ("# timezone: America/Toronto\n", None),
        ("sources:\n  - {id: x, timezone: America/Toronto}\n    timezone: America/Toronto\n", None),
        ("timezone:\nlanguage: en\n", None),
        ("city: [\ntimezone: Mars\n", "Mars"),
    ],
)
def test_the_zone_is_seen_in_a_line_of_its_own_however_wrong_the_rest_is(text, zone):
    assert timezone_of(text.encode()) == zone


def test_a_language_is_one_that_is_spoken():
    assert language_of(b"city: [\nlanguage: zh\n") == "zh"
    assert language_of(b"language: fr\n") is None
    assert language_of(b"language: \xff\n") is None
    assert timezone_of(b"") is None

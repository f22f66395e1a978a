"""The shipped sample is known by its digest, in a clone and nowhere else."""

from __future__ import annotations

from pathlib import Path

from planner.config.sample import DIGEST, digest_of, is_shipped_sample

ROOT = Path(__file__).resolve().parents[3]


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

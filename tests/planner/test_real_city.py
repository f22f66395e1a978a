"""The main job on real captures: fifty calendar files of one city. Skipped, said aloud, where they are not at hand."""

from __future__ import annotations

import json

import pytest

from tests.support.cli import run

JOB = ("week", "--now", "2026-03-22T08:00:00-07:00", "--week", "2026-W13")


@pytest.mark.long
def test_fifty_calendars_give_a_valid_week(cases, tmp_path):
    files = sorted((cases / "gold/dedupe/santarosa").glob("*.ics"))
    assert len(files) == 50
    entries = "".join(f"  - {{id: {file.stem}, kind: ical, file: {file}}}\n" for file in files)
    (tmp_path / "config.yaml").write_text(
        "city: Santa Rosa\ntimezone: America/Los_Angeles\nlanguage: en\ncurrency: USD\n"
        "interests: {industry: [startup, marketing], practice: [Toastmasters, improv]}\n"
        "week: {free: {weekdays: '16:00-22:00'}, at_most: {per_day: 2, per_week: 6}}\nsources:\n" + entries
    )
    first = run(tmp_path, *JOB, "--json")
    assert first.returncode == 0, first.stderr
    body = json.loads(first.stdout)
    assert len(body["sources"]) == 50
    assert all(entry["outcome"] in {"ok", "quiet"} for entry in body["sources"])
    assert body["status"] == "optimal"
    assert "practice" in {pick["track"] for pick in body["picks"]}
    ends = [(pick["start"], pick["end"]) for pick in body["picks"]]
    assert all(later[0] >= earlier[1] for earlier, later in zip(sorted(ends), sorted(ends)[1:], strict=False))
    again = json.loads(run(tmp_path, *JOB, "--json").stdout)
    assert again["written"] == []

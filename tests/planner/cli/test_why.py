"""Why an event is, or is not, in the plan."""

from __future__ import annotations

import json

import pytest

from tests.support.cli import NOW, run


def test_why_tells_terms_and_what_was_beaten(home):
    run(home, "week", "--now", NOW, "--quiet")
    result = run(home, "why", "头马", "--now", NOW)
    assert "It is in the plan of 2026-W48." in result.stdout
    assert "your interest “头马”" in result.stdout
    body = json.loads(run(home, "why", "储能", "--now", NOW, "--json").stdout)
    assert body["score"] == pytest.approx(sum(term["points"] for term in body["terms"]), abs=0.01)
    assert run(home, "why", body["uid"][:8], "--now", NOW).returncode == 0

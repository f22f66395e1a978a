"""How each source fares."""

from __future__ import annotations

import json

from tests.support.cli import NOW, run


def test_sources_list_tells_how_each_fares(home):
    run(home, "week", "--now", NOW, "--quiet")
    rows = [json.loads(line) for line in run(home, "sources", "list", "--json").stdout.splitlines()]
    assert [(row["id"], row["outcome"], row["count"]) for row in rows] == [("club", "ok", 2), ("gone", "failed", 0)]
    assert "club.ics" in run(home, "sources", "list").stdout

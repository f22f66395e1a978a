"""Every setting that decides a week is told with the key that changes it, and the key is a real one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.config import Config, parse
from planner.i18n.catalog import Catalog
from planner.render.settings import settings_summary

TEXT = """
currency: EUR
interests: {industry: [a, {b: 3}, c, d, e, f, g, h, i, j], practice: [], avoid: ["x\\ny"]}
balance: {industry: 3, practice: 2}
week: {free: {weekdays: "18:30-22:00", wed: []}, budget: 200, travel_at_most: 45}
sources: [{id: one, file: a.ics}]
"""


def test_the_settings_as_they_stand():
    lines = settings_summary(parse(TEXT.encode(), "config.yaml", Catalog("en")), Catalog("en"))
    assert lines == (
        "Industry keywords: b 3, a, c, d, e, f, g, h, and 2 more (interests.industry)",
        "Avoided: x y (interests.avoid)",
        "Free hours: working days 18:30–22:00, weekends and holidays 09:00–22:00, Wed none (week.free)",
        "At most: 2 a day, 5 a week (week.at_most)",
        "Weekly budget: €200 (week.budget)",
        "One way at most: 45 minutes (week.travel_at_most)",
        "Industry to practice: 60 : 40 (balance)",
        "Sources: 1 (sources)",
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_key_that_is_named_exists(language):
    shipped = Path(__file__).parents[3] / "config.yaml"
    config = parse(shipped.read_bytes(), "config.yaml", Catalog(language))
    for line in settings_summary(config, Catalog(language)):
        key = re.search(r"[(（]([a-z_.]+)[)）]$", line)
        assert key, line
        model = Config
        for name in key[1].split("."):
            assert name in model.model_fields, line
            model = model.model_fields[name].annotation

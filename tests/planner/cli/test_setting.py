"""The zone and the language that small commands go by: those of the configuration that would be used."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.cli import NOW, ROOT, run

TORONTO = "city: Toronto\ntimezone: America/Toronto\nlanguage: en\n"
HEAVY = ("pydantic", "ruamel", "scrapy", "highspy", "planner.config", "planner.store", "planner.pipeline")


def start_of(folder: Path, *more: str, extra: Mapping[str, str] | None = None) -> str:
    result = run(folder, "when", "12月5日 14:00", "--now", NOW, "--json", *more, extra=extra)
    return str(json.loads(result.stdout)["sessions"][0]["start"])


def test_without_a_configuration_it_is_shanghai(tmp_path):
    assert start_of(tmp_path) == "2026-12-05T14:00:00+08:00"
    extracted = run(tmp_path, "extract", "-", "--now", NOW, "--json", stdin="饭局\n时间：12月5日 14:00\n地点：旧仓\n")
    assert json.loads(extracted.stdout)["timezone"] == "Asia/Shanghai"


def test_the_configuration_of_the_folder_counts_and_the_option_wins(tmp_path):
    (tmp_path / "config.yaml").write_text(TORONTO)
    assert start_of(tmp_path) == "2026-12-05T14:00:00-05:00"
    assert start_of(tmp_path, "--timezone", "Europe/London") == "2026-12-05T14:00:00+00:00"
    for command in ("extract", "classify"):
        found = run(tmp_path, command, "-", "--now", NOW, "--json", stdin="Dinner\n\nDec 5, 2pm, Old Mill, $5\n")
        assert json.loads(found.stdout)["start"] == "2026-12-05T14:00:00-05:00"


def test_a_named_configuration_and_that_of_the_environment(tmp_path):
    (tmp_path / "config.yaml").write_text("timezone: Europe/London\n")
    (tmp_path / "own.yaml").write_text(TORONTO)
    assert start_of(tmp_path, "--config", "own.yaml") == "2026-12-05T14:00:00-05:00"
    assert start_of(tmp_path, extra={"QUANZI_CONFIG": "own.yaml"}) == "2026-12-05T14:00:00-05:00"
    result = run(tmp_path, "when", "12月5日", "--config", "gone.yaml")
    assert (result.returncode, "gone.yaml: cannot be read" in result.stderr) == (2, True)
    assert start_of(tmp_path, extra={"QUANZI_CONFIG": "gone.yaml"}) == "2026-12-05T14:00:00+08:00"


def test_the_configuration_that_init_wrote_counts_anywhere(tmp_path):
    own = tmp_path / "data" / "quanzi"
    own.mkdir(parents=True)
    (own / "config.yaml").write_text(TORONTO)
    (tmp_path / "elsewhere").mkdir()
    extra = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "settings")}
    assert start_of(tmp_path / "elsewhere", extra=extra) == "2026-12-05T14:00:00-05:00"


def test_the_sample_of_a_clone_counts_as_none_until_it_is_edited(tmp_path):
    for name in ("config.yaml", "planner/config/sample.sha256"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    sample = tmp_path / "config.yaml"
    text = sample.read_text("utf-8").replace("timezone: Asia/Shanghai", "timezone: America/Toronto")
    digest = subprocess.run(
        [sys.executable, "-c", f"from planner.glance import digest_of; print(digest_of({text.encode()!r}))"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    sample.write_text(text, encoding="utf-8")
    assert start_of(tmp_path) == "2026-12-05T14:00:00-05:00"
    (tmp_path / "planner/config/sample.sha256").write_text(digest)
    assert start_of(tmp_path) == "2026-12-05T14:00:00+08:00"


def test_what_else_is_wrong_in_it_stops_nobody(tmp_path):
    (tmp_path / "config.yaml").write_text("timezone: America/Toronto\nsources: [{\nweek: soon\n")
    assert start_of(tmp_path) == "2026-12-05T14:00:00-05:00"
    (tmp_path / "config.yaml").write_text("language: en\ntimezone: Mars\n")
    result = run(tmp_path, "when", "12月5日 14:00", "--now", NOW)
    assert result.stdout.startswith("2026-12-05T14:00:00+08:00")
    assert result.stderr == (
        "config.yaml: timezone: Mars is not a time zone (Asia/Shanghai is taken; write such as America/Toronto)\n"
    )


@pytest.mark.parametrize(
    ("config", "said"), [(None, "no event"), ("city: 上海\n", "no event"), ("language: zh\n", "没有活动")]
)
def test_reasons_are_in_the_language_of_the_configuration(tmp_path, config, said):
    if config is not None:
        (tmp_path / "config.yaml").write_text(config, encoding="utf-8")
    result = run(tmp_path, "extract", "-", "--now", NOW, "--json", stdin="旧城快讯\n\n12月12日，旧城的灯亮了。\n")
    assert said in result.stderr
    assert run(tmp_path, "when", "gone", "--timezone", "Mars").returncode == 2


@pytest.mark.parametrize("arguments", [("when", "12月5日 14:00"), ("extract", "config.yaml"), ("--help",)])
def test_small_commands_load_no_library_of_the_configuration(tmp_path, arguments):
    (tmp_path / "config.yaml").write_text(TORONTO)
    program = (
        f"import atexit, sys; sys.argv = ['quanzi', *{arguments!r}];"
        f" atexit.register(lambda: print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr));"
        " from planner.cli import main; main()"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert result.stderr.splitlines()[-1] == "[]"

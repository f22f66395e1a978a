"""What click says of itself is Chinese where the program is: every sentence a user can meet has its translation."""

from __future__ import annotations

import re
from pathlib import Path

import click
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from planner.i18n.click_texts import compiled, source
from tests.support.cli import run

FOR_DEVELOPERS = (
    "Name '{name}' defined twice",
    "Boolean option",
    "Could not determine name",
    "No options defined but",
    "Arguments take exactly one",
    "Shell completion is",
    "Couldn't detect Bash",
    "Unknown color",
    "Unknown standard stream",
)


def said_by_click():
    found = extract_from_dir(
        Path(click.__file__).parent, [("**.py", "python")], keywords={"_": None, "ngettext": (1, 2)}
    )
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


def test_every_sentence_of_click_is_translated():
    with source("zh").open("rb") as file:
        ids = [message.id for message in read_po(file) if message.string]
    told = {each if isinstance(each, str) else each[0] for each in ids}
    assert {each for each in said_by_click() - told if not each.startswith(FOR_DEVELOPERS)} == {"d"}


def test_the_catalogue_is_made_of_its_source():
    assert source("zh").with_suffix(".mo").read_bytes() == compiled("zh")


def test_wrong_usage_and_help_follow_the_configuration_whatever_the_locale(tmp_path):
    (tmp_path / "config.yaml").write_text("language: zh\n", encoding="utf-8")
    told = run(tmp_path, "why").stderr
    assert re.fullmatch(r"用法: .+ why \[OPTIONS\] EVENT\n查看用法：.+ why --help\n\n错误：缺少参数 'EVENT'\.\n", told)
    (tmp_path / "config.yaml").write_text("language: en\n", encoding="utf-8")
    assert "Error: Missing argument 'EVENT'." in run(tmp_path, "why", language="zh_CN.UTF-8").stderr


def test_a_configuration_that_is_named_decides_before_the_one_at_hand(tmp_path):
    (tmp_path / "config.yaml").write_text("language: en\n", encoding="utf-8")
    (tmp_path / "other.yaml").write_text("language: zh\n", encoding="utf-8")
    for named in (("--config", "other.yaml"), ("--config=other.yaml",)):
        assert "错误：缺少参数" in run(tmp_path, "why", *named).stderr

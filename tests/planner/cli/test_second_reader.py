"""The second reader asked from the command line: by wish, for one text, and never behind anybody's back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from spiders.readers.second import request
from tests.support.cli import NOW, run, run_apart
from tests.support.completions import Model, answering, completion

KEY = "sk-Plum42-orchard-k3ttle"
LETTER = (
    "为什么我们还在读书？\n\n雾港书社的老朋友们散在各处，去年有人走了，也有人回来了。\n"
    "12月15日那天聚，大概晚上七点半开始，在木屑工坊。合影在网盘。"
)
CLEAR = "雾港书社12月读书会\n\n时间：12月16日（周三）14:00-17:00\n地点：青石里12号 木屑工坊"
GOOD = {"title": "雾港书社", "start": "12月15日", "hour": "晚上七点半", "place": "木屑工坊"}
FIELDS = ["uid", "title", "start", "end", "all_day", "timezone", "location", "mode", "url", "organizer", "price",
          "status", "recurrence", "sure", "evidence"]  # fmt: skip


@pytest.fixture
def model() -> Iterator[Model]:
    with answering() as model:
        model.says(GOOD)
        yield model


@pytest.fixture
def pond(tmp_path, model) -> Path:
    (tmp_path / "llm.secret").write_text(KEY, encoding="utf-8")
    (tmp_path / "llm.secret").chmod(0o600)
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "clear.txt").write_text(CLEAR, encoding="utf-8")
    configure(tmp_path, model)
    return tmp_path


def configure(folder: Path, model: Model, more: str = "") -> None:
    (folder / "config.yaml").write_text(
        f"language: en\nllm: {{url: '{model.url}', model: pond-1, key_file: llm.secret{more}}}\n", encoding="utf-8"
    )


def test_extract_asks_only_when_told_to(pond, model):
    assert run(pond, "extract", "letter.txt", "--kind", "text", "--json", "--now", NOW).stdout == ""
    assert model.asked == []
    told = run(pond, "extract", "letter.txt", "--kind", "text", "--json", "--now", NOW, "--llm")
    assert told.returncode == 0, told.stderr
    row = json.loads(told.stdout)
    assert (row["start"], row["title"], row["sure"]) == ("2026-12-15T19:30:00+08:00", "雾港书社", "inferred")
    assert set(FIELDS) <= row.keys()
    assert "second reader" in row["evidence"]["doubts"][0]
    assert model.texts() == [LETTER]


@pytest.mark.long
def test_extract_asks_about_what_is_clear_by_no_means(pond, model):
    plain = run(pond, "extract", "clear.txt", "--json", "--now", NOW)
    assert run(pond, "extract", "clear.txt", "--json", "--now", NOW, "--llm").stdout == plain.stdout
    assert model.asked == []


def test_the_prompt_is_what_would_be_sent_and_nothing_is(pond, model):
    told = run(pond, "extract", "letter.txt", "--kind", "text", "--now", NOW, "--llm-prompt")
    assert (told.returncode, told.stderr, model.asked) == (0, "", [])
    assert told.stdout.rstrip("\n").encode() == request(LETTER, "pond-1")
    run(pond, "extract", "letter.txt", "--kind", "text", "--now", NOW, "--llm")
    assert model.bodies == [told.stdout.rstrip("\n").encode()]
    assert not (pond / "out").exists()


def test_without_the_section_it_is_said_how_to_write_one(pond, model):
    (pond / "other.yaml").write_text("language: en\n", encoding="utf-8")
    for option in ("--llm", "--llm-prompt"):
        told = run(pond, "extract", "letter.txt", option, "--config", "other.yaml")
        assert (told.returncode, told.stdout) == (2, "")
        assert "has no llm: (write llm: {url:" in told.stderr
    assert model.asked == []


@pytest.mark.parametrize("language", ["C", "zh_CN.UTF-8"])
def test_what_went_wrong_is_said_and_the_key_never(pond, model, language):
    model.replies = [(401, {}, KEY.encode())]
    told = run_apart(pond, "extract", "letter.txt", "--kind", "text", "--now", NOW, "--llm", "-v", language=language)
    assert told.returncode == 0
    assert "(401)" in told.stderr or "（401）" in told.stderr
    assert KEY not in told.stdout + told.stderr


def test_a_gathering_tells_no_key(pond, model):
    model.replies = [completion("no")]
    with (pond / "config.yaml").open("a", encoding="utf-8") as file:
        file.write(f"sources: [{{id: letter, text: {json.dumps(LETTER, ensure_ascii=False)}}}]\n")
    configured = (pond / "config.yaml").read_text("utf-8").replace("llm.secret}", "llm.secret, own_notes: true}")
    (pond / "config.yaml").write_text(configured, encoding="utf-8")
    told = run(pond, "gather", "--now", NOW, "-v", "--json")
    listed = run(pond, "sources", "list")
    assert len(model.asked) == 1
    assert "no usable answer" in told.stdout
    assert KEY not in told.stdout + told.stderr + listed.stdout


def test_what_is_added_is_shown_only_by_wish(pond, model):
    assert run(pond, "add", "-", "--now", NOW, stdin=LETTER).returncode == 0
    assert run(pond, "add", "letter.txt", "--now", NOW).returncode == 0
    assert model.asked == []
    configure(pond, model, ", own_notes: true")
    told = run(pond, "add", "-", "--now", NOW, "--json", stdin=LETTER)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["start"] == "2026-12-15T19:30:00+08:00"
    assert "19:30" in run(pond, "events", "--week", "2026-W51", "--now", NOW, "--search", "雾港").stdout


@pytest.mark.long
def test_an_address_is_asked_about_too(pond, model, web):
    web.pages = {"/letter": (200, {"Content-Type": "text/plain; charset=utf-8"}, LETTER.encode())}
    with (pond / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("network: {allow: [127.0.0.1], delay: 0}\n")
    told = run(pond, "extract", f"http://127.0.0.1:{web.port}/letter", "--json", "--now", NOW, "--llm")
    assert json.loads(told.stdout)["start"] == "2026-12-15T19:30:00+08:00"

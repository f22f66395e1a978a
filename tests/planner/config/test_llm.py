"""The section of the configuration about the second reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.config import parse
from planner.config.llm import Llm
from planner.errors import ConfigError
from planner.i18n.catalog import Catalog


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("{url: 'ftp://h.example/', model: m}", "llm.url", "https://api.deepseek.com/v1"),
        ("{url: 'https://:hunter2@h.example/v1', model: m}", "llm.url", "key_file"),
        ("{url: 'https://h.example/v1?key=hunter2', model: m}", "llm.url", "key_file"),
        ("{url: 'https://h.example:port/v1', model: m}", "llm.url", "https://api"),
        ("{url: 'https://h.ex ample/v1', model: m}", "llm.url", "https://api"),
        ("{url: 'http://h.example/v1', model: m}", "llm.url", "https://"),
        ("{url: 'http://203.0.114.7/v1', model: m}", "llm.url", "https://"),
        ("{url: 'http://198.18.0.1/v1', model: m}", "llm.url", "https://"),
        ("{url: 'http://[2002:7f00:1::]/v1', model: m}", "llm.url", "https://"),
        ("{url: 'https://h.example/v1'}", "llm.model", ""),
        ("{model: m}", "llm.url", ""),
        ("{url: 'https://h.example/v1', model: 'a b'}", "llm.model", ""),
        ("{url: 'https://h.example/v1', model: m, when: perhaps}", "llm.when", "doubtful"),
        ("{url: 'https://h.example/v1', model: m, key: hunter2}", "llm.key", "key_file"),
        ("{url: 'https://h.example/v1', model: m, timeout: 0}", "llm.timeout", ""),
        ("{url: 'https://h.example/v1', model: m, calls_a_day: -1}", "llm.calls_a_day", ""),
    ],
)
def test_what_is_wrong_is_named_with_a_way_out_and_no_secret_repeated(text, key, words, language):
    with pytest.raises(ConfigError) as caught:
        parse(f"language: {language}\nllm: {text}\n".encode(), "config.yaml", Catalog(language))
    assert any(problem.key == key and words in problem.message for problem in caught.value.problems), str(caught.value)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://api.deepseek.com/v1", "https://api.deepseek.com/v1/chat/completions"),
        ("https://api.deepseek.com/v1/", "https://api.deepseek.com/v1/chat/completions"),
        ("https://h.example/v1/chat/completions", "https://h.example/v1/chat/completions"),
        ("https://例子.example:8443", "https://xn--fsqu00a.example:8443/chat/completions"),
        ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions"),
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1/chat/completions"),
        ("http://[::1]:11434/v1", "http://[::1]:11434/v1/chat/completions"),
        ("http://192.168.1.20/v1", "http://192.168.1.20/v1/chat/completions"),
        ("http://10.0.0.5/v1", "http://10.0.0.5/v1/chat/completions"),
        ("http://[fd00::5]/v1", "http://[fd00::5]/v1/chat/completions"),
        ("http://nas.local:8080/v1", "http://nas.local:8080/v1/chat/completions"),
        ("http://ollama:11434/v1", "http://ollama:11434/v1/chat/completions"),
    ],
)
def test_where_requests_go(url, asked):
    assert Llm(url=url, model="m").url == asked


def test_nobody_is_asked_by_default_and_nothing_of_ones_own_is_shown():
    assert parse(b"", "c", Catalog("en")).llm is None
    llm = Llm(url="https://h.example/v1", model="m")
    assert (llm.when, llm.own_notes, llm.key_file) == ("doubtful", False, None)


def test_the_key_lies_beside_the_configuration():
    config = parse(b"llm: {url: 'https://h.example', model: m, key_file: llm.secret}", "c", Catalog("en"))
    llm = config.resolved(Path("/home/pond")).llm
    assert llm is not None
    assert llm.key_file == str(Path("/home/pond/llm.secret"))

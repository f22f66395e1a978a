"""The documentation in two languages: the same headings, commands and settings, each leading to pages of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click import MissingParameter

from planner.config.load import parse
from planner.i18n.catalog import Catalog
from tests.support.pages import (
    CHINESE,
    PAGES,
    PAIRS,
    ROOT,
    Block,
    anchors,
    blocks,
    calls_in_blocks,
    calls_in_sentences,
    headings,
    links,
    parsed,
    prose,
)

FOR_CONTRIBUTORS = {"architecture.md"}
TOOLS = ("make", "podman", "git", "cp", "mkdir", "rm", "systemctl", "printf", "export")
BOTH_WAYS = ("[中文](", "[English](", "[中文说明](")
STANDS_FOR = {"preset": ("host", "security")}  # of a mail server: a Chinese reader's is known by its name
KEY = re.compile(r"^([ -]*)([\w.-]+):(?:\s|$)")

both = pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=[page.stem for page, _ in PAIRS])
each = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
in_chinese = pytest.mark.parametrize("page", CHINESE, ids=lambda page: page.name)


def test_every_page_for_users_is_there_in_both_languages() -> None:
    english = {page.name for page in (ROOT / "docs").glob("*.md") if ".zh-CN" not in page.name} - FOR_CONTRIBUTORS
    assert english == {page.name for page, _ in PAIRS} - {"README.md"}


@both
def test_headings(english: Path, chinese: Path) -> None:
    assert [level for level, _ in headings(chinese)] == [level for level, _ in headings(english)]


@both
def test_command_lines_in_blocks(english: Path, chinese: Path) -> None:
    told, wanted = ([parsed(call) for call in calls_in_blocks(page)] for page in (chinese, english))
    assert told == wanted


@both
def test_commands_in_sentences(english: Path, chinese: Path) -> None:
    told, wanted = ({_shape(call) for call in calls_in_sentences(page)} for page in (chinese, english))
    assert told == wanted


def _shape(call: list[str]) -> object:
    try:
        return parsed(call)
    except MissingParameter:  # a command by its name
        return tuple(call)


@both
def test_other_command_lines(english: Path, chinese: Path) -> None:
    assert _other_lines(chinese) == _other_lines(english)


def _other_lines(page: Path) -> list[list[str]]:
    lines = (line.split("#")[0] for block in blocks(page) for line in block.body.splitlines() if not block.is_yaml)
    return [line.split() for line in lines if line.split(" ")[0] in TOOLS]


@both
def test_settings(english: Path, chinese: Path) -> None:
    told, wanted = ([_keys(block) for block in blocks(page) if block.is_yaml] for page in (chinese, english))
    assert told == wanted


def _keys(block: Block) -> list[tuple[int, str]]:
    found = (KEY.match(line) for line in block.body.splitlines())
    return [(len(match[1]), key) for match in found if match for key in STANDS_FOR.get(match[2], (match[2],))]


@pytest.mark.parametrize(
    ("page", "block"), [(page, block) for page in PAGES for block in blocks(page) if block.is_yaml],
    ids=lambda each: each.name if isinstance(each, Path) else None,
)  # fmt: skip
def test_every_piece_of_configuration_is_one(page: Path, block: Block) -> None:
    parse(block.body.encode(), page.name, Catalog("en"))


@each
def test_links_lead_to_headings(page: Path) -> None:
    for words, target, anchor in links(page):
        leads_to = (page.parent / target) if target else page
        if anchor and leads_to.suffix == ".md":
            assert anchor in anchors(leads_to), words


@each
def test_links_stay_in_the_language(page: Path) -> None:
    chinese = ".zh-CN" in page.name
    for words, target, _ in _onward(page):
        there = (page.parent / target).resolve()
        if chinese:
            other = there.with_name(there.name.replace(".md", ".zh-CN.md"))
            assert ".zh-CN" in there.name or other == there or not other.exists(), words
        else:
            assert ".zh-CN" not in there.name, words


def _onward(page: Path) -> Iterator[tuple[str, str, str]]:
    """All links but the one to the same page in the other language."""
    yield from (
        link for link in links(page) if link[1] and not any(f"[{link[0]}](" == one for one in BOTH_WAYS)
    )  # fmt: skip


@both
def test_each_page_leads_to_its_other_language(english: Path, chinese: Path) -> None:
    assert chinese.name in {target for _, target, _ in links(english)}
    assert english.name in {target for _, target, _ in links(chinese)}


@in_chinese
def test_no_english_sentence_in_a_chinese_page(page: Path) -> None:
    assert not english_in(prose(page))


@in_chinese
def test_chinese_is_set_as_chinese(page: Path) -> None:
    assert not badly_set(prose(page))


def english_in(text: str) -> list[str]:
    """Sentences in English. Names, menus and quoted words are none: five plain words in a row are."""
    return re.findall(r"(?:[a-z]+[ ,]+){4,}[a-z]+", _without_quotes(text))


def badly_set(text: str) -> list[str]:
    """Where punctuation between characters is not full-width, or no space stands between characters and Latin letters
    or code, and where a line that ends within words puts a space there."""
    text, said = _without_quotes(text), ".{0,9}"
    marks = rf"{said}[一-鿿][,;:!?][一-鿿 ]{said}"
    spaces = rf"{said}(?:[一-鿿][A-Za-z`]|[A-Za-z`][一-鿿]){said}"
    broken = rf"{said}[一-鿿]\n *[一-鿿]{said}"
    return [found for wrong in (marks, spaces, broken) for found in re.findall(wrong, text)]


def _without_quotes(text: str) -> str:
    return re.sub(r"“[^”]*”", "“”", text)


@pytest.mark.parametrize("text", ["运行它。 This is how it is done.", "改完 run the plan once more 就好"])
def test_english_is_seen(text: str) -> None:
    assert english_in(text)
    assert not english_in(f"“{text}”，见 GitHub Actions")


@pytest.mark.parametrize("text", ["先看, 再改", "写进\n你的文件夹", "用cron运行", "写进` 里", "中文: 英文"])
def test_what_is_badly_set_is_seen(text: str) -> None:
    assert badly_set(text)
    assert not badly_set("先看，再改；用 cron 运行，写进 ` 里")

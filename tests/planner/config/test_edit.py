"""A source is written into a configuration, and taken out, while every other byte stays."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from planner.config import load, parse
from planner.config.edit import rewrite, with_entry, without_entry
from planner.config.scalars import written
from planner.errors import ConfigError, UsageError
from planner.i18n.catalog import Catalog

WORDS = Catalog("en")
NEW = {"id": "new", "kind": "ical", "url": "https://new.example/c.ics?a=1&b=2"}
LINES = "id: new\nkind: ical\nurl: https://new.example/c.ics?a=1&b=2"
FLOW = "{id: new, kind: ical, url: https://new.example/c.ics?a=1&b=2}"


def block(indent: str = "  ", gap: str = " ") -> str:
    first, *others = LINES.split("\n")
    return "".join([f"{indent}-{gap}{first}\n", *(f"{indent} {' ' * len(gap)}{each}\n" for each in others)])


def add(text: str, entry: dict[str, object] | None = None) -> str:
    return with_entry(text.encode(), entry or NEW, WORDS).decode()


def remove(text: str, source: str) -> str:
    return without_entry(text.encode(), source, WORDS).decode()


WIDE = block("    ", "   ")
A, B = "  - id: a\n    file: a.ics\n", "  - {id: b, file: b.ics}  # the second\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"sources:\n{A}", f"sources:\n{A}{block()}"),
        (f"sources:\n{A}{B}", f"sources:\n{A}{B}{block()}"),
        (f"sources:\n{A}\nweek: {{}}\n", f"sources:\n{A}{block()}\nweek: {{}}\n"),
        ("sources:\n- {id: a, file: a}\nweek: {}\n", f"sources:\n- {{id: a, file: a}}\n{block('')}week: {{}}\n"),
        (
            "sources:\n    -   id: a\n        file: a\n",
            f"sources:\n    -   id: a\n        file: a\n{WIDE}",
        ),
        (
            f"sources:\n{A}    # deeper: of a\n  # - id: old\n",
            f"sources:\n{A}    # deeper: of a\n{block()}  # - id: old\n",
        ),
        (f"sources:\n{A}\n{B}", f"sources:\n{A}\n{B}\n{block()}"),
        (f"sources:\n{A}\n  # of b\n{B}", f"sources:\n{A}\n  # of b\n{B}\n{block()}"),
        ("sources:\n  -\n    id: a\n    file: a\n", f"sources:\n  -\n    id: a\n    file: a\n{block()}"),
        ("sources: []\n", f"sources:\n{block()}"),
        ("sources: []  # none yet\nstore: x\n", f"sources:  # none yet\n{block()}store: x\n"),
        ("sources:\nstore: x\n", f"sources:\n{block()}store: x\n"),
        ("sources:  # soon\n  # - id: example\n", f"sources:  # soon\n{block()}  # - id: example\n"),
        ("sources: ~  # none\n", f"sources:  # none\n{block()}"),
        ("store: x\n", f"store: x\nsources:\n{block()}"),
        ("store: x\n\nhome: 徐汇区\n", f"store: x\n\nhome: 徐汇区\n\nsources:\n{block()}"),
        ("", f"sources:\n{block()}"),
        ("# mine\n", f"# mine\nsources:\n{block()}"),
        ("  store: x\n", f"  store: x\n  sources:\n{block('    ')}"),
        ("sources: [{id: a, file: a}]\n", f"sources: [{{id: a, file: a}}, {FLOW}]\n"),
        ("sources: [{id: a, file: a},]\n", f"sources: [{{id: a, file: a}}, {FLOW},]\n"),
        ("sources: [\n  # none\n]\n", f"sources: [\n  # none\n  {FLOW}\n]\n"),
        (
            "sources: [\n  {id: a, file: a}  # one\n]\n",
            f"sources: [\n  {{id: a, file: a}},  # one\n  {FLOW}\n]\n",
        ),
        (
            "sources: [\n  {id: a, file: a},  # one\n]\n",
            f"sources: [\n  {{id: a, file: a}},  # one\n  {FLOW},\n]\n",
        ),
        ("{store: x}\n", f"{{store: x, sources: [{FLOW}]}}\n"),
        ("{}\n", f"{{sources: [{FLOW}]}}\n"),
        ("{sources: [], store: x}\n", f"{{sources: [{FLOW}], store: x}}\n"),
        ("{sources: null, store: x}\n", f"{{sources: [{FLOW}], store: x}}\n"),
        (
            "sources:\n  - {id: a, text: '每周四 19:30'}",
            f"sources:\n  - {{id: a, text: '每周四 19:30'}}\n{block()}"[:-1],
        ),
    ],
)
def test_an_entry_is_put_behind_the_last_one(before, after):
    assert add(before) == after


@pytest.mark.parametrize(
    ("before", "source", "after"),
    [
        (f"sources:\n{A}{B}", "a", f"sources:\n{B}"),
        (f"sources:\n{A}{B}", "b", f"sources:\n{A}"),
        (f"sources:\n{A}\n{B}\nweek: {{}}\n", "b", f"sources:\n{A}\nweek: {{}}\n"),
        (f"sources:\n{A}\n{B}\n  - {{id: c, file: c}}\n", "b", f"sources:\n{A}\n  - {{id: c, file: c}}\n"),
        (f"sources:\n{A}", "a", "sources: []\n"),
        (f"sources:  # mine\n{A}  # - id: old\nstore: x\n", "a", "sources: []  # mine\n  # - id: old\nstore: x\n"),
        # Comments: its own above and below go, a heading and what was commented out stay.
        (f"sources:\n{A}  # of b\n{B}", "b", f"sources:\n{A}"),
        (f"sources:\n{A}    # of a\n  # of b\n{B}", "a", f"sources:\n  # of b\n{B}"),
        (f"sources:\n{A}    # of a\n{B}", "b", f"sources:\n{A}    # of a\n"),
        (f"sources:\n  # the clubs\n{A}{B}", "a", f"sources:\n  # the clubs\n{B}"),
        (f"sources:\n  # of a\n{A}  # of b\n{B}", "a", f"sources:\n  # of b\n{B}"),
        (f"sources:\n{A}  # - id: old\n  #   file: old\n{B}", "b", f"sources:\n{A}  # - id: old\n  #   file: old\n"),
        (f"sources:\n{A}# at the margin\n{B}", "b", f"sources:\n{A}# at the margin\n"),
        (f"sources:\n{A}  # others\n\n{B}", "b", f"sources:\n{A}  # others\n"),
        ("sources:\n  - id: a\n    text: |\n      每周四\n\n      19:30\n  - {id: b, file: b}\n", "a",
         "sources:\n  - {id: b, file: b}\n"),
        # In brackets.
        ("sources: [{id: a, file: a}, {id: b, file: b}]\n", "a", "sources: [{id: b, file: b}]\n"),
        ("sources: [{id: a, file: a}, {id: b, file: b}]\n", "b", "sources: [{id: a, file: a}]\n"),
        ("sources: [ {id: a, file: a} ]\n", "a", "sources: []\n"),
        ("sources: [\n  {id: a, file: a},  # one\n  {id: b, file: b}\n]\n", "b",
         "sources: [\n  {id: a, file: a}  # one\n]\n"),
        ("sources: [\n  {id: a, file: a},  # one\n  {id: b, file: b}\n]\n", "a", "sources: [\n  {id: b, file: b}\n]\n"),
        ("sources: [\n  # none\n  {id: a, file: a}\n]\n", "a", "sources: [\n  # none\n]\n"),
        ("sources: [{id: a, file: a},\n  {id: b, file: b}]\n", "a", "sources: [\n  {id: b, file: b}]\n"),
        ("sources: [{id: a, file: a}\n  , {id: b, file: b}]\n", "b", "sources: [{id: a, file: a}\n   ]\n"),
        ("{sources: [{id: a, file: a}], store: x}\n", "a", "{sources: [], store: x}\n"),
    ],
)  # fmt: skip
def test_an_entry_is_taken_out_with_the_comments_that_are_its_own(before, source, after):
    assert remove(before, source) == after


@pytest.mark.parametrize(
    "text",
    [
        "sources:\n  - &a {id: a, file: a}\n  - {id: b, file: b}\n",
        "home: &h 徐汇区\nsources:\n  - {id: a, file: a, place: *h}\n",
        "sources:\n  - {id: a, file: &f x}\n  - {id: b, file: *f}\n",
    ],
)
def test_what_others_hang_on_is_left_to_the_person(text):
    with pytest.raises(UsageError, match=r"config.yaml:\d: a cannot be taken out"):
        remove(text, "a")
    assert len(parse(add(text).encode(), "config.yaml", WORDS).sources) > 1


def test_what_would_change_something_else_is_not_written():
    """A scalar that keeps its end would get a line end, which it has not."""
    with pytest.raises(UsageError, match="write it yourself") as caught:
        add("home: |+\n  徐汇区")
    assert "sources:\n  - id: new\n    kind: ical\n" in str(caught.value)


@pytest.mark.parametrize(
    ("entry", "error", "told"),
    [
        ({"id": "a", "file": "x"}, UsageError, "source a: stands in the configuration already"),
        ({"id": "new"}, ConfigError, "one of url, file"),
        ({"id": "new", "file": "x", "colour": "red"}, ConfigError, "colour"),
    ],
)
def test_an_entry_that_is_wrong_is_told(entry, error, told):
    with pytest.raises(error, match=told):
        add(f"language: en\nsources:\n{A}", entry)


BARE = "sources:\n  - a.example/events  # the first\n  - https://b.example/x\n  - b.example/y\n"


def test_a_bare_address_is_taken_out_by_the_id_that_it_was_given():
    assert [each.id for each in parse(BARE.encode(), "c", WORDS).sources] == ["a.example", "b.example", "b.example-y"]
    assert remove(BARE, "a.example") == "sources:\n  - https://b.example/x\n  - b.example/y\n"
    assert remove(BARE, "b.example-y") == "sources:\n  - a.example/events  # the first\n  - https://b.example/x\n"
    assert remove(add(BARE), "new") == BARE
    assert remove("sources: [a.example, b.example]\n", "a.example") == "sources: [b.example]\n"


def test_where_another_would_get_another_id_by_it_none_is_taken_out():
    with pytest.raises(UsageError, match=r"config\.yaml:3: b\.example cannot be taken out"):
        remove(BARE, "b.example")


def test_an_unknown_source_is_told():
    with pytest.raises(UsageError, match="source x: not in the configuration"):
        remove(f"sources:\n{A}", "x")


def test_a_wrong_configuration_is_told_as_ever():
    with pytest.raises(ConfigError, match="colour"):
        add("colour: red\n")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("桌游夜", "桌游夜"),
        ("https://a.example/x?y=1&z=2#top", "https://a.example/x?y=1&z=2#top"),
        ("a: b", '"a: b"'),
        ("a, b", '"a, b"'),
        ("a #b", '"a #b"'),
        ("每周四 19:30-21:30", "每周四 19:30-21:30"),
        ("19:30", '"19:30"'),
        ("no", '"no"'),
        ("", '""'),
        ("two\nlines", '"two\\nlines"'),
        ("\u2028\ufeff\x7f", '"\\u2028\\ufeff\\u007f"'),
        ('say "x"', 'say "x"'),
        (" x ", '" x "'),
        (True, "true"),
        (7, "7"),
        (["桌游", "a, b"], '[桌游, "a, b"]'),
        ({"a": 1}, "{a: 1}"),
    ],
)
def test_values_are_quoted_only_where_they_must_be(value, text):
    assert written(value) == text


@given(st.text(max_size=30))
def test_every_text_means_itself(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    assert YAML(typ="safe", pure=True).load(f"a: [{written(text)}]\n") == {"a": [text]}


# Any configuration.

_COMMENTS = st.sampled_from(["", "", "  # 备注"])
_INNER = st.lists(st.sampled_from(["# of it", "#", "# 说明: x"]), max_size=2)
_BETWEEN = st.lists(st.sampled_from(["", "# - id: old\n#   file: old", "# a word", "  # deeper"]), max_size=3).map(
    lambda drawn: "\n".join(drawn).split("\n")
)


@st.composite
def entries(draw: st.DrawFn, number: int) -> list[str]:
    """The lines of one entry, the first without its dash."""
    name, comment = f"s{number}", draw(_COMMENTS)
    form = draw(st.sampled_from(["block", "flow", "text", "folded", "quoted", "many"]))
    if form == "flow":
        return [f"{{id: {name}, file: '{name}'}}{comment}"]
    if form == "quoted":
        return [f'"id": "{name}"{comment}', f"file: '#{name}'"]
    if form == "text":
        return [f"id: {name}", f"text: |{comment}", "  每周四 19:30", "", "  地点 # 在这里"]
    if form == "folded":
        return [f"id: {name}", "text: >-", "  every Thursday", "  19:30"]
    if form == "many":
        return [f"id: {name}{comment}", "# within", f"file: {name}", "organizer:  # nobody"]
    return [f"id: {name}{comment}", f"file: {name}.ics"]


@st.composite
def block_configs(draw: st.DrawFn) -> tuple[str, int]:
    """A configuration with its sources as dashes; -> its text and how many they are."""
    indent, gap = " " * draw(st.integers(0, 4)), " " * draw(st.integers(1, 3))
    count = draw(st.integers(1, 4))
    lines = draw(st.sampled_from([[], ["city: 上海"], ["# mine", "", "week: {soft: 0}"]]))
    lines = [*lines, f"sources:{draw(_COMMENTS)}"]
    for number in range(count):
        lines += [f"{indent}{line}" if line else "" for line in draw(_BETWEEN)]
        first, *others = draw(entries(number))
        lines.append(f"{indent}-{gap}{first}")
        lines += [f"{indent} {gap}{line}" if line else "" for line in [*others, *draw(_INNER)]]
    lines += [f"{indent}{line}" if line else "" for line in draw(_BETWEEN)]
    lines += draw(st.sampled_from([[], ["", "store: x"], ["store: x  # here", "# the end", ""]]))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    text = newline.join(lines) + draw(st.sampled_from(["", newline, newline * 3]))
    return draw(st.sampled_from(["", "\ufeff"])) + text, count


@st.composite
def flow_configs(draw: st.DrawFn) -> tuple[str, int]:
    """The same in brackets."""
    count = draw(st.integers(1, 4))
    items = [f"{{id: s{number}, file: 'a,]#'}}" for number in range(count)]
    last = draw(st.sampled_from(["", ","]))
    if draw(st.booleans()):
        listed = f"[{', '.join(items)}{last}]"
    else:
        commas = [*[","] * (count - 1), last]
        lines = [f"  {item}{comma}{draw(_COMMENTS)}" for item, comma in zip(items, commas, strict=True)]
        listed = "\n".join(["[" + draw(_COMMENTS), *lines, "]"])
    text = f"city: 上海\nsources: {listed}{draw(_COMMENTS)}\nstore: x\n"
    return draw(st.sampled_from([text, text.rstrip("\n")])), count


@settings(max_examples=80)
@given(st.one_of(block_configs(), flow_configs()))
def test_what_was_added_can_be_taken_out_again_to_the_byte(config):
    raw = config[0].encode()
    added = with_entry(raw, NEW, WORDS)
    assert without_entry(added, "new", WORDS) == raw


@settings(max_examples=50)
@given(block_configs())
def test_every_line_stays_where_one_is_added(config):
    left = iter(with_entry(config[0].encode(), NEW, WORDS).decode().splitlines())
    assert all(line in left for line in config[0].splitlines()), "in their order"


@settings(max_examples=80)
@given(st.one_of(block_configs(), flow_configs()), st.data())
def test_taking_one_out_leaves_every_line_of_the_others(config, data):
    text, count = config
    number = data.draw(st.integers(0, count - 1))
    before = parse(text.encode(), "config.yaml", WORDS).sources
    left = without_entry(text.encode(), f"s{number}", WORDS)
    after = parse(left, "config.yaml", WORDS).sources
    assert [each.id for each in after] == [each.id for each in before if each.id != f"s{number}"]
    for kept in ("# - id: old", "#   file: old", "store: x", "city: 上海", "# the end", "# mine"):
        if f"id: s{number}" not in kept:
            assert left.decode().count(kept) == text.count(kept)


@settings(max_examples=60)
@given(block_configs())
def test_all_can_be_taken_out_one_after_the_other(config):
    raw, count = config[0].encode(), config[1]
    for number in range(count):
        raw = without_entry(raw, f"s{number}", WORDS)
    assert parse(raw, "config.yaml", WORDS).sources == ()
    assert b"sources: []" in raw
    assert with_entry(raw, NEW, WORDS)


# Files.


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "config.yaml"
    found.write_bytes(f"sources:\n{A}".encode())
    return found


def test_a_file_is_replaced_whole_behind_its_link_and_keeps_its_mode(path, tmp_path):
    path.chmod(0o640)
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "config.yaml"
    link.symlink_to(path)
    before, after = rewrite(link, lambda raw: with_entry(raw, NEW, WORDS), WORDS)
    assert (before.decode(), after.decode()) == (f"sources:\n{A}", f"sources:\n{A}{block()}")
    assert (path.read_bytes(), link.is_symlink(), path.stat().st_mode & 0o777) == (after, True, 0o640)
    assert [each.id for each in load(link, WORDS).sources] == ["a", "new"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["config.yaml", "elsewhere"]


def test_what_others_changed_meanwhile_is_not_overwritten(path):
    def change(raw: bytes) -> bytes:
        path.write_bytes(b"city: elsewhere\n")
        return with_entry(raw, NEW, WORDS)

    with pytest.raises(UsageError, match="changed by somebody else"):
        rewrite(path, change, WORDS)
    assert path.read_bytes() == b"city: elsewhere\n"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(path):
    path.parent.chmod(0o500)
    try:
        with pytest.raises(UsageError, match="cannot be changed: permission denied"):
            rewrite(path, lambda raw: with_entry(raw, NEW, WORDS), WORDS)
    finally:
        path.parent.chmod(0o700)


def test_a_missing_file_is_told(path):
    path.unlink()
    with pytest.raises(UsageError, match="cannot be changed: no such file"):
        rewrite(path, lambda raw: with_entry(raw, NEW, WORDS), WORDS)

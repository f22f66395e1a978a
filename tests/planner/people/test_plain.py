"""What is read at once is what a whole reader of YAML reads, or it is left to that one."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from planner.people.plain import read_plain

PERSON = """\
- name: 林小溪
  role: client
  # met through the choir
  cares: [茶, "long walks", hiking]
  met:
    - {on: 2026-11-19, at: 储能沙龙, circle: "Sample: circle"}
    - on: 2026-11-24
      at: Tea, and talk
  notes:
  - looks for a supplier
  - "says: \\"soon\\""
"""


def whole(text: str) -> object:
    return YAML(typ="base", pure=True).load(io.StringIO(text))


def test_a_person_as_it_is_usually_written_is_plain() -> None:
    found = read_plain(PERSON)
    assert found == whole(PERSON)
    assert found[0]["met"][0] == {"on": "2026-11-19", "at": "储能沙龙", "circle": "Sample: circle"}


def test_line_ends_of_windows_are_plain() -> None:
    assert read_plain(PERSON.replace("\n", "\r\n")) == whole(PERSON)


@pytest.mark.parametrize(
    "text",
    [
        "- name: &a Ana\n  role: *a\n",
        "- name: Ana # from the choir\n",
        "- name: |\n    Ana\n",
        "- name: Ana\n   Bell\n",
        "- name: 'Ana'\n",
        "- name: Ana\n  name: Bo\n",
        "- name: Ana\n  cares: [tea,\n    cake]\n",
        "- name: a: b\n",
        "- name: Ana\n\trole: client\n",
        "- !x name: Ana\n",
        "- - Ana\n",
        "- name: Ana\n role: client\n",
        "? name\n: Ana\n",
        "",
        "# nobody\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_whole_reader(text: str) -> None:
    assert read_plain(text) is None


SIGNS = st.text(alphabet=st.sampled_from("ab茶 -#:,[]{}\"'\\&*!|>%@`?~=<\t\u3000é1\u2028\x85"), max_size=12)
VALUES = st.one_of(SIGNS, SIGNS.map(json.dumps), st.lists(SIGNS, max_size=3).map(lambda each: f"[{', '.join(each)}]"))
LINES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["", "  ", "    ", "      "]), st.sampled_from(["name", "met", "on"]), VALUES).map(
            lambda each: f"{each[0]}{each[1]}: {each[2]}"
        ),
        st.tuples(st.sampled_from(["- ", "  - ", "    - "]), VALUES).map("".join),
        st.tuples(st.sampled_from(["- name: ", "  - {on: ", "    - [", "  met:"]), VALUES).map("".join),
        SIGNS,
    ),
    max_size=6,
).map("\n".join)


@given(LINES)
@example("name: a\n  - b\n")
@example("- name: a\n- b\n")
@example("- {on: a, on: b}")
@example("- [a: b]")
@example("- [a, , b]")
@example("name: {}\nmet: []")
def test_what_is_read_at_once_is_what_the_whole_reader_reads(text: str) -> None:
    found = read_plain(text)
    if found is None:
        return
    try:
        assert found == whole(text)
    except YAMLError as exc:
        raise AssertionError(f"no YAML, and read: {text!r}") from exc

"""Mistakes in config.yaml: each told at its line and column, with what would be right; or understood."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.config import parse
from planner.config.known import is_known
from planner.config.secrecy import may_be_shown
from planner.errors import ConfigError, Problem
from planner.i18n.catalog import Catalog
from tests.support.mistake_cases import Case, both_languages

EN = Catalog("en")
SHIPPED = (Path(__file__).resolve().parents[3] / "config.yaml").read_text("utf-8")
MEANT = parse(SHIPPED.encode(), "config.yaml", EN)
SISTERS = {
    ":": "：∶", ",": "，、", '"': "“”＂", "[": "［【", "]": "］】", "{": "｛", "}": "｝", "-": "－—", "#": "＃",
    " ": "\u3000\u00a0",
}  # fmt: skip


def wrong(text: str, words: Catalog = EN) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        parse(text.encode(), "config.yaml", words)
    return caught.value


@pytest.mark.parametrize(
    ("language", "case"),
    [
        pytest.param(*each, id=f"{each[1].name}-{each[0]}")
        for file in ("typical", "variations")
        for each in both_languages(file)
    ],
)
def test_a_mistake_is_told_where_it_was_made(language: str, case: Case):
    assert case.faults(language) == []


def signs_of_yaml() -> Iterator[tuple[int, int, str]]:
    """Line, place in the text, and a full-width sister of each sign that the shipped configuration is built of: not
    those within addresses, which are whatever the address says, nor those of comments but their beginnings."""
    start = 0
    for number, line in enumerate(SHIPPED.split("\n"), 1):
        comment = line.find("#") if line.lstrip().startswith("#") else line.find(" #")
        end = len(line) if comment < 0 else comment + 2
        address = line.find("https:")
        for column in range(min(end, address + len("https:") if address >= 0 else end)):
            for sister in SISTERS.get(line[column : column + 1], ""):
                yield number, start + column, sister
        start += len(line) + 1


REPLACED = list(signs_of_yaml())


def holds(number: int, place: int, sister: str) -> bool:
    """Whether one sign replaced by its full-width sister is understood, or told at its very line."""
    text = SHIPPED[:place] + sister + SHIPPED[place + 1 :]
    try:
        return parse(text.encode(), "config.yaml", EN) == MEANT
    except ConfigError as exc:
        return number in {problem.line for problem in exc.problems}


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(REPLACED))
def test_a_full_width_sign_is_understood_or_told_at_its_line(replaced):
    assert holds(*replaced)


@pytest.mark.long
def test_every_full_width_sign_is_understood_or_told_at_its_line():
    assert [replaced for replaced in REPLACED if not holds(*replaced)] == []


SMALL = """city: 上海
interests:
  industry: [储能, {SaaS: 2}]  # both
week:
  free: {weekdays: "18:30-22:00"}
sources:
  - id: club
    url: https://club.example/events
    title: 'Thursday: talks'
"""


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(SMALL)),
            st.integers(0, 3),
            st.sampled_from([*":,[]{}\"'-#@*&|>%!?\\ \n\t：，“【－\u200b", ""]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_written_is_read_or_told_at_a_line_of_the_file(edits):
    text = SMALL
    for place, length, new in edits:
        text = text[:place] + new + text[place + length :]
    told = problems_of(text)
    assert told is None or told
    lines = text.split("\n")
    for problem in told or ():
        assert problem.message
        assert problem.line is None or 1 <= problem.line <= len(lines)
        assert problem.source in {None, *lines}


def problems_of(text: str) -> list[Problem] | None:
    """The problems of a text; None where it can be read."""
    try:
        parse(text.encode(), "config.yaml", EN)
    except ConfigError as exc:
        return exc.problems
    return None


def test_the_line_is_shown_with_a_caret_below_the_place():
    assert wrong("timezone: Asia/Shanghai\ncity：上海\n", Catalog("zh")).shown == (
        "config.yaml:2: city: 这里的 ： 是中文标点，要用英文的 :（写成：city: 上海）\n    2 | city：上海\n      |     ^"
    )
    assert wrong("interests:\n  industry: [储能, SaaS]\n  avoid: [相亲, a: [b\n").shown.splitlines()[-1].endswith("^")


def test_the_caret_stands_below_wide_signs():
    shown = wrong("tracks: {words: {出海茶馆: energy}}\n").shown.splitlines()
    assert shown[1:] == ["    1 | tracks: {words: {出海茶馆: energy}}", "      | " + " " * 27 + "^"]


def test_of_a_long_line_what_stands_around_the_place_is_shown():
    words = ", ".join(f"word{number}" for number in range(60))
    shown = wrong(f"interests: {{industry: [{words}], practise: []}}\n").shown.splitlines()
    assert "…" in shown[1]
    assert "practise" in shown[1]
    assert shown[2].index("^") == shown[1].index("practise")
    assert max(map(len, shown)) < 160


def test_tabs_and_signs_that_cannot_be_seen_are_shown_as_others():
    assert wrong("week:\n\tsoft: 3\n").shown.splitlines()[1] == "    2 | →soft: 3"


def test_in_one_line_the_problems_stand_without_the_file():
    assert str(wrong("languge: en\n")) == "config.yaml:1: languge: not a known key (did you mean language?)"


SECRET = "hunter2hunter2"


@pytest.mark.parametrize(
    "text",
    [
        f"mail:\n  password：{SECRET}\n",
        f"mail: {{password:{SECRET}}}\n",
        f"mail:\n  password_env: {SECRET} {SECRET}\n",
        f"mail:\n  password_file：{SECRET}\n",
        f"mail:\n\tpassword: {SECRET}\n",
        f"mail:\n  password:\n\t{SECRET}\n",
        f'mail:\n  password: "{SECRET}\n  to: a@mail.example\n',
        f"mail:\n  授权码：{SECRET}\n",
        f"llm:\n  key：{SECRET}\n",
        f"llm:\n  key_file：{SECRET}\n",
        f"notify:\n  channels：tgram://{SECRET}/1\n",
        f"sources:\n  - url：https://me:{SECRET}@club.example/a.ics\n",
        f"sources:\n  - url：https://club.example/a.ics?token={SECRET}\n",
        f"sources:\n  - url: me:{SECRET}@club.example/a.ics\n    titel: x\n",
        f"week:\n  busy: [“https://club.example/?key={SECRET}”, x: y: z]\n",
        f"week:\n  busy：https://calendar.example/private-{SECRET}9Xa/basic.ics\n",
        f"mail:\n  pasword：{SECRET}\n",
        f"output:\n  put: {{to: https://dav.example/, user: me, password={SECRET}}}\n",
        f"sources:\n  - url: https://club.example/a.ics\n    headers_from: Bearer {SECRET}\n",
        f"week:\n  start: 18:00\nmial:\n  host: mail.example\n  smtp_pw: {SECRET}\n",
        f"week:\n  start: 18:00\nmial：\n  pw: [{SECRET}\n",
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_secret_is_ever_shown(text, language):
    exc = wrong(text, Catalog(language))
    assert SECRET not in exc.shown
    assert SECRET not in str(exc)


def test_words_for_keys_stand_for_keys_that_there_are():
    table = tomllib.loads(files("planner.config").joinpath("also_called.toml").read_text("utf-8"))
    assert [key for key in table if not is_known(key)] == []
    words = [word.casefold() for names in table.values() for word in names]
    assert sorted(words) == sorted(set(words))
    assert [word for word in words if is_known(word)] == []


def test_lines_without_secrets_may_be_shown():
    lines = ["seller: key-account", "  - url: https://www.douban.com/location/shanghai/events/week-1405", "city: 上海"]
    assert all(may_be_shown(lines, number) for number in range(len(lines)))

"""What of a configuration is a member's own: every mistake at once, and laid over the organisation's key by key."""

from __future__ import annotations

import pytest

from planner.config.load import parse
from planner.errors import ConfigError
from planner.i18n.catalog import Catalog
from planner.members.wishes import personal, understood, understood_cells

EN = Catalog("en")
ORGANISATION = """city: 上海
home: 静安区
interests: {industry: [storage], practice: [debate]}
week: {country: CN, budget: 300, busy: [keeper.ics]}
mail: {to: keeper@mail.example, from: keeper@mail.example, host: smtp.mail.example}
notify: {channels_file: channels.secret}
people: {file: keepers.yaml}
sources: [{id: club, text: "every Thursday 19:30"}]
"""


def organisation():
    return parse(ORGANISATION.encode(), "config.yaml", EN)


def mistakes(text: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        understood(text, "lin.yaml", EN)
    return str(raised.value).splitlines()


def test_a_key_takes_the_place_of_the_organisation_s_below_week_key_by_key():
    wishes = understood("home: 徐汇区\ninterests: {practice: [board games]}\nweek: {budget: 100}\n", "lin.yaml", EN)
    config = personal(organisation(), wishes)
    assert config.home == "徐汇区"
    assert [word.word for word in config.interests.practice] == ["board games"]
    assert config.interests.industry == ()
    assert (config.week.budget, config.week.country, config.week.busy) == (100, "CN", ())
    assert config.city == "上海"
    assert [source.id for source in config.sources] == ["club"]


def test_what_the_keeper_set_up_for_themselves_is_no_member_s():
    config = personal(organisation(), {})
    assert config.mail is config.notify is config.monitor is config.inbox is config.output.put is None
    assert config.week.busy == ()
    assert config.week.budget == 300


def test_a_letter_goes_to_the_member_by_the_organisation_s_server():
    config = personal(organisation(), understood("mail: {to: lin@mail.example}\n", "lin.yaml", EN))
    assert config.mail is not None
    assert config.mail.to == ("lin@mail.example",)
    assert config.mail.host == "smtp.mail.example"


def test_every_mistake_is_told_at_once_with_its_line():
    found = mistakes(
        "home: 徐汇区\n"
        "sources: [https://club.example/]\n"
        "balance: {industry: -1}\n"
        "mail: {to: lin@mail.example, host: smtp.mail.example}\n"
        "week:\n"
        "  busy: [own.ics]\n"
        "  budgets: 3\n"
        "store: other.db\n"
    )
    lines = [line.partition(": ")[0] for line in found]
    assert sorted(set(lines)) == ["lin.yaml:2", "lin.yaml:3", "lin.yaml:4", "lin.yaml:6", "lin.yaml:7", "lin.yaml:8"]
    assert any("the organisation decides this" in line for line in found)
    assert any("busy" in line and "web addresses only" in line for line in found)


@pytest.mark.parametrize("text", [
    "mail: lin@mail.example\n", "mail: {to: []}\n", "mail: {to: nobody}\n", "mail:\n", "mail: {from: a@mail.example}\n",
    "{mail: {to: a@mail.example, from: b@mail.example}}\n",
    "week: {busy: [{url: 'https://a.example/a.ics', headers_from: key.secret}]}\n", "week: {busy: {file: a.ics}}\n",
    "network: {allow: [127.0.0.1]}\n", "people: {file: /etc/passwd}\n", "output: {folder: /tmp}\n", "llm: {}\n",
    "- a list\n", "home: [\n", "hom: x\n",
])  # fmt: skip
def test_what_no_member_may_say(text):
    assert mistakes(text)


@pytest.mark.parametrize("text", ["", "# nothing\n", "{mail: {to: a@mail.example}, home: 静安区}\n", "week: {}\n"])
def test_what_a_member_may_say(text):
    personal(organisation(), understood(text, "lin.yaml", EN))


def test_a_row_of_a_table_says_the_same():
    cells = {
        "home": "徐汇区", "interests.industry": "SaaS, 储能:3", "week.budget": "200", "language": "",
        "week.free.weekdays": "18:30-22:00", "week.busy": "https://cal.example/lin.ics", "mail.to": "lin@mail.example",
    }  # fmt: skip
    config = personal(organisation(), understood_cells(cells, "members.csv:2", EN))
    assert [(word.word, word.weight) for word in config.interests.industry] == [("SaaS", 1.0), ("储能", 3.0)]
    assert config.week.budget == 200
    assert [calendar.url for calendar in config.week.busy] == ["https://cal.example/lin.ics"]
    assert config.language == "zh"


def test_a_row_with_mistakes_names_its_row_and_the_keys():
    cells = {"home": "徐汇区", "week.budget": "much", "store": "x", "balance.industry": "-1"}
    with pytest.raises(ConfigError) as raised:
        understood_cells(cells, "members.csv:7", EN)
    told = str(raised.value).splitlines()
    assert all(line.startswith("members.csv:7: ") for line in told)
    assert {line.split(": ")[1] for line in told} == {"week.budget", "store", "balance.industry"}


def test_a_column_that_is_both_a_key_and_above_others():
    with pytest.raises(ConfigError, match=r"members.csv:2: week.budget: stands both"):
        understood_cells({"week": "x", "week.budget": "3"}, "members.csv:2", EN)

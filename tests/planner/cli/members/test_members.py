"""``quanzi members`` and ``--everyone`` as they are called."""

from __future__ import annotations

import csv
import json
import re

import pytest

from planner.store import Store
from tests.support.cli import run
from tests.support.organisations import NOW, addresses, joined, organisation, published


@pytest.fixture
def home(tmp_path):
    return organisation(tmp_path)


def test_one_member_with_wishes_of_a_file_of_standard_input_and_with_none(home):
    first = run(home, "members", "add", "Ana", "members/Ana Bell.yaml", "--address", "https://week.example/")
    assert first.returncode == 0, first.stderr
    assert re.search(r"  https://week\.example/[\w-]{32}/plan\.ics\n", first.stdout)
    assert run(home, "members", "add", "Lin", "-", stdin="home: 徐汇区\n").returncode == 0
    assert run(home, "members", "add", "Otto").returncode == 0
    with Store(home / "quanzi.db") as store:
        assert {each.name: each.wishes.get("home") for each in store.members()} == {
            "Ana": "徐汇区",
            "Lin": "徐汇区",
            "Otto": None,
        }


def test_a_second_of_a_name_and_wrong_wishes_are_refused(home):
    assert run(home, "members", "add", "Ana").returncode == 0
    again = run(home, "members", "add", "ＡＮＡ")
    assert again.returncode == 2
    assert "is a member already" in again.stderr
    wrong = run(home, "members", "add", "Lin", "-", stdin="sources: []\nhome: 3\nweek: {budget: x}\n")
    assert wrong.returncode == 2
    assert len([line for line in wrong.stderr.splitlines() if line.startswith("<stdin>:")]) >= 2
    assert [json.loads(line)["name"] for line in run(home, "members", "list", "--json").stdout.splitlines()] == ["Ana"]


def test_a_folder_with_a_mistake_in_it(home):
    (home / "members" / "Wrong.yaml").write_text("home: 徐汇区\nbalance: {industry: -1}\nstore: x\n", "utf-8")
    done = run(home, "members", "import", "members", "--addresses", "a.csv", "--address", "https://week.example")
    assert done.returncode == 2
    assert "4 new, 0 with other wishes, 0 as before" in done.stdout
    assert "Wrong.yaml:2: balance.industry" in done.stderr
    assert "Wrong.yaml:3: store: the organisation decides this" in done.stderr
    assert "1 not taken" in done.stderr
    with (home / "a.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert {row["name"] for row in rows} == {"Ana Bell", "林一", "Otto", "Nobody's wishes"}
    assert all(row["address"].startswith("https://week.example/") for row in rows)
    assert (home / "a.csv").stat().st_mode & 0o777 == 0o600
    again = run(home, "members", "import", "members", "--addresses", "a.csv")
    assert again.returncode == 1
    assert "is there already" in again.stderr
    (home / "members" / "Wrong.yaml").unlink()
    last = run(home, "members", "import", "members")
    assert (last.returncode, last.stdout) == (0, "0 new, 0 with other wishes, 4 as before\n")


def test_lists_tell_no_wish_and_no_address(home):
    joined(home)
    assert "not planned yet" in run(home, "members", "list").stdout
    assert run(home, "week", "--everyone", "--quiet", "--now", NOW).stderr == ""
    listed = run(home, "members", "list").stdout
    assert listed.count("planned 2026-11-27") == 4
    for address in addresses(home).values():
        assert address.split("/")[1] not in listed
    assert set(json.loads(run(home, "members", "list", "--json").stdout.splitlines()[0])) == {
        "name",
        "joined",
        "planned",
        "fault",
    }


def test_without_members_it_is_said_and_a_week_for_everyone_is_the_keeper_s(home):
    assert "no members yet" in run(home, "members", "list").stdout
    done = run(home, "week", "--everyone", "--now", NOW)
    assert done.returncode == 0
    assert "0 members" in done.stdout


def test_a_new_address_and_leaving(home):
    joined(home)
    turned = run(home, "members", "rotate", "otto")
    assert turned.returncode == 0
    assert "Otto has a new address" in turned.stdout
    for command in ("rotate", "remove"):
        nobody = run(home, "members", command, "Zoe")
        assert nobody.returncode == 2
        assert "no member of that name" in nobody.stderr
    asked = run(home, "members", "remove", "Otto")
    assert asked.returncode == 2
    gone = run(home, "members", "remove", "Otto", "--yes")
    assert (gone.returncode, gone.stdout) == (0, "Otto is forgotten; their address answers nothing any more\n")
    assert len(run(home, "members", "list", "--json").stdout.splitlines()) == 3


def test_a_refresh_for_everyone_tells_as_json_without_a_plan_of_the_keeper(home):
    joined(home)
    told = json.loads(run(home, "refresh", "--everyone", "--json", "--now", NOW).stdout)
    assert told["members"]["nothing"] == 4
    assert published(home, "Otto") == {}


def test_in_chinese(home):
    text = (home / "config.yaml").read_text("utf-8").replace("language: en", "language: zh")
    (home / "config.yaml").write_text(text, "utf-8")
    assert "还没有成员" in run(home, "members", "list").stdout
    assert "新加入 4" in run(home, "members", "import", "members").stdout
    assert "4 位成员" in run(home, "week", "--everyone", "--now", NOW).stdout

"""Taking members in: what is wrong costs one; secrets are shown once and kept as digests; who leaves leaves nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.members.register import Entry, entries_of, folded, hashed, member_named, remove, rotate, take_in
from planner.store import Store
from planner.types import TakenHours
from tests.planner.store.contract import STATE, verdict

EN = Catalog("en")
NOW = datetime(2026, 11, 27, tzinfo=UTC)


def written(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "members.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_three_of_a_thousand_are_broken_and_the_others_come_in(tmp_path):
    good = {f"member{number:04}": f"week: {{budget: {number + 1}}}\n" for number in range(997)}
    bad = {"a": "budget: 3\n", "b": "week: {budget: -1}\nhome: [\n", "c": "sources: []\nbalance: {industry: x}\n"}
    found = entries_of(written(tmp_path / "members", **good, **bad), EN)
    assert len(found.good) == 997
    assert {Path(each.file).stem for each in found.wrong} == {"a", "b", "c"}
    assert len(next(each for each in found.wrong if each.file.endswith("c.yaml")).problems) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_of_members_as_spreadsheets_write_it(tmp_path, encoding):
    text = '姓名,home,interests.practice\r\n林一,徐汇区,"桌游, 辩论"\r\n\r\n"王, 二",,狼人杀\r\n'
    found = entries_of(table(tmp_path, text, encoding), EN)
    assert not found.wrong
    assert [(each.name, dict(each.wishes)) for each in found.good] == [
        ("林一", {"home": "徐汇区", "interests": {"practice": "桌游, 辩论"}}),
        ("王, 二", {"interests": {"practice": "狼人杀"}}),
    ]


def test_two_with_one_name_are_both_told_and_neither_is_taken(tmp_path):
    found = entries_of(table(tmp_path, "name,home\nLin,徐汇区\nAna,静安区\nＬＩＮ ,浦东新区\n"), EN)
    assert [each.name for each in found.good] == ["Ana"]
    assert [str(each).partition(": name: ")[0].rpartition(":")[2] for each in found.wrong] == ["2", "4"]
    assert all("neither was taken" in str(each) for each in found.wrong)


@pytest.mark.parametrize("row", [",徐汇区", "x" * 81 + ",徐汇区", "Lin,徐汇区,too,much"])
def test_rows_that_are_no_members(tmp_path, row):
    found = entries_of(table(tmp_path, f"name,home\n{row}\nAna,静安区\n"), EN)
    assert [each.name for each in found.good] == ["Ana"]
    assert len(found.wrong) == 1


@pytest.mark.parametrize("text", ["", "home\n徐汇区\n", "name,姓名\na,b\n", "name\n"])
def test_tables_without_members(tmp_path, text):
    with pytest.raises(UsageError):
        entries_of(table(tmp_path, text), EN)


def test_an_empty_folder_and_one_that_is_not_there(tmp_path):
    for path in (written(tmp_path / "members"), tmp_path / "nowhere.csv"):
        with pytest.raises(UsageError):
            entries_of(path, EN)


def entry(name: str, **wishes: object) -> Entry:
    return Entry(name=name, wishes=wishes, where=name)


def test_the_same_again_changes_nothing_and_other_wishes_keep_the_address(any_store):
    first = take_in(any_store, [entry("Lin", home="徐汇区"), entry("Ana")], NOW)
    assert set(first.new) == {"Lin", "Ana"}
    lin = member_named(any_store, " LIN ")
    again = take_in(any_store, [entry("lin", home="静安区"), entry("Ana")], NOW)
    assert (again.new, again.changed, again.same) == ({}, ("lin",), ("Ana",))
    after = member_named(any_store, "Lin")
    assert (after.number, after.token, after.name) == (lin.number, lin.token, "Lin")
    assert after.wishes == {"home": "静安区"}


def test_of_a_secret_a_digest_is_kept_and_a_new_one_ends_the_old(tmp_path):
    with Store(tmp_path / "q.db") as store:
        token = take_in(store, [entry("Lin")], NOW).new["Lin"]
        assert len(token) >= 32
        lin = member_named(store, "Lin")
        with store.transaction():
            store.of(lin.number).put_published({"plan.ics": ('"1"', b"plan")}, NOW)
        assert store.published_at(hashed(token), "plan.ics").body == b"plan"
        other = rotate(store, lin)
        assert store.published_at(hashed(token), "plan.ics") is None
        assert store.published_at(hashed(other), "plan.ics").body == b"plan"
    everything = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert token.encode() not in everything
    assert other.encode() not in everything


def test_who_leaves_leaves_nothing_and_nobody_else_loses_anything(tmp_path):
    word = "marzipan-ledger"
    with Store(tmp_path / "q.db") as store:
        tokens = take_in(store, [entry("Quillfeather", home=word), entry("Ana", home="静安区")], NOW).new
        people = {name: member_named(store, name) for name in tokens}
        for name, person in people.items():
            own = store.of(person.number)
            text = word if name == "Quillfeather" else "hers"
            with store.transaction():
                own.put_plan("2026-W48", {"picks": [text]}, NOW)
                own.put_trial("2026-W48", {"picks": [text]}, NOW)
                own.put_own_fact("letter", text)
                own.put_feedback(verdict("like", event=text))
                own.put_diary(STATE, [TakenHours(start=NOW, end=NOW)])
                own.put_published({"plan.ics": ('"1"', text.encode())}, NOW)
        remove(store, people["Quillfeather"])
        assert [each.name for each in store.members()] == ["Ana"]
        assert store.published_at(hashed(tokens["Quillfeather"]), "plan.ics") is None
        assert store.of(people["Ana"].number).plan("2026-W48") == {"picks": ["hers"]}
        assert store.published_at(hashed(tokens["Ana"]), "plan.ics").body == b"hers"
    everything = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert word.encode() not in everything
    assert b"Quillfeather" not in everything


def test_names_as_they_are_compared():
    assert folded("  Ana   BELL ") == folded("ａｎａ bell")

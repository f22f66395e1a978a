"""Names out of other programs' files; everything in ours."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given

from planner.people.exchange import as_csv, as_vcards, names_in, without
from planner.people.person import Favour, Meeting, Person, Promise
from tests.support.acquaintances import PEOPLE


def card(version: str, *lines: str) -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


CARDS = {
    "3.0": card("3.0", "N:Bell;Ana;;;", "FN:Ana\r\n  Bell", "TEL;TYPE=CELL:+86 139 0000 0000"),
    "4.0, a group": "BEGIN:VCARD\nVERSION:4.0\nitem1.FN;LANGUAGE=en:Ana Bell\nEND:VCARD\n",
    "names alone": "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Bell;Ana;;;\r\nEND:VCARD\r\n",
    "lower case": "begin:vcard\r\nversion:3.0\r\nfn:Ana Bell\r\nend:vcard\r\n",
}
CHINESE = {
    "2.1, quoted": card(
        "2.1", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9E=97;=E5=B0=\r\n=8F=E6=BA=AA;;;", "TEL;CELL:1"
    ),
    "2.1, bare parameters": card("2.1", "FN;QUOTED-PRINTABLE;CHARSET=gb18030:=C1=D6=D0=A1=CF=AA"),
    "3.0": "BEGIN:VCARD\r\nVERSION:3.0\r\nN:林;小溪;;;\r\nEND:VCARD\r\n",
    "table": "姓名,电话\n林小溪,13900000000\n",
    "two columns": "姓;名;公司\n林;小溪;示例\n",
}
TABLES = {
    "English": "First Name,Last Name,Phone 1\nAna,Bell,1\n",
    "tabs": "Name\tPhone\nAna Bell\t1\n",
    "marked": "\ufeffFull Name,Notes\n\"Ana Bell\",\"two\nlines\"\n",
}  # fmt: skip


@pytest.mark.parametrize("text", [*CARDS.values(), *TABLES.values()], ids=[*CARDS, *TABLES])
def test_a_name_of_others_files(text):
    assert names_in(text) == ("Ana Bell",)


@pytest.mark.parametrize("text", CHINESE.values(), ids=CHINESE)
def test_a_chinese_name_is_family_first_and_one_word(text):
    assert names_in(text) == ("林小溪",)


@pytest.mark.parametrize("text", ["", "hello\nworld\n", "\x00\x01", "{}", "a,b\n1,2\n"])
def test_what_is_no_list_of_names_is_none(text):
    assert names_in(text) is None


ANA = Person(
    name="Bell, Ana; née =Flint",
    role="client",
    content=True,
    cares=("tea, black",),
    notes=("=1+1", "a long note " * 20),
    met=(Meeting(on=date(2026, 11, 19), at="Salon", circle="Sample circle"),),
    favours=(Favour(on=date(2026, 11, 20), way="asked", what="a buyer", state="open"),),
    promises=(Promise(what="the sample", by=date(2026, 12, 1)),),
)


def test_everything_is_written_and_no_cell_is_a_formula():
    row = next(csv.DictReader(io.StringIO(as_csv([ANA]))))
    assert (row["name"], row["role"], row["met"]) == (ANA.name, "client", "2026-11-19 Salon")
    assert row["notes"].startswith("'=1+1")
    cards = as_vcards([ANA])
    assert all(len(line.encode()) <= 75 for line in cards.split("\r\n")), "RFC 2426, 2.6"
    flat = cards.replace("\r\n ", "")
    assert "a buyer" in flat
    assert "the sample" in flat
    assert names_in(cards) == names_in(as_csv([ANA])) == (ANA.name,)


@given(PEOPLE, PEOPLE)
def test_whoever_is_taken_out_is_gone_and_the_other_stays(one, other):
    if one.key == other.key:
        return
    for form in (as_vcards, as_csv):
        assert without(form([one, other]), one) == form([other])

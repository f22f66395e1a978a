"""Contacts of other programs: names out of a vCard (RFC 6350, 2426, and the older 2.1) or a CSV file, and everything
that is known in either form. Of others' files only names are read: no number, no address.

A person who is written has an id of its own (`id_of`), by which `quanzi forget` finds it again.
"""

from __future__ import annotations

import csv
import io
import quopri
import re
from collections.abc import Iterator, Sequence
from uuid import NAMESPACE_OID, uuid5

from planner.people.person import Person
from planner.text import casefold, one_line

MOST = 20_000
_FOLD = re.compile(r"\r?\n[ \t]")
_CHARSET = re.compile(r"CHARSET=([\w.:-]+)", re.IGNORECASE)
_SOFT_BREAK = re.compile(r"=\r?\n")
_CARD = re.compile(r"^BEGIN:VCARD\s*$(.*?)^END:VCARD\s*$", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_WHOLE = (
    "name",
    "full name",
    "fullname",
    "display name",
    "formatted name",
    "fn",
    "姓名",
    "名字",
    "名称",
    "联系人",
    "显示名称",
)
_GIVEN = ("given name", "first name", "名")
_FAMILY = ("family name", "last name", "surname", "姓")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("id", "name", "role", "content", "cares", "notes", "contact", "met", "favours", "promises")


def id_of(person: Person) -> str:
    """What a person is called in files that we write."""
    return uuid5(NAMESPACE_OID, f"quanzi\n{person.key}").urn


# Reading names.


def names_in(text: str) -> tuple[str, ...] | None:
    """The names of a vCard or CSV file, each once, in its order; None where it is neither."""
    if re.search(r"^BEGIN:VCARD", text, re.IGNORECASE | re.MULTILINE):
        found: Iterator[str] = _names_in_cards(text)
    else:
        columns = _columns(text)
        if columns is None:
            return None
        found = _names_in_rows(*columns)
    names = (one_line(name, 200) for name in found)
    return tuple(dict.fromkeys(name for name in names if name))[:MOST]


def _names_in_cards(text: str) -> Iterator[str]:
    for card in _CARD.finditer(text):
        told: dict[str, str] = {}
        body = _SOFT_BREAK.sub("", card[1]) if "QUOTED-PRINTABLE" in card[1].upper() else card[1]
        for line in _FOLD.sub("", body).splitlines():
            name, value = _field(line)
            if name in {"FN", "N"}:
                told.setdefault(name, value)
        yield told.get("FN", "").replace("\\,", ",").replace("\\;", ";") or _from_parts(told.get("N", ""))


def _field(line: str) -> tuple[str, str]:
    """The name of a property, without its group, and its value as text. Parameters of version 2.1 may stand alone."""
    head, _, value = line.partition(":")
    name = head.partition(";")[0].rpartition(".")[2].strip().upper()
    if "QUOTED-PRINTABLE" in head.upper():
        charset = _CHARSET.search(head)
        raw = quopri.decodestring(value.encode("utf-8", "replace"))
        try:
            value = raw.decode(charset[1] if charset else "utf-8", "replace")
        except LookupError:  # a charset that nobody knows
            value = raw.decode("utf-8", "replace")
    return name, value


def _from_parts(value: str) -> str:
    """``Bell;Ana;;;`` -> ``Ana Bell``; Chinese names family first and joined."""
    family, given = [part.replace("\\,", ",").strip() for part in (*re.split(r"(?<!\\);", value), "", "")[:2]]
    return _joined(family, given)


def _joined(family: str, given: str) -> str:
    is_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in family + given)
    return family + given if is_chinese else f"{given} {family}".strip()


def _columns(text: str) -> tuple[list[list[str]], tuple[int, ...]] | None:
    """The rows below the heading, and which columns hold the name: one, or family and given."""
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:8192], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    try:
        rows = [row for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")), dialect) if any(row)]
    except csv.Error:
        return None
    if not rows:
        return None
    heading = [casefold(cell).strip() for cell in rows[0]]
    whole = next((heading.index(name) for name in _WHOLE if name in heading), None)
    if whole is not None:
        return rows[1:], (whole,)
    parts = [next((heading.index(name) for name in names if name in heading), None) for names in (_FAMILY, _GIVEN)]
    known = tuple(part for part in parts if part is not None)
    return (rows[1:], known) if known else None


def _names_in_rows(rows: Sequence[Sequence[str]], columns: tuple[int, ...]) -> Iterator[str]:
    for row in rows:
        cells = [row[column].strip() if column < len(row) else "" for column in columns]
        yield cells[0] if len(cells) == 1 else _joined(*cells)


# Writing all that is known.


def as_vcards(people: Sequence[Person]) -> str:
    """vCard 3.0 (RFC 2426), which phones and mail programs read; what is known beside name and role is a note."""
    return "".join(map(_card, people))


def _card(person: Person) -> str:
    note = "\n".join(f"{name}: {value}" for name, value in _row(person).items() if name not in {"id", "name"} and value)
    fields = {
        "VERSION": "3.0",
        "UID": id_of(person),
        "FN": _escaped(person.name),
        "N": f"{_escaped(person.name)};;;;",
        **({"CATEGORIES": person.role} if person.role else {}),
        **({"NOTE": _escaped(note)} if note else {}),
    }
    lines = [_folded(f"{name}:{value}") for name, value in fields.items()]
    return "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""])


def _folded(line: str) -> str:
    """In lines of at most 75 bytes (RFC 2426, 2.6), no sign cut apart."""
    lines, room = [""], 75
    for sign in line:
        size = len(sign.encode())
        if size > room:
            lines.append(" ")
            room = 74
        lines[-1] += sign
        room -= size
    return "\r\n".join(lines)


def _escaped(text: str) -> str:
    for sign, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, instead)
    return text


def as_csv(people: Sequence[Person]) -> str:
    """A table with `COLUMNS`; no cell is a formula to a program of tables."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for person in people:
        writer.writerow(
            {name: f"'{value}" if value.startswith(_FORMULA) else value for name, value in _row(person).items()}
        )
    return out.getvalue()


def _row(person: Person) -> dict[str, str]:
    return {
        "id": id_of(person),
        "name": person.name,
        "role": person.role or "",
        "content": "yes" if person.content else "",
        "cares": "; ".join(person.cares),
        "notes": "; ".join(person.notes),
        "contact": str(person.last_contact or ""),
        "met": "; ".join(" ".join(filter(None, (str(each.on), each.at or each.circle))) for each in person.met),
        "favours": "; ".join(f"{each.on} {each.way} {each.what} ({each.state})" for each in person.favours),
        "promises": "; ".join(f"{each.what}{f' ({each.by})' if each.by else ''}" for each in person.promises),
    }


# Taking somebody out again.


def without(text: str, person: Person) -> str:
    """A file that we wrote, without this person."""
    wanted = id_of(person)
    if text.startswith("BEGIN:VCARD"):
        cards = re.split(r"(?<=END:VCARD\r\n)", text)
        return "".join(card for card in cards if wanted not in _FOLD.sub("", card))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(row for row in rows if row[:1] != [wanted])
    return ("\ufeff" if text.startswith("\ufeff") else "") + out.getvalue()

"""What a person hands to extract, classify and add, and what each of them says where it cannot be read."""

from __future__ import annotations

import pytest

from planner.cli._given import handed, no_text, one_document
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from tests.support.cli import NOW, run

EN = Catalog("en")
PNG = b"\x89PNG\r\n\x1a\n\x00"


@pytest.mark.parametrize("command", ["extract", "classify"])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("missing.ics", "missing.ics: cannot be read: no such file or directory"),
        ("./nothing", "./nothing: cannot be read: no such file or directory"),
        ("notes", "notes: a folder (name one file in it)"),
        ("周五晚7点 饭局", "周五晚7点 饭局: neither a file nor an address (give a text through standard input:"),
        ("a" * 5_000, "a…: neither a file nor an address"),
        ("https://name:word@club.example/x", "https://name:word@club.example/x: "),
        ("name:word@club.example/x", "name:word@club.example/x: neither a file nor an address"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(home, command, given, said):
    (home / "notes").mkdir()
    result = run(home, command, given, "--now", NOW)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["letter.docx", "old.doc"])
def test_what_holds_no_words_is_told(home, name):
    """For extract it is a document in which nothing was found (code 0, contract)."""
    (home / "letter.docx").write_bytes(b"PK\x03\x04" + b"x" * 30)
    (home / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 30)
    for command, code in (("extract", 0), ("classify", 2), ("add", 2)):
        result = run(home, command, name, "--now", NOW)
        assert (result.returncode, result.stdout) == (code, "")
        assert result.stderr.startswith(f"{name}: not a text")
        assert f"quanzi {command} -" in result.stderr


@pytest.mark.parametrize(("name", "body"), [("PNG", PNG), ("PDF", b"%PDF-1.7\n\xe2\xe3")])
def test_a_broken_picture_is_a_document_in_which_nothing_was_found(home, name, body):
    """Code 0 (contract)."""
    (home / "poster").write_bytes(body)
    result = run(home, "extract", "poster", "--now", NOW)
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == f"refused: a damaged {name}, or one that is cut off\n"


@pytest.mark.parametrize(
    "text", [b"BM", b"BMX club ride, Friday 7pm", b"BM\x00", "BM 读书会".encode(), b"GIF evening", b"PKU alumni"]
)
def test_texts_that_begin_as_pictures_do_are_texts(text):
    assert no_text("-", text, EN, "add") is None


def test_an_address_needs_no_scheme_and_stays_as_it_was_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert one_document("www.club.example/e", EN, "extract").address == "https://www.club.example/e"
    assert one_document("https://club.example/e?a=1#b", EN, "extract").address == "https://club.example/e?a=1#b"
    assert handed(["club.example/e"], EN).address == "https://club.example/e"
    (tmp_path / "club.example").write_text("周五19:00 饭局", encoding="utf-8")
    assert one_document("club.example", EN, "extract").texts, "a file of that name is meant"


def test_an_address_with_a_password_is_refused_by_add(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="password"):
        handed(["https://name:word@club.example/x"], EN)


def test_names_of_files_may_be_odd(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HOME", raising=False)
    with pytest.raises(UsageError, match="no such file"):
        handed(["~nobody-of-that-name"], EN)
    (tmp_path / "周五 饭局").write_bytes(b"x")
    assert one_document("周五 饭局", EN, "extract").texts == (("周五 饭局", b"x"),)

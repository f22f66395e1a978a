"""The catalogues of words say the same things in both languages."""

from __future__ import annotations

import re
import string

import pytest

from planner.i18n.catalog import FILES, Catalog, templates_folder, texts
from planner.plan import candidates

ZH, EN = ({key: text for name in FILES for key, text in texts(language, name).items()} for language in ("zh", "en"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys():
    assert ZH.keys() == EN.keys()


@pytest.mark.parametrize("key", sorted(EN))
def test_the_same_values_are_filled_in(key):
    if key.startswith("date."):
        assert placeholders(ZH[key]) <= placeholders(EN[key]) | {"month", "month_name"}
    elif key == "term.streak":  # languages count otherwise
        assert (placeholders(ZH[key]), placeholders(EN[key])) == ({"before"}, {"nth"})
    else:
        assert placeholders(EN[key]) == placeholders(ZH[key])


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="language fr"):
        Catalog("fr")("track.industry")


def test_every_text_of_the_templates_and_modules_exists():
    used = set()
    for file in [
        *templates_folder().glob("*.html"),
        *templates_folder().glob("*.txt"),
        *templates_folder().glob("*.xml"),
    ]:
        used |= set(re.findall(r'\bw\("([a-z_.0-9]+)"(?!\s*~)', file.read_text("utf-8")))
    planner = templates_folder().parent / "planner"
    for file in planner.rglob("*.py"):
        used |= set(
            re.findall(
                r'\b(?:say|words|self\._?words|session\.words|teller\.words)\(\s*"([a-zA-Z_.0-9]+)"',
                file.read_text("utf-8"),
            )
        )
    assert not {key for key in used if key not in EN}


def test_every_reason_against_an_event_has_words():
    source = (templates_folder().parent / "planner/plan/candidates.py").read_text("utf-8")
    reasons = set(re.findall(r'"([a-z_]+)", (?:""|str|f"|"; "|", ")', source)) | {"cancelled", "postponed"}
    assert {f"why.{reason}" for reason in reasons} <= EN.keys()
    assert candidates.PLANNABLE == ("industry", "practice", "client")

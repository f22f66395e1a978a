"""What click says of itself, in Chinese: GNU gettext catalogues in ``templates/locale``, which click asks.

The ``.mo`` is made from the ``.po``: ``python -m planner.i18n.click_texts`` after an edit.
"""

from __future__ import annotations

import gettext
import io
import os
from datetime import UTC, datetime
from pathlib import Path

from planner.i18n.catalog import templates_folder

DOMAIN = "click"
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def speak(language: str) -> None:
    """Let click speak this language from now on, whatever the locale says: gettext asks ``LANGUAGE`` first."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(_folder()))
    gettext.textdomain(DOMAIN)


def source(language: str) -> Path:
    """The ``.po`` of a language, which people edit."""
    return _folder() / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def compiled(language: str) -> bytes:
    """What the ``.mo`` of a language should be."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source(language).open("rb") as file:
        texts = read_po(file, locale=language)
    texts.creation_date = _NEVER  # else the same texts would make another file every day
    made = io.BytesIO()
    write_mo(made, texts)
    return made.getvalue()


def _folder() -> Path:
    return templates_folder() / "locale"


if __name__ == "__main__":
    source("zh").with_suffix(".mo").write_bytes(compiled("zh"))

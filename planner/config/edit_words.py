"""Writing a list of words (``interests: {industry: …}``) into config.yaml, word by word, so that comments, order and
all else stay as they are.

What is written is read again before anything is kept: the list must hold the words that are wanted, and all else must
be the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from planner.config.edit import decoded, newline_of
from planner.config.layout import LayoutError, layout_of
from planner.config.load import parse
from planner.config.model import Config, Interests, Word
from planner.config.scalars import written
from planner.config.splice import Cut, added, applied, removed
from planner.config.words_lists import LISTS, List, words_of
from planner.errors import UsageError
from planner.i18n.catalog import Catalog

__all__ = ["LISTS", "List", "with_words", "words_of"]


def with_words(raw: bytes, name: List, wanted: Sequence[Word], words: Catalog, file: str = "config.yaml") -> bytes:
    """The configuration with these words in that list, in this order where they are new. Words that stand there already
    keep their place. Raises ConfigError where ``raw`` is wrong or would become so, UsageError where the list has to be
    edited by hand."""
    before = parse(raw, file, words)
    bom, text = decoded(raw)
    for edited in (_word_by_word, _as_a_whole):
        try:
            changed = bom + edited(text, name, words_of(before, name), wanted).encode()
            after = parse(changed, file, words)
        except LayoutError:
            continue
        if _is_same_but(before, after, name) and set(words_of(after, name)) == set(wanted):
            return changed
    section, key = LISTS[name]
    line = f"{key}: {written([_entry(word) for word in wanted])}"
    raise UsageError(words("config.write_by_hand", file=file, lines=f"{section}:\n  {line}"))


def _word_by_word(text: str, name: List, known: Sequence[Word], wanted: Sequence[Word]) -> str:
    """The text with the words that are no longer wanted taken out, those whose weight changed written anew where they
    stand, and the new ones behind the last."""
    anew = {word.word: word for word in wanted if word not in known}
    for word in known:
        if word not in wanted:
            text = _without(text, name, word, anew.pop(word.word, None))
    newline = newline_of(text)
    for word in anew.values():
        text = applied(text, added(text, layout_of(text, LISTS[name]), _entry(word), newline))
    return text


def _as_a_whole(text: str, name: List, known: Sequence[Word], wanted: Sequence[Word]) -> str:
    """The text with the whole list written in brackets, where it stands on one line and holds no comment. Raises
    LayoutError where it does not."""
    layout = layout_of(text, LISTS[name])
    start, end = layout.value
    if not text[start:end].strip() or any(sign in text[start:end] for sign in "#\r\n&*"):
        raise LayoutError("more than words")
    return applied(text, [Cut(start, end, written([_entry(word) for word in wanted]))])


def _without(text: str, name: List, word: Word, instead: Word | None) -> str:
    """The text without one word, or with another in its place. Where its entry holds several words, the others stay."""
    layout = layout_of(text, LISTS[name])
    for number, item in enumerate(layout.items):
        start = item.start + (1 + len(item.gap) if layout.form == "block" else 0)
        held = _words_in(text[start : item.end])
        if word not in held or item.tied:
            continue
        rest = [instead if each == word else each for each in held]
        kept = [written(_entry(each)) for each in rest if each is not None]
        if not kept:
            return applied(text, removed(text, layout, number))
        if layout.form == "flow" or len(kept) == 1:
            return applied(text, [Cut(start, item.end, ", ".join(kept))])
    raise LayoutError("no such entry")


def _words_in(entry: str) -> tuple[Word, ...]:
    """The words of one entry as it is written."""
    try:
        value = YAML(typ="safe", pure=True).load(StringIO(f"[{entry}]"))
        return Interests.model_validate({"industry": value}).industry
    except (YAMLError, ValueError):
        return ()


def _entry(word: Word) -> Mapping[str, object] | str:
    """A word as people write it: with its weight only where it has one."""
    if word.weight == 1:
        return word.word
    return {word.word: int(word.weight) if word.weight == int(word.weight) else word.weight}


def _is_same_but(before: Config, after: Config, name: List) -> bool:
    """Whether nothing but that list differs."""
    section, key = LISTS[name]
    nothing = [
        config.model_copy(update={section: getattr(config, section).model_copy(update={key: ()})})
        for config in (before, after)
    ]
    return nothing[0] == nothing[1]

"""The configuration as values. The shipped config.yaml explains every key; this module says what is right.

Error types that begin with a letter of our own ("hours", "zone" ...) have their words in ``templates/words.*.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from planner.config.base import Model, Variable
from planner.config.currencies import as_currency
from planner.config.days import OwnDays, known_country
from planner.config.entries import listed, parted
from planner.config.free import Free, free_of
from planner.config.inbox import Inbox
from planner.config.llm import Llm
from planner.config.mail import Mail
from planner.config.monitor import Monitor
from planner.config.notify import Notify
from planner.config.output import Output
from planner.config.people import PeopleFile
from planner.config.postgres import EXAMPLE, Postgres, agree, checked, is_address
from planner.config.serve import Serve
from planner.config.source import Network, OwnCalendars, SourceEntry, Zone
from planner.config.source_ids import TAKEN_BY_THE_PROGRAM, with_ids
from planner.glance import language_named
from planner.types import Track
from spiders.addresses import shown


class Word(Model):
    """A keyword and what it is worth: 1 is an ordinary interest."""

    word: str = Field(min_length=1, max_length=80)
    weight: float = Field(default=1.0, gt=0, le=10)


_WEIGHED = re.compile(r"(?=.*[^\W\d])(.+?)\s*[:：﹕∶]\s*(\d{1,2}(?:\.\d+)?)")


def _weighed(word: str, weight: Any) -> dict[str, Any]:
    """A word and its weight, which may have been written into the word (``储能:3``)."""
    within = _WEIGHED.fullmatch(word) if weight is None else None
    return {"word": within[1], "weight": within[2]} if within else {"word": word, "weight": weight}


def _words(value: Any) -> Any:
    """``[a, {b: 3}]`` -> words with weights; ``b:3`` is one too, and several words may stand in one text."""
    if value is None:
        return ()
    entries = parted(value)
    if not isinstance(entries, list | tuple):
        raise PydanticCustomError("words", "not a list of words")
    words: list[Any] = []
    for entry in entries:
        if isinstance(entry, dict) and not {"word", "weight"} & set(entry):
            words += [_weighed(str(word), weight) for word, weight in entry.items()]
        elif isinstance(entry, dict | Word):
            words.append(entry)
        elif isinstance(entry, str | int | float) and not isinstance(entry, bool):
            words.append(_weighed(str(entry), None))
        else:
            raise PydanticCustomError("words", "not a list of words")
    return words


Keywords = Annotated[
    tuple[Word, ...], BeforeValidator(_words, json_schema_input_type=list[str | int | float | dict[str, float]] | None)
]


def _folded(word: str) -> str:
    """As words are compared: full-width and case differences away."""
    return unicodedata.normalize("NFKC", word).casefold().strip()


class Interests(Model):
    """What the week should hold, and what it should not."""

    industry: Keywords = ()
    practice: Keywords = ()
    avoid: Keywords = ()

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        wanted = {_folded(word.word) for word in self.industry + self.practice}
        both = sorted(word.word for word in self.avoid if _folded(word.word) in wanted)
        if both:
            raise PydanticCustomError("both_wanted_and_avoided", "both wanted and avoided", {"words": ", ".join(both)})
        return self


class Chain(Model):
    """The user's own trade: upstream, downstream and fellow sellers. All of them are allies."""

    up: Keywords = ()
    down: Keywords = ()
    peers: Keywords = ()


Name = Annotated[str, Field(min_length=1, max_length=80)]


class Tracks(Model):
    """The user's own judgement, which beats the vocabulary: the track of a word, of an organiser, of a source's id."""

    words: dict[Name, Track] = Field(default_factory=dict)
    organisers: dict[Name, Track] = Field(default_factory=dict)
    sources: dict[Name, Track] = Field(default_factory=dict)


class Balance(Model):
    """Wanted shares of the two tracks, in any unit: 60 and 40, or 3 and 2."""

    industry: float = Field(default=60, ge=0)
    practice: float = Field(default=40, ge=0)

    @model_validator(mode="after")
    def _not_nothing(self) -> Self:
        if self.industry + self.practice <= 0:
            raise PydanticCustomError("balance", "both shares are nothing")
        return self

    @property
    def industry_share(self) -> float:
        """Between 0 and 1."""
        return self.industry / (self.industry + self.practice)


class AtMost(Model):
    """Caps on the number of picks: a day, a week, of one community; and on the days one goes out at all."""

    per_day: int = Field(default=2, ge=0, le=10)
    per_week: int = Field(default=5, ge=0, le=40)
    per_community: int = Field(default=2, ge=1, le=40)
    days: int | None = Field(default=None, ge=0, le=7)


Titles = Annotated[tuple[str, ...], BeforeValidator(listed, json_schema_input_type=str | list[str])]


class Week(Model):
    """What a week may hold: hours, number, money (in ``currency``), way (minutes, one way); ``soft``: how many minutes
    before free hours an evening may begin, and half of how many after them it may end; ``least``: what an evening must
    be worth to leave home for it; ``busy`` are the user's own calendars; ``pinned`` and ``refused`` name events by
    the beginning of their id or by words of their title; ``country`` ("DE", "DE-BY") is where public holidays are taken
    from, ``holidays`` what the user knows better."""

    free: Annotated[Free, BeforeValidator(free_of, json_schema_input_type=str | Free)] = Field(
        default=Free(), examples=['{weekdays: "18:30-22:00", weekend: "09:00-22:00"}']
    )
    at_most: AtMost = Field(default=AtMost(), examples=["{per_day: 2, per_week: 5}"])
    soft: int = Field(default=30, ge=0, le=120)
    least: Literal["modest", "good", "only the best"] = "good"
    budget: float | None = Field(default=None, ge=0)
    travel_at_most: int | None = Field(default=None, ge=0, le=24 * 60)
    busy: OwnCalendars = ()
    pinned: Titles = ()
    refused: Titles = ()
    country: Annotated[str, AfterValidator(known_country)] | None = None
    holidays: OwnDays = OwnDays()

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        both = sorted(set(self.pinned) & set(self.refused))
        if both:
            raise PydanticCustomError("both_pinned_and_refused", "both pinned and refused", {"words": ", ".join(both)})
        return self


def _entries(value: Any) -> Any:
    """Entries of sources as mappings with ids: a bare address is one, and an id may be left out."""
    if value is None:  # a key whose entries are all commented out holds none
        return ()
    return with_ids(value) if isinstance(value, list) else value


Sources = Annotated[
    tuple[SourceEntry, ...], BeforeValidator(_entries, json_schema_input_type=tuple[str | SourceEntry, ...] | None)
]


def _language(value: Any) -> Any:
    """A language by its name (中文, English, zh-CN)."""
    return (language_named(value) or value) if isinstance(value, str) else value


class Config(Model):
    """The whole configuration. Relative paths have been made absolute against the file's own folder."""

    city: str | None = None
    timezone: Zone = "Asia/Shanghai"
    language: Annotated[Literal["zh", "en"], BeforeValidator(_language)] = "zh"
    currency: Annotated[str, BeforeValidator(as_currency)] = Field(
        default="CNY", pattern=r"^[A-Z]{3}$", examples=["CNY"]
    )
    home: str | None = None
    seller: Literal["expansion", "key-account"] = "expansion"
    interests: Interests = Field(default=Interests(), examples=["{industry: [SaaS, {AI: 3}], practice: [桌游]}"])
    chain: Chain = Chain()
    tracks: Tracks = Tracks()
    balance: Balance = Field(default=Balance(), examples=["{industry: 60, practice: 40}"])
    week: Week = Week()
    sources: Sources = Field(default=(), examples=['[{id: city-library, url: "https://library.example/events"}]'])
    network: Network = Network()
    output: Output = Output()
    mail: Mail | None = Field(
        default=None, examples=["{to: you@qq.com, from: you@qq.com, preset: qq, password_file: mail.secret}"]
    )
    notify: Notify | None = Field(default=None, examples=["{channels_file: channels.secret}"])
    inbox: Inbox | None = Field(default=None, examples=["{folder: ~/Quanzi-inbox}"])
    llm: Llm | None = Field(
        default=None, examples=["{url: https://api.deepseek.com/v1, model: deepseek-chat, key_file: llm.secret}"]
    )
    monitor: Monitor | None = Field(default=None, examples=["{ping_file: ping.secret}"])
    serve: Serve = Field(default=Serve(), examples=["{interactive: true}"])
    people: PeopleFile = Field(default=PeopleFile(), examples=["{in_mail: true}"])
    store: Annotated[str, AfterValidator(checked)] = Field(default="quanzi.db", examples=[EXAMPLE])
    store_password_env: Variable | None = None
    store_password_file: str | None = Field(default=None, min_length=1, examples=["store.secret"])
    _folder: Path = PrivateAttr(default=Path())

    @model_validator(mode="after")
    def _ids_once(self) -> Self:
        seen: set[str] = set()
        twice = sorted({entry.id for entry in self.sources if entry.id in seen or seen.add(entry.id)})  # type: ignore[func-returns-value]
        taken = sorted(entry.id for entry in self.sources if TAKEN_BY_THE_PROGRAM.fullmatch(entry.id))
        if taken:
            raise PydanticCustomError("id_taken", "id is taken", {"ids": ", ".join(taken)})
        if twice:
            raise PydanticCustomError("ids_twice", "ids stand twice", {"ids": ", ".join(twice)})
        return self

    @model_validator(mode="after")
    def _secrets_encrypted(self) -> Self:
        carry = [entry.url for entry in self.sources if entry.url and entry.headers_from]
        carry += [calendar.url for calendar in self.week.busy if calendar.url and calendar.headers_from]
        bare = [shown(address) for address in carry if not self.network.may_carry_secrets(address)]
        if bare:
            raise PydanticCustomError(
                "headers_insecure", "no secret without encryption", {"addresses": ", ".join(bare)}
            )
        return self

    @model_validator(mode="after")
    def _password_of_the_store(self) -> Self:
        agree(self.store, self.store_password_env, self.store_password_file)
        return self

    @property
    def kept_in(self) -> Path | Postgres:
        """Where the store is: a file, or a database on a server."""
        if not is_address(self.store):
            return Path(self.store)
        file = self.store_password_file
        return Postgres(address=self.store, password_env=self.store_password_env, password_file=file)

    @property
    def beside_store(self) -> Path:
        """A path to which an ending is put for what lies beside the store; where that is on a server, beside the
        configuration."""
        return self._folder / "quanzi" if is_address(self.store) else Path(self.store)

    @property
    def zone(self) -> ZoneInfo:
        """The user's time zone."""
        return ZoneInfo(self.timezone)

    def resolved(self, folder: Path) -> Config:
        """The same with relative paths made absolute against ``folder``."""
        sources = tuple(entry.resolved(folder) for entry in self.sources)
        busy = tuple(calendar.resolved(folder) for calendar in self.week.busy)
        week = self.week.model_copy(update={"busy": busy})
        found = self.model_copy(
            update={
                "sources": sources,
                "week": week,
                "output": self.output.resolved(folder),
                "mail": self.mail and self.mail.resolved(folder),
                "notify": self.notify and self.notify.resolved(folder),
                "inbox": self.inbox and self.inbox.resolved(folder),
                "llm": self.llm and self.llm.resolved(folder),
                "people": self.people.resolved(folder),
                "monitor": self.monitor and self.monitor.resolved(folder),
                "store": self.store if is_address(self.store) else str(folder / self.store),
                "store_password_file": self.store_password_file and str(folder / self.store_password_file),
            }
        )
        found._folder = folder
        return found

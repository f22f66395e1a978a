"""The key ``store`` where it names a database, and the password that never stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.config import Config, parse
from planner.config.named_files import named_secrets
from planner.config.postgres import Postgres
from planner.errors import ConfigError
from planner.i18n.catalog import Catalog

EN = Catalog("en")


def configured(text: str, folder: Path = Path("/home/ada")) -> Config:
    return parse(text.encode(), "config.yaml", EN).resolved(folder)


WRONG = {
    "a password": ("store: postgresql://quanzi:hunter2@db.example/quanzi", "no password in the address"),
    "a password behind ?": ("store: postgresql://quanzi@db.example/quanzi?password=hunter2", "no password in the"),
    "an @ in a password": ("store: postgresql://quanzi@hunter2@db.example/quanzi", "no password in the address"),
    "no name": ("store: postgresql://quanzi@db.example", "not the address of a database"),
    "no name but a slash": ("store: postgresql://db.example/", "not the address of a database"),
    "a path": ("store: postgresql://db.example/a/b", "not the address of a database"),
    "no port": ("store: postgresql://db.example:hunter2/quanzi", "not the address of a database"),
    "a user without a host": ("store: postgresql://quanzi@/quanzi", "not the address of a database"),
    "a blank": ("store: 'postgresql://db.example/qu anzi'", "not the address of a database"),
    "another kind": ("store: mysql://quanzi:hunter2@db.example/quanzi", "not known"),
    "a driver": ("store: postgresql+psycopg://db.example/quanzi", "not known"),
    "another setting": ("store: postgresql://db.example/quanzi?options=-c", "behind ? only"),
    "no encryption by chance": ("store: postgresql://db.example/quanzi?sslmode=prefer", "behind ? only"),
    "a certificate of some folder": ("store: postgresql://db.example/quanzi?sslrootcert=ca.pem", "(a whole path)"),
    "a setting twice": ("store: postgresql://db.example/q?sslmode=require&sslmode=disable", "behind ? only"),
    "a password of a file": ("store: quanzi.db\nstore_password_file: x", "go together with store: postgresql"),
    "two passwords": ("store: postgresql:///q\nstore_password_file: x\nstore_password_env: Y", "only one of"),
    "the password itself": ("store: postgresql:///q\nstore_password_env: hunter2!", "does not belong here"),
    "under another name": ("store: postgresql:///q\nstore_password: hunter2", "not a known key"),
}


@pytest.mark.parametrize(("text", "told"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_wrong_is_named_and_no_secret_repeated(text, told, language):
    with pytest.raises(ConfigError) as caught:
        parse(f"{text}\n".encode(), "config.yaml", Catalog(language))
    assert language == "zh" or told in str(caught.value)
    assert "hunter2" not in caught.value.shown


def test_all_problems_come_at_once():
    with pytest.raises(ConfigError) as caught:
        configured("timezone: Mars/Olympus\nstore: postgresql://a:b@db.example/q\nweek: {soft: -1}\n")
    assert {problem.key for problem in caught.value.problems} == {"timezone", "store", "week.soft"}


def test_a_file_is_a_path_and_an_address_stays_one():
    assert configured("store: kept/q.db").kept_in == Path("/home/ada/kept/q.db")
    assert configured("").kept_in == Path("/home/ada/quanzi.db")
    address = "postgresql://quanzi@db.example:5433/quanzi"
    config = configured(f"store: {address}\nstore_password_file: store.secret")
    assert config.kept_in == Postgres(address=address, password_file="/home/ada/store.secret")
    assert str(config.kept_in) == config.store == address
    assert configured("store: postgres://db.example/q").store == "postgresql://db.example/q"
    named = configured("store: postgresql:///q\nstore_password_env: QUANZI_STORE").kept_in
    assert named == Postgres(address="postgresql:///q", password_env="QUANZI_STORE")


def test_the_secret_of_serve_lies_beside_the_store_or_else_beside_the_configuration():
    assert configured("").beside_store == Path("/home/ada/quanzi.db")
    assert configured("store: postgresql:///q").beside_store == Path("/home/ada/quanzi")


def test_its_password_is_one_of_the_secrets():
    named = named_secrets(configured("store: postgresql:///q\nstore_password_file: store.secret"))
    assert [(each.key, each.name, each.is_file) for each in named] == [
        ("store_password_file", "/home/ada/store.secret", True)
    ]


CHECKED = {"sslmode": "verify-full", "sslrootcert": "system"}
FAR = "postgresql://qu%40anzi@db.example:5433/the%20store"
NEAR = {"user": "q", "dbname": "q", "sslmode": "prefer"}
TOLD = {
    "beyond this machine": (
        FAR,
        {"host": "db.example", "port": "5433", "user": "qu@anzi", "dbname": "the store", **CHECKED},
    ),
    "by a certificate of one's own": (
        "postgresql://db.example/q?sslrootcert=/etc/quanzi/ca.pem",
        {"host": "db.example", "dbname": "q", "sslmode": "verify-full", "sslrootcert": "/etc/quanzi/ca.pem"},
    ),
    "in a network of one's own": (
        "postgresql://db.example/q?sslmode=disable",
        {"host": "db.example", "dbname": "q", "sslmode": "disable"},
    ),
    "loopback": ("postgresql://q@127.0.0.1/q", {"host": "127.0.0.1", **NEAR}),
    "loopback of version 6": ("postgresql://q@[::1]/q", {"host": "::1", **NEAR}),
    "by name": ("postgresql://q@localhost/q", {"host": "localhost", **NEAR}),
    "a socket": ("postgresql:///q", {"dbname": "q", "sslmode": "prefer"}),
    "a socket elsewhere": ("postgresql:///q?host=/run/pg", {"host": "/run/pg", "dbname": "q", "sslmode": "prefer"}),
}  # fmt: skip


@pytest.mark.parametrize(("address", "told"), TOLD.values(), ids=TOLD)
def test_beyond_this_machine_it_is_encrypted_and_the_certificate_checked(address, told):
    place = configured(f"store: {address}").kept_in
    assert isinstance(place, Postgres)
    assert place.parameters == told

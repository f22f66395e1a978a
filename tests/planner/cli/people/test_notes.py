"""The commands about people, as they are typed."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import time
from pathlib import Path

import pytest

from tests.support.acquaintances import AFTER, CLUB, ran
from tests.support.cli import NOW, QUANZI, ROOT, run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text(
        "city: 上海\nlanguage: en\ninterests: {industry: [储能], practice: [头马]}\nsources:\n"
        "  - {id: club, kind: ical, file: club.ics}\n",
        "utf-8",
    )
    (tmp_path / "club.ics").write_bytes(CLUB.encode())
    return tmp_path


@pytest.fixture
def published(home: Path) -> Path:
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0
    return home


def people(folder: Path) -> list[dict]:
    told = run(folder, "people", "--json")
    assert told.returncode == 0
    return [json.loads(line) for line in told.stdout.splitlines()]


def text(folder: Path) -> str:
    return (folder / "people.yaml").read_text("utf-8")


def test_whom_one_met_and_where_the_circle_comes_from_the_event(published):
    told = ran(
        published, "met", "林小溪,", "Ana", "Bell", "at", "头马", "--role", "client", "--note", "looks for cells"
    )
    assert "林小溪, met on 2026-11-24: 样板头马俱乐部例会" in told
    lin, ana = people(published)
    assert ana["name"] == "Ana Bell"
    assert lin["met"] == [{"day": "2026-11-24", "at": "样板头马俱乐部例会", "circle": "Sample speakers"}]
    assert (lin["role"], lin["notes"]) == ("client", ["looks for cells"])
    assert stat.S_IMODE((published / "people.yaml").stat().st_mode) == 0o600


def test_the_same_evening_told_twice_is_one(published):
    for _ in range(2):
        ran(published, "met", "Ana", "at", "头马")
    assert len(people(published)[0]["met"]) == 1
    assert "2 times by now" in ran(published, "met", "Ana", "at", "储能")


def test_where_it_was_may_be_told_later(published):
    ran(published, "met", "Ana", "--on", "2026-11-20")
    ran(published, "met", "Ana", "--on", "2026-11-24")
    ran(published, "met", "Ana", "at", "头马")
    assert [(each["day"], each["circle"]) for each in people(published)[0]["met"]] == [
        ("2026-11-20", None), ("2026-11-24", "Sample speakers"),
    ]  # fmt: skip


def test_an_event_that_nobody_knows_is_noted_as_typed(home):
    told = ran(home, "met", "Ana", "at", "the pond fair", "--on", "last Thursday")
    assert "noted as you wrote it" in told
    assert people(home)[0]["met"] == [{"day": "2026-11-19", "at": "the pond fair", "circle": None}]


@pytest.mark.parametrize("command", [("met", "Ana", "at", "头马"), ("after", "头马", "--who", "Ana")])
@pytest.mark.parametrize(("on", "day"), [((), "2026-11-23"), (("--on", "last Thursday"), "2026-11-19")])
def test_where_only_one_to_come_is_known_it_was_an_earlier_one_of_that_circle(published, command, on, day):
    told = run(published, *command, *on, "--now", "2026-11-23T20:00:00+08:00")
    assert (told.returncode, "is only to come, on 2026-11-24" in told.stderr) == (0, True)
    assert people(published)[0]["met"] == [{"day": day, "at": "头马", "circle": "Sample speakers"}]
    assert "went" not in run(published, "went", "--list").stdout


def test_a_name_with_its_company_as_chats_show_it_stays_whole(home):
    ran(home, "met", "小林@示例科技", "--on", "yesterday")
    ran(home, "met", "小林@示例科技", "at", "the pond")
    assert [(each["name"], len(each["met"])) for each in people(home)] == [("小林@示例科技", 2)]


def test_favours_go_from_asked_to_returned(home):
    ran(home, "met", "Bo")
    assert "asked: a buyer" in ran(home, "asked", "Bo", "a", "buyer", "--kind", "introduction")
    assert "Kept in mind" in ran(home, "received", "Bo", "introduced a buyer")
    assert "returned: a report" in ran(home, "returned", "Bo", "a report")
    found = [(each["way"], each["state"]) for each in people(home)[0]["favours"]]
    assert found == [("asked", "done"), ("received", "done"), ("returned", "done")]


def test_a_refusal_is_no_loss_and_a_promise_is_kept_by_giving(home):
    ran(home, "met", "Bo", "--promised", "the sample", "--by", "next Friday")
    assert people(home)[0]["promises"] == [{"what": "the sample", "by": "2026-12-04", "kept": False}]
    ran(home, "gave", "Bo", "the sample")
    assert people(home)[0]["promises"][0]["kept"]
    assert "Nothing is lost" in ran(home, "asked", "Bo", "a visit", "--declined")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("asked", "Nobody", "x"), "nobody of that name"),
        (("asked", "Bo"), "what? "),
        (("met", "Bo", "--on", "someday"), "no day is understood"),
        (("met", "Bo", "--on", "tomorrow"), "no day is understood"),
        (("met", "Bo", "--promised", "x", "--by", "yesterday"), "no day to come"),
        (("met", ","), "who? "),
        (("people", "Nobody"), "nobody of that name"),
        (("forget", "Nobody"), "nobody of that name"),
    ],
)
def test_what_is_not_understood_is_said_and_nothing_is_written(home, arguments, said):
    ran(home, "met", "Bo")
    before = text(home)
    told = run(home, *arguments, "--now", AFTER)
    assert told.returncode == 2
    assert said in told.stderr
    assert text(home) == before


def test_after_an_evening_in_one_minute(published):
    answers = "林小溪, Ana\n林小溪: the sample, by Friday; the slides\n1\nblank once\n"
    told = ran(published, "after", "头马", stdin=answers, now="2026-11-25T09:00:00+08:00")
    assert "Next small step: " in told
    assert "“the slides”" not in told
    lin, ana = people(published)
    assert lin["promises"] == [{"what": "the sample", "by": "2026-11-27", "kept": False}]
    assert ana["met"][0]["circle"] == "Sample speakers"
    assert "skill: speaking" in text(published)
    assert "went" in run(published, "went", "--list").stdout


def test_every_question_may_be_skipped(published):
    assert "Nothing noted." in ran(published, "after", "头马", stdin="\n\n\n")
    assert "Nothing noted." in ran(published, "after", "头马", stdin="")
    assert not (published / "people.yaml").exists()


def test_the_next_card_has_the_next_small_step(published):
    def digest(now: str) -> str:
        assert run(published, "week", "--now", now, "--week", "2026-W48", "--quiet").returncode == 0
        return (published / "out/digest.txt").read_text("utf-8")

    first = "Leave out the paper"
    assert first not in digest(NOW)
    for _ in range(2):
        ran(published, "after", "the choir", "--skill", "speaking", now=NOW)
    assert first in digest(NOW)


def test_a_file_that_was_edited_by_hand_keeps_what_stands_there(home):
    ran(home, "met", "Bo")
    hand = text(home).replace("  - name: Bo\n", "  # my best client\n  - name: Bo # or Bob\n    role: client\n\n")
    (home / "people.yaml").write_text(hand, "utf-8")
    ran(home, "met", "Bo", "at", "the pond", "--note", "tea")
    after = text(home)
    assert all(line in after for line in hand.splitlines())
    assert len(people(home)) == 1


def test_nonsense_is_told_with_its_line_and_the_others_go_on(home):
    ran(home, "met", "Bo")
    with (home / "people.yaml").open("a", encoding="utf-8") as file:
        file.write("  - name: Zebra\n    role: boss\n  - name: [\n")
    told = run(home, "people", "--now", AFTER)
    assert told.returncode == 0
    assert "people.yaml:8: people.2.role: must be one of" in told.stderr
    assert "people.yaml:9: people.3: not YAML" in told.stderr
    assert "Bo" in told.stdout
    before = text(home)
    ran(home, "gave", "Bo", "a hand")
    assert before.splitlines()[-3:] == text(home).splitlines()[-3:]


@pytest.mark.parametrize("raw", [b"people: [", b"\xff\xfe\x00", b"just words", b"people: {a: b}\n"])
def test_a_file_that_is_none_is_an_error_and_left_as_it_is(published, raw):
    (published / "people.yaml").write_bytes(raw)
    told = run(published, "met", "Bo", "--now", AFTER)
    assert told.returncode == 2, told.stderr
    assert "people.yaml" in told.stderr
    assert (published / "people.yaml").read_bytes() == raw
    week = run(published, "week", "--now", NOW, "--quiet")
    assert week.returncode == 0, "the week goes on without it"


def test_two_commands_at_once_lose_nothing(home):
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C", "PYTHONPATH": str(ROOT)}
    names = [f"Person {number}" for number in range(6)]
    running = [
        subprocess.Popen([*QUANZI, "met", name, "--now", AFTER], cwd=home, env=environment, stdout=subprocess.DEVNULL)
        for name in names
    ]
    assert [each.wait(60) for each in running] == [0] * len(names)
    assert sorted(each["name"] for each in people(home)) == names


def test_what_another_program_wrote_meanwhile_is_kept(home, monkeypatch):
    from planner.people import keeping

    ran(home, "met", "Bo")
    real, written = keeping._is_as_read, []

    def meanwhile(path: Path, raw: bytes | None) -> bool:
        if not written:
            written.append(path.write_text(text(home) + "  - name: Cleo\n", "utf-8"))
        return real(path, raw)

    monkeypatch.setattr(keeping, "_is_as_read", meanwhile)
    ran(home, "met", "Dora")
    assert [each["name"] for each in people(home)] == ["Bo", "Cleo", "Dora"]


def test_what_a_killed_command_left_is_whole_and_swept_by_the_next(home):
    ran(home, "met", "Bo")
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C", "PYTHONPATH": str(ROOT)}
    for number in range(8):
        running = subprocess.Popen([*QUANZI, "met", f"Person {number}", "--now", AFTER], cwd=home, env=environment)
        time.sleep(0.25 + 0.03 * number)
        running.kill()
        running.wait(60)
        assert "Bo" in [each["name"] for each in people(home)]
    (home / ".people.yaml.new-1234").write_text("people: [{name: Zebra}]\n", "utf-8")
    ran(home, "met", "Cleo")
    assert not list(home.glob(".people.yaml.new-*"))


def test_an_event_that_is_gone_costs_nothing(published):
    ran(published, "met", "Ana", "at", "头马")
    (published / "quanzi.db").unlink()
    (published / "club.ics").write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\nEND:VCALENDAR\r\n")
    assert run(published, "week", "--now", AFTER, "--quiet").returncode == 0
    assert people(published)[0]["met"][0]["circle"] == "Sample speakers"


@pytest.mark.parametrize("form", ["vcf", "csv"])
def test_everything_out_and_names_in(home, form):
    ran(home, "met", "林小溪", "--role", "client")
    ran(home, "met", "Ana Bell")
    assert "2 people written" in ran(home, "people", "--export", f"all.{form}")
    assert stat.S_IMODE((home / f"all.{form}").stat().st_mode) == 0o600
    assert run(home, "people", "--export", f"all.{form}").returncode == 2, "never over what stands there"
    (home / "people.yaml").unlink()
    told = ran(home, "people", "--import", f"all.{form}", stdin="2\nfriend\n")
    assert "Taken over: 1" in told
    assert [(each["name"], each["role"]) for each in people(home)] == [("Ana Bell", "friend")]
    assert "known already: 1" in ran(home, "people", "--import", f"all.{form}", "--only", "all", "--role", "peer")
    assert [(each["name"], each["role"]) for each in people(home)][1] == ("林小溪", "peer")


def test_names_are_chosen_by_hand_and_nowhere_else_than_at_a_terminal(home):
    (home / "c.csv").write_text("name\nAna\nBo\n", "utf-8")
    assert run(home, "people", "--import", "c.csv").returncode == 2
    assert run(home, "people", "--import", "c.csv", stdin="1-9\n").returncode == 2
    assert "Taken over: 0" in ran(home, "people", "--import", "c.csv", stdin="\n")
    assert not (home / "people.yaml").exists()


def test_each_name_may_have_a_role_of_its_own(home):
    (home / "c.csv").write_text("name\nAna\nBo\nCleo\n", "utf-8")
    assert run(home, "people", "--import", "c.csv", stdin="1,3\nclient, boss\n").returncode == 2
    assert run(home, "people", "--import", "c.csv", stdin="1-3\nclient, peer\n").returncode == 2
    assert "Taken over: 2" in ran(home, "people", "--import", "c.csv", stdin="1,3\nclient, friend\n")
    assert [(each["name"], each["role"]) for each in people(home)] == [("Ana", "client"), ("Cleo", "friend")]


def test_thousands_of_names_are_taken_over_at_once(home):
    (home / "c.csv").write_text("name\n" + "".join(f"Person {number}\n" for number in range(3000)), "utf-8")
    begun = time.process_time()
    assert "Taken over: 3000" in ran(home, "people", "--import", "c.csv", "--only", "all")
    assert time.process_time() - begun < 20
    assert len(people(home)) == 3000


@pytest.mark.skipif(os.name == "nt", reason="modes say nothing there")
def test_a_file_open_to_others_is_closed_by_the_next_change(home):
    ran(home, "met", "Bo")
    (home / "people.yaml").chmod(0o644)
    ran(home, "met", "Bo", "--wrote")
    assert stat.S_IMODE((home / "people.yaml").stat().st_mode) == 0o600


THOUSANDTH = """\
  - name: Person {number}
    role: peer
    cares: [tea]
    met:
      - day: 2026-11-{day:02}
        at: Salon {salon}
    favours:
      - day: 2026-10-01
        way: received
        what: a hand
"""


def test_thousands_of_people_keep_nobody_waiting(home):
    entries = (THOUSANDTH.format(number=number, day=number % 27 + 1, salon=number % 40) for number in range(5000))
    (home / "people.yaml").write_text("people:\n" + "".join(entries), "utf-8")
    commands = [
        ("met", "Person 4711", "at", "Salon"), ("asked", "Person 4711", "advice"), ("gave", "Person 12", "a hand"),
        ("people", "Person 4711"), ("people",), ("met", "Somebody New"), ("forget", "Person 4711", "--yes"),
    ]  # fmt: skip
    ran(home, *commands[0])  # the libraries are at hand from here on
    for command in commands:
        begun = time.process_time()
        ran(home, *command)
        assert time.process_time() - begun < 1.5, command  # benchmarks/people.py has the figure; this is a net

"""Play a user's whole life in a pseudo-terminal: python -m benchmarks.whole_life [zh|en ...] [--answers N] [--notes N].

From a clone to one's own digest, forty answers each to city and hours, sixty notes of our own, the real chat texts of
``$QUANZI_CASES``; then edit, a pasted move and a cancellation, remove, undo, week, why, serve, update. It needs git,
make and the packages' index, and some minutes; every command is the one that the READMEs show. Exit code 1 where a bar
is missed.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.score_notes import CASES, is_named, notes_in
from planner.i18n.catalog import Catalog
from tests.support.dialogue import Person, Said, commands
from tests.support.servers import serving

ROOT = Path(__file__).resolve().parent.parent
MOST_COMMANDS, MOST_SECONDS = 12, 180.0
WORLD = {
    "zh": {
        "locale": "zh_CN.UTF-8", "city": "上海", "zone": "Asia/Shanghai", "hours": "周一到周五晚上", "weekend": "全天",
        "industry": "储能, 供应链", "practice": "演讲, 桌游", "title": "样板储能供应链沙龙", "place": "三叶会客厅",
        "note": "明天晚上7点半 头马试讲夜 方糖咖啡二楼 30元", "named": "头马试讲夜", "renamed": "头马试讲之夜",
        "moved": "通知：头马试讲之夜改到后天晚上8点，地点不变", "off": "抱歉，头马试讲之夜取消",
    },
    "en": {
        "locale": "en_CA.UTF-8", "city": "Toronto, ON", "zone": "America/Toronto", "hours": "evenings",
        "weekend": "all day", "industry": "hospitality tech", "practice": "public speaking, board games",
        "title": "Sample hospitality tech meetup", "place": "Maple Works",
        "note": "pitch practice tomorrow 7:30pm, Birch Cafe, $10", "named": "pitch practice",
        "renamed": "Pitch practice night", "off": "Sorry all, Pitch practice night is cancelled",
        "moved": "Update: Pitch practice night has moved to the day after tomorrow, 8pm",
    },
}  # fmt: skip


@dataclass
class Life:
    """One user, who speaks one language, with a home of their own below ``folder``."""

    language: str
    folder: Path

    def __post_init__(self) -> None:
        self.words, self.world = Catalog(self.language), WORLD[self.language]
        self.home = self.folder / "home"
        self.home.mkdir(parents=True)
        kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "http"))}
        path = f"{self.home}/.local/bin:{os.environ['PATH']}"
        language = {"LANG": self.world["locale"], "LC_ALL": self.world["locale"]}
        self.person = Person(
            {**kept, **language, "HOME": str(self.home), "PATH": path, "TERM": "xterm", "PAGER": "cat"}
        )
        self.person.environment["COLUMNS"] = "100"  # type: ignore[index]
        self.faults: list[str] = []

    def run(self, *command: str, at: Path | None = None, answers: Mapping[str, str] | None = None) -> Said:
        return self.person.run(at or self.home, *command, answers=answers)

    def must(self, holds: bool, what: str, said: Said | None = None) -> None:
        if not holds:
            self.faults.append(what + (f":\n{said.text[-800:]}" if said else ""))

    # From a clone to one's own digest.

    def first_hour(self, port: int) -> None:
        said = self.run("git", "clone", "--quiet", str(ROOT), "quanzi")
        clone = self.home / "quanzi"
        said = self.run("make", "install", "WITH=link", at=clone)
        self.must(said.code == 0 and "quanzi init" in said.text, "make install", said)
        said = self.run("quanzi", "init", answers=self.answers(self.world["city"], self.world["hours"]))
        self.must(said.code == 0 and not said.unanswered, f"init left open {said.unanswered}", said)
        config = self.home / "my-week/config.yaml"
        text = config.read_text("utf-8") + '\nnetwork: {allow: ["127.0.0.1"], delay: 0}\n'
        text = re.sub(r"(?m)^sources:\n(?:  .*\n)*", "sources: []\n", text)  # the web is out of reach
        config.write_text(text, "utf-8")
        said = self.run("quanzi", "sources", "add", f"http://127.0.0.1:{port}/club.ics", "--yes")
        self.must(said.code == 0, "sources add", said)
        said = self.run("quanzi", "week", at=clone)
        digest = config.parent / "out/digest.html"
        self.must(said.code == 0 and digest.is_file(), "week", said)
        shown = re.sub("<wbr>", "", digest.read_text("utf-8"))
        self.must(self.world["title"] in shown, "the club is not in the digest")
        count, took = len(self.person.said), sum(each.seconds for _, each in self.person.said)
        print(f"  own digest after {count} commands, {took:.0f} s")
        self.must(count <= MOST_COMMANDS and took <= MOST_SECONDS, f"{count} commands, {took:.0f} s")

    def answers(self, city: str, hours: str) -> dict[str, str]:
        world = self.world
        told = {
            "start.city": city, "start.hours_working": hours, "start.hours_weekend": world["weekend"],
            "start.industry": world["industry"], "start.practice": world["practice"], "start.language": "",
        }  # fmt: skip
        told |= {f"start.{name}": "" for name in ("home", "down", "up", "mail", "follow")}
        told["start.folder"] = "~/my-week"
        rights = (self.words(f"start.{what}_right", **{what: "|"}).partition("|")[2] for what in ("city", "hours"))
        return {self.words(key): answer for key, answer in told.items()} | dict.fromkeys(rights, "")

    # Answers and notes.

    def forty_answers(self, most: int) -> None:
        """Cities and hours of `tests/cases/init` in this user's script, through ``init`` itself."""
        cities, hours = (self._rows(name)[:most] for name in ("cities", "hours"))
        right = 0
        for number, ((city, _, zone, _), (free, _)) in enumerate(zip(cities, hours, strict=True)):
            folder = self.home / f"answers-{number}"
            said = self.run("quanzi", "init", "--folder", str(folder), answers=self.answers(city, free))
            written = folder / "config.yaml"
            is_right = said.code == 0 and written.is_file() and f"timezone: {zone}" in written.read_text("utf-8")
            right += is_right
            self.must(is_right, f"init: {city} / {free}", said)
        print(f"  {right} of {len(cities)} dialogues of init end in the right zone")

    def _rows(self, table: str) -> list[list[str]]:
        lines = (ROOT / f"tests/cases/init/{table}.tsv").read_text("utf-8").splitlines()[1:]
        rows = [line.split("\t") for line in lines]
        return [row for row in rows if bool(re.search("[\u4e00-\u9fff]", row[0])) == (self.language == "zh")]

    def sixty_notes(self, most: int) -> None:
        """The notes of `tests/cases/notes` in this language: what stands in the store afterwards."""
        config = self._aside("notes", json.dumps("Asia/Shanghai" if self.language == "zh" else "America/Toronto"))
        cases = notes_in(CASES / f"{self.language}.toml")[:most]
        right = asked = 0
        for case in cases:
            said = self.add(config, case.text, case.context.now)
            if not case.events:
                asked += bool(said.unanswered) or said.code == 2
                self.must(bool(said.unanswered) or said.code == 2, f"no question: {case.text}", said)
                continue
            found = self.events(config, case.context.now)
            is_right = all(_stands(wanted, found) for wanted in case.events)
            right += is_right
            if not is_right:
                print(f"    not right: {case.text!r}")
        print(f"  notes: {right} right without a question, {asked} end in one, of {len(cases)}")
        self.must(right + asked >= 0.9 * len(cases), f"notes: {right} + {asked} of {len(cases)}")

    def add(self, config: Path, text: str, now: datetime) -> Said:
        question = self.words("cli.add_question")
        arguments = ("add", "--config", str(config), "--now", now.isoformat(), "--", text)
        return self.run("quanzi", *arguments, answers={question: "y"})

    def events(self, config: Path, now: datetime) -> list[dict[str, Any]]:
        said = self.run("quanzi", "events", "--json", "--config", str(config), "--now", now.isoformat())
        return [json.loads(line) for line in said.text.splitlines() if line.startswith("{")]

    def _aside(self, name: str, zone: str) -> Path:
        folder = self.home / name
        folder.mkdir(exist_ok=True)
        config = folder / "config.yaml"
        config.write_text(f"language: {self.language}\ntimezone: {zone}\nsources: []\n", "utf-8")
        return config

    def chats(self) -> None:
        """Real chat texts: each ends in an event, a question, or a reason."""
        if "QUANZI_CASES" not in os.environ:
            print("  chat texts: skipped, QUANZI_CASES is not set")
            return
        folder = Path(os.environ["QUANZI_CASES"]) / "gold/zh-more"
        rows = [json.loads(line) for line in (folder / "cases.jsonl").read_text("utf-8").splitlines()]
        rows = [row for row in rows if "chat" in row["tags"]]
        right = wanted = quiet = others = 0
        for row in rows:
            config = self._aside(f"chat-{row['id']}", row["timezone"])
            text, now = (folder / row["file"]).read_text("utf-8"), datetime.fromisoformat(row["published"])
            said = self.add(config, text, now)
            self.must(said.code in {0, 2} and "Traceback" not in said.text, f"chat {row['id']}", said)
            starts = {event["start"][:16] for event in self.events(config, now)}
            if row["is_event"]:
                wanted += 1
                right += all(each["start"][:16] in starts for each in row["events"] if each["start"])
            else:
                others += 1
                quiet += not starts
        print(f"  chat texts: {right} of {wanted} events at their start; {quiet} of {others} others added nothing")

    # The life after.

    def days_after(self) -> None:
        world, question = self.world, self.words("cli.add_question")
        self.step("add", world["note"], answers={question: "y"})
        self.step("edit", world["named"], "--title", world["renamed"], tells=world["renamed"])
        self.step("add", world["moved"], answers={question: "y"}, tells=world["renamed"])
        self.step("events", tells="20:00")
        self.step("add", world["off"], answers={question: "y"}, tells=self.words("cli.add_notice_one", events=""))
        self.step("undo")
        self.step("remove", world["renamed"])
        self.step("undo")
        self.step("events", tells=world["renamed"])
        self.step("plan")
        self.step("week")
        self.step("why", world["title"], tells=world["title"])
        self.step("like", world["title"])
        self.step("skip", world["title"])
        self.step("publish")
        self.step("history", world["renamed"])
        self.step("sources", "list")
        self.step()
        self.serve()
        said = self.run("make", "update", "WITH=link", at=self.home / "quanzi")
        self.must(said.code == 0, "make update", said)

    def step(self, *command: str, answers: Mapping[str, str] | None = None, tells: str = "") -> None:
        said = self.run("quanzi", *command, answers=answers)
        name = "quanzi " + " ".join(command)
        self.must(said.code == 0 and not said.unanswered and tells in said.text, name, said)

    def serve(self) -> None:
        """The page that ``quanzi serve`` names answers."""
        with subprocess.Popen(
            ["quanzi", "serve", "--port", "0"], cwd=self.home, env=dict(self.person.environment),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        ) as served:  # fmt: skip
            assert served.stdout is not None
            found = re.search(r"http://127[\d.:]+/", served.stdout.readline())
            try:
                with urllib.request.urlopen(found[0] if found else "", timeout=10) as answer:
                    self.must(answer.status == 200, "serve")
            except (ValueError, OSError) as exc:
                self.must(False, f"serve: {exc}")
            finally:
                served.terminate()


def _stands(wanted: Mapping[str, str], found: Sequence[Mapping[str, Any]]) -> bool:
    starts = [each for each in found if each["start"] and each["start"][:16] == wanted["when"][:16]]
    place = wanted.get("where", "")
    return any(
        is_named(each["title"], wanted["what"])
        and place.replace(" ", "") in " ".join(filter(None, (each["location"] or {}).values())).replace(" ", "")
        for each in starts
    )


def _club(world: Mapping[str, str]) -> bytes:
    """A club's calendar: one evening in each of three weeks."""
    zone = ZoneInfo(world["zone"])
    first = (datetime.now(zone) + timedelta(days=1)).replace(hour=19, minute=30, second=0, microsecond=0)
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{week}@club.example\r\nDTSTAMP:20260101T000000Z\r\n"
        f"DTSTART;TZID={world['zone']}:{first + timedelta(weeks=week):%Y%m%dT%H%M%S}\r\nDURATION:PT2H\r\n"
        f"SUMMARY:{world['title']}\r\nLOCATION:{world['place']}\r\nEND:VEVENT\r\n"
        for week in range(3)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//club//EN\r\n{events}END:VCALENDAR\r\n".encode()


def live(language: str, *, answers: int, notes: int) -> list[str]:
    """One whole life; -> its dead ends and missed bars."""
    with tempfile.TemporaryDirectory() as folder, serving() as web:
        life = Life(language, Path(folder))
        web.pages["/club.ics"] = (200, {"Content-Type": "text/calendar"}, _club(life.world))
        print(f"{language}:")
        life.first_hour(web.port)
        life.days_after()
        life.sixty_notes(notes)
        if language == "zh":
            life.chats()
        life.forty_answers(answers)
        slow = [line for line in commands(life.person.said) if float(line.split()[0]) > 20]
        print("\n".join(["  slow:", *slow]) if slow else "  no command but the slow ones above")
    return life.faults


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("languages", nargs="*", default=["zh", "en"])
    parser.add_argument("--answers", type=int, default=40)
    parser.add_argument("--notes", type=int, default=60)
    told = parser.parse_args()
    missed = [fault for each in told.languages for fault in live(each, answers=told.answers, notes=told.notes)]
    print("\n".join(["", *(f"- {fault}" for fault in missed)]) if missed else "no dead end")
    sys.exit(bool(missed))

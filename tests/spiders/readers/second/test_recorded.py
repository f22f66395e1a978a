"""Recorded answers about our own texts (both by hand): what is not labelled so comes out doubtful or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from spiders.items import Document
from spiders.readers import dispatch
from spiders.readers.second import joined, judge, parse

FOLDER = Path(__file__).parents[3] / "cases/announcements"
CASES = {each["id"]: each for each in map(json.loads, (FOLDER / "cases.jsonl").read_text("utf-8").splitlines())}
ANSWERS = [json.loads(line) for line in (FOLDER / "second_answers.jsonl").read_text("utf-8").splitlines()]

NO_EVENT_WITH_A_TRUE_TIME = {"not-08"}  # a water cut by a model's word: the grammar judges times, not what they are of


@pytest.mark.parametrize("recorded", ANSWERS, ids=lambda each: each["id"])
def test_no_time_that_is_not_labelled_comes_out_for_sure(context, recorded):
    case = CASES[recorded["id"]]
    asking = replace(context, now=datetime.fromisoformat(case["published"]), second="always")
    reading = dispatch.read(Document(body=(FOLDER / case["file"]).read_bytes()), asking, "text")
    (question,) = reading.questions
    answer = parse(recorded["answer"])
    after = reading if answer is None else joined(reading, question, judge(answer, question))
    labelled = {each["start"] and datetime.fromisoformat(each["start"]) for each in case["events"]}
    told = {event.start for event in after.events if event.evidence.sure != "doubtful"}
    if recorded["id"] in NO_EVENT_WITH_A_TRUE_TIME:
        labelled |= {
            event.start for event in after.events if event.evidence.doubts and event.evidence.sure == "inferred"
        }
    assert told <= labelled
    assert {event.start for event in reading.events} <= {event.start for event in after.events}

import re

import pytest

from planner.cli.starting import render
from planner.config import parse
from planner.words import Words


@pytest.mark.parametrize(
    ("address", "server"), [("me@mail.example", "host: smtp.mail.example"), ("10001@qq.com", "preset: qq")]
)
def test_the_mail_that_init_proposes_is_right_once_the_marks_are_taken_away(address, server):
    answers = {
        "language": "en",
        "city": "Shanghai",
        "industry": [],
        "practice": [],
        "free": "18:30-22:00",
        "mail": address,
    }
    text = render(answers, Words("en"))
    assert f"#   {server}\n" in text
    begin = text.index("# mail:")
    proposed = re.sub("^# ?", "", text[begin : text.index("\n\n", begin)], flags=re.MULTILINE)
    mail = parse((text + proposed).encode(), "config.yaml", Words("en")).mail
    assert mail is not None
    assert (mail.to, mail.password_file) == ((address,), "mail.secret")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_chats_and_the_upload_that_init_proposes_are_right_once_the_marks_are_taken_away(language):
    answers = {"city": "Shanghai", "industry": [], "practice": [], "free": "18:30-22:00", "mail": ""}
    text = render({**answers, "language": language}, Words(language))
    for mark in ("# notify:", "#   channels_file:", "# put:"):
        assert text.count(mark) == 1
        text = text.replace(mark, mark.removeprefix("# ").removeprefix("#"))
    config = parse(text.encode(), "config.yaml", Words("en"))
    assert config.notify is not None
    assert config.output.put is not None
    assert (config.notify.channels_file, config.output.put.is_private) == ("channels.secret", False)

"""The section of the configuration about team chats."""

from __future__ import annotations

import pytest

from planner.config import parse
from planner.errors import ConfigError
from planner.i18n.catalog import Catalog

# Apprise looks whether this Python still has a module that is going away.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
EN = Catalog("en")


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("{}", "notify", "exactly one of channels_file"),
        ("{channels_file: a, channels_env: B}", "notify", "exactly one of channels_file"),
        ("{channels_env: 'tgram://123:hunter2/4'}", "notify.channels_env", "does not belong here"),
        ("{channels: ['tgram://123:hunter2/4']}", "notify.channels", "not a known key"),
        ("{channels_file: a, when_empty: perhaps}", "notify.when_empty", "must be"),
    ],
)
def test_a_wrong_section_is_named_and_no_address_repeated(text, key, words):
    with pytest.raises(ConfigError) as caught:
        parse(f"notify: {text}\n".encode(), "config.yaml", EN)
    assert any(problem.key == key and words in problem.message for problem in caught.value.problems), str(caught.value)
    assert "hunter2" not in str(caught.value)

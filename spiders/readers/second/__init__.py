"""A second reader of announcements, by choice: a language model points at words, and the grammar reads them.

The model is shown a text that the first reader left open and answers in quotes. A quote that does not stand in the text
is thrown away, and what a time quote means is read by :mod:`spiders.text.when` alone, so that no time can be made up.
Nothing here asks anybody: :mod:`.prompt` says what to send, :mod:`.answer` takes the answer apart, :mod:`.judge` holds
it to the text, :mod:`.joined` puts it beside the first reading, and :mod:`.question` says which texts are open.
"""

from spiders.readers.second.answer import Answer, Claim, parse
from spiders.readers.second.joined import joined
from spiders.readers.second.judge import Found, Verdict, judge
from spiders.readers.second.prompt import LONGEST, request
from spiders.readers.second.question import question_of

__all__ = [
    "LONGEST",
    "Answer",
    "Claim",
    "Found",
    "Verdict",
    "joined",
    "judge",
    "parse",
    "question_of",
    "request",
]

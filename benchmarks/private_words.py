"""Our own search for phone numbers beside Google's, which would be taken instead, in the same texts in one run.

    python -m pip install phonenumbers      (into the environment that runs this; it is no dependency)
    QUANZI_CASES=/path/to/shared python -m benchmarks.private_words

Three questions: of the tests' private and public lines (``tests/planner/test_privacy.py``), what is found and what is
eaten; of one number of each kind in each country as the library itself writes it, what is found without any word that
promises a number; in real texts after ours, what would the library take away besides, each to be judged by eye.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator

from icalendar import Calendar

from benchmarks.gold import cases
from planner.privacy import redact
from tests.planner.test_privacy import PRIVATE, PUBLIC

try:
    import phonenumbers
except ImportError as missing:
    sys.exit(f"{missing.name}: not installed, nothing is compared (python -m pip install phonenumbers)")

REGIONS = (("CN",), ("CN", "GB", "US"), ("CN", "GB", "US", "FR", "DE"))
FORMS = {
    "national": phonenumbers.PhoneNumberFormat.NATIONAL,
    "international": phonenumbers.PhoneNumberFormat.INTERNATIONAL,
}
KINDS = (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE)


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def theirs(text: str, *regions: str) -> list[str]:
    return [match.raw_string for region in regions for match in phonenumbers.PhoneNumberMatcher(text, region)]


def lines() -> None:
    """Found and eaten of the tests' own lines."""
    numbers = [(text, digits(secret)) for text, secret in PRIVATE if len(digits(secret)) > 2]
    ours = sum(secret not in digits(redact(text)) for text, secret in numbers)
    print(f"lines, ours: {ours} of {len(numbers)} found, {sum(redact(text) != text for text in PUBLIC)} eaten")
    for regions in REGIONS:
        found = sum(any(secret in digits(each) for each in theirs(text, *regions)) for text, secret in numbers)
        eaten = sum(bool(theirs(text, *regions)) for text in PUBLIC)
        print(f"lines, theirs as {'+'.join(regions)}: {found} of {len(numbers)} found, {eaten} of {len(PUBLIC)} eaten")


def countries() -> None:
    """Found of the library's own examples; it is told the country, which a text from the web does not tell."""
    for name, form in FORMS.items():
        counts: Counter[str] = Counter()
        for region in sorted(phonenumbers.SUPPORTED_REGIONS):
            for kind in KINDS:
                number = phonenumbers.example_number_for_type(region, kind)
                if number is None:
                    continue
                written = phonenumbers.format_number(number, form)
                text = f"Ask Ann, {written}, by noon"
                counts["all"] += 1
                counts["ours"] += not digits(redact(text))
                counts["theirs"] += any(digits(each) == digits(written) for each in theirs(text, region))
        print(f"examples, {name}: ours {counts['ours']}, theirs {counts['theirs']} of {counts['all']}")


def texts() -> Iterator[str]:
    """What events of the corpus say."""
    for file in sorted((cases() / "corpus").rglob("*.ics")):
        try:
            events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
            yield from {str(event.get(name, ""))[:2000] for event in events for name in ("SUMMARY", "DESCRIPTION")}
        except (ValueError, AttributeError, KeyError):
            continue


def besides() -> None:
    """What the library would take out of real texts after ours."""
    found = {each for text in set(texts()) for each in theirs(redact(text), "CN", "GB", "US")}
    for each in sorted(found):
        print(f"besides: {each}")


if __name__ == "__main__":
    lines()
    countries()
    besides()

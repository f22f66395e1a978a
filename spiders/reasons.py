"""What is said to people, as a value: a code and what it is about. Words come last, in the reader's language.

``templates/reasons.*.toml`` has a text for each code, for the planner's edges alone: no logic reads a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto


class Code(StrEnum):
    """Everything that is said of sources, documents and events. Stores keep these names: they are never changed."""

    AS_SAID = auto()  # a text from before there were codes

    # No answer worth reading. What a status means (RFC 9110, 15).
    STATUS_SIGN_IN = auto()
    STATUS_REFUSES_PROGRAMS = auto()
    STATUS_NOT_FOUND = auto()
    STATUS_GONE = auto()
    STATUS_WAIT = auto()
    STATUS_LEGAL = auto()
    STATUS_OUT_OF_SERVICE = auto()
    STATUS_ERROR = auto()
    ASKED_TO_WAIT = auto()
    ROBOTS_FORBID = auto()
    ROBOTS_UNREACHABLE = auto()
    REDIRECTED_NOWHERE = auto()
    REDIRECTED_TOO_OFTEN = auto()
    ONLY_HTTP = auto()
    TOO_LARGE = auto()
    CUT_OFF = auto()
    GARBLED_ANSWER = auto()
    NO_ANSWER = auto()
    NO_ANSWER_WITHIN = auto()
    CRAWL_ENDED = auto()
    HOST_NOT_FOUND = auto()
    NO_NETWORK = auto()
    NOT_AN_ADDRESS = auto()
    ADDRESS_WITH_PASSWORD = auto()
    SITE_UNKNOWN = auto()
    SITE_WITHOUT_GROUP = auto()

    # Addresses that give no source, and why.
    CLOSED_SIGN_IN = auto()
    CLOSED_ARTICLE = auto()
    CLOSED_RULE = auto()
    CLOSED_NO_EVENTS = auto()
    CLOSED_OWN_CALENDAR = auto()
    FEED_OF_COMMENTS = auto()

    # Addresses that are never connected to, and the ranges they lie in.
    ADDRESS_REFUSED = auto()
    ADDRESS_IN_RANGE = auto()
    RANGE_THIS_NETWORK = auto()
    RANGE_PRIVATE = auto()
    RANGE_SHARED = auto()
    RANGE_LOOPBACK = auto()
    RANGE_LINK_LOCAL = auto()
    RANGE_RESERVED = auto()
    RANGE_TEST = auto()
    RANGE_MULTICAST = auto()
    RANGE_MULTICAST_OR_RESERVED = auto()
    RANGE_UNSPECIFIED = auto()
    RANGE_IPV4_MAPPED = auto()
    RANGE_NAT64 = auto()
    RANGE_DISCARD = auto()
    RANGE_TEREDO = auto()
    RANGE_6TO4 = auto()
    RANGE_SITE_LOCAL = auto()

    # What a system says of files and connections.
    OF_FILE = auto()
    NO_SUCH_FILE = auto()
    NO_PERMISSION = auto()
    IS_A_FOLDER = auto()
    NOT_A_FOLDER = auto()
    FILE_EXISTS = auto()
    READ_ONLY = auto()
    DISK_FULL = auto()
    ADDRESS_IN_USE = auto()
    ADDRESS_NOT_HERE = auto()
    NAME_UNKNOWN = auto()
    NAME_LATER = auto()
    NAME_WITHOUT_ADDRESS = auto()
    TIMED_OUT = auto()
    CONNECTION_REFUSED = auto()
    CONNECTION_CLOSED = auto()
    NETWORK_UNREACHABLE = auto()
    SYSTEM_ERROR = auto()
    NOT_TLS = auto()
    NOT_HTTP = auto()
    TLS_FAILED = auto()
    CERTIFICATE_NOT_TRUSTED = auto()
    CERTIFICATE_SELF_SIGNED = auto()
    CERTIFICATE_CHAIN_SELF_SIGNED = auto()
    CERTIFICATE_EXPIRED = auto()
    CERTIFICATE_TOO_EARLY = auto()
    CERTIFICATE_ISSUER_UNKNOWN = auto()
    CERTIFICATE_OF_ANOTHER = auto()

    # Documents that could not be read, or are not what was asked for.
    READER_FAILED = auto()
    READER_TOO_SLOW = auto()
    READER_ENDED = auto()
    READER_OUT_OF_MEMORY = auto()
    TOO_MUCH_TO_READ = auto()
    LAYOUT_CHANGED = auto()
    EMPTY = auto()
    NOT_A_CALENDAR = auto()
    NOT_A_FEED = auto()
    REFUSED = auto()
    KIND_NOTHING = auto()
    KIND_HTML = auto()
    KIND_HTML_REFUSED = auto()
    KIND_XML = auto()
    KIND_JSON = auto()
    KIND_TEXT = auto()
    KIND_OTHER = auto()
    PAGE_SIGN_IN = auto()
    PAGE_CONSENT = auto()
    PAGE_CHALLENGE = auto()
    PAGE_QUEUE = auto()
    PAGE_NOT_FOUND = auto()
    PAGE_PARKED = auto()
    PAGE_SERVER_ERROR = auto()
    PAGE_REDIRECTED = auto()
    PAGE_FILLED_BY_SCRIPT = auto()

    # Pictures that are not read.
    NEEDS_PICTURES = auto()
    NO_PICTURE = auto()
    PICTURE_OF_OTHER_FORM = auto()
    PICTURE_TOO_LARGE = auto()
    PICTURE_OF_TOO_MANY_PIXELS = auto()
    PICTURE_TOO_SMALL = auto()
    PICTURE_TOO_LONG = auto()
    PICTURE_BROKEN = auto()
    PICTURE_WITH_PASSWORD = auto()

    # Documents without events.
    NO_EVENT = auto()
    NO_EVENT_AT_ALL = auto()
    NOTHING_DATED = auto()
    A_CALL_FOR_PAPERS = auto()
    A_JOB_ADVERT = auto()
    A_NOTICE = auto()
    A_RECAP = auto()
    AN_ARTICLE = auto()
    AN_EMPTY_TEXT = auto()
    A_CHAT = auto()
    A_PRICE_LIST = auto()
    OPENING_HOURS = auto()
    A_FEW_WORDS = auto()
    NO_WORDS = auto()
    NOTHING_ANNOUNCED = auto()
    CANCELLED = auto()
    IT_IS_OVER = auto()
    NO_TIME_READ = auto()
    NO_DATED_LIST = auto()
    POSTING_DATES = auto()
    ENDS_ALONE = auto()
    NO_SCHEMA_ORG = auto()
    NO_DATED_MARKUP = auto()
    NO_MICROFORMATS = auto()
    NO_APP_STATE = auto()
    NO_DATED_JSON = auto()
    NONE_READABLE = auto()
    NONE_IN_WINDOW = auto()
    EMPTY_CALENDAR = auto()
    EMPTY_FEED = auto()
    SILENT_ITEMS = auto()
    TITLES_ALONE = auto()
    NO_RULE = auto()
    RULE_WITHOUT_DATE = auto()

    # What was lost on the way.
    EVENTS_SKIPPED = auto()
    TOO_MANY_SKIPPED = auto()
    ITEMS = auto()
    LINES_SKIPPED = auto()
    BLOCKS_SKIPPED = auto()
    ENTRIES_LEFT_OUT = auto()
    CALENDAR_CUT = auto()
    CALENDAR_CUT_OFF = auto()
    SERIES_CUT = auto()
    TEXT_CUT = auto()
    PAGES_LEFT_OUT = auto()
    WRITTEN_LINES_LEFT_OUT = auto()
    TEXT_DOUBTFUL = auto()
    ENCODING_DOUBTFUL = auto()
    CALENDAR_ZONE_UNKNOWN = auto()
    CALENDAR_ZONE_DIFFERS = auto()
    NO_START = auto()
    NO_START_OR_NAME = auto()
    DATE_UNREADABLE = auto()
    DATE_IMPOSSIBLE = auto()
    DURATION_UNREADABLE = auto()
    DURATION_IMPOSSIBLE = auto()
    DURATION_OUT_OF_BOUNDS = auto()
    RULE_TOO_OFTEN = auto()
    RULE_WITHOUT_FREQUENCY = auto()
    RULE_OTHER_CALENDAR = auto()
    RULE_INTERVAL = auto()
    RULE_TIMES_A_DAY = auto()
    RULE_NUMBER = auto()
    RULE_OUT_OF_BOUNDS = auto()
    RULE_WEEKDAY = auto()
    RULE_WEEKDAY_OUT_OF_BOUNDS = auto()
    RULE_END = auto()
    RULE_FROM_FAR = auto()

    # What is doubted about an event.
    WEEKDAY_CONTRADICTS = auto()
    WEEKDAY_IS_ANOTHER = auto()
    WEEKDAY_IS_NO_RULE_DAY = auto()
    DAY_CONTRADICTS_DATE = auto()
    NO_SUCH_DATE = auto()
    HOUR_IS_ROUGH = auto()
    HALF_OF_DAY_UNSAID = auto()
    TIME_NOT_SURE = auto()
    HARD_TO_READ = auto()
    CLOCK_WITHOUT_COLON = auto()
    ANOTHER_TIME_TOLD = auto()
    FROM_A_RULE = auto()
    TWO_STARTS = auto()
    ENDS_BEFORE_START = auto()
    ENDS_BEYOND_TIME = auto()
    SPANS_DAYS = auto()
    ZONE_UNKNOWN = auto()
    ZONE_CONTRADICTS_PAGE = auto()
    HOURS_CONTRADICT_TEXT = auto()
    HOURS_OF_CALENDAR_WRONG = auto()
    MARKUPS_CONTRADICT = auto()
    TEXT_GARBLED = auto()
    MAYBE_CALLED_OFF = auto()
    NOT_CONFIRMED_SINCE = auto()
    GONE_SINCE = auto()
    SOURCES_DIFFER = auto()
    OPINION = auto()
    BY_SECOND_READER = auto()
    READERS_DIFFER = auto()
    SECOND_READER_SEES_NONE = auto()
    MONDAY = auto()
    TUESDAY = auto()
    WEDNESDAY = auto()
    THURSDAY = auto()
    FRIDAY = auto()
    SATURDAY = auto()
    SUNDAY = auto()

    # Why a second reader was of no use.
    SECOND_READER_UNASKED = auto()
    SECOND_READER_THROWN_AWAY = auto()
    SECOND_READER_BUDGET = auto()
    SECOND_READER_KEY = auto()
    SECOND_READER_KEY_REFUSED = auto()
    SECOND_READER_UNUSABLE = auto()
    SECOND_READER_LATE = auto()
    FILE_OPEN_TO_OTHERS = auto()
    NO_KEY_IN_FILE = auto()

    # Files of headers that open a source.
    HEADERS_EMPTY = auto()
    HEADERS_GARBLED = auto()
    HEADERS_OURS = auto()
    HEADERS_TOO_LONG = auto()

    # How sources fared over time.
    NEVER_ASKED = auto()
    NOT_YET_ASKED = auto()
    NOTHING_TO_COMPARE = auto()
    GONE_AT_ONCE = auto()
    FROM_AN_ODD_ANSWER = auto()
    LEFT_OUT_BY_WORDS = auto()
    MOVED_FOR_GOOD = auto()

    # What a source is worth, judged by one answer.
    NOTHING_AHEAD = auto()
    FEW_WITH_DATE = auto()
    FEW_WITH_PLACE = auto()
    MANY_DOUBTFUL = auto()
    WITHOUT_DATE = auto()
    DATES_FROM_TEXT = auto()
    ZONE_NOT_STATED = auto()
    LIST_CUT = auto()
    LIST_PERHAPS_CUT = auto()
    ONE_POINT_FOR_ALL = auto()
    LONG_SPANS = auto()

    # Why this reader spoke and no other.
    BY_WISH = auto()
    BY_CALENDAR_BYTES = auto()
    BY_FEED_BYTES = auto()
    BY_PICTURE_BYTES = auto()
    BY_NOTHING = auto()
    BY_PLAIN_TEXT = auto()
    BY_JSON_OBJECTS = auto()
    BY_BARE_JSON = auto()
    BY_PAGE_ITSELF = auto()
    BY_LIST = auto()
    BY_FEW_WORDS = auto()
    BY_PROSE = auto()
    BY_APP_STATE = auto()
    BY_MARKUP = auto()
    BY_MARKUPS = auto()
    READER_FOUND = auto()


WEEKDAYS = (Code.MONDAY, Code.TUESDAY, Code.WEDNESDAY, Code.THURSDAY, Code.FRIDAY, Code.SATURDAY, Code.SUNDAY)

Value = str | int | float | None
"""What a text may be about; Reasons within a Reason are put into words in turn, several as a list."""


@dataclass(frozen=True, slots=True, init=False)
class Reason:
    """Why something is so. ``values`` are the named values of its text, in the order they were given."""

    code: StrEnum
    values: tuple[tuple[str, Value | Reason | tuple[Reason, ...]], ...]

    def __init__(self, code: StrEnum, **values: Value | Reason | tuple[Reason, ...]) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "values", tuple(values.items()))

    def __getitem__(self, name: str) -> Value | Reason | tuple[Reason, ...]:
        """The value of that name. Raises KeyError."""
        return dict(self.values)[name]

    @property
    def about(self) -> str:
        """The value that most reasons have, as text; empty where there is none."""
        return str(dict(self.values).get("about") or "")

    def __str__(self) -> str:
        """For logs and tests, not for people: the code and its values."""
        about = " ".join(
            f"{name}={'; '.join(map(str, value)) if isinstance(value, tuple) else value}" for name, value in self.values
        )
        return f"{self.code} ({about})" if about else str(self.code)
